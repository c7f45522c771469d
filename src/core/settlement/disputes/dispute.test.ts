import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStep, type DisputeStep, standingOf } from './dispute.ts';

const raised: DisputeStep = { kind: 'raised', by: 'them', day: '2026-11-10' };
const offer = (by: 'us' | 'them', netNanos: bigint, day = '2026-11-12'): DisputeStep => ({ kind: 'offered', by, day, netNanos });
const step = (kind: 'accepted' | 'rejected' | 'withdrawn', by: 'us' | 'them', day = '2026-11-13'): DisputeStep => ({ kind, by, day });
const settled: DisputeStep = { kind: 'settled', by: 'us', day: '2026-11-14', outcome: 'credit-note' };

/** Steps one after the other: the state they come to, or the refusal of the first that may not follow. */
function play(...steps: readonly DisputeStep[]): string {
  const made: DisputeStep[] = [raised];
  for (const next of steps) {
    const checked = checkStep(made, next, 100n);
    if (!checked.ok) return checked.refusals[0]?.code ?? '';
    made.push(next);
    assert.deepEqual(checked.value, standingOf(made));
  }
  const { state, netNanos } = standingOf(made);
  return netNanos === undefined ? state : `${state} ${netNanos}`;
}

test('a dispute goes from raised over offers to what was agreed, and no other way', () => {
  const table: readonly (readonly [string, ...DisputeStep[]])[] = [
    ['open'],
    ['offered 40', offer('us', 40n)],
    ['offered 70', offer('us', 40n), offer('them', 70n)],
    ['open', offer('us', 40n), step('rejected', 'them')],
    ['agreed 40', offer('us', 40n), step('accepted', 'them')],
    ['settled 40', offer('us', 40n), step('accepted', 'them'), settled],
    ['withdrawn', step('withdrawn', 'them')],
    ['withdrawn', offer('us', 40n), step('withdrawn', 'them')],
    ['dispute.step-impossible', offer('us', 40n), step('accepted', 'us')],
    ['dispute.step-impossible', step('accepted', 'us')],
    ['dispute.step-impossible', step('withdrawn', 'us')],
    ['dispute.step-impossible', settled],
    ['dispute.step-impossible', offer('us', 40n), step('accepted', 'them'), settled, offer('us', 1n)],
    ['dispute.step-impossible', offer('us', 40n), step('accepted', 'them'), offer('us', 30n)],
    ['dispute.step-impossible', offer('us', 40n, '2026-11-09')],
    ['dispute.amount', offer('us', 101n)],
  ];
  for (const [wanted, ...steps] of table)
    assert.equal(play(...steps), wanted, JSON.stringify(steps.map(({ kind, by }) => `${kind} ${by}`)));
});
