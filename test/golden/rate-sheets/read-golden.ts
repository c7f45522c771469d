/** Reads a sheet as an import does, up to the database, and writes down what it says, one line a rate. */
import { formatDecimal } from '#core/money/decimal.ts';
import { formatRefusal } from '#core/refusals.ts';
import { checkSheet } from '#core/tariffs/rate-sheets/check-sheet.ts';
import { Findings } from '#core/tariffs/rate-sheets/findings.ts';
import { type ColumnMapping, findHeader } from '#core/tariffs/rate-sheets/header.ts';
import { readSheet } from '#core/tariffs/rate-sheets/read-sheet.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import type { SheetContext, SheetGiven, SheetRate } from '#core/tariffs/rate-sheets/sheet-rate.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';

export interface GoldenSettings {
  readonly currency?: string;
  readonly zone?: string;
  readonly bands?: readonly string[];
  readonly given?: SheetGiven;
  readonly mapping?: ColumnMapping;
  readonly sheet?: string;
}

/** Country calling codes that the sheets of the tests use, and 7, 1 and some neighbours. */
const COUNTRIES = new Set(
  '1 7 30 31 32 33 34 39 41 43 44 47 49 53 54 55 61 90 229 241 244 262 297 351 352 355 373 374 375 376 377 387 591 880 973 975 994'.split(
    ' ',
  ),
);

export function countryCodeOf(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) if (COUNTRIES.has(digits.slice(0, length))) return digits.slice(0, length);
  return undefined;
}

/** Columns, rates, faults and warnings as lines of text. */
export async function readGolden(path: string, settings: GoldenSettings = {}): Promise<string> {
  const file = await openSheetFile(path);
  try {
    const sheet = file.sheets.find(({ name, hidden }) => (settings.sheet === undefined ? !hidden : name === settings.sheet));
    if (sheet === undefined) throw new Error(`no sheet ${settings.sheet}`);
    const rows: SheetRow[] = [];
    for await (const batch of file.rows(sheet)) rows.push(...batch);
    return [file.format, ...describe(file.name, rows, settings)].map((line) => `${line}\n`).join('');
  } finally {
    await file.close();
  }
}

function describe(name: string, rows: readonly SheetRow[], settings: GoldenSettings): string[] {
  const findings = new Findings();
  const context: SheetContext = {
    zone: settings.zone ?? 'UTC',
    currency: settings.currency ?? 'USD',
    service: 'voice',
    per: 60,
    bands: settings.bands ?? [],
    deckDestinations: undefined,
    countryCodeOf,
    defaults: {},
    given: settings.given ?? {},
  };
  const header = findHeader({ name, rows }, settings.mapping ?? new Map(), findings);
  const lines: string[] = [];
  if (header !== undefined) {
    lines.push(
      `header in row ${header.row}: ${header.columns.map(({ header: title, field, band }) => `${title}=${field}${band === undefined ? '' : `:${band}`}`).join(' | ')}`,
    );
    const read = readSheet({ name, rows }, header, context, findings);
    for (const list of checkSheet(read.rates, name, countryCodeOf, findings).values()) lines.push(...list.map(rateLine));
    if (read.passedOver.length > 0) lines.push(`passed over: rows ${read.passedOver.join(', ')}`);
  }
  for (const fault of findings.faults) lines.push(`fault ${formatRefusal(fault)}`);
  for (const { examples, count } of findings.warnings) {
    lines.push(...examples.slice(0, 5).map((example) => `warning ${formatRefusal(example)}`));
    if (count > 5) lines.push(`warning and ${count - 5} more`);
  }
  return lines;
}

function rateLine({ row, code, destination, band, terms, fromMicros, toMicros, word }: SheetRate): string {
  const steps =
    terms?.steps
      ?.map((step) => ` then ${formatDecimal(step.price)} ${step.firstSeconds}/${step.nextSeconds} from ${step.fromSeconds} s`)
      .join('') ?? '';
  const price =
    terms === undefined
      ? 'closed'
      : `${formatDecimal(terms.price)}${terms.firstSeconds === undefined ? '' : ` ${terms.firstSeconds}/${terms.nextSeconds}`}${steps}`;
  return [
    `${row}:`,
    code ?? '(deck)',
    JSON.stringify(destination),
    ...(band === undefined ? [] : [band]),
    price,
    ...(terms?.setupFee === undefined ? [] : [`setup ${formatDecimal(terms.setupFee)}`]),
    `from ${day(fromMicros)}`,
    ...(toMicros === Number.POSITIVE_INFINITY ? [] : [`to ${day(toMicros)}`]),
    ...(word === undefined ? [] : [`(${word})`]),
  ].join(' ');
}

function day(micros: number): string {
  return formatInstant(micros).replace('T00:00:00Z', '');
}
