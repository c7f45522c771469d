/**
 * How a source writes times, compiled from a picture such as `DD/MM/YYYY HH:mm:ss`.
 *
 * | in the picture | stands for |
 * |---|---|
 * | `YYYY` `YY` `MM` `DD` `HH` `mm` `ss` | digits, as many as letters (`YY` is 20YY) |
 * | `D` `M` `H` | one or two digits |
 * | `MMM` | English month, `Jan`, in any case |
 * | `ddd` | a day of the week in three letters, which is not looked at |
 * | `D` | also takes a space in place of a first digit, as `ctime` writes it |
 * | `Z` | `Z`, `+02:00`, `+0200` or `+02`: the time is an instant then |
 * | `zzz` | the abbreviation of a zone, such as `UTC`, `PST` or `CEST`: the time is an instant then |
 * | `[GMT]` | the letters between the brackets, themselves |
 * | anything else | itself |
 *
 * Digits behind the seconds (`.5` or `,250`) are always understood and are cut below a microsecond; `ss.SSS` is the same as `ss`.
 * Besides pictures: `iso` (date, `T` or space, time, offset if there is one), `epoch-s` (decimals allowed), `epoch-ms`, `epoch-us`.
 */
import { MICROS_PER_DAY, MICROS_PER_SECOND } from '#core/time/zoned.ts';

export interface TimeReading {
  /** Microseconds since 1970-01-01T00:00 on the clock of the text; of UTC when `instant`. NaN: unreadable. */
  micros: number;
  /** False: local time of a zone that the text does not say. */
  instant: boolean;
}

/** Reads a time into `reading`, which is reused from call to call. An epoch of 0 is no time: micros is 0. */
export type TimeReader = (text: string, reading: TimeReading) => void;

type Token = { readonly kind: Part; readonly least: number; readonly most: number } | { readonly kind: 'literal'; readonly code: number };
type Part = 'week-day' | 'zone' | 'year' | 'short-year' | 'month' | 'month-name' | 'day' | 'hour' | 'minute' | 'second' | 'offset';

const PARTS: readonly (readonly [string, Part, number, number])[] = [
  ['YYYY', 'year', 4, 4],
  ['YY', 'short-year', 2, 2],
  ['ddd', 'week-day', 3, 3],
  ['zzz', 'zone', 3, 5],
  ['MMM', 'month-name', 3, 3],
  ['MM', 'month', 2, 2],
  ['M', 'month', 1, 2],
  ['DD', 'day', 2, 2],
  ['D', 'day', 1, 2],
  ['HH', 'hour', 2, 2],
  ['H', 'hour', 1, 2],
  ['mm', 'minute', 2, 2],
  ['ss', 'second', 2, 2],
  ['Z', 'offset', 1, 6],
];
/** Hours east of Greenwich. Abbreviations that mean different zones in different countries (IST, BST, AST) are not here; CST is North American. */
const ZONE_HOURS: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['EST', -5],
  ['EDT', -4],
  ['CST', -6],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
  ['AKST', -9],
  ['AKDT', -8],
  ['HST', -10],
  ['WET', 0],
  ['WEST', 1],
  ['CET', 1],
  ['CEST', 2],
  ['EET', 2],
  ['EEST', 3],
  ['MSK', 3],
  ['HKT', 8],
  ['SGT', 8],
  ['JST', 9],
  ['KST', 9],
  ['AEST', 10],
  ['AEDT', 11],
  ['NZST', 12],
  ['NZDT', 13],
]);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Undefined when the picture does not give a full date and at least the hour. */
export function compileTimePicture(picture: string): TimeReader | undefined {
  if (picture === 'epoch-s') return epochReader(MICROS_PER_SECOND);
  if (picture === 'epoch-ms') return epochReader(1000);
  if (picture === 'epoch-us') return epochReader(1);
  if (picture === 'iso') return readIso;
  const tokens = tokensOf(picture.replace(/ss[.,]S{1,9}/, 'ss'));
  const has = (kinds: readonly string[]): boolean => tokens.some(({ kind }) => kinds.includes(kind));
  if (!has(['year', 'short-year']) || !has(['month', 'month-name']) || !has(['day']) || !has(['hour'])) return undefined;
  return (text, reading) => readTokens(tokens, text, reading);
}

function tokensOf(picture: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < picture.length; ) {
    const quoted = /^\[([^\]]*)\]/.exec(picture.slice(at));
    if (quoted !== null) {
      for (const character of quoted[1] ?? '') tokens.push({ kind: 'literal', code: character.charCodeAt(0) });
      at += quoted[0].length;
      continue;
    }
    const part = PARTS.find(([letters]) => picture.startsWith(letters, at));
    if (part === undefined) {
      tokens.push({ kind: 'literal', code: picture.charCodeAt(at) });
      at += 1;
    } else {
      tokens.push({ kind: part[1], least: part[2], most: part[3] });
      at += part[0].length;
    }
  }
  return tokens;
}

