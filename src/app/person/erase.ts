/** `carillon person erase`: what may go goes, what the books need keeps a pseudonym, and what could not be erased is said. */
import { randomUUID } from 'node:crypto';
import { RefusedError, refuse } from '#core/refusals.ts';
import { isSamePerson } from '#operations/access/second-person.ts';
import { KeyHasher } from '#pipeline/keys/key-hash.ts';
import type { KeyHash } from '#pipeline/keys/ports.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { codesAround, type ErasedRows, erasePersonRows } from '#storage/person/erase-person.ts';
import {
  type Erasure,
  endErasure,
  findErasure,
  findErasureReport,
  insertErasure,
  legalHoldsOn,
  personFiles,
  selectErasures,
} from '#storage/person/erasures.ts';
import { countPersonRows, ERASING_KEY, termsOf } from '#storage/person/find-person.ts';
import { type NamedPerson, selectPersonNamed } from '#storage/person/person-named.ts';
import type { PersonTerms } from '#storage/person/tables.ts';
import { inTransaction } from '#storage/usage/in-transaction.ts';
import { KeyRunStore } from '#storage/usage/key-runs.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { bookChargedUsage } from '../charging/book-usage.ts';
import { accountNamed, applyCommand } from '../charging/desk.ts';
import { collectingSources } from '../collecting/sources.ts';
import type { Installation } from '../installation.ts';
import { indexUsage } from '../usage/search.ts';
import { checkIdentity, type OnTable } from './export.ts';
import { dropExportsOf } from './kept-exports.ts';
import { pseudonymsOf } from './pseudonyms.ts';

export type { Erasure };
export type ErasingHome = Pick<Installation, 'database' | 'dataFolder' | 'log' | 'settings'>;

export interface ErasureReport {
  readonly tables: readonly ErasedRows[];
  /** Raw files with records of the person: they stay as they came until their time is over. */
  readonly rawFiles: readonly { readonly file: string; readonly source: string; readonly until: string }[];
  readonly accountsClosed: number;
}

export interface Asked {
  readonly erasure: bigint;
  /** For a second person; else whoever asked may approve it (`approveErasure`), which does it. */
  readonly waits: boolean;
}

class Undone extends Error {
  readonly report: ErasureReport;

  constructor(report: ErasureReport) {
    super('a dry run changes nothing');
    this.report = report;
  }
}

/**
 * What an erasure would do; nothing is changed. Throws RefusedError: `person.identity-unclear`, `person.unknown`, `retention.legal-hold`,
 * `person.session-open`.
 */
export async function dryErasure(home: ErasingHome, text: string): Promise<ErasureReport> {
  const identity = checkIdentity(text);
  const terms = await demandErasable(home, identity);
  try {
    return await erase(
      home,
      terms,
      () => undefined,
      async (report) => Promise.reject(new Undone(report)),
    );
  } catch (error) {
    if (error instanceof Undone) return { ...error.report, accountsClosed: terms.accounts.length };
    throw error;
  }
}

/** Puts the order; nothing is erased yet. Throws RefusedError as `dryErasure` does. */
export async function askErasure(home: ErasingHome, text: string, reason: string, by: string): Promise<Asked> {
  const identity = checkIdentity(text);
  await demandErasable(home, identity);
  const erasure = await insertErasure(home.database, identity, reason, by);
  return { erasure, waits: await wantsFourEyes(home.database) };
}

/** Throws RefusedError: `person.erasure-unknown`, `person.second-person`. */
export async function demandApprovable({ database }: ErasingHome, erasure: bigint, by: string): Promise<string> {
  const waiting = await findErasure(database, erasure);
  if (waiting?.identity === undefined) throw unknown(erasure);
  if (isSamePerson(waiting.by, by) && (await wantsFourEyes(database)))
    throw new RefusedError(refuse('person.second-person', `${waiting.by} asked for it`));
  return waiting.identity;
}

export interface WaitingErasure {
  /** As who asked wrote it. */
  readonly identity: string;
  readonly person: NamedPerson;
  /** What would become of what; nothing is changed. */
  readonly report?: ErasureReport;
  /** Why it could not be done now, in place of a report. */
  readonly hindered: readonly string[];
}

/** What a second person is asked to approve. Throws RefusedError (`person.erasure-unknown`): it does not wait. */
export async function waitingErasure(home: ErasingHome, erasure: bigint): Promise<WaitingErasure> {
  const { database } = home;
  const waiting = await findErasure(database, erasure);
  if (waiting?.identity === undefined) throw unknown(erasure);
  const { identity } = waiting;
  const person = await selectPersonNamed(database.pool, await termsOf(database.pool, identity));
  try {
    return { identity, person, report: await dryErasure(home, identity), hindered: [] };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { identity, person, hindered: error.refusals.map(({ message }) => message) };
  }
}

/** Erases; what `onTable` throws takes everything back. Throws RefusedError: as `demandApprovable` and `dryErasure` do. */
export async function approveErasure(
  home: ErasingHome,
  erasure: bigint,
  by: string,
  onTable: OnTable = () => undefined,
): Promise<ErasureReport> {
  return finish(home, erasure, await demandApprovable(home, erasure, by), by, onTable);
}

