/** Random setups that are right: every kind of object, every optional field there and not. */
import fc from 'fast-check';
import { type LegRole, legRoles, secondsRules, settlementPeriods } from '#core/agreements/agreements.ts';
import type { Decimal } from '#core/money/decimal.ts';
import { roundingModes } from '#core/money/rounding.ts';
import { partyKinds } from '#core/parties/parties.ts';
import { jurisdictions, type Rate, type Tariff, tierMeasures, tierPeriods } from '#core/tariffs/tariff.ts';
import { startOfLocalDay } from '#core/time/zoned.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { rateKey } from '#operations/configuration/rate-key.ts';
import type { Setup } from '#operations/configuration/setup.ts';
import { anyText } from '../support/any-text.ts';

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/);
const gst = { percent: '5.0', validFrom: '2011-06-01', onTopOf: [] };

/** Text that YAML and CSV must quote to keep. */
const name = fc
  .oneof(
    fc.constantFrom(
      'true',
      'null',
      '~',
      '1e3',
      '0x10',
      '- a',
      '# no',
      'a: b',
      '"',
      "it's",
      'a,b',
      'a;b',
      '{x}',
      '[y]',
      '&a',
      '*a',
      '!t',
      '012',
      '2026-01-01',
      '08:00',
      'Ünïcode',
      '=1+1',
      'a\\b',
      '%',
      '@',
      'yes',
      'a  b',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
    anyText({ minLength: 1, maxLength: 12 }),
  )
  .map((text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, '').trim())
  .filter((text) => text !== '' && text.isWellFormed());
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia');
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
const country = fc.constantFrom('DE', 'US', 'IE', 'JP');
const digits = fc.stringMatching(/^\d{1,10}$/);
const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const decimal: fc.Arbitrary<Decimal> = fc.record({ units: fc.bigInt({ min: 0n, max: 10n ** 9n }), scale: fc.integer({ min: 0, max: 12 }) });

/** Leaves out fields that are undefined, as the readers do. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T; // fewer fields, all of them optional
}

function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

function uniqueBy<T>(value: fc.Arbitrary<T>, key: (one: T) => string, least = 0, most = 4): fc.Arbitrary<readonly T[]> {
  return fc.uniqueArray(value, { selector: key, minLength: least, maxLength: most });
}

const ids = uniqueBy(word, (one) => one, 1, 3);

function rising<T>(one: fc.Arbitrary<T>, size: (value: T) => bigint | number): fc.Arbitrary<readonly T[]> {
  return fc
    .uniqueArray(one, { selector: (value) => String(size(value)), minLength: 1, maxLength: 3 })
    .map((list) => [...list].sort((a, b) => (size(a) < size(b) ? -1 : 1)));
}

const increments = fc.integer({ min: 1, max: 86_400 });
const steps = rising(
  fc.record({ fromSeconds: fc.integer({ min: 1, max: 9999 }), price: decimal, firstSeconds: increments, nextSeconds: increments }),
  ({ fromSeconds }) => fromSeconds,
);
const tiers = fc.record({
  counter: word,
  kind: fc.constantFrom('graduated' as const, 'volume' as const),
  measure: fc.constantFrom(...tierMeasures),
  period: fc.constantFrom(...tierPeriods),
  tiers: rising(
    fc.record({ from: fc.record({ units: fc.bigInt({ min: 1n, max: 10n ** 6n }), scale: fc.constant(2) }), price: decimal }),
    ({ from }) => from.units,
  ),
});
const sizeBands = rising(
  fc.record({ upToBytes: fc.integer({ min: 1, max: 1_000_000 }), price: decimal }),
  ({ upToBytes }) => upToBytes,
).chain((bands) => decimal.map((price) => [...bands, { upToBytes: Number.POSITIVE_INFINITY, price }]));

/** The terms that a tariff's defaults can give. */
const inherited = fc
  .record({
    increments: maybe(fc.tuple(increments, increments)),
    graceSeconds: maybe(fc.nat(1000)),
    freeSeconds: maybe(fc.nat(1000)),
    setupFee: maybe(decimal),
    attemptFee: maybe(decimal),
    disconnectFee: maybe(decimal),
    surcharge: maybe(decimal),
    minimumCharge: maybe(decimal),
    maximumCharge: maybe(decimal),
    steps: maybe(steps),
    tiers: maybe(tiers),
  })
  .map(({ increments: by, ...rest }) => present({ ...rest, ...(by === undefined ? {} : { firstSeconds: by[0], nextSeconds: by[1] }) }));

function rate(tariffZone: string, trunks: readonly string[], sets: readonly string[]): fc.Arbitrary<Rate> {
  const instant = fc.oneof(
    fc.constant(0),
    date.map((day) => startOfLocalDay(tariffZone, day)),
    fc.integer({ min: 1, max: 4 * 10 ** 15 }),
  );
  const match = fc
    .record({
      code: fc.oneof(digits, fc.constant('')),
      destination: name,
      calling: maybe(digits),
      origin: maybe(fc.tuple(fc.constantFrom('', '!'), fc.constantFrom(...sets)).map(([not, set]) => `${not}${set}`)),
      trunk: maybe(fc.constantFrom(...trunks)),
      band: maybe(word),
      serviceClass: maybe(name),
      jurisdiction: maybe(fc.constantFrom(...jurisdictions)),
      ratingGroup: maybe(name),
      apn: maybe(name),
    })
    .map(({ calling, origin, ...rest }) => present({ ...rest, ...(calling === undefined ? { origin } : { calling }) }));
  const terms = fc
    .tuple(
      inherited,
      fc.record({
        price: decimal,
        sizeBands: maybe(sizeBands),
        share: maybe(
          fc.record({ percent: decimal, after: fc.record({ units: fc.bigInt({ min: 1n, max: 999n }), scale: fc.constant(2) }) }),
        ),
      }),
    )
    .map(([defaults, own]) => ({ ...defaults, ...present(own) }));
  return fc.record({ match, terms, from: instant, length: maybe(fc.integer({ min: 1, max: 10 ** 14 })) }).map(
    ({ match, terms, from, length }): Rate =>
      ({
        id: 0,
        match,
        terms,
        validFromMicros: from,
        validToMicros: length === undefined ? Number.POSITIVE_INFINITY : from + length,
      }) as Rate, // `present` left no undefined
  );
}

const times = fc.record({ fromMinute: fc.integer({ min: 60, max: 700 }), toMinute: fc.integer({ min: 701, max: 1440 }) });
/** Each band has days of its own, so that none overlap; the last covers the rest. */
const bands = fc
  .tuple(
    fc.shuffledSubarray(['mon', 'tue', 'sat', 'holiday'] as const, { minLength: 1 }),
    uniqueBy(word, (one) => one, 5, 5),
    fc.array(times, { minLength: 4, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([days, names, ranges, twice]) => [
    ...days.map((day, index) => ({
      name: names[index],
      ranges: [{ days: [day], ...ranges[index] }, ...(twice ? [{ days: [day], fromMinute: 0, toMinute: 30 }] : [])],
      otherwise: false,
    })),
    { name: names[4], ranges: [], otherwise: true },
  ]);

const perService: Readonly<Record<Service, fc.Arbitrary<number>>> = {
  voice: fc.constantFrom(1, 60, 3600, 30),
  data: fc.constantFrom(1, 1000, 1_000_000, 1024, 12_345),
  sms: fc.constant(1),
  mms: fc.constant(1),
  content: fc.constant(1),
  event: fc.constant(1),
};

interface Names {
  readonly trunks: readonly string[];
  readonly sets: readonly string[];
  readonly bands: readonly string[];
  readonly decks: readonly string[];
}

function tariff(
  id: string,
  { trunks, sets, bands: bandSets, decks }: Names,
): fc.Arbitrary<{ readonly tariff: Tariff; readonly zone: string }> {
  return fc.tuple(fc.constantFrom('voice' as const, 'sms' as const, 'data' as const, 'content' as const), zone).chain(
    ([service, tariffZone]) =>
      fc
        .record({
          name,
          currency,
          per: perService[service],
          timeBands: maybe(fc.constantFrom(...bandSets)),
          codeDeck: maybe(fc.constantFrom(...decks)),
          withoutCaller: fc.constantFrom('ignore' as const, 'outside' as const, 'hold' as const),
          charged: fc.constantFrom('submitted' as const, 'delivered' as const),
          messageUnit: fc.constantFrom('part' as const, 'message' as const),
          volume: fc.record({
            count: fc.constantFrom('both' as const, 'up' as const),
            roundUpToBytes: fc.constantFrom(1, 1024, 777),
            per: fc.constantFrom('session' as const, 'day' as const),
          }),
          rates: uniqueBy(rate(tariffZone, trunks, sets), rateKey, 0, 6),
          ratesBy: fc.constantFrom('files' as const, 'sheets' as const),
          defaults: maybe(inherited),
        })
        .map(({ defaults, ...rest }) => (rest.ratesBy === 'sheets' ? { ...rest, defaults } : rest))
        .map((rest) => ({ tariff: { id, service, ...present(rest) } as Tariff, zone: tariffZone })), // `present` left no undefined
  );
}

/** A setup that readFolder would accept. Its tariffs need not compile. */
export const generatedSetup: fc.Arbitrary<Setup> = fc
  .record({
    entities: ids,
    parties: ids,
    accounts: ids,
    trunks: ids,
    sets: ids,
    calendars: ids,
    bands: ids,
    decks: ids,
    tariffs: ids,
    agreements: ids,
  })
  .chain((names) =>
    fc
      .record({
        legalEntities: fc.tuple(
          ...names.entities.map((id) =>
            fc
              .record({
                id: fc.constant(id),
                name,
                country,
                currency,
                zone,
                address: fc.array(name, { maxLength: 3 }),
                taxId: maybe(name),
                email: maybe(fc.constant('a@b.example')),
              })
              .map(present),
          ),
        ),
        parties: fc.tuple(
          ...names.parties.map((id) =>
            fc
              .record({
                id: fc.constant(id),
                name,
                kind: fc.constantFrom(...partyKinds),
                country: maybe(country),
                address: fc.array(name, { maxLength: 2 }),
                taxId: maybe(name),
                email: maybe(fc.constant('c@d.example')),
              })
              .map(present),
          ),
        ),
        accounts: fc.tuple(
          ...names.accounts.map((id) =>
            fc
              .record({
                id: fc.constant(id),
                party: fc.constantFrom(...names.parties),
                legalEntity: fc.constantFrom(...names.entities),
                currency,
                paymentTermsDays: maybe(fc.nat(90)),
              })
              .map(present),
          ),
        ),
        trunks: fc.tuple(
          ...names.trunks.map((id, index) =>
            fc
              .record({
                id: fc.constant(id),
                account: maybe(fc.constantFrom(...names.accounts)),
                names: fc.uniqueArray(
                  name.map((text) => `${text.replaceAll('/', '')} ${index}`.trim()),
                  { minLength: 1, maxLength: 2 },
                ),
                numbering: maybe(
                  fc
                    .record({
                      countryCode: maybe(digits),
                      nationalPrefix: maybe(digits),
                      internationalPrefix: maybe(fc.constant('00')),
                      stripPrefixes: maybe(fc.array(fc.constantFrom('99#', '*1'), { minLength: 1, maxLength: 2 })),
                    })
                    .map(present),
                ),
              })
              .map(present),
          ),
        ),
        calendars: fc.tuple(
          ...names.calendars.map((id) =>
            fc.record({ id: fc.constant(id), dates: fc.uniqueArray(date, { maxLength: 60 }).map((dates) => [...dates].sort()) }),
          ),
        ),
        timeBands: fc.tuple(
          ...names.bands.map((id) =>
            fc.record({ id: fc.constant(id), calendar: maybe(fc.constantFrom(...names.calendars)), bands }).map(present),
          ),
        ),
        originSets: fc.tuple(
          ...names.sets.map((id) =>
            fc.record({
              id: fc.constant(id),
              prefixes: fc.uniqueArray(digits, { minLength: 1, maxLength: 60 }).map((list) => [...list].sort()),
            }),
          ),
        ),
        codeDecks: fc.tuple(
          ...names.decks.map((id) =>
            fc.record({
              id: fc.constant(id),
              codes: uniqueBy(fc.record({ code: digits, destination: name }), ({ code }) => code, 1, 60).map((codes) =>
                [...codes].sort((a, b) => (a.code < b.code ? -1 : 1)),
              ),
            }),
          ),
        ),
        tariffs: fc.tuple(
          ...names.tariffs.map((id) => tariff(id, { trunks: names.trunks, sets: names.sets, bands: names.bands, decks: names.decks })),
        ),
        versions: uniqueBy(
          fc.record({
            id: fc.constantFrom(...names.agreements),
            versionId: fc.constant(0),
            name,
            zone,
            validFrom: date,
            open: fc.boolean(),
            rounding: fc.record({ decimals: fc.nat(9), mode: fc.constantFrom(...roundingModes) }),
            seconds: fc.constantFrom(...secondsRules),
            bands: fc.constantFrom('start' as const, 'split' as const),
            settlementPeriod: fc.constantFrom(...settlementPeriods),
            role: fc.constantFrom(...(Object.keys(legRoles) as readonly LegRole[])), // Object.keys gives strings
          }),
          ({ id, validFrom }) => `${id}@${validFrom}`,
        ),
        sourceName: name,
      })
      .map(({ tariffs: built, versions, sourceName, ...book }): Setup => {
        const tariffs = built.map((one) => one.tariff);
        const agreements = versions.map(({ role, open, ...rest }, index) => {
          const priced = tariffs[index % tariffs.length];
          if (priced === undefined) throw new RangeError('there is at least one tariff');
          const account = names.accounts[names.agreements.indexOf(rest.id) % names.accounts.length] ?? '';
          return {
            ...rest,
            account,
            currency: priced.currency,
            ...(open ? {} : { validTo: '2095-01-01' }),
            services: [{ service: priced.service, role, tariff: priced.id }],
          };
        });
        return {
          book: { ...book, agreements, tariffs } as unknown as Setup['book'], // tuples of arbitraries lose their element types
          sources: [{ id: 'generated', format: 'asterisk-csv', zone: 'UTC', name: sourceName }],
          formats: [{ id: 'own', family: 'delimited', columns: ['a', 'b'], key: ['a'], fields: { start: 'b' }, name: sourceName }],
          rateTemplates: [],
          numberTables: [],
          bins: [],
          enrichments: [],
          correlations: [],
          screening: [],
          taxRules: [],
          taxRates: [{ id: 'JE-GST', tax: 'GST', jurisdiction: 'JE', services: ['voice'], percents: [gst], source: sourceName }],
          withholdingRules: [],
          allowances: [],
          addOns: [],
          plans: [],
          notices: [
            {
              id: 'low',
              on: 'threshold',
              by: ['sms', 'email'],
              urgent: true,
              texts: { en: '{left} left.', ar: 'بقي {left}' },
              subjects: { en: 'Data', ar: 'بيانات' },
            },
            {
              id: 'welcome',
              on: 'roaming-entered',
              of: ['208', '262'],
              by: ['sms'],
              urgent: false,
              texts: { de: 'Willkommen in {country}: "ja",\n{{…}}' },
            },
          ],
          origins: {
            calendars: new Map(),
            codeDecks: new Map(),
            tariffs: new Map(built.map((one) => [one.tariff.id, { zone: one.zone }])),
          },
        };
      }),
  );
