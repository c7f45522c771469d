import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { roundingModes } from '../money/rounding.ts';
import { determineTax } from './determine-tax.ts';
import type { TaxPercent, TaxRate, TaxRule, TaxRules, WithholdingRule } from './rules.ts';
import { type TaxAnswer, type TaxableLine, type TaxedService, type TaxParty, type TaxQuestion, taxedServices } from './tax.ts';

const CENT = 10_000_000n;
const seller: TaxParty = { country: 'AA', region: 'AA-X', registrations: { AA: '1' }, isBusiness: true };
const buyer: TaxParty = { country: 'AA', region: 'AA-X', registrations: {}, isBusiness: true };

function rule(id: string, more: Partial<TaxRule> = {}): TaxRule {
  return {
    id,
    own: false,
    says: `What ${id} is about`,
    validFrom: '2020-01-01',
    seller: ['AA'],
    sellerNot: [],
    buyer: ['AA'],
    buyerNot: [],
    buyerStatus: ['consumer', 'business', 'reseller'],
    services: taxedServices,
    category: 'S',
    taxedAt: 'buyer',
    selfAssessed: false,
    requires: [],
    source: 'made for this test',
    ...more,
  };
}

function rate(
  id: string,
  tax: string,
  percents: readonly (Partial<TaxPercent> & { percent: string })[],
  more: Partial<TaxRate> = {},
): TaxRate {
  const full = percents.map((one): TaxPercent => ({ validFrom: '2020-01-01', onTopOf: [], ...one }));
  return { id, own: false, tax, jurisdiction: 'AA', services: taxedServices, percents: full, source: 'made for this test', ...more };
}

function ruleSet(more: Partial<TaxRules>): TaxRules {
  return { areas: [], territories: [], selfAssessment: [], rules: [], rates: [], withholding: [], ...more };
}

function question(lines: readonly TaxableLine[], more: Partial<TaxQuestion> = {}): TaxQuestion {
  return { seller, buyer, taxDay: '2026-10-31', currency: 'EUR', lines, ...more };
}

function line(number: number, cents: bigint, service: TaxedService = 'voice'): TaxableLine {
  return { line: number, service, netNanos: cents * CENT };
}

function answered(rules: TaxRules, asked: TaxQuestion): TaxAnswer {
  const answer = determineTax(rules, asked);
  assert.ok(answer.ok, answer.ok ? '' : answer.refusals.map(({ message }) => message).join('; '));
  return answer.value;
}

function codes(rules: TaxRules, asked: TaxQuestion): readonly string[] {
  const answer = determineTax(rules, asked);
  return answer.ok ? [] : answer.refusals.map(({ code }) => code);
}

const home = rule('HOME', { taxes: ['VAT'] });
const simple = ruleSet({ rules: [home], rates: [rate('AA-VAT', 'VAT', [{ percent: '19' }])] });

test('by document a tax is rounded once on the sum, by line on each line', () => {
  // Three times 0.03 at 19 %: 0.0057 each, 0.0171 together.
  const lines = [line(1, 3n), line(2, 3n), line(3, 3n)];
  const once = answered(simple, question(lines));
  assert.equal(once.taxNanos, 2n * CENT);
  assert.deepEqual(
    once.lines.map(({ taxNanos }) => taxNanos / CENT),
    [1n, 1n, 0n],
  );
  const each = answered(simple, question(lines, { rounding: { by: 'line', mode: 'half-up' } }));
  assert.equal(each.taxNanos, 3n * CENT);
});

test('an amount says which rule and rate made it, and why', () => {
  const [tax] = answered(simple, question([line(1, 10_000n)])).taxes;
  assert.equal(tax?.rule, 'HOME');
  assert.equal(
    tax?.explanation,
    'What HOME is about (rule HOME, made for this test): VAT of AA at 19 % since 2020-01-01 (rate AA-VAT, made for this test).',
  );
});

test('a rule of the user goes before a shipped one, and two that both speak of a supply are refused', () => {
  const own = rule('MINE', { own: true, category: 'E' });
  const { taxedAt: _, ...exempt } = own;
  assert.equal(answered(ruleSet({ ...simple, rules: [home, exempt] }), question([line(1, 100n)])).taxes[0]?.category, 'E');
  assert.deepEqual(codes(ruleSet({ ...simple, rules: [home, rule('AGAIN')] }), question([line(1, 100n)])), ['tax.rules-overlap']);
});

