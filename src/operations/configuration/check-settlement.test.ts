import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agreement } from '#core/agreements/agreements.ts';
import type { Deal } from '#core/agreements/deals.ts';
import { type SettlementTerms, usualSettlement } from '#core/agreements/settlement-terms.ts';
import { settlementFaults } from './check-settlement.ts';

function agreement(settlement: Partial<SettlementTerms>, more: Partial<Agreement> = {}): Agreement {
  return {
    ...{ id: 'a', versionId: 1, name: 'A', account: 'a', zone: 'UTC', currency: 'EUR', validFrom: '2026-01-01' },
    rounding: { decimals: 4, mode: 'half-up' },
    ...{ seconds: 'as-given', bands: 'start', settlementPeriod: 'month' },
    services: [{ service: 'voice', role: 'incoming', tariff: 't' }],
    settlement: { ...usualSettlement, ...settlement },
    ...more,
  };
}

const send: Deal = {
  ...{ id: 'send', kind: 'send-or-pay', side: 'receivable', measure: 'minutes', quantity: '1', price: '1', excessPrice: '1' },
  ...{ from: '2026-01-01', every: 'month' },
};
const tiers: Deal = {
  ...{ id: 'tiers', kind: 'graduated', side: 'receivable', measure: 'minutes', tiers: [], from: '2026-01-01', every: 'month' },
};
const share: Deal = {
  ...{ id: 'share', kind: 'share', side: 'payable', of: 'b', ofSide: 'receivable', percent: '5', from: '2026-01-01', every: 'month' },
};
const foreign = agreement({}, { id: 'b', currency: 'USD' });

test('what does not go together in a settlement is named', () => {
  const rows: readonly (readonly [settlement: Partial<SettlementTerms>, codes: readonly string[]])[] = [
    [{}, []],
    [{ relation: 'hubbing' }, []],
    [{ relation: 'roaming' }, ['relation-differs relation roaming']],
    [{ relation: 'network-access' }, ['relation-differs relation network-access']],
    [{ relation: 'mvno' }, ['relation-differs relation mvno']],
    [{ periodStart: '2026-01-28' }, []],
    [{ periodStart: '2026-01-29' }, ['period-start-wrong periodStart 2026-01-29']],
    [{ deals: [send, tiers] }, ['deal-overlaps kind graduated']],
    [{ deals: [send, { ...tiers, service: 'sms' }] }, ['deal-overlaps kind graduated']],
    [
      {
        deals: [
          { ...send, service: 'voice' },
          { ...tiers, service: 'sms' },
        ],
      },
      [],
    ],
    [
      {
        deals: [
          { ...send, to: '2026-02-01' },
          { ...tiers, from: '2026-02-01' },
        ],
      },
      [],
    ],
    [
      {
        deals: [
          { ...send, destinations: ['Germany*'] },
          { ...tiers, destinations: ['Germany Mobile'] },
        ],
      },
      ['deal-overlaps kind graduated'],
    ],
    [
      {
        deals: [
          { ...send, destinations: ['Germany*'] },
          { ...tiers, destinations: ['France'] },
        ],
      },
      [],
    ],
    [{ deals: [send, { ...send, service: 'voice', from: '2027-01-01' }] }, ['deal-overlaps id send']],
    [{ deals: [{ ...share, of: 'c' }] }, ['reference-unknown of c']],
    [{ deals: [share] }, ['currency-differs of b']],
  ];
  for (const [settlement, codes] of rows) {
    const faults = settlementFaults(agreement(settlement), [agreement(settlement), foreign]);
    assert.deepEqual(
      faults.map(({ code, field, value }) => `${code.slice('configuration.'.length)} ${field} ${value}`),
      codes,
      JSON.stringify(settlement),
    );
  }
  const roaming = agreement({ relation: 'roaming' }, { services: [{ service: 'data', role: 'roaming-outbound', tariff: 't' }] });
  assert.deepEqual(settlementFaults(roaming, [roaming]), []);
});
