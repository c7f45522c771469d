/** Screening forgets the events of a file that is rolled back, so that the same file can come again and is judged as the first time. */
import type pg from 'pg';
import { Screen, type ScreenedEvent } from '#pipeline/screening/screen.ts';
import type { Database } from '#storage/database.ts';
import { flagsInBooks, otherFlagsOfFile, screenedInBooks, screenedOfFile } from '#storage/usage/screened-events.ts';
import { loadScreeningState, writeScreeningState } from '#storage/usage/screening-store.ts';
import { currentConfiguration } from './configuration.ts';

/** What is taken out of the books: a file with further events, which may be of other files, or only events. */
export interface TakenOut {
  readonly fileId?: number;
  readonly events?: readonly ScreenedEvent[];
}

/**
 * To be called in the transaction of `client`, before it is taken back; what it returns is to be called after that, with
 * the events that came instead.
 */
export async function forgetScreened(
  database: Database,
  client: pg.ClientBase,
  { fileId, events = [] }: TakenOut,
): Promise<(instead?: readonly ScreenedEvent[]) => Promise<void>> {
  const stored = await loadScreeningState(client);
  const { screening, compiled } = await currentConfiguration(database, []);
  if (screening.length === 0 || stored.length === 0) return async () => undefined;
  const screen = new Screen(screening, compiled.shared.book.codeDecks, Date.now() * 1000, stored);
  for (const event of events) screen.forget(event);
  if (fileId !== undefined) {
    for await (const some of screenedOfFile(client, fileId)) for (const event of some) screen.forget(event);
    for (const { rule, key, startMicros } of await otherFlagsOfFile(client, fileId)) screen.forgetOf(rule, key, startMicros);
  }
  return async (instead = []) => {
    for (const { rule, keys } of screen.lost) {
      const { per, id } = rule;
      const column = per === 'trunkIn' ? 'trunk_in' : per === 'trunkOut' ? 'trunk_out' : per === 'destination' ? undefined : per;
      for await (const events of screenedInBooks(client, column, keys)) for (const event of events) screen.remember(id, event);
      for (const { key, startMicros } of await flagsInBooks(client, id, keys)) screen.rememberOf(id, key, startMicros);
    }
    // Noted, and not judged: a person has looked at them.
    for (const event of instead) screen.look(event);
    await writeScreeningState(client, screen.everything(), true);
  };
}
