/** What a statement says around its figures, and how a language writes figures and days. English here; documents have others. */
import type { RoundingMode } from '../money/rounding.ts';
import type { Period } from '../time/period.ts';
import type { PricedTerms } from './priced-terms.ts';
import type { StatedService } from './statement.ts';
import { writeDate, writePeriod } from './statement-period.ts';

/** Sentences with places for figures and names in braces. */
export interface StatementWords {
  readonly services: Readonly<Record<StatedService, string>>;
  readonly pays: string;
  readonly nothingToPay: string;
  readonly due: string;
  readonly headings: Readonly<
    Record<
      | 'rate'
      | 'calls'
      | 'answered'
      | 'minutes'
      | 'billedMinutes'
      | 'messages'
      | 'delivered'
      | 'parts'
      | 'billed'
      | 'sessions'
      | 'events'
      | 'units'
      | 'quantity',
      string
    >
  >;
  readonly adjustment: string;
  readonly notAnswered: string;
  readonly validFrom: string;
  readonly everyLine: string;
  readonly everyUsageLine: string;
  readonly lines: string;
  readonly moreLines: string;
  /** Calls that continue in another time band: one, several, and the rest without them. */
  readonly split: Readonly<Record<'one' | 'many' | 'withoutIt' | 'withoutThem', string>>;
  readonly notes: Readonly<
    Record<
      | 'provisional'
      | 'knownAt'
      | 'days'
      | 'charged'
      | 'chargedUnderTerms'
      | 'rounded'
      | 'termsOf'
      | 'zoneOf'
      | 'minutes'
      | 'split'
      | 'oneCurrency'
      | 'currencies'
      | 'and'
      | 'toPay'
      | 'toPayLatest',
      string
    >
  >;
  readonly rounding: Readonly<Record<RoundingMode, string>>;
  readonly seconds: Readonly<Record<PricedTerms['seconds'], string>>;
  readonly bands: Readonly<Record<PricedTerms['bands'], string>>;
}

/** A language that statements are written in. */
export interface StatementLanguage {
  readonly words: StatementWords;
  /** A figure that is written as `−1,234.50`; prices as `0.02 / 0.015`. */
  figure(text: string): string;
  day(day: string): string;
  /** Of the first day of a price, in a line. */
  shortDay(day: string): string;
  period(period: Period): string;
  /** Words that core/settlement/rate-words.ts makes: of a price, of what a rate matches, and what its price is for. */
  term(text: string): string;
  condition(text: string): string;
  unit(text: string): string;
  /** How an adjustment came about, and what its line is called. */
  explanation(text: string): string;
  title(text: string): string;
  /** A name among words of the language. */
  name(text: string): string;
}

/** Puts values into a sentence. */
export function said(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

const same = (text: string): string => text;

export const englishStatement: StatementLanguage = {
  ...{ figure: same, shortDay: same, term: same, condition: same, unit: same, explanation: same, title: same, name: same },
  day: writeDate,
  period: writePeriod,
  words: {
    services: { voice: 'Voice', sms: 'SMS', mms: 'MMS', data: 'Data', content: 'Content', event: 'Events', fee: 'Fees' },
    pays: '{payer} pays {payee}',
    nothingToPay: 'Nothing is to be paid',
    due: 'Due from {from} to {to}',
    headings: {
      ...{ rate: 'Rate', calls: 'Calls', answered: 'Answered', minutes: 'Minutes', billedMinutes: 'Billed min', messages: 'Messages' },
      ...{ delivered: 'Delivered', parts: 'Parts', billed: 'Billed', sessions: 'Sessions', events: 'Events', units: 'Units' },
      quantity: 'Quantity',
    },
    adjustment: 'Adjustment',
    notAnswered: 'Not answered, no rate',
    validFrom: 'from {day}',
    everyLine: 'Every line',
    everyUsageLine: 'Every line but adjustments',
    lines: 'Lines {numbers}',
    moreLines: '({count} lines)',
    split: {
      one: 'one call continues in another time band, at its rate: {part} in all',
      many: '{count} calls continue in another time band, at its rate: {part} in all',
      withoutIt: 'without it {part}',
      withoutThem: 'without them {part}',
    },
    notes: {
      provisional: 'Provisional: the period was not over when this was made on {day}.',
      knownAt: 'Only what was booked by {instant} is counted.',
      days: 'A call belongs to the local day on which it began. Days and time bands are those of {zone}: the period runs from {from} up to {to}.',
      charged: 'Each charge was computed exactly and {terms}. Totals are sums of these charges.',
      chargedUnderTerms: 'Each charge was computed exactly, under the terms that priced it. Totals are sums of these charges.',
      rounded: 'rounded once, {mode}, to {decimals} decimals',
      termsOf: '{days}, {events} charged events ({name}): {terms}.',
      zoneOf: 'days of {zone}',
      minutes: 'Minutes are shown rounded to two decimals; amounts are computed from seconds.',
      split:
        'A call is on the line of the time band in which it began, also when it continues in another band, whose rate prices that part. ' +
        'Minutes × rate is not the amount of such a call; the line says how many there are and what they cost, the detail file marks each.',
      oneCurrency: 'All amounts are in {currency}. Nothing was converted.',
      currencies: 'Amounts in {currencies} stand side by side: nothing was converted, and currencies are not set off against each other.',
      and: ' and ',
      toPay: 'What is to be paid is the net, rounded {mode} to the decimals in which the currency is paid.',
      toPayLatest:
        'What is to be paid is the net, rounded {mode} as the latest charges were, to the decimals in which the currency is paid.',
    },
    rounding: {
      ...{ 'half-up': 'half up', 'half-even': 'half to even', 'half-down': 'half down', up: 'up (away from zero)' },
      ...{ down: 'down (towards zero)', ceiling: 'to the next higher', floor: 'to the next lower' },
    },
    seconds: {
      'as-given': 'seconds of a call as recorded',
      ceil: 'seconds of a call rounded up to whole ones',
      nearest: 'seconds of a call rounded to the nearest whole one',
    },
    bands: {
      start: 'the time band in which a call began prices all of it',
      split: 'each part of a call is priced by the time band in which it lies',
    },
  },
};
