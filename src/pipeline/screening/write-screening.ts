import type { UsageTransaction } from '../ports.ts';
import type { Screen } from './screen.ts';

/** Writes what was found and noted since the last time, in the transaction of the events. */
export async function writeScreening(transaction: UsageTransaction, screen: Screen): Promise<void> {
  const { flags, state, replaces } = screen.take();
  await transaction.writeFlags(flags);
  if (state !== undefined) await transaction.writeScreeningState(state, replaces);
}
