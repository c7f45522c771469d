/** Writes a large rate sheet: `node write-rate-sheet.ts <file.csv|file.xlsx> <rows> <seed>`. A process of its own, so that it does not count in what is measured. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { seeded } from '../../test/support/seeded.ts';
import { type TestCell, writeWorkbook } from '../../test/support/workbook.ts';

const HEADER = ['Destination', 'Dial Code', 'Rate (USD/min)', 'Increments', 'Effective Date', 'Change', 'Comment'];
/** 2026-11-01 as a serial number. */
const EFFECTIVE = 46327;

/** Codes are the same for every seed; about a fifth of the prices differ from one seed to the next. */
function* rates(rows: number, seed: number): Generator<readonly [destination: string, code: string, price: string, increments: string]> {
  const random = seeded(seed);
  const countries = ['44', '49', '33', '39', '34', '1', '7', '86', '91', '55', '234', '254', '380', '420', '971', '966'];
  for (let index = 0; index < rows; index += 1) {
    const country = countries[index % countries.length] ?? '44';
    const place = Math.floor(index / countries.length);
    const price = (10 + ((index * 7919) % 3000) + (random() < 0.2 ? seed : 0)) / 10_000;
    yield [
      `Destination ${country} ${Math.floor(place / 40)}`,
      `${country}${10_000 + place}`,
      price.toFixed(4),
      index % 3 === 0 ? '60/60' : '1/1',
    ];
  }
}

function writeCsv(path: string, rows: number, seed: number): void {
  const file = openSync(path, 'w');
  let lines = [`Bench Carrier Ltd`, `"Rates, A-Z"`, '', HEADER.join(',')];
  for (const [destination, code, price, increments] of rates(rows, seed)) {
    lines.push([destination, code, price, increments, '01/11/2026', '', 'subject to contract'].join(','));
    if (lines.length >= 5000) {
      writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    }
  }
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
}

function writeXlsx(path: string, rows: number, seed: number): void {
  const cells: TestCell[][] = [['Bench Carrier Ltd'], ['Rates, A-Z'], [], HEADER];
  for (const [destination, code, price, increments] of rates(rows, seed)) {
    cells.push([destination, Number(code), { stored: price }, increments, { serial: EFFECTIVE }, '', 'subject to contract']);
  }
  writeFileSync(path, writeWorkbook({ sheets: [{ name: 'Rates', rows: cells }] }));
}

const [path = '', rows = '', seed = ''] = process.argv.slice(2);
if (path.endsWith('.xlsx')) writeXlsx(path, Number(rows), Number(seed));
else writeCsv(path, Number(rows), Number(seed));
