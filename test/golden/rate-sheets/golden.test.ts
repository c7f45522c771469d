/**
 * Sheets in the shapes that carriers send, each beside what Carillon reads in it (`*.expected.txt`). The companies are invented. After a
 * change that is meant to read them otherwise: UPDATE_GOLDEN=1 node --test test/golden/rate-sheets, and look at the difference.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type TestWorkbook, writeWorkbook } from '../../support/workbook.ts';
import { type GoldenSettings, readGolden } from './read-golden.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function compare(path: string, expectedName: string, settings: GoldenSettings): Promise<void> {
  const found = await readGolden(path, settings);
  if (process.env.UPDATE_GOLDEN !== undefined) writeFileSync(here(expectedName), found);
  assert.equal(found, readFileSync(here(expectedName), 'utf8'));
}

const files: readonly [what: string, file: string, settings: GoldenSettings][] = [
  ['a US carrier: letterhead, lists and ranges of codes, dollars, words for changes', 'us-lists.csv', {}],
  [
    'a German carrier: Windows-1252, semicolons, decimal commas, peak and off-peak',
    'german-bands.csv',
    { currency: 'EUR', zone: 'Europe/Berlin', bands: ['peak', 'off-peak'] },
  ],
  ['UTF-16 with tabs: country code and area codes in columns of their own', 'country-area.txt', {}],
  ['destinations in rows above their codes', 'parents.csv', {}],
  ['ranges in two columns, separated by bars', 'ranges.psv', { given: { effective: '2026-11-01' } }],
  ['a French carrier: prices in cents, connection fee, end dates, a closed code', 'french-cents.csv', { currency: 'EUR' }],
  ['the price now and the price later, old price beside, country and destination apart', 'current-and-future.csv', {}],
  [
    'a first increment with a price of its own, the band in a column',
    'first-minute.csv',
    { bands: ['peak', 'off-peak'], given: { effective: '2026-11-01' } },
  ],
  ['everything that can be wrong in a row', 'bad.csv', {}],
];

for (const [what, file, settings] of files) {
  test(`${file}: ${what}`, () => compare(here(file), file.replace(/\.[^.]+$/, '.expected.txt'), settings));
}

const workbooks: readonly [what: string, name: string, workbook: TestWorkbook, settings: GoldenSettings][] = [
  [
    'merged destinations, a header of two rows, serial dates, inline texts, a hidden sheet and a hidden row',
    'merged',
    {
      sheets: [
        {
          name: 'Old',
          hidden: true,
          rows: [
            ['Destination', 'Code', 'Rate'],
            ['Greece', 30, 9],
          ],
        },
        {
          name: 'Rates',
          rows: [
            ['Aegean Carrier Services'],
            ['Currency', 'USD'],
            [],
            ['Destination', 'Code', 'Rate', undefined, 'Effective'],
            [undefined, undefined, 'Peak', 'Off-Peak', 'Date'],
            ['Greece', 30, 0.0105, 0.0095, { serial: 46327 }],
            [{ inline: 'Greece Mobile' }, 3069, { stored: '1.3700000000000002E-2' }, 0.012, { serial: 46327 }],
            [undefined, '30690-30692', 0.015, 0.0125, { serial: 46327.5 }],
            ['Norway', 47, 0.02, 0.02, { serial: 46327 }],
          ],
          merges: ['A7:A8', 'C4:D4'],
          hiddenRows: [9],
        },
      ],
    },
    { bands: ['peak', 'off-peak'], sheet: 'Rates' },
  ],
  [
    'the 1904 date system, formulas with and without a result, errors, numbers as codes and prices',
    'formulas',
    {
      from1904: true,
      sheets: [
        {
          name: 'Sheet1',
          rows: [
            ['Destination', 'Dial Code', 'USD/min', 'Valid From', 'Remarks'],
            ['Italy', 39, 0.01, { serial: 44865 }, { formula: 'NOW()', value: '1' }],
            ['Italy Mobile', 393, { formula: 'C2*1.5', value: '1.4999999999999999E-2' }, { serial: 44865 }],
            ['Italy Special', 39199, { formula: 'C2*2' }, { serial: 44865 }],
            ['Belgium', 32, { error: '#N/A' }, { serial: 44865 }],
            ['Argentina', { stored: '5.41144E+11' }, 0.05, { serial: 44865 }],
            ['Spain', 34, { stored: '0.33333333333333331' }, { serial: 44865 }],
            ['Portugal', 351, 0.02, 44865],
          ],
        },
      ],
    },
    {},
  ],
];

for (const [what, name, workbook, settings] of workbooks) {
  test(`${name}.xlsx: ${what}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carillon-golden-'));
    try {
      const path = join(folder, `${name}.xlsx`);
      writeFileSync(path, writeWorkbook(workbook));
      await compare(path, `${name}.expected.txt`, settings);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
