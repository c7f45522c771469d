/** The shipped data against published examples. Sources stand beside each; docs/data-sources.md says when they were read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, unitsAtScale } from '#core/money/decimal.ts';
import { checkTaxData } from '#core/tax/check-rules.ts';
import { determineTax } from '#core/tax/determine-tax.ts';
import { findRates } from '#core/tax/find-rates.ts';
import { placeOf } from '#core/tax/places.ts';
import type { TaxAnswer, TaxedService, TaxParty } from '#core/tax/tax.ts';
import { taxTextsIn, wordingIn } from '#core/tax/wordings.ts';
import { taxRulesOf } from './rule-set.ts';
import { shippedTax } from './shipped-rules.ts';

const rules = taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: [] }, []);

function nanos(amount: string): bigint {
  return unitsAtScale(decimal(amount), 9);
}

/** A business registered at home that sells telecommunication on; `more` changes that. */
function side(place: string, more: Partial<TaxParty> = {}): TaxParty {
  const [country = '', region] = place.split('-');
  return {
    country,
    ...(region === undefined ? {} : { region: place }),
    registrations: { [country]: `${country}1` },
    isBusiness: true,
    isReseller: true,
    ...more,
  };
}

interface Case {
  readonly from: string;
  readonly to: string;
  readonly day: string;
  readonly seller?: Partial<TaxParty>;
  readonly buyer?: Partial<TaxParty>;
  readonly service?: TaxedService;
  readonly net?: string;
  readonly currency?: string;
  readonly pricesIncludeTax?: boolean;
}

function ask({ from, to, day, seller, buyer, service = 'voice', net = '100.00', currency = 'EUR', pricesIncludeTax = false }: Case) {
  return determineTax(rules, {
    seller: side(from, seller),
    buyer: side(to, buyer),
    taxDay: day,
    currency,
    pricesIncludeTax,
    lines: [{ line: 1, service, netNanos: nanos(net) }],
  });
}

function answered(asked: Case): TaxAnswer {
  const answer = ask(asked);
  assert.ok(answer.ok, answer.ok ? '' : answer.refusals.map(({ message }) => message).join('; '));
  return answer.value;
}

/** `VAT 23 on 100.00 = 23.00`, one for each tax. */
function said(asked: Case): readonly string[] {
  const money = (amount: bigint): string => {
    const cents = (amount / 10_000_000n).toString().padStart(3, '0');
    return `${cents.slice(0, -2)}.${cents.slice(-2)}`;
  };
  return answered(asked).taxes.map(
    ({ name, category, percent, baseNanos, taxNanos }) => `${name} ${category} ${percent} on ${money(baseNanos)} = ${money(taxNanos)}`,
  );
}

function refused(asked: Case): readonly string[] {
  const answer = ask(asked);
  assert.ok(!answer.ok, 'an answer was given');
  return answer.refusals.map(({ code }) => code);
}

test('Québec: the tax on 100.00 before 2013 had the GST in its base, since 2013 it has not, and both come to 9.98', () => {
  // Revenu Québec, news release of 17 December 2012: ([$100 + $5] × 9.5 % = $9.98; $100 × 9.975 % = $9.98; total $114.98).
  const before: Case = { from: 'CA-ON', to: 'CA-QC', day: '2012-12-31', currency: 'CAD' };
  assert.deepEqual(said(before), ['GST S 5 on 100.00 = 5.00', 'QST S 9.5 on 105.00 = 9.98']);
  const after: Case = { ...before, day: '2013-01-01' };
  assert.deepEqual(said(after), ['GST S 5 on 100.00 = 5.00', 'QST S 9.975 on 100.00 = 9.98']);
  assert.equal(answered(before).taxNanos, nanos('14.98'));
  assert.equal(answered(after).taxNanos, nanos('14.98'));
});

