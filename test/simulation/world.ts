/** The traffic of a few days, the files that tell of it, and the configuration it is priced with. */
import { Random } from './random.ts';

export type SourceName = 'tandem' | 'edge';

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
}

/** One file that is delivered, perhaps later than its calls. */
export interface Delivery {
  readonly source: SourceName;
  readonly name: string;
  /** Its lines with their ends; a cut file lacks the end of the last. */
  readonly content: string;
  readonly packed: boolean;
  /** The step of the simulation in which it arrives. */
  readonly step: number;
}

export interface World {
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  readonly steps: number;
}

/** 5 October 2026, 00:00 UTC: an ordinary week, no change of the clocks. */
const FIRST_DAY = Date.UTC(2026, 9, 5) / 1000;
const DAY = 86_400;

const TRUNKS_IN = ['alfa', 'alfa', 'bravo', 'bravo', 'bravo', 'unknown-in'];
const TRUNKS_OUT = ['charlie', 'charlie', 'charlie', 'late-out'];
/** 99 has no rate anywhere: it stays in suspense. */
const PREFIXES = ['4420', '4420', '4479', '33', '34', '99'];

export const TANDEM_HEADER = 'id;start;seconds;result;a;b;in;out\n';

export function makeWorld(seed: number): World {
  const random = new Random(seed);
  const steps = 5 + random.below(3);
  const calls: Call[] = [];
  const deliveries: Delivery[] = [];
  for (const source of ['tandem', 'edge'] as const) {
    const own = makeCalls(random, source);
    calls.push(...own);
    deliveries.push(...makeDeliveries(random, source, own, steps));
  }
  return { calls, deliveries, steps };
}

function makeCalls(random: Random, source: SourceName): Call[] {
  const count = 600 + random.below(900);
  const calls = Array.from({ length: count }, (_, index): Call => {
    const answered = random.chance(0.6);
    return {
      source,
      key: `${source}-${index}`,
      start: FIRST_DAY + random.below(3 * DAY),
      seconds: answered ? 1 + Math.floor(-Math.log(1 - random.next()) * 180) : 0,
      called: `${random.pick(PREFIXES)}${String(random.below(10_000_000)).padStart(7, '0')}`,
      trunkIn: random.pick(TRUNKS_IN),
      trunkOut: random.pick(TRUNKS_OUT),
    };
  });
  return calls.sort((a, b) => a.start - b.start);
}

/** Cuts the calls into files in the order of their starts, and then lets things go wrong. */
function makeDeliveries(random: Random, source: SourceName, calls: readonly Call[], steps: number): Delivery[] {
  const deliveries: Delivery[] = [];
  let number = 1;
  for (let at = 0; at < calls.length; ) {
    const size = 40 + random.below(260);
    const own = calls.slice(at, at + size);
    // What the switch writes again at a file's beginning, and out of order.
    const again = at > 0 && random.chance(0.5) ? calls.slice(Math.max(0, at - random.below(30)), at) : [];
    const lines = [...again, ...own].map((call) => lineOf(call));
    if (random.chance(0.3)) lines.splice(random.below(lines.length), 0, random.pick(['broken\n', ';;;\n', 'x;y;z\n']));
    if (random.chance(0.3)) lines.push(random.pick(lines));
    const name = `${source}_${String(number).padStart(5, '0')}.csv`;
    const content = (source === 'tandem' ? TANDEM_HEADER : '') + lines.join('');
    const inOrder = Math.floor((at / calls.length) * (steps - 1));
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

function lineOf({ source, key, start, seconds, called, trunkIn, trunkOut }: Call): string {
  const result = seconds > 0 ? 'ANSWERED' : 'BUSY';
  if (source === 'edge') return [start, key, `+${called}`, '+4930123456', trunkIn, trunkOut, result, seconds, 'x'].join(',').concat('\n');
  const local = new Date((start + 2 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' '); // Berlin in summer
  return `${[key, local, seconds, result, '+4930123456', `00${called}`, trunkIn, trunkOut].join(';')}\n`;
}

/** `late`: with the trunk that was missing at first. */
export function configuration(inbox: (source: SourceName) => string, late: boolean): Readonly<Record<string, string>> {
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
`,
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
      - {code: "33", destination: France, price: 0.0123, increments: 1/1}
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
      - {code: "44", destination: United Kingdom, price: 0.02, increments: 1/1, tiers: "uk graduated minutes month; 100: 0.015; 400: 0.01"}
      - {code: "33", destination: France, price: 0.01, increments: 1/1}
      - {code: "34", destination: Spain, price: 0.011, increments: 60/60}
`,
  };
}
