/** The order of the parts of a date that is all digits: `03/04/2026`. */
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

export interface SheetDate {
  /** `2026-01-31`. */
  readonly date: string;
  /** `13:00:00`, when the cell has a time other than midnight. */
  readonly time?: string;
  /** `Z` or `+02:00`, when the cell names one. */
  readonly offset?: string;
}

const MONTHS = new Map<string, number>(
  [
    'jan january januar janner janv janvier ene enero gen gennaio janeiro',
    'feb february februar feber fev fevr fevrier febrero febbraio fevereiro',
    'mar march marz mrz mars marzo marco',
    'apr april avr avril abr abril aprile',
    'may mai mayo mag maggio maio',
    'jun june juni juin junio giu giugno junho',
    'jul july juli juil juillet julio lug luglio julho',
    'aug august aout ago agosto',
    'sep sept september septembre septiembre set settembre setembro',
    'oct october okt oktober octobre octubre ott ottobre out outubro',
    'nov november novembre noviembre novembro',
    'dec december dez dezember decembre dic diciembre dicembre dezembro',
  ].flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

const TIME = /(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?\s*(AM|PM)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const COMPACT = /^(20\d{2})(\d{2})(\d{2})(?!\d)/;
const NAMED_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:de |of )?(\p{L}{3,10})[-/., ]*(?:de )?(\d{4}|\d{2})(?!\d)/u;
const MONTH_FIRST = /^(\p{L}{3,10})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4})(?!\d)/u;

/**
 * Which order an all-digit date shows: `31/01/2026` is dmy, `01/31/2026` mdy, `03/04/2026` unclear,
 * `03.04.2026` dmy, because points stand for that order. Undefined when no order is needed.
 */
export function orderShown(text: string): DateOrder | 'unclear' | undefined {
  const match = YEAR_LAST.exec(text.trim());
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (match[2] === '.' || first > 12) return 'dmy';
  if (second > 12) return 'mdy';
  return first === second ? undefined : 'unclear';
}

/** Reads a date in the forms sheets have; all-digit dates with the year last in the given order. Undefined when it is none. */
export function parseSheetDate(text: string, order: DateOrder): SheetDate | undefined {
  const trimmed = text.trim();
  const found = dateAtBeginning(trimmed, order);
  if (found === undefined) return undefined;
  const time = TIME.exec(trimmed.slice(found.length));
  if (time === null || time.index !== 0) return undefined;
  const date = isoDate(found.year, found.month, found.day);
  if (date === undefined) return undefined;
  const clock = clockTime(time);
  if (clock === undefined) return undefined;
  const offset = time[5] === undefined ? undefined : /^(z|utc|gmt)$/i.test(time[5]) ? 'Z' : time[5].replace(/^(.\d\d):?(\d\d)$/, '$1:$2');
  return { date, ...(clock === '00:00:00' ? {} : { time: clock }), ...(offset === undefined ? {} : { offset }) };
}

interface Beginning {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly length: number;
}

function dateAtBeginning(text: string, order: DateOrder): Beginning | undefined {
  const first = YEAR_FIRST.exec(text) ?? undefined;
  if (first !== undefined) return beginning(first, first[1], first[3], first[4]);
  const last = YEAR_LAST.exec(text) ?? undefined;
  if (last !== undefined) {
    if (order === 'ymd') return last[4]?.length === 2 ? beginning(last, last[1], last[3], last[4]) : undefined;
    return order === 'mdy' ? beginning(last, last[4], last[1], last[3]) : beginning(last, last[4], last[3], last[1]);
  }
  const compact = COMPACT.exec(text) ?? undefined;
  if (compact !== undefined) return beginning(compact, compact[1], compact[2], compact[3]);
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  // Accents are gone from `plain`: lengths differ only in the name, so the rest is taken from the end.
  const named = NAMED_MONTH.exec(plain) ?? undefined;
  if (named !== undefined) return withMonthName(text, plain, named, named[3], named[2], named[1]);
  const monthFirst = MONTH_FIRST.exec(plain) ?? undefined;
  if (monthFirst !== undefined) return withMonthName(text, plain, monthFirst, monthFirst[3], monthFirst[1], monthFirst[2]);
  return undefined;
}

function beginning(match: RegExpExecArray, year = '', month = '', day = ''): Beginning {
  return { year: fullYear(year), month: Number(month), day: Number(day), length: match[0].length };
}

function withMonthName(text: string, plain: string, match: RegExpExecArray, year = '', name = '', day = ''): Beginning | undefined {
  const month = MONTHS.get(name);
  if (month === undefined) return undefined;
  return { year: fullYear(year), month, day: Number(day), length: text.length - (plain.length - match[0].length) };
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function isoDate(year: number, month: number, day: number): string | undefined {
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function clockTime(time: RegExpExecArray): string | undefined {
  if (time[1] === undefined) return '00:00:00';
  const half = time[4]?.toUpperCase();
  let hour = Number(time[1]);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'PM' ? 12 : 0);
  }
  const [minute, second] = [Number(time[2]), Number(time[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Reads a date format as users write it: `dd/mm/yyyy`, `mm-dd-yy`, `dmy`. Undefined when it is none. */
export function parseDateOrder(text: string): DateOrder | undefined {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(.)\1+/g, '$1');
  return letters === 'dmy' || letters === 'mdy' || letters === 'ymd' ? letters : undefined;
}
