/** What the demonstration tells in its longer steps. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCsv } from '#codecs/csv/csv.ts';
import type { FileTruth } from './generator/day-files.ts';
import type { DemoOptions } from './options.ts';
import * as screen from './screen.ts';
import { AGREEMENTS, ask, EURO_RATE, PERIOD, requireFile, type Stage, show } from './steps.ts';

const SOURCES = ['ny-asterisk', 'fra-freeswitch'] as const;
const COUNTS = ['read', 'rated', 'held', 'duplicate', 'rejected'] as const;
type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** What the generator wrote, from its own knowledge. */
export function showShape(truths: readonly FileTruth[], folder: string, { calls, seed }: DemoOptions): void {
  const answered = sum(truths, (truth) => truth.answered);
  const megabytes = Math.round(sum(truths, (truth) => truth.bytes) / 1_000_000);
  const faults = `${figure(sum(truths, (truth) => truth.duplicate))} records twice, ${figure(sum(truths, (truth) => truth.rejected))} damaged`;
  screen.say(
    `${figure(calls)} calls from the seed ${seed}, ${Math.round((100 * answered) / calls)} % answered; ${faults}; ${megabytes} MB:`,
    `  ${join(folder, 'new-york')}    4 files of Asterisk’s Master.csv, local time`,
    `  ${join(folder, 'frankfurt')}   4 files of FreeSWITCH JSON CDRs`,
  );
}

export async function loadTraffic(stage: Stage, truths: readonly FileTruth[]): Promise<void> {
  for (const source of SOURCES) {
    const paths = truths.filter((truth) => truth.source === source).map(({ path }) => join(stage.dataFolder, 'traffic', path));
    const pattern = `${dirname(paths[0] ?? '')}/*`;
    await show(stage, ['usage', 'load', ...paths, '--source', source], { live: true, as: ['usage', 'load', pattern, '--source', source] });
  }
}

/** The product's counts against the generator's. Throws when a single record is counted otherwise. */
export async function checkCounts(stage: Stage, truths: readonly FileTruth[]): Promise<void> {
  await compareCounts(stage, countsOf(truths));
}

async function compareCounts(stage: Stage, expected: Counts): Promise<void> {
  const counted = countsOf(await ask(stage, ['usage', 'show', '--json']));
  const wrong = COUNTS.filter((name) => counted[name] !== expected[name]);
  if (wrong.length > 0) {
    const lines = wrong.map((name) => `${name}: ${counted[name]} counted, ${expected[name]} written`);
    throw new Error(`the counts differ from what the generator wrote:\n  ${lines.join('\n  ')}`);
  }
  screen.say(
    '',
    'The generator knows what it wrote, and the counts agree with it:',
    `${figure(expected.read)} read = ${figure(expected.rated)} rated + ${figure(expected.held)} held + ${figure(expected.duplicate)} duplicate + ${figure(expected.rejected)} rejected`,
  );
}

export async function loadAgain(stage: Stage, truths: readonly FileTruth[]): Promise<void> {
  const before = await ask(stage, ['usage', 'show', '--json']);
  await loadTraffic(stage, truths);
  const after = await ask(stage, ['usage', 'show', '--json']);
  if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('loading the same files again has changed the books');
  screen.say('', 'The books are the same as before, to the last figure.');
}

/** What waits; and the calls of a trunk that nobody had configured, once somebody has. */
export async function mendTrunk(stage: Stage, truths: readonly FileTruth[]): Promise<void> {
  await show(stage, ['usage', 'held'], { most: 8 });
  screen.say('', 'India, China and Hong Kong are blocked in the published list. The trunk was forgotten; demo/later', 'has it.');
  await show(stage, ['apply', 'demo/later'], { most: 1, last: 1 });
  await show(stage, ['usage', 'retry']);
  const before = countsOf(truths);
  const mended = sum(truths, (truth) => truth.heldFor['rating.trunk-unknown']);
  await compareCounts(stage, { ...before, rated: before.rated + mended, held: before.held - mended });
}

export async function showMargin(stage: Stage): Promise<void> {
  await show(stage, ['margin', '--period', PERIOD, '--in', 'USD', '--rate', EURO_RATE, '--top', '16']);
}

export async function makeStatements(stage: Stage): Promise<void> {
  const folder = join(stage.dataFolder, 'statements');
  mkdirSync(folder, { recursive: true });
  for (const agreement of AGREEMENTS) await show(stage, ['statement', agreement, '--period', PERIOD], { most: 14, from: /^Due to/ });
  for (const agreement of AGREEMENTS) {
    await show(stage, ['statement', agreement, '--period', PERIOD, '--format', 'pdf', '--out', join(folder, `${agreement}-${PERIOD}.pdf`)]);
  }
}

/** A call that began before midnight in Berlin and lasted into the holiday: two prices in one charge. */
export async function explainSplitCall(stage: Stage): Promise<void> {
  const detail = join(stage.dataFolder, 'statements', `rheinland-voice-${PERIOD}-calls.csv`);
  await show(stage, ['statement', 'rheinland-voice', '--period', PERIOD, '--detail', detail, '--verify'], { most: 0, last: 2 });
  const event = eventAcross(readFileSync(requireFile(detail), 'utf8'), '2026-10-02T22:00:00Z');
  screen.say('', 'A call that began on Friday and ended on the holiday, by Frankfurt’s clock, on both sides:');
  await show(stage, ['explain', event]);
}

/** The number of the event with the dearest charge of those that lasted over the instant. */
export function eventAcross(csv: string, instant: string): string {
  const at = Date.parse(instant);
  let header: readonly string[] | undefined;
  let best: { event: string; amount: number } | undefined;
  for (const { fields } of parseCsv(csv)) {
    if (header === undefined) {
      header = fields;
      continue;
    }
    const names = header;
    const cell = (name: string): string => fields[names.indexOf(name)] ?? '';
    const start = Date.parse(cell('start_utc'));
    const seconds = Number(cell('raw_quantity'));
    // For choosing what to show only: no amount is computed from it.
    const amount = Number(cell('amount'));
    const across = start < at - 20_000 && start + seconds * 1_000 > at + 60_000;
    if (across && seconds < 900 && (best === undefined || amount > best.amount)) best = { event: cell('event_id'), amount };
  }
  if (best === undefined) throw new Error(`no call lasts over ${instant}`);
  return best.event;
}

/** `files` as `carillon usage show --json` prints them, or as the generator knows them: both have the five counts. */
function countsOf(files: readonly unknown[]): Counts {
  const counts = { read: 0, rated: 0, held: 0, duplicate: 0, rejected: 0 };
  for (const file of files as readonly Counts[]) for (const name of COUNTS) counts[name] += file[name];
  return counts;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function figure(value: number): string {
  return value.toLocaleString('en-US');
}
