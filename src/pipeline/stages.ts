/** Where the time of a load goes. */
export const stages = ['read', 'numbers', 'keys', 'sums', 'copy', 'rollup', 'commit', 'waiting'] as const;
export type Stage = (typeof stages)[number];

/** Milliseconds of the main thread by stage, waits for PostgreSQL and for readers included. */
export class Stages {
  readonly milliseconds: Record<Stage, number> = { read: 0, numbers: 0, keys: 0, sums: 0, copy: 0, rollup: 0, commit: 0, waiting: 0 };

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