test('a gap or an overlap of percentages is refused on the days that have it', () => {
  const rates = [
    rate('AA-VAT', 'VAT', [
      { percent: '19', validTo: '2026-01-01' },
      { percent: '20', validFrom: '2026-02-01' },
    ]),
  ];
  const gap = ruleSet({ rules: [home], rates });
  assert.deepEqual(codes(gap, question([line(1, 100n)], { taxDay: '2025-12-31' })), []);
  assert.deepEqual(codes(gap, question([line(1, 100n)], { taxDay: '2026-01-01' })), ['tax.rate-missing']);
  assert.deepEqual(codes(gap, question([line(1, 100n)], { taxDay: '2026-01-31' })), ['tax.rate-missing']);
  assert.deepEqual(codes(gap, question([line(1, 100n)], { taxDay: '2026-02-01' })), []);
  const both = ruleSet({ ...simple, rates: [...simple.rates, rate('AA-VAT-2', 'VAT', [{ percent: '7' }])] });
  assert.deepEqual(codes(both, question([line(1, 100n)])), ['tax.rates-overlap']);
});

test('taxes of a country, a state and a city are all due, and a state without a table is a gap', () => {
  const rates = [
    rate('F', 'Federal', [{ percent: '10' }]),
    rate('S', 'State', [{ percent: '6.25' }], { jurisdiction: 'AA-X' }),
    rate('C', 'City', [{ percent: '0.5' }], { jurisdiction: 'AA-X-7' }),
    rate('O', 'Elsewhere', [{ percent: '9' }], { jurisdiction: 'AA-Y' }),
  ];
  const rules = ruleSet({ rules: [rule('ALL')], rates });
  const asked = (region: string): TaxQuestion => question([line(1, 10_000n)], { buyer: { ...buyer, region } });
  assert.deepEqual(
    answered(rules, asked('AA-X-7')).taxes.map(({ name, taxNanos }) => `${name} ${taxNanos / CENT}`),
    ['Federal 1000', 'State 625', 'City 50'],
  );
  assert.equal(answered(rules, asked('AA-X')).taxes.length, 2);
  assert.deepEqual(codes(rules, asked('AA-Z')), ['tax.rate-missing']);
});

test('a certificate frees of what it is for, while it holds', () => {
  const held = { id: 'C-1', of: 'AA', validFrom: '2026-01-01', validTo: '2026-11-01' };
  const asked = (taxDay: string): TaxQuestion => question([line(1, 10_000n)], { taxDay, buyer: { ...buyer, certificates: [held] } });
  const [free] = answered(simple, asked('2026-10-31')).taxes;
  assert.equal(free?.category, 'E');
  assert.equal(free?.taxNanos, 0n);
  assert.match(free?.explanation ?? '', /by certificate C-1 for AA, valid from 2026-01-01 until before 2026-11-01/);
  for (const day of ['2025-12-31', '2026-11-01']) assert.equal(answered(simple, asked(day)).taxes[0]?.taxNanos, 1_900n * CENT);
});

test('withholding: the treaty goes before the rule for any, but only with a certificate of residence', () => {
  const any: WithholdingRule = {
    id: 'ANY',
    own: true,
    tax: 'Withholding tax',
    says: 'Payment abroad',
    payer: ['AA'],
    payee: ['any'],
    payeeNot: ['AA'],
    services: taxedServices,
    needsCertificate: false,
    percents: [{ percent: '20', validFrom: '2020-01-01', validTo: '2027-01-01', onTopOf: [] }],
    source: 'made for this test',
  };
  const treaty: WithholdingRule = {
    ...any,
    id: 'TREATY',
    payee: ['BB'],
    needsCertificate: true,
    percents: [{ percent: '10', validFrom: '2020-01-01', onTopOf: [] }],
  };
  const { taxedAt: _, ...outside } = rule('IN', { seller: ['any'], category: 'O' });
  const rules = ruleSet({ rules: [outside], withholding: [any, treaty] });
  const from = (country: string, certificates: TaxParty['certificates'] = []): TaxQuestion =>
    question([line(1, 10_000n)], { seller: { ...seller, country, region: country, certificates } });
  const withheld = (asked: TaxQuestion): readonly string[] =>
    answered(rules, asked).withholding.map((tax) => `${tax.rule} ${tax.taxNanos / CENT}`);
  assert.deepEqual(withheld(from('AA')), []);
  assert.deepEqual(withheld(from('CC')), ['ANY 2000']);
  assert.deepEqual(withheld(from('BB')), ['ANY 2000']);
  assert.deepEqual(withheld(from('BB', [{ id: 'R', of: 'TREATY', validFrom: '2026-01-01' }])), ['TREATY 1000']);
  assert.deepEqual(codes(rules, { ...from('CC'), taxDay: '2027-01-01' }), ['tax.withholding-missing']);
  assert.deepEqual(codes({ ...rules, withholding: [any, { ...any, id: 'ALSO' }] }, from('CC')), ['tax.withholding-overlaps']);
});

