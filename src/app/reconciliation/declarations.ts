/** `carillon declaration`: a partner's figures from a file, or typed in, into the database. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type pg from 'pg';
import { parseDecimal } from '#core/money/decimal.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { type DeclarationField, declarationFields, durationUnits } from '#core/settlement/reconciliation/declaration-fields.ts';
import type { Declared, DeclaredLine } from '#core/settlement/reconciliation/declared.ts';
import { type DeclarationGiven, type DeclarationRead, readDeclaration } from '#core/settlement/reconciliation/read-declaration.ts';
import { parseDateOrder } from '#core/tariffs/rate-sheets/dates.ts';
import { decimalMarks } from '#core/tariffs/rate-sheets/numbers.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import type { Period } from '#core/time/period.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import type { SheetFile } from '#gateways/sheets/sheet-file.ts';
import type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import type { Database } from '#storage/database.ts';
import { reconciliationBooksOn } from '#storage/reconciliation/compared-usage.ts';
import { declarationStoreOn } from '#storage/reconciliation/declaration-store.ts';
import { readEInvoice } from '../einvoice/e-invoice.ts';
import { isXml, saidByUbl } from '../partner-invoices/said-by-ubl.ts';

import { readingFor } from './mapping.ts';

export type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';

export interface DeclarationHead {
  readonly agreement: string;
  readonly period: Period;
  readonly side: string;
  readonly service: string;
  readonly currency?: string;
  readonly by: string;
  readonly nowMicros: number;
}

export interface ImportDeclaration extends DeclarationHead {
  readonly file: string;
  /** `Header=field`, each. */
  readonly map: readonly string[];
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: string;
  readonly dateFormat?: string;
  readonly unit?: string;
  readonly dryRun: boolean;
}

export interface ImportedDeclaration {
  /** Undefined in a dry run. */
  readonly id?: bigint;
  readonly isNew: boolean;
  readonly read: DeclarationRead;
  readonly currency: string;
}

const MOST_ROWS = 200_000;

/** Throws RefusedError with what the file has wrong, by row. Columns mapped for the agreement's last declaration are mapped again. */
export async function importDeclaration(database: Database, command: ImportDeclaration): Promise<ImportedDeclaration> {
  const bytes = await readFile(command.file).catch(() => Buffer.alloc(0));
  return database.transaction(async (client) => {
    const head = await readHead(client, command);
    const { read, source } = isXml(bytes) ? await readUbl(command.file, head) : await readSheetFile(client, command, head);
    if (command.dryRun) return { isNew: true, read, currency: head.currency };
    const added = await declarationStoreOn(client).add({
      ...{ ...head, lines: read.lines, step: read.step, columns: read.columns, source },
      file: { name: source, sha256: createHash('sha256').update(bytes).digest('hex'), content: bytes },
      recorded: { atMicros: command.nowMicros, by: command.by },
    });
    return { ...added, read, currency: head.currency };
  });
}

interface ReadFile {
  readonly read: DeclarationRead;
  readonly source: string;
}

async function readSheetFile(client: pg.ClientBase, command: ImportDeclaration, head: Head): Promise<ReadFile> {
  const reading = await readingFor(client, head.agreement, head.side, head.service);
  const separator = command.separator ?? reading.separator;
  const opened = await openSheetFile(command.file, separator === undefined ? {} : { separator });
  try {
    const given: DeclarationGiven = {
      ...{ service: head.service, period: command.period, currency: head.currency },
      columns: new Map([...reading.columns, ...readMap(command.map)]),
      ...oneOf('decimal', command.decimal ?? reading.decimal, decimalMarks),
      ...oneOf('unit', command.unit ?? reading.unit, durationUnits),
      ...dateOrderOf(command.dateFormat ?? reading.dateFormat),
    };
    return { read: await readOne(opened, command.sheet ?? reading.sheet, given), source: opened.name };
  } finally {
    await opened.close();
  }
}

