/** `carillon person export`: everything that is held with an identity, for machines. */
import { open } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { accountsNow } from '#storage/charging/accounts-now.ts';
import { toExactJson } from '#storage/charging/exact-json.ts';
import type { Database } from '#storage/database.ts';
import { personRows, termsOf } from '#storage/person/find-person.ts';

export interface PersonExport {
  readonly identity: string;
  readonly made: string;
  readonly by: string;
  /** What belongs to the same account, and was looked for, too. */
  readonly alsoKnownAs: readonly string[];
  readonly sections: readonly { readonly name: string; readonly rows: number; readonly file: string }[];
  /** What was not looked into, and why. */
  readonly notSearched: readonly string[];
  /** By name of the section. */
  readonly data: Readonly<Record<string, readonly unknown[]>>;
}

const NOT_SEARCHED = [
  'raw files of usage in the archive: the sections usage_event and usage_held name their files and the bytes in them (file_id, byte_from, byte_length)',
  'PDF and XML of documents, files that partners sent: they are of companies, with totals by destination',
  'passwords, tokens and keys: they are kept as hashes, or encrypted, and are no words about anybody',
];

/** What identities look like. Throws RefusedError (`person.identity-unclear`). */
export function checkIdentity(text: string): string {
  const identity = text.trim();
  const value = identity.replace(/^(msisdn|imsi|sip|nai|other):/, '');
  const isNumber = /^\+?\d+$/.test(value);
  const isClear = isNumber ? /^\+?\d{6,20}$/.test(value) : /^[^\s\p{Cc}]{3,254}$/u.test(value);
  if (isClear) return isNumber ? identity.replace('+', '') : identity;
  const said = isNumber ? 'a number has 6 to 20 digits' : 'an identity has 3 to 254 characters and no blanks';
  throw new RefusedError(refuse('person.identity-unclear', said, { field: 'identity' }));
}

/** How many tables are done, of how many. What it throws ends it. */
export type OnTable = (done: number, total: number) => void;

/** In one snapshot. Throws RefusedError: `person.identity-unclear`, `person.unknown`. */
export async function exportPerson(
  database: Database,
  text: string,
  by: string,
  onTable: OnTable = () => undefined,
): Promise<PersonExport> {
  const identity = checkIdentity(text);
  return database.transaction(async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    const terms = await termsOf(client, identity);
    const data: Record<string, unknown[]> = {};
    for await (const { table, rows } of personRows(client, terms, onTable)) {
      if (table === 'person_export') continue; // that it is asked for is not held of the person
      data[table] ??= [];
      data[table].push(...rows);
    }
    // As of the last commit, with balances: rows may be a minute behind.
    if (terms.accounts.length > 0)
      data.balances = (await accountsNow(database.pool, terms.accounts)).map((account) => JSON.parse(toExactJson(account)) as unknown);
    const names = Object.keys(data).filter((name) => (data[name]?.length ?? 0) > 0);
    if (names.length === 0) throw new RefusedError(refuse('person.unknown', 'nothing is held with this identity'));
    return {
      ...{ identity, made: formatInstant(Date.now() * 1000), by },
      alsoKnownAs: [...terms.numbers, ...terms.texts, ...terms.accounts].filter((each) => each !== identity),
      sections: names.map((name) => ({ name, rows: data[name]?.length ?? 0, file: `${name}.ndjson` })),
      ...{ notSearched: NOT_SEARCHED, data },
    };
  });
}

/** To a new file: one object, or a zip with the manifest and a file of lines for each section. Throws RefusedError (`person.file-exists`). */
export async function writeExport(found: PersonExport, path: string): Promise<void> {
  const { data, ...manifest } = found;
  const content = path.endsWith('.zip')
    ? zipSync({
        'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
        ...Object.fromEntries(
          Object.entries(data).map(([name, rows]) => [`${name}.ndjson`, strToU8(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))]),
        ),
      })
    : strToU8(`${JSON.stringify(found)}\n`);
  const file = await openNew(path);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function openNew(path: string): ReturnType<typeof open> {
  const refused = (why: string): RefusedError =>
    new RefusedError(refuse('person.file-exists', `${path} ${why}`, { field: 'out', value: path }));
  if (!/\.(json|zip)$/.test(path)) throw refused('is no .json or .zip');
  return open(path, 'wx', 0o600).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw refused('is there already');
    throw error;
  });
}
