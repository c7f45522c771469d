/** Advice of charge as the tables write it: `costs 0.15 (+0.05), 0.00 per 60 s for 40 s, set-up 0.10, 0.06 per 60 s, from 18:00 0.03 per 60 s`. */
import type { ChargeAdvice, RatedUnit, RateElement } from '#core/charging/answer.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { showAmount } from './plan-words.ts';

const units: Readonly<Record<RatedUnit, 'seconds' | 'bytes' | 'events'>> = {
  ...{ seconds: 'seconds', bytes: 'bytes', bytesUp: 'bytes', bytesDown: 'bytes', events: 'events' },
};

export function showAdvice(advice: ChargeAdvice | undefined): string {
  if (advice === undefined) return '';
  const { cost, tariff } = advice;
  const shown: string[] = [];
  if (cost !== undefined) {
    const more = cost.incrementalNanos === undefined ? '' : ` (+${showAmount(cost.incrementalNanos, 'money')})`;
    shown.push(`costs ${showAmount(cost.accumulatedNanos, 'money')}${more}`);
  }
  shown.push(...(tariff?.current ?? []).map(showElement));
  if (tariff?.next !== undefined) {
    const from = new Date(tariff.next.fromMicros / 1000).toISOString().slice(8, 16).replace('T', ' ').replace(/^14 /, '');
    shown.push(`from ${from} ${tariff.next.elements.map(showElement).join(', ')}`);
  }
  return `, told ${shown.join(', ')}`;
}

function showElement({ reason, per, price, lasts }: RateElement): string {
  const cost = formatDecimal(price);
  if (per === undefined) return `${reason} ${cost}`;
  const unit = units[per.unit];
  return `${cost} per ${showAmount(per.amount, unit)}${lasts === undefined ? '' : ` for ${showAmount(lasts, unit)}`}`;
}
