/** While charging is served, what is due is deleted once a day, as a job that everybody can see. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RUN_RETENTION } from '#api/retention/retention.ts';
import { type JobKind, JobRunner } from '#operations/jobs/run-jobs.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { dropOldExports } from '../person/kept-exports.ts';
import { type RetentionHome, runRetention } from './retention.ts';

const LOOK_MS = 60_000;
const HOUSE = { id: 'house:retention', name: 'carillon' };

export function retentionJob(home: RetentionHome): JobKind {
  return {
    ...{ kind: RUN_RETENTION, permission: 'retention:manage', title: () => 'Delete what is due' },
    run: (_, by, { progress }) => runRetention(home, { by, progress }),
  };
}

/** The instant at or before now at which the house deletes, of `03:00` UTC. */
export function lastDueMs(at: string, nowMs: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = Math.floor(nowMs / 86_400_000) * 86_400_000 + (hours * 60 + minutes) * 60_000;
  return today <= nowMs ? today : today - 86_400_000;
}

/** Until it is told to stop. Of several processes one does it; a run that was killed is begun again by who looks next. */
export async function keepRetention(home: RetentionHome, stop: AbortSignal): Promise<void> {
  const { database, settings, log } = home;
  const { at, ...days } = settings.retention;
  const isAsked = at !== '' && Object.values(days).some((each) => each > 0);
  const books = jobBooksOn(database);
  const runner = new JobRunner(books, [retentionJob(home)], (error) => log.error({ err: error }, 'what is due could not be deleted'));
  try {
    while (!stop.aborted) {
      await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) break;
      try {
        await dropOldExports(home, Date.now()); // whatever the rules say: they are of persons, and were taken by now
        if (isAsked) await startOnce(database, runner, books, lastDueMs(at, Date.now()));
      } catch (error) {
        log.error({ err: error }, 'what is due could not be deleted; it is tried again');
      }
    }
  } finally {
    await runner.close();
  }
}

/** Unless a run of then is done or under way. Whoever has the lock looks and begins. */
export async function startOnce(
  database: RetentionHome['database'],
  runner: JobRunner,
  books: ReturnType<typeof jobBooksOn>,
  dueMs: number,
): Promise<boolean> {
  return database.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const runs = await books.list({ kinds: [RUN_RETENTION], states: ['running', 'done', 'failed'] }, 1);
    if (runs.some(({ startedMicros }) => startedMicros >= dueMs * 1000)) return false;
    await runner.start(RUN_RETENTION, {}, HOUSE);
    return true;
  });
}

/** Any number; it is this lock's name in the database. */
const LOCK = 732_110_961;
