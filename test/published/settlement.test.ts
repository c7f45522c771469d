/**
 * Worked examples of deals and of taxes that others published: nobody here wrote these figures. Each names its source and repeats in
 * `says` what the source says. The pages were read in stored copies in November 2026.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Agreement } from '#core/agreements/agreements.ts';
import type { Fee, TrafficDeal } from '#core/agreements/deals.ts';
import { usualSettlement } from '#core/agreements/settlement-terms.ts';
import { formatNanos } from '#core/money/amount.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import type { DealUsage } from '#core/settlement/deals/deal-usage.ts';
import { feeAdjustments } from '#core/settlement/deals/fees.ts';
import { dealAdjustments } from '#core/settlement/deals/settle-deals.ts';
import { determineTax } from '#core/tax/determine-tax.ts';
import type { TaxParty } from '#core/tax/tax.ts';
import { taxRulesOf } from '#operations/tax/rule-set.ts';

const nanos = (amount: string): bigint => unitsAtScale(decimal(amount), 9);

interface DealExample {
  readonly source: string;
  readonly says: string;
  /** Without its window: a month. */
  readonly deal: object;
  /** What was used, in units, and charged. */
  readonly used: string;
  readonly charged: string;
  /** What is due in all. */
  readonly due: string;
}

const minimum = (amount: string) => ({ kind: 'minimum-revenue', amount });
const LAGO_CONTRACT = 'https://getlago.com/docs/guide/lago-cloud/contract-billing.md';
const NETSUITE = 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_25172236752.html';
const ZUPLO = 'https://zuplo.com/docs/articles/monetization/pricing-models';
const marginal = {
  ...{ kind: 'discount', measure: 'money', applies: 'slices' },
  tiers: [
    { from: '0', percent: '5' },
    { from: '100', percent: '10' },
  ],
};
const zuplo = [
  { from: '0', price: '0.10' },
  { from: '1000', price: '0.05' },
  { from: '10000', price: '0.01' },
];

const deals: readonly DealExample[] = [
  {
    source: LAGO_CONTRACT,
    says: 'a $1,000 monthly minimum: with $800 of usage a $200 true-up',
    ...{ deal: minimum('1000'), used: '0', charged: '800', due: '1000' },
  },
  { source: LAGO_CONTRACT, says: 'with $1,300 of usage it bills $1,300', deal: minimum('1000'), used: '0', charged: '1300', due: '1300' },
  {
    source: 'https://getlago.com/docs/guide/plans/charges/spending-minimum',
    says: 'a spending minimum of $100: the period’s consumption is $50, so a true-up fee of $50',
    ...{ deal: minimum('100'), used: '5000', charged: '50', due: '100' },
  },
  {
    source: 'https://beebolt.com/glossary/take-or-pay-contract',
    says: '50 barrels of oil a month at $60 each: $3,000, even if not all are taken',
    ...{
      deal: { kind: 'send-or-pay', measure: 'events', quantity: '50', price: '60', excessPrice: '60' },
      used: '37',
      charged: '2220',
      due: '3000',
    },
  },
  {
    source: 'https://lsd.law/define/makeup-gas',
    says: 'at least 100 million cubic feet a year; it takes 80 and still pays for the full 100 (price ours: 3 a million)',
    ...{
      deal: { kind: 'send-or-pay', measure: 'events', quantity: '100', price: '3', excessPrice: '3' },
      used: '80',
      charged: '240',
      due: '300',
    },
  },
  {
    source: 'https://jokesandstocks.com/dictionary/t/take-or-pay',
    says: 'a contract for 1,000 megawatts: using 800, they owe payment for the remaining 200 (price ours: 5)',
    ...{ deal: { kind: 'commitment', measure: 'events', quantity: '1000', price: '5' }, used: '800', charged: '4000', due: '5000' },
  },
  {
    source: 'https://docs.stigg.io/documentation/modeling-your-pricing-in-stigg/plans/overages/overview.md',
    says: '1,000 calls are included; for 1,300 an overage of $0.01 for each additional one, $3.00, on top of the committed amount (which is free here)',
    ...{
      deal: { kind: 'send-or-pay', measure: 'events', quantity: '1000', price: '0', excessPrice: '0.01' },
      used: '1300',
      charged: '0',
      due: '3',
    },
  },
  {
    source: 'https://nicsystemsinc.feedbear.com/boards/ideas/posts/volume-based-rebates',
    says: '$1 million a year earns 5 %: for $1.2 million the rebate is 5 % of $1.2 million, $60,000',
    ...{
      deal: { kind: 'discount', measure: 'money', applies: 'all', tiers: [{ from: '1000000', percent: '5' }] },
      ...{ used: '0', charged: '1200000', due: '1140000' },
    },
  },
  {
    source: NETSUITE,
    says: 'marginal rebate, 5 % to $100, 10 % to $350: $60 earn $3',
    deal: marginal,
    used: '2',
    charged: '60',
    due: '57',
  },
  {
    source: NETSUITE,
    says: 'the same: $200 earn 0.05 × 100 + 0.1 × 100 = $15',
    ...{ deal: marginal, used: '1', charged: '200', due: '185' },
  },
  {
    source: 'https://docs.useautumn.com/documentation/modelling-pricing/graduated-pricing.md',
    says: 'first 1,000 at $0.01, next 9,000 at $0.008, above $0.005: 15,000 cost $107',
    deal: {
      ...{ kind: 'graduated', measure: 'events' },
      tiers: [
        { from: '0', price: '0.01' },
        { from: '1000', price: '0.008' },
        { from: '10000', price: '0.005' },
      ],
    },
    ...{ used: '15000', charged: '150', due: '107' },
  },
  {
    source: ZUPLO,
    says: '$0.10 to 1,000, $0.05 to 10,000, $0.01 above: 15,000 cost $100 + $450 + $50 = $600',
    ...{ deal: { kind: 'graduated', measure: 'events', tiers: zuplo }, used: '15000', charged: '1500', due: '600' },
  },
  {
    source: ZUPLO,
    says: 'the same by volume: 15,000 × $0.01 = $150',
    ...{ deal: { kind: 'retroactive', measure: 'events', tiers: zuplo }, used: '15000', charged: '1500', due: '150' },
  },
];

