import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sampleStatement } from '../../../test/support/statement-samples.ts';
import { lettersNotPrinted, renderStatement } from './render-statement.ts';

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
    const pdf = renderStatement(sampleStatement(options));
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-', name);
    assert.ok(pages(pdf) >= least && pages(pdf) <= least + 2, `${name}: ${pages(pdf)} pages`);
  }
});

test('the same statement gives the same bytes, and its date is the document’s', () => {
  const statement = sampleStatement({ lines: 5 });
  const pdf = renderStatement(statement);
  assert.ok(renderStatement(statement).equals(pdf));
  assert.match(pdf.toString('latin1'), /CreationDate\s?\(D:20261103/);
  assert.ok(!renderStatement({ ...statement, preparedOn: '2026-11-04' }).equals(pdf));
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
    const plain = renderStatement(sampleStatement({ lines: 2, partyName: 'x'.repeat(name.length) }));
    const pdf = renderStatement(sampleStatement({ lines: 2, partyName: name, destinationName: name }));
    assert.equal(pages(pdf), pages(plain), name);
  }
});

test('a name longer than any column is broken, not refused', () => {
  const pdf = renderStatement(
    sampleStatement({ lines: 3, partyName: 'Verylong'.repeat(40), destinationName: `${'W'.repeat(300)} ${'word '.repeat(80)}` }),
  );
  assert.ok(pages(pdf) >= 1);
});

test('letters the font lacks are told, those of Europe it has', () => {
  assert.deepEqual(lettersNotPrinted(sampleStatement({ lines: 1, partyName: 'Ελλάς Телеком Łódź Türkiye Ðà Nẵng €' })), []);
  assert.deepEqual(lettersNotPrinted(sampleStatement({ lines: 1, partyName: '日本電信' })), ['日', '本', '電', '信']);
});

test('the template names one font and evaluates nothing', () => {
  const template = readFileSync(`${import.meta.dirname}/statement.typ`, 'utf8');
  assert.deepEqual(
    [...template.matchAll(/font: (.*),/g)].map((match) => match[1]),
    ['"Source Sans 3"'],
  );
  assert.doesNotMatch(template, /\beval\(|mode: "markup"|#import|#include|read\(/);
});
