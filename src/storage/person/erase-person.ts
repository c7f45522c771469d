/** Rows about a person: what may go goes, what the books need keeps a pseudonym instead. In one transaction. */
import type pg from 'pg';
import type { KeyHash } from '#pipeline/keys/ports.ts';
import { rowSumsOf } from '../usage/audit-sums.ts';
import { shortName } from './find-person.ts';
import { conditionOf, type PersonTable, type PersonTerms, patternOf, personTables } from './tables.ts';

/** What became of the rows of a table. */
export interface ErasedRows {
  readonly table: string;
  readonly rows: number;
  readonly how: 'deleted' | 'pseudonyms' | 'kept';
  /** Of those that are kept. */
  readonly why?: string;
}

/** A term and what stands for it from now on. */
export interface Pseudonym {
  readonly term: string;
  readonly isNumber: boolean;
  readonly pseudonym: string;
}

/** Goes as a whole: on none of it does a sum rest. In this order. */
const GOING = [
  ...['notification_attempt', 'notification_part', 'notification', 'charging_notice', 'charging_contact', 'charging_password'],
  ...['charging_subscription', 'charging_session', 'upload', 'rate_sheet_draft', 'api_repetition', 'person_export'],
  ...[
    'sign_in.session',
    'sign_in.account',
    'sign_in.passkey',
    'sign_in.used_code',
    'sign_in.twoFactor',
    'sign_in.verification',
    'sign_in.failure',
  ],
  ...['sign_in.known_place', 'sign_in.recovery', 'sign_in.rateLimit', 'sign_in.invited_elsewhere', 'audit_content'],
];

/** Books that nobody changes, by law and by the database itself. */
const BOOKS: readonly (readonly [name: RegExp, why: string])[] = [
  [
    /^(ledger_|invoice|statement_|text_block|late_refused|payment|bank_file|netting|exchange_rate|card_)/,
    'books and documents are kept for as long as the law says',
  ],
  [/^(dispute|partner_invoice|declaration|kept_file|dunning_)/, 'business with a partner is kept with its documents'],
  [/^audit_entry$/, 'entries of the audit trail before numbers stood beside them: the chain would break'],
  [/^config_version$|^knowledge$/, 'configuration: change it with carillon apply; what was is kept for charges that were priced by it'],
  [/^(usage_held|usage_waiting_part)$/, 'records that are held are read again from the raw file: take them up or write them off first'],
  [/^(retention_|usage_deleted_)/, 'what was deleted, and what must not be'],
];

/**
 * Where a term stands in some column, its pseudonym does afterwards. `hashOf`: of keys of sources, as their index has them. `onTable` hears how
 * many tables are done, of how many; what it throws ends it. Throws what PostgreSQL throws.
 */
export async function erasePersonRows(
  client: pg.PoolClient,
  terms: PersonTerms,
  pseudonyms: readonly Pseudonym[],
  hashOf: (key: string) => KeyHash,
  onTable: (done: number, total: number) => void = () => undefined,
): Promise<readonly ErasedRows[]> {
  await client.query(`set local carillon.erasing = 'on'`);
  if (patternOf(terms) !== undefined) await keepOtherHashes(client, terms, hashOf);
  const tables = [...(await personTables(client))];
  const place = ({ name }: PersonTable): number => GOING.indexOf(shortName({ name, columns: [] }));
  // What points at others goes first.
  tables.sort((a, b) => (place(a) < 0 ? 99 : place(a)) - (place(b) < 0 ? 99 : place(b)));
  const done: ErasedRows[] = [];
  for (const [at, table] of tables.entries()) {
    onTable(at, tables.length);
    const name = shortName(table);
    if (name === 'person_erasure') continue;
    const values: unknown[] = [];
    const condition = conditionOf(table, terms, values);
    if (condition === 'false') continue;
    const book = BOOKS.find(([pattern]) => pattern.test(name));
    if (book !== undefined) {
      const { rows } = await client.query<{ rows: string }>(
        `select count(*)::text as rows from ${table.name} t where ${condition}`,
        values,
      );
      const kept = Number(rows[0]?.rows ?? 0);
      // Who did something stands in the chain by an id that means nobody once the name is gone.
      if (kept > 0 && name === 'audit_entry' && (await withoutUsers(client, table, terms)) === 0) continue;
      if (kept > 0) done.push({ table: name, rows: kept, how: 'kept', why: book[1] });
    } else if (GOING.includes(name)) {
      const rows = await deleteRows(client, table, condition, values);
      if (rows > 0) done.push({ table: name, rows, how: 'deleted' });
    } else {
      const rows = await (name === 'usage_event'
        ? replaceUsage(client, table, terms, pseudonyms, hashOf)
        : name === 'sign_in.user'
          ? forgetUsers(client, terms)
          : replaceRows(client, table, condition, values, pseudonyms));
      if (rows > 0) done.push({ table: name, rows, how: 'pseudonyms' });
    }
  }
  onTable(tables.length, tables.length);
  return done;
}

