/** Time band sets and calendars that cover every local time once, with edges where clocks change. */
import { type DayKind, dayKinds, type TimeBand, type TimeBandRange, type TimeBandSet } from '#core/time/time-bands.ts';
import type { Random } from './random.ts';

const weekdays: readonly DayKind[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const week: readonly DayKind[] = [...weekdays, 'sat', 'sun'];

export function randomBandSet(random: Random, calendar: string | undefined): TimeBandSet {
  const bands = random.pick([dayAndRest, peakNightRest, holidayBands, everyKindItsOwn, manyRanges])(random);
  return { id: 'bands', ...(calendar !== undefined && { calendar }), bands };
}

/** Local minutes, often where clocks change (midnight to 03:30). */
function edge(random: Random): number {
  return random.pick([60, 90, 120, 150, 180, 210, 480, 1080, 1200, random.below(48) * 30, random.below(1440)]);
}

function twoEdges(random: Random): readonly [number, number] {
  const a = edge(random);
  const b = edge(random);
  if (a === b) return a < 700 ? [a, a + 61] : [a - 59, a];
  return a < b ? [a, b] : [b, a];
}

function band(name: string, ranges: readonly TimeBandRange[], otherwise = false): TimeBand {
  return { name, ranges, otherwise };
}

function dayAndRest(random: Random): readonly TimeBand[] {
  const [from, to] = twoEdges(random);
  const days = random.chance(50) ? week : dayKinds;
  return [band('a', [random.chance(50) ? range(days, from, to) : range(days, to, from)]), band('rest', [], true)];
}

function peakNightRest(random: Random): readonly TimeBand[] {
  const [from, to] = twoEdges(random);
  return [band('a', [range(weekdays, from, to)]), band('b', [range(weekdays, to, from)]), band('rest', [], true)];
}

function holidayBands(random: Random): readonly TimeBand[] {
  const [from, to] = twoEdges(random);
  return [band('free', [range(['holiday'], 0, 1440)]), band('a', [range(weekdays, from, to)]), band('rest', [], true)];
}

function everyKindItsOwn(random: Random): readonly TimeBand[] {
  const cuts = dayKinds.map((day) => ({ day, at: Math.max(1, edge(random)) }));
  return [
    band(
      'a',
      cuts.map(({ day, at }) => range([day], 0, at)),
    ),
    band(
      'b',
      cuts.map(({ day, at }) => range([day], at, 1440)),
    ),
  ];
}

function manyRanges(random: Random): readonly TimeBand[] {
  const cuts = [...new Set([0, ...Array.from({ length: random.between(2, 6) }, () => edge(random)), 1440])].sort((a, b) => a - b);
  const names = ['a', 'b', 'c'];
  const ranges = cuts.slice(1).map((to, index) => ({ name: names[index % 3] ?? 'a', range: range(dayKinds, cuts[index] ?? 0, to) }));
  return names
    .filter((name) => ranges.some((one) => one.name === name))
    .map((name) =>
      band(
        name,
        ranges.filter((one) => one.name === name).map((one) => one.range),
      ),
    );
}

function range(days: readonly DayKind[], fromMinute: number, toMinute: number): TimeBandRange {
  return { days, fromMinute, toMinute };
}
