/** A thread that does long work and costly reads, with connections of its own: the main one goes on answering and charging meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { RefusedError } from '#core/refusals.ts';
import { viewedBy, whileWaitedFor } from '#operations/access/ports.ts';
import { JobCancelled, type JobControl } from '#operations/jobs/run-jobs.ts';
import { openDatabase } from '#storage/database.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { uploadBooksOn } from '#storage/uploads/uploads.ts';
import type { ApiHome } from '../api/home.ts';
import { allJobKinds } from '../api/job-kinds.ts';
import { createLog } from '../log.ts';
import type { FromThread, JobTask, ReadTask, ThreadData, Told, ToThread } from './messages.ts';
import { costlyReads } from './reads.ts';

/** Of one thread: a job, the reads beside it, and the rows that jobs keep. */
const CONNECTIONS = 4;

const port = parentPort;
if (port === null) throw new Error('this is a thread, and nothing by itself');
const { address, settings, dataFolder }: ThreadData = workerData; // as Aside begins it
const database = openDatabase(address, { connections: CONNECTIONS, readStatementMs: settings.api.readSeconds * 1_000 });
const home: ApiHome = { database, settings, dataFolder, log: createLog(settings.log), uploads: uploadBooksOn(database) };
const books = jobBooksOn(database);
const kinds = new Map(allJobKinds(home).map((each) => [each.kind, each]));
const reads = new Map(Object.entries(costlyReads(home)));
const stops = new Map<number, AbortController>();

const tell = (id: number, told: Told): void => port.postMessage({ id, ...told } satisfies FromThread);

async function runJob(id: number, { name, job, input, by }: JobTask): Promise<unknown> {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`there is no job ${name}`);
  const stop = new AbortController();
  stops.set(id, stop);
  const control: JobControl = {
    job,
    signal: stop.signal,
    progress(done, total) {
      tell(id, { progress: [done, total] });
      if (stop.signal.aborted) throw new JobCancelled();
    },
    keep: (part, rows) => books.keepRows(job, part, rows),
  };
  try {
    return await kind.run(input, by, control);
  } finally {
    stops.delete(id);
  }
}

function read({ name, words, view }: ReadTask): Promise<unknown> {
  const work = reads.get(name);
  if (work === undefined) throw new Error(`there is no read ${name}`);
  // Both sides have the words and the answer from one table (`CostlyReads`).
  const done = (): Promise<unknown> => (work as (...words: readonly unknown[]) => Promise<unknown>)(...words);
  return view === undefined ? whileWaitedFor(done) : viewedBy(view, done);
}

async function answer(id: number, task: JobTask | ReadTask): Promise<void> {
  try {
    tell(id, { value: await (task.kind === 'job' ? runJob(id, task) : read(task)) });
  } catch (error) {
    if (error instanceof JobCancelled) tell(id, { cancelled: true });
    else if (error instanceof RefusedError) tell(id, { refusals: error.refusals });
    else tell(id, { fault: faultOf(error) });
  }
}

function faultOf(error: unknown): { message: string; stack: string; code: string | undefined } {
  if (!(error instanceof Error)) return { message: String(error), stack: '', code: undefined };
  return { message: error.message, stack: error.stack ?? '', code: 'code' in error ? String(error.code) : undefined };
}

port.on('message', (told: ToThread) => {
  if (told === 'end') {
    port.close();
    void database.close();
  } else if ('stop' in told) stops.get(told.id)?.abort();
  else void answer(told.id, told.task);
});