/** A key that says who it was goes, too; its hash stays, by which a record that comes again is still known. */
async function keepHashes(
  client: pg.PoolClient,
  rows: readonly { readonly id: bigint; readonly key: string }[],
  hashOf: (key: string) => KeyHash,
): Promise<void> {
  const hashes = rows.map(({ key }) => hashOf(key));
  await client.query(
    `insert into usage_key_erased (event_id, hi, lo) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[]) on conflict do nothing`,
    [rows.map(({ id }) => id), hashes.map(({ hi }) => hi), hashes.map(({ lo }) => lo)],
  );
}

/** Of records that are no events: parts of calls, and discarded ones. */
async function keepOtherHashes(client: pg.PoolClient, terms: PersonTerms, hashOf: (key: string) => KeyHash): Promise<void> {
  const { rows } = await client.query<{ id: bigint; key: string }>(
    `select part_id as id, source_key as key from usage_part where source_key ~* $1
     union all select event_id, source_key from usage_discard where source_key ~* $1`,
    [patternOf(terms)],
  );
  await keepHashes(client, rows, hashOf);
}

async function withoutUsers(client: pg.PoolClient, table: PersonTable, terms: PersonTerms): Promise<number> {
  const values: unknown[] = [];
  const condition = conditionOf(table, { ...terms, users: [] }, values);
  if (condition === 'false') return 0;
  const { rows } = await client.query<{ rows: string }>(`select count(*)::text as rows from ${table.name} t where ${condition}`, values);
  return Number(rows[0]?.rows ?? 0);
}

async function deleteRows(client: pg.PoolClient, table: PersonTable, condition: string, values: readonly unknown[]): Promise<number> {
  if (table.name === 'public.notification') {
    // Attempts and parts of messages say less than the messages.
    for (const part of ['notification_attempt', 'notification_part'])
      await client.query(`delete from ${part} where notification_id in (select t.notification_id from notification t where ${condition})`, [
        ...values,
      ]);
  }
  const { rowCount } = await client.query(`delete from ${table.name} t where ${condition}`, [...values]);
  return rowCount ?? 0;
}

const WORDS = /^(text|character varying|character|json|jsonb|text\[\])$/;

/** An expression in which every term of a column is its pseudonym. */
function replaced(column: string, type: string, pseudonyms: readonly Pseudonym[], values: unknown[]): string {
  let expression = `t."${column}"::text`;
  for (const { term, isNumber, pseudonym } of pseudonyms) {
    const pattern = patternOf(isNumber ? { numbers: [term], texts: [] } : { numbers: [], texts: [term] });
    expression = `regexp_replace(${expression}, $${values.push(pattern)}, $${values.push(pseudonym)}, 'gi')`;
  }
  return `(${expression})::${type}`;
}

