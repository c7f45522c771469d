import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { layOutInvoice } from './invoice/lay-out-invoice.ts';
import { placeFigures } from './invoice/place-figures.ts';
import { sampleInvoice } from './invoice/sample-invoice.ts';
import { widthOf, widthsOf } from './text-widths.ts';

test('figures added up letter by letter are as wide as Typst sets them, and words never wider than added up', () => {
  const figures = ['4,001.60', '1.111.777,71', '4\u00a0001,60', '−342.45', '0.0140', '71', '100\u00a0%', '\u206617.28\u2069', '4 001,60'];
  const exact = widthsOf(figures);
  for (const [index, text] of figures.entries()) assert.ok(Math.abs(widthOf(text) - (exact[index] ?? 0)) < 1e-9, text);
  const words = ['AVAT To Te', 'Côte d’Ivoire Mobile Orange', 'Łódź', 'Ελλάς', 'Телеком', 'São Tomé and Príncipe (off-peak)'];
  const [added, set] = [words.map(widthOf), widthsOf(words)];
  assert.ok(
    added.every((width, index) => width >= (set[index] ?? 0) && width < (set[index] ?? 0) * 1.06),
    `${added} ${set}`,
  );
  assert.equal(widthOf('شركة'), Number.POSITIVE_INFINITY);
  assert.ok((widthsOf(['شركة'])[0] ?? 0) > 1);
});

test('in every language the figures of a column end at one place', () => {
  for (const language of documentLanguages) {
    const { groups, table } = placeFigures(layOutInvoice(sampleInvoice({ language, lines: 12, extras: true })));
    for (const { gaps, quantity, unit, price, amount, number } of groups.flatMap(({ lines }) => lines)) {
      const texts = [number, unit === '' ? quantity : `${quantity} ${unit}`, unit === '' ? price : `${price} / ${unit}`, amount];
      const ends = widthsOf(texts.map((text) => (text === ' / ' ? '' : text))).map((width, index) => width + (gaps[index] ?? 0));
      for (const [index, end] of ends.entries())
        assert.ok(Math.abs(end - (table.columns[index] ?? 0)) < 1e-9, `${language} ${texts[index]}`);
    }
  }
});
