/** What the cells of a workbook hold, as text (ECMA-376 part 1, 18.3.1.4 and 18.8.30). */

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** A spreadsheet program keeps and shows this many significant digits of a number. */
const SIGNIFICANT = 15;

/**
 * The decimal number that a cell shows, exactly: workbooks store binary floating point with 17 digits, so that the 0.0137 a
 * person typed may stand in the file as 1.3700000000000002E-2. Rounded, half up, to 15 significant digits, as the program
 * itself shows it, on the digits of the text: no floating point is involved. Undefined when it is no number.
 */
export function numberText(stored: string): string | undefined {
  const match = NUMBER.exec(stored.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  let digits = whole + fraction;
  if (digits === '') return undefined;
  let scale = fraction.length - Number(exponent);
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  digits = digits.slice(leading);
  if (digits === '') return '0';
  if (digits.length > SIGNIFICANT) {
    const rounded = BigInt(digits.slice(0, SIGNIFICANT)) + (digits.charCodeAt(SIGNIFICANT) >= 53 ? 1n : 0n);
    scale -= digits.length - SIGNIFICANT;
    digits = rounded.toString();
  }
  if (scale > 400 || scale < -400) return undefined;
  if (scale <= 0) return `${sign === '-' ? '-' : ''}${digits}${'0'.repeat(-scale)}`;
  digits = digits.padStart(scale + 1, '0');
  const decimals = digits.slice(-scale).replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${digits.slice(0, -scale)}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * The date of a serial number: `2026-01-31`, with `T13:00:00` when it has a time. Day 1 is 1900-01-01 and 1900 had, wrongly,
 * a 29 February (day 60, which is no date); in the 1904 system day 0 is 1904-01-01. Undefined outside 1900 to 9999.
 */
export function dateOfSerial(stored: string, from1904: boolean): string | undefined {
  const serial = Number(stored);
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  let seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  let day = Math.floor(serial);
  if (seconds === 86_400) {
    day += 1;
    seconds = 0;
  }
  if (!from1904 && (day === 60 || day === 0)) return undefined;
  const sinceEpoch = from1904 ? day - 24_107 : day - (day < 60 ? 25_568 : 25_569);
  if (sinceEpoch > 2_932_896) return undefined;
  const text = new Date(sinceEpoch * 86_400_000 + seconds * 1000).toISOString();
  return seconds === 0 ? text.slice(0, 10) : text.slice(0, 19);
}

/** Numbers of the formats that every program knows without being told: dates in all languages. */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** Whether a number format shows a date: it has day, month, year or clock letters outside quotes, brackets and escapes. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0];
  return letters !== undefined && !/^general$/i.test(letters) && /[dmyhs]/i.test(letters.replace(/general/gi, ''));
}
