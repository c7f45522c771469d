/** What `usage load` shows: a bar while it runs on a terminal, then a table, or JSON lines. */
import type { FileReport, LoadEvents } from '#app/usage/load.ts';
import { passedRecords } from '#app/usage/load.ts';
import { formatRefusal, visibleText } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { formatTable } from './table.ts';
import { printCorrelated } from './usage-tables.ts';
import { hanging } from './wrap.ts';

const BAR_WIDTH = 24;
const REDRAW_MS = 100;

export interface LoadScreen extends LoadEvents {
  finish(reports: readonly FileReport[]): void;
}

export function loadScreen(json: boolean): LoadScreen {
  const bar = new Bar(process.stderr.isTTY === true && !json);
  let adjusted = 0;
  let correlated = '';
  return {
    onWait: () => process.stderr.write('another process is writing usage; waiting for it\n'),
    onProgress: (path, phase, bytes, total, counts) => {
      const file = visibleText(path);
      if (phase === 'archiving') bar.draw(`${file}  archiving ${Math.floor(bytes / 1_000_000)} MB`);
      else bar.draw(`${file}  ${barOf(bytes, total)}  ${grouped(counts.read)} records, ${grouped(bar.rate(file, counts.read))}/s`);
    },
    onFile: (report) => {
      bar.clear();
      for (const refusal of [...report.refusals, ...(report.differences ?? [])]) process.stderr.write(`${formatRefusal(refusal)}\n`);
      if (json) process.stdout.write(`${JSON.stringify(jsonOf(report))}\n`);
    },
    onAdjusted: (charges) => {
      adjusted = charges;
    },
    onCorrelated: (counts) => {
      correlated = printCorrelated(counts, false);
    },
    finish: (reports) => {
      if (json) return;
      process.stdout.write(`${tableOf(reports)}\n`);
      const earlier = reports.flatMap(earlierText);
      if (earlier.length > 0) process.stdout.write(`\n${earlier.join('\n')}\n`);
      if (correlated !== '') process.stdout.write(`\nput together: ${correlated}`);
      if (adjusted > 0) process.stdout.write(`\n${grouped(adjusted)} charges in tiers adjusted, because earlier usage arrived later\n`);
    },
  };
}

/** Of a file whose content is in the books: as which file, since when, and how its records stand today. */
function earlierText({ fileId, earlier }: FileReport): readonly string[] {
  if (earlier === undefined) return [];
  const { read, ...rest } = earlier.counts;
  const outcomes = Object.entries(rest).map(([outcome, number]) => `${grouped(number)} ${outcome}`);
  const day = formatInstant(earlier.loadedAtMicros).slice(0, 10);
  const passed = passedRecords(earlier.passedOver);
  const besides = passed === 0 ? '' : `; ${grouped(passed)} passed over`;
  return [hanging(`already loaded on ${day} as file ${fileId ?? ''}: ${grouped(read)} read = ${outcomes.join(' + ')}${besides}`)];
}

function jsonOf({ file, counts, seconds, reasons, passedOver, state, fileId, earlier, refusals, differences = [] }: FileReport): object {
  return {
    file,
    ...counts,
    seconds,
    reasons,
    passedOver,
    state,
    ...(fileId === undefined ? {} : { fileId }),
    ...(earlier === undefined
      ? {}
      : { earlier: { ...earlier.counts, passedOver: earlier.passedOver, loadedAt: formatInstant(earlier.loadedAtMicros) } }),
    ...(refusals.length === 0 ? {} : { refusals: refusals.map(({ code, message }) => ({ code, message })) }),
    ...(differences.length === 0 ? {} : { differences: differences.map(({ code, message }) => ({ code, message })) }),
  };
}

function tableOf(reports: readonly FileReport[]): string {
  const figures = ['read', 'rated', 'held', 'duplicate', 'rejected'] as const;
  const columns = [
    { title: 'file', cut: 'start' as const },
    ...figures.map((title) => ({ title, align: 'right' as const })),
    { title: 'seconds', align: 'right' as const },
    ...(reports.every(({ state }) => state === 'loaded') ? [] : [{ title: 'state' }]),
  ];
  const rows = reports.map(({ file, counts, seconds, state }) => [
    file,
    ...figures.map((figure) => grouped(counts[figure])),
    seconds.toFixed(1),
    state === 'loaded' ? '' : state,
  ]);
  const sums = figures.map((figure) => grouped(reports.reduce((sum, { counts }) => sum + counts[figure], 0)));
  const total = ['total', ...sums, reports.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1), ''];
  const table = formatTable(columns, reports.length > 1 ? [...rows, 'rule', total] : rows);
  const reasons = numbersTable(
    'reason',
    reports.map((report) => report.reasons),
  );
  const passed = numbersTable(
    'passed over',
    reports.map(({ passedOver }) => passedOver),
  );
  return [table, reasons, passed].filter((part) => part !== undefined).join('\n\n');
}

/** Numbers of records by name, of all files together, the largest first; undefined without any. */
function numbersTable(title: string, files: readonly Readonly<Record<string, number>>[]): string | undefined {
  const sums = new Map<string, number>();
  for (const numbers of files) for (const [name, number] of Object.entries(numbers)) sums.set(name, (sums.get(name) ?? 0) + number);
  if (sums.size === 0) return undefined;
  const sorted = [...sums].sort(([, a], [, b]) => b - a).map(([name, number]) => [name === '' ? 'ignored lines' : name, grouped(number)]);
  return formatTable([{ title }, { title: 'records', align: 'right' }], sorted);
}

function barOf(bytes: number, total: number): string {
  const part = total === 0 ? 1 : Math.min(1, bytes / total);
  const filled = Math.round(part * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${String(Math.floor(part * 100)).padStart(3)} %`;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** One line of the terminal that is drawn over. */
class Bar {
  readonly #shown: boolean;
  #drawnAtMs = 0;
  #drawn = false;
  #file = '';
  #startedAtMs = 0;
  #startedWith = 0;

  constructor(shown: boolean) {
    this.#shown = shown;
  }

  /** Records a second since this file was first seen. */
  rate(file: string, read: number): number {
    const nowMs = performance.now();
    if (file !== this.#file) [this.#file, this.#startedAtMs, this.#startedWith] = [file, nowMs, 0];
    return (read - this.#startedWith) / Math.max(0.001, (nowMs - this.#startedAtMs) / 1000);
  }

  draw(text: string): void {
    const nowMs = performance.now();
    if (!this.#shown || nowMs - this.#drawnAtMs < REDRAW_MS) return;
    this.#drawnAtMs = nowMs;
    this.#drawn = true;
    const width = (process.stderr.columns ?? 100) - 1;
    process.stderr.write(`\r\u001b[K${text.length > width ? `…${text.slice(text.length - width + 1)}` : text}`);
  }

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[K');
    this.#drawn = false;
  }
}
