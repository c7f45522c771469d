/** Rates as rows of a table: the columns that any of them needs, in the order of the reference. */
import { type Decimal, formatDecimal } from '#core/money/decimal.ts';
import type { Rate, RateDefaults } from '#core/tariffs/tariff.ts';
import { formatInstant, localDate, startOfLocalDay } from '#core/time/zoned.ts';
import { NONE, rateFields } from './kinds/tariffs.ts';
import { formatShare, formatSizeBands, formatSteps, formatTiers } from './price-shapes.ts';
import { keyColumn } from './tables.ts';
import { present } from './terms-json.ts';

type Column = keyof typeof rateFields;
type Cells = { readonly [column in Column]?: string };
/** Object.keys gives strings; these are the keys of rateFields. */
const columns = Object.keys(rateFields) as readonly Column[];

/**
 * The header, then a row for each rate. Dates are local dates of `zone` where the instant begins one. A rate without a term of the
 * tariff's defaults says so.
 */
export function* formatRates(rates: readonly Rate[], zone: string, defaults: RateDefaults = {}): Generator<readonly string[]> {
  const moments = new Map<number, string>();
  const moment = (micros: number): string => {
    const known = moments.get(micros);
    if (known !== undefined) return known;
    const date = localDate(zone, micros);
    const text = startOfLocalDay(zone, date) === micros ? date : formatInstant(micros);
    moments.set(micros, text);
    return text;
  };
  const none = Object.fromEntries(Object.keys(sayTerms(defaults)).map((term) => [term, NONE]));
  const cells = rates.map((rate) => ({ ...none, ...sayRate(rate, moment) }));
  const needed = columns.filter((column) => cells.some((row: Cells) => row[column] !== undefined));
  yield needed.map(keyColumn);
  for (const row of cells) yield needed.map((column) => row[column] ?? '');
}

function sayRate({ match, terms, validFromMicros, validToMicros }: Rate, moment: (micros: number) => string): Cells {
  const { price, sizeBands, share } = terms;
  const priceless = (share !== undefined || sizeBands !== undefined) && price.units === 0n && price.scale === 0;
  return {
    ...present<Cells>({
      code: match.code === '' ? 'any' : match.code,
      destination: match.destination,
      calling: match.calling,
      origin: match.origin,
      trunk: match.trunk,
      band: match.band,
      serviceClass: match.serviceClass,
      jurisdiction: match.jurisdiction,
      ratingGroup: match.ratingGroup,
      apn: match.apn,
      bin: match.bin,
      price: priceless ? undefined : formatDecimal(price),
      sizeBands: sizeBands === undefined ? undefined : formatSizeBands(sizeBands),
      share: share === undefined ? undefined : formatShare(share),
      validFrom: validFromMicros === 0 ? undefined : moment(validFromMicros),
      validTo: Number.isFinite(validToMicros) ? moment(validToMicros) : undefined,
    }),
    ...sayTerms(terms),
  };
}

/** The terms that `defaults` of a tariff can give, as files say them. */
export function sayTerms(terms: RateDefaults): Cells {
  const { firstSeconds, nextSeconds, graceSeconds, freeSeconds, steps, tiers } = terms;
  return present<Cells>({
    increments: firstSeconds === undefined && nextSeconds === undefined ? undefined : `${firstSeconds ?? 1}/${nextSeconds ?? 1}`,
    graceSeconds: graceSeconds?.toString(),
    freeSeconds: freeSeconds?.toString(),
    setupFee: money(terms.setupFee),
    attemptFee: money(terms.attemptFee),
    disconnectFee: money(terms.disconnectFee),
    surcharge: money(terms.surcharge),
    minimumCharge: money(terms.minimumCharge),
    maximumCharge: money(terms.maximumCharge),
    steps: steps === undefined ? undefined : formatSteps(steps),
    tiers: tiers === undefined ? undefined : formatTiers(tiers),
  });
}

function money(value: Decimal | undefined): string | undefined {
  return value === undefined ? undefined : formatDecimal(value);
}
