import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trafficMix, unknownCodes } from '../generator/traffic-mix.ts';
import { derivedFiles, exampleFolder, publishedListPath, rheinlandPath, rheinlandSheetName } from './example-files.ts';
import { sells } from './offers.ts';
import { countryCodeOf } from './partner-sheets.ts';
import { readPublishedList } from './published-list.ts';
import { unzipped } from './unzip.ts';
import { workbookParts } from './workbook.ts';

const list = readFileSync(publishedListPath, 'utf8');

test('the derived files of the example are as they were derived from the published list', () => {
  const { texts, rheinlandRows } = derivedFiles();
  for (const { path, text } of texts) {
    assert.equal(readFileSync(join(exampleFolder, path), 'utf8'), text, `${path}: run demo/rate-sheets/example-files.ts`);
  }
  const parts = unzipped(readFileSync(join(exampleFolder, rheinlandPath)));
  assert.deepEqual(parts, new Map(workbookParts(rheinlandSheetName, rheinlandRows).map(({ name, text }) => [name, text])));
});

test('what cannot be dialled or has no price is no rate', () => {
  const published = readPublishedList(list);
  assert.equal(published.length, new Set(published.map(({ code }) => code)).size);
  assert.ok(published.length > 700);
  for (const { code, price } of published) assert.ok(/^\d+$/.test(code) && price > 0, code);
});

test('every prefix of the traffic has a rate with every carrier that may take it, and the unknown codes have none', () => {
  const codes = readPublishedList(list).map(({ code }) => code);
  const covered = (number: string): boolean => codes.some((code) => number.startsWith(code));
  for (const { prefix, digits, name } of trafficMix) {
    assert.ok(covered(prefix), `${name} ${prefix}`);
    assert.ok(digits > prefix.length && digits <= 15, `${name} ${prefix}`);
    assert.ok(sells('atlantic', prefix) && sells('rheinland', prefix), `${name} ${prefix}`);
  }
  for (const { prefix } of unknownCodes) assert.ok(!covered(prefix), prefix);
});

test('country codes have one, two or three digits', () => {
  for (const [code, country] of [
    ['1876', '1'],
    ['79', '7'],
    ['4969', '49'],
    ['35318', '353'],
    ['2348', '234'],
    ['20', '20'],
    ['5255', '52'],
    ['50372', '503'],
    ['6591', '65'],
    ['67091', '670'],
    ['88210', '882'],
    ['91', '91'],
    ['97150', '971'],
  ] as const) {
    assert.equal(countryCodeOf(code), country, code);
  }
});
