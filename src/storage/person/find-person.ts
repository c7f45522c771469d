/** Whom an identity means, and all rows that are about them. */
import type pg from 'pg';
import { conditionOf, type PersonTable, type PersonTerms, personTables } from './tables.ts';

/** Keys of the commands by which an erasure closes an account begin with it. */
export const ERASING_KEY = 'erase:';

/**
 * Of `msisdn:49…`, digits alone, an address of mail, or an account of charging. Whatever belongs to the same account belongs to the same person. An
 * account that an erasure closed and did not come to erase is known by the identities that were taken from it.
 */
export async function termsOf(client: pg.ClientBase | pg.Pool, identity: string): Promise<PersonTerms> {
  const bare = identity.replace(/^(msisdn|imsi|sip|nai|other):/, '');
  const digits = bare.replace(/^\+/, '');
  const { rows: found } = await client.query<{ account_id: string }>(
    `select account_id from charging_account where account_id = $1
     union select account_id from charging_identity where identity = $1 or substring(identity from position(':' in identity) + 1) = any($2::text[])
     union select account_id from (select distinct on (account_id) account_id, number, email from charging_contact order by account_id, contact_id desc) c
      where number = any($2::text[]) or lower(email) = lower($3)
     union select account_id from charging_command where starts_with(command_key, $4) and command -> 'identity' ->> 'value' = any($2::text[])`,
    [identity, [bare, digits], bare, ERASING_KEY],
  );
  const accounts = found.map(({ account_id }) => account_id);
  const { rows: identities } = await client.query<{ value: string }>(
    `select distinct substring(identity from position(':' in identity) + 1) as value from charging_identity where account_id = any($1::text[])
     union select distinct substring(i.identity from position(':' in i.identity) + 1) from charging_command c,
       lateral (select (c.command -> 'identity' ->> 'kind') || ':' || (c.command -> 'identity' ->> 'value') as identity) i
      where c.account_id = any($1::text[]) and i.identity is not null
     union select number from charging_contact where account_id = any($1::text[]) and number is not null
     union select email from charging_contact where account_id = any($1::text[]) and email is not null`,
    [accounts],
  );
  const { rows: users } = await client.query<{ id: string }>('select id from sign_in."user" where email = any($1::text[])', [
    [bare, ...identities.map(({ value }) => value)].map((each) => each.toLowerCase()),
  ]);
  const values = [
    ...new Set([...(accounts.includes(identity) && !isNumber(digits) ? [] : [digits]), ...identities.map(({ value }) => value)]),
  ];
  return {
    numbers: values.filter(isNumber),
    texts: values.filter((each) => !isNumber(each)),
    accounts,
    users: users.map(({ id }) => id),
  };
}

/** So that no number of three digits is looked for in every word. */
function isNumber(text: string): boolean {
  return /^\d{6,20}$/.test(text);
}

export interface FoundRows {
  readonly table: string;
  readonly rows: number;
}

/** How many rows of each table; tables without any are left out. */
export async function countPersonRows(client: pg.ClientBase | pg.Pool, terms: PersonTerms): Promise<readonly FoundRows[]> {
  const found: FoundRows[] = [];
  for (const table of await personTables(client)) {
    const values: unknown[] = [];
    const condition = conditionOf(table, terms, values);
    if (condition === 'false') continue;
    const { rows } = await client.query<{ rows: string }>(`select count(*)::text as rows from ${table.name} t where ${condition}`, values);
    if (Number(rows[0]?.rows ?? 0) > 0) found.push({ table: shortName(table), rows: Number(rows[0]?.rows) });
  }
  return found;
}

const AT_ONCE = 1_000;
/** Never given out: what proves who somebody is, and the files of others. */
const SECRETS = ['password', 'secret', 'backupCodes', 'token', 'accessToken', 'refreshToken', 'idToken', 'secret_hash', 'content', 'salt'];

/** All rows of all tables, some at once; in a transaction. `onTable` hears how many tables are done, of how many; what it throws ends it. */
export async function* personRows(
  client: pg.ClientBase,
  terms: PersonTerms,
  onTable: (done: number, total: number) => void = () => undefined,
): AsyncGenerator<{ readonly table: string; readonly rows: readonly unknown[] }> {
  const tables = await personTables(client);
  for (const [at, table] of tables.entries()) {
    onTable(at, tables.length);
    const values: unknown[] = [];
    const condition = conditionOf(table, terms, values);
    if (condition === 'false') continue;
    await client.query(
      `declare person_rows no scroll cursor for select (to_jsonb(t) - '{${SECRETS.join(',')}}'::text[])::text as row from ${table.name} t where ${condition}`,
      values,
    );
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`fetch ${AT_ONCE} from person_rows`);
      if (rows.length === 0) break;
      yield { table: shortName(table), rows: rows.map(({ row }) => JSON.parse(row) as unknown) };
    }
    await client.query('close person_rows');
  }
  onTable(tables.length, tables.length);
}

export function shortName({ name }: PersonTable): string {
  return name.replace(/^public\./, '').replaceAll('"', '');
}