function dueOf({ deal, used, charged }: DealExample): string {
  // The examples say kind and figures; side and window are ours.
  const whole = { id: 'published', side: 'receivable', service: 'event', from: '2026-10-01', every: 'month', ...deal } as TrafficDeal;
  const usage: DealUsage = {
    ...{ side: 'receivable', service: 'event', destination: '', day: '2026-10-15', billed: BigInt(used), amountNanos: nanos(charged) },
  };
  const rounding = { decimals: 4, mode: 'half-up' } as const;
  const made = dealAdjustments(
    { deals: [whole], rounding, usage: [usage], others: new Map() },
    { from: '2026-10-01', to: '2026-11-01' },
    [],
  );
  return formatNanos(made.reduce((sum, { amountNanos }) => sum + amountNanos, nanos(charged)));
}

/** 90.00 a month whose months begin on the 5th, from 2025-03-28 to 2026-02-04: 8 ÷ 31 of the first and ten whole ones, 923.23. */
const SALESFORCE = 'https://help.salesforce.com/s/articleView?id=ind.pricing_monthly_proration_examples.htm&type=5';

test(`a prorated fee comes to what ${SALESFORCE} says: 10.258065 × 90 = 923.23`, () => {
  const fee: Fee = {
    ...{ id: 'published', kind: 'fee', side: 'receivable', price: '90.00', every: 'month', cycleStart: '2025-03-05', due: 'arrears' },
    ...{ from: '2025-03-28', to: '2026-02-05' },
  };
  const version: Agreement = {
    ...{ id: 'a', versionId: 1, name: 'A', account: 'a', zone: 'UTC', currency: 'USD', validFrom: '2025-03-28', seconds: 'as-given' },
    ...{ bands: 'start', rounding: { decimals: 2, mode: 'half-up' }, settlementPeriod: 'month', services: [] },
    settlement: { ...usualSettlement, deals: [fee] },
  };
  const period = { from: '2025-03-28', to: '2026-02-05' };
  const made = feeAdjustments({ known: [version], versions: [version], period, closed: undefined, settled: [] });
  assert.deepEqual(
    made.map(({ amountNanos }) => formatNanos(amountNanos)),
    ['23.23', ...Array.from({ length: 10 }, () => '90')],
  );
  assert.equal(formatNanos(made.reduce((sum, { amountNanos }) => sum + amountNanos, 0n)), '923.23');
});

