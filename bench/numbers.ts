/**
 * Number tables: files of one and ten million rows, unsorted, imported into a durable PostgreSQL by the very path of
 * `numbers import`; loaded again; bytes a number; look-ups a second beside reads at random places of memory as large; and
 * what enriching an event costs with everything configured, and with nothing.
 */
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyConfiguration } from '#app/configuration.ts';
import { type Installation, withInstallation } from '#app/installation.ts';
import { importNumbers } from '#app/numbers/import.ts';
import { loadEnrichment } from '#app/usage/enrichment.ts';
import { Enricher } from '#core/enrichment/enricher.ts';
import type { NumberTable } from '#core/numbering/number-table.ts';
import { parseInstant } from '#core/time/zoned.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import { loadNumberTable } from '#storage/numbers/number-store.ts';
import { seeded } from '../test/support/seeded.ts';
import { figure, report, seconds } from './harness.ts';

const SIZES = [1_000_000, 10_000_000] as const;
const LOOK_UPS = 1_000_000;
/** Different numbers that are called in usual traffic. */
const CALLED = 50_000;
const EVENTS = 300_000;
const BATCH = 1_000;
const RUNS = 5;
const AT = Date.UTC(2026, 9, 5) * 1000;

const configuration = `
legalEntities: [{id: own, name: Own, country: US, currency: USD, zone: UTC}]
numberTables:
  - id: lrn
    gives: routing-number
    file: {columns: {number: tn, value: lrn, validFrom: activated}, numbering: {countryCode: "1", nationalPrefix: ""}}
timeBands:
  - {id: day, bands: [{name: busy, days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00"}, {name: quiet, otherwise: true}]}
bins:
  - id: areas
    otherwise: rest
    rules: [${Array.from({ length: 500 }, (_, at) => `{bin: a${at % 22}, routed: "1${200 + at}"}`).join(', ')}]
  - {id: hours, timeBands: day, rules: [{bin: busy, band: busy}], otherwise: quiet}
enrichments:
  - id: all
    country: US
    ownNetwork: {prefixes: ["1212", "1646"]}
    numberTables: [lrn]
    callTypes: [{prefix: "1900", type: premium}]
    shortCodes: [{code: "911", type: emergency}]
    causes: [{cause: "34", class: busy}]
    places: [{cell: "310-260-1", place: east}, {cell: "310-260", place: west}]
    tadig: [{tadig: USAW6, network: "310260"}]
    bins: [areas, hours]
sources:
  - {id: s, format: delimited, zone: UTC, header: true, key: id, enrichment: all, fields: {start: {column: start, time: iso}, called: b, trunkIn: in}}
`;