test('Canada: each province has what the calculator of the Canada Revenue Agency has', () => {
  // canada.ca, "GST/HST calculator (and rates)", table of rates by province, and NOTICE342 for Nova Scotia from 1 April 2025.
  const table: Readonly<Record<string, readonly string[]>> = {
    AB: ['GST 5'],
    BC: ['GST 5', 'PST 7'],
    MB: ['GST 5', 'PST 7'],
    NB: ['HST 15'],
    NL: ['HST 15'],
    NT: ['GST 5'],
    NS: ['HST 14'],
    NU: ['GST 5'],
    ON: ['HST 13'],
    QC: ['GST 5', 'QST 9.975'],
    PE: ['HST 15'],
    SK: ['GST 5', 'PST 6'],
    YT: ['GST 5'],
  };
  for (const [province, expected] of Object.entries(table)) {
    const { taxes } = answered({ from: 'CA-ON', to: `CA-${province}`, day: '2026-10-31', currency: 'CAD' });
    assert.deepEqual(
      taxes.map(({ name, percent }) => `${name} ${percent}`),
      expected,
      province,
    );
  }
  assert.deepEqual(said({ from: 'CA-ON', to: 'CA-NS', day: '2025-03-31', currency: 'CAD' }), ['HST S 15 on 100.00 = 15.00']);
  assert.deepEqual(refused({ from: 'CA-ON', to: 'CA', day: '2026-10-31', currency: 'CAD' }), ['tax.region-missing']);
});

test('India: central and state tax within a state, union territory tax in one, integrated tax between two, nothing on exports', () => {
  // Notification 11/2017-Central Tax (Rate), serial 22 (heading 9984): 9 % each; sections 5, 7, 8, 16 of the IGST Act 2017.
  const india = { day: '2026-10-31', currency: 'INR' };
  assert.deepEqual(said({ from: 'IN-KA', to: 'IN-KA', ...india }), ['CGST S 9 on 100.00 = 9.00', 'SGST S 9 on 100.00 = 9.00']);
  assert.deepEqual(said({ from: 'IN-CH', to: 'IN-CH', ...india }), ['CGST S 9 on 100.00 = 9.00', 'UTGST S 9 on 100.00 = 9.00']);
  assert.deepEqual(said({ from: 'IN-KA', to: 'IN-MH', ...india }), ['IGST S 18 on 100.00 = 18.00']);
  assert.deepEqual(said({ from: 'IN-KA', to: 'SG', ...india }), ['IGST G 0 on 100.00 = 0.00']);
  assert.deepEqual(refused({ from: 'IN-KA', to: 'IN', ...india }), ['tax.region-missing']);
  const [imported] = answered({ from: 'SG', to: 'IN-KA', ...india }).taxes;
  assert.deepEqual(imported?.selfAssessed, [
    { rate: 'IN-IGST', name: 'IGST', jurisdiction: 'IN', percent: '18', taxNanos: nanos('18.00') },
  ]);
});

test('Germany and the United Kingdom: a reseller of telecommunication owes the tax itself, any other business is charged', () => {
  // § 13b Abs. 2 Nr. 12 UStG from 1 January 2021 (BMF of 23 December 2020, III C 3 - S 7279/19/10006 :002).
  assert.deepEqual(said({ from: 'DE', to: 'DE', day: '2020-12-31' }), ['VAT S 16 on 100.00 = 16.00']);
  assert.deepEqual(said({ from: 'DE', to: 'DE', day: '2021-01-01' }), ['VAT AE 0 on 100.00 = 0.00']);
  assert.deepEqual(said({ from: 'DE', to: 'DE', day: '2021-01-01', service: 'content' }), ['VAT S 19 on 100.00 = 19.00']);
  assert.deepEqual(said({ from: 'DE', to: 'DE', day: '2021-01-01', buyer: { isReseller: false } }), ['VAT S 19 on 100.00 = 19.00']);
  // gov.uk, "VAT: reverse domestic charge for telecommunications services": from 1 February 2016, not broadband and data alone.
  const home = { from: 'GB', to: 'GB', currency: 'GBP' };
  assert.deepEqual(said({ ...home, day: '2026-10-31' }), ['VAT AE 0 on 100.00 = 0.00']);
  assert.deepEqual(said({ ...home, day: '2026-10-31', service: 'data' }), ['VAT S 20 on 100.00 = 20.00']);
  assert.equal(answered({ ...home, day: '2026-10-31' }).taxes[0]?.selfAssessed?.[0]?.taxNanos, nanos('20.00'));
});

