import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodePDFRawStream, PDFDocument, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib';
import jsQR from 'jsqr';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { shippedTemplates } from './invoice-document.ts';
import { layOutInvoice } from './lay-out-invoice.ts';
import { lettersNotPrinted, renderInvoice, requestOf } from './render-invoice.ts';
import { sampleInvoice } from './sample-invoice.ts';

test('every template prints every language, one line or sixty, and the same document is the same bytes', () => {
  for (const template of shippedTemplates) {
    for (const language of documentLanguages) {
      const document = sampleInvoice({ language, extras: true, taxes: 'several' });
      const { pdf, pages } = renderInvoice(document, template);
      assert.equal(pages, 1, `${template} ${language}`);
      assert.ok(renderInvoice(document, template).pdf.equals(pdf), `${template} ${language}`);
    }
    assert.equal(renderInvoice(sampleInvoice({ lines: 1 }), template).pages, 1);
    assert.equal(renderInvoice(sampleInvoice({ lines: 60, extras: true }), template).pages, 2, template);
  }
});

test('what else a price depends on stands below the line in the language: fees, several prices, a price in another currency', () => {
  const { invoice, ...rest } = sampleInvoice({ lines: 3 });
  const [first, second, third] = invoice.lines.map(({ unitPrice: _, ...line }) => line);
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  const lines = [
    { ...first, formula: { price: '0.02', terms: ['setup fee 0.05', 'at most 1'] } },
    { ...second, formula: { price: '0.02 / 0.015', terms: ['second price from 60 s of a call, 1/1'] } },
    { ...third, formula: { price: '0.02', terms: [] }, original: { currency: 'USD', exactNanos: 5_000_000_000n } },
  ];
  const said = (language: (typeof documentLanguages)[number]) =>
    layOutInvoice({ ...rest, language, invoice: { ...invoice, lines } }).groups.flatMap((group) =>
      group.lines.map(({ price, details }) => [price, ...details]),
    );
  assert.deepEqual(said('en'), [
    ['0.02', 'setup fee 0.05; at most 1'],
    ['', 'Price: 0.02 / 0.015; second price from 60 s of a call, 1/1'],
    ['', 'Price: 0.02\u00a0USD', '5.00 USD'],
  ]);
  assert.deepEqual(said('de')[0], ['0,02', 'Verbindungsentgelt 0,05; höchstens 1']);
  for (const language of documentLanguages)
    if (language !== 'en') assert.doesNotMatch(JSON.stringify(said(language)), /fee|price:|second|most/i, language);
});

test('nothing in a name acts as markup, code or a file to read', () => {
  const evil = [
    '#panic("x")',
    '#read("/etc/passwd")',
    '$ 1/0 $',
    '*b _i @ref <l> \\ [ ] { } " `',
    '= heading',
    '#{',
    '\u0000\u001b[2J',
    '\u202eabc',
  ];
  for (const name of evil) {
    const document = sampleInvoice({ lines: 2, party: { name, address: [name] }, entity: { name } });
    const [first] = document.invoice.lines;
    const lines = first === undefined ? [] : [{ ...first, description: name, explanation: name }];
    for (const template of shippedTemplates) {
      const { pages } = renderInvoice({ ...document, invoice: { ...document.invoice, lines, notes: [name] } }, template);
      assert.equal(pages, 1, name);
    }
  }
});

test('figures and dates are written as each language writes them', () => {
  const rows = documentLanguages.map((language) => {
    const { title, facts, total, taxes, groups } = layOutInvoice(sampleInvoice({ language, lines: 3 }));
    const [, second] = groups[0]?.lines ?? [];
    return [language, title, facts[1]?.[1], facts[3]?.[1], second?.quantity, second?.unit, second?.price, total.join(' '), taxes[0]?.name];
  });
  assert.deepEqual(rows, [
    ['en', 'Invoice', '3 November 2026', '1\u00a0–\u00a031 October 2026', '4,001.60', 'min', '0.0277', 'Total 325.27', 'VAT 19\u00a0%'],
    ['de', 'Rechnung', '3. November 2026', '1.–31. Oktober 2026', '4.001,60', 'min', '0,0277', 'Gesamtbetrag 325,27', 'USt. 19\u00a0%'],
    ['fr', 'Facture', '3 novembre 2026', '1–31 octobre 2026', '4\u00a0001,60', 'min', '0,0277', 'Total 325,27', 'TVA 19\u00a0%'],
    ['es', 'Factura', '3 de noviembre de 2026', '1–31 de octubre de 2026', '4.001,60', 'min', '0,0277', 'Total 325,27', 'IVA 19\u00a0%'],
    ['pt', 'Fatura', '3 de novembro de 2026', '1–31 de outubro de 2026', '4\u00a0001,60', 'min', '0,0277', 'Total 325,27', 'IVA 19\u00a0%'],
    [
      'ar',
      'فاتورة',
      '3 نوفمبر 2026',
      '1–31 أكتوبر 2026',
      '4,001.60',
      'دقيقة',
      '0.0277',
      'الإجمالي 325.27',
      'ضريبة القيمة المضافة 19\u00a0%',
    ],
  ]);
});

test('the total stands in words where the country wants it', () => {
  const words = (country: string, language: 'en' | 'fr' | 'ar', currency: string): string =>
    layOutInvoice(sampleInvoice({ language, lines: 40, currency, entity: { country } })).inWords;
  assert.equal(words('DE', 'en', 'EUR'), '');
  assert.match(words('IN', 'en', 'INR'), /^In words: nineteen thousand five hundred and thirty-one Indian rupees and 30\/100$/);
  assert.match(words('SN', 'fr', 'XOF'), /^En toutes lettres : dix-neuf mille .* francs CFA/);
  assert.match(words('AE', 'ar', 'AED'), /^المبلغ كتابةً: .*درهم/);
});

