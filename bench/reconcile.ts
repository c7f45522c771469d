/**
 * Single calls of two files against each other: 2 × 3 million by default, with a clock that is off and drifts, numbers written otherwise,
 * withheld callers, calls that lack, that are doubled, that are of another duration. What is found is compared with what the generator
 * knows. Beside it, as the limit, the same files only read as CSV.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CallsOutcome } from '#app/reconciliation/call-files.ts';
import { figure, report } from './harness.ts';
import { CLOCK, writeCalls } from './support/write-calls.ts';

const asked = process.argv.indexOf('--calls');
const CALLS = Number(asked === -1 ? 3_000_000 : process.argv[asked + 1]);
const RUNS = 2;
/** Two calls that fit each other by chance: at most so many of all. */
const BY_CHANCE = 1 / 100_000;

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly outcome?: CallsOutcome;
}

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-'));
try {
  const [ours, theirs] = [join(folder, 'ours.csv'), join(folder, 'theirs.csv')];
  const truth = await writeCalls(ours, theirs, CALLS, 5);
  const script = fileURLToPath(new URL('support/reconcile-files.ts', import.meta.url));
  const run = (mode: string): Run =>
    JSON.parse(execFileSync(process.execPath, [script, mode, ours, theirs], { encoding: 'utf8', maxBuffer: 1 << 26 }));
  const both = truth.ours + truth.theirs;
  const pairs = Array.from({ length: RUNS }, () => ({ read: run('read'), reconciled: run('reconcile') }));
  const outcome = pairs[0]?.reconciled.outcome;
  const wrong = (Object.keys(truth) as (keyof typeof truth)[]).filter(
    (name) => Math.abs((outcome?.[name] ?? -1) - truth[name]) > (name === 'ours' || name === 'theirs' ? 0 : Math.max(1, CALLS * BY_CHANCE)),
  );
  const clock = outcome?.clock;
  const clockFound =
    clock !== undefined &&
    Math.abs(clock.secondsPerDay - CLOCK.secondsPerDay) < 0.05 &&
    Math.abs(clock.seconds - (CLOCK.seconds + CLOCK.secondsPerDay * 5)) < 3;
  const megabytes = Math.max(...pairs.map(({ reconciled }) => reconciled.megabytes));
  report(
    'reconcile',
    wrong.length === 0 && clockFound,
    [
      figure(
        'calls_per_s',
        pairs.map(({ reconciled }) => both / reconciled.seconds),
        pairs.map(({ read }) => both / read.seconds),
      ),
      figure(
        'seconds',
        pairs.map(({ reconciled }) => reconciled.seconds),
        pairs.map(({ read }) => read.seconds),
      ),
      figure(
        'cpu_seconds',
        pairs.map(({ reconciled }) => reconciled.cpuSeconds),
        pairs.map(({ read }) => read.cpuSeconds),
      ),
      figure(
        'megabytes',
        pairs.map(({ reconciled }) => reconciled.megabytes),
      ),
    ],
    [
      `${truth.ours.toLocaleString('en')} calls of ours, ${truth.theirs.toLocaleString('en')} of theirs; ${Math.round((megabytes * 1024 ** 2) / both)} bytes of memory a call`,
      `their clock is ${CLOCK.seconds} s ahead and gains ${CLOCK.secondsPerDay} s a day: found ${clock?.seconds.toFixed(2)} s and ${clock?.secondsPerDay.toFixed(3)} s a day`,
      ...wrong.map((name) => `${name}: ${outcome?.[name]} found, ${truth[name]} made`),
    ],
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