describe('deals that others worked out come to what they published', () => {
  for (const example of deals)
    test(`${example.says} (${new URL(example.source).hostname})`, () => assert.equal(dueOf(example), example.due));
});

interface TaxExample {
  readonly source: string;
  readonly says: string;
  readonly from: string;
  readonly to: string;
  readonly net: string;
  readonly currency: string;
  readonly taxes: readonly string[];
  readonly total: string;
}

const REVENU = 'http://www.revenuquebec.ca/en/entreprise/taxes/tvq_tps/calcul-taxes.aspx';
const JUSTINVOICE = 'https://justinvoice.ca/en/calculate-gst-qst-invoice-quebec';
const AAKHIR = 'https://aakhirkyon.in/what-is-igst-cgst-and-sgst/';
const quebec = { from: 'CA-QC', to: 'CA-QC', currency: 'CAD' };

const taxes: readonly TaxExample[] = [
  {
    source: REVENU,
    says: 'Revenu Québec: a selling price of $100.00 has $5.00 of GST and $9.98 of QST, total $114.98 (half a cent is a cent)',
    ...{ ...quebec, net: '100', taxes: ['GST 5', 'QST 9.98'], total: '114.98' },
  },
  {
    source: JUSTINVOICE,
    says: '$500.00: $25.00 and $49.88, total $574.88',
    ...quebec,
    net: '500',
    taxes: ['GST 25', 'QST 49.88'],
    total: '574.88',
  },
  {
    source: JUSTINVOICE,
    says: '$1,000.00: $50.00 and $99.75, total $1,149.75',
    ...{ ...quebec, net: '1000', taxes: ['GST 50', 'QST 99.75'], total: '1149.75' },
  },
  {
    source: JUSTINVOICE,
    says: '$2,500.00: $125.00 and $249.38, total $2,874.38',
    ...{ ...quebec, net: '2500', taxes: ['GST 125', 'QST 249.38'], total: '2874.38' },
  },
  {
    source: 'https://www.canada.ca/en/revenue-agency/services/tax/businesses/topics/gst-hst-businesses/charge-collect-place-supply.html',
    says: 'a supplier in British Columbia charges a customer in Ontario 13 % HST (price ours: 200.00)',
    ...{ from: 'CA-BC', to: 'CA-ON', net: '200', currency: 'CAD', taxes: ['HST 26'], total: '226' },
  },
  {
    source: AAKHIR,
    says: '10,000 rupees within Maharashtra: CGST and SGST of 9 % each, of which the SGST is INR 900',
    ...{ from: 'IN-MH', to: 'IN-MH', net: '10000', currency: 'INR', taxes: ['CGST 900', 'SGST 900'], total: '11800' },
  },
  {
    source: AAKHIR,
    says: '17,500 rupees from Maharashtra to Rajasthan: IGST at 18 %',
    ...{ from: 'IN-MH', to: 'IN-RJ', net: '17500', currency: 'INR', taxes: ['IGST 3150'], total: '20650' },
  },
  {
    source: 'https://teachoo.com/5985/1942/IGST-Tax-Rates-and-Computation/category/Understanding-Output-and-Input-GST',
    says: 'sales of 100,000 outside the state, CGST and SGST being 9 % each: IGST of 18 %',
    ...{ from: 'IN-DL', to: 'IN-KA', net: '100000', currency: 'INR', taxes: ['IGST 18000'], total: '118000' },
  },
];

function party(place: string): TaxParty {
  const country = place.slice(0, 2);
  return { country, region: place, registrations: { [country]: `${country}1` }, isBusiness: true, isReseller: true };
}

describe('taxes that others worked out come to what they published', () => {
  const rules = taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: [] }, []);
  for (const { source, says, from, to, net, currency, taxes: wanted, total } of taxes)
    test(`${says} (${new URL(source).hostname})`, () => {
      const lines = [{ line: 1, service: 'voice', netNanos: nanos(net) }] as const;
      const answer = determineTax(rules, { seller: party(from), buyer: party(to), taxDay: '2026-10-31', currency, lines });
      assert.ok(answer.ok, answer.ok ? '' : answer.refusals.map(({ message }) => message).join('; '));
      const made = answer.value.taxes.map(({ name, taxNanos }) => `${name} ${formatNanos(taxNanos)}`);
      assert.deepEqual([made, formatNanos(nanos(net) + answer.value.taxNanos)], [wanted, total]);
    });
});