test('between two countries of the EU a business owes the tax itself, and both must be registered', () => {
  // Articles 44, 196, 226(11a) of Directive 2006/112/EC.
  const [tax] = answered({ from: 'IE', to: 'FR', day: '2026-10-31' }).taxes;
  assert.equal(tax?.category, 'AE');
  assert.equal(tax?.legalReference, 'Reverse charge, Articles 44 and 196 Directive 2006/112/EC');
  assert.equal(tax?.exemptionCode, 'VATEX-EU-AE');
  assert.deepEqual(tax?.selfAssessed, [{ rate: 'FR-VAT', name: 'VAT', jurisdiction: 'FR', percent: '20', taxNanos: nanos('20.00') }]);
  assert.deepEqual(refused({ from: 'IE', to: 'FR', day: '2026-10-31', buyer: { registrations: {} } }), ['tax.registration-missing']);
  assert.deepEqual(said({ from: 'FR', to: 'MC', day: '2026-10-31', seller: { registrations: { FR: 'FR1' } } }), [
    'VAT S 20 on 100.00 = 20.00',
  ]);
});

test('the United Kingdom is a third country from 2021 on, and Northern Ireland with it for services', () => {
  assert.deepEqual(said({ from: 'IE', to: 'GB', day: '2020-12-31' }), ['VAT AE 0 on 100.00 = 0.00']);
  assert.deepEqual(said({ from: 'IE', to: 'GB', day: '2021-01-01' }), ['VAT O 0 on 100.00 = 0.00']);
  const [northern] = answered({ from: 'IE', to: 'GB-NIR', day: '2026-10-31' }).taxes;
  assert.equal(northern?.category, 'O');
  assert.match(northern?.explanation ?? '', /Northern Ireland is within the EU for VAT on goods only/);
});

test('Switzerland and Norway are third countries, and islands outside the EU are outside its VAT', () => {
  assert.deepEqual(said({ from: 'IE', to: 'CH', day: '2026-10-31' }), ['VAT O 0 on 100.00 = 0.00']);
  // Article 25 MWSTG: 7.7 % to the end of 2023, 8.1 % since.
  const swiss = { from: 'CH', to: 'LI', currency: 'CHF' };
  assert.deepEqual(said({ ...swiss, day: '2023-12-31' }), ['VAT S 7.7 on 100.00 = 7.70']);
  assert.deepEqual(said({ ...swiss, day: '2024-01-01' }), ['VAT S 8.1 on 100.00 = 8.10']);
  assert.deepEqual(said({ from: 'NO', to: 'NO', day: '2026-10-31', currency: 'NOK' }), ['VAT S 25 on 100.00 = 25.00']);
  assert.deepEqual(said({ from: 'NO', to: 'SE', day: '2026-10-31', currency: 'NOK' }), ['VAT G 0 on 100.00 = 0.00']);
  const [canary] = answered({ from: 'ES', to: 'ES-CN', day: '2026-10-31' }).taxes;
  assert.equal(canary?.category, 'O');
});

test('a consumer in another country of the EU pays the tax of that country, in a price that includes it', () => {
  // Article 58; Irish standard rate 23 %, 21 % from 1 September 2020 to 28 February 2021 (Revenue, "Current VAT rates").
  const consumer: Case = {
    from: 'DE',
    to: 'IE',
    day: '2026-10-31',
    buyer: { isBusiness: false, isReseller: false, registrations: {} },
    seller: { registrations: { DE: 'DE1', EU: 'OSS1' } },
    net: '123.00',
    pricesIncludeTax: true,
  };
  assert.deepEqual(said(consumer), ['VAT S 23 on 100.00 = 23.00']);
  assert.deepEqual(said({ ...consumer, day: '2020-09-01', net: '121.00' }), ['VAT S 21 on 100.00 = 21.00']);
  assert.deepEqual(refused({ ...consumer, seller: {} }), ['tax.registration-missing']);
});

test('what no rule speaks of is refused, not taken for untaxed', () => {
  assert.deepEqual(refused({ from: 'NG', to: 'KE', day: '2026-10-31' }), ['tax.rule-missing']);
  assert.deepEqual(refused({ from: 'IE', to: 'IE', day: '2014-12-31' }), ['tax.rule-missing']);
  assert.deepEqual(refused({ from: 'US-CA', to: 'US-NY', day: '2026-10-31', currency: 'USD' }), ['tax.rate-missing']);
  assert.deepEqual(refused({ from: 'IN-KA', to: 'IN-KA', day: '2017-06-30', currency: 'INR' }), ['tax.rule-missing']);
});

