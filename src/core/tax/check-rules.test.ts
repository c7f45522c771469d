import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSupplies, checkTaxData } from './check-rules.ts';
import type { TaxRate, TaxRule, TaxRules } from './rules.ts';
import { taxedServices } from './tax.ts';

const rule: TaxRule = {
  id: 'HOME',
  own: false,
  says: 'At home',
  validFrom: '2020-01-01',
  seller: ['AA'],
  sellerNot: [],
  buyer: ['AA'],
  buyerNot: [],
  buyerStatus: ['business'],
  services: ['voice'],
  category: 'S',
  taxedAt: 'seller',
  taxes: ['VAT'],
  selfAssessed: false,
  requires: [],
  source: 'made for this test',
};
const rate: TaxRate = {
  id: 'AA-VAT',
  own: false,
  tax: 'VAT',
  jurisdiction: 'AA',
  services: taxedServices,
  percents: [{ percent: '19', validFrom: '2020-01-01', onTopOf: [] }],
  source: 'made for this test',
};

function ruleSet(rules: readonly TaxRule[], rates: readonly TaxRate[] = [rate]): TaxRules {
  return { areas: [], territories: [], selfAssessment: [], rules, rates, withholding: [] };
}

function found(rules: TaxRules): readonly string[] {
  return checkTaxData(rules, '2026-01-01', '2028-01-01').map(({ refusal, from, about }) => `${refusal.code} ${about} ${from}`);
}

test('data without a fault has no finding', () => assert.deepEqual(found(ruleSet([rule])), []));

test('two rules that speak of one supply are found with the first day on which both hold', () => {
  const wider = { ...rule, id: 'WIDER', seller: ['any'], validFrom: '2027-07-01' };
  assert.deepEqual(found(ruleSet([rule, wider])), ['tax.rules-overlap HOME, WIDER 2027-07-01']);
  assert.deepEqual(found(ruleSet([rule, { ...wider, services: ['sms'] }])), []);
  assert.deepEqual(found(ruleSet([rule, { ...wider, buyerStatus: ['consumer'] }])), []);
  assert.deepEqual(found(ruleSet([rule, { ...wider, relation: 'foreign' }])), []);
  assert.deepEqual(found(ruleSet([rule, { ...wider, own: true }])), [], 'the user’s own goes before');
});

test('a percentage that ends without another is found on the day it is missing, and two at once on the day they begin', () => {
  const ends = { ...rate, percents: [{ percent: '19', validFrom: '2020-01-01', validTo: '2027-03-01', onTopOf: [] }] };
  assert.deepEqual(found(ruleSet([rule], [ends])), ['tax.rate-missing HOME in AA 2027-03-01']);
  const also = { ...rate, id: 'ALSO', percents: [{ percent: '7', validFrom: '2027-04-01', onTopOf: [] }] };
  assert.deepEqual(found(ruleSet([rule], [rate, also])), ['tax.rates-overlap HOME in AA 2027-04-01']);
});

test('a supply that will be billed is asked for on each day on which something changes', () => {
  const ends = { ...rule, validTo: '2027-01-01' };
  const party = { country: 'AA', registrations: {}, isBusiness: true };
  const lines = [{ line: 1, service: 'voice' as const, netNanos: 0n }];
  const supply = { about: 'AA to AA', question: { seller: party, buyer: party, currency: 'EUR', lines } };
  const findings = checkSupplies(ruleSet([ends]), [supply], '2026-01-01', '2028-01-01');
  assert.deepEqual(
    findings.map(({ refusal, from }) => `${refusal.code} ${from}`),
    ['tax.rule-missing 2027-01-01'],
  );
});
