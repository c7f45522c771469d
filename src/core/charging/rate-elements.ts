/** What the next units of a use cost, by its tariff, the counters and what allowances cover. */
import type { Decimal } from '../money/decimal.ts';
import type { Terms } from '../rating/compile-book.ts';
import { tierCounterKey } from '../rating/exact-usage.ts';
import { selectRate } from '../rating/select-rate.ts';
import { tierAt } from '../rating/tier-slices.ts';
import { coveredCount } from '../rating/use-part.ts';
import { type CompiledTiers, type Formula, formulaOf } from '../tariffs/compiled-tariff.ts';
import type { RunningUse } from './account.ts';
import type { RatedUnit, RateElement } from './answer.ts';
import { coveredOfUse } from './debit.ts';
import type { Draft } from './draft.ts';
import { greatest } from './least.ts';
import type { PlanService } from './plan.ts';
import type { Source } from './spread.ts';
import { trunkOf, type WorkingItem } from './working-item.ts';

const NANO_DECIMALS = 9;

/** At the tariff's scale, and for how many units; undefined: it lasts. */
interface Stretch {
  readonly price: bigint;
  readonly lasts: bigint | undefined;
}

/**
 * `later`: from an instant on that is still to come, without what is paid once. Undefined where no price for a unit can be told: the peer has the price, the
 * tariff is a share of it, or has no rate.
 */
export function rateElements(
  draft: Draft,
  item: WorkingItem,
  { terms }: PlanService,
  sources: readonly Source[],
  at: number,
  when: 'now' | 'later',
): readonly RateElement[] | undefined {
  const { use, unit } = item;
  if (use === undefined || terms === undefined || unit === 'money') return undefined;
  const row = rowAt(draft, item, use, terms, at, when);
  if (row < 0) return undefined;
  const formula = formulaOf(terms.tariff, row);
  if (formula.share !== undefined) return undefined;
  const { scale, tariff } = terms.tariff;
  const per = { unit: ratedUnit(unit, terms), amount: BigInt(tariff.per) };
  const priceOf = (units: bigint): Decimal => ({ units, scale });
  const ofUse = ({ price, lasts }: Stretch): RateElement => ({
    ...{ reason: 'use', per, price: priceOf(price) },
    ...(lasts === undefined ? {} : { lasts }),
  });
  const isSameCharge = when === 'now' || item.frame.service === 'voice';
  if (isSameCharge && isAtMost(use, formula, scale)) return [ofUse({ price: 0n, lasts: undefined })];

  const billed = item.pricer(draft, use, terms)?.billed(Number(use.used)) ?? Number(use.used);
  const priced = billed - coveredCount(coveredOfUse(use), billed);
  const covered = coveredNext(sources);
  const free = unit === 'seconds' ? greatest(BigInt(formula.freeSeconds) - use.used, 0n) : 0n;
  const elements: RateElement[] = [];
  const once = (reason: RateElement['reason'], units: bigint): void => {
    if (units > 0n && when === 'now' && !use.continues && priced === 0) elements.push({ reason, price: priceOf(units) });
  };
  if (item.frame.service === 'voice' && use.used === 0n && item.frame.facts.answered !== true) once('attempt', formula.attemptFee);
  if (free + covered > 0n) elements.push(ofUse({ price: 0n, lasts: free + covered }));
  once('set-up', formula.setupFee);
  once('add-on', formula.surcharge + formula.disconnectFee);
  elements.push(...stretchesOf(draft, item, use, terms, formula, BigInt(billed) + covered, at).map(ofUse));
  return elements;
}

/** A call has the rates of its begin, by the band of the instant where its agreement splits; other use those of the instant. */
function rowAt(draft: Draft, item: WorkingItem, { startMicros }: RunningUse, terms: Terms, at: number, when: 'now' | 'later'): number {
  const isCall = item.frame.service === 'voice';
  const splits = isCall && terms.agreement.bands === 'split';
  const isThen = when === 'later' && !isCall;
  const bandMicros = splits || isThen ? at : startMicros;
  const band = terms.bands === undefined ? -1 : terms.bands.at(bandMicros);
  return selectRate(draft.catalog.book, terms, item.bareEvent(isThen ? at : startMicros), trunkOf(terms), band);
}

/** A charge that has reached its most costs nothing more. */
function isAtMost({ continues, chargedNanos }: RunningUse, { maximumCharge }: Formula, scale: number): boolean {
  if (continues || maximumCharge === undefined || chargedNanos === 0n) return false;
  return chargedNanos * 10n ** BigInt(scale) >= maximumCharge * 10n ** BigInt(NANO_DECIMALS);
}

/** What allowances cover before money is used. */
function coveredNext(sources: readonly Source[]): bigint {
  let units = 0n;
  for (const { isMoney, most } of sources) {
    if (isMoney) break;
    units += most;
  }
  return units;
}

/** `position`: billed units before the first that is paid. */
function stretchesOf(
  draft: Draft,
  item: WorkingItem,
  use: RunningUse,
  terms: Terms,
  formula: Formula,
  position: bigint,
  at: number,
): readonly Stretch[] {
  const { service } = item.frame;
  const { tariff } = terms.tariff;
  if (service === 'data' && tariff.volume.per === 'day') return [{ price: formula.price, lasts: undefined }];
  if (formula.tiers?.kind === 'graduated') return tierStretches(draft, use, terms, formula.tiers, at);
  if (service === 'voice' && formula.steps.length > 0) {
    const steps = [{ fromSeconds: 0, price: formula.price }, ...formula.steps];
    return steps.flatMap(({ fromSeconds, price }, index): Stretch[] => {
      const end = steps[index + 1]?.fromSeconds;
      if (end === undefined) return [{ price, lasts: undefined }];
      const lasts = BigInt(end) - greatest(BigInt(fromSeconds), position);
      return lasts > 0n ? [{ price, lasts }] : [];
    });
  }
  const size = item.frame.facts.sizeBytes ?? 0;
  const sized = formula.sizeBands.find(({ upToBytes }) => size <= upToBytes);
  return [{ price: sized?.price ?? formula.price, lasts: undefined }];
}

/** From where the counter stands; how long a tier of money lasts is not said in units. */
function tierStretches(draft: Draft, use: RunningUse, terms: Terms, tiers: CompiledTiers, at: number): readonly Stretch[] {
  const startMicros = terms.service.service === 'voice' ? use.startMicros : at;
  const key = tierCounterKey(terms, tiers, terms.days.date(startMicros));
  const known = use.counters.find((counter) => counter.key === key);
  const counted = known === undefined ? draft.tierCounter(key).value : known.before + known.added;
  const first = tierAt(tiers, { numerator: counted, denominator: 1n });
  if (tiers.measure === 'money') return [{ price: tiers.prices[first] ?? 0n, lasts: undefined }];
  return tiers.prices.slice(first).map((price, index) => {
    const end = tiers.from[first + index + 1];
    return { price, lasts: end === undefined ? undefined : end - greatest(tiers.from[first + index] ?? 0n, counted) };
  });
}

function ratedUnit(unit: 'seconds' | 'bytes' | 'events' | 'messages', { tariff: { tariff } }: Terms): RatedUnit {
  if (unit !== 'bytes') return unit === 'seconds' ? unit : 'events';
  return tariff.volume.count === 'up' ? 'bytesUp' : tariff.volume.count === 'down' ? 'bytesDown' : 'bytes';
}
