/** From what a file says of a tariff to what pricing uses: terms merged, dates made instants, destinations named. */
import type { CodeDeck, Rate, RateDefaults, RateMatch, RateTerms, Tariff } from '#core/tariffs/tariff.ts';
import { hasExactMidnight, parseInstant, startOfLocalDay } from '#core/time/zoned.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { inheritedTerms, NONE, rateFields, type rateRecord, type tariff } from './kinds/tariffs.ts';
import type { Unit } from './price-shapes.ts';
import { rateKey } from './rate-key.ts';
import type { Reading } from './reading.ts';
import type { Shape, Values } from './shapes.ts';
import type { SourcePlace } from './source-tree.ts';
import { type FolderFiles, isTable, readTable } from './tables.ts';
import { present } from './terms-json.ts';

type Read<S> = S extends Shape<infer T> ? T : never;
type SaidTariff = Read<typeof tariff>;
type SaidRate = Read<typeof rateRecord>;
type SaidTerms = Values<typeof inheritedTerms>;
/** With the tariff's defaults, and without those that it says it does not have. */
type WholeRate = Omit<SaidRate, keyof SaidTerms> & SaidTerms;

const ANY_DESTINATION = 'any';

/** Prices per minute, per megabyte, and per one unless the tariff says otherwise. */
export function usualPer(service: Service): number {
  return service === 'voice' ? 60 : service === 'data' ? 1_000_000 : 1;
}

/**
 * The tariff with its rates. `deck` is the tariff's code deck, undefined when it names none or one
 * that was refused. Rates are numbered from `firstId` in the order of the file.
 */
export function buildTariff(said: SaidTariff, deck: CodeDeck | undefined, firstId: number, files: FolderFiles, reading: Reading): Tariff {
  const { id, name, service, currency, timeBands, codeDeck, withoutCaller, charged, messageUnit, volume, ratesBy } = said;
  return {
    id,
    name,
    service,
    currency,
    per: said.per === undefined ? usualPer(service) : checkPer(said.per, said, reading),
    ...(timeBands === undefined ? {} : { timeBands }),
    ...(codeDeck === undefined ? {} : { codeDeck }),
    withoutCaller,
    ...(said.portability === 'follow' ? { portability: said.portability } : {}),
    charged,
    messageUnit,
    volume,
    rates: buildRates(said, deck, firstId, files, reading),
    ...(ratesBy === 'files' || said.defaults === undefined ? {} : { defaults: buildDefaults(said.defaults) }),
    ratesBy,
  };
}

function checkPer(unit: Unit, said: SaidTariff, reading: Reading): number {
  const wanted = said.service === 'voice' ? 'seconds' : said.service === 'data' ? 'bytes' : undefined;
  const fits = unit.kind === wanted || (unit.kind === 'plain' && (wanted !== undefined || unit.size === 1));
  if (!fits) {
    const expected = wanted === undefined ? 'can only be 1' : `is a number of ${wanted}`;
    reading.fault(
      'configuration.value-wrong',
      `per of tariff ${said.id}, service ${said.service}, ${expected}`,
      reading.placeOf(said, 'per'),
      'per',
    );
  }
  return unit.size;
}

function writtenRates(
  said: SaidTariff,
  files: FolderFiles,
  reading: Reading,
): readonly { readonly values: SaidRate; readonly place: SourcePlace }[] {
  const place = reading.placeOf(said, 'rates') ?? { file: '', line: 1 };
  if (said.rates === undefined) return [];
  if (isTable(said.rates)) return readTable(said.rates, place, 'rates', rateFields, files, reading);
  return said.rates.map((values) => ({ values, place: reading.placeOf(values) ?? place }));
}

function buildRates(said: SaidTariff, deck: CodeDeck | undefined, firstId: number, files: FolderFiles, reading: Reading): readonly Rate[] {
  const names = new DestinationNames(deck);
  const moments = new Moments(said.zone);
  const seen = new Map<string, SourcePlace>();
  const rates: Rate[] = [];
  for (const { values, place } of writtenRates(said, files, reading)) {
    const rate = buildRate(withDefaults(values, said), said, names, moments, place, firstId + rates.length, reading);
    if (rate === undefined) continue;
    const key = rateKey(rate);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, place);
    else
      reading.fault(
        'configuration.rate-repeated',
        `tariff ${said.id} has this rate twice, first at ${earlier.file}:${earlier.line}`,
        place,
        'code',
        rate.match.code ?? rate.match.destination,
      );
    rates.push(rate);
  }
  return rates;
}

const termNames = Object.keys(inheritedTerms);

function withDefaults(values: SaidRate, { defaults }: SaidTariff): WholeRate {
  const whole: Record<string, unknown> = { ...defaults, ...values };
  for (const name of termNames) if (whole[name] === NONE) delete whole[name];
  return whole as unknown as WholeRate; // the keys of both; of terms that say none, which is what WholeRate leaves out, none is left
}

