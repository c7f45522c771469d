/**
 * When the time bands change that split calls, by agreement version and role. Bands are configuration, so they are those known
 * when a call was priced: a call is compared with the changes whose stretch of knowledge its `known_at` lies in.
 */
import type pg from 'pg';
import { bandChanges } from '#core/settlement/band-changes.ts';
import type { Book } from '#core/tariffs/book.ts';
import { MICROS_PER_DAY, startOfLocalDay } from '#core/time/zoned.ts';
import { setupOf } from '#operations/configuration/ports.ts';
import type { ChargeQuery } from '#operations/settlement/books.ts';
import { formatTimestamptz } from '../column-types.ts';
import { selectObjects } from '../configuration/load-book.ts';

export interface BandChanges {
  readonly version: number;
  readonly role: string;
  readonly tariff: string;
  readonly knownFrom: string;
  readonly knownTo: string;
  readonly changes: readonly string[];
}

/** Calls that begin on the last day are followed so far. Bands repeat by the week. */
const DAYS_AFTER = 8;

/** Empty when no version of the agreement splits calls by bands. */
export async function selectBandChanges(client: pg.ClientBase, { terms, period }: ChargeQuery): Promise<readonly BandChanges[]> {
  const legs = terms.versions
    .filter(({ bands }) => bands === 'split')
    .flatMap(({ versionId, zone, services }) =>
      services.flatMap(({ service, role, tariff }) => (service === 'voice' ? [{ version: versionId, zone, role, tariff }] : [])),
    );
  if (legs.length === 0) return [];
  const knowledge = await selectBandKnowledge(client);
  return legs.flatMap(({ version, zone, role, tariff }) =>
    knowledge.flatMap(({ book, knownFrom, knownTo }): BandChanges[] => {
      const set = book.timeBands.find(({ id }) => id === book.tariffs.find((each) => each.id === tariff)?.timeBands);
      if (set === undefined) return [];
      const calendar = book.calendars.find(({ id }) => id === set.calendar);
      const to = startOfLocalDay(zone, period.to) + DAYS_AFTER * MICROS_PER_DAY;
      const changes = bandChanges(set, calendar, zone, startOfLocalDay(zone, period.from), to);
      return changes.length === 0 ? [] : [{ version, role, tariff, knownFrom, knownTo, changes: changes.map(formatTimestamptz) }];
    }),
  );
}

interface BandKnowledge {
  readonly book: Pick<Book, 'tariffs' | 'timeBands' | 'calendars'>;
  readonly knownFrom: string;
  readonly knownTo: string;
}

/** What was known of bands, for each stretch of time in which it was the same. */
async function selectBandKnowledge(client: pg.ClientBase): Promise<readonly BandKnowledge[]> {
  const { rows } = await client.query<{ at: number }>(
    `select distinct known_from as at from config_version where kind in ('tariffs', 'timeBands', 'calendars') order by 1`,
  );
  const knowledge: BandKnowledge[] = [];
  for (const [index, { at }] of rows.entries()) {
    const objects = await selectObjects(client, at);
    const { book } = setupOf(
      objects.filter(({ kind }) => kind === 'tariffs' || kind === 'timeBands' || kind === 'calendars'),
      new Map(),
    );
    knowledge.push({ book, knownFrom: formatTimestamptz(at), knownTo: formatTimestamptz(rows[index + 1]?.at ?? Number.POSITIVE_INFINITY) });
  }
  return knowledge;
}

/** The columns of `leg` and `split`: whether its billed time reaches into another band. The parameter is bandParameter's. */
export function splitColumn(legs: string, parameter: number): string {
  const begin = `leg.started_at + coalesce(banded.free_seconds, 0) * interval '1 second'`;
  const end = `${begin} + leg.whole * interval '1 second' - interval '1 microsecond'`;
  return `select leg.*, leg.whole > 0 and banded.rate_id is not null and bands.changes is not null
              and width_bucket(${begin}, bands.changes) <> width_bucket(${end}, bands.changes) as split
       from (${legs}) leg
       left join (select (item->>'version')::integer as version_id, item->>'role' as role,
                         (item->>'knownFrom')::timestamptz as known_from, (item->>'knownTo')::timestamptz as known_to,
                         array(select instant::timestamptz from jsonb_array_elements_text(item->'changes') with ordinality as c(instant, place) order by place) as changes
                    from jsonb_array_elements($${parameter}::jsonb) item) bands
         on leg.service = 'voice' and bands.version_id = leg.version_id and bands.role = leg.role
            and bands.known_from <= leg.priced_at and leg.priced_at < bands.known_to
       left join (select rate_id, free_seconds from rate
                   where (tariff, destination) in (select tariff, destination from rate where band is not null
                                                      and tariff in (select item->>'tariff' from jsonb_array_elements($${parameter}::jsonb) item))) banded
         on banded.rate_id = leg.rate_id`;
}

export function bandParameter(changes: readonly BandChanges[]): string {
  return JSON.stringify(changes);
}
