import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DayKind, dayKinds, type TimeBand, type TimeBandRange, type TimeBandSet } from '#core/time/time-bands.ts';
import { compileWithStates } from '../oracle/engine.ts';
import { worldOf } from './check-world.ts';
import { Random } from './random.ts';

test('a set of bands compiles just when every minute of every kind of day lies in one band', () => {
  const { book } = worldOf(1, 0);
  const [tariff] = book.tariffs;
  assert.ok(tariff !== undefined);
  const seen = { sound: 0, overlap: 0, gap: 0 };
  for (let seed = 1; seed <= 1_500; seed += 1) {
    const set = randomSet(new Random(seed));
    const flat = { ...tariff, timeBands: set.id, rates: [] };
    const compiled = compileWithStates({ ...book, timeBands: [set], tariffs: [flat, { ...flat, id: 'payable' }] }, []);
    const codes = new Set(compiled.ok ? [] : compiled.refusals.map(({ code }) => code));
    const faults = faultsOf(set);
    assert.equal(codes.has('time-bands.overlap'), faults.overlap, `seed ${seed}: overlap of ${JSON.stringify(set)}`);
    // A set may be refused for an overlap before its gaps are looked for, but never compile with one.
    if (!faults.overlap) assert.equal(codes.has('time-bands.gap'), faults.gap, `seed ${seed}: gap of ${JSON.stringify(set)}`);
    if (faults.overlap) seen.overlap += 1;
    else if (faults.gap) seen.gap += 1;
    else seen.sound += 1;
  }
  assert.ok(Math.min(...Object.values(seen)) > 50, JSON.stringify(seen));
});

function randomSet(random: Random): TimeBandSet {
  const cuts = [0, random.between(1, 700), random.between(701, 1439), 1440];
  const days: readonly (readonly DayKind[])[] = [
    dayKinds,
    ['mon', 'tue', 'wed', 'thu', 'fri'],
    ['sat', 'sun'],
    ['holiday'],
    random.some(dayKinds, 50),
  ];
  const range = (): TimeBandRange => ({ days: random.pick(days), fromMinute: random.pick(cuts), toMinute: random.pick(cuts) });
  const sound = (one: TimeBandRange): boolean =>
    one.fromMinute !== one.toMinute && one.fromMinute < 1440 && one.toMinute > 0 && one.days.length > 0;
  const band = (name: string): TimeBand => ({
    name,
    ranges: Array.from({ length: random.between(1, 2) }, range).filter(sound),
    otherwise: false,
  });
  const rest = { name: 'rest', ranges: [], otherwise: true };
  // Some are made sound: every day is cut into consecutive parts.
  if (random.chance(30)) {
    const parts = cuts.slice(1).map(
      (to, index): TimeBand => ({
        name: `part ${index}`,
        ranges: [{ days: dayKinds, fromMinute: cuts[index] ?? 0, toMinute: to }],
        otherwise: false,
      }),
    );
    return { id: 'bands', bands: random.chance(50) ? parts : [...parts.slice(1), rest] };
  }
  const bands = ['a', 'b']
    .slice(0, random.between(1, 2))
    .map(band)
    .filter(({ ranges }) => ranges.length > 0);
  return { id: 'bands', bands: random.chance(50) || bands.length === 0 ? [...bands, rest] : bands };
}

/** Looks at each minute of each kind of day; holidays only count when a band names them. */
function faultsOf({ bands }: TimeBandSet): { readonly overlap: boolean; readonly gap: boolean } {
  const knowsHolidays = bands.some(({ ranges }) => ranges.some(({ days }) => days.includes('holiday')));
  let [overlap, gap] = [false, false];
  for (const kind of dayKinds) {
    if (kind === 'holiday' && !knowsHolidays) continue;
    for (let minute = 0; minute < 1440; minute += 1) {
      const covering = bands.filter(({ ranges }) => ranges.some((range) => covers(range, kind, minute))).length;
      if (covering > 1) overlap = true;
      if (covering === 0 && !bands.some(({ otherwise }) => otherwise)) gap = true;
    }
  }
  return { overlap, gap };
}

function covers({ days, fromMinute, toMinute }: TimeBandRange, kind: DayKind, minute: number): boolean {
  if (!days.includes(kind)) return false;
  return fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}