function buildRate(
  values: WholeRate,
  said: SaidTariff,
  names: DestinationNames,
  moments: Moments,
  place: SourcePlace,
  id: number,
  reading: Reading,
): Rate | undefined {
  const validFromMicros = moments.at(values.validFrom, 0);
  const validToMicros = moments.at(values.validTo, Number.POSITIVE_INFINITY);
  if (validFromMicros === undefined)
    return reading.fault('configuration.date-wrong', `valid from ${OUT_OF_RANGE}`, place, 'validFrom', values.validFrom);
  if (validToMicros === undefined)
    return reading.fault(
      'configuration.date-wrong',
      `valid to ${OUT_OF_RANGE}; without an end leave it out`,
      place,
      'validTo',
      values.validTo,
    );
  if (validToMicros <= validFromMicros) {
    return reading.fault(
      'configuration.validity-empty',
      `the rate ends (${values.validTo}) before or when it begins${values.validFrom === undefined ? '' : ` (${values.validFrom})`}`,
      place,
      'validTo',
      values.validTo,
    );
  }
  const match = buildMatch(values, said, names, place, reading);
  const terms = buildTerms(values, place, reading);
  if (match === undefined || terms === undefined) return undefined;
  return { id, match, terms, validFromMicros, validToMicros, place: `${place.file}:${place.line}` };
}

function buildMatch(
  values: WholeRate,
  said: SaidTariff,
  names: DestinationNames,
  place: SourcePlace,
  reading: Reading,
): RateMatch | undefined {
  const { code, destination, calling, origin, trunk, band, serviceClass, jurisdiction, ratingGroup, apn, bin } = values;
  if (calling !== undefined && origin !== undefined) {
    return reading.fault('configuration.value-wrong', 'a rate can have "calling" or "origin", not both', place, 'calling', calling);
  }
  const dialled = said.service === 'voice' || said.service === 'sms' || said.service === 'mms';
  if (code === undefined && destination !== undefined && said.codeDeck === undefined && dialled) {
    return reading.fault(
      'configuration.key-missing',
      `a rate by destination needs a code deck at tariff ${said.id}, or its own code ("any" for every number)`,
      place,
      'code',
      destination,
    );
  }
  const matched = code ?? (destination === undefined || said.codeDeck === undefined ? '' : undefined);
  return {
    ...(matched === undefined ? {} : { code: matched }),
    destination: destination ?? names.of(matched ?? ''),
    ...(calling === undefined ? {} : { calling }),
    ...(origin === undefined ? {} : { origin }),
    ...(trunk === undefined ? {} : { trunk }),
    ...(band === undefined ? {} : { band }),
    ...(serviceClass === undefined ? {} : { serviceClass }),
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    ...(ratingGroup === undefined ? {} : { ratingGroup }),
    ...(apn === undefined ? {} : { apn }),
    ...(bin === undefined ? {} : { bin }),
  };
}

const ZERO = { units: 0n, scale: 0 };

function buildTerms(values: WholeRate, place: SourcePlace, reading: Reading): RateTerms | undefined {
  const { price, sizeBands, share } = values;
  if (price === undefined && share === undefined && sizeBands === undefined) {
    return reading.fault('configuration.key-missing', 'the rate has no price (and no share, no size bands)', place, 'price');
  }
  return { price: price ?? ZERO, ...buildDefaults(values), ...present({ sizeBands, share }) };
}

function buildDefaults(values: SaidTerms): RateDefaults {
  const { increments, graceSeconds, freeSeconds, setupFee, attemptFee, disconnectFee } = values;
  const { surcharge, minimumCharge, maximumCharge, steps, tiers } = values;
  return present<RateDefaults>({
    firstSeconds: increments?.first,
    nextSeconds: increments?.next,
    graceSeconds,
    freeSeconds,
    setupFee,
    attemptFee,
    disconnectFee,
    surcharge,
    minimumCharge,
    maximumCharge,
    steps,
    tiers,
  });
}

/** Names of destinations by the longest code of a deck. */
class DestinationNames {
  readonly #names: ReadonlyMap<string, string>;

  constructor(deck: CodeDeck | undefined) {
    this.#names = new Map(deck?.codes.map(({ code, destination }) => [code, destination]));
  }

  of(code: string): string {
    for (let length = code.length; length > 0; length -= 1) {
      const name = this.#names.get(code.slice(0, length));
      if (name !== undefined) return name;
    }
    return code === '' ? ANY_DESTINATION : code;
  }
}

const OUT_OF_RANGE = 'does not exist, or is not within the years 1700 to 2199';

/** Instants of the dates that rates are written with; many rates share few dates. */
class Moments {
  readonly #zone: string;
  readonly #known = new Map<string, number | undefined>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  at(written: string | undefined, otherwise: number): number | undefined {
    if (written === undefined) return otherwise;
    if (!this.#known.has(written))
      this.#known.set(written, hasExactMidnight(written) ? startOfLocalDay(this.#zone, written) : parseInstant(written));
    return this.#known.get(written);
  }
}
