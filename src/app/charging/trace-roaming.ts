/** One session, whoever is billed for it: an account of ours, the network of a roamer, or both. */
import { RefusedError } from '#core/refusals.ts';
import { type KeptRoaming, selectRoaming } from '#storage/charging/roaming-trace.ts';
import { type SessionTrace, type TraceHome, traceSession } from './trace.ts';

export type { KeptRoaming };

export interface WholeTrace {
  readonly account: SessionTrace | undefined;
  readonly roaming: KeptRoaming | undefined;
}

/** One of both is there. Throws RefusedError (`charging.session-unknown`). */
export async function traceWhole(home: TraceHome, session: string): Promise<WholeTrace> {
  const roaming = await selectRoaming(home.database, session);
  const account = await traceSession(home, session).catch((error: unknown) => {
    if (roaming !== undefined && error instanceof RefusedError && error.refusals[0]?.code === 'charging.session-unknown') return undefined;
    throw error;
  });
  return { account, roaming };
}
