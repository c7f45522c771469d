/**
 * Interest, currencies, netting, withholding, reverse charge, local taxes and parts of a month, as others published them with figures. Each
 * names its source and repeats in `says` what the source says. The pages were read in stored copies in November 2026.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatNanos } from '#core/money/amount.ts';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { conversionOf, convert } from '#core/money/exchange.ts';
import { lateInterest } from '#core/payments/late-interest.ts';
import { proposeNetting } from '#core/payments/netting.ts';
import type { OpenBalance } from '#core/payments/settle.ts';
import { determineTax } from '#core/tax/determine-tax.ts';
import type { TaxRateDeclaration, WithholdingDeclaration } from '#core/tax/rules.ts';
import { type TaxParty, taxedServices } from '#core/tax/tax.ts';
import { taxRulesOf } from '#operations/tax/rule-set.ts';
import { catalogOf } from '../charging/plan-words.ts';
import { World } from '../charging/world.ts';

const nanos = (amount: string): bigint => unitsAtScale(decimal(amount), 9);
const host = (source: string): string => new URL(source).hostname;

const INVOIFY = 'https://invoify-web.pages.dev/blog/how-to-calculate-late-payment-interest-uk';
const interest = [
  [
    'https://fiscavo.com/blog/late-payment-interest-eu-uk',
    'Directive 2011/7/EU: EUR 4,500 at 11 %, 30 days late: 40.68',
    'EUR',
    '4500',
    '11',
    30,
    '40.68',
  ],
  [
    INVOIFY,
    'Late Payment of Commercial Debts (Interest) Act 1998: GBP 1,000 at 12.5 % after 30 days: 10.27',
    'GBP',
    '1000',
    '12.5',
    30,
    '10.27',
  ],
  [INVOIFY, 'the same after 90 days: 30.82', 'GBP', '1000', '12.5', 90, '30.82'],
] as const;

describe('interest on late payment is what others worked out', () => {
  for (const [source, says, currency, owed, percent, days, due] of interest)
    test(`${says} (${host(source)})`, () => {
      const until = Temporal.PlainDate.from('2026-04-01').add({ days }).toString();
      const made = lateInterest([{ day: '2026-03-01', nanos: nanos(owed) }], '2026-04-01', until, decimal(percent), currency);
      assert.equal(formatNanos(made.nanos, 2), due);
    });
  test('due on 1 April, paid on 16 May: interest for the days from 2 April up to and with the day of payment (paymentcheck.co.uk)', () => {
    const { steps } = lateInterest([{ day: '2026-03-01', nanos: nanos('100') }], '2026-04-01', '2026-05-16', decimal('10'), 'GBP');
    assert.deepEqual(
      steps.map(({ from, to, days }) => [from, to, days]),
      [['2026-04-02', '2026-05-17', 45]],
    );
  });
});

/** The fixed rates of 31 December 1998: units for one euro. Regulation (EC) 1103/97: never rounded, never the inverse, over the euro. */
const EURO = { DEM: '1.95583', FRF: '6.55957', ESP: '166.386' } as const;
const EU_INFO = 'https://www.eu-info.de/euro-waehrungsunion/5007/5221/5178/';
const AEAT = 'https://sede.agenciatributaria.gob.es/Sede/en_gb/ayuda/manuales-videos-folletos/manuales-practicos/manual-sociedades-2020/';
const conversions = [
  ['https://www.eu-info.de/euro-waehrungsunion/5007/5221/5179/', '100 DEM over the euro are 335.39 FRF', 'DEM', 'FRF', '100', 2, '335.39'],
  [EU_INFO, '60 DEM are 30.68 EUR', 'DEM', 'EUR', '60', 2, '30.68'],
  [EU_INFO, '40 EUR are 78.23 DEM', 'EUR', 'DEM', '40', 2, '78.23'],
  [AEAT, '1,270,000 ESP are 7,632.85 EUR', 'ESP', 'EUR', '1270000', 2, '7632.85'],
  [AEAT, '65,732 ESP are 395.06 EUR', 'ESP', 'EUR', '65732', 2, '395.06'],
  [AEAT, '506,766 ESP (3,045.7250009 exactly) are 3,045.73 EUR', 'ESP', 'EUR', '506766', 2, '3045.73'],
] as const;

describe('conversions over the euro are what authorities worked out', () => {
  for (const [source, says, from, to, amount, decimals, worth] of conversions)
    test(`${says} (${host(source)})`, () => {
      const into = from === 'EUR' ? [] : [{ from, to: 'EUR', rate: decimal(EURO[from]), inverse: true }];
      const out = to === 'EUR' ? [] : [{ from: 'EUR', to, rate: decimal(EURO[to]), inverse: false }];
      const conversion = conversionOf(from, to, [...into, ...out], 'fixed', '1999-01-01');
      assert.equal(formatNanos(convert(nanos(amount), conversion, decimals), 2), worth);
    });
});

