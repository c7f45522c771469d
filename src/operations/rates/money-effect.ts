/** What the changes of a rate sheet come to on the traffic of the last days, from the rollup. */
import { type Decimal, unitsAtScale } from '#core/money/decimal.ts';
import type { RateChange } from '#core/tariffs/rate-sheets/difference.ts';

/** What was charged lately by a rate's code (empty: its destination) and band. */
export interface LatelyCharged {
  readonly code: string;
  readonly destination: string;
  readonly band: string;
  readonly billed: bigint;
  readonly nanos: bigint;
}

export interface MoneyEffect {
  /** What the traffic has cost, and would come to more (or less) at the new prices. */
  readonly chargedNanos: bigint;
  readonly differenceNanos: bigint;
  /** Charged on codes whose increments, fees or validity change, or that end: what it comes to there is not estimated. */
  readonly uncertainNanos: bigint;
  /** Changes of prices for which there was no traffic. */
  readonly withoutTraffic: number;
  /** Those that come to most, either way. */
  readonly largest: readonly { readonly code: string; readonly destination: string; readonly differenceNanos: bigint }[];
}

const MOST_LARGEST = 20;
/** Decimals of a price in this sum; one that has more is cut there. */
const SCALE = 12;

/** `per`: billed units of a price, 60 for minutes. Later prices of the same code count, the last one. */
export function moneyEffect(changes: readonly RateChange[], lately: readonly LatelyCharged[], per: number): MoneyEffect {
  const traffic = new Map(lately.map((each) => [keyOf(each), each]));
  let [difference, uncertain, withoutTraffic] = [0n, 0n, 0];
  const largest: { code: string; destination: string; differenceNanos: bigint }[] = [];
  for (const change of lastOfEach(changes)) {
    if (change.kind === 'unchanged') continue;
    const found = traffic.get(keyOf({ code: change.code ?? '', destination: change.destination, band: change.band ?? '' }));
    if (found === undefined) {
      withoutTraffic += 1;
      continue;
    }
    if (change.oldPrice === undefined || change.newPrice === undefined || change.kind === 'changed') {
      uncertain += found.nanos;
      continue;
    }
    if (change.what.length > 0) uncertain += found.nanos;
    const units = unitsOf(change.newPrice) - unitsOf(change.oldPrice);
    // At scale 12; a nano has nine decimals.
    const nanos = divideRounded(found.billed * units, BigInt(per) * 1_000n);
    difference += nanos;
    largest.push({ code: change.code ?? '', destination: change.destination, differenceNanos: nanos });
  }
  largest.sort((a, b) => (size(b.differenceNanos) > size(a.differenceNanos) ? 1 : -1));
  return {
    ...{ chargedNanos: lately.reduce((sum, { nanos }) => sum + nanos, 0n), differenceNanos: difference, uncertainNanos: uncertain },
    ...{ withoutTraffic, largest: largest.slice(0, MOST_LARGEST) },
  };
}

function keyOf({ code, destination, band }: { readonly code: string; readonly destination: string; readonly band: string }): string {
  return JSON.stringify([code === '' ? destination : code, band]);
}

function lastOfEach(changes: readonly RateChange[]): Iterable<RateChange> {
  const last = new Map<string, RateChange>();
  for (const change of changes) {
    const key = keyOf({ code: change.code ?? '', destination: change.destination, band: change.band ?? '' });
    const before = last.get(key);
    if (before === undefined || before.fromMicros < change.fromMicros) last.set(key, change);
  }
  return last.values();
}

function unitsOf(price: Decimal): bigint {
  return price.scale > SCALE ? price.units / 10n ** BigInt(price.scale - SCALE) : unitsAtScale(price, SCALE);
}

function divideRounded(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}
