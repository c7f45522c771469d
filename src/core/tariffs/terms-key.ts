/** Whether two formulas cost the same: prices by value (0.10 is 0.1), 1/1 and no increments alike. */
import { type Decimal, formatDecimal, trimDecimal } from '../money/decimal.ts';
import type { RateTerms } from './tariff.ts';

/** Sheets and tables have far fewer formulas than rates, and share them. */
const keys = new WeakMap<RateTerms, string>();

export function sameTerms(a: RateTerms, b: RateTerms): boolean {
  return a === b || termsKey(a) === termsKey(b);
}

/** Equal for terms that cost the same. */
function termsKey(terms: RateTerms): string {
  let key = keys.get(terms);
  if (key === undefined) {
    key = `${money(terms.price)}|${textBesidePrice(terms)}`;
    keys.set(terms, key);
  }
  return key;
}

/** Equal for terms that cost the same but for their price; made anew each time. */
export function textBesidePrice(terms: RateTerms): string {
  const {
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
