/** Why a line is adjusted, said in the document's language: drafts have it in English, from texts that can be told again. */
import { parseDecimal } from '#core/money/decimal.ts';
import { filled, type ToldPart, tellAdjustment, tellPart } from '#core/settlement/adjustment-texts.ts';
import { parseStatementPeriod, readWrittenPeriod } from '#core/settlement/statement-period.ts';
import type { Figures } from './figures.ts';
import { type AdjustmentWords, adjustmentWordsOf } from './languages/adjustments.ts';
import type { InvoiceWords } from './languages/words.ts';

/** What none of our texts made, as a person's own words, stays as it is. */
export function adjustmentWords(explanation: string, words: InvoiceWords, figures: Figures): string {
  const told = tellAdjustment(explanation);
  if (told === undefined) return explanation;
  const { again } = adjustmentWordsOf[figures.language];
  const parts = told.parts.map((part) => partWords(part, words, figures));
  const of = told.of === undefined ? '' : `${isolated(told.of.name, words)}, ${figures.period(told.of.window)}: `;
  return `${of}${parts.join(words.direction === 'rtl' ? '؛ ' : '; ')}.${told.again === undefined ? '' : ` ${again[told.again]}`}`;
}

/** What a line is called that a text of ours made, as a gross-up; undefined for other names. */
export function titleWords(description: string, words: InvoiceWords, figures: Figures): string | undefined {
  const told = tellPart(description);
  return told === undefined ? undefined : partWords(told, words, figures);
}

function partWords({ text, values }: ToldPart, words: InvoiceWords, figures: Figures): string {
  const { texts, units } = adjustmentWordsOf[figures.language];
  const said = Object.entries(values).map(([name, value]) => [name, valueWords(name, value, words, figures, units)]);
  return filled(texts[text], Object.fromEntries(said));
}

/** `carried forward from 2026-10` as statements call what earlier ones came to; undefined for other names. */
export function carriedWords(name: string, figures: Figures): string | undefined {
  const [, label] = /^carried forward from (\S+)$/.exec(name) ?? [];
  const period = label === undefined ? undefined : parseStatementPeriod(label);
  return period?.ok === true ? filled(adjustmentWordsOf[figures.language].carried, { period: figures.period(period.value) }) : undefined;
}

function valueWords(name: string, value: string, words: InvoiceWords, figures: Figures, units: AdjustmentWords['units']): string {
  if (name === 'of') return isolated(value, words);
  if (name === 'window') {
    const window = readWrittenPeriod(value);
    return window === undefined ? value : figures.period(window);
  }
  const [, figure = '', repeated, unit] = /^([^( …]*)(\(\d+\)|…)?(?: ([A-Za-z]+))?$/.exec(value) ?? [];
  const number = parseDecimal(figure.replace(/,/g, '').replace('−', '-'));
  if (number === undefined) return value;
  const said = unit === 'min' ? words.units.min : unit === 'messages' || unit === 'units' || unit === 'charged' ? units[unit] : unit;
  // Digits that repeat for ever are cut.
  return `${figures.exact(number)}${repeated === undefined ? '' : '…'}${said === undefined ? '' : `\u00a0${said}`}`;
}

/** From right to left, a name in Latin letters is one piece. */
function isolated(name: string, { direction }: InvoiceWords): string {
  return direction === 'rtl' ? `\u2068${name}\u2069` : name;
}
