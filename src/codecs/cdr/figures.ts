/** Figures of records, exact: none goes through a fraction of a number. */
import type { DurationUnit } from '#core/usage/source.ts';

const MICROS: Readonly<Record<Exclude<DurationUnit, 'clock' | 'hhmmss'>, number>> = {
  us: 1,
  ms: 1000,
  cs: 10_000,
  ds: 100_000,
  s: 1_000_000,
  min: 60_000_000,
};
/** Some 100 years. */
export const MOST_DURATION_MICROS = 3_155_760_000 * 1_000_000;

export type DurationReading = number | 'unreadable' | 'negative' | 'out-of-range';

/** `61`, `61.4`, `-3`; with `clock` `1:01:01` or `01:01`. Microseconds; what lies below a microsecond is cut. */
export function readDuration(text: string, unit: DurationUnit): DurationReading {
  if (unit === 'clock') return readClock(text);
  if (unit === 'hhmmss') return readDigits(text);
  const match = /^(-?)(\d{1,60})(?:\.(\d+))?$/.exec(text);
  if (match === null) return 'unreadable';
  const perUnit = MICROS[unit];
  const whole = Number(match[2]) * perUnit;
  if (whole > MOST_DURATION_MICROS) return match[1] === '-' ? 'negative' : 'out-of-range';
  const fraction = match[3];
  const micros =
    fraction === undefined ? whole : whole + Number((BigInt(fraction.slice(0, 18).padEnd(18, '0')) * BigInt(perUnit)) / 10n ** 18n);
  return match[1] === '-' && micros > 0 ? 'negative' : micros;
}

function readClock(text: string): DurationReading {
  const match = /^(?:(\d{1,6}):)?(\d{1,6}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (match === null) return text.startsWith('-') ? 'negative' : 'unreadable';
  const seconds = readDuration(match[3] ?? '', 's');
  if (typeof seconds !== 'number') return seconds;
  return (Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60) * 1_000_000 + seconds;
}

/** `010203` is an hour, two minutes and three seconds; more digits in front are hours. */
function readDigits(text: string): DurationReading {
  return /^\d{6,10}(?:\.\d+)?$/.test(text) ? readClock(text.replace(/^(\d+)(\d\d)(\d\d(?:\.\d+)?)$/, '$1:$2:$3')) : 'unreadable';
}

/** A count, at most 2^53 − 1. Undefined when it is none. */
export function readCount(text: string): number | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
