/** Rates of exchange from files: the ECB's CSV (of a day and of all days) and XML, and a plain table. */
import { readCurrency } from '#core/money/currencies.ts';
import { parseDecimal } from '#core/money/decimal.ts';
import type { ExchangeRate } from '#core/money/exchange.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { isLocalDate } from '#core/time/zoned.ts';

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Rows of a CSV file, the header first. Columns `day, of, in, rate` in any order, or `Date` and one column for each currency per euro. */
export function readRateRows(rows: readonly Row[], source: string): Result<readonly ExchangeRate[]> {
  const [header, ...lines] = rows;
  const names = (header?.fields ?? []).map((name) => name.trim());
  const lower = names.map((name) => name.toLowerCase());
  const faults: Refusal[] = [];
  const rates: ExchangeRate[] = [];
  const take = (line: number, day: string, of: string, into: string, rate: string): void => {
    const read = rateOf(source, day, of, into, rate);
    if ('code' in read) faults.push({ ...read, at: { ...read.at, line } });
    else rates.push(read);
  };
  if (['day', 'of', 'in', 'rate'].every((name) => lower.includes(name))) {
    for (const { line, fields } of lines) {
      const cell = (name: string): string => fields[lower.indexOf(name)]?.trim() ?? '';
      if (fields.some((field) => field.trim() !== '')) take(line, cell('day'), cell('of'), cell('in'), cell('rate'));
    }
  } else if (lower[0] === 'date' && names.slice(1).every((name) => name === '' || /^[A-Z]{3}$/.test(name))) {
    for (const { line, fields } of lines) {
      const day = ecbDay(fields[0]?.trim() ?? '');
      for (const [index, name] of names.entries()) {
        const cell = fields[index]?.trim() ?? '';
        if (index > 0 && name !== '' && isCurrent(name) && cell !== '' && cell !== 'N/A') take(line, day, 'EUR', name, cell);
      }
    }
  } else {
    faults.push(
      refuse('exchange.file-wrong', 'neither a table of the ECB (Date, USD, …) nor one with the columns day, of, in, rate', { line: 1 }),
    );
  }
  return result(rates, faults);
}

/** Elements of the ECB's XML, one after the other: `Cube time="…"`, in it `Cube currency="USD" rate="1.0850"`. */
export class EcbXml {
  readonly #source: string;
  readonly #rates: ExchangeRate[] = [];
  readonly #faults: Refusal[] = [];
  #day = '';

  constructor(source: string) {
    this.#source = source;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name !== 'Cube') return;
    const { time = this.#day, currency, rate } = attributes;
    this.#day = time;
    if (currency === undefined || rate === undefined || !isCurrent(currency)) return;
    const read = rateOf(this.#source, this.#day, 'EUR', currency, rate);
    if ('code' in read) this.#faults.push(read);
    else this.#rates.push(read);
  }

  result(): Result<readonly ExchangeRate[]> {
    if (this.#rates.length === 0 && this.#faults.length === 0)
      this.#faults.push(refuse('exchange.file-wrong', 'no rates: expected the XML of the ECB (Cube time, currency, rate)'));
    return result(this.#rates, this.#faults);
  }
}

/** Checks one rate. */
export function rateOf(source: string, day: string, of: string, into: string, rate: string): ExchangeRate | Refusal {
  const wrong = (field: string, value: string, said: string): Refusal =>
    refuse('exchange.file-wrong', said, { field, value: value.slice(0, 120) });
  if (!isLocalDate(day)) return wrong('day', day, 'not a date such as 2026-10-30');
  for (const currency of [of, into]) if (!isCurrent(currency)) return wrong('currency', currency, 'not a currency of today');
  if (of === into) return wrong('currency', of, 'a currency has no rate to itself');
  const read = parseDecimal(rate);
  if (read === undefined || read.units <= 0n) return wrong('rate', rate, 'not a rate above zero such as 1.0850');
  return { source, day, of, in: into, rate: read };
}

/** Withdrawn currencies stand in the ECB's tables of all days; nothing is booked in them. */
function isCurrent(currency: string): boolean {
  return readCurrency(currency).kind === 'current';
}

/** `20 November 2026`, as the ECB writes the day in its daily table; others stay. */
function ecbDay(text: string): string {
  const match = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text);
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1;
  if (match === null || month === 0) return text;
  return `${match[3]}-${String(month).padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const SHOWN = 20;

function result(rates: readonly ExchangeRate[], faults: readonly Refusal[]): Result<readonly ExchangeRate[]> {
  return faults.length > 0 ? { ok: false, refusals: faults.slice(0, SHOWN) } : { ok: true, value: rates };
}