function readTokens(tokens: readonly Token[], text: string, reading: TimeReading): void {
  let [year, month, day, hour, minute, second, fraction, offset] = [1970, 1, 1, 0, 0, 0, 0, 0];
  let at = 0;
  reading.instant = false;
  reading.micros = Number.NaN;
  for (const token of tokens) {
    if (token.kind === 'literal') {
      if (text.charCodeAt(at) !== token.code) return;
      at += 1;
      continue;
    }
    if (token.kind === 'offset') {
      const match = /^(?:Z|([+-])(\d\d)(?::?(\d\d))?)/.exec(text.slice(at));
      if (match === null) return;
      offset = (match[1] === '-' ? -1 : 1) * (Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60);
      at += match[0].length;
      reading.instant = true;
      continue;
    }
    if (token.kind === 'week-day') {
      at += 3;
      continue;
    }
    if (token.kind === 'zone') {
      const abbreviation = /^[A-Za-z]{1,5}/.exec(text.slice(at, at + 5))?.[0] ?? '';
      const hours = ZONE_HOURS.get(abbreviation.toUpperCase());
      if (hours === undefined) return;
      offset = hours * 3600;
      at += abbreviation.length;
      reading.instant = true;
      continue;
    }
    if (token.kind === 'month-name') {
      month = MONTHS.indexOf(text.slice(at, at + 3).toLowerCase()) + 1;
      at += 3;
      continue;
    }
    if (token.kind === 'day' && token.least === 1 && text.charCodeAt(at) === 32) at += 1;
    let value = 0;
    let digits = 0;
    for (; digits < token.most; digits++) {
      const code = text.charCodeAt(at + digits) - 48;
      if (!(code >= 0 && code <= 9)) break;
      value = value * 10 + code;
    }
    if (digits < token.least) return;
    at += digits;
    if (token.kind === 'year') year = value;
    else if (token.kind === 'short-year') year = 2000 + value;
    else if (token.kind === 'month') month = value;
    else if (token.kind === 'day') day = value;
    else if (token.kind === 'hour') hour = value;
    else if (token.kind === 'minute') minute = value;
    else {
      second = value;
      const point = text.charCodeAt(at);
      if (point === 46 || point === 44) {
        const from = at + 1;
        at = from;
        let scale = 100_000;
        for (let code = text.charCodeAt(at) - 48; code >= 0 && code <= 9; code = text.charCodeAt(++at) - 48) {
          fraction += code * scale;
          scale = Math.floor(scale / 10);
        }
        if (at === from) return;
      }
    }
  }
  if (at !== text.length) return;
  const local = civilMicros(year, month, day, hour, minute, second);
  reading.micros = local + fraction - offset * MICROS_PER_SECOND;
}

/** NaN for what is not in the calendar. A leap second counts as the second after it. */
function civilMicros(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return daysFromCivil(year, month, day) * MICROS_PER_DAY + ((hour * 60 + minute) * 60 + second) * MICROS_PER_SECOND;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the Gregorian calendar; years begin in March so that the leap day is the last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

const ISO_DATE = tokensOf('YYYY-MM-DD HH:mm:ss');

function readIso(text: string, reading: TimeReading): void {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d+)?) ?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text);
  reading.micros = Number.NaN;
  if (match === null) return;
  readTokens(ISO_DATE, `${match[1]} ${match[2]}`, reading);
  const zone = match[3];
  if (zone === undefined) return;
  reading.instant = true;
  if (zone === 'Z') return;
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3).replace(':', '')) * 60;
  reading.micros -= (zone.startsWith('-') ? -seconds : seconds) * MICROS_PER_SECOND;
}

function epochReader(microsPerUnit: number): TimeReader {
  const decimals = microsPerUnit === 1 ? 0 : microsPerUnit === 1000 ? 3 : 6;
  const form = /^\d{1,17}(?:\.\d+)?$/;
  return (text, reading) => {
    reading.instant = true;
    reading.micros = Number.NaN;
    if (!form.test(text)) return;
    const point = text.indexOf('.');
    const whole = Number(point < 0 ? text : text.slice(0, point)) * microsPerUnit;
    const fraction = point < 0 || decimals === 0 ? 0 : Number(text.slice(point + 1, point + 1 + decimals).padEnd(decimals, '0'));
    reading.micros = Number.isSafeInteger(whole) ? whole + fraction : Number.POSITIVE_INFINITY;
  };
}
