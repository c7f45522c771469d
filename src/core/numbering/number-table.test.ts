import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { laidOver, type NumberSteps, StepList } from './number-steps.ts';
import { NumberTable } from './number-table.ts';
import { FRONT_BYTES, packSteps, placesOf, UnpackedSteps } from './pack-steps.ts';

interface Row {
  readonly number: number;
  readonly from: number;
  readonly value: number;
}

const values = ['', 'alpha', 'beta', 'gamma'];

/** Numbers close together and far apart, so that ranges are full and empty. */
const row = fc.record({
  number: fc.oneof(
    fc.integer({ min: 447_700_900_000, max: 447_700_900_040 }),
    fc.integer({ min: 1, max: 999_999_999_999_999 }),
    fc.integer({ min: 12_125_550_100, max: 12_125_999_999 }),
  ),
  from: fc.constantFrom(0, 0, 1_700_000_000, 1_700_000_001, 1_800_000_000),
  value: fc.integer({ min: 0, max: 3 }),
});
const rows = fc.uniqueArray(row, { selector: ({ number, from }) => `${number} ${from}`, maxLength: 120 });

function stepsOf(list: readonly Row[]): NumberSteps {
  const steps = new StepList();
  for (const [index, { number, from, value }] of list.entries()) steps.add(number, from, value, index + 1);
  const order = steps.order();
  return {
    count: steps.count,
    numbers: Float64Array.from(order, (at) => steps.numbers[at] ?? 0),
    from: Uint32Array.from(order, (at) => steps.from[at] ?? 0),
    values: Uint32Array.from(order, (at) => steps.values[at] ?? 0),
  };
}

/** The plain model: the latest row of the number that has begun. */
function plainly(list: readonly Row[], number: number, at: number): string | undefined {
  const own = list.filter((each) => each.number === number && each.from <= at).sort((a, b) => b.from - a.from);
  return values[own[0]?.value ?? 0] || undefined;
}

const instants = [0, 1_699_999_999, 1_700_000_000, 1_700_000_001, 1_799_999_999, 1_900_000_000];

test('a table answers as looking through its rows does, whatever is in it', () => {
  fc.assert(
    fc.property(rows, fc.array(row, { maxLength: 20 }), (list, others) => {
      const table = NumberTable.build(stepsOf(list), values);
      for (const { number } of [...list, ...others])
        for (const at of instants)
          assert.equal(table.find(String(number), at * 1_000_000), plainly(list, number, at), `${number} at ${at}`);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('a delta lies over what was known: from its first instant for a number on, only it counts', () => {
  fc.assert(
    fc.property(rows, rows, (full, delta) => {
      const table = NumberTable.build(laidOver(stepsOf(full), stepsOf(delta)), values);
      for (const { number } of [...full, ...delta]) {
        const later = delta.filter((each) => each.number === number);
        const first = Math.min(...later.map(({ from }) => from));
        const counts = [...full.filter((each) => each.number !== number || each.from < first), ...later];
        for (const at of instants) assert.equal(table.find(String(number), at * 1_000_000), plainly(counts, number, at));
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('steps come in the order of number, instant and line', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (list) => {
      const steps = new StepList();
      for (const [index, { number, from, value }] of list.entries()) steps.add(number, from, value, index);
      const plain = list
        .map((each, index) => ({ ...each, index }))
        .sort((a, b) => a.number - b.number || a.from - b.from || a.index - b.index)
        .map(({ index }) => index);
      assert.deepEqual([...steps.order()], plain);
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('a dense table without instants takes less than five bytes a number, one exact to the second less than nine', () => {
  const list = new StepList();
  for (let at = 0; at < 200_000; at += 1) list.add(12_000_000_000 + at * 997, 0, 1, at);
  const plain = { count: list.count, numbers: list.numbers, from: list.from, values: list.values };
  const dense = NumberTable.build(plain, values);
  assert.ok(dense.bytes / plain.count < 5, String(dense.bytes / plain.count));
  const exact = NumberTable.build({ ...plain, from: list.from.map((_, at) => 1_600_000_000 + at) }, values);
  assert.ok(exact.bytes / plain.count < 9, String(exact.bytes / plain.count));
});

test('what is no number is not in a table, and nothing is in an empty one', () => {
  const table = NumberTable.build(stepsOf([{ number: 44, from: 0, value: 1 }]), values);
  for (const text of ['', 'x44', '4'.repeat(16), '-44', '44 ']) assert.equal(table.find(text, 0), undefined, text);
  assert.equal(NumberTable.build(stepsOf([]), values).find('44', 0), undefined);
});

test('the steps of a number are its history', () => {
  const table = NumberTable.build(
    stepsOf([
      { number: 44, from: 9, value: 0 },
      { number: 44, from: 5, value: 2 },
      { number: 45, from: 1, value: 1 },
    ]),
    values,
  );
  assert.deepEqual(table.stepsOf('44'), [
    { fromSeconds: 5, value: 'beta' },
    { fromSeconds: 9, value: undefined },
  ]);
});

test('of an import that is packed in chunks, those are known in which a number has steps: at most one more in front of them', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 4 }), fc.nat(), (list, size, which) => {
      const steps = stepsOf(list);
      const chunks: Uint8Array[] = [];
      for (let first = 0; first < steps.count; first += size) chunks.push(packSteps(steps, first, Math.min(first + size, steps.count)));
      const number = list[which % Math.max(list.length, 1)]?.number ?? which;
      const places = placesOf(
        number,
        chunks.map((chunk) => chunk.subarray(0, FRONT_BYTES)),
      );
      const has = chunks.flatMap((chunk, place) => {
        const count = Math.min(size, steps.count - place * size);
        const own = new UnpackedSteps(count);
        own.unpack(chunk, count, [0, 1, 2, 3]);
        return own.numbers.includes(number) ? [place] : [];
      });
      for (const place of has) assert.ok(places.includes(place), `${number} stands in ${has}, and is looked for in ${places}`);
      assert.ok(places.length <= has.length + 1);
    }),
  );
});
