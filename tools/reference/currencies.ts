/** ISO 4217 → data/currencies.csv and src/core/money/iso-4217.ts (core reads no files, and 300 lines are small enough to be code). */
import { readRecords, writeRecords } from './csv.ts';

interface Row {
  readonly code: string;
  readonly numeric: string;
  /** Empty where ISO gives none: metals, testing codes, and most withdrawn currencies. */
  readonly minorUnits: string;
  readonly name: string;
  /** `YYYY-MM` of withdrawal, or empty. */
  readonly withdrawn: string;
}

/** Codes with one row a country and name become one row a code; a code in use anywhere is in use. */
export function currencyTable(codesAllCsv: string): Row[] {
  const byCode = new Map<string, Row>();
  for (const record of readRecords(codesAllCsv)) {
    const code = record.AlphabeticCode ?? '';
    if (!/^[A-Z]{3}$/.test(code)) continue;
    const row: Row = {
      code,
      numeric: record.NumericCode ?? '',
      minorUnits: /^\d$/.test(record.MinorUnit ?? '') ? (record.MinorUnit as string) : '',
      name: (record.Currency ?? '').replaceAll('\u00a0', ' ').trim(),
      withdrawn: withdrawal(record.WithdrawalDate ?? ''),
    };
    const known = byCode.get(code);
    if (known === undefined || later(row, known)) byCode.set(code, row);
  }
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

export function currenciesCsv(rows: readonly Row[]): string {
  const fields = rows.map((row) => [row.code, row.numeric, row.minorUnits, row.name, row.withdrawn]);
  return writeRecords(['code', 'numeric', 'minor_units', 'name', 'withdrawn'], fields);
}

/** The same table as a module. Takes the CSV, so that a test can hold the two together without the sources. */
export function currenciesModule(csv: string): string {
  const lines = readRecords(csv).map((row) => {
    const [minorUnits, withdrawn] = [row.minor_units || 'undefined', row.withdrawn === '' ? 'undefined' : `'${row.withdrawn}'`];
    return `  ['${row.code}', '${row.numeric}', ${minorUnits}, ${literal(row.name ?? '')}, ${withdrawn}],`;
  });
  return `// Generated from data/currencies.csv by tools/reference/generate.ts: do not edit.
type Row = readonly [code: string, numeric: string, minorUnits: number | undefined, name: string, withdrawn: string | undefined];

// biome-ignore format: one currency a line
export const iso4217: readonly Row[] = [
${lines.join('\n')}
];
`;
}

/** As Biome writes it: single quotes unless the text has some. */
function literal(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function withdrawal(text: string): string {
  return text === '' ? '' : (text.split(/ to |(?<=^\d{4})-(?=\d{4}$)/).at(-1) as string);
}

function later(a: Row, b: Row): boolean {
  return a.withdrawn === '' ? b.withdrawn !== '' : b.withdrawn !== '' && a.withdrawn > b.withdrawn;
}
