import type { Decimal } from '../../money/decimal.ts';
import { compareDecimals, decimal, formatDecimal, trimDecimal } from '../../money/decimal.ts';
import type { RateTerms } from '../tariff.ts';
import type { ColumnsView } from './columns-view.ts';
import type { Findings } from './findings.ts';
import type { SheetColumn } from './header.ts';
import type { Increments } from './increments.ts';
import { looksLikeDate, parseIncrements, parseSeconds } from './increments.ts';
import type { DecimalMark } from './numbers.ts';
import { currencyFits, decimalsWritten, parseMoney } from './numbers.ts';
import type { SheetRow } from './sheet.ts';
import type { SheetContext } from './sheet-rate.ts';
import { saysClosed } from './words.ts';

/** A rate keeps at most so many decimals. */
const MOST_DECIMALS = 12;
const ABSURD = decimal('1000000');

/** The columns of a row that make its terms, besides the price. */
export interface TermsTexts {
  readonly increments: string;
  readonly firstSeconds: string;
  readonly nextSeconds: string;
  readonly setupFee: string;
  readonly minimumCharge: string;
}

export type PriceRead = { readonly closed: true } | { readonly closed: false; readonly price: Decimal };

/** Reads the money and increments of rows. Remembers terms, because a sheet has far fewer of them than rows. */
export class PriceReader {
  readonly #view: ColumnsView;
  readonly #context: SheetContext;
  readonly #mark: DecimalMark;
  readonly #findings: Findings;
  /** Digits that a column's unit moves the point: 2 when it is in cents. */
  readonly #cents = new Map<number, number>();
  readonly #prices = new Map<string, PriceRead>();
  /** By price, and by the other columns. */
  readonly #known = new Map<Decimal, Map<string, RateTerms>>();

  constructor(view: ColumnsView, context: SheetContext, mark: DecimalMark, findings: Findings) {
    this.#view = view;
    this.#context = context;
    this.#mark = mark;
    this.#findings = findings;
    for (const column of view.columns) if (isInCents(column.header)) this.#cents.set(column.index, 2);
  }

  /** The price in a cell that is not empty; undefined when it is at fault, which is then reported. */
  price(row: SheetRow, column: SheetColumn, text: string): PriceRead | undefined {
    const key = `${column.index} ${this.#view.kindAt(row, column)} ${text}`;
    const known = this.#prices.get(key);
    if (known !== undefined) return known;
    const read = this.#readPrice(row, column, text);
    if (read !== undefined) this.#prices.set(key, read);
    return read;
  }

  #readPrice(row: SheetRow, column: SheetColumn, text: string): PriceRead | undefined {
    if (this.#view.kindAt(row, column) !== 'number' && saysClosed(text)) return { closed: true };
    const price = this.#money(row, column, text);
    return price === undefined ? undefined : { closed: false, price };
  }

  /** The terms of a row at a price; undefined when one of its other columns is at fault. */
  terms(row: SheetRow, price: Decimal, next: Decimal | undefined, texts: TermsTexts): RateTerms | undefined {
    const { increments, firstSeconds, nextSeconds, setupFee, minimumCharge } = texts;
    const key = `${increments}|${firstSeconds}|${nextSeconds}|${setupFee}|${minimumCharge}|${next === undefined ? '' : formatDecimal(next)}`;
    let ofPrice = this.#known.get(price);
    if (ofPrice === undefined) {
      ofPrice = new Map();
      this.#known.set(price, ofPrice);
    }
    const known = ofPrice.get(key);
    if (known !== undefined) return known;
    const terms = this.#read(row, price, next, texts);
    if (terms !== undefined) ofPrice.set(key, terms);
    return terms;
  }

