/** A setup as configuration files: YAML by subject, rates and codes in tables. Reading them gives the same setup. */
import { Document, isMap, isSeq, type Node, Scalar, visit } from 'yaml';
import type { Agreement } from '#core/agreements/agreements.ts';
import type { PlanDefinition } from '#core/catalog/plan.ts';
import type { FinalUnit } from '#core/charging/answer.ts';
import type { EnrichmentProfile } from '#core/enrichment/profile.ts';
import type { Tariff } from '#core/tariffs/tariff.ts';
import type { TimeBand, TimeBandSet } from '#core/time/time-bands.ts';
import { usualPer } from './build-tariff.ts';
import { shapeOf } from './describe.ts';
import { FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR } from './kinds/times.ts';
import { byteUnits, secondUnits } from './price-shapes.ts';
import type { ReferenceData } from './reference-data.ts';
import { kinds as allKinds, type Declared, type Kind, type Setup } from './setup.ts';
import type { Shape } from './shapes.ts';
import { keyColumn } from './tables.ts';
import { formatRates, sayTerms } from './write-rates.ts';

/** Lists longer than this go into tables. */
const LONGEST_LIST = 40;

/** Paths (with `/`) and contents, in a fixed order; objects are sorted by id. */
export function writeFolder(setup: Setup, reference: Pick<ReferenceData, 'formatTableRow'>): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const table = (path: string, rows: Iterable<readonly string[]>): string => {
    let text = '';
    for (const row of rows) text += `${reference.formatTableRow(row)}\n`;
    files.set(path, text);
    return path;
  };
  const { book, origins } = setup;
  const write = (file: string, kinds: Partial<Record<Kind, readonly object[]>>): void => {
    const filled: Record<string, readonly unknown[]> = {};
    for (const kind of allKinds)
      if ((kinds[kind]?.length ?? 0) > 0) filled[kind] = kinds[kind]?.map((object) => inOrder(object, shapeOf(kind))) ?? [];
    if (Object.keys(filled).length > 0) files.set(file, yamlText(filled));
  };
  write('operator.yaml', { legalEntities: byId(book.legalEntities) });
  write('parties.yaml', { parties: byId(book.parties), accounts: byId(book.accounts) });
  write('trunks.yaml', { trunks: byId(book.trunks) });
  write('agreements.yaml', { agreements: [...book.agreements].sort(byVersion).map(sayAgreement) });
  write('times.yaml', {
    calendars: byId(book.calendars).map((calendar) => sayCalendar(calendar, setup)),
    timeBands: byId(book.timeBands).map(sayTimeBands),
  });
  write('numbers.yaml', {
    originSets: byId(book.originSets).map(({ id, prefixes }) => ({
      id,
      prefixes: prefixes.length > LONGEST_LIST ? table(`origins/${id}.csv`, [['prefix'], ...prefixes.map((prefix) => [prefix])]) : prefixes,
    })),
    codeDecks: byId(book.codeDecks).map(({ id, codes }) => {
      const origin = origins.codeDecks.get(id);
      const own = origin === undefined ? codes : origin.codes;
      const said =
        own.length > LONGEST_LIST
          ? table(`decks/${id}.csv`, [['code', 'destination'], ...own.map(({ code, destination }) => [code, destination])])
          : own;
      if (origin === undefined) return { id, codes: said };
      return {
        id,
        base: origin.base,
        ...(own.length === 0 ? {} : { codes: said }),
        ...(origin.remove.length === 0 ? {} : { remove: origin.remove }),
      };
    }),
  });
  write('tariffs.yaml', {
    tariffs: byId(book.tariffs).map((tariff) => {
      const zone = origins.tariffs.get(tariff.id)?.zone ?? 'UTC';
      const head = sayTariff(tariff, zone);
      return tariff.rates.length === 0
        ? head
        : { ...head, rates: table(`rates/${tariff.id}.csv`, formatRates(tariff.rates, zone, tariff.defaults)) };
    }),
  });
  write('usage.yaml', {
    formats: byId(setup.formats).map(headFirst),
    sources: byId(setup.sources).map(headFirst),
    rateTemplates: byId(setup.rateTemplates).map(headFirst),
  });
  write('enriching.yaml', {
    numberTables: byId(setup.numberTables),
    bins: byId(setup.bins),
    enrichments: byId(setup.enrichments).map((profile) => sayEnrichment(profile, table)),
  });
  write('watching.yaml', { correlations: byId(setup.correlations), screening: byId(setup.screening) });
  write('tax.yaml', {
    taxRules: byId(setup.taxRules),
    taxRates: byId(setup.taxRates),
    withholdingRules: byId(setup.withholdingRules),
  });
  write('plans.yaml', {
    allowances: byId(setup.allowances),
    addOns: byId(setup.addOns),
    plans: [...setup.plans].sort(byVersion).map(sayPlan),
  });
  write('notices.yaml', { notices: byId(setup.notices) });
  return files;
}

/** As `kinds/plans.ts` reads it. */
function sayPlan({ versionId: _, services, ...plan }: PlanDefinition): object {
  const said = services.map(({ finalUnit, ...service }) => ({ ...service, finalUnit: sayFinalUnit(finalUnit) }));
  return { ...plan, services: said };
}

function sayFinalUnit(finalUnit: FinalUnit): string | object {
  switch (finalUnit.action) {
    case 'terminate':
      return 'terminate';
    case 'redirect':
      return { redirectTo: finalUnit.to };
    case 'restrict':
      return { restrictTo: finalUnit.filter };
  }
}

