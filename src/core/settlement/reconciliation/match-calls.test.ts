import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallList } from './call-list.ts';
import { clockAt } from './clock-offset.ts';
import { matchCalls } from './match-calls.ts';

interface Call {
  readonly calling: string;
  readonly called: string;
  readonly start: number;
  readonly seconds: number;
}

const BASE = Date.parse('2026-10-01T00:00:00Z') / 1000;

function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

function listOf(calls: readonly Call[]): CallList {
  const list = new CallList();
  for (const [index, { calling, called, start, seconds }] of calls.entries()) list.add(calling, called, start, seconds, index + 1);
  return list;
}

/** A month of calls, and what the other side has of them: clock, drift, lost calls, calls of its own, repeated ones, other ways to write numbers. */
function books(seed: number, count: number, offset: number, driftPerDay: number) {
  const next = random(seed);
  const ours: Call[] = Array.from({ length: count }, () => ({
    calling: `4930${1_000_000 + Math.floor(next() * 300)}`,
    called: `33612${345_000 + Math.floor(next() * 100)}`,
    start: BASE + Math.floor(next() * 30 * 86_400),
    seconds: 1 + Math.floor(next() * 600),
  }));
  const theirs: (Call & { readonly of: number })[] = [];
  ours.forEach((call, of) => {
    const chance = next();
    if (chance < 0.05) return;
    const start = Math.round((call.start + offset + ((call.start - BASE) / 86_400) * driftPerDay) * 1000) / 1000;
    const seen = { ...call, start, called: chance < 0.4 ? `+33 612 ${call.called.slice(5)}` : `0612${call.called.slice(5)}`, of };
    theirs.push(seen);
    if (chance > 0.97) theirs.push({ ...seen, of: -1 });
  });
  for (let extra = 0; extra < count / 50; extra += 1)
    theirs.push({ calling: `4940${2_000_000 + extra}`, called: '33612999999', start: BASE + extra * 3600, seconds: 5, of: -2 });
  return { ours, theirs };
}

/** Every call with every other, in words: the slow and plain way. */
function plainly(ours: readonly Call[], theirs: readonly Call[], tolerance: number, clock: (start: number) => number): Map<number, number> {
  const end = (text: string, digits: number): string => text.replace(/\D/g, '').slice(-digits);
  const near = ours.flatMap((our, a) =>
    theirs.flatMap((their, b) => {
      const off = Math.abs(our.start + clock(our.start) - their.start);
      const fits = end(our.called, 8) === end(their.called, 8) && end(our.calling, 7) === end(their.calling, 7) && off <= tolerance;
      return fits ? [{ a, b, off }] : [];
    }),
  );
  const [found, taken] = [new Map<number, number>(), new Set<number>()];
  for (const { a, b } of near.toSorted((p, q) => p.off - q.off || p.a - q.a || p.b - q.b)) {
    if (found.has(a) || taken.has(b)) continue;
    found.set(a, b);
    taken.add(b);
  }
  return found;
}

describe('two lists of calls', () => {
  it('the fast matcher pairs what the plain one pairs, in 30 seeds', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const { ours, theirs } = books(seed, 300, 0.4, 0);
      const fast = matchCalls(listOf(ours), listOf(theirs), { toleranceSeconds: 5, keepClock: true });
      const slow = plainly(ours, theirs, 5, () => 0);
      assert.deepEqual(
        [...fast.theirOf].map((their) => (their === -1 ? undefined : their)),
        ours.map((_, our) => slow.get(our)),
        `seed ${seed}`,
      );
    }
  });

  it('a clock that is off by hours and drifts is found, and with it every call', () => {
    for (const [offset, drift] of [
      [3600, 0],
      [-7203.5, 0.8],
      [12.25, -1.5],
      [0, 0],
    ] as const) {
      const { ours, theirs } = books(7, 3000, offset, drift);
      const { clock, theirOf, ourOf, theirDuplicates } = matchCalls(listOf(ours), listOf(theirs), { toleranceSeconds: 3 });
      assert.ok(Math.abs(clock.secondsPerDay - drift) < 0.02, `drift ${clock.secondsPerDay}, not ${drift}`);
      assert.ok(Math.abs(clockAt(clock, BASE) - offset) < 0.3, `offset ${clockAt(clock, BASE)}, not ${offset}`);
      const wanted = theirs.filter(({ of }) => of >= 0).length;
      assert.equal([...theirOf].filter((their) => their !== -1).length, wanted);
      for (const [their, { of }] of theirs.entries()) {
        const our = ourOf[their] ?? -1;
        // Of two that repeat each other either may be the pair.
        if (our !== -1) assert.ok(of === our || theirs.some((other) => other.of === our && other.start === theirs[their]?.start));
      }
      assert.equal(theirDuplicates.length, theirs.filter(({ of }) => of === -1).length);
    }
  });

  it('a call without its caller on one side is paired by the number called', () => {
    const call = { calling: '49301234567', called: '33612345678', start: BASE, seconds: 60 };
    const { theirOf, callerDiffers } = matchCalls(listOf([call]), listOf([{ ...call, calling: '' }]), { toleranceSeconds: 2 });
    assert.deepEqual([theirOf[0], callerDiffers], [0, 1]);
  });
});

it('calls of the hour that a clock comes to twice are found in the second, and those of the first stay there', () => {
  const first = Date.parse('2026-10-25T00:00:00Z') / 1000;
  const call = (minute: number, hour: 0 | 1) => ({
    calling: `4930${1_000_000 + minute}`,
    called: '33612345678',
    start: first + hour * 3600 + minute * 60,
    seconds: 60,
  });
  const ours = [call(10, 0), call(10, 1), call(20, 1), call(30, 0)];
  const theirs = new CallList();
  // In their zone and without an offset: the first of the two hours is taken.
  for (const [index, { calling, called, start }] of [...ours, call(50, 0)].entries())
    theirs.add(calling, called, first + ((start - first) % 3600), 60, index + 1, 3600);
  const { theirOf, theirDuplicates } = matchCalls(listOf(ours), theirs, { toleranceSeconds: 5, keepClock: true });
  assert.deepEqual([...theirOf], [0, 1, 2, 3]);
  assert.deepEqual(
    [...theirs.starts.slice(0, 5)].map((start) => (start - first) / 60),
    [10, 70, 80, 30, 50],
  );
  assert.deepEqual(theirDuplicates, []);
});
