import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectSeparator } from './separator.ts';

const sheets: readonly [what: string, text: string, separator: string][] = [
  ['commas', 'Destination,Code,Rate\nGermany,49,0.01\n', ','],
  ['semicolons with decimal commas', 'Ziel;Vorwahl;Preis\nDeutschland;49;0,0123\nItalien;39;0,0145\n', ';'],
  ['tabs with lists of codes', 'Destination\tCodes\tRate\nUK Mobile\t447700, 447701, 447702\t0.05\nUK\t44\t0.01\n', '\t'],
  ['pipes', 'Destination|Code|Rate\nGermany|49|0.01\n', '|'],
  [
    'a letterhead above',
    'Northwind Telecom\nRates, valid from 1 November\n\nDestination;Code;Rate\nGermany;49;0.01\nItaly;39;0.02\nSpain;34;0.03\n',
    ';',
  ],
  ['what Excel says itself', 'sep=;\na,b;c\n', ';'],
  ['quoted commas in semicolon text', 'a;b;c\n"x, y, z";1;2\n"u, v, w";3;4\n', ';'],
  ['one column', 'Code\n49\n', ','],
];

for (const [what, text, separator] of sheets) {
  test(`the separator of ${what} is found`, () => assert.equal(detectSeparator(text), separator));
}