const NETTING = 'https://accountend.com/understanding-netting-a-beginners-guide';
const nettings = [
  [NETTING, 'A owes B 100,000 and B owes A 70,000: A pays 30,000', ['-100000', '70000'], '-30000', '70000'],
  [NETTING, 'I owe 50,000 and 20,000, they owe me 30,000: I pay 40,000', ['-50000', '30000', '-20000'], '-40000', '30000'],
  [
    'https://fintelligents.com/?p=971',
    'bank A pays 10 million, bank B 5 million: one payment of 5 million from A to B',
    ['-10000000', '5000000'],
    '-5000000',
    '5000000',
  ],
] as const;

describe('nettings come to what others worked out', () => {
  for (const [source, says, items, remainder, setOff] of nettings)
    test(`${says} (${host(source)})`, () => {
      const balances = items.map(
        (amount, at): OpenBalance => ({
          ...{ ledgerAccount: amount.startsWith('-') ? 'payable' : 'receivable', account: 'a', document: String(at), currency: 'USD' },
          ...{ firstDay: '2026-10-01', openNanos: nanos(amount), openEntityNanos: nanos(amount) },
        }),
      );
      const { remainderNanos, setOffNanos } = proposeNetting(balances, 'USD', new Map());
      assert.deepEqual([formatNanos(remainderNanos), formatNanos(setOffNanos)], [remainder, setOff]);
    });
});

/** One percentage that whoever pays from one country to another holds back. */
const holdsBack = (payer: string, percent: string): WithholdingDeclaration => ({
  ...{ id: 'w', tax: 'Withholding tax', says: 'Service of a non-resident', payer: [payer], payee: ['any'], payeeNot: [payer] },
  ...{ services: taxedServices, needsCertificate: false, source: 'the example' },
  percents: [{ percent, validFrom: '2010-01-01', onTopOf: [] }],
});
const TURKEY = 'https://taxadvisorinturkey.blogspot.com/2014/08/withholding-tax-base-for-payments-to.html';
const STANFORD = 'https://fingate.stanford.edu/paying-people/resource/proper-tax-treatment-human-subject-incentives-paid-non-residents';
const withheld = [
  [
    'https://amworldgroup.com/glossary/billing/tax-withholding',
    '15 % of 10,000 to a foreign supplier: 1,500 to the office, 8,500 paid',
    'BR',
    '15',
    '10000',
    '1500',
    '8500',
  ],
  [TURKEY, '10 % of an invoice of 1,000: 100 and 900', 'TR', '10', '1000', '100', '900'],
  [TURKEY, 'grossed up so that 1,000 are paid: base 1,111.11, tax 111.11', 'TR', '10', '1111.11', '111.11', '1000'],
  [STANFORD, '30 % of 100: 70 are paid', 'US', '30', '100', '30', '70'],
] as const;

function party(country: string, region?: string): TaxParty {
  const registrations = { [country]: `${country}1` };
  return { country, registrations, isBusiness: true, isReseller: false, ...(region === undefined ? {} : { region }) };
}

describe('tax that is withheld is what others worked out', () => {
  for (const [source, says, payer, percent, net, tax, paid] of withheld)
    test(`${says} (${host(source)})`, () => {
      const rules = taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: [holdsBack(payer, percent)] }, []);
      const answer = determineTax(rules, {
        ...{ seller: party(payer === 'US' ? 'GB' : 'US'), buyer: party(payer), taxDay: '2026-10-31', currency: 'USD' },
        lines: [{ line: 1, service: 'voice', netNanos: nanos(net) }],
      });
      assert.ok(answer.ok, answer.ok ? '' : answer.refusals.map(({ message }) => message).join('; '));
      const sum = answer.value.withholding.reduce((total, { taxNanos }) => total + taxNanos, 0n);
      assert.deepEqual([formatNanos(sum), formatNanos(nanos(net) - sum)], [tax, paid]);
    });
});

