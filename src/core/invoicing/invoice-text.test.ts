import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { sampleContent, sampleLine } from '../../../test/support/invoice-samples.ts';
import { decimal } from '../money/decimal.ts';
import { canonicalJson } from './invoice-json.ts';
import { invoiceText } from './invoice-text.ts';

const period = { from: '2026-10-01', to: '2026-11-01', label: '2026-10' };

test('a document’s text is its canonical JSON, whatever fields its lines have', () => {
  const all = [
    sampleContent(5),
    sampleContent(2, {
      lines: [
        sampleLine(1, { original: { currency: 'USD', exactNanos: -1_234_567_891n }, explanation: '=1+1', period, statementLine: 4 }),
        sampleLine(3, { formula: { price: '0.02', terms: ['setup fee 0.05', 'at most 1'] } }),
        sampleLine(2, { kind: 'fee', creditsLine: 4, description: 'Gebühr "neu"\u2028\ud800', quantity: decimal('-12.50'), period }),
      ],
      exchange: { currency: 'EUR', rate: decimal('0.92345'), source: 'ecb', day: '2026-11-02' },
    }),
    // A field that no line should have is part of what is hashed all the same.
    sampleContent(1, { lines: [Object.assign(sampleLine(1), { more: 1n })] }),
  ];
  for (const each of all) assert.equal(invoiceText(each), canonicalJson(each));
});

test('the text of a document is what it always was', () => {
  assert.equal(hash('sha256', invoiceText(sampleContent(3))), 'd953f0abea06ad7948fc5e1daad3612db513ae32307d1e7c67dbb71932df5a1e');
});
