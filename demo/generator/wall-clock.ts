/** Instants as a switch writes them on its own clock: `2026-10-02 14:03:59`. */
const HOUR_MICROS = 3_600_000_000;

/** Looks the zone up once an hour of the day: a zone changes its offset only on the hour here. */
export function wallClock(zone: string): (micros: number) => string {
  const offsets = new Map<number, number>();
  return (micros) => {
    const hour = Math.floor(micros / HOUR_MICROS);
    let offsetMs = offsets.get(hour);
    if (offsetMs === undefined) {
      const at = Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000).toZonedDateTimeISO(zone);
      offsetMs = at.offsetNanoseconds / 1_000_000;
      offsets.set(hour, offsetMs);
    }
    const local = new Date(Math.floor(micros / 1_000) + offsetMs).toISOString();
    return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
  };
}
