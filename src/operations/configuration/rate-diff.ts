/** The rates a tariff should have against those it has, row by row. */
import { type Decimal, formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import type { Rate, RateTerms } from '#core/tariffs/tariff.ts';
import { rateKey } from './rate-key.ts';

export interface RatePlan {
  readonly tariff: string;
  readonly created: readonly Rate[];
  /** Same match and same beginning, other terms or another end: the old row closes, a new one comes. */
  readonly replaced: readonly { readonly old: Rate; readonly new: Rate }[];
  readonly closed: readonly Rate[];
  readonly unchanged: number;
  /** Rates belong to imported sheets: the folder's are not looked at. */
  readonly leftAlone?: { readonly inFolder: number; readonly inDatabase: number };
}

export function planRates(tariff: string, wanted: readonly Rate[], have: readonly Rate[]): RatePlan {
  const old = new Map(have.map((rate) => [rateKey(rate), rate]));
  const created: Rate[] = [];
  const replaced: { old: Rate; new: Rate }[] = [];
  let unchanged = 0;
  for (const rate of wanted) {
    const key = rateKey(rate);
    const before = old.get(key);
    if (before === undefined) {
      created.push(rate);
      continue;
    }
    old.delete(key);
    if (saysTheSame(before, rate)) unchanged += 1;
    else replaced.push({ old: before, new: rate });
  }
  return { tariff, created, replaced, closed: [...old.values()], unchanged };
}

/** Whether two rates with the same key price alike. 0.10 and 0.1 are one price. */
function saysTheSame(a: Rate, b: Rate): boolean {
  return a.validToMicros === b.validToMicros && a.match.destination === b.match.destination && termsText(a.terms) === termsText(b.terms);
}

/** The terms in one canonical text: prices by value, 1/1 and no increments alike. */
export function termsText(terms: RateTerms): string {
  const {
    price,
    firstSeconds = 1,
    nextSeconds = 1,
    graceSeconds,
    freeSeconds,
    setupFee,
    attemptFee,
    disconnectFee,
    surcharge,
    minimumCharge,
    maximumCharge,
  } = terms;
  const plain = [
    money(price),
    firstSeconds,
    nextSeconds,
    graceSeconds,
    freeSeconds,
    ...[setupFee, attemptFee, disconnectFee, surcharge, minimumCharge, maximumCharge].map(money),
  ].join('|');
  const { steps, tiers, sizeBands, share } = terms;
  if (steps === undefined && tiers === undefined && sizeBands === undefined && share === undefined) return plain;
  const structured = [
    steps?.map((step) => [step.fromSeconds, money(step.price), step.firstSeconds, step.nextSeconds]),
    tiers === undefined
      ? undefined
      : [tiers.counter, tiers.kind, tiers.measure, tiers.period, tiers.tiers.map(({ from, price }) => [money(from), money(price)])],
    sizeBands?.map((band) => [String(band.upToBytes), money(band.price)]),
    share === undefined ? undefined : [money(share.percent), money(share.after)],
  ];
  return `${plain}|${JSON.stringify(structured)}`;
}

function money(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : formatDecimal(trimDecimal(value));
}
