/** `carillon collect status` and `collect alarms`. */
import type { Collecting } from '#core/usage/collecting.ts';
import { numberAt } from '#core/usage/sequence.ts';
import { clearAlarms, type RaisedAlarm, type SourceStanding, selectAlarms, sourceStandings } from '#storage/collecting/overview.ts';
import type { Database } from '#storage/database.ts';
import { collectingSources } from './sources.ts';

export type { RaisedAlarm } from '#storage/collecting/overview.ts';

export interface StandingOfSource extends Omit<SourceStanding, 'highestPosition'> {
  readonly place: Collecting['place']['kind'];
  /** The highest sequence number taken. */
  readonly lastNumber: number | undefined;
}

export async function collectingStatus(database: Database): Promise<readonly StandingOfSource[]> {
  const sources = await collectingSources(database, []);
  const standings = await sourceStandings(
    database.pool,
    sources.map(({ id }) => id),
  );
  return sources.flatMap(({ collecting }, index) => {
    const standing = standings[index];
    if (standing === undefined) return [];
    const { highestPosition, ...rest } = standing;
    const { sequence, place } = collecting;
    const lastNumber = sequence === undefined || highestPosition === undefined ? undefined : numberAt(highestPosition, sequence);
    return [{ ...rest, place: place.kind, lastNumber }];
  });
}

export async function collectingAlarms(
  database: Database,
  filter: { readonly source: string | undefined; readonly cleared: boolean; readonly limit: number },
): Promise<readonly RaisedAlarm[]> {
  return selectAlarms(database.pool, filter);
}

/** Numbers that were not open are left out of what comes back. */
export async function clearCollectingAlarms(database: Database, ids: readonly number[]): Promise<readonly number[]> {
  return clearAlarms(database.pool, ids, Date.now() * 1000);
}
