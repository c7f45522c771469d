/** Issued documents and the counters of their numbers, on the connection of a transaction. */
import type pg from 'pg';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { parseInvoice } from '#core/invoicing/invoice-json.ts';
import type { InvoiceBooks, Issued, IssuedRow, LockedRow } from '#operations/invoicing/ports.ts';
import { arrayText } from '../array-text.ts';
import { copyAtOnce } from '../copy-at-once.ts';
import { copyField } from '../database.ts';
import { TEXT_COLUMNS, type TextPlace, type TextRow, textsOf, writeTexts } from '../text-blocks.ts';

interface ContentRow extends TextRow {
  readonly sha256: string;
}

export function invoiceBooksOn(client: pg.PoolClient): InvoiceBooks {
  return {
    lockRows: async (rows) => {
      const ordered = rows.toSorted(
        (a, b) => compare(a.legalEntity, b.legalEntity) || compare(a.series, b.series) || compare(a.scope, b.scope),
      );
      const columns = [ordered.map((row) => row.legalEntity), ordered.map((row) => row.series), ordered.map((row) => row.scope)].map(
        arrayText,
      );
      await client.query(
        `insert into invoice_series (legal_entity, series, scope, first_number, last_number)
         select legal_entity, series, scope, first, first - 1
           from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) with ordinality as t(legal_entity, series, scope, first, place)
          order by place
         on conflict do nothing`,
        [...columns, arrayText(ordered.map((row) => row.firstNumber))],
      );
      const { rows: locked } = await client.query<{
        legal_entity: string;
        series: string;
        scope: string;
        last_number: bigint;
        last_day: string | null;
      }>(
        `select legal_entity, series, scope, last_number, last_day from invoice_series
          where (legal_entity, series, scope) in (select * from unnest($1::text[], $2::text[], $3::text[]))
          order by legal_entity collate "C", series collate "C", scope collate "C" for update`,
        columns,
      );
      return locked.map(
        ({ legal_entity, series, scope, last_number, last_day }): LockedRow => ({
          legalEntity: legal_entity,
          series,
          scope,
          lastNumber: last_number,
          lastDay: last_day ?? undefined,
        }),
      );
    },
    moveRows: async (rows) => {
      await client.query(
        `update invoice_series s set last_number = t.last, last_day = t.day
           from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::date[]) as t(legal_entity, series, scope, last, day)
          where (s.legal_entity, s.series, s.scope) = (t.legal_entity, t.series, t.scope)`,
        [
          rows.map((row) => row.legalEntity),
          rows.map((row) => row.series),
          rows.map((row) => row.scope),
          rows.map((row) => row.lastNumber),
          rows.map((row) => row.lastDay ?? null),
        ].map(arrayText),
      );
    },
    issuedByKey: async (keys) => {
      const { rows } = await client.query<ContentRow & { legal_entity: string; key: string; number: string }>(
        `select legal_entity, key, number, ${TEXT_COLUMNS}, sha256 from invoice
          where (legal_entity, key) in (select * from unnest($1::text[], $2::text[]))`,
        [arrayText(keys.map((each) => each.legalEntity)), arrayText(keys.map((each) => each.key))],
      );
      const texts = await textsOf(client, rows);
      return rows.map(
        ({ legal_entity, key, number, sha256 }, at): Issued => ({
          legalEntity: legal_entity,
          key,
          number,
          sha256,
          content: texts[at] ?? '',
        }),
      );
    },
    find: async (legalEntity, number, options) => {
      const { rows } = await client.query<ContentRow>(
        `select ${TEXT_COLUMNS}, sha256 from invoice where legal_entity = $1 and number = $2 ${options?.lock === true ? 'for update' : ''}`,
        [legalEntity, number],
      );
      return (await invoicesOf(client, rows))[0];
    },
    corrections: async (legalEntity, number) => {
      const { rows } = await client.query<ContentRow>(
        `select ${TEXT_COLUMNS}, sha256 from invoice where legal_entity = $1 and corrects = $2 order by invoice_id`,
        [legalEntity, number],
      );
      return invoicesOf(client, rows);
    },
    insert: async (rows) => {
      const texts = await writeTexts(
        client,
        rows.map(({ content }) => content),
      );
      await copyAtOnce(client, `copy invoice (${COLUMNS}) from stdin`, [...copyChunks(rows, texts)]);
    },
  };
}

const COLUMNS = `legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day, period_from,
  period_to, statement, corrects, net_nanos, tax_nanos, total_nanos, prepaid_nanos, ${TEXT_COLUMNS}, sha256, issued_by`;

/** Rows a piece: some hundred kilobytes. */
const PIECE = 500;

function* copyChunks(rows: readonly IssuedRow[], texts: readonly TextPlace[]): Generator<Buffer> {
  for (let from = 0; from < rows.length; from += PIECE) {
    let text = '';
    for (const [at, row] of rows.slice(from, from + PIECE).entries()) text += copyLine(row, texts[from + at] ?? [null, null, null, null]);
    yield Buffer.from(text, 'utf8');
  }
}

function copyLine({ invoice, key, scope, sequence, by }: IssuedRow, text: TextPlace): string {
  const { legalEntity, number, series, kind, account, party, currency, issueDay, dueDay, taxDay, period, statement, corrects } = invoice;
  const fields = [
    ...[legalEntity, number, series, scope, sequence, key, kind, account, party, currency, issueDay, dueDay, taxDay],
    ...[period?.from ?? null, period?.to ?? null, statement?.id ?? null, corrects?.number ?? null],
    ...[invoice.netNanos, invoice.taxNanos, invoice.totalNanos, invoice.prepaidNanos, ...text, invoice.sha256, by],
  ];
  return `${fields.map(copyField).join('\t')}\n`;
}

async function invoicesOf(client: pg.ClientBase, rows: readonly ContentRow[]): Promise<readonly Invoice[]> {
  const texts = await textsOf(client, rows);
  return rows.map(({ sha256 }, at) => parseInvoice(texts[at] ?? '', sha256));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
