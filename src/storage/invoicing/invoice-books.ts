/** Issued documents and the counters of their numbers, on the connection of a transaction. */
import type pg from 'pg';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { parseInvoice } from '#core/invoicing/invoice-json.ts';
import type { InvoiceBooks, Issued, IssuedRow, LockedRow } from '#operations/invoicing/ports.ts';
import { copyField, copyRows } from '../database.ts';

interface ContentRow {
  readonly content: string;
  readonly sha256: string;
}

export function invoiceBooksOn(client: pg.PoolClient): InvoiceBooks {
  return {
    lockRows: async (rows) => {
      const ordered = rows.toSorted(
        (a, b) => compare(a.legalEntity, b.legalEntity) || compare(a.series, b.series) || compare(a.scope, b.scope),
      );
      const columns = [ordered.map((row) => row.legalEntity), ordered.map((row) => row.series), ordered.map((row) => row.scope)];
      await client.query(
        `insert into invoice_series (legal_entity, series, scope, first_number, last_number)
         select legal_entity, series, scope, first, first - 1
           from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) with ordinality as t(legal_entity, series, scope, first, place)
          order by place
         on conflict do nothing`,
        [...columns, ordered.map((row) => row.firstNumber)],
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
        ],
      );
    },
    issuedByKey: async (keys) => {
      const { rows } = await client.query<ContentRow & { legal_entity: string; key: string; number: string }>(
        `select legal_entity, key, number, content, sha256 from invoice
          where (legal_entity, key) in (select * from unnest($1::text[], $2::text[]))`,
        [keys.map((each) => each.legalEntity), keys.map((each) => each.key)],
      );
      return rows.map(({ legal_entity, ...row }): Issued => ({ legalEntity: legal_entity, ...row }));
    },
    find: async (legalEntity, number, options) => {
      const { rows } = await client.query<ContentRow>(
        `select content, sha256 from invoice where legal_entity = $1 and number = $2 ${options?.lock === true ? 'for update' : ''}`,
        [legalEntity, number],
      );
      return rows.map(invoiceOf)[0];
    },
    corrections: async (legalEntity, number) => {
      const { rows } = await client.query<ContentRow>(
        'select content, sha256 from invoice where legal_entity = $1 and corrects = $2 order by invoice_id',
        [legalEntity, number],
      );
      return rows.map(invoiceOf);
    },
    insert: async (rows) => {
      await copyRows(client, `copy invoice (${COLUMNS}) from stdin`, copyChunks(rows));
    },
  };
}

const COLUMNS = `legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day, period_from,
  period_to, statement, corrects, net_nanos, tax_nanos, total_nanos, prepaid_nanos, content, sha256, issued_by`;

/** Rows a piece: some hundred kilobytes. */
const PIECE = 100;

function* copyChunks(rows: readonly IssuedRow[]): Generator<string> {
  for (let at = 0; at < rows.length; at += PIECE)
    yield rows
      .slice(at, at + PIECE)
      .map(copyLine)
      .join('');
}

function copyLine({ invoice, content, key, scope, sequence, by }: IssuedRow): string {
  const { legalEntity, number, series, kind, account, party, currency, issueDay, dueDay, taxDay, period, statement, corrects } = invoice;
  const fields = [
    ...[legalEntity, number, series, scope, sequence, key, kind, account, party, currency, issueDay, dueDay, taxDay],
    ...[period?.from ?? null, period?.to ?? null, statement?.id ?? null, corrects?.number ?? null],
    ...[invoice.netNanos, invoice.taxNanos, invoice.totalNanos, invoice.prepaidNanos, content, invoice.sha256, by],
  ];
  return `${fields.map(copyField).join('\t')}\n`;
}

function invoiceOf({ content, sha256 }: ContentRow): Invoice {
  return parseInvoice(content, sha256);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
