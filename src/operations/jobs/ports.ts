/** What long work leaves in the database while it runs, so that everybody can see it and nothing is claimed of a process that is gone. */
import type { Refusal } from '#core/refusals.ts';

/** `interrupted`: its process ended or fell silent before it was done. */
export const jobStates = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type JobState = (typeof jobStates)[number];

/** Who asked for it. */
export interface JobOwner {
  /** As repetitions tell clients apart. */
  readonly id: string;
  /** As the books name who did something. */
  readonly name: string;
}

export interface JobRow {
  readonly id: bigint;
  readonly kind: string;
  readonly title: string;
  readonly input: unknown;
  readonly by: JobOwner;
  readonly restartOf: bigint | undefined;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | undefined;
  readonly cancelAsked: boolean;
  readonly result: unknown;
  readonly refusals: readonly Refusal[];
  readonly startedMicros: number;
  /** When its process was last known to work on it. */
  readonly beatMicros: number;
  readonly endedMicros: number | undefined;
}

export interface NewJob {
  readonly kind: string;
  readonly title: string;
  readonly input: unknown;
  readonly by: JobOwner;
  readonly restartOf?: bigint;
}

export interface JobEnd {
  readonly state: Exclude<JobState, 'running'>;
  readonly result?: unknown;
  readonly refusals?: readonly Refusal[];
}

export interface JobFilter {
  readonly kinds: readonly string[];
  readonly states?: readonly JobState[];
  /** Only older ones. */
  readonly before?: bigint;
}

/** Methods throw for faults of the database only. */
export interface JobBooks {
  insert(job: NewJob): Promise<JobRow>;
  /** It is alive, and so far. Says whether somebody wants it to stop. */
  beat(id: bigint, done: number, total: number | undefined): Promise<{ readonly cancelAsked: boolean }>;
  /** The first end stays. */
  end(id: bigint, done: number, total: number | undefined, end: JobEnd): Promise<void>;
  find(id: bigint): Promise<JobRow | undefined>;
  /** The newest that is this one again. */
  findAgain(id: bigint): Promise<JobRow | undefined>;
  findAll(ids: readonly bigint[]): Promise<readonly JobRow[]>;
  /** Newest first. */
  list(filter: JobFilter, most: number): Promise<readonly JobRow[]>;
  /** Of one who asked, those whose process lives. */
  running(ownerId: string): Promise<readonly JobRow[]>;
  /** Behind those of the part that there are. */
  keepRows(id: bigint, part: string, rows: readonly unknown[]): Promise<void>;
  /** Of a part, in their order; `after`: the position of the last that is known. */
  rows(
    id: bigint,
    part: string,
    after: number,
    most: number,
    /** Fields that must be so. */
    like: object,
  ): Promise<readonly { readonly position: number; readonly body: unknown }[]>;
  /** Once a running job is asked, it is asked. */
  askCancel(id: bigint, by: string): Promise<void>;
}
