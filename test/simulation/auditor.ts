/**
 * What the books must say of a world, worked out with nothing of Carillon's: exact fractions in bigint, the terms of
 * `configuration` written down a second time, tiers in the order of starts. Plain and slow.
 */
import type { Call, World } from './world.ts';

export interface Expected {
  /** `source key` → what both sides are charged in nanos, undefined where nobody is. */
  readonly rated: ReadonlyMap<string, { readonly incoming: bigint | undefined; readonly outgoing: bigint | undefined }>;
  /** `source key` → why it waits. */
  readonly held: ReadonlyMap<string, string>;
}

interface Terms {
  readonly prefix: string;
  /** Price a minute in millionths. */
  readonly price: bigint;
  readonly first: number;
  readonly next: number;
  /** In nanos. */
  readonly setup?: bigint;
  readonly minimum?: bigint;
}

const MINUTES: readonly Terms[] = [
  { prefix: '4479', price: 73_500n, first: 30, next: 6, setup: 5_000_000n },
  { prefix: '44', price: 21_000n, first: 60, next: 60 },
  { prefix: '33', price: 13_300n, first: 1, next: 1 }, // as priced again
  { prefix: '34', price: 17_700n, first: 1, next: 1, minimum: 10_000_000n },
];
const SECONDS: readonly Terms[] = [
  { prefix: '4479', price: 70_200n, first: 1, next: 1 },
  { prefix: '44', price: 20_100n, first: 1, next: 1 },
  { prefix: '33', price: 11_100n, first: 1, next: 1 },
  { prefix: '34', price: 15_700n, first: 1, next: 1 },
];
const OUTGOING: readonly Terms[] = [
  { prefix: '44', price: 0n, first: 1, next: 1 }, // in tiers
  { prefix: '33', price: 10_000n, first: 1, next: 1 },
  { prefix: '34', price: 11_000n, first: 60, next: 60 },
];
/** Seconds from which a price a minute (in millionths) holds. */
const TIERS: readonly (readonly [number, bigint])[] = [
  [0, 20_000n],
  [6_000, 14_000n], // as priced again
  [24_000, 10_000n],
];

export function expect(world: World): Expected {
  const rated = new Map<string, { incoming: bigint | undefined; outgoing: bigint | undefined }>();
  const held = new Map<string, string>();
  let tierSeconds = 0;
  for (const call of [...world.calls].sort(inOrder)) {
    const name = `${call.source} ${call.key}`;
    const reason =
      call.lost !== undefined
        ? 'usage.awaiting-parts'
        : call.trunkIn === 'unknown-in'
          ? 'rating.trunk-unknown'
          : call.seconds > 0 && call.called.startsWith('99')
            ? 'rating.no-rate'
            : undefined;
    if (reason !== undefined) for (const record of recordsIn(call)) held.set(record, reason);
    else {
      rated.set(name, { incoming: incoming(call), outgoing: outgoing(call, tierSeconds) });
      if (call.seconds > 0 && call.called.startsWith('44')) tierSeconds += call.seconds;
    }
  }
  return { rated, held };
}

/** What the books call the records of a call that were delivered. */
function recordsIn({ source, key, stretches, lost }: Call): readonly string[] {
  if (source !== 'meter') return [`${source} ${key}`];
  return [...stretches.keys()].filter((index) => index !== lost).map((index) => `${source} ${key}.${index + 1}`);
}

/** By start, then source, then key: the order in which tiers are filled. */
function inOrder(a: Call, b: Call): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function incoming(call: Call): bigint | undefined {
  if (call.seconds === 0) return 0n;
  return call.trunkIn === 'alfa' ? charge(call, MINUTES, 4, false) : charge(call, SECONDS, 6, true);
}

function charge({ called, seconds }: Call, table: readonly Terms[], decimals: number, even: boolean): bigint | undefined {
  const terms = table.find(({ prefix }) => called.startsWith(prefix));
  if (terms === undefined) return undefined;
  const billed = seconds <= terms.first ? terms.first : terms.first + Math.ceil((seconds - terms.first) / terms.next) * terms.next;
  // nanos × 60
  let exact = BigInt(billed) * terms.price * 1_000n + (terms.setup ?? 0n) * 60n;
  if (terms.minimum !== undefined && exact < terms.minimum * 60n) exact = terms.minimum * 60n;
  return rounded(exact, 60n, decimals, even);
}

function outgoing(call: Call, before: number): bigint | undefined {
  if (call.seconds === 0) return 0n;
  if (!call.called.startsWith('44')) return charge(call, OUTGOING, 6, false);
  let exact = 0n;
  for (const [index, [from, price]] of TIERS.entries()) {
    const to = TIERS[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const inside = Math.min(before + call.seconds, to) - Math.max(before, from);
    if (inside > 0) exact += BigInt(inside) * price * 1_000n;
  }
  return rounded(exact, 60n, 6, false);
}

/** Half up, or half to even, at so many decimals, in nanos. */
function rounded(numerator: bigint, denominator: bigint, decimals: number, even: boolean): bigint {
  const unit = 10n ** BigInt(9 - decimals);
  const divisor = denominator * unit;
  const whole = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && (!even || whole % 2n === 1n));
  return (whole + (up ? 1n : 0n)) * unit;
}
