/** The traffic of a few days, the files that tell of it, and the configuration it is priced with. */
import { Random } from './random.ts';

export type FileSource = 'tandem' | 'edge' | 'meter';
/** `stream` writes to a topic of Kafka. */
export type SourceName = FileSource | 'stream';

export interface Call {
  readonly source: SourceName;
  readonly key: string;
  /** Whole seconds since 1970 in UTC. */
  readonly start: number;
  /** 0: not answered. */
  readonly seconds: number;
  readonly called: string;
  readonly trunkIn: string;
  readonly trunkOut: string;
  /** Seconds of each stretch that has a record of its own; one for a call in one piece. */
  readonly stretches: readonly number[];
  /** The stretch (from 0) whose record was lost for ever. */
  readonly lost: number | undefined;
}

/** A line that a switch wrote, when the stretch it tells of had ended. */
interface Written {
  readonly at: number;
  readonly line: string;
}

/** A record that is written to a topic. */
export interface Message {
  readonly partition: number;
  readonly value: string;
  /** The step of the simulation in which it is written. */
  readonly step: number;
}

export const PARTITIONS = 2;

/** One file that is delivered, perhaps later than its calls. */
export interface Delivery {
  readonly source: FileSource;
  readonly name: string;
  /** Its lines with their ends; a cut file lacks the end of the last. */
  readonly content: string;
  readonly packed: boolean;
  /** The step of the simulation in which it arrives. */
  readonly step: number;
}

/** A record that a person corrects after it was charged: the call lasted this long. */
export interface SecondsCorrected {
  readonly source: SourceName;
  readonly key: string;
  readonly seconds: number;
}

export interface World {
  /** As they are in the end, with what was corrected. */
  readonly calls: readonly Call[];
  readonly corrections: readonly SecondsCorrected[];
  /** Files that are rolled back and collected again under another name. */
  readonly rolledBack: readonly Delivery[];
  readonly deliveries: readonly Delivery[];
  readonly messages: readonly Message[];
  readonly steps: number;
}

/** 5 October 2026, 00:00 UTC: an ordinary week, no change of the clocks. */
const FIRST_DAY = Date.UTC(2026, 9, 5) / 1000;
const DAY = 86_400;

const TRUNKS_IN = ['alfa', 'alfa', 'bravo', 'bravo', 'bravo', 'unknown-in'];
const TRUNKS_OUT = ['charlie', 'charlie', 'charlie', 'late-out'];
/** 99 has no rate anywhere: it stays in suspense. */
const PREFIXES = ['4420', '4420', '4479', '33', '34', '99'];
/** No tiers: where a call in stretches stands among others is not this test's matter. */
const METER_PREFIXES = ['33', '34'];

export const TANDEM_HEADER = 'id;start;seconds;result;a;b;in;out\n';

/** `streamed`: with a source that writes to a topic. `short`: the files come in fewer steps. */
export function makeWorld(seed: number, streamed: boolean, short = false): World {
  const random = new Random(seed);
  const drawn = 5 + random.below(3);
  const steps = short ? 3 : drawn;
  const calls: Call[] = [];
  const deliveries: Delivery[] = [];
  for (const source of ['tandem', 'edge', 'meter'] as const) {
    const own = makeCalls(random, source);
    calls.push(...own);
    deliveries.push(...makeDeliveries(random, source, own, steps));
  }
  const streamedCalls = streamed ? makeCalls(random, 'stream') : [];
  calls.push(...streamedCalls);
  const messages = makeMessages(random, streamedCalls, steps);
  const corrections = makeCorrections(random, calls);
  const corrected = new Map(corrections.map((each) => [each.key, each.seconds]));
  const truth = calls.map((call) => ({ ...call, seconds: corrected.get(call.key) ?? call.seconds }));
  const names = new Set(deliveries.map(({ source, name }) => `${source} ${name}`));
  // Of files that came once and as they are: no other copy of them is in the books.
  const whole = deliveries.filter(
    ({ source, name, content }) =>
      names.size > 0 &&
      deliveries.filter((other) => other.source === source && (other.name === name || other.content === content)).length === 1,
  );
  const rolledBack = [0, 1].flatMap(() => (whole.length === 0 ? [] : whole.splice(random.below(whole.length), 1)));
  return { calls: truth, corrections, rolledBack, deliveries, messages, steps };
}

/** Calls that are charged in one piece, and are answered. */
function makeCorrections(random: Random, calls: readonly Call[]): readonly SecondsCorrected[] {
  const charged = calls.filter(
    ({ source, seconds, called, trunkIn }) => source !== 'meter' && seconds > 0 && trunkIn !== 'unknown-in' && !called.startsWith('99'),
  );
  return Array.from({ length: 3 }, () => charged.splice(random.below(charged.length), 1)[0])
    .filter((call) => call !== undefined)
    .map(({ source, key }) => ({ source, key, seconds: 1 + random.below(900) }));
}

