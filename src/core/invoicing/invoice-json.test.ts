import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleContent, sampleLine, sampleTax } from '../../../test/support/invoice-samples.ts';
import { decimal } from '../money/decimal.ts';
import { canonicalJson, parseContent, parseInvoice } from './invoice-json.ts';

test('keys stand in order, money and decimals are text, what is undefined is left out', () => {
  const value = { b: [1, true, null], a: { totalNanos: -10n, rate: decimal('1.0850') }, A: undefined, é: 'ü"\n' };
  assert.equal(canonicalJson(value), '{"a":{"rate":"1.0850","totalNanos":"-10"},"b":[1,true,null],"é":"ü\\"\\n"}');
});

test('a document reads back as it was, whatever it says', () => {
  const content = sampleContent(2, {
    lines: [
      sampleLine(1, { original: { currency: 'USD', exactNanos: 1_234_567_891n }, explanation: '=1+1' }),
      sampleLine(2, { kind: 'fee', creditsLine: 4, description: 'Gebühr "neu"\u2028' }),
    ],
    exchange: { currency: 'EUR', rate: decimal('0.92345'), source: 'ecb', day: '2026-11-02' },
    corrects: { number: 'INV-1', reason: '12' },
    notes: ['7'],
    taxes: [
      {
        ...sampleTax([sampleLine(1)], 0n),
        selfAssessed: [{ rate: 'IE-VAT', name: 'VAT', jurisdiction: 'IE', percent: '23', taxNanos: 10n }],
      },
    ],
  });
  assert.deepEqual(parseContent(canonicalJson(content)), content);
  const invoice = { ...content, number: '000017', series: '1', sha256: 'x' };
  const { sha256, ...unhashed } = invoice;
  assert.deepEqual(parseInvoice(canonicalJson(unhashed), sha256), invoice);
});
