import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decimal } from '#core/money/decimal.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import { conditionWords as rateConditions, rateWords } from '#core/settlement/rate-words.ts';
import { sampleStatement } from '../../../test/support/statement-samples.ts';
import { lettersNotPrinted, renderStatement, statementData } from './render-statement.ts';
import { statementLanguage } from './statement-language.ts';

/** Pages as the PDF's page tree counts them. */
function pages(pdf: Buffer): number {
  return Number(/\/Type\s*\/Pages[^>]*?\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
}

test('statements of every size become a PDF', () => {
  const rows: [string, Parameters<typeof sampleStatement>[0], number][] = [
    ['no lines', { lines: 0, provisional: true }, 1],
    ['one direction', { lines: 12, roles: ['outgoing'] }, 1],
    ['thirty lines, messages and an adjustment', { lines: 15, messages: true, volumeTiers: true }, 2],
    ['no decimals', { lines: 6, currency: 'JPY', decimals: 0 }, 1],
    ['three decimals, charges with five', { lines: 6, currency: 'KWD', decimals: 5 }, 1],
    ['2,000 lines', { lines: 1000 }, 36],
  ];
  for (const [name, options, least] of rows) {
    const pdf = renderStatement(sampleStatement(options), 'en');
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-', name);
    assert.ok(pages(pdf) >= least && pages(pdf) <= least + 2, `${name}: ${pages(pdf)} pages`);
  }
});

test('the same statement gives the same bytes, and its date is the document’s', () => {
  const statement = sampleStatement({ lines: 5 });
  const pdf = renderStatement(statement, 'en');
  assert.ok(renderStatement(statement, 'en').equals(pdf));
  assert.match(pdf.toString('latin1'), /CreationDate\s?\(D:20261103/);
  assert.ok(!renderStatement({ ...statement, preparedOn: '2026-11-04' }, 'en').equals(pdf));
});

test('nothing in a name acts as markup, code or a file to read', () => {
  const evil = [
    '#panic("x")',
    '#read("/etc/passwd")',
    '$ 1/0 $',
    '*bold _it @ref <label> \\ [ ] { } " ` ~ // /* */ --',
    '= heading',
    '#{',
    '\u0000\u001b[2J',
    '\u202eabc',
  ];
  for (const name of evil) {
    const plain = renderStatement(sampleStatement({ lines: 2, partyName: 'x'.repeat(name.length) }), 'en');
    const pdf = renderStatement(sampleStatement({ lines: 2, partyName: name, destinationName: name }), 'en');
    assert.equal(pages(pdf), pages(plain), name);
  }
});

test('a name longer than any column is broken, not refused', () => {
  const pdf = renderStatement(
    sampleStatement({ lines: 3, partyName: 'Verylong'.repeat(40), destinationName: `${'W'.repeat(300)} ${'word '.repeat(80)}` }),
    'en',
  );
  assert.ok(pages(pdf) >= 1);
});

test('letters the font lacks are told, those of Europe it has', () => {
  assert.deepEqual(lettersNotPrinted(sampleStatement({ lines: 1, partyName: 'Ελλάς Телеком Łódź Türkiye Ðà Nẵng € شركة' }), 'ar'), []);
  assert.deepEqual(lettersNotPrinted(sampleStatement({ lines: 1, partyName: '日本電信' }), 'en'), ['日', '本', '電', '信']);
});

test('the template names one font and evaluates nothing', () => {
  const template = readFileSync(`${import.meta.dirname}/statement.typ`, 'utf8');
  assert.deepEqual(
    [...template.matchAll(/font: (.*),/g)].map((match) => match[1]),
    ['("Source Sans 3", "Noto Sans Arabic")'],
  );
  assert.doesNotMatch(template, /\beval\(|mode: "markup"|#import|#include|read\(/);
});

test('every clause of a price, condition and unit that core words is said in each language', () => {
  const tiers = {
    counter: 'c',
    tiers: [
      { from: decimal('1000'), price: decimal('1') },
      { from: decimal('2500.5'), price: decimal('1') },
    ],
  };
  const [fee, free] = [decimal('0.0100'), { graceSeconds: 3, freeSeconds: 5 }];
  const clauses = [
    ...rateWords('voice', 'min', {
      ...{
        price: fee,
        setupFee: fee,
        attemptFee: fee,
        disconnectFee: fee,
        surcharge: fee,
        minimumCharge: fee,
        maximumCharge: fee,
        ...free,
      },
      steps: [{ fromSeconds: 60, price: fee, firstSeconds: 1, nextSeconds: 6 }],
      tiers: { ...tiers, kind: 'graduated', measure: 'minutes', period: 'month' },
    }).terms,
    ...rateWords('data', 'byte', { price: fee, tiers: { ...tiers, kind: 'volume', measure: 'volume', period: 'quarter' } }).terms,
    ...rateWords('event', 'unit', { price: fee, tiers: { ...tiers, kind: 'volume', measure: 'money', period: 'year' } }).terms,
    ...rateWords('mms', 'message', {
      price: fee,
      sizeBands: [
        { upToBytes: 30_000, price: fee },
        { upToBytes: Number.POSITIVE_INFINITY, price: fee },
      ],
    }).terms,
    ...rateWords('content', 'unit', { price: fee, share: { percent: decimal('45'), after: decimal('0.02') } }).terms,
    ...rateWords('content', 'unit', { price: fee, share: { percent: decimal('45'), after: decimal('0') } }).terms,
  ];
  const conditions = [
    { calling: '49' },
    { origin: '!EEA' },
    { origin: 'EEA' },
    { trunk: 'north' },
    { ratingGroup: '7' },
    { apn: 'internet' },
  ].map((match) => rateConditions({ code: '1', destination: 'x', ...match }));
  for (const language of ['de', 'fr', 'es', 'pt', 'ar'] as const) {
    const { term, condition, unit } = statementLanguage(language);
    for (const clause of clauses) assert.notEqual(term(clause), clause, language);
    for (const clause of conditions) if (!clause.startsWith('APN')) assert.notEqual(condition(clause), clause, language);
    assert.doesNotMatch([...clauses.map(term), ...conditions.map(condition)].join(' '), /undefined|NaN|[{}]|price|callers|rating/);
    assert.notEqual(unit('byte'), '');
  }
  const { term } = statementLanguage('de');
  assert.equal(
    term(clauses.find((clause) => clause.includes('for that part')) ?? ''),
    '2. Preis ab 1.000 min, 3. Preis ab 2.500,5 min im Monat, für diesen Teil der Nutzung',
  );
});

test('a statement is written in each language: figures as it writes them, no sentence left in English, Arabic from right to left', () => {
  const statement = sampleStatement({ lines: 15, messages: true, volumeTiers: true, provisional: true });
  const said = (language: DocumentLanguage) => JSON.stringify({ ...statementData(statement, language), labels: [] });
  assert.match(said('en'), /"Carillon Telecom GmbH pays Borealis Networks AB"|"Borealis Networks AB pays Carillon Telecom GmbH"/);
  const figure = /"toPay":"([^"]+)"/;
  const digits = (text: string) => (figure.exec(text)?.[1] ?? '').replace(/\D/g, '');
  for (const [language, title] of [
    ['de', 'Abrechnungsübersicht'],
    ['fr', 'Relevé de règlement'],
    ['es', 'Estado de liquidación'],
    ['pt', 'Extrato de liquidação'],
    ['ar', 'كشف التسوية'],
  ] as const) {
    const text = said(language);
    assert.ok(text.includes(title), language);
    assert.doesNotMatch(
      text,
      / pays |Every line|Lines \d|Due (from|to)|charge |rounded|Adjustment|October|reached the price|setup fee|callers|undefined|\{\w+\}/,
    );
    assert.equal(digits(text), digits(said('en')), language);
    assert.equal(renderStatement(statement, language).subarray(0, 5).toString('latin1'), '%PDF-', language);
  }
  assert.match(figure.exec(said('de'))?.[1] ?? '', /^\d{1,3}(\.\d{3})*,\d\d$/);
  assert.match(said('ar'), /"direction":"rtl"/);
});
