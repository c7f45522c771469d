/** Statements with all that belongs to them, many at once. */
import type pg from 'pg';
import type { StatementRecord } from '#operations/periods/ports.ts';
import type { ChargeQuery } from '#operations/settlement/books.ts';
import { copyField, copyRows } from '../database.ts';
import type { BatchBooks } from '../settlement/batch-books.ts';

export type RecordRow = StatementRecord & { readonly query: ChargeQuery };

interface LineSum {
  readonly version_id: number;
  readonly line_id: number;
  readonly events: bigint;
  readonly answered: bigint;
  readonly raw: string;
  readonly billed: string;
  readonly amount: string;
}

/** The charges of each come from the books that it was made of. Also closes the days. Returns the numbers in the order given. */
export async function insertStatements(
  client: pg.PoolClient,
  { client: reader, books }: { readonly client: pg.PoolClient; readonly books: BatchBooks },
  records: readonly RecordRow[],
): Promise<readonly number[]> {
  const [first] = records;
  if (first === undefined) return [];
  const ids = await insertHeads(client, records);
  const versions = records.flatMap(({ query }) => query.terms.versions.map(({ versionId }) => versionId));
  const { rows } = await reader.query<LineSum>(
    `select version_id, line_id, sum(events)::bigint as events, sum(answered)::bigint as answered, trim_scale(sum(raw_quantity)) as raw,
            trim_scale(sum(billed_quantity)) as billed, trim_scale(sum(amount_nanos)) as amount
       from rollup where version_id = any($1) and day >= $2 and day < $3 group by 1, 2 order by 2`,
    [versions, first.period.from, first.period.to],
  );
  const sums = Map.groupBy(rows, ({ version_id }) => version_id);
  const charges = records.flatMap(({ query }, at) => {
    const id = ids[at] ?? 0;
    const own = query.terms.versions.flatMap(({ versionId }) => sums.get(versionId) ?? []);
    return [
      ...own.map((sum) => [id, id, sum.line_id, sum.events, sum.answered, sum.raw, sum.billed, sum.amount]),
      ...books
        .lateLines(query)
        .map((late) => [id, late.ofStatement, late.lineId, late.events, late.answered, late.raw, late.billed, late.amountNanos]),
    ];
  });
  await copy(client, 'statement_charge', 'statement_id, of_statement, line_id, events, answered, raw, billed, amount_nanos', charges);
  const amounts = records.flatMap((record, at) =>
    record.amounts.map(({ side, currency, service, chargesNanos, adjustedNanos }) => [
      ids[at] ?? 0,
      side,
      currency,
      service,
      chargesNanos,
      adjustedNanos,
    ]),
  );
  await copy(client, 'statement_amount', 'statement_id, side, currency, service, charges_nanos, adjusted_nanos', amounts);
  const deals = records.flatMap((record, at) =>
    record.deals.map(({ deal, window, side, amountNanos }) => [ids[at] ?? 0, record.agreement, deal.id, window.from, side, amountNanos]),
  );
  await copy(client, 'statement_deal', 'statement_id, agreement, deal, window_from, side, amount_nanos', deals);
  await client.query(`insert into usage_closed_until (agreement, day) select * from unnest($1::text[], $2::date[])`, [
    records.map(({ agreement }) => agreement),
    records.map(({ period }) => period.to),
  ]);
  return ids;
}

const HEAD = `statement_id, id, agreement, label, version, covers_from, from_day, to_day, legal_entity, account, approvals, findings, override,
  content, sha256, closed_on, closed_by`;

async function insertHeads(client: pg.PoolClient, records: readonly RecordRow[]): Promise<readonly number[]> {
  const { rows } = await client.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('statement_recorded', 'statement_id'))::int as id from generate_series(1, $1)`,
    [records.length],
  );
  const ids = rows.map(({ id }) => id);
  const heads = records.map((record, at) => [
    ...[ids[at] ?? 0, record.id, record.agreement, record.label, record.version, record.coversFrom ?? '-infinity', record.period.from],
    ...[record.period.to, record.legalEntity, record.account, record.approvals, JSON.stringify(record.findings), record.override ?? null],
    ...[record.content, record.sha256, record.closedOn, record.closedBy],
  ]);
  await copy(client, 'statement_recorded', HEAD, heads);
  return ids;
}

type Field = Parameters<typeof copyField>[0];

/** Rows a piece: some hundred kilobytes at most. */
const PIECE = 200;

async function copy(client: pg.PoolClient, table: string, columns: string, rows: readonly (readonly Field[])[]): Promise<void> {
  if (rows.length > 0) await copyRows(client, `copy ${table} (${columns}) from stdin`, pieces(rows));
}

function* pieces(rows: readonly (readonly Field[])[]): Generator<string> {
  for (let at = 0; at < rows.length; at += PIECE)
    yield rows
      .slice(at, at + PIECE)
      .map((row) => `${row.map(copyField).join('\t')}\n`)
      .join('');
}
