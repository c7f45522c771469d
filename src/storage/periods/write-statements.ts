/** Statements with all that belongs to them, many at once. */
import type pg from 'pg';
import { together } from '#core/together.ts';
import type { StatementRecord } from '#operations/periods/ports.ts';
import { copyAtOnce } from '../copy-at-once.ts';
import { copyField } from '../database.ts';
import { TEXT_COLUMNS, writeTexts } from '../text-blocks.ts';

/** Numbers for so many statements. */
export async function statementNumbers(client: pg.PoolClient, many: number): Promise<readonly number[]> {
  if (many === 0) return [];
  const { rows } = await client.query<{ ids: string }>(
    `select string_agg(nextval(own)::text, ' ') as ids
       from (select pg_get_serial_sequence('statement_recorded', 'statement_id')::regclass as own offset 0) s, generate_series(1, $1)`,
    [many],
  );
  return rows[0]?.ids.split(' ').map(Number) ?? [];
}

/** Under these numbers; first statements also close the days. All is asked for at once: the server writes some while the rest is made. */
export async function insertStatements(client: pg.PoolClient, records: readonly StatementRecord[], ids: readonly number[]): Promise<void> {
  if (records.length === 0) return;
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
  const deals = records.flatMap((record, at) =>
    record.deals.map(({ deal, window, side, amountNanos }) => [ids[at] ?? 0, record.agreement, deal.id, window.from, side, amountNanos]),
  );
  const closing = records.filter(({ version }) => version === 1);
  await together(
    copyCharges(client, records, ids),
    insertHeads(client, records, ids),
    copy(client, 'statement_amount', 'statement_id, side, currency, service, charges_nanos, adjusted_nanos', amounts),
    copy(client, 'statement_deal', 'statement_id, agreement, deal, window_from, side, amount_nanos', deals),
    copy(
      client,
      'usage_closed_until',
      'agreement, day',
      closing.map(({ agreement, period }) => [agreement, period.to]),
    ),
  );
}

const HEAD = `statement_id, id, agreement, label, version, covers_from, from_day, to_day, legal_entity, account, approvals, findings, override,
  ${TEXT_COLUMNS}, sha256, watched, closed_on, closed_by, known_versions`;

async function insertHeads(client: pg.PoolClient, records: readonly StatementRecord[], ids: readonly number[]): Promise<void> {
  const texts = await writeTexts(
    client,
    records.map(({ content }) => content),
  );
  const heads = records.map((record, at) => [
    ...[ids[at] ?? 0, record.id, record.agreement, record.label, record.version, record.coversFrom ?? '-infinity', record.period.from],
    ...[record.period.to, record.legalEntity, record.account, record.approvals, JSON.stringify(record.findings), record.override ?? null],
    ...[...(texts[at] ?? []), record.sha256, record.watched, record.closedOn, record.closedBy, record.knownVersions],
  ]);
  await copy(client, 'statement_recorded', HEAD, heads);
}

/** Numbers alone, which need no escapes: the most rows by far. */
async function copyCharges(client: pg.PoolClient, records: readonly StatementRecord[], ids: readonly number[]): Promise<void> {
  let rows = '';
  for (const [at, { charges }] of records.entries())
    for (const { lineId, ofStatement, events, answered, raw, billed, amountNanos } of charges)
      rows += `${ids[at]}\t${ofStatement ?? ids[at]}\t${lineId}\t${events}\t${answered}\t${raw}\t${billed}\t${amountNanos}\n`;
  if (rows === '') return;
  const columns = 'statement_id, of_statement, line_id, events, answered, raw, billed, amount_nanos';
  await copyAtOnce(client, `copy statement_charge (${columns}) from stdin`, [Buffer.from(rows, 'latin1')]);
}

type Field = Parameters<typeof copyField>[0];

/** Rows a piece: some hundred kilobytes at most. */
const PIECE = 500;

async function copy(client: pg.PoolClient, table: string, columns: string, rows: readonly (readonly Field[])[]): Promise<void> {
  if (rows.length > 0) await copyAtOnce(client, `copy ${table} (${columns}) from stdin`, [...pieces(rows)]);
}

function* pieces(rows: readonly (readonly Field[])[]): Generator<Buffer> {
  for (let at = 0; at < rows.length; at += PIECE) {
    let text = '';
    for (const row of rows.slice(at, at + PIECE)) text += `${row.map(copyField).join('\t')}\n`;
    yield Buffer.from(text, 'utf8');
  }
}
