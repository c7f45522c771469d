import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import type { DeclaredLine } from '#core/settlement/reconciliation/declared.ts';
import type { DeclarationStore, KeptFile, NewDeclaration, RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

/** Keeps a file as it is; one of the same content is there already. */
export async function keepFile(
  client: pg.ClientBase,
  file: KeptFile,
  at: { readonly atMicros: number; readonly by: string },
): Promise<Buffer> {
  const sha256 = Buffer.from(file.sha256, 'hex');
  await client.query(
    `insert into kept_file (sha256, name, size_bytes, content, kept_at, kept_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [sha256, file.name, file.content.length, gzipSync(file.content), formatTimestamptz(at.atMicros), at.by],
  );
  return sha256;
}

/** As it was given; undefined when it is not kept. */
export async function keptFileOf(client: pg.ClientBase | pg.Pool, sha256: string): Promise<Uint8Array | undefined> {
  const { rows } = await client.query<{ content: Buffer }>(`select content from kept_file where sha256 = decode($1, 'hex')`, [sha256]);
  const [row] = rows;
  return row === undefined ? undefined : gunzipSync(row.content);
}

const COLUMNS = `declaration_id, agreement, side, service, kind, document, period_from, period_to, currency, quantity_step, amount_step, source,
  encode(sha256, 'hex') as sha256, columns, recorded_at, recorded_by,
  (select count(*) from declaration_line l where l.declaration_id = d.declaration_id)::integer as lines,
  (select trim_scale(sum(amount_nanos)) from declaration_line l where l.declaration_id = d.declaration_id) as amount`;

interface Row {
  readonly declaration_id: bigint;
  readonly agreement: string;
  readonly side: RecordedDeclaration['side'];
  readonly service: RecordedDeclaration['service'];
  readonly kind: RecordedDeclaration['kind'];
  readonly document: string | null;
  readonly period_from: string;
  readonly period_to: string;
  readonly currency: string;
  readonly quantity_step: string;
  readonly amount_step: string;
  readonly source: string;
  readonly sha256: string | null;
  readonly columns: RecordedDeclaration['columns'];
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly lines: number;
  readonly amount: string | null;
}

export function declarationStoreOn(client: pg.ClientBase): DeclarationStore {
  return {
    add: (declaration) => add(client, declaration),
    list: async ({ agreement, period }) => {
      const { rows } = await client.query<Row>(
        `select ${COLUMNS} from declaration d
          where ($1::text is null or agreement = $1) and ($2::date is null or (period_from = $2 and period_to = $3)) order by declaration_id desc`,
        [agreement ?? null, period?.from ?? null, period?.to ?? null],
      );
      return rows.map(declarationOf);
    },
    lines: (id) => selectLines(client, id),
  };
}

async function add(client: pg.ClientBase, declaration: NewDeclaration): Promise<{ readonly id: bigint; readonly isNew: boolean }> {
  const { agreement, side, service, kind, period, currency, step, file, recorded } = declaration;
  const sha256 = file === undefined ? null : await keepFile(client, file, recorded);
  const place = [agreement, side, service, period.from, period.to];
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 425))', [place.join('|')]);
  if (file !== undefined) {
    const latest = await latestOf(client, place);
    if (latest?.sha256 === file.sha256 && readAlike(await selectLines(client, latest.id), latest, declaration))
      return { id: latest.id, isNew: false };
  }
  const { rows } = await client.query<{ declaration_id: bigint }>(
    `insert into declaration (agreement, side, service, period_from, period_to, kind, document, currency, quantity_step, amount_step, source, sha256,
       columns, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning declaration_id`,
    [
      ...[...place, kind, declaration.document ?? null, currency, step.quantity, step.amountNanos],
      ...[declaration.source, sha256, JSON.stringify(declaration.columns), formatTimestamptz(recorded.atMicros), recorded.by],
    ],
  );
  const id = rows[0]?.declaration_id;
  if (id === undefined) throw new Error('a declaration was written without a number');
  const fields = ['row', 'destination', 'code', 'day', 'hour', 'calls', 'raw', 'billed', 'rateNanos', 'amountNanos'] as const;
  const lists = fields.map((field) => declaration.lines.map((line) => line[field]?.toString() ?? null));
  await client.query(
    `insert into declaration_line (declaration_id, line, destination, code, day, hour, calls, raw, billed, rate_nanos, amount_nanos)
     select $1, * from unnest($2::integer[], $3::text[], $4::text[], $5::date[], $6::smallint[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[])`,
    [id, ...lists],
  );
  return { id, isNew: true };
}

async function latestOf(client: pg.ClientBase, place: readonly string[]): Promise<RecordedDeclaration | undefined> {
  const { rows } = await client.query<Row>(
    `select ${COLUMNS} from declaration d
      where (agreement, side, service, period_from, period_to) = ($1, $2, $3, $4::date, $5::date) order by declaration_id desc limit 1`,
    [...place],
  );
  return rows[0] === undefined ? undefined : declarationOf(rows[0]);
}

/** The same file may be read otherwise: with other columns, in another unit or currency. */
function readAlike(lines: readonly DeclaredLine[], before: RecordedDeclaration, now: NewDeclaration): boolean {
  const figures = (of: Pick<NewDeclaration, 'kind' | 'currency' | 'step'>, said: readonly DeclaredLine[]): string => {
    const each = said.map(({ destination, code, day, hour, calls, raw, billed, rateNanos, amountNanos }) =>
      [destination, code, day, hour, calls, raw, billed, rateNanos, amountNanos].map((value) => String(value ?? '')).join('|'),
    );
    return [of.kind, of.currency, of.step.quantity, of.step.amountNanos, ...each].join('\n');
  };
  return figures(before, lines) === figures(now, now.lines);
}

function declarationOf(row: Row): RecordedDeclaration {
  const { agreement, side, service, kind, currency, source, columns } = row;
  return {
    ...{ id: row.declaration_id, agreement, side, service, kind, currency, source, columns, lineCount: row.lines },
    period: { from: row.period_from, to: row.period_to },
    step: { quantity: BigInt(row.quantity_step), amountNanos: BigInt(row.amount_step) },
    recorded: { atMicros: row.recorded_at, by: row.recorded_by },
    ...(row.document === null ? {} : { document: row.document }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    ...(row.amount === null ? {} : { amountNanos: BigInt(row.amount) }),
  };
}

interface LineRow {
  readonly line: number;
  readonly destination: string;
  readonly code: string | null;
  readonly day: string | null;
  readonly hour: number | null;
  readonly calls: string | null;
  readonly raw: string | null;
  readonly billed: string | null;
  readonly rate_nanos: string | null;
  readonly amount_nanos: string | null;
}

async function selectLines(client: pg.ClientBase, id: bigint): Promise<readonly DeclaredLine[]> {
  const { rows } = await client.query<LineRow>('select * from declaration_line where declaration_id = $1 order by line', [id]);
  return rows.map(({ line, destination, code, day, hour, calls, raw, billed, rate_nanos, amount_nanos }) => ({
    row: line,
    destination,
    ...(code === null ? {} : { code }),
    ...(day === null ? {} : { day }),
    ...(hour === null ? {} : { hour }),
    ...(calls === null ? {} : { calls: BigInt(calls) }),
    ...(raw === null ? {} : { raw: BigInt(raw) }),
    ...(billed === null ? {} : { billed: BigInt(billed) }),
    ...(rate_nanos === null ? {} : { rateNanos: BigInt(rate_nanos) }),
    ...(amount_nanos === null ? {} : { amountNanos: BigInt(amount_nanos) }),
  }));
}