/** Lists that are empty are not said, long ones are tables. */
function sayEnrichment(profile: EnrichmentProfile, table: (path: string, rows: Iterable<readonly string[]>) => string): object {
  const said = Object.entries(profile).flatMap(([field, value]: [string, unknown]): [string, unknown][] => {
    if (!Array.isArray(value)) return [[field, value]];
    if (value.length === 0) return [];
    const rows: readonly unknown[] = value;
    if (value.length <= LONGEST_LIST || typeof rows[0] !== 'object') return [[field, value]];
    const columns = [...new Set(rows.flatMap((row) => Object.keys(Object(row))))];
    const texts = rows.map((row) =>
      columns.map((column) => String(new Map<string, unknown>(Object.entries(Object(row))).get(column) ?? '')),
    );
    return [[field, table(`enriching/${profile.id}-${keyColumn(field)}.csv`, [columns.map(keyColumn), ...texts])]];
  });
  return Object.fromEntries(said);
}

/** What a declaration is comes before what it says; the rest as the database gives it back. */
function headFirst({ id, ...rest }: Declared): object {
  const { format, zone, ...more } = rest;
  return { id, ...(format === undefined ? {} : { format }), ...(zone === undefined ? {} : { zone }), ...more };
}

/** Keys in the order of the reference; those of plain declarations as they are. */
function inOrder(value: unknown, { inner }: Pick<Shape<unknown>, 'inner'>): unknown {
  if (inner === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inOrder(item, { inner }));
  const entries = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    Object.entries(inner).flatMap(([key, field]) => (entries.has(key) ? [[key, inOrder(entries.get(key), field.shape)]] : [])),
  );
}

function byId<T extends { readonly id: string }>(objects: readonly T[]): readonly T[] {
  return [...objects].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function byVersion(a: Pick<Agreement, 'id' | 'validFrom'>, b: Pick<Agreement, 'id' | 'validFrom'>): number {
  const [x, y] = [`${a.id}@${a.validFrom}`, `${b.id}@${b.validFrom}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

function sayAgreement({ versionId: _, ...agreement }: Agreement): object {
  const { id, name, account, zone, currency, validFrom, validTo, ...rest } = agreement;
  return { id, name, account, zone, currency, validFrom, ...(validTo === undefined ? {} : { validTo }), ...rest };
}

function sayCalendar({ id, dates }: { readonly id: string; readonly dates: readonly string[] }, { origins }: Setup): object {
  const origin = origins.calendars.get(id);
  if (origin === undefined) return { id, dates };
  const { country, region, fromYear, toYear, add, remove } = origin;
  return {
    id,
    country,
    ...(region === undefined ? {} : { region }),
    ...(fromYear === FIRST_HOLIDAY_YEAR && toYear === LAST_HOLIDAY_YEAR ? {} : { years: { from: fromYear, to: toYear } }),
    ...(add.length === 0 ? {} : { add }),
    ...(remove.length === 0 ? {} : { remove }),
  };
}

function sayTimeBands({ id, calendar, bands }: TimeBandSet): object {
  return { id, ...(calendar === undefined ? {} : { calendar }), bands: bands.map(sayBand) };
}

function sayBand({ name, ranges, otherwise }: TimeBand): object {
  const said = ranges.map(({ days, fromMinute, toMinute }) => ({ days, from: clock(fromMinute), to: clock(toMinute) }));
  return { name, ...(said.length === 1 ? said[0] : said.length === 0 ? {} : { ranges: said }), ...(otherwise ? { otherwise } : {}) };
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function sayTariff(tariff: Tariff, zone: string): object {
  const { id, name, service, currency, per, timeBands, codeDeck, withoutCaller, charged, messageUnit, volume, ratesBy, defaults } = tariff;
  const isMessage = service === 'sms' || service === 'mms';
  const usualVolume = volume.count === 'both' && volume.roundUpToBytes === 1 && volume.per === 'session';
  return {
    id,
    name,
    service,
    currency,
    ...(per === usualPer(service) ? {} : { per: unitName(per, service === 'data' ? byteUnits : secondUnits) }),
    ...(zone === 'UTC' ? {} : { zone }),
    ...(timeBands === undefined ? {} : { timeBands }),
    ...(codeDeck === undefined ? {} : { codeDeck }),
    ...(withoutCaller === 'ignore' ? {} : { withoutCaller }),
    ...(tariff.portability === undefined ? {} : { portability: tariff.portability }),
    ...(charged === 'submitted' && !isMessage ? {} : { charged }),
    ...(messageUnit === 'part' && !isMessage ? {} : { messageUnit }),
    ...(usualVolume && service !== 'data'
      ? {}
      : { volume: { count: volume.count, roundUpTo: unitName(volume.roundUpToBytes, byteUnits), per: volume.per } }),
    ...(ratesBy === 'files' ? {} : { ratesBy }),
    ...(defaults === undefined ? {} : { defaults: sayTerms(defaults) }),
  };
}

function unitName(size: number, units: ReadonlyMap<string, number>): string | number {
  for (const [name, value] of units) if (value === size) return name;
  return size;
}

/** Block style, with short lists and maps of plain values in one line. */
function yamlText(value: object): string {
  const document = new Document(value);
  visit(document, {
    Collection: (key, node) => {
      if (key === null) return;
      if (isPlain(node) && JSON.stringify(node.toJSON()).length <= 100 && (isSeq(node) || !('id' in (node.toJSON() as object))))
        node.flow = true;
    },
    Scalar: (_, node) => {
      // A local time would be read as text either way; quotes keep other YAML readers from making it a number.
      if (typeof node.value === 'string' && /^\d\d:\d\d$/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** A list or map with nothing but plain values in it, or maps of plain values in a short list. */
function isPlain(node: Node): boolean {
  if (isSeq(node)) return node.items.every((item) => item instanceof Scalar);
  return isMap(node) && node.items.every(({ value }) => value instanceof Scalar || (isSeq(value) && isPlain(value)));
}