const folder = mkdtempSync(join(tmpdir(), 'carillon-bench-numbers-'));
try {
  const settings = { data: join(folder, 'data'), database: { url: '' }, log: { level: 'warn' as const } };
  await withInstallation({ settings, command: 'bench numbers' }, measure);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(installation: Installation): Promise<void> {
  const { database } = installation;
  mkdirSync(join(folder, 'configuration'));
  writeFileSync(join(folder, 'configuration', 'all.yaml'), configuration);
  await applyConfiguration(database, { folder: join(folder, 'configuration'), dryRun: false, closeMissing: false });
  const notes: string[] = [];
  let table: NumberTable | undefined;
  let ok = true;
  for (const size of SIZES) {
    const file = join(folder, `numbers-${size}.csv`);
    writeNumbers(file, size);
    const imported = await watched(() => importNumbers(database, { file, table: 'lrn', mode: 'full' }));
    rmSync(file);
    const loaded = await watched(() => loadNumberTable(database.pool, 'lrn', undefined));
    table = loaded.value;
    const stored = await database.pool.query<{ bytes: bigint }>(
      'select sum(octet_length(packed))::bigint as bytes from number_chunk where import_id = (select max(import_id) from number_import)',
    );
    ok &&= imported.value.import.rows === size && table.parts.count === size && holds(table, size);
    notes.push(
      `${size.toLocaleString('en')} numbers: imported in ${imported.seconds.toFixed(1)} s (${Math.round(size / imported.seconds).toLocaleString('en')} rows/s, at most ${imported.peakMegabytes} MB of memory), ` +
        `loaded in ${loaded.seconds.toFixed(1)} s (at most ${loaded.peakMegabytes} MB); ${(table.bytes / size).toFixed(2)} bytes a number in memory, ${(Number(stored.rows[0]?.bytes ?? 0) / size).toFixed(2)} in PostgreSQL`,
    );
  }
  if (table === undefined) throw new Error('no size');
  const numbers = randomNumbers(LOOK_UPS);
  const called = Array.from(numbers, (_, at) => numbers[(at * 7_919) % CALLED] ?? '');
  const lookUps: number[] = [];
  const usual: number[] = [];
  const reads: number[] = [];
  const everything: number[] = [];
  const nothing: number[] = [];
  const shared = await loadEnrichment(database, await loadSetup(database), ['s'], undefined);
  const profile = shared?.profiles[0];
  if (shared === undefined || profile === undefined) throw new Error('no profile');
  const all = new Enricher(profile, shared);
  const none = new Enricher({ ...profile, numberTables: [], bins: [], callTypes: [] }, { ...shared, numberRanges: undefined });
  for (let run = 0; run < RUNS; run += 1) {
    lookUps.push(LOOK_UPS / lookUp(table, numbers));
    usual.push(LOOK_UPS / lookUp(table, called));
    reads.push(LOOK_UPS / readAtRandom(table.bytes));
    everything.push((enrich(all, called) / EVENTS) * 1e9);
    nothing.push((enrich(none, called) / EVENTS) * 1e9);
  }
  report(
    'numbers',
    ok,
    [
      figure('look_ups_spread_per_s', lookUps, reads),
      figure('look_ups_usual_per_s', usual, reads),
      figure('enriching_all_ns_per_event', everything),
      figure('enriching_little_ns_per_event', nothing),
    ],
    [
      ...notes,
      'look-ups are of ten million numbers at an instant: spread, each of another number at random, waits for memory; usual, of the same 50,000; their limit is one read at a random place of memory as large, of which several overlap',
      'enriching all: number table, call type, on-net, cause, cell, network, 500 rules of bins and bins by the hour; little: cause, cell and network only',
      'a source without a profile has no enricher: it costs nothing',
    ],
  );
}

/** Numbers are spread over the whole North American plan; 25,000 LRNs, activated on 3,000 days, in no order. */
function numberAt(index: number, size: number): number {
  return 2_000_000_000 + Math.floor((index * 7_999_999_999) / size);
}

function lrnAt(index: number): number {
  return 2_120_000_000 + (index % 25_000) * 10_000;
}

function writeNumbers(file: string, size: number): void {
  const days = Array.from({ length: 3_000 }, (_, day) => new Date(Date.UTC(2018, 0, 1) + day * 86_400_000).toISOString().slice(0, 10));
  const out = openSync(file, 'w');
  let text = 'tn,lrn,activated\n';
  for (let row = 0; row < size; row += 1) {
    const index = (row * 7_368_787) % size; // no common factor with powers of ten: every number once
    text += `${numberAt(index, size)},${lrnAt(index)},${days[index % days.length]}\n`;
    if (text.length < 1 << 20) continue;
    writeSync(out, text);
    text = '';
  }
  writeSync(out, text);
  closeSync(out);
}

/** A thousand numbers have what was written, from their day on and not before; numbers between them have nothing. */
function holds(table: NumberTable, size: number): boolean {
  const random = seeded(5);
  for (let test = 0; test < 1_000; test += 1) {
    const index = Math.floor(random() * size);
    const number = `1${numberAt(index, size)}`;
    const from = (parseInstant('2018-01-01T00:00:00Z') ?? 0) + (index % 3_000) * 86_400_000_000;
    if (table.find(number, from) !== `1${lrnAt(index)}` || table.find(number, from - 1) !== undefined) return false;
    if (table.find(`1${numberAt(index, size) + 1}`, AT) !== undefined) return false;
  }
  return true;
}

function randomNumbers(count: number): readonly string[] {
  const random = seeded(7);
  const [, size] = SIZES;
  return Array.from({ length: count }, () => `1${numberAt(Math.floor(random() * size), size)}`);
}

/**
 * Seconds, from the median of batches, so that other processes' turns do not count. The texts of a batch were just made, as the
 * decoder makes them: what is measured is the table, not the memory of the texts.
 */
function lookUp(table: NumberTable, numbers: readonly string[]): number {
  const at = AT / 1_000_000;
  let found = 0;
  const took: number[] = [];
  for (let first = 0; first < numbers.length; first += BATCH) {
    const batch = numbers.slice(first, first + BATCH).map((number) => number.split('').join(''));
    took.push(
      seconds(() => {
        for (const number of batch) found += table.indexAt(number, at) === 0 ? 0 : 1;
      }),
    );
  }
  if (found !== numbers.length) throw new Error(`${numbers.length - found} numbers were not found`);
  return medianOf(took) * took.length;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function readAtRandom(bytes: number): number {
  const memory = new Uint32Array(new SharedArrayBuffer(Math.ceil(bytes / 4) * 4)).fill(1);
  const places = new Uint32Array(LOOK_UPS);
  const random = seeded(9);
  for (let at = 0; at < LOOK_UPS; at += 1) places[at] = Math.floor(random() * memory.length);
  let sum = 0;
  const took = seconds(() => {
    for (const place of places) sum += memory[place] as number;
  });
  if (sum !== LOOK_UPS) throw new Error('wrong sum');
  return took;
}

function enrich(enricher: Enricher, numbers: readonly string[]): number {
  const marks = { tag: undefined, sender: undefined, withheld: false, shortCode: undefined, cell: '310-260-1122-7', network: '310260' };
  const events = Array.from({ length: EVENTS }, (_, at): UsageEvent => {
    const called = numbers[at] ?? '';
    return {
      id: 'e',
      source: 's',
      service: 'voice',
      startMicros: AT + at * 1_000_000,
      calling: '12125550100',
      called,
      answered: true,
      durationMicros: 60_000_000,
      quantity: 0,
      bytesUp: 0,
      bytesDown: 0,
      cause: '16',
    };
  });
  let found = 0;
  const took: number[] = [];
  for (let first = 0; first < events.length; first += BATCH) {
    const batch = events.slice(first, first + BATCH);
    took.push(
      seconds(() => {
        for (const event of batch) found += enricher.enrich(event, marks) === undefined ? 0 : 1;
      }),
    );
  }
  if (found !== EVENTS) throw new Error('something was not enriched');
  return medianOf(took) * took.length;
}

interface Watched<T> {
  readonly value: T;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function watched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  let peak = process.memoryUsage.rss();
  const sample = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = process.hrtime.bigint();
  try {
    const value = await work();
    return { value, seconds: Number(process.hrtime.bigint() - start) / 1e9, peakMegabytes: Math.round(peak / 1_000_000) };
  } finally {
    clearInterval(sample);
  }
}
