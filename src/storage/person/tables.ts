/** Every table that may hold something of a person: all of them, whoever adds one, but for those that say why not. */
import type pg from 'pg';

export interface PersonTerms {
  /** Digits of numbers: msisdn, imsi. */
  readonly numbers: readonly string[];
  /** Addresses of mail, SIP and other names, as they are written. */
  readonly texts: readonly string[];
  /** Accounts of online charging. */
  readonly accounts: readonly string[];
  /** Ids of people who sign in. */
  readonly users: readonly string[];
}

export interface PersonTable {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** Not rows of words: numbers in the index for searching are made again from the rows of usage. */
const NOT_ROWS = [
  'usage_search_number',
  'usage_search_block',
  'usage_key_chunk',
  'screening_state',
  'schema_migration',
  'usage_deleted_counter',
];

export async function personTables(client: pg.ClientBase | pg.Pool): Promise<readonly PersonTable[]> {
  const { rows } = await client.query<{ name: string; columns: { name: string; type: string }[] }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'sign_in') and c.relname <> all($1::text[])
      group by n.nspname, c.relname order by 1`,
    [NOT_ROWS],
  );
  return rows;
}

const ACCOUNT_COLUMNS = ['account_id', 'from_account', 'to_account', 'pool_id'];
const USER_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'sign_in."user"': ['id'],
  'public.audit_entry': ['actor'],
};

/** Of a number: not a part of a longer one. Of a text: not a part of a longer word; case does not count. */
export function patternOf({ numbers, texts }: Pick<PersonTerms, 'numbers' | 'texts'>): string | undefined {
  const parts = [
    ...numbers.map((number) => `(?<![0-9])${number}(?![0-9])`),
    ...texts.map((text) => `(?<![A-Za-z0-9._%+-])${escaped(text)}(?![A-Za-z0-9_-])`),
  ];
  return parts.length === 0 ? undefined : parts.join('|');
}

/** A text as a pattern that means it. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}

/** The rows of a table that are about somebody, as a condition on `t`; values are added to `values`. */
export function conditionOf(table: PersonTable, terms: PersonTerms, values: unknown[]): string {
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions: string[] = [];
  const pattern = patternOf(terms);
  if (table.name === 'public.usage_event') {
    // The others of its columns are no words, and there are very many rows.
    if (terms.numbers.length + terms.texts.length > 0) {
      const all = value([...terms.numbers, ...terms.texts]);
      conditions.push(`t.calling = any(${all}::text[])`, `t.called = any(${all}::text[])`);
      if (pattern !== undefined) conditions.push(`t.source_key ~* ${value(pattern)}`, `t.detail::text ~* ${value(pattern)}`);
    }
  } else if (pattern !== undefined) conditions.push(`t::text ~* ${value(pattern)}`);
  if (table.name === 'public.person_export')
    conditions.push(`t.terms && ${value([...terms.numbers, ...terms.texts, ...terms.accounts])}::text[]`);
  const named = new Set(table.columns.map(({ name }) => name));
  if (terms.accounts.length > 0 && /^public\.(charging|notification)/.test(table.name))
    for (const column of ACCOUNT_COLUMNS) if (named.has(column)) conditions.push(`t.${column} = any(${value(terms.accounts)}::text[])`);
  if (terms.users.length > 0) {
    const own = USER_COLUMNS[table.name] ?? (table.name.startsWith('sign_in.') ? ['userId', 'user_id', 'value'] : []);
    for (const column of own) if (named.has(column)) conditions.push(`t."${column}" = any(${value(terms.users)}::text[])`);
    if (table.name === 'public.audit_content')
      conditions.push(`t.sequence in (select sequence from audit_entry where actor = any(${value(terms.users)}::text[]))`);
  }
  return conditions.length === 0 ? 'false' : conditions.join(' or ');
}