function makeCalls(random: Random, source: SourceName): Call[] {
  const count = source === 'meter' ? 150 + random.below(150) : 400 + random.below(600);
  return Array.from({ length: count }, (_, index): Call => {
    const answered = random.chance(0.6);
    const seconds = answered ? 4 + Math.floor(-Math.log(1 - random.next()) * 180) : 0;
    const stretches = source === 'meter' && answered ? inStretches(random, seconds) : [seconds];
    return {
      source,
      key: `${source}-${index}`,
      start: FIRST_DAY + random.below(3 * DAY),
      seconds,
      called: `${random.pick(source === 'meter' ? METER_PREFIXES : PREFIXES)}${String(random.below(10_000_000)).padStart(7, '0')}`,
      trunkIn: random.pick(TRUNKS_IN),
      trunkOut: random.pick(TRUNKS_OUT),
      stretches,
      lost: stretches.length > 1 && random.chance(0.05) ? random.below(stretches.length) : undefined,
    };
  });
}

function inStretches(random: Random, seconds: number): readonly number[] {
  const stretches: number[] = [];
  let left = seconds;
  while (left > 1 && stretches.length < 3 && random.chance(0.6)) {
    const one = 1 + random.below(left - 1);
    stretches.push(one);
    left -= one;
  }
  return [...stretches, left];
}

/** In the order of their starts, with damaged and repeated ones, and some in the other partition or late. */
function makeMessages(random: Random, own: readonly Call[], steps: number): readonly Message[] {
  const written = own.flatMap(recordsOf).sort((a, b) => a.at - b.at);
  return written.flatMap(({ line }, index): Message[] => {
    const value = line.trimEnd();
    const step = Math.min(steps - 1, Math.floor((index / written.length) * steps) + (random.chance(0.05) ? random.below(steps) : 0));
    const message = { value, step, partition: random.below(PARTITIONS) };
    if (random.chance(0.03)) return [message, { ...message, value: 'broken' }];
    return random.chance(0.1) ? [message, { ...message, partition: random.below(PARTITIONS) }] : [message];
  });
}

/** Cuts the calls into files in the order of their starts, and then lets things go wrong. */
function makeDeliveries(random: Random, source: FileSource, own: readonly Call[], steps: number): Delivery[] {
  const written = own.flatMap(recordsOf).sort((a, b) => a.at - b.at);
  const deliveries: Delivery[] = [];
  let number = 1;
  for (let at = 0; at < written.length; ) {
    const size = 40 + random.below(260);
    const next = written.slice(at, at + size);
    // What the switch writes again at a file's beginning, and out of order.
    const again = at > 0 && random.chance(0.5) ? written.slice(Math.max(0, at - random.below(30)), at) : [];
    const lines = [...again, ...next].map(({ line }) => line);
    if (random.chance(0.3)) lines.splice(random.below(lines.length), 0, random.pick(['broken\n', ';;;\n', 'x;y;z\n']));
    if (random.chance(0.3)) lines.push(random.pick(lines));
    const name = `${source}_${String(number).padStart(5, '0')}.csv`;
    const content = (source === 'tandem' ? TANDEM_HEADER : '') + lines.join('');
    const inOrder = Math.floor((at / written.length) * (steps - 1));
    const step = random.chance(0.2) ? Math.min(steps - 1, inOrder + random.below(steps)) : inOrder;
    const packed = random.chance(0.25);
    deliveries.push({ source, name: packed ? `${name}.gz` : name, content, packed, step });
    // Delivered again, under another name.
    if (random.chance(0.15))
      deliveries.push({ source, name: `again_${name}`, content, packed: false, step: Math.min(steps - 1, step + 1) });
    // Delivered before it was complete, cut anywhere behind its first line.
    if (!packed && random.chance(0.25) && step > 0) {
      const from = content.indexOf('\n') + 1;
      const cut = content.slice(0, from + random.below(content.length - from));
      deliveries.push({ source, name, content: cut, packed: false, step: step - 1 });
    }
    at += size;
    number += 1;
  }
  return deliveries;
}

/** What the switch writes of a call: a line for each stretch, when it ends. */
function recordsOf(call: Call): readonly Written[] {
  let start = call.start;
  return call.stretches.flatMap((seconds, index) => {
    const from = start;
    start += seconds;
    return index === call.lost ? [] : [{ at: start, line: lineOf(call, from, seconds, index) }];
  });
}

