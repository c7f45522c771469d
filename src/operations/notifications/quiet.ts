/** Hours in which nobody is disturbed. */
import { toZoned } from '#core/time/zoned.ts';
import type { QuietHours } from './ports.ts';

const MICROS_PER_MILLI = 1_000;

/** The instant itself, or the end of the quiet hours that it lies in, by the clocks of the zone. UTC microseconds. */
export function afterQuiet(quiet: QuietHours | undefined, zone: string, micros: number): number {
  if (quiet === undefined || quiet.from === quiet.to) return micros;
  const local = toZoned(zone, micros);
  const minute = local.hour * 60 + local.minute;
  const { from, to } = quiet;
  const isOver = from < to ? minute < from || minute >= to : minute < from && minute >= to;
  if (isOver) return micros;
  // Over midnight and before it: the end is tomorrow's.
  const day = from > to && minute >= from ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate();
  const end = day.toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(to / 60) % 24, minute: to % 60 } });
  return Number(end.epochMilliseconds) * MICROS_PER_MILLI;
}