/** As a phone sees what templates of users draw: four pixels a module, read by another library than the one that made it. */
function readSvg(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const scale = 4;
  const margin = 16;
  const width = side * scale + 2 * margin;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, text] of (/ d="([^"]*)"/.exec(svg)?.[1] ?? '').matchAll(/([MmhHvVZ])([-\d. ]*)/g)) {
    const [a = 0, b = 0] = (text ?? '').trim().split(/ /).map(Number);
    if (command === 'M') [x, y] = [a, b];
    else if (command === 'h' && a > 0) {
      for (let row = 0; row < scale; row += 1)
        for (let column = 0; column < scale * a; column += 1) {
          const at = ((y * scale + margin + row) * width + (x * scale + margin + column)) * 4;
          pixels.fill(0, at, at + 3);
        }
    }
  }
  return jsQR.default(pixels, width, width)?.data;
}

/** What shipped templates show, on white paper. */
function readPixels(luma: Uint8Array, size: number): string | undefined {
  const pixels = new Uint8ClampedArray(luma.length * 4);
  for (const [index, grey] of luma.entries()) pixels.fill(grey, index * 4, index * 4 + 4);
  return jsQR.default(pixels, size, size)?.data;
}

/** What the pictures in a PDF say. */
async function readPdf(pdf: Uint8Array): Promise<string | undefined> {
  const { context } = await PDFDocument.load(pdf);
  for (const [, stream] of context.enumerateIndirectObjects()) {
    if (!(stream instanceof PDFRawStream) || stream.dict.get(PDFName.of('Subtype')) !== PDFName.of('Image')) continue;
    const size = stream.dict.lookup(PDFName.of('Width'), PDFNumber).asNumber();
    const bytes = decodePDFRawStream(stream).decode();
    const each = bytes.length / size / size;
    const luma = Uint8Array.from({ length: size * size }, (_, at) => bytes[at * each] ?? 0);
    const said = Number.isInteger(each) ? readPixels(luma, size) : undefined;
    if (said !== undefined) return said;
  }
  return undefined;
}

test('the code for a transfer says what EPC069-12 version 002 asks for, as another library reads it, from the PDF itself', async () => {
  const document = sampleInvoice({ lines: 3 });
  const said = 'BCD\n002\n1\nSCT\nCOBADEFFXXX\nCarillon Telecom GmbH\nDE89370400440532013000\nEUR325.27\n\n\nINV-2026-000042';
  const { data, files } = requestOf(document, true);
  assert.equal(readSvg(data.payment?.qr ?? ''), said);
  assert.equal(readPixels(files['code.luma'] ?? new Uint8Array(), data.payment?.code ?? 0), said);
  for (const template of shippedTemplates) assert.equal(await readPdf(renderInvoice(document, template).pdf), said, template);
  assert.equal(requestOf(sampleInvoice({ lines: 3, currency: 'USD' })).data.payment?.code, 0);
  assert.equal(layOutInvoice(sampleInvoice({ lines: 3, kind: 'credit-note' })).payment, undefined);
});

test('letters that the fonts lack are told; those of Arabic and of Europe they have', () => {
  assert.deepEqual(lettersNotPrinted(sampleInvoice({ language: 'ar', party: { name: 'Ελλάς Телеком Łódź شركة' } })), []);
  assert.deepEqual(lettersNotPrinted(sampleInvoice({ party: { name: '株式会社 Tokyo' } })), ['株', '式', '会', '社']);
});

test('what a statement’s line says is said in the language; what a person wrote stays as it is', () => {
  const document = sampleInvoice({ language: 'de', extras: true });
  const layout = JSON.stringify(requestOf(document).data);
  assert.match(layout, /Anpassung Germany Mobile Vodafone \(ab 16\. Oktober 2026\)/);
  assert.match(layout, /Verpflichtung 2026-Q4/);
  assert.match(layout, /Port fee, October 2026/);
  assert.doesNotMatch(layout, /Adjustment|Commitment/);
  const arabic = JSON.stringify(requestOf(sampleInvoice({ language: 'ar', extras: true })).data);
  assert.match(arabic, /\u2068?التزام \u20682026-Q4: shortfall\u2069/);
  const abroad = JSON.stringify(requestOf(sampleInvoice({ language: 'ar', party: { taxId: '98-7654321' } })).data);
  assert.match(abroad, /الرقم الضريبي: \u206898-7654321\u2069/, 'its parts keep their order');
});

test('memory does not grow with the documents that were rendered, where the event loop turns between them', async () => {
  const megabytes: number[] = [];
  for (let number = 0; number <= 300; number += 1) {
    const document = sampleInvoice({ lines: 1, party: { name: `Partner ${number}` } });
    renderInvoice({ ...document, invoice: { ...document.invoice, number: `INV-${number}` } }, 'classic');
    await new Promise(setImmediate);
    if (number % 100 === 0) megabytes.push(process.memoryUsage().rss / 1e6);
  }
  // What is kept of each, as when the loop never turns, is half a megabyte and more.
  assert.ok((megabytes[3] ?? 0) - (megabytes[1] ?? 0) < 60, `${megabytes.map(Math.round)} MB`);
});
