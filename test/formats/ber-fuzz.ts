/**
 * Hostile BER: what a switch wrote, with bytes changed, lengths that lie, pieces moved, repeated or cut, and plain noise.
 * `node test/formats/ber-fuzz.ts 10000000` runs as many inputs as it says and prints what it met.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { families } from '#codecs/cdr/families.ts';
import { makeDecoder, type RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';
import { Random } from '../properties/random.ts';

const folder = new URL('../golden/ber/', import.meta.url);
/** Small, so that its edges are met. */
const LIMIT = 600;

interface Target {
  readonly source: Source;
  readonly decoder: RecordDecoder;
  readonly seed: string;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly bytes: number;
  readonly records: number;
  readonly drafts: number;
  readonly rejections: Readonly<Record<string, number>>;
  /** Of one input, in the time that `now` tells. */
  readonly slowest: number;
  readonly slowestInput: number;
}

function targets(): readonly Target[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ber'));
  return files.flatMap((name) => {
    const seed = readFileSync(new URL(name, folder)).toString('latin1');
    return (['ts-32297', 'concatenated'] as const).map((framing) => {
      const format = name.replace(/\..*$/, '');
      const source = valueOrThrow(parseSource({ id: 'fuzz', format, zone: 'UTC', maximumRecordBytes: LIMIT, ber: { framing } }));
      return { source, decoder: valueOrThrow(makeDecoder(source)), seed };
    });
  });
}

/** Runs `inputs` of them. Throws, with the seed, at the first that does what no input may. */
export function fuzzBer(seed: number, inputs: number, now: () => number = () => 0): FuzzReport {
  const all = targets();
  const random = new Random(seed);
  const rejections: Record<string, number> = {};
  let [bytes, records, drafts, slowest, slowestInput] = [0, 0, 0, 0, 0];
  for (let input = 0; input < inputs; input++) {
    const target = random.pick(all);
    const text = hostile(random, target.seed);
    bytes += text.length;
    const before = now();
    try {
      records += decodeAll(random, target, text, (reason) => {
        if (reason === undefined) drafts += 1;
        else rejections[reason] = (rejections[reason] ?? 0) + 1;
      });
    } catch (error) {
      const shown = Buffer.from(text, 'latin1').toString('hex');
      throw new Error(`seed ${seed}, input ${input}, format ${target.source.format}: ${shown.slice(0, 4000)}`, { cause: error });
    }
    const took = now() - before;
    if (took > slowest) [slowest, slowestInput] = [took, input];
  }
  return { inputs, bytes, records, drafts, rejections, slowest, slowestInput };
}

function decodeAll(random: Random, { source, decoder }: Target, text: string, count: (reason: string | undefined) => void): number {
  const splitter = families.ber.splitter(source, text, LIMIT);
  let records = 0;
  let behind = 0;
  const drain = (): void => {
    while (splitter.next()) {
      records += 1;
      const { from, length, tooLong, ended } = splitter;
      const end = from + length;
      if (from < 0 || length < 0 || end > text.length) throw new Error(`a record from ${from} with ${length} bytes of ${text.length}`);
      if (from < behind && end <= behind) throw new Error(`a record ends at ${end}, the one before at ${behind}`);
      behind = Math.max(behind, end);
      if (splitter.text.length > LIMIT + 1 || tooLong !== length > LIMIT)
        throw new Error(`a record of ${splitter.text.length} bytes is kept`);
      if (tooLong) continue;
      const decoded = decoder.decode(splitter.text, ended);
      if (decoded.kind === 'rejected') count(decoded.reason);
      else if (decoded.kind === 'draft') count(undefined);
    }
  };
  for (let at = 0; at < text.length; ) {
    const piece = random.chance(50) ? text.length : random.between(1, 200);
    splitter.push(text.slice(at, at + piece));
    at += piece;
    drain();
  }
  splitter.finish();
  drain();
  if (records > text.length + 1) throw new Error(`${records} records in ${text.length} bytes`);
  return records;
}

const TRAPS = [
  '\u0000\u0000',
  '\u0080',
  '\u0084\u00ff\u00ff\u00ff\u00ff',
  '\u00bf\u004f',
  '\u00bf\u00ff\u00ff\u007f',
  '0\u0080',
  '\u00ff\u00ff',
  '\u00a0\u0080',
  '\u0005\u0000',
];

function hostile(random: Random, seed: string): string {
  if (random.chance(3)) return noise(random, random.between(0, 300));
  const from = random.chance(50) ? 0 : random.below(seed.length);
  let text = seed.slice(from, random.chance(70) ? seed.length : random.between(from, seed.length));
  for (let times = random.between(0, 6); times > 0 && text.length > 0; times--) text = changed(random, text);
  return text.slice(0, 4000);
}

function changed(random: Random, text: string): string {
  const at = random.below(text.length);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(8))) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + random.pick(TRAPS) + text.slice(at + (random.chance(50) ? 0 : 2));
    case 3: {
      const end = Math.min(text.length, at + random.between(1, 40));
      return text.slice(0, at) + text.slice(at, end).repeat(random.between(0, 3)) + text.slice(end);
    }
    case 4:
      return text.slice(0, at) + noise(random, random.between(1, 20)) + text.slice(at);
    default:
      return text.slice(0, at);
  }
}

function noise(random: Random, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += String.fromCharCode(random.below(256));
  return text;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const inputs = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? 1);
  const started = performance.now();
  // Of the processor, in milliseconds: on a busy machine the clock tells of others.
  const spent = (): number => process.cpuUsage().user / 1000;
  const report = fuzzBer(seed, inputs, spent);
  const { rss } = process.memoryUsage();
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `${JSON.stringify({ seed, seconds, processorSeconds: Math.round(spent() / 1000), memoryMib: Math.round(rss / 2 ** 20), ...report }, undefined, 1)}\n`,
  );
}