async function replaceRows(
  client: pg.PoolClient,
  table: PersonTable,
  condition: string,
  conditionValues: readonly unknown[],
  pseudonyms: readonly Pseudonym[],
): Promise<number> {
  if (pseudonyms.length === 0) return 0;
  const values = [...conditionValues];
  const pattern = pseudonyms
    .map(({ term, isNumber }) => patternOf(isNumber ? { numbers: [term], texts: [] } : { numbers: [], texts: [term] }))
    .join('|');
  const { rows: made } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and (attgenerated <> '' or attidentity = 'a')`,
    [table.name],
  );
  const columns = table.columns.filter(({ name, type }) => WORDS.test(type) && !made.some((each) => each.name === name));
  if (columns.length === 0) return 0;
  const sets = columns.map(({ name, type }) => `"${name}" = ${replaced(name, type, pseudonyms, values)}`);
  const { rowCount } = await client.query(
    `update ${table.name} t set ${sets.join(', ')} where (${condition}) and t::text ~* $${values.push(pattern)}`,
    values,
  );
  return rowCount ?? 0;
}

/** With the sums over the rows of their files, and the index for searching made again. */
async function replaceUsage(
  client: pg.PoolClient,
  table: PersonTable,
  terms: PersonTerms,
  pseudonyms: readonly Pseudonym[],
  hashOf: (key: string) => KeyHash,
): Promise<number> {
  if (pseudonyms.length === 0) return 0;
  const values: unknown[] = [];
  const condition = conditionOf(table, terms, values);
  const { rows } = await client.query<{ event_id: bigint; day: string; key: string; is_named: boolean | null }>(
    `select event_id, day::text as day, source_key as key, t.source_key ~* $${values.length + 1} as is_named from usage_event t where ${condition}`,
    [...values, patternOf(terms)],
  );
  if (rows.length === 0) return 0;
  const named = rows.filter(({ is_named }) => is_named === true).map(({ event_id: id, key }) => ({ id, key }));
  await keepHashes(client, named, hashOf);
  const days = [...new Set(rows.map(({ day }) => day))];
  const these = `usage_event where day = any('{${days.join(',')}}'::date[]) and event_id = any('{${rows.map(({ event_id }) => event_id).join(',')}}'::bigint[])`;
  const before = await rowSumsOf(client, these);
  const set: unknown[] = [];
  const sets = [
    ...['calling', 'called', 'source_key'].map((column) => `${column} = ${replaced(column, 'text', pseudonyms, set)}`),
    `detail = ${replaced('detail', 'jsonb', pseudonyms, set)}`,
  ];
  await client.query(`update ${these.replace('usage_event where', `usage_event t set ${sets.join(', ')} where`)}`, set);
  const after = await rowSumsOf(client, these);
  for (const [file, sum] of after.files) {
    const was = before.files.get(file) ?? { a: 0, b: 0 };
    await client.query(
      `update usage_file set row_sum_a = ((row_sum_a + $2::bigint) % 4294967296 + 4294967296) % 4294967296,
              row_sum_b = ((row_sum_b + $3::bigint) % 4294967296 + 4294967296) % 4294967296 where file_id = $1 and row_sum_a is not null`,
      [file, sum.a - was.a, sum.b - was.b],
    );
  }
  await client.query(
    `with gone as (delete from usage_search_part p where p.day = any($1::date[])
         and exists (select from unnest($2::bigint[]) as i(id) where i.id between p.first_id and p.last_id) returning part_id, day, first_id, last_id),
       sums as (delete from usage_traffic where part_id in (select part_id from gone))
     insert into usage_search_todo (day, first_id, last_id) select day, first_id, last_id from gone`,
    [days, rows.map(({ event_id }) => event_id)],
  );
  return rows.length;
}

/** Nobody: no name, no address, no way in. */
async function forgetUsers(client: pg.PoolClient, { users }: PersonTerms): Promise<number> {
  const { rowCount } = await client.query(
    `update sign_in."user" set name = 'erased', email = 'erased-' || substring(replace(gen_random_uuid()::text, '-', '') for 12) || '@erased.invalid', image = null,
            "twoFactorEnabled" = false, "blockedAt" = coalesce("blockedAt", clock_timestamp()), "updatedAt" = clock_timestamp() where id = any($1::text[])`,
    [users],
  );
  return rowCount ?? 0;
}

/** Codes of all tariffs that begin with the first digits, or with which the number begins. */
export async function codesAround(client: pg.ClientBase | pg.Pool, number: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ code: string }>(`select distinct code from rate where $1 like code || '%' or code like $2 || '%'`, [
    number,
    escapedLike(number.slice(0, 3)),
  ]);
  return rows.map(({ code }) => code);
}

function escapedLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
