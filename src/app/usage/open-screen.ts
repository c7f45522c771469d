import type pg from 'pg';
import type { Configuration } from '#pipeline/read-record.ts';
import { Screen } from '#pipeline/screening/screen.ts';
import { loadScreeningState } from '#storage/usage/screening-store.ts';

/** With what the rules remember. Undefined when there is no rule, and then it costs nothing. `client` has the right to write usage. */
export async function openScreen(
  client: pg.PoolClient,
  { screening, compiled }: Configuration,
  nowMicros: number,
): Promise<Screen | undefined> {
  if (screening.length === 0) return undefined;
  return new Screen(screening, compiled.shared.book.codeDecks, nowMicros, await loadScreeningState(client));
}
