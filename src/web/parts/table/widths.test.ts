import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from './columns.ts';
import { fitted, narrowOrder, widthOf } from './widths.ts';

interface Row {
  readonly name: string;
  readonly money: string;
}
const rows: readonly Row[] = [
  { name: 'Atlantic Crossing', money: '1210820.732' },
  { name: 'Rheinland', money: '-8.5' },
];
const name: Column<Row> = { id: 'name', header: 'Partner', value: (row) => row.name, width: 100 };
const money: Column<Row> = {
  id: 'money',
  header: 'Open',
  kind: 'amount',
  value: (row) => row.money,
  currency: () => 'EUR',
  total: true,
  width: 60,
};

test('a figure has room for its digits, their groups, decimals, and the currency where the header lacks it', () => {
  const bare = widthOf(money, rows, 'EUR');
  const whole = widthOf(money, rows, undefined);
  assert.equal(bare.least, bare.whole);
  assert.ok(bare.whole >= '1,210,820.732'.length * 8, String(bare.whole));
  assert.ok(whole.whole - bare.whole >= 30);
});

test('a text gives way to what it was given where there is no room, and a figure never', () => {
  const widths = [widthOf(name, rows, undefined), widthOf(money, rows, 'EUR')];
  const [text = 0, figure = 0] = fitted(widths, 200);
  assert.equal(text, 100);
  assert.equal(figure, widths[1]?.whole);
  assert.deepEqual(
    fitted(widths, 2_000),
    widths.map((each) => each.whole),
  );
});

test('an instant that no row has gives its room to names; one that some row has is never cut', () => {
  const used = (value: (row: Row) => string): Column<Row> => ({ id: 'used', header: 'Used', kind: 'instant', value });
  const never = widthOf(
    used(() => ''),
    rows,
    undefined,
  );
  const once = widthOf(
    used(({ name: of }) => (of === 'Rheinland' ? '2026-10-01T00:00:00Z' : '')),
    rows,
    undefined,
  );
  assert.ok(never.least < 100, String(never.least));
  assert.equal(never.whole, once.whole);
  assert.equal(once.least, once.whole);
});

test('on a narrow screen money stands beside what a row is about', () => {
  const day: Column<Row> = { id: 'day', header: 'Day', kind: 'day', value: () => '2026-10-01' };
  assert.deepEqual(
    narrowOrder([name, day, money]).map(({ id }) => id),
    ['name', 'money', 'day'],
  );
});

test('a figure with a cell of its own, which may add a unit, has at least the width that was given for it', () => {
  const own: Column<Row> = { ...money, kind: 'figure', width: 240, cell: () => null };
  assert.equal(widthOf(own, rows, undefined).least, 240);
});
