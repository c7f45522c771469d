/** History of an account, and one session with its reasons. */

import type { ChargingSession } from '#core/charging/account.ts';
import type { UsageRecord } from '#core/charging/decision.ts';
import { explainRecord } from '#core/charging/explain-record.ts';
import { type Explanation, formatExplanation } from '#core/rating/explanation.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type KeptCommand, selectCommands } from '#storage/charging/command-history.ts';
import { type KeptEntry, selectHistory } from '#storage/charging/journal.ts';
import { selectSession } from '#storage/charging/session-trace.ts';
import type { Database } from '#storage/database.ts';
import { loadCatalog } from './catalog.ts';
import { accountNamed } from './desk.ts';

export type { KeptCommand, KeptEntry };

export interface SessionTrace {
  readonly account: string;
  readonly session: string;
  readonly closedMicros: number | undefined;
  readonly result: string | undefined;
  /** As it stands, while it is open. */
  readonly open: ChargingSession | undefined;
  readonly entries: readonly KeptEntry[];
  readonly records: readonly ExplainedRecord[];
}

export interface ExplainedRecord {
  readonly record: UsageRecord;
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

/** Everything that is kept of a session. Throws RefusedError (`charging.session-unknown`). */
export async function traceSession(database: Database, session: string): Promise<SessionTrace> {
  const kept = await selectSession(database, session, async (account) =>
    (await accountNamed(database, account)).pools.map(({ pool }) => pool),
  );
  if (kept === undefined) throw new RefusedError(refuse('charging.session-unknown', `no session ${session} is known`, { value: session }));
  const { account, closedMicros, answer, entries } = kept;
  const { sessions } = await accountNamed(database, account);
  const { catalog } = await loadCatalog(database);
  const records = kept.records.map((record): ExplainedRecord => {
    const explanation = explainRecord(catalog, record);
    return { record, explanation, steps: explanation === undefined ? '' : formatExplanation(explanation) };
  });
  const open = sessions.find(({ id }) => id === session);
  return { account, session, closedMicros, result: answer?.result ?? open?.lastAnswer.result, open, entries, records };
}
