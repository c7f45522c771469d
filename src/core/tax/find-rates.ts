/** Which percentages a rule comes to. */
import { decimal, formatDecimal, trimDecimal } from '../money/decimal.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { TaxPlace } from './places.ts';
import { percentsOn, type TaxPercent, type TaxRate } from './rules.ts';
import type { TaxedService } from './tax.ts';

export interface RateInForce {
  readonly rate: TaxRate;
  readonly percent: TaxPercent;
}

export function sayPercent({ percent }: TaxPercent): string {
  return formatDecimal(trimDecimal(decimal(percent)));
}

/**
 * The rates due at a place: those whose jurisdiction is in its chain, of the named taxes in their order, else all, the widest
 * jurisdiction first. Refused: `tax.rate-missing` (a named tax has none on the day, or there is none at all, or none of the most
 * particular place although there the country taxes by region), `tax.rates-overlap`.
 */
export function findRates(
  rates: readonly TaxRate[],
  place: TaxPlace,
  service: TaxedService,
  day: string,
  taxes: readonly string[] | undefined,
): readonly RateInForce[] | readonly Refusal[] {
  const faults: Refusal[] = [];
  const here = rates.filter(({ jurisdiction, services }) => place.chain.includes(jurisdiction) && services.includes(service));
  const names = taxes ?? [...new Set(byWidth(here).map(({ tax }) => tax))];
  const found = names.flatMap((tax) => {
    const of = here.filter((rate) => rate.tax === tax);
    const own = of.filter((rate) => rate.own);
    const inForce = byWidth(own.length > 0 ? own : of).flatMap((rate) =>
      percentsOn(rate.percents, day).map((percent): RateInForce => ({ rate, percent })),
    );
    if (inForce.length === 0 && (taxes !== undefined || of.length > 0)) faults.push(missing(tax, place, service, day, of));
    faults.push(...overlaps(inForce, tax, day));
    return inForce;
  });
  if (taxes === undefined) faults.push(...uncovered(rates, here, place, service, day));
  return faults.length > 0 ? faults : found;
}

/** Where all taxes of a place are due, each level down to the state must have rates, if only of 0 per cent: else its table is not loaded. */
function uncovered(
  rates: readonly TaxRate[],
  here: readonly TaxRate[],
  place: TaxPlace,
  service: TaxedService,
  day: string,
): readonly Refusal[] {
  const [country, state] = [place.chain.at(-1), place.chain.at(-2)];
  if (country === undefined) return [];
  if (state !== undefined)
    return here.some(({ jurisdiction }) => jurisdiction === state)
      ? []
      : [missing('any tax', { ...place, chain: [state] }, service, day, [])];
  if (rates.some(({ jurisdiction }) => jurisdiction.startsWith(`${country}-`)))
    return [
      refuse('tax.region-missing', `the taxes in ${country} depend on the state or province, which is not declared`, { field: 'region' }),
    ];
  return here.length > 0 ? [] : [missing('any tax', place, service, day, [])];
}

/** Of one tax a jurisdiction has one percentage on a day. */
function overlaps(inForce: readonly RateInForce[], tax: string, day: string): Refusal[] {
  return [...Map.groupBy(inForce, ({ rate }) => rate.jurisdiction)].flatMap(([jurisdiction, same]) =>
    same.length < 2
      ? []
      : [
          refuse(
            'tax.rates-overlap',
            `${tax} of ${jurisdiction} has ${same.length} percentages on ${day}: ${same.map(({ rate, percent }) => `${sayPercent(percent)} (${rate.id})`).join(', ')}`,
            { field: 'rate', value: same.map(({ rate }) => rate.id).join(', ') },
          ),
        ],
  );
}

function missing(tax: string, place: TaxPlace, service: TaxedService, day: string, of: readonly TaxRate[]): Refusal {
  const where = place.chain[0] ?? place.territory;
  const known = of.map(({ id }) => id).join(', ');
  return refuse(
    'tax.rate-missing',
    `there is no percentage of ${tax} in ${where} for ${service} on ${day}${known === '' ? '' : `; ${known} has none on that day`}`,
    { field: 'rate', value: where },
  );
}

function byWidth(rates: readonly TaxRate[]): readonly TaxRate[] {
  return [...rates].sort(
    (a, b) =>
      a.jurisdiction.split('-').length - b.jurisdiction.split('-').length ||
      (a.jurisdiction < b.jurisdiction ? -1 : a.jurisdiction > b.jurisdiction ? 1 : 0),
  );
}