/** Lines of an invoice that says more than is asked for: the names are destinations; amounts are compared, and durations where they are in time. */
async function readUbl(file: string, { currency, period }: Head): Promise<ReadFile> {
  const said = saidByUbl(basename(file), await readEInvoice(file));
  if (said.currency !== undefined && said.currency !== currency)
    throw new RefusedError(
      refuse('declaration.currency', `the file is in ${said.currency}, the declaration in ${currency}`, {
        file: said.source,
        value: said.currency,
      }),
    );
  const lines = said.lines.filter(
    ({ period: own }) => own === undefined || typeof own === 'string' || (own.from < period.to && period.from < own.to),
  );
  if (lines.length === 0)
    throw new RefusedError(refuse('declaration.empty', 'no line of the invoice is of the period', { file: said.source }));
  return { read: { lines: lines.map(({ figures }) => figures), step: said.step, columns: [], totals: 0 }, source: said.source };
}

export interface EnterDeclaration extends DeclarationHead {
  /** `Germany calls=120 minutes=340.5 amount=12.30 day=2026-10-01`: destination, then figures. */
  readonly lines: readonly string[];
}

/** Figures typed in. Throws RefusedError (`declaration.option`). */
export async function enterDeclaration(database: Database, command: EnterDeclaration): Promise<{ readonly id: bigint }> {
  const lines = command.lines.map((text, index) => typedLine(text, index + 1, command.service === 'voice', command.period));
  return database.transaction(async (client) => {
    const head = await readHead(client, command);
    const recorded = { atMicros: command.nowMicros, by: command.by };
    const step = { quantity: command.service === 'voice' ? 10_000n : 1n, amountNanos: 10_000_000n };
    return declarationStoreOn(client).add({ ...head, lines, step, columns: [], source: 'typed in', recorded });
  });
}

export async function listDeclarations(database: Database, agreement: string | undefined): Promise<readonly RecordedDeclaration[]> {
  return database.transaction((client) => declarationStoreOn(client).list(agreement === undefined ? {} : { agreement }));
}

/** Throws RefusedError (`declaration.unknown`). */
export async function showDeclaration(
  database: Database,
  id: string,
): Promise<{ readonly declaration: RecordedDeclaration; readonly lines: readonly DeclaredLine[] }> {
  return database.transaction(async (client) => {
    const store = declarationStoreOn(client);
    const declaration = (await store.list({})).find((each) => String(each.id) === id);
    if (declaration === undefined)
      throw new RefusedError(refuse('declaration.unknown', 'there is no declaration of this number', { value: id }));
    return { declaration, lines: await store.lines(declaration.id) };
  });
}

type Head = Pick<Declared, 'agreement' | 'side' | 'service' | 'kind' | 'period' | 'currency'>;

async function readHead(client: Parameters<typeof reconciliationBooksOn>[0], head: DeclarationHead): Promise<Head> {
  const { agreement, period, side, service } = head;
  const version = (await reconciliationBooksOn(client).findAgreement(agreement))?.known.at(-1);
  if (version === undefined)
    throw new RefusedError(
      refuse('statement.agreement-unknown', `there is no agreement ${JSON.stringify(agreement)}`, { value: agreement }),
    );
  const currency = (head.currency ?? version.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) throw option('currency', currency, 'expected a currency such as EUR');
  const found = services.find((each) => each === service);
  if (found === undefined) throw option('service', service, `expected one of ${services.join(', ')}`);
  return {
    ...{ agreement, period, currency, service: found satisfies Service },
    side: side === 'receivable' ? 'receivable' : 'payable',
    kind: 'declaration',
  };
}

