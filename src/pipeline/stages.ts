/** Where the time of a load goes. */
export const stages = ['archive', 'read', 'waiting', 'numbers', 'keys', 'sums', 'copy', 'rollup'] as const;
export type Stage = (typeof stages)[number];

/** Milliseconds by stage: `read` of all readers together; the others of the main thread, waits for PostgreSQL and for readers included. */
export class Stages {
  readonly milliseconds: Record<Stage, number> = { archive: 0, read: 0, waiting: 0, numbers: 0, keys: 0, sums: 0, copy: 0, rollup: 0 };

  async time<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.milliseconds[stage] += performance.now() - start;
    }
  }

  timeNow<T>(stage: Stage, work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.milliseconds[stage] += performance.now() - start;
    }
  }
}
