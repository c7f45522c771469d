/** Events that screening has looked at, for when some of them are taken back. */
import type pg from 'pg';
import type { ScreenedEvent } from '#pipeline/screening/screen.ts';
import { notTakenBack } from './taken-back.ts';

const ROWS_PER_FETCH = 2_000;
const COLUMNS = 's.name as source, e.service, e.started_at, e.duration_micros, e.answered, e.called, e.calling, e.trunk_in, e.trunk_out';
const PART = 'exists (select from usage_waiting_part p where p.event_id = e.event_id)';

interface Row extends Pick<ScreenedEvent, 'source' | 'service' | 'answered' | 'called'> {
  readonly started_at: number;
  readonly duration_micros: bigint;
  readonly calling: string | null;
  readonly trunk_in: string | null;
  readonly trunk_out: string | null;
}

/** What of a file was charged, or is held by a rule; through a cursor of the transaction of `client`. Parts of calls that are held are not told. */
export async function* screenedOfFile(client: pg.ClientBase, fileId: number): AsyncGenerator<readonly ScreenedEvent[]> {
  yield* fetched(
    client,
    `select ${COLUMNS} from usage_rated e join usage_source s using (source_id) where e.file_id = $1 and ${notTakenBack('e.event_id')}
     union all select ${COLUMNS} from usage_held e join usage_source s using (source_id)
       where e.file_id = $1 and starts_with(e.reason, 'screening.') and not ${PART}`,
    [fileId],
  );
}

/** The same of all files that are in the books; only events with one of the keys in this column, where there is one. */
export async function* screenedInBooks(
  client: pg.ClientBase,
  column: 'calling' | 'called' | 'trunk_in' | 'trunk_out' | undefined,
  keys: readonly string[],
): AsyncGenerator<readonly ScreenedEvent[]> {
  const wanted = column === undefined ? '$1::text[] is not null' : `e.${column} = any($1::text[])`;
  yield* fetched(
    client,
    `select ${COLUMNS} from usage_rated e join usage_source s using (source_id)
      where ${wanted} and e.file_id not in (select file_id from usage_file where state = 'rolled-back') and ${notTakenBack('e.event_id')}
     union all select ${COLUMNS} from usage_held e join usage_source s using (source_id) where ${wanted} and starts_with(e.reason, 'screening.')`,
    [keys],
  );
}

async function* fetched(client: pg.ClientBase, query: string, values: readonly unknown[]): AsyncGenerator<readonly ScreenedEvent[]> {
  await client.query(`declare screened no scroll cursor for ${query}`, [...values]);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${ROWS_PER_FETCH} from screened`);
    yield rows.map(({ started_at, duration_micros, calling, trunk_in, trunk_out, ...rest }) => ({
      ...rest,
      startMicros: started_at,
      durationMicros: Number(duration_micros),
      ...(calling === null ? {} : { calling }),
      ...(trunk_in === null ? {} : { trunkIn: trunk_in }),
      ...(trunk_out === null ? {} : { trunkOut: trunk_out }),
    }));
    if (rows.length < ROWS_PER_FETCH) break;
  }
  await client.query('close screened');
}

/** What a rule has noted under a key. */
export interface FlagPlace {
  readonly rule: string;
  readonly key: string;
  readonly startMicros: number;
}

/** Flags of what `screenedOfFile` does not tell: of records that were written off, and of parts that are held. */
export async function otherFlagsOfFile(client: pg.ClientBase, fileId: number): Promise<readonly FlagPlace[]> {
  const { rows } = await client.query<{ rule: string; subject: string; started_at: number }>(
    `select rule, subject, started_at from usage_flag where event_id in (select event_id from usage_rejected where file_id = $1)
        or event_id in (select e.event_id from usage_held e where e.file_id = $1 and ${PART})`,
    [fileId],
  );
  return rows.map(({ rule, subject: key, started_at: startMicros }) => ({ rule, key, startMicros }));
}

/** The same of all files that are in the books, of these keys of a rule. */
export async function flagsInBooks(client: pg.ClientBase, rule: string, keys: readonly string[]): Promise<readonly FlagPlace[]> {
  const { rows } = await client.query<{ subject: string; started_at: number }>(
    `select subject, max(started_at) as started_at from usage_flag where rule = $1 and subject = any($2::text[])
        and not exists (select from usage_key_release where first_event_id <= event_id and last_event_id >= event_id) group by 1`,
    [rule, keys],
  );
  return rows.map(({ subject: key, started_at: startMicros }) => ({ rule, key, startMicros }));
}
