import type { NoticeDefinition } from '#core/catalog/notice.ts';
import type { AddOnDefinition, AllowanceDefinition, PlanDefinition } from '#core/catalog/plan.ts';
import type { BinSet, EnrichmentProfile, NumberTableDeclaration } from '#core/enrichment/profile.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { CodeDeck } from '#core/tariffs/tariff.ts';
import type { TaxRateDeclaration, TaxRuleDeclaration, WithholdingDeclaration } from '#core/tax/rules.ts';
import type { Correlation } from '#core/usage/correlation.ts';
import type { ScreeningRule } from '#core/usage/screening.ts';

/** All that a folder of configuration files says. */
export interface Setup {
  readonly book: Book;
  /** How the files of switches are written, as data that the usage room understands. */
  readonly formats: readonly Declared[];
  /** Where usage comes from, as data that the usage room understands. */
  readonly sources: readonly Declared[];
  /** How partners write their rate sheets, as data that the rates room understands. */
  readonly rateTemplates: readonly Declared[];
  readonly numberTables: readonly NumberTableDeclaration[];
  readonly bins: readonly BinSet[];
  readonly enrichments: readonly EnrichmentProfile[];
  readonly correlations: readonly Correlation[];
  readonly screening: readonly ScreeningRule[];
  /** The user's own, besides those that are shipped and loaded. */
  readonly taxRules: readonly TaxRuleDeclaration[];
  readonly taxRates: readonly TaxRateDeclaration[];
  readonly withholdingRules: readonly WithholdingDeclaration[];
  readonly allowances: readonly AllowanceDefinition[];
  readonly addOns: readonly AddOnDefinition[];
  /** Retail plans of online charging. */
  readonly plans: readonly PlanDefinition[];
  /** What customers are told. */
  readonly notices: readonly NoticeDefinition[];
  readonly origins: Origins;
}

/** An object whose form another subject checks: its id, and all it says. */
export interface Declared {
  readonly id: string;
  readonly [key: string]: unknown;
}

/** What objects were made from, where the book holds only the result. Needed to write the files again. */
export interface Origins {
  readonly calendars: ReadonlyMap<string, CalendarOrigin>;
  readonly codeDecks: ReadonlyMap<string, CodeDeckOrigin>;
  readonly tariffs: ReadonlyMap<string, TariffOrigin>;
}

/** A calendar that takes the public holidays of a country. */
export interface CalendarOrigin {
  readonly country: string;
  readonly region?: string;
  readonly fromYear: number;
  readonly toYear: number;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** A deck that begins with the world deck. */
export interface CodeDeckOrigin {
  readonly base: 'world';
  readonly codes: CodeDeck['codes'];
  readonly remove: readonly string[];
}

export interface TariffOrigin {
  /** Zone of the dates in its rates. */
  readonly zone: string;
}

/** The kinds of objects, in the order in which they are read, shown and written. */
export const kinds = [
  'legalEntities',
  'parties',
  'accounts',
  'trunks',
  'agreements',
  'calendars',
  'timeBands',
  'originSets',
  'codeDecks',
  'tariffs',
  'formats',
  'sources',
  'rateTemplates',
  'numberTables',
  'bins',
  'enrichments',
  'correlations',
  'screening',
  'taxRules',
  'taxRates',
  'withholdingRules',
  'allowances',
  'addOns',
  'plans',
  'notices',
] as const;
export type Kind = (typeof kinds)[number];
