/** What a partner says that it handed to us: from our own detail, with what it counted otherwise seeded into it. */
import { formatCsvRow, parseCsv } from '#codecs/csv/csv.ts';
import { formatNanos } from '#core/money/amount.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';

/** An hour of its day that it lost, and the increments it believes in: 30 seconds at least, then by 6. */
export const LOST_HOUR = '14';
const LEAST_SECONDS = 30n;
const STEP_SECONDS = 6n;

interface Sums {
  calls: number;
  raw: bigint;
  billed: bigint;
  nanos: bigint;
}

/** By destination, day and hour of its zone. `detail` is a statement's detail as CSV, of an agreement by 60/60 in US dollars. */
export function atlanticDeclaration(detail: string): string {
  const sums = new Map<string, Sums>();
  let header: readonly string[] | undefined;
  for (const { fields } of parseCsv(detail)) {
    if (header === undefined) {
      header = fields;
      continue;
    }
    const names = header;
    const cell = (name: string): string => fields[names.indexOf(name)] ?? '';
    const [day, hour] = [cell('start_local').slice(0, 10), cell('start_local').slice(11, 13)];
    if (cell('direction') !== 'receivable' || cell('answered') !== 'yes' || hour === LOST_HOUR) continue;
    const raw = roundedUp(cell('raw_quantity'));
    const billed = raw <= LEAST_SECONDS ? LEAST_SECONDS : ((raw + STEP_SECONDS - 1n) / STEP_SECONDS) * STEP_SECONDS;
    const key = JSON.stringify([cell('destination'), day, hour]);
    const sum = sums.get(key) ?? { calls: 0, raw: 0n, billed: 0n, nanos: 0n };
    sums.set(key, sum);
    sum.calls += 1;
    sum.raw += raw;
    sum.billed += billed;
    sum.nanos += fourDecimals(billed * unitsAtScale(decimal(cell('rate')), 9));
  }
  const rows = [...sums].map(([key, { calls, raw, billed, nanos }]) => {
    // The keys are what was written above: three texts.
    const [destination = '', day = '', hour = ''] = JSON.parse(key) as string[];
    return [destination, day, hour, String(calls), String(raw), String(billed), formatNanos(nanos, 4)];
  });
  const letterhead = [['Atlantic Crossing Telecom LLC'], ['Calls handed to Halyard Transit, October 2026, by New York time'], []];
  const columns = ['Destination', 'Date', 'Hour', 'Calls', 'Real seconds', 'Billed seconds', 'Amount USD'];
  return [...letterhead, columns, ...rows].map((row) => `${formatCsvRow(row, ';')}\r\n`).join('');
}

/** A charge as the agreement rounds it: nanos a minute times seconds, half-up to four decimals. */
function fourDecimals(nanosTimesSeconds: bigint): bigint {
  return divideRounded(nanosTimesSeconds, 60n * 100_000n, 'half-up') * 100_000n;
}

function roundedUp(seconds: string): bigint {
  const [whole = '0', rest = ''] = seconds.split('.');
  return BigInt(whole) + (/[1-9]/.test(rest) ? 1n : 0n);
}
