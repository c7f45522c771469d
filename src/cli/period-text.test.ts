import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boardText } from './period-text.ts';

const recorded = {
  ...{ agreement: 'northwind-bilateral-voice-2026', label: '2026-10', id: 'northwind-bilateral-voice-2026@2026-10@1' },
  ...{ closedOn: '2026-11-03', closedBy: 'ann', approvals: 0, approvedBy: [], overridden: false, amounts: [] },
};

test('the board fits a terminal of 80 columns, with a line for each side', () => {
  const text = boardText({
    due: [{ agreement: 'atlantic', label: '2026-10', account: 'atlantic', party: 'atlantic' }],
    holders: new Map(),
    recorded: [
      {
        ...recorded,
        sides: [
          { side: 'receivable', currency: 'USD', outcome: 'issued', document: 'INV-2026-000123', openNanos: '1234567890000000' },
          { side: 'payable', currency: 'USD', outcome: 'expected', document: null, openNanos: '0' },
        ],
      },
      { ...recorded, agreement: 'andina', approvals: 2, approvedBy: ['ann'], sides: [] },
    ],
  });
  assert.deepEqual(
    text.split('\n').filter((line) => line.length > 80),
    [],
  );
  const cells = text.split('\n').map((line) => line.trim().split(/\s{2,}/));
  assert.deepEqual(cells.slice(2, 6), [
    ['atlantic', '2026-10', 'due'],
    [cells[3]?.[0], '2026-10', 'expected', 'they owe', 'INV-2026-000123', '1,234,567.89 USD'],
    ['we owe', 'expected'],
    ['andina', '2026-10', 'approval 1/2'],
  ]);
});
