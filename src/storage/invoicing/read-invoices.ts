/** Issued documents for those who look: lists, one document, and what verifying needs. */
import type pg from 'pg';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { parseInvoice } from '#core/invoicing/invoice-json.ts';
import { TEXT_COLUMNS, type TextRow, textsOf } from '../text-blocks.ts';

export interface InvoiceFilter {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly kind?: string;
  /** Days of issue, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface ListedInvoice {
  readonly number: string;
  readonly legalEntity: string;
  readonly kind: string;
  readonly account: string;
  readonly party: string;
  readonly currency: string;
  readonly issueDay: string;
  readonly dueDay: string;
  readonly netNanos: bigint;
  readonly taxNanos: bigint;
  readonly totalNanos: bigint;
  readonly corrects?: string;
}

/** By day and number. */
export async function selectInvoices(client: pg.ClientBase | pg.Pool, filter: InvoiceFilter): Promise<readonly ListedInvoice[]> {
  const { legalEntity, account, kind, from, to } = filter;
  const { rows } = await client.query<{
    number: string;
    legal_entity: string;
    kind: string;
    account: string;
    party: string;
    currency: string;
    issue_day: string;
    due_day: string;
    net_nanos: string;
    tax_nanos: string;
    total_nanos: string;
    corrects: string | null;
  }>(
    `select number, legal_entity, kind, account, party, currency, issue_day, due_day, net_nanos, tax_nanos, total_nanos, corrects
       from invoice_issued
      where ($1::text is null or legal_entity = $1) and ($2::text is null or account = $2) and ($3::text is null or kind = $3)
        and ($4::date is null or issue_day >= $4) and ($5::date is null or issue_day <= $5)
      order by issue_day, invoice_id`,
    [legalEntity ?? null, account ?? null, kind ?? null, from ?? null, to ?? null],
  );
  return rows.map((row) => ({
    number: row.number,
    legalEntity: row.legal_entity,
    kind: row.kind,
    account: row.account,
    party: row.party,
    currency: row.currency,
    issueDay: row.issue_day,
    dueDay: row.due_day,
    netNanos: BigInt(row.net_nanos),
    taxNanos: BigInt(row.tax_nanos),
    totalNanos: BigInt(row.total_nanos),
    ...(row.corrects === null ? {} : { corrects: row.corrects }),
  }));
}

/** All documents of a number: one, unless several legal entities have it. */
export async function selectByNumber(
  client: pg.ClientBase | pg.Pool,
  number: string,
  legalEntity: string | undefined,
): Promise<readonly Invoice[]> {
  const { rows } = await client.query<TextRow & { sha256: string }>(
    `select ${TEXT_COLUMNS}, sha256 from invoice where number = $1 and ($2::text is null or legal_entity = $2)`,
    [number, legalEntity ?? null],
  );
  const texts = await textsOf(client, rows);
  return rows.map(({ sha256 }, at) => parseInvoice(texts[at] ?? '', sha256));
}

export interface KeptInvoice {
  readonly legalEntity: string;
  readonly number: string;
  readonly series: string;
  readonly scope: string;
  readonly sequence: bigint;
  readonly content: string;
  readonly sha256: string;
  /** What the columns beside the text say, as the text says it. */
  readonly columns: string;
}

const PIECE = 1000;

/** Every document in the order of its row of numbers, a thousand at a time. */
export async function* keptInvoices(
  client: pg.ClientBase | pg.Pool,
  legalEntity: string | undefined,
): AsyncGenerator<readonly KeptInvoice[]> {
  let after = ['', '', '', '-1'];
  for (;;) {
    const { rows } = await client.query<Omit<KeptInvoice, 'legalEntity' | 'content'> & TextRow & { legal_entity: string }>(
      `select legal_entity, number, series, scope, sequence, ${TEXT_COLUMNS}, sha256,
              concat_ws('|', kind, account, party, currency, issue_day, due_day, net_nanos, tax_nanos, total_nanos) as columns
         from invoice
        where (legal_entity, series, scope, sequence) > ($1, $2, $3, $4::bigint) and ($5::text is null or legal_entity = $5)
        order by legal_entity, series, scope, sequence limit ${PIECE}`,
      [...after, legalEntity ?? null],
    );
    const texts = await textsOf(client, rows);
    if (rows.length > 0)
      yield rows.map(({ legal_entity: of, number, series, scope, sequence, sha256, columns }, at) => ({
        ...{ legalEntity: of, number, series, scope, sequence, sha256, columns, content: texts[at] ?? '' },
      }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PIECE) return;
    after = [last.legal_entity, last.series, last.scope, String(last.sequence)];
  }
}

export interface SeriesRow {
  readonly legalEntity: string;
  readonly series: string;
  readonly scope: string;
  readonly firstNumber: bigint;
  readonly lastNumber: bigint;
}

export async function selectSeries(client: pg.ClientBase | pg.Pool, legalEntity: string | undefined): Promise<readonly SeriesRow[]> {
  const { rows } = await client.query<{ legal_entity: string; series: string; scope: string; first_number: bigint; last_number: bigint }>(
    `select legal_entity, series, scope, first_number, last_number from invoice_series where $1::text is null or legal_entity = $1
      order by 1, 2, 3`,
    [legalEntity ?? null],
  );
  return rows.map((row) => ({
    ...{ legalEntity: row.legal_entity, series: row.series, scope: row.scope },
    ...{ firstNumber: row.first_number, lastNumber: row.last_number },
  }));
}
