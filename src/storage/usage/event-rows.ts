/** A rated record as a line of COPY's text format. The columns are those of `EVENT_COLUMNS`, in this order. */
import type { Charge } from '#core/rating/charge.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { RatedRecord } from '#pipeline/ports.ts';
import { copyField, formatCounters } from './row-text.ts';

const LEG_COLUMNS = ['version_id', 'role', 'day', 'rate_id', 'band', 'raw', 'billed', 'amount_nanos', 'counters'];

export const EVENT_COLUMNS: readonly string[] = [
  ...['day', 'event_id', 'source_id', 'file_id', 'byte_from', 'byte_length', 'source_key', 'service', 'started_at', 'calling', 'called'],
  ...['trunk_in', 'trunk_out', 'answered', 'duration_micros', 'cause', 'detail', 'known_at'],
  ...LEG_COLUMNS.map((column) => `in_${column}`),
  ...LEG_COLUMNS.map((column) => `out_${column}`),
];

const NO_LEG = '\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N';
const MICROS_PER_DAY = 86_400_000_000;
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/** UTC days as PostgreSQL reads them, remembered. */
const days = new Map<number, string>();

export function utcDay(micros: number): string {
  const number = Math.floor(micros / MICROS_PER_DAY);
  let day = days.get(number);
  if (day === undefined) {
    if (days.size > 50_000) days.clear();
    day = new Date(number * 86_400_000).toISOString().slice(0, 10);
    days.set(number, day);
  }
  return day;
}

/** `2026-10-05 08:00:01.25+00`. Written by hand: Date.toISOString costs more than the rest of the row. */
export function utcTimestamp(micros: number): string {
  const ofDay = micros - Math.floor(micros / MICROS_PER_DAY) * MICROS_PER_DAY;
  const seconds = Math.floor(ofDay / 1_000_000);
  const fraction = ofDay - seconds * 1_000_000;
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return fraction === 0 ? `${utcDay(micros)} ${clock}+00` : `${utcDay(micros)} ${clock}.${String(fraction).padStart(6, '0')}+00`;
}

/** `known`: known_at as COPY text. */
export function eventRow(record: RatedRecord, sourceId: number, fileId: number, known: string): string {
  const { event, charges } = record;
  const first = charges[0];
  const second = charges[1];
  const inCharge = first?.leg === 'in' ? first : undefined;
  const outCharge = first?.leg === 'out' ? first : second;
  return `${utcDay(event.startMicros)}\t${record.id}\t${sourceId}\t${fileId}\t${record.byteFrom}\t${record.byteLength}\t${copyField(event.id)}\t${event.service}\t${utcTimestamp(event.startMicros)}\t${copyField(event.calling)}\t${copyField(event.called)}\t${copyField(event.trunkIn)}\t${copyField(event.trunkOut)}\t${event.answered ? 't' : 'f'}\t${event.durationMicros}\t${copyField(event.cause)}\t${copyField(detailOf(event))}\t${known}\t${legPart(inCharge)}\t${legPart(outCharge)}\n`;
}

function legPart(charge: Charge | undefined): string {
  if (charge === undefined) return NO_LEG;
  const band = charge.band === undefined ? '\\N' : copyField(charge.band);
  return `${charge.agreementVersionId}\t${charge.role}\t${charge.day}\t${charge.rateId ?? '\\N'}\t${band}\t${charge.rawQuantity}\t${charge.billedQuantity}\t${charge.amountNanos}\t${copyField(formatCounters(charge.counterMoves))}`;
}

/** What an event has beside the columns, as JSON; undefined when nothing. `eventOfRow` is the way back. */
function detailOf(event: UsageEvent): string | undefined {
  if (event.service === 'voice' && event.serviceClass === undefined && event.ratingGroup === undefined && event.apn === undefined)
    return undefined;
  const detail = {
    ...(event.quantity === 0 ? {} : { quantity: event.quantity }),
    ...(event.bytesUp === 0 ? {} : { bytesUp: event.bytesUp }),
    ...(event.bytesDown === 0 ? {} : { bytesDown: event.bytesDown }),
    ...(event.priceNanos === undefined ? {} : { priceNanos: String(event.priceNanos) }),
    ...(event.priceCurrency === undefined ? {} : { priceCurrency: event.priceCurrency }),
    ...(event.serviceClass === undefined ? {} : { serviceClass: event.serviceClass }),
    ...(event.ratingGroup === undefined ? {} : { ratingGroup: event.ratingGroup }),
    ...(event.apn === undefined ? {} : { apn: event.apn }),
  };
  return Object.keys(detail).length === 0 ? undefined : JSON.stringify(detail);
}