test('interest for late payment is outside the scope in the EU', () => {
  // Court of Justice, 1 July 1982, case 222/81 (BAZ Bausystem).
  assert.deepEqual(said({ from: 'IE', to: 'IE', day: '2026-10-31', service: 'interest' }), ['VAT O 0 on 100.00 = 0.00']);
});

test('standard rates of the EU are those of the Taxes in Europe Database in November 2025', () => {
  // As kept by npm sales-tax 2.23.0 and vatrates 2.0.3 (both MIT), compared on 2026-11-22; docs/data-sources.md.
  const table =
    'AT 20 BE 21 BG 20 CY 19 CZ 21 DE 19 DK 25 EE 24 ES 21 FI 25.5 FR 20 GR 24 HR 25 HU 27 IE 23 IT 22 LT 21 LU 17 LV 21 MT 18 NL 21 PL 23 PT 23 RO 21 SE 25 SI 22 SK 23'.split(
      ' ',
    );
  const { areas, territories } = shippedTax();
  const found = table
    .filter((_, index) => index % 2 === 0)
    .flatMap((country) => {
      const rates = findRates(rules.rates, placeOf({ country }, '2025-11-01', areas, territories), 'voice', '2025-11-01', ['VAT']);
      return rates.map((rate) => ('percent' in rate ? `${country} ${rate.percent.percent}` : `${country} ${rate.message}`));
    });
  assert.equal(found.join(' '), table.join(' '));
});

test('no two shipped rules speak of one supply, and each tax they name has one percentage, from 2015 to 2030', () => {
  const findings = checkTaxData(rules, '2015-01-01', '2030-01-01').map(({ refusal, from }) => `${from} ${refusal.message}`);
  assert.deepEqual(findings, []);
});

test('every wording that a shipped rule names is there, in English at least, and the reverse charge in each language of a document', () => {
  const { taxRules, wordings } = shippedTax();
  for (const { id, wording } of taxRules) if (wording !== undefined) assert.ok(wordingIn(wordings, wording, 'en'), id);
  for (const language of ['en', 'de', 'fr', 'es', 'pt', 'ar'])
    for (const { id, texts } of wordings) assert.ok(texts[language], `${id} in ${language}`);
  assert.equal(wordingIn(wordings, 'reverse-charge', 'de-AT'), 'Steuerschuldnerschaft des Leistungsempfängers');
  assert.equal(wordingIn(wordings, 'reverse-charge', 'ja'), 'Reverse charge');
});

test('a law that a shipped rule refers to is named in each language of a document, once and without English before it', () => {
  const texts = shippedTax();
  for (const { id, reference, wording } of texts.taxRules) {
    if (reference === undefined) continue;
    for (const language of ['de', 'fr', 'es', 'pt', 'ar']) {
      const said = taxTextsIn(texts, { legalReference: reference, ...(wording === undefined ? {} : { wording }) }, language);
      // India's law wants this sentence, in these words.
      if (id === 'IN-EXPORT') assert.ok(said.includes(reference));
      else
        assert.doesNotMatch(
          said.at(-1) ?? '',
          /reverse charge|outside|supply|article |zero|directive 2006\/112\/EC|interest|sales/i,
          `${id} ${language}`,
        );
    }
  }
  const { reference: legalReference } = texts.taxRules.find(({ id }) => id === 'EU-REVERSE-CHARGE') ?? {};
  assert.ok(legalReference !== undefined);
  assert.deepEqual(taxTextsIn(texts, { wording: 'reverse-charge', legalReference }, 'fr'), [
    'Autoliquidation',
    'Articles 44 et 196 de la directive 2006/112/CE',
  ]);
  assert.deepEqual(taxTextsIn(texts, { wording: 'reverse-charge', legalReference: '§ 1 of our own' }, 'de'), [
    'Steuerschuldnerschaft des Leistungsempfängers',
    '§ 1 of our own',
  ]);
  for (const { reference } of texts.references)
    assert.ok(
      texts.taxRules.some((rule) => rule.reference === reference),
      `no rule says ${reference}`,
    );
});
