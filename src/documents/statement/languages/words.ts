/** What the document of a statement says in a language besides its sentences: labels of the template, and the words of prices. */
import type { StatementWords } from '#core/settlement/statement-words.ts';
import type { Tiers } from '#core/tariffs/tariff.ts';

export interface StatementTexts {
  /** Between thousands, and before decimals. */
  readonly separators: { readonly group: string; readonly decimal: string };
  readonly labels: Readonly<
    Record<
      | 'title'
      | 'provisional'
      | 'to'
      | 'dueTo'
      | 'net'
      | 'destination'
      | 'increments'
      | 'amount'
      | 'total'
      | 'noUsage'
      | 'notes'
      | 'page'
      | 'agreement'
      | 'account'
      | 'period'
      | 'zone'
      | 'currency'
      | 'date'
      | 'taxId',
      string
    >
  >;
  readonly words: StatementWords;
  readonly prices: PriceTexts;
}

/** What core/settlement/rate-words.ts says in English, with places for figures and names. */
export interface PriceTexts {
  /** The price that stands at place `{n}` of the price column. */
  readonly nth: string;
  readonly step: string;
  readonly tier: string;
  readonly tierPart: string;
  readonly tierAll: string;
  readonly windows: Readonly<Record<Tiers['period'], string>>;
  readonly sizeUpTo: string;
  readonly sizeLarger: string;
  readonly share: string;
  readonly shareLess: string;
  readonly grace: string;
  readonly free: string;
  /** By its English words. */
  readonly clauses: Readonly<Record<'setup fee' | 'attempt fee' | 'disconnect fee' | 'surcharge' | 'at least' | 'at most', string>>;
  readonly callers: string;
  readonly callersOutside: string;
  readonly callersIn: string;
  readonly trunk: string;
  readonly ratingGroup: string;
  readonly apn: string;
  /** By its English words; units not here are the same in all languages. */
  readonly units: Readonly<Record<'min' | 's' | 'h' | 'message' | 'messages' | 'unit' | 'units' | 'charged' | 'byte' | 'bytes', string>>;
}
