/**
 * A setup as a list of objects with plain bodies, which is how they are compared and stored, and
 * back. A body is JSON: the object as `src/core` has it, without its rates, money as text, and with `from`: what it
 * was made of, where the book holds only the result.
 */
import type { Agreement } from '#core/agreements/agreements.ts';
import type { NoticeDefinition } from '#core/catalog/notice.ts';
import type { AddOnDefinition, AllowanceDefinition, PlanDefinition } from '#core/catalog/plan.ts';
import type { BinSet, EnrichmentProfile, NumberTableDeclaration } from '#core/enrichment/profile.ts';
import type { Account, LegalEntity, Party, Trunk } from '#core/parties/parties.ts';
import type { CodeDeck, OriginSet, Rate, Tariff } from '#core/tariffs/tariff.ts';
import type { TaxRateDeclaration, TaxRuleDeclaration, WithholdingDeclaration } from '#core/tax/rules.ts';
import type { HolidayCalendar, TimeBandSet } from '#core/time/time-bands.ts';
import type { Correlation } from '#core/usage/correlation.ts';
import type { ScreeningRule } from '#core/usage/screening.ts';
import type { CalendarOrigin, CodeDeckOrigin, Declared, Kind, Origins, Setup, TariffOrigin } from './setup.ts';
import { type RateDefaultsJson, rateDefaultsJson, readRateDefaults } from './terms-json.ts';

export interface ConfiguredObject {
  readonly kind: Kind;
  /** The id; of agreements and plans `id@validFrom`. */
  readonly key: string;
  readonly body: object;
}

export interface StoredObject extends ConfiguredObject {
  /** Number of this version in the database. */
  readonly versionId: number;
}

export function agreementKey({ id, validFrom }: Pick<Agreement | PlanDefinition, 'id' | 'validFrom'>): string {
  return `${id}@${validFrom}`;
}

/** All objects of a setup, kind by kind. Rates are not among them. */
export function objectsOf({
  book,
  formats,
  sources,
  rateTemplates,
  numberTables,
  bins,
  enrichments,
  correlations,
  screening,
  taxRules,
  taxRates,
  withholdingRules,
  allowances,
  addOns,
  plans,
  notices,
  origins,
}: Setup): readonly ConfiguredObject[] {
  const plain = (kind: Kind, objects: readonly { readonly id: string }[]): ConfiguredObject[] =>
    objects.map((body) => ({ kind, key: body.id, body }));
  return [
    ...plain('legalEntities', book.legalEntities),
    ...plain('parties', book.parties),
    ...plain('accounts', book.accounts),
    ...plain('trunks', book.trunks),
    ...book.agreements.map((agreement): ConfiguredObject => {
      const { versionId: _, ...body } = agreement;
      return { kind: 'agreements', key: agreementKey(agreement), body };
    }),
    ...book.calendars.map(
      (calendar): ConfiguredObject => ({
        kind: 'calendars',
        key: calendar.id,
        body: withOrigin(calendar, origins.calendars.get(calendar.id)),
      }),
    ),
    ...plain('timeBands', book.timeBands),
    ...plain('originSets', book.originSets),
    ...book.codeDecks.map(
      (deck): ConfiguredObject => ({ kind: 'codeDecks', key: deck.id, body: withOrigin(deck, origins.codeDecks.get(deck.id)) }),
    ),
    ...book.tariffs.map((tariff): ConfiguredObject => {
      const { rates: _, defaults, ...plainly } = tariff;
      const body = defaults === undefined ? plainly : { ...plainly, defaults: rateDefaultsJson(defaults) };
      return { kind: 'tariffs', key: tariff.id, body: withOrigin(body, origins.tariffs.get(tariff.id)) };
    }),
    ...plain('formats', formats),
    ...plain('sources', sources),
    ...plain('rateTemplates', rateTemplates),
    ...plain('numberTables', numberTables),
    ...plain('bins', bins),
    ...plain('enrichments', enrichments),
    ...plain('correlations', correlations),
    ...plain('screening', screening),
    ...plain('taxRules', taxRules),
    ...plain('taxRates', taxRates),
    ...plain('withholdingRules', withholdingRules),
    ...plain('allowances', allowances),
    ...plain('addOns', addOns),
    ...plans.map((plan): ConfiguredObject => {
      const { versionId: _, ...body } = plan;
      return { kind: 'plans', key: agreementKey(plan), body };
    }),
    ...plain('notices', notices),
  ];
}

function withOrigin(body: object, from: object | undefined): object {
  return from === undefined ? body : { ...body, from };
}

type TariffBody = Omit<Tariff, 'rates' | 'defaults'> & { readonly defaults?: RateDefaultsJson };

/** The setup that stored objects and the rates of their tariffs make. Bodies are trusted: only objectsOf wrote them. */
export function setupOf(objects: readonly StoredObject[], rates: ReadonlyMap<string, readonly Rate[]>): Setup {
  const of = <T>(kind: Kind): readonly T[] => objects.filter((object) => object.kind === kind).map(({ body }) => body as T); // see above
  const origins = <T>(kind: Kind): ReadonlyMap<string, T> =>
    new Map(
      of<{ readonly id: string; readonly from?: T }>(kind).flatMap(({ id, from }): [string, T][] =>
        from === undefined ? [] : [[id, from]],
      ),
    );
  const without = <T extends object>(kind: Kind): readonly T[] =>
    of<T & { readonly from?: unknown }>(kind).map((body) => {
      const { from: _, ...rest } = body;
      return rest as unknown as T; // T has no `from` of its own
    });
  const made: Origins = {
    calendars: origins<CalendarOrigin>('calendars'),
    codeDecks: origins<CodeDeckOrigin>('codeDecks'),
    tariffs: origins<TariffOrigin>('tariffs'),
  };
  return {
    book: {
      legalEntities: of<LegalEntity>('legalEntities'),
      parties: of<Party>('parties'),
      accounts: of<Account>('accounts'),
      trunks: of<Trunk>('trunks'),
      agreements: objects.filter(({ kind }) => kind === 'agreements').map(({ body, versionId }) => ({ ...(body as Agreement), versionId })), // see above
      calendars: without<HolidayCalendar>('calendars'),
      timeBands: of<TimeBandSet>('timeBands'),
      originSets: of<OriginSet>('originSets'),
      codeDecks: without<CodeDeck>('codeDecks'),
      tariffs: without<TariffBody>('tariffs').map(({ defaults, ...tariff }) => ({
        ...tariff,
        ...(defaults === undefined ? {} : { defaults: readRateDefaults(defaults) }),
        rates: rates.get(tariff.id) ?? [],
      })),
    },
    formats: of<Declared>('formats'),
    sources: of<Declared>('sources'),
    rateTemplates: of<Declared>('rateTemplates'),
    numberTables: of<NumberTableDeclaration>('numberTables'),
    bins: of<BinSet>('bins'),
    enrichments: of<EnrichmentProfile>('enrichments'),
    correlations: of<Correlation>('correlations'),
    screening: of<ScreeningRule>('screening'),
    taxRules: of<TaxRuleDeclaration>('taxRules'),
    taxRates: of<TaxRateDeclaration>('taxRates'),
    withholdingRules: of<WithholdingDeclaration>('withholdingRules'),
    allowances: of<AllowanceDefinition>('allowances'),
    addOns: of<AddOnDefinition>('addOns'),
    plans: objects.filter(({ kind }) => kind === 'plans').map(({ body, versionId }) => ({ ...(body as PlanDefinition), versionId })), // see above
    notices: of<NoticeDefinition>('notices'),
    origins: made,
  };
}
