import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DunningTerms } from '../parties/dunning-terms.ts';
import { isHeld, noticeOn, type OverdueDocument } from './dunning.ts';

const UNIT = 1_000_000_000n;
const terms: DunningTerms = {
  stages: [
    { name: 'reminder', afterDays: 7, tone: 'reminder', hold: false },
    { name: 'demand', afterDays: 21, tone: 'demand', fee: { EUR: '15.00' }, hold: false },
    { name: 'final', afterDays: 35, tone: 'final', fee: { EUR: '40.00' }, hold: true },
  ],
  least: { EUR: '10.00' },
  daysBetween: 7,
  daysToPay: 10,
};
const owed = (more: Partial<OverdueDocument> = {}): OverdueDocument => ({
  document: 'INV-1',
  dueDay: '2026-12-01',
  owedNanos: 100n * UNIT,
  stage: 0,
  lastDay: undefined,
  isPaused: false,
  isFee: false,
  ...more,
});

test('stages of one document, day by day', () => {
  let document = owed();
  const letters: string[] = [];
  for (let day = Temporal.PlainDate.from('2026-12-01'); day.toString() < '2027-02-01'; day = day.add({ days: 1 })) {
    const notice = noticeOn(day.toString(), 'EUR', [document], terms);
    if (notice === undefined) continue;
    letters.push(`${day} ${notice.stage} ${notice.feeNanos / UNIT} ${notice.hold} pay by ${notice.payBy}`);
    document = { ...document, stage: notice.stage, lastDay: day.toString() };
  }
  assert.deepEqual(letters, [
    '2026-12-08 1 0 false pay by 2026-12-18',
    '2026-12-22 2 15 false pay by 2027-01-01',
    '2027-01-05 3 40 true pay by 2027-01-15',
  ]);
  assert.equal(isHeld('2027-02-01', [document], terms), true);
  assert.equal(isHeld('2027-02-01', [{ ...document, owedNanos: 0n }], terms), false);
});

test('a document that is months late begins with the first letter, and has its rest between two', () => {
  const first = noticeOn('2027-06-01', 'EUR', [owed()], terms);
  assert.equal(first?.stage, 1);
  assert.equal(noticeOn('2027-06-07', 'EUR', [owed({ stage: 1, lastDay: '2027-06-01' })], terms), undefined);
  assert.equal(noticeOn('2027-06-08', 'EUR', [owed({ stage: 1, lastDay: '2027-06-01' })], terms)?.stage, 2);
});

test('one letter has all that is overdue; its stage is the highest that a document moves to', () => {
  const notice = noticeOn(
    '2026-12-22',
    'EUR',
    [
      owed({ document: 'B', dueDay: '2026-12-20' }),
      owed({ document: 'A', stage: 1, lastDay: '2026-12-08' }),
      owed({ document: 'C', dueDay: '2026-12-14' }),
      owed({ document: 'D', dueDay: '2026-12-22' }),
    ],
    terms,
  );
  assert.equal(notice?.stage, 2);
  assert.equal(notice.owedNanos, 300n * UNIT);
  assert.deepEqual(
    notice.lines.map(({ document, stage, daysLate }) => [document, stage, daysLate]),
    [
      ['A', 2, 21],
      ['C', 1, 8],
      ['B', 0, 2],
    ],
  );
});

test('small amounts, paused and disputed documents are not asked for; another currency has no least amount and no fee', () => {
  assert.equal(noticeOn('2026-12-22', 'EUR', [owed({ owedNanos: 10n * UNIT - 1n })], terms), undefined);
  assert.equal(noticeOn('2026-12-22', 'EUR', [owed({ isPaused: true })], terms), undefined);
  assert.equal(noticeOn('2026-12-22', 'EUR', [owed({ owedNanos: 0n })], terms), undefined);
  const other = noticeOn('2026-12-22', 'USD', [owed({ owedNanos: 1n, stage: 1, lastDay: '2026-12-08' })], terms);
  assert.deepEqual([other?.stage, other?.feeNanos], [2, 0n]);
});

test('the fee of an earlier letter is asked for, and is never the reason of a letter', () => {
  const fee = owed({ document: 'DUN-1', owedNanos: 15n * UNIT, isFee: true });
  assert.equal(noticeOn('2027-03-01', 'EUR', [fee], terms), undefined);
  const notice = noticeOn('2026-12-22', 'EUR', [owed({ stage: 1, lastDay: '2026-12-08' }), fee], terms);
  assert.equal(notice?.owedNanos, 115n * UNIT);
  assert.equal(isHeld('2027-03-01', [{ ...fee, stage: 3 }], terms), false);
});
