import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from './days.ts';

test('days are counted over ends of months, of years and of February, forwards and backwards', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2028-03-01', -1), '2028-02-29');
  assert.equal(addDays('2026-03-01', -1), '2026-02-28');
  assert.equal(addDays('2026-01-31', 30), '2026-03-02');
  assert.equal(addDays('2026-01-31', 0), '2026-01-31');
});

test('a date is moved as Temporal moves it, also when more were asked for than are remembered', () => {
  const start = Temporal.PlainDate.from('1999-12-31');
  for (let days = 0; days < 10_050; days += 1) assert.equal(addDays('1999-12-31', days), start.add({ days }).toString());
});
