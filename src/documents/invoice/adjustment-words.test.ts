/** Every sentence that deals and volume tiers make is told again and said in each language, with the same figures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrafficDeal } from '#core/agreements/deals.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { type AdjustmentText, adjustmentTexts, tellAdjustment, tellPart } from '#core/settlement/adjustment-texts.ts';
import { outcomesOf } from '#core/settlement/deals/deal-outcome.ts';
import { readWrittenPeriod, writePeriod } from '#core/settlement/statement-period.ts';
import { adjustmentWords, carriedWords } from './adjustment-words.ts';
import { Figures } from './figures.ts';
import { adjustmentWordsOf } from './languages/adjustments.ts';
import { wordsOf } from './languages/index.ts';

const base = { id: 'd', side: 'receivable', from: '2026-10-01', every: 'month', measure: 'minutes' } as const;
const tiers = [
  { from: '100', price: '0.01' },
  { from: '1000', price: '0.008' },
];
const percents = [
  { from: '100', percent: '5' },
  { from: '1000', percent: '7.5' },
];
const deals = [
  { ...base, kind: 'commitment', quantity: '1000', price: '0.02' },
  { ...base, kind: 'send-or-pay', quantity: '1000', price: '0.02', excessPrice: '0.03' },
  { ...base, kind: 'swap', price: '0.02', excessPrice: '0.03' },
  { ...base, kind: 'graduated', tiers },
  { ...base, kind: 'retroactive', tiers },
  { ...base, kind: 'discount', applies: 'all', tiers: percents },
  { ...base, kind: 'discount', applies: 'slices', tiers: percents },
  { ...base, kind: 'discount', measure: 'money', applies: 'slices', tiers: percents },
  { ...base, kind: 'minimum-revenue', amount: '5000' },
  { ...base, kind: 'share', of: 'other-2026', ofSide: 'receivable', percent: '33.3' },
  { ...base, kind: 'share', of: 'other-2026', ofSide: 'receivable', price: '0.001' },
] as unknown as readonly TrafficDeal[]; // as configuration makes them; what is left out is not looked at here

const tier =
  'Volume tier all: calls, 1 October – 30 November 2026: 1,234.5 min reached the price 0.0121 (from 1,000 min) for all usage; it was charged at 0.0137, so the billed quantity is adjusted by 0.0121 − 0.0137 each.';

test('what any deal says of any traffic is told again by its texts, whatever the deal is called, and every text is seen', () => {
  const seen = new Set<AdjustmentText>();
  const tell = (explanation: string, name?: string): void => {
    const told = tellAdjustment(explanation);
    assert.ok(told, explanation);
    assert.deepEqual(told.of?.name, name, explanation);
    for (const { text } of told.parts) seen.add(text);
    const said = adjustmentWords(explanation, wordsOf.en, new Figures('en', wordsOf.en));
    // The same figures in the same order; trailing zeros and grouping may differ.
    const figures = (text: string): readonly number[] =>
      [...text.slice(text.indexOf('2026:') + 5).matchAll(/\d[\d,]*(\.\d+)?/g)].map(([figure]) => Number(figure.replaceAll(',', '')));
    if (!/\(\d+\)/.test(explanation)) assert.deepEqual(figures(said), figures(explanation), explanation);
  };
  for (const deal of deals)
    for (const seconds of [0n, 60_000n, 6_000n, 59_999n, 7_200_000n, 30_000n])
      for (const amountNanos of [0n, 1n, 99_000_000_000n, 1_234_567_890_123n, 9_000_000_000_000n, -5_000_000_000n]) {
        const sums = { quantity: seconds, amountNanos };
        for (const { words } of outcomesOf(deal, { receivable: sums, payable: { quantity: 77_000n, amountNanos: 5n } }))
          for (const name of ['Deal', 'All: calls, sent at 5: charged 5; done', 'x, 1 October 2026'])
            tell(`${name}, 1 – 31 October 2026: ${words}.`, name);
      }
  tell(tier);
  for (const words of ['12 × 40: 480', '1 × 1,250.5 for 17 of 31 days: 685.758064516', '3 × 10: 30; 4 × 10 for 1 of 3 days: 13.(3)'])
    for (const again of ['', ' It was billed before: only the difference is booked.'])
      tell(`Ports: E1, Paris, 15 – 31 October 2026: ${words}.${again}`, 'Ports: E1, Paris');
  tell('Ports, 1 October 2026: no longer due, 480 was billed. It was billed before: only the difference is booked.', 'Ports');
  tell(
    'Deal, 1 – 31 October 2026: charged 5, which is at least 4. Traffic came after this was settled: only the difference is booked.',
    'Deal',
  );
  tell('1,183.33 ÷ (1 − 7.5 %) − 1,183.33: 95.95, so that 1,183.33 is left when Withholding tax, s. 153 is withheld.');
  assert.deepEqual(tellPart('Gross-up: WHT 15 %, borne by the payer'), { text: 'grossUp', values: { of: 'WHT', p: '15' } });
  assert.equal(tellPart('5 ÷ (1 − 10 %) − 6: 1, so that 5 is left when WHT is withheld'), undefined);
  seen.add('grossUp');
  // Without tiers, which configuration does not take.
  seen.add('asItWas');
  assert.deepEqual(
    Object.keys(adjustmentTexts).filter((text) => !seen.has(text as AdjustmentText)), // a key of the texts
    [],
  );
  for (const other of ['by hand', 'Refund: 5; sorry.', 'See letter, 1 – 31 October 2026: it was agreed.', ''])
    assert.equal(tellAdjustment(other), undefined);
});

test('each language has every text with the places of the English one, and its own words', () => {
  const places = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const language of documentLanguages) {
    const { texts } = adjustmentWordsOf[language];
    for (const [name, english] of Object.entries(adjustmentTexts)) {
      const said = texts[name as AdjustmentText]; // a key of the texts
      assert.deepEqual(places(said), places(english), `${language} ${name}`);
      assert.ok(language === 'en' || name === 'quantity' || name === 'feeWhole' || said !== english, `${language} ${name} is English`);
    }
  }
});

test('an explanation on a German and on an Arabic invoice', () => {
  const explanation =
    'Promise, 1 – 31 October 2026: 812,440.5 min of 1,000,000 min promised; 187,559.5 min are missing and paid at 0.01 each: 1,875.595. Traffic came after this was settled: only the difference is booked.';
  assert.equal(
    adjustmentWords(explanation, wordsOf.de, new Figures('de', wordsOf.de)).replaceAll('\u00a0', ' '),
    'Promise, 1.–31. Oktober 2026: 812.440,5 min von 1.000.000 min zugesagt; 187.559,5 min fehlen und werden mit je 0,01 bezahlt: 1.875,595. Danach kam noch Verkehr: gebucht wird nur die Differenz.',
  );
  assert.match(adjustmentWords(explanation, wordsOf.ar, new Figures('ar', wordsOf.ar)), /^\u2068Promise\u2069, .*متعهد بها؛ /);
  assert.match(adjustmentWords(tier, wordsOf.fr, new Figures('fr', wordsOf.fr)), /^Palier de volume all: calls, .*facturé était 0,0137/);
  assert.equal(carriedWords('carried forward from 2026-09', new Figures('es', wordsOf.es)), 'traspaso de 1–30 de septiembre de 2026');
  assert.equal(carriedWords('Germany', new Figures('es', wordsOf.es)), undefined);
});

test('periods are read as they are written', () => {
  for (const [from, to] of [
    ['2026-10-01', '2026-11-01'],
    ['2026-10-05', '2026-10-06'],
    ['2026-09-28', '2026-10-05'],
    ['2026-12-28', '2027-01-04'],
    ['2026-01-01', '2027-01-01'],
  ] as const)
    assert.deepEqual(readWrittenPeriod(writePeriod({ from, to })), { from, to });
  for (const text of ['31 February 2026', '5 – 1 October 2026', 'October 2026', '1 – 31 Oktober 2026'])
    assert.equal(readWrittenPeriod(text), undefined);
});
