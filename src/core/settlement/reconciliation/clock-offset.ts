/** By how much the other side's clock is off: a constant and a drift, from calls that both sides have exactly once. */
import { CALLER_PLACES, type CallList } from './call-list.ts';

export interface ClockOffset {
  /** Theirs less ours at `atSeconds`. */
  readonly seconds: number;
  readonly atSeconds: number;
  readonly secondsPerDay: number;
  /** Pairs of calls that it was found from; 0: none, and nothing is assumed. */
  readonly pairs: number;
}

const DAY = 86_400;
/** A wrong zone is at most this far off. */
const MOST_SECONDS = 15 * 3600;
const BIN_SECONDS = 60;
const ROUNDS = 6;
const LEAST_PAIRS = 8;

/** Orders are by key, then start. */
export function clockOffset(ours: CallList, ourOrder: Uint32Array, theirs: CallList, theirOrder: Uint32Array): ClockOffset {
  const [times, deltas] = singlePairs(ours, ourOrder, theirs, theirOrder);
  const none = { seconds: 0, atSeconds: 0, secondsPerDay: 0, pairs: 0 };
  const bins = new Map<number, number>();
  for (const delta of deltas) {
    const bin = Math.round(delta / BIN_SECONDS);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  let [best, most] = [0, 0];
  for (const bin of bins.keys()) {
    const count = (bins.get(bin - 1) ?? 0) + (bins.get(bin) ?? 0) + (bins.get(bin + 1) ?? 0);
    if (count > most || (count === most && Math.abs(bin) < Math.abs(best))) [best, most] = [bin, count];
  }
  if (most < LEAST_PAIRS) return none;
  const atSeconds = times.reduce((sum, time) => sum + time, 0) / times.length;
  let [seconds, perSecond, window] = [best * BIN_SECONDS, 0, BIN_SECONDS * 1.5];
  let pairs = 0;
  // A straight line through what lies near; what lies far from it is left out, and the line is drawn again.
  for (let round = 0; round < ROUNDS; round += 1) {
    let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
    for (let at = 0; at < deltas.length; at += 1) {
      const x = (times[at] ?? 0) - atSeconds;
      const y = deltas[at] ?? 0;
      if (Math.abs(y - seconds - perSecond * x) > window) continue;
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    if (n < LEAST_PAIRS) break;
    const spread = n * sxx - sx * sx;
    perSecond = spread > 0 ? (n * sxy - sx * sy) / spread : 0;
    seconds = (sy - perSecond * sx) / n;
    pairs = n;
    window = Math.max(3, window / 1.6);
  }
  return { seconds, atSeconds, secondsPerDay: perSecond * DAY, pairs };
}

/** Start of ours and difference to theirs, of keys that each side has once. Calls without a caller are left out. */
function singlePairs(ours: CallList, ourOrder: Uint32Array, theirs: CallList, theirOrder: Uint32Array): [number[], number[]] {
  const [times, deltas]: [number[], number[]] = [[], []];
  let other = 0;
  for (let at = 0; at < ourOrder.length; at += 1) {
    const key = ours.keys[ourOrder[at] ?? 0] ?? 0;
    const single = key !== (ours.keys[ourOrder[at - 1] ?? -1] ?? -1) && key !== (ours.keys[ourOrder[at + 1] ?? -1] ?? -1);
    while (other < theirOrder.length && (theirs.keys[theirOrder[other] ?? 0] ?? 0) < key) other += 1;
    if (!single || key % CALLER_PLACES === 0) continue;
    if (theirs.keys[theirOrder[other] ?? -1] !== key || theirs.keys[theirOrder[other + 1] ?? -1] === key) continue;
    const start = ours.starts[ourOrder[at] ?? 0] ?? 0;
    const delta = (theirs.starts[theirOrder[other] ?? 0] ?? 0) - start;
    if (Math.abs(delta) > MOST_SECONDS) continue;
    times.push(start);
    deltas.push(delta);
  }
  return [times, deltas];
}

export function clockAt({ seconds, atSeconds, secondsPerDay }: ClockOffset, ourSeconds: number): number {
  return seconds + ((ourSeconds - atSeconds) * secondsPerDay) / DAY;
}
