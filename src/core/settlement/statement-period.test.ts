import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatementPeriod, periodBetween, periodsEndingIn, writePeriod } from './statement-period.ts';

test('each form of period names its local days', () => {
  // written            first day     first day after   in words
  const rows: [string, string, string, string][] = [
    ['2026-10-21', '2026-10-21', '2026-10-22', '21 October 2026'],
    ['2026-10', '2026-10-01', '2026-11-01', '1 – 31 October 2026'],
    ['2026-12', '2026-12-01', '2027-01-01', '1 – 31 December 2026'],
    ['2026-02-H1', '2026-02-01', '2026-02-16', '1 – 15 February 2026'],
    ['2026-02-h2', '2026-02-16', '2026-03-01', '16 – 28 February 2026'],
    ['2028-02-H2', '2028-02-16', '2028-03-01', '16 – 29 February 2028'],
    ['2026-Q4', '2026-10-01', '2027-01-01', '1 October – 31 December 2026'],
    ['2026-W43', '2026-10-19', '2026-10-26', '19 – 25 October 2026'],
    ['2026-W01', '2025-12-29', '2026-01-05', '29 December 2025 – 4 January 2026'],
    ['2026-W53', '2026-12-28', '2027-01-04', '28 December 2026 – 3 January 2027'],
  ];
  for (const [text, from, to, words] of rows) {
    const result = parseStatementPeriod(text);
    assert.ok(result.ok, text);
    assert.deepEqual([result.value.from, result.value.to, writePeriod(result.value)], [from, to, words]);
  }
});

test('what is no period is refused by name', () => {
  for (const text of [
    '',
    '2026',
    '2026-13',
    '2026-02-29',
    '2026-10-H3',
    '2026-Q5',
    '2026-W00',
    '2027-W53',
    '10/2026',
    '2026-10-21T00:00',
    '../x',
  ]) {
    const result = parseStatementPeriod(text);
    assert.ok(!result.ok, text);
    assert.equal(result.refusals[0]?.code, 'statement.period-malformed');
  }
});

test('two dates are inclusive, and must not be reversed', () => {
  const week = periodBetween('2026-10-01', '2026-10-07');
  assert.ok(week.ok);
  assert.deepEqual(week.value, { from: '2026-10-01', to: '2026-10-08', label: '2026-10-01..2026-10-07' });
  const reversed = periodBetween('2026-10-07', '2026-10-01');
  assert.ok(!reversed.ok && reversed.refusals[0]?.code === 'statement.period-reversed');
  const malformed = periodBetween('2026-10-07', '2026-10-32');
  assert.ok(!malformed.ok && malformed.refusals[0]?.code === 'statement.period-malformed');
});

test('a period whose ends are no exact instants is refused, and says so', () => {
  const beyond = ['9999-12-31', '9999-12', '2300-Q4', '0000-01', '1699-12'].map(parseStatementPeriod);
  for (const period of [periodBetween('2026-10-01', '9999-12-31'), periodBetween('1500-01-01', '2026-10-01'), ...beyond]) {
    assert.ok(!period.ok && period.refusals[0]?.code === 'statement.period-malformed');
    assert.equal(period.refusals[0].message, 'a period lies within the years 1700 to 2199');
  }
  assert.ok(periodBetween('1700-01-01', '2199-12-30').ok);
});

test('the tier periods that a statement closes are those that end in it', () => {
  const ending = (kind: 'day' | 'week' | 'month' | 'quarter', from: string, to: string) =>
    periodsEndingIn(kind, { from, to }).map((period) => `${period.from} ${period.to}`);
  assert.deepEqual(ending('month', '2026-10-01', '2026-11-01'), ['2026-10-01 2026-11-01']);
  assert.deepEqual(ending('month', '2026-10-16', '2026-11-01'), ['2026-10-01 2026-11-01']);
  assert.deepEqual(ending('month', '2026-10-01', '2026-10-16'), []);
  assert.deepEqual(ending('month', '2026-10-01', '2027-01-01').length, 3);
  assert.deepEqual(ending('week', '2026-10-01', '2026-10-08'), ['2026-09-28 2026-10-05']);
  assert.deepEqual(ending('day', '2026-10-01', '2026-10-03').length, 2);
});
