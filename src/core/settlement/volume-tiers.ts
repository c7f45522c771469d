/**
 * Whole-volume tiers (docs/concepts/pricing.md §7): everything was charged at the first tier's price;
 * when the period's quantity is known, each rate is adjusted to the reached price.
 */
import { type LegRole, legRoles } from '../agreements/agreements.ts';
import { formatNanos, NANO_DECIMALS } from '../money/amount.ts';
import { type Decimal, formatDecimal, trimDecimal } from '../money/decimal.ts';
import { groupThousands } from '../money/grouping.ts';
import { divideRounded, type Rounding } from '../money/rounding.ts';
import type { CounterKey } from '../rating/charge.ts';
import type { Tiers } from '../tariffs/tariff.ts';
import { type Period, periodOf } from '../time/period.ts';
import { say } from './adjustment-texts.ts';
import { unitOf } from './rate-words.ts';
import type { Adjustment, UsedRate, UsedTariff } from './statement.ts';
import { periodsEndingIn, writePeriod } from './statement-period.ts';

/** Billed usage of one rate with whole-volume tiers on one local day. */
export interface DayUsage {
  readonly versionId: number;
  readonly role: LegRole;
  readonly tariff: string;
  readonly rateId: number;
  readonly currency: string;
  readonly day: string;
  readonly billed: bigint;
}

export interface VolumeInput {
  readonly usage: readonly DayUsage[];
  readonly rates: ReadonlyMap<number, UsedRate>;
  readonly tariffs: ReadonlyMap<string, UsedTariff>;
  /** Rounding of each agreement version. */
  readonly rounding: ReadonlyMap<number, Rounding>;
  /** The counters of tiers by money, by tierCounterKey: what was charged for usage is not what was charged in all. */
  readonly moneyCounters: ReadonlyMap<CounterKey, bigint>;
}

/** The key under which rating keeps the counter of a rate's tiers (`CounterMove`). */
export function tierCounterKey(agreement: string, role: LegRole, tiers: Tiers, day: string): CounterKey {
  return `${agreement}|${role}|${tiers.counter}|${tiers.period}:${periodOf(tiers.period, day).from}`;
}

/** Counters of tiers by money that volumeAdjustments will want. */
export function moneyCounterKeys(agreement: string, usage: readonly DayUsage[], rates: VolumeInput['rates']): readonly CounterKey[] {
  const keys = usage.flatMap(({ role, rateId, day }) => {
    const tiers = rates.get(rateId)?.terms.tiers;
    return tiers?.measure === 'money' ? [tierCounterKey(agreement, role, tiers, day)] : [];
  });
  return [...new Set(keys)];
}

/**
 * The periods of a rate's tiers in a statement's period; none when one of them reaches beyond it. What such a period
 * comes to is not known from the statement's days, and what a statement says must not change when the next ones are booked.
 */
export function wholeTierPeriods(tiers: Tiers, period: Period): readonly Period[] {
  const within = periodsEndingIn(tiers.period, period);
  return within[0]?.from === period.from && within.at(-1)?.to === period.to ? within : [];
}

/** The rate with those of its tiers that begin at or before one of the quantities of their counter (by money: nanos). */
export function withReachedTiers(rate: UsedRate, tariff: UsedTariff, quantities: readonly bigint[]): UsedRate {
  const { tiers, ...terms } = rate.terms;
  if (tiers === undefined) return rate;
  const reached = tiers.tiers.filter(({ from }) => quantities.some((quantity) => reaches(quantity, from, unitsPerStep(tiers, tariff))));
  return { ...rate, terms: reached.length === 0 ? terms : { ...terms, tiers: { ...tiers, tiers: reached } } };
}

interface Counter {
  /** By money: nanos. */
  quantity: bigint;
  readonly period: Period;
  readonly users: Map<string, { usage: DayUsage; rate: UsedRate; tiers: Tiers; billed: bigint }>;
}

/**
 * The adjustments of all tier periods that end in `period`. Usage of such a tier period that lies before
 * `period` must be given too: a statement for the second half of a month closes the month's tiers.
 */
export function volumeAdjustments(agreement: string, period: Period, input: VolumeInput): Adjustment[] {
  return [...countersIn(agreement, period, input).values()].flatMap((counter) =>
    [...counter.users.values()].flatMap(({ usage, rate, tiers, billed }) => adjust(counter, { ...usage, billed }, rate, tiers, input)),
  );
}

