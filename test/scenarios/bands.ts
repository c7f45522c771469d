/** Time bands as the tables write them: `peak mon-fri 08:00-18:00 and sat 10:00-14:00, off-peak otherwise`. */
import { type DayKind, dayKinds, type TimeBand, type TimeBandRange } from '#core/time/time-bands.ts';

export function parseBands(text: string): readonly TimeBand[] {
  return text.split(', ').map((part) => {
    const [name = '', ...rest] = part.split(' ');
    if (rest[0] === 'otherwise') return { name, ranges: [], otherwise: true };
    return { name, ranges: rest.join(' ').split(' and ').map(parseRange), otherwise: false };
  });
}

function parseRange(text: string): TimeBandRange {
  const [, days = 'mon-holiday', from = '', to = ''] = /^(?:([a-z,-]+) )?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  if (from === '') throw new Error(`not a range of time: "${text}"`);
  return { days: parseDays(days), fromMinute: minuteOf(from), toMinute: minuteOf(to) };
}

function parseDays(text: string): readonly DayKind[] {
  return text.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split('-');
    const kinds: readonly string[] = dayKinds;
    return dayKinds.slice(kinds.indexOf(first), kinds.indexOf(last) + 1);
  });
}

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
