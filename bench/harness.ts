/** Runs measurements and prints them in the one form of all benchmarks: a table, or JSON with --json. */
import { cpus } from 'node:os';

export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** The limit measured in the same run, in the same unit; null where there is none. */
  readonly limit: number | null;
  readonly ratio: number | null;
}

export interface BenchResult {
  readonly bench: string;
  /** False when the result that was checked is wrong. */
  readonly ok: boolean;
  readonly machine: { readonly cores: number; readonly cpu: string };
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** One figure from several runs, beside the median of its limit's runs. */
export function figure(name: string, runs: readonly number[], limitRuns?: readonly number[]): Figure {
  const sorted = [...runs].sort((a, b) => a - b);
  const limit = limitRuns === undefined ? null : medianOf(limitRuns);
  const median = medianOf(sorted);
  return { name, median, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0, limit, ratio: limit === null ? null : median / limit };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Prints the result and sets the exit status: 1 when what was checked is wrong. */
export function report(bench: string, ok: boolean, figures: readonly Figure[], notes: readonly string[]): void {
  const result: BenchResult = { bench, ok, machine: { cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' }, figures, notes };
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result));
  } else {
    const rows = [['figure', 'median', 'min', 'max', 'limit', 'ratio'], ...figures.map(cells)];
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    console.log(`${bench} on ${result.machine.cores} × ${result.machine.cpu}`);
    for (const row of rows)
      console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
    for (const note of notes) console.log(`  ${note}`);
    console.log(ok ? 'checked: the result is right' : 'WRONG: the result that was checked is not right');
  }
  if (!ok) process.exitCode = 1;
}

function cells({ name, median, min, max, limit, ratio }: Figure): string[] {
  const whole = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(3));
  return [name, whole(median), whole(min), whole(max), limit === null ? '' : whole(limit), ratio === null ? '' : ratio.toFixed(3)];
}

/** Seconds that the work takes, by the monotonic clock. */
export function seconds(work: () => void): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