function countersIn(agreement: string, period: Period, input: VolumeInput): Map<string, Counter> {
  const counters = new Map<string, Counter>();
  for (const usage of input.usage) {
    const rate = found(input.rates.get(usage.rateId), `rate ${usage.rateId}`);
    const { tiers } = rate.terms;
    if (tiers?.kind !== 'volume') continue;
    const tierPeriod = periodOf(tiers.period, usage.day);
    if (tierPeriod.to <= period.from || tierPeriod.to > period.to) continue;
    const key = JSON.stringify([usage.role, tiers.counter, tierPeriod.from, tierPeriod.to]);
    const money =
      tiers.measure === 'money' ? (input.moneyCounters.get(tierCounterKey(agreement, usage.role, tiers, usage.day)) ?? 0n) : undefined;
    const counter = counters.get(key) ?? { quantity: money ?? 0n, period: tierPeriod, users: new Map() };
    counters.set(key, counter);
    if (money === undefined) counter.quantity += usage.billed;
    const user = JSON.stringify([usage.versionId, usage.rateId, usage.tariff, usage.currency]);
    const known = counter.users.get(user);
    if (known === undefined) counter.users.set(user, { usage, rate, tiers, billed: usage.billed });
    else known.billed += usage.billed;
  }
  return counters;
}

function adjust(counter: Counter, usage: DayUsage, rate: UsedRate, tiers: Tiers, input: VolumeInput): Adjustment[] {
  const tariff = found(input.tariffs.get(usage.tariff), `tariff ${usage.tariff}`);
  const reached = tiers.tiers.findLast((tier) => reaches(counter.quantity, tier.from, unitsPerStep(tiers, tariff)));
  if (reached === undefined) return [];
  const rounding = found(input.rounding.get(usage.versionId), `agreement version ${usage.versionId}`);
  const amountNanos = difference(usage.billed, tariff.per, rate.terms.price, reached.price, rounding);
  if (amountNanos === 0n) return [];
  const { versionId, role, rateId, currency, billed } = usage;
  return [
    {
      side: legRoles[role],
      role,
      tariff: tariff.id,
      rateId,
      versionId,
      currency,
      billed,
      amountNanos,
      price: formatDecimal(reached.price),
      words: wordsOf(counter, rate, tiers, reached, tariff),
      from: counter.period.from,
      to: counter.period.to,
    },
  ];
}

/** R(quantity × (reached price − first price)), rounded once as the agreement says. */
function difference(billed: bigint, per: number, first: Decimal, reached: Decimal, rounding: Rounding): bigint {
  const scale = Math.max(first.scale, reached.scale);
  const units = reached.units * 10n ** BigInt(scale - reached.scale) - first.units * 10n ** BigInt(scale - first.scale);
  const rounded = divideRounded(billed * units * 10n ** BigInt(rounding.decimals), BigInt(per) * 10n ** BigInt(scale), rounding.mode);
  return rounded * 10n ** BigInt(NANO_DECIMALS - rounding.decimals);
}

function reaches(quantity: bigint, from: Decimal, unit: bigint): boolean {
  return quantity * 10n ** BigInt(from.scale) >= from.units * unit;
}

/** How much of the counter's quantity one unit of `from` is: 60 seconds for minutes, 10⁹ nanos for money. */
function unitsPerStep(tiers: Tiers, tariff: UsedTariff): bigint {
  switch (tiers.measure) {
    case 'minutes':
      return 60n;
    case 'volume':
      return BigInt(tariff.per);
    case 'money':
      return 10n ** BigInt(NANO_DECIMALS);
    case 'messages':
    case 'events':
      return 1n;
  }
}

function wordsOf(counter: Counter, rate: UsedRate, tiers: Tiers, reached: Tiers['tiers'][number], tariff: UsedTariff): string {
  const measure = { minutes: 'min', messages: 'messages', volume: unitOf(tariff.service, tariff.per), money: 'charged', events: 'units' }[
    tiers.measure
  ];
  const quantity = shown(counter.quantity, unitsPerStep(tiers, tariff), tiers.measure === 'money' ? NANO_DECIMALS : 2);
  const { price } = rate.terms;
  const from = groupThousands(formatDecimal(trimDecimal(reached.from)));
  const [own, first] = [formatDecimal(reached.price), formatDecimal(price)];
  const values = { of: tiers.counter, window: writePeriod(counter.period), a: `${quantity} ${measure}`, p: own, b: `${from} ${measure}` };
  return `${say('tierReached', values)}; ${say('tierAdjusted', { p: first, m: own, n: first })}.`;
}

function shown(quantity: bigint, unit: bigint, decimals: number): string {
  const scaled = divideRounded(quantity * 10n ** BigInt(decimals), unit, 'half-up');
  return groupThousands(formatNanos(scaled * 10n ** BigInt(NANO_DECIMALS - decimals)));
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} was charged and is not known`);
  return value;
}