function lineOf({ source, key, called, trunkIn, trunkOut, stretches }: Call, start: number, seconds: number, index: number): string {
  const result = seconds > 0 ? 'ANSWERED' : 'BUSY';
  const common = [`+${called}`, '+4930123456', trunkIn, trunkOut, result, seconds];
  if (source === 'edge' || source === 'stream') return `${[start, key, ...common, 'x'].join(',')}\n`;
  if (source === 'meter') {
    const state = stretches.length === 1 ? 'S' : index === 0 ? 'F' : index === stretches.length - 1 ? 'L' : 'I';
    return `${[start, `${key}.${index + 1}`, ...common, key, state, index + 1, 'x'].join(',')}\n`;
  }
  const local = new Date((start + 2 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' '); // Berlin in summer
  return `${[key, local, seconds, result, '+4930123456', `00${called}`, trunkIn, trunkOut].join(';')}\n`;
}

/** Where the stream is. */
export interface Topic {
  readonly address: string;
  readonly name: string;
}

/** `late`: with the trunk that was missing at first. `dearer`: with the prices that were right from the beginning, and came after the calls were charged. */
export function configuration(
  inbox: (source: FileSource) => string,
  late: boolean,
  dearer: boolean,
  topic: Topic | undefined,
): Readonly<Record<string, string>> {
  return {
    'operator.yaml': `
legalEntities:
  - {id: own, name: Own, country: DE, currency: EUR, zone: Europe/Berlin, address: [Street 1]}
parties:
  - {id: alfa, name: Alfa, kind: carrier}
  - {id: bravo, name: Bravo, kind: carrier}
  - {id: charlie, name: Charlie, kind: carrier}
accounts:
  - {id: alfa, party: alfa, legalEntity: own, currency: EUR}
  - {id: bravo, party: bravo, legalEntity: own, currency: USD}
  - {id: charlie, party: charlie, legalEntity: own, currency: EUR}
trunks:
  - {id: alfa, account: alfa, numbering: {internationalPrefix: "00"}}
  - {id: bravo, account: bravo, numbering: {internationalPrefix: "00"}}
  - {id: charlie, account: charlie}
${late ? '  - {id: late-out, account: charlie}' : ''}
agreements:
  - id: alfa
    name: Alfa
    account: alfa
    zone: Europe/Berlin
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 4, mode: half-up}
    services: [{service: voice, role: incoming, tariff: minutes}]
  - id: bravo
    name: Bravo
    account: bravo
    zone: UTC
    currency: USD
    validFrom: 2026-01-01
    rounding: {decimals: 6, mode: half-even}
    services: [{service: voice, role: incoming, tariff: seconds}]
  - id: charlie
    name: Charlie
    account: charlie
    zone: America/New_York
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 6, mode: half-up}
    services: [{service: voice, role: outgoing, tariff: tiers}]
sources:
  - id: tandem
    format: delimited
    separator: ";"
    header: true
    zone: Europe/Berlin
    key: id
    collect: {from: directory, path: ${JSON.stringify(inbox('tandem'))}, stableSeconds: 0, sequence: {pattern: "^tandem_(\\\\d+)", from: 1, to: 99999}}
    fields:
      start: {column: start, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
  - id: edge
    format: delimited
    columns: [start, id, b, a, in, out, result, seconds, end]
    zone: UTC
    key: id
    collect: {from: directory, path: ${JSON.stringify(inbox('edge'))}, stableSeconds: 0, after: move}
    fields:
      start: {column: start, time: epoch-s}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
  - id: meter
    format: delimited
    columns: [start, id, b, a, in, out, result, seconds, call, state, number, end]
    zone: UTC
    key: id
    collect: {from: directory, path: ${JSON.stringify(inbox('meter'))}, stableSeconds: 0, sequence: {pattern: "^meter_(\\\\d+)", from: 1, to: 99999}}
    fields:
      start: {column: start, time: epoch-s}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      part: {column: state, map: {F: first, I: intermediate, L: last, S: single}}
      partGroup: call
      partSequence: number
${topic === undefined ? '' : streamSource(topic)}`,
    'tariffs.yaml': `
tariffs:
  - id: minutes
    name: Minutes
    service: voice
    currency: EUR
    zone: Europe/Berlin
    defaults: {validFrom: 2026-01-01}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.021, increments: 60/60}
      - {code: "4479", destination: United Kingdom mobile, price: 0.0735, increments: 30/6, setupFee: 0.005}
      - {code: "33", destination: France, price: ${dearer ? '0.0133' : '0.0123'}, increments: 1/1}
      - {code: "34", destination: Spain, price: 0.0177, increments: 1/1, minimumCharge: 0.01}
  - id: seconds
    name: Seconds
    service: voice
    currency: USD
    zone: UTC
    defaults: {validFrom: 2026-01-01, increments: 1/1}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.0201}
      - {code: "4479", destination: United Kingdom mobile, price: 0.0702}
      - {code: "33", destination: France, price: 0.0111}
      - {code: "34", destination: Spain, price: 0.0157}
  - id: tiers
    name: Tiers
    service: voice
    currency: EUR
    zone: America/New_York
    defaults: {validFrom: 2026-01-01}
    rates:
      - {code: "44", destination: United Kingdom, price: 0.02, increments: 1/1, tiers: "uk graduated minutes month; 100: ${dearer ? '0.014' : '0.015'}; 400: 0.01"}
      - {code: "33", destination: France, price: 0.01, increments: 1/1}
      - {code: "34", destination: Spain, price: 0.011, increments: 60/60}
`,
  };
}

function streamSource({ address, name }: Topic): string {
  return `  - id: stream
    format: delimited
    columns: [start, id, b, a, in, out, result, seconds, end]
    zone: UTC
    key: id
    collect: {from: kafka, brokers: ["${address}"], topic: ${name}, batchMessages: 150, everySeconds: 1}
    fields:
      start: {column: start, time: epoch-s}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
`;
}
