import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCodes } from './codes.ts';

const countries = new Set(['1', '7', '31', '33', '44', '49', '353', '380', '383', '599']);
const isCountryCode = (digits: string) => countries.has(digits);

const forms: readonly [cell: string, codes: string, base?: string][] = [
  ['447700', '447700'],
  ['+447700', '447700'],
  ['00447700', '447700'],
  ['+44 7700', '447700'],
  ['44-7700', '447700'],
  ['44 7700, 7701-7709', '447700 447701 447702 447703 447704 447705 447706 447707 447708 447709'],
  ['44 7700, 7710-7719', '447700 44771'],
  ['44-7700;7701', '447700 447701'],
  ['447700/447701', '447700 447701'],
  ['447700 447701', '447700 447701'],
  ['44 7700; 44 7701', '447700 447701'],
  ['44 7700; 447701', '447700 447701'],
  ['44 7700; +353 86', '447700 35386'],
  ['447701-447709', '447701 447702 447703 447704 447705 447706 447707 447708 447709'],
  ['44 7701 - 7703', '447701 447702 447703'],
  ['44-7701-7703', '447701 447702 447703'],
  ['1-242-357', '1242357'],
  ['44 7701-447703', '447701 447702 447703'],
  ['7701 to 7703', '447701 447702 447703', '44'],
  ['7700, 7701', '447700 447701', '44'],
  ['20', '4420', '44'],
  ['009', '53009', '53'],
  ['44-843,44-844,44-871', '44843 44844 44871'],
  ['44-20, 44-45', '4420 4445'],
  ['44-843, 353-86', '44843 35386'],
  ['44-843, 45-49', '44843 4445 4446 4447 4448 4449'],
  ['20-24', '4420 4421 4422 4423 4424', '44'],
  ['+4420', '4420', '44'],
  ['7440-7449', '44744', '44'],
  ['44-45', '4445'],
  ['1242 and 1246', '1242 1246'],
  ['', ''],
];

for (const [cell, codes, base] of forms) {
  test(`${JSON.stringify(cell)}${base === undefined ? '' : ` in country ${base}`} is ${codes}`, () => {
    const read = parseCodes(cell, { isCountryCode, ...(base === undefined ? {} : { base }) });
    assert.equal(read.problem, undefined);
    assert.equal(read.codes?.join(' '), codes);
  });
}

const refused: readonly [cell: string, problem: string][] = [
  ['44abc', 'not-digits'],
  ['4477xx', 'not-digits'],
  ['*2007', 'not-digits'],
  ['5.41144E+11', 'scientific'],
  ['5,41144E+11', 'scientific'],
  ['4'.repeat(40), 'too-long'],
  ['447709-447701', 'range'],
  ['447701-09', 'range'],
  ['7701-', 'range'],
  ['20 7946 0', 'ambiguous'],
];

for (const [cell, problem] of refused) {
  test(`${JSON.stringify(cell.slice(0, 20))} is refused: ${problem}`, () =>
    assert.equal(parseCodes(cell, { isCountryCode }).problem, problem));
}
