/** Whole hours that are missing or counted twice on their side, found from where their calls differ. */

import type { Situation } from './candidates.ts';
import type { Cause } from './causes.ts';
import { timesBySlot } from './comparison.ts';
import type { Measure } from './misfit.ts';
import { SLOT_MICROS } from './usage-cells.ts';

const HOUR_MICROS = 3_600_000_000;

/**
 * By hours: those in which they have nothing, or twice of ours. By days: the run of hours of a day whose calls are, at every
 * destination, what they lack or have too much. A period alone shows no hours.
 */
export function hourCauses(situation: Situation, measure: Measure): Cause[] {
  const { grid, causes, viewer, declared, ours } = situation;
  if (grid.grain === 'period' || measure === 'amount') return [];
  const zone = causes.flatMap((cause) => (cause.kind === 'zone' ? [cause.zone] : []))[0] ?? ours.zone;
  const { firstSlot, slots } = viewer.range;
  const times = timesBySlot(grid, declared.period, zone, firstSlot, slots);
  const hoursAt = new Map<number, Set<number>>();
  times.forEach((time, slot) => {
    if (time < 0) return;
    const hour = Math.floor(((firstSlot + slot) * SLOT_MICROS) / HOUR_MICROS);
    const known = hoursAt.get(time);
    if (known === undefined) hoursAt.set(time, new Set([hour]));
    else known.add(hour);
  });
  const missing: number[] = [];
  const twice: number[] = [];
  for (const time of grid.times.keys()) {
    const hours = [...(hoursAt.get(time) ?? [])].sort((a, b) => a - b);
    const off = differencesAt(situation, measure, time);
    if (off === undefined) continue;
    if (off.whole === 'missing') missing.push(...hours);
    else if (off.whole === 'twice') twice.push(...hours);
    else if (grid.grain === 'day') {
      const run = runOf(situation, measure, hours, off.differences, time);
      if (run !== undefined) (run.sign < 0 ? missing : twice).push(...run.hours);
    }
  }
  return [...joined('hours-missing', missing, causes), ...joined('hours-twice', twice, causes)];
}

function joined(kind: 'hours-missing' | 'hours-twice', hours: readonly number[], causes: readonly Cause[]): Cause[] {
  const known = causes.flatMap((cause) => (cause.kind === kind ? cause.hours : []));
  const all = [...new Set([...known, ...hours])];
  return all.length === known.length ? [] : [{ kind, hours: all.sort((a, b) => a - b) }];
}

interface Differences {
  readonly whole?: 'missing' | 'twice';
  /** Theirs less ours, by destination. */
  readonly differences: readonly number[];
}

function differencesAt({ grid, view }: Situation, measure: Exclude<Measure, 'amount'>, time: number): Differences | undefined {
  const differences: number[] = [];
  let [theirs, ours, double, differs] = [0, 0, true, false];
  for (const destination of grid.destinations.keys()) {
    const at = destination * grid.times.length + time;
    const [a, b] = [grid.theirs[measure][at] ?? 0, view[measure][at] ?? 0];
    theirs += a;
    ours += b;
    if (a !== 2 * b) double = false;
    if (a !== b) differs = true;
    differences.push(a - b);
  }
  if (!differs) return undefined;
  const whole = theirs === 0 && ours > 0 ? ('missing' as const) : double && ours > 1 ? ('twice' as const) : undefined;
  return { differences, ...(whole === undefined ? {} : { whole }) };
}

function runOf(
  situation: Situation,
  measure: Exclude<Measure, 'amount'>,
  hours: readonly number[],
  differences: readonly number[],
  time: number,
) {
  const sign = Math.sign(differences.find((value) => value !== 0) ?? 0);
  if (differences.some((value) => value !== 0 && Math.sign(value) !== sign)) return undefined;
  const { grid, viewer, causes, view } = situation;
  // What an hour has is the difference that leaving it out makes.
  const byHour = hours.map((hour) => {
    const known = causes.flatMap((cause) => (cause.kind === 'hours-missing' ? cause.hours : []));
    const rest = causes.filter(({ kind }) => kind !== 'hours-missing');
    const without = viewer.view([...rest, { kind: 'hours-missing', hours: [...known, hour] }]);
    return differences.map((_, destination) => {
      const at = destination * grid.times.length + time;
      return (view[measure][at] ?? 0) - (without[measure][at] ?? 0);
    });
  });
  for (let first = 0; first < hours.length; first += 1) {
    // An hour without calls is missing from nothing.
    if (byHour[first]?.every((value) => value === 0) === true) continue;
    const left = differences.map(Math.abs);
    for (let last = first; last < hours.length; last += 1) {
      byHour[last]?.forEach((value, destination) => {
        left[destination] = (left[destination] ?? 0) - value;
      });
      if (left.every((value) => value === 0)) return { sign, hours: hours.slice(first, last + 1) };
      if (left.some((value) => value < 0)) break;
    }
  }
  return undefined;
}