test('a question that does not hang together is refused by field', () => {
  assert.deepEqual(codes(simple, question([line(1, 1n)], { taxDay: '2026-02-30' })), ['tax.question-broken']);
  assert.deepEqual(codes(simple, question([line(1, 1n)], { currency: 'XAU' })), ['tax.question-broken']);
  assert.deepEqual(codes(simple, question([{ line: 1, service: 'voice', netNanos: 1n }])), ['tax.question-broken']);
  assert.deepEqual(codes(simple, question([line(1, 1n), line(1, 2n)])), ['tax.question-broken']);
});

const percents = fc.constantFrom('0', '5', '7.7', '9.975', '19', '25.5', '33.333');
const anyRules = fc
  .record({ first: percents, second: percents, third: percents, compound: fc.boolean() })
  .map(({ first, second, third, compound }) =>
    ruleSet({
      rules: [
        rule('BOTH', { services: ['voice', 'sms'], taxes: ['ONE', 'TWO'] }),
        rule('REST', { services: taxedServices.filter((one) => one !== 'voice' && one !== 'sms'), taxes: ['THREE'] }),
      ],
      rates: [
        rate('1', 'ONE', [{ percent: first }]),
        rate('2', 'TWO', [{ percent: second, onTopOf: compound ? ['ONE'] : [] }], { jurisdiction: 'AA-X' }),
        rate('3', 'THREE', [{ percent: third }]),
      ],
    }),
  );
const anyQuestion = fc
  .record({
    lines: fc.array(fc.tuple(fc.bigInt({ min: -100_000n, max: 10_000_000n }), fc.constantFrom(...taxedServices)), {
      minLength: 1,
      maxLength: 8,
    }),
    by: fc.constantFrom('document' as const, 'line' as const),
    mode: fc.constantFrom(...roundingModes),
    pricesIncludeTax: fc.boolean(),
  })
  .map(({ lines, by, mode, pricesIncludeTax }) =>
    question(
      lines.map(([cents, service], index) => line(index + 1, cents, service)),
      { rounding: { by, mode }, pricesIncludeTax },
    ),
  );

test('lines add up to the taxes, all is whole in cents, and a price that includes tax is its net and its taxes', () => {
  fc.assert(
    fc.property(anyRules, anyQuestion, (rules, asked) => {
      const answer = answered(rules, asked);
      const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
      assert.equal(sum(answer.taxes.map(({ taxNanos }) => taxNanos)), answer.taxNanos);
      assert.equal(sum(answer.lines.map(({ taxNanos }) => taxNanos)), answer.taxNanos);
      for (const { netNanos, taxNanos } of answer.lines) assert.deepEqual([netNanos % CENT, taxNanos % CENT], [0n, 0n]);
      assert.deepEqual(
        answer.lines.map(({ netNanos, taxNanos }) => netNanos + (asked.pricesIncludeTax === true ? taxNanos : 0n)),
        asked.lines.map(({ netNanos }) => netNanos),
      );
    }),
    { numRuns: 500 },
  );
});

test('the mirror of the lines has the mirror of the taxes: a credit note in full takes back to the cent', () => {
  fc.assert(
    fc.property(anyRules, anyQuestion, (rules, asked) => {
      fc.pre(asked.rounding?.mode !== 'ceiling' && asked.rounding?.mode !== 'floor');
      const forth = answered(rules, asked);
      const back = answered(rules, { ...asked, lines: asked.lines.map((one) => ({ ...one, netNanos: -one.netNanos })) });
      assert.deepEqual(
        back.lines.map(({ netNanos, taxNanos }) => [-netNanos, -taxNanos]),
        forth.lines.map(({ netNanos, taxNanos }) => [netNanos, taxNanos]),
      );
      assert.equal(back.taxNanos, -forth.taxNanos);
    }),
    { numRuns: 500 },
  );
});

test('by document each tax is its printed base times its per cent, rounded once', () => {
  fc.assert(
    fc.property(anyRules, anyQuestion, (rules, asked) => {
      fc.pre(asked.pricesIncludeTax !== true && asked.rounding?.by === 'document');
      for (const { baseNanos, percent, taxNanos } of answered(rules, asked).taxes) {
        // In exact thousandths of a per cent; the distance is less than a cent, and half of one in the half modes.
        const [whole = '', decimals = ''] = percent.split('.');
        const exact = baseNanos * BigInt(`${whole}${decimals.padEnd(3, '0')}`);
        const distance = taxNanos * 100_000n - exact;
        const most = CENT * 100_000n;
        const magnitude = distance < 0n ? -distance : distance;
        assert.ok(asked.rounding?.mode.startsWith('half') === true ? magnitude * 2n <= most : magnitude < most);
      }
    }),
    { numRuns: 500 },
  );
});