/** The first visible sheet that can be read, or the one that is named. */
export async function readOne(file: SheetFile, wanted: string | undefined, given: DeclarationGiven): Promise<DeclarationRead> {
  const visible = file.sheets.filter(({ hidden, name }) => (wanted === undefined ? !hidden : name.toLowerCase() === wanted.toLowerCase()));
  const [first] = visible;
  if (first === undefined)
    throw option(
      'sheet',
      wanted ?? '',
      `there is no such sheet; there are ${file.sheets.map(({ name }) => JSON.stringify(name)).join(', ')}`,
    );
  let refused: ReturnType<typeof readDeclaration> | undefined;
  for (const sheet of visible) {
    const rows: SheetRow[] = [];
    for await (const batch of file.rows(sheet)) {
      rows.push(...batch);
      if (rows.length > MOST_ROWS)
        throw new RefusedError(refuse('declaration.file-too-large', `the sheet has more than ${MOST_ROWS} rows`, { file: file.name }));
    }
    const read = readDeclaration({ name: file.sheets.length > 1 ? `${file.name}#${sheet.name}` : file.name, rows }, given);
    if (read.ok) return read.value;
    // A cover sheet has no header; the fault of the sheet that has one is what the reader can act on.
    if (refused === undefined || (!refused.ok && refused.refusals[0]?.code === 'declaration.no-header')) refused = read;
  }
  return valueOrThrow(refused ?? readDeclaration({ name: file.name, rows: [] }, given));
}

/** `Header=field`, each. Throws RefusedError (`declaration.option`). */
export function readMap(map: readonly string[]): [string, DeclarationField][] {
  return map.map((text) => {
    const at = text.lastIndexOf('=');
    const field = declarationFields.find((each) => each === text.slice(at + 1).trim());
    if (at < 1 || field === undefined) throw option('map', text, `expected "Header=field" with one of ${declarationFields.join(', ')}`);
    return [text.slice(0, at).trim(), field];
  });
}

/** An option that names one of a few. Throws RefusedError (`declaration.option`). */
export function oneOf<K extends 'decimal' | 'unit', T extends string>(
  field: K,
  value: string | undefined,
  known: readonly T[],
): { readonly [key in K]?: T } {
  if (value === undefined) return {};
  const found = known.find((each) => each === value);
  if (found === undefined) throw option(field, value, `expected ${known.join(' or ')}`);
  return { [field]: found } as { readonly [key in K]?: T }; // the key is the one the type names
}

export function dateOrderOf(text: string | undefined): Pick<DeclarationGiven, 'dateOrder'> {
  if (text === undefined) return {};
  const dateOrder = parseDateOrder(text);
  if (dateOrder === undefined) throw option('date-format', text, 'expected dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd');
  return { dateOrder };
}

/** `Germany calls=120 amount=12.30`. Throws RefusedError (`declaration.option`). */
export function typedLine(text: string, row: number, voice: boolean, period: Period): DeclaredLine {
  const figures = new Map<string, string>();
  const words: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const match = /^(calls|minutes|seconds|units|amount|day|hour)=(\S+)$/.exec(word);
    if (match === null) words.push(word);
    else figures.set(match[1] ?? '', match[2] ?? '');
  }
  const scaled = (name: string, unit: bigint): bigint | undefined => {
    const written = figures.get(name);
    if (written === undefined) return undefined;
    const value = parseDecimal(written);
    if (value === undefined || (value.units * unit) % 10n ** BigInt(value.scale) !== 0n)
      throw option('line', text, `${name} is not a figure that counts`);
    return (value.units * unit) / 10n ** BigInt(value.scale);
  };
  const day = figures.get('day');
  if (day !== undefined && !(day >= period.from && day < period.to)) throw option('line', text, 'the day lies outside the period');
  const hour = figures.get('hour');
  if (figures.size === 0) throw option('line', text, 'expected figures such as calls=120 minutes=340.5 amount=12.30');
  const billed = voice ? (scaled('minutes', 60_000_000n) ?? scaled('seconds', 1_000_000n)) : scaled('units', 1n);
  const [calls, amountNanos] = [scaled('calls', 1n), scaled('amount', 1_000_000_000n)];
  return {
    ...{ row, destination: words.join(' ') },
    ...(day === undefined ? {} : { day }),
    ...(hour === undefined || !/^([01]?\d|2[0-3])$/.test(hour) ? {} : { hour: Number(hour) }),
    ...(calls === undefined ? {} : { calls }),
    ...(billed === undefined ? {} : { billed }),
    ...(amountNanos === undefined ? {} : { amountNanos }),
  };
}

function option(field: string, value: string, message: string): RefusedError {
  return new RefusedError(refuse('declaration.option', message, { field, value: value.slice(0, 120) }));
}
