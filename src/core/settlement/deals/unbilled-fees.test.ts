import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '../../agreements/agreements.ts';
import type { Fee } from '../../agreements/deals.ts';
import { usualSettlement } from '../../agreements/settlement-terms.ts';
import { formatNanos } from '../../money/amount.ts';
import type { SettledDeal } from './settle-deals.ts';
import { unbilledFees } from './unbilled-fees.ts';

const quarter: Fee = {
  ...{ id: 'line', kind: 'fee', side: 'receivable', price: '92', from: '2026-01-01', every: 'quarter', due: 'arrears' },
};
const version = (validFrom: string, fee: Fee | undefined): Agreement => ({
  ...{ id: 'a', versionId: 1, name: 'A', account: 'a', zone: 'UTC', currency: 'EUR', validFrom, seconds: 'as-given', bands: 'start' },
  ...{ rounding: { decimals: 2, mode: 'half-up' }, settlementPeriod: 'month', services: [] },
  settlement: { ...usualSettlement, deals: fee === undefined ? [] : [fee] },
});
const billed = (window: string, amount: bigint): SettledDeal => ({
  ...{ deal: 'line', window, side: 'receivable', amountNanos: amount * 1_000_000_000n },
});
const fromOctober = { ...quarter, from: '2026-10-01' };

type Row = readonly [
  what: string,
  known: readonly Agreement[],
  billed: readonly SettledDeal[],
  theirs: readonly string[],
  expected: string,
];
const rows: readonly Row[] = [
  ['31 of the 92 days of a quarter are over', [version('2026-10-01', fromOctober)], [], [], '31'],
  ['a quarter that is over and not billed is whole, beside the days of the next', [version('2026-07-01', quarter)], [], [], '92 31'],
  ['what was billed is not open', [version('2026-07-01', quarter)], [billed('2026-07-01', 92n)], [], '31'],
  [
    'billed in advance, days that are to come are not given back',
    [version('2026-10-01', { ...fromOctober, due: 'advance' })],
    [billed('2026-10-01', 92n)],
    [],
    '',
  ],
  [
    'due in advance and not billed, the days that are over are open',
    [version('2026-10-01', { ...fromOctober, due: 'advance' })],
    [],
    [],
    '31',
  ],
  [
    'a fee that ended early gives back what was billed for days that are over',
    [version('2026-07-01', { ...quarter, to: '2026-08-01' })],
    [billed('2026-07-01', 92n)],
    [],
    '-61',
  ],
  ['a fee that is no more gives back all of it', [version('2026-07-01', undefined)], [billed('2026-07-01', 92n)], [], '-92'],
  [
    'another price from the 16th counts for its days',
    [version('2026-10-01', fromOctober), version('2026-10-16', { ...fromOctober, price: '184' })],
    [],
    [],
    '47',
  ],
  ['what is due on days of a document of theirs is on it', [version('2026-07-01', quarter)], [], ['2026-09-01'], '31'],
  ['once is whole from its day on', [version('2026-10-01', { ...fromOctober, every: 'once', price: '50' })], [], [], '50'],
];

test('what fees have come to before the first of November, and no document has', () => {
  for (const [what, known, own, theirs, expected] of rows) {
    const asked = {
      before: '2026-11-01',
      billed: own,
      theirs: theirs.map((from) => ({ side: 'receivable' as const, from, to: '2026-10-01' })),
    };
    const open = unbilledFees({ known, versions: [version('2020-01-01', quarter), ...known], ...asked });
    assert.equal(open.map(({ amountNanos }) => formatNanos(amountNanos)).join(' '), expected, what);
  }
});
