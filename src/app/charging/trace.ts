/** History of an account, and one session with its reasons. */

import type { ChargingSession } from '#core/charging/account.ts';
import type { UsageRecord } from '#core/charging/decision.ts';
import { chargeAgain, explainRecord } from '#core/charging/explain-record.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import { type Explanation, formatExplanation } from '#core/rating/explanation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type KeptCommand, selectCommands } from '#storage/charging/command-history.ts';
import { fromExactJson } from '#storage/charging/exact-json.ts';
import { type KeptEntry, selectHistory } from '#storage/charging/journal.ts';
import { type KeptSession, selectSession, selectUse } from '#storage/charging/session-trace.ts';
import type { Database } from '#storage/database.ts';
import { selectFile } from '#storage/usage/files.ts';
import { selectEventsOfSession } from '#storage/usage/find-key.ts';
import type { Installation } from '../installation.ts';
import { rawRecord } from '../usage/look-up.ts';
import { catalogKnownAt, loadCatalog } from './catalog.ts';
import { accountNamed, nowMicros } from './desk.ts';

export type { KeptCommand, KeptEntry };

/** What it needs of an installation. */
export type TraceHome = Pick<Installation, 'database' | 'dataFolder'>;

export interface SessionTrace {
  readonly account: string;
  readonly session: string;
  readonly closedMicros: number | undefined;
  readonly result: string | undefined;
  /** Why its last answer was a no. */
  readonly detail: string | undefined;
  /** As it stands, while it is open. */
  readonly open: ChargingSession | undefined;
  readonly entries: readonly KeptEntry[];
  readonly records: readonly ExplainedRecord[];
}

export interface ExplainedRecord {
  readonly record: UsageRecord;
  /** Number of its event in the books of usage, as `usage show` and `explain` take it; undefined: it waits to be booked. */
  readonly booked: number | undefined;
  readonly explanation: Explanation | undefined;
  readonly steps: string;
}

/** The newest changes of an account's balances, newest first. Throws RefusedError (`engine.account-unknown`). */
export async function accountHistory(database: Database, name: string, most: number): Promise<readonly KeptEntry[]> {
  const { id } = await accountNamed(database, name);
  return selectHistory(database, id, most);
}

/** The newest commands that changed something else than a balance: controls, plan, status, identities. Throws RefusedError (`engine.account-unknown`). */
export async function accountCommands(database: Database, name: string, most: number): Promise<readonly KeptCommand[]> {
  const { id } = await accountNamed(database, name);
  return selectCommands(database, id, most);
}

/** Everything that is kept of a session, its use also where that is booked. Throws RefusedError (`charging.session-unknown`). */
export async function traceSession({ database, dataFolder }: TraceHome, session: string): Promise<SessionTrace> {
  const kept = await selectSession(database, session, async (account) =>
    (await accountNamed(database, account)).pools.map(({ pool }) => pool),
  );
  if (kept === undefined)
    throw new RefusedError(refuse('charging.session-unknown', `no session ${session} is known; ${NAMES}`, { value: session }));
  const { account, closedMicros, answer, entries } = kept;
  const { sessions } = await accountNamed(database, account);
  const open = sessions.find(({ id }) => id === session);
  const records = await recordsOf({ database, dataFolder }, kept, session, open?.startedMicros);
  const last = answer ?? open?.lastAnswer;
  const detail = last?.detail ?? last?.items.find((item) => item.detail !== undefined)?.detail;
  return { account, session, closedMicros, result: last?.result, detail, open, entries, records };
}

/**
 * One use of an account whose holder asks, for as long as its history is kept: what it took from accounts of theirs, and why it costs what it
 * costs where the account that used it is theirs, too. Throws RefusedError (`charging.session-unknown`).
 */
export async function traceOwnUse(
  { database, dataFolder }: TraceHome,
  account: string,
  use: string,
  own: readonly string[],
): Promise<Omit<SessionTrace, 'open' | 'result' | 'detail'>> {
  const kept = await selectSession(database, use, async (user) => (await accountNamed(database, user)).pools.map(({ pool }) => pool));
  const taken = kept?.entries ?? (await selectUse(database, account, use)).toReversed();
  const entries = taken.filter((entry) => own.includes(entry.account));
  const isOwn = kept !== undefined && own.includes(kept.account);
  if (entries.length === 0 && !isOwn) throw new RefusedError(refuse('charging.session-unknown', `no use ${use} is known`, { value: use }));
  // Of what is long over only the history says when it was.
  const over = entries.reduce((latest, { atMicros }) => Math.max(latest, atMicros), 0);
  const found: KeptSession = kept ?? { account, closedMicros: over, answer: undefined, entries, records: [] };
  const records = await recordsOf({ database, dataFolder }, found, use, entries[0]?.atMicros);
  const ownRecords = records.filter(({ record }) => own.includes(record.account));
  return { account, session: use, closedMicros: found.closedMicros, entries, records: ownRecords };
}

const NAMES =
  'it is what the peer names it (Diameter: its Session-Id; of the HTTP API: http:<client>/s/<reference>), as `carillon charge history` shows it, and is kept for a day after its end';

async function recordsOf(
  home: TraceHome,
  kept: KeptSession,
  session: string,
  startedMicros: number | undefined,
): Promise<readonly ExplainedRecord[]> {
  const { catalog } = await loadCatalog(home.database);
  const waiting = kept.records.map(
    (record): ExplainedRecord => ({ record, booked: undefined, ...explained(explainRecord(catalog, record)) }),
  );
  return [...(await bookedRecords(home, kept, session, startedMicros)), ...waiting];
}

/** Longer than sessions are: of one that changed no balance its beginning is not known. */
const BEFORE_ITS_END = 8 * 86_400_000_000;

async function bookedRecords(
  { database, dataFolder }: TraceHome,
  { entries, closedMicros, records }: KeptSession,
  session: string,
  startedMicros: number | undefined,
): Promise<readonly ExplainedRecord[]> {
  const to = closedMicros ?? nowMicros();
  const from = Math.min(startedMicros ?? entries[0]?.atMicros ?? to - BEFORE_ITS_END, to);
  const waiting = new Set(records.map(({ id }) => id)); // what is booked at this very moment is there twice
  const found: ExplainedRecord[] = [];
  const catalogs = new Map<number, CompiledCatalog>();
  for (const stored of await selectEventsOfSession(database, session, { from, to })) {
    if (waiting.has(stored.event.id)) continue;
    const file = await selectFile(database.pool, stored.fileId);
    if (file === undefined) throw new Error(`event ${stored.eventId} is of file ${stored.fileId}, which is not there`);
    const record = fromExactJson<UsageRecord>(await rawRecord(dataFolder, file, stored));
    const catalog = catalogs.get(stored.knownAtMicros) ?? (await catalogKnownAt(database, stored.knownAtMicros));
    catalogs.set(stored.knownAtMicros, catalog);
    let charge = chargeAgain(catalog, record);
    // A change of the rates came between its use and its booking.
    if (charge?.amountNanos !== record.charge?.amountNanos)
      charge = chargeAgain(await catalogKnownAt(database, record.event.startMicros), record) ?? charge;
    found.push({ record, booked: stored.eventId, ...explained(charge?.explanation) });
  }
  return found;
}

const explained = (explanation: Explanation | undefined): Pick<ExplainedRecord, 'explanation' | 'steps'> => ({
  explanation,
  steps: explanation === undefined ? '' : formatExplanation(explanation),
});