test('ABC Ltd in Ireland buys from a German business for 100,000: it accounts for 23 %, 23,000, itself (revenue.ie, services received from abroad)', () => {
  const rules = taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: [] }, []);
  const answer = determineTax(rules, {
    ...{ seller: party('DE'), buyer: party('IE'), taxDay: '2026-10-31', currency: 'EUR' },
    lines: [{ line: 1, service: 'voice', netNanos: nanos('100000') }],
  });
  assert.ok(answer.ok);
  assert.equal(answer.value.taxNanos, 0n);
  assert.deepEqual(
    answer.value.taxes.map(({ category, selfAssessed = [] }) => [
      category,
      selfAssessed.map(({ percent, taxNanos }) => [percent, formatNanos(taxNanos)]),
    ]),
    [['AE', [['23', '23000']]]],
  );
});

/** A loaded table: each tax of a place within the United States. */
const table = (rows: readonly (readonly [tax: string, jurisdiction: string, percent: string])[]): TaxRateDeclaration[] =>
  rows.map(([tax, jurisdiction, percent]) => ({
    ...{ id: `${jurisdiction}-${tax}`, tax, jurisdiction, services: taxedServices, source: 'the example' },
    percents: [{ percent, validFrom: '2010-01-01', onTopOf: [] }],
  }));
const states = [
  {
    source: 'https://enu.docs.genesys.com/Documentation/PSAAS/latest/Operations/VoiceTaxes',
    says: 'Dallas, on $1.00: federal charge 1.862 % of 64.9 %, state 6.25 %, city 1 %, district (MTA) 1 %: 0.01 + 0.06 + 0.01 + 0.01 = 0.09',
    ...{ place: 'US-TX-DAL-MTA', net: '1' },
    rows: [
      ['Federal Cost Recovery Charge', 'US', '1.208438'],
      ['State Sales Tax', 'US-TX', '6.25'],
      ['City Sales Tax', 'US-TX-DAL', '1'],
      ['Dallas MTA', 'US-TX-DAL-MTA', '1'],
    ],
    ...{ taxes: ['0.01', '0.06', '0.01', '0.01'], total: '0.09' },
  },
  {
    source: 'https://genesissystem.com/new/communications-taxes/',
    says: 'Florida communications services tax: 4.92 % state, 0.15 % and 2.37 % gross receipts, 7.44 % in all (price ours: 100.00)',
    ...{ place: 'US-FL', net: '100' },
    rows: [
      ['State CST', 'US-FL', '4.92'],
      ['Gross receipts additional', 'US-FL', '0.15'],
      ['Gross receipts', 'US-FL', '2.37'],
    ],
    ...{ taxes: ['4.92', '0.15', '2.37'], total: '7.44' },
  },
] as const;

describe('taxes of states, cities and districts by loaded tables come to what others published', () => {
  for (const { source, says, place, net, rows, taxes, total } of states)
    test(`${says} (${host(source)})`, () => {
      const answer = determineTax(taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: [] }, table(rows)), {
        ...{ seller: party('US', place), buyer: party('US', place), taxDay: '2026-10-31', currency: 'USD' },
        lines: [{ line: 1, service: 'voice', netNanos: nanos(net) }],
      });
      assert.ok(answer.ok, answer.ok ? '' : answer.refusals.map(({ message }) => message).join('; '));
      const made = new Map(answer.value.taxes.map(({ name, taxNanos }) => [name, formatNanos(taxNanos)]));
      assert.deepEqual(
        rows.map(([tax]) => made.get(tax)),
        taxes,
      );
      assert.equal(formatNanos(answer.value.taxNanos), total);
    });
});

const TELUS = 'https://business.telus.com/en/business/support/global/billing-and-account/understand-how-changes-affect-your-bill';
const parts = [
  [TELUS, 'a plan of $30 from 27 to 30 September: 30 / 30 × 4 = $4.00', 'fee 30.00 a month prorated', '2027-09-27', 'main 96.00'],
  [
    'https://blog.timelybill.com/2021/07',
    '$50 a month from the 10th of 30 days: 21 of 30 days ($35)',
    'fee 50.00 a month prorated',
    '2027-09-10',
    'main 65.00',
  ],
  [
    'https://help.salesforce.com/apex/HTViewHelpDoc?id=ind.um_consumption_proration_calculations.htm',
    '4,000 texts a month, 17 of 31 days left: 2,193 texts',
    'allowance texts = 4000 messages a month prorated; gives texts',
    '2027-10-15',
    'texts 2193 messages; main 100.00',
  ],
] as const;

describe('parts of a month are what others worked out', () => {
  for (const [source, says, plan, day, after] of parts)
    test(`${says} (${host(source)})`, () => {
      const world = new World(catalogOf('0.10/part', plan));
      world.now = Date.parse(`${day}T12:00:00Z`) * 1000;
      world.open('100.00');
      world.step(`sweep at ${day}T12:00:01Z`);
      assert.equal(world.balances(), after);
    });
});