/** What an erasure that is done did; undefined: it is not. */
export async function erasureDone(database: Database, erasure: bigint): Promise<ErasureReport | undefined> {
  return (await findErasureReport(database, erasure)) as ErasureReport | undefined; // as `finish` writes it
}

async function wantsFourEyes(database: Database): Promise<boolean> {
  const { book } = await loadSetupWithoutRates(database);
  return book.legalEntities.some(({ ledger }) => ledger?.fourEyes === true);
}

/** Anybody may. Throws RefusedError (`person.erasure-unknown`). */
export async function refuseErasure(database: Database, erasure: bigint, by: string): Promise<void> {
  if (!(await endErasure(database.pool, erasure, 'refused', by, undefined))) throw unknown(erasure);
}

export function erasures(database: Database, most: number): Promise<readonly Erasure[]> {
  return selectErasures(database, most);
}

function unknown(erasure: bigint): RefusedError {
  return new RefusedError(refuse('person.erasure-unknown', `no order ${erasure} waits`, { value: String(erasure) }));
}

/** Killed anywhere, the order waits still, and is approved again: what is closed is closed, the rest is one transaction. */
async function finish(home: ErasingHome, erasure: bigint, identity: string, by: string, onTable: OnTable): Promise<ErasureReport> {
  const { database } = home;
  const terms = await demandErasable(home, identity);
  for (const account of terms.accounts) await closeAccount(home, account);
  const report = await erase(home, terms, onTable, async (done, client) => {
    const told = { ...done, accountsClosed: terms.accounts.length };
    await endErasure(client, erasure, 'done', by, told);
    return told;
  });
  await dropExportsOf(home, terms);
  await indexUsage(database, () => undefined);
  return report;
}

type Client = Parameters<Parameters<typeof withUsageWriter>[2]>[1];

async function erase(
  home: ErasingHome,
  terms: PersonTerms,
  onTable: OnTable,
  end: (report: ErasureReport, client: Client) => Promise<ErasureReport>,
): Promise<ErasureReport> {
  return withUsageWriter(
    home.database,
    () => undefined,
    (_, client) =>
      inTransaction(client, async () => {
        const rawFiles = await filesOf(home, client, terms);
        const pseudonyms = await pseudonymsOf(terms, (number) => codesAround(client, number));
        const tables = await erasePersonRows(client, terms, pseudonyms, await keyHashes(client), onTable);
        return end({ tables, rawFiles, accountsClosed: 0 }, client);
      }),
  );
}

/** As the index of keys makes them. */
async function keyHashes(client: Client): Promise<(key: string) => KeyHash> {
  const hasher = new KeyHasher((await KeyRunStore.open(client)).seed);
  return (key) => {
    hasher.hash(key);
    return { hi: hasher.hi, lo: hasher.lo };
  };
}

async function filesOf({ database, settings }: ErasingHome, client: Client, terms: PersonTerms): Promise<ErasureReport['rawFiles']> {
  const own = new Map((await collectingSources(database, [])).map(({ id, collecting }) => [id, collecting.archiveDays]));
  return (await personFiles(client, terms)).map(({ name, source, loadedMicros }) => {
    const days = own.get(source) || settings.retention.archiveDays;
    const until =
      days === 0 ? 'for ever: neither archiveDays of the source nor retention.archiveDays says otherwise' : untilDay(loadedMicros, days);
    return { file: name, source, until };
  });
}

function untilDay(loadedMicros: number, days: number): string {
  return new Date(loadedMicros / 1000 + days * 86_400_000).toISOString().slice(0, 10);
}

async function demandErasable({ database }: ErasingHome, identity: string): Promise<PersonTerms> {
  const terms = await termsOf(database.pool, identity);
  const found = (await countPersonRows(database.pool, terms)).filter(
    ({ table }) => table !== 'person_erasure' && table !== 'person_export',
  );
  if (found.length === 0) throw new RefusedError(refuse('person.unknown', 'nothing is held with this identity'));
  const holds = await legalHoldsOn(database.pool, terms.accounts);
  if (holds.length > 0) throw new RefusedError(...holds);
  for (const name of terms.accounts) {
    const { id, sessions } = await accountNamed(database, name);
    if (sessions.length > 0)
      throw new RefusedError(refuse('person.session-open', `the charging account has ${sessions.length} open sessions`, { field: id }));
  }
  return terms;
}

/** Nobody charges it any more, and nobody finds it by who it was. */
async function closeAccount(home: ErasingHome, name: string): Promise<void> {
  const { database } = home;
  const account = await accountNamed(database, name);
  const key = (): string => `${ERASING_KEY}${randomUUID()}`;
  for (const identity of account.identities)
    await applyCommand(database, account.id, { kind: 'remove-identity', identity, text: 'erased' }, key());
  if (account.status !== 'closed')
    await applyCommand(database, account.id, { kind: 'set-status', status: 'closed', text: 'erased' }, key());
  await bookChargedUsage(home);
  await database.pool.query('call charging_settle()');
}