  #read(row: SheetRow, price: Decimal, next: Decimal | undefined, texts: TermsTexts): RateTerms | undefined {
    const increments = this.#increments(row, texts);
    if (increments === 'fault') return undefined;
    const setupFee = this.#fee(row, 'setupFee', texts.setupFee);
    const minimumCharge = this.#fee(row, 'minimumCharge', texts.minimumCharge);
    if (setupFee === 'fault' || minimumCharge === 'fault') return undefined;
    const stepped = next !== undefined && compareDecimals(price, next) !== 0;
    if (stepped && increments === undefined) {
      const message = `the first increment costs ${formatDecimal(price)} and the next ${formatDecimal(next)}, but no column says how long they are: give --increments`;
      this.#findings.fault('rate-sheet.increments', message, this.#view.placeOf(row, 'nextPrice', formatDecimal(next)));
      return undefined;
    }
    const { setupFee: usualSetupFee, minimumCharge: usualMinimum, steps: usualSteps, ...usual } = this.#context.defaults;
    const [ownSetupFee, ownMinimum] = [feeOr(setupFee, usualSetupFee), feeOr(minimumCharge, usualMinimum)];
    return {
      ...usual,
      ...(usualSteps === undefined || next !== undefined ? {} : { steps: usualSteps }),
      price,
      ...(increments === undefined ? {} : { firstSeconds: increments.first, nextSeconds: increments.next }),
      ...(ownSetupFee === undefined ? {} : { setupFee: ownSetupFee }),
      ...(ownMinimum === undefined ? {} : { minimumCharge: ownMinimum }),
      ...(stepped && increments !== undefined
        ? { steps: [{ fromSeconds: increments.first, price: next, firstSeconds: increments.next, nextSeconds: increments.next }] }
        : {}),
    };
  }

  #increments(row: SheetRow, texts: TermsTexts): Increments | undefined | 'fault' {
    if (texts.increments !== '') {
      const read = this.#view.kind(row, 'increments') === 'date' ? undefined : parseIncrements(texts.increments);
      if (read === undefined) this.#incrementsFault(row, 'increments', texts.increments);
      return read ?? 'fault';
    }
    if (texts.firstSeconds === '' && texts.nextSeconds === '') return this.#context.given.increments ?? this.#usualIncrements();
    // Some sheets write 60/60 into one of two columns.
    const whole = parseIncrements(texts.firstSeconds === '' ? texts.nextSeconds : texts.firstSeconds);
    const first = texts.firstSeconds === '' ? whole?.first : (parseSeconds(texts.firstSeconds) ?? whole?.first);
    const next = texts.nextSeconds === '' ? whole?.next : parseSeconds(texts.nextSeconds);
    if (first !== undefined && next !== undefined) return { first, next };
    if (first === undefined) this.#incrementsFault(row, 'firstSeconds', texts.firstSeconds);
    else this.#incrementsFault(row, 'nextSeconds', texts.nextSeconds);
    return 'fault';
  }

  #usualIncrements(): Increments | undefined {
    const { firstSeconds, nextSeconds } = this.#context.defaults;
    return firstSeconds === undefined || nextSeconds === undefined ? undefined : { first: firstSeconds, next: nextSeconds };
  }

  #incrementsFault(row: SheetRow, field: 'increments' | 'firstSeconds' | 'nextSeconds', text: string): void {
    const damaged = this.#view.kind(row, field) === 'date' || looksLikeDate(text);
    const message = damaged
      ? 'a spreadsheet program has turned these increments into a date: 1/1 became 1 January'
      : 'not an increment: 60/60, 1/1, 30/6 or whole seconds from 1 to 86400';
    this.#findings.fault('rate-sheet.increments', message, this.#view.placeOf(row, field, text));
  }

  /** Undefined when the row does not say. */
  #fee(row: SheetRow, field: 'setupFee' | 'minimumCharge', text: string): Decimal | undefined | 'none' | 'fault' {
    const column = this.#view.column(field);
    if (column === undefined || text === '') return undefined;
    if (text === '-') return 'none';
    const fee = this.#money(row, column, text);
    if (fee === undefined) return 'fault';
    return fee.units === 0n ? 'none' : fee;
  }

  #money(row: SheetRow, column: SheetColumn, text: string): Decimal | undefined {
    const place = this.#view.place(row, column, text);
    const mark = this.#view.kindAt(row, column) === 'number' ? 'point' : this.#mark;
    const cents = this.#cents.get(column.index) ?? (text.includes('¢') ? 2 : 0);
    const money = parseMoney(text, mark);
    if (money === undefined) {
      const decimals = decimalsWritten(text, mark);
      if (decimals > MOST_DECIMALS) this.#tooManyDecimals(decimals, place);
      else if (/^\d+(?:[.,]\d+)?E[-+]?\d+$/i.test(text)) {
        const message = 'a spreadsheet program has shortened this price to scientific notation, so digits may be lost';
        this.#findings.fault('rate-sheet.price', message, place);
      } else this.#findings.fault('rate-sheet.price', `not a price${mark === 'comma' ? ' (the sheet has decimal commas)' : ''}`, place);
      return undefined;
    }
    if (money.currency !== undefined && !currencyFits(money.currency, this.#context.currency)) {
      this.#findings.fault('rate-sheet.currency', `the price is in ${money.currency}, the tariff in ${this.#context.currency}`, place);
      return undefined;
    }
    const value = { units: money.value.units, scale: money.value.scale + cents };
    const needed = trimDecimal(value).scale;
    if (needed > MOST_DECIMALS) this.#tooManyDecimals(needed, place);
    else if (value.units < 0n) this.#findings.fault('rate-sheet.price-negative', 'a price below zero', place);
    else if (compareDecimals(value, ABSURD) > 0) this.#findings.fault('rate-sheet.price-absurd', 'a price above 1,000,000', place);
    else return trimDecimal(value, Math.min(money.value.scale, MOST_DECIMALS));
    return undefined;
  }

  #tooManyDecimals(decimals: number, place: Parameters<Findings['fault']>[2]): void {
    const message = `the price has ${decimals} decimals and a rate at most ${MOST_DECIMALS}: probably the result of a division`;
    this.#findings.fault('rate-sheet.price-decimals', message, place);
  }
}

function feeOr(said: Decimal | 'none' | undefined, usual: Decimal | undefined): Decimal | undefined {
  return said === 'none' ? undefined : (said ?? usual);
}

function isInCents(header: string): boolean {
  return /¢|\b(us|euro?)?[- ]?cents?\b|\bcts?\b|\bpence\b|\bcentimes?\b|\bc[eé]ntimos?\b|\bcentesimi\b/i.test(header);
}

/** The unit that a price header names, as the tariff's `per`: 60 for a minute, 1 for a second. Undefined when it names none. */
export function unitOfHeader(header: string): number | undefined {
  const words = header.toLowerCase();
  if (/(\/|\bper|\bpro|\bpar|\bpor)\s*(s|secs?|seconds?|sekunde|seconde|segundo)\b/.test(words)) return 1;
  if (/(\/|\bper|\bpro|\bpar|\bpor|\bal|\bau)\s*(m|mins?|minutes?|minuto|minuten)\b|\bp[pm]m\b|\brpm\b/.test(words)) return 60;
  return undefined;
}
