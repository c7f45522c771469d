/** Rate sheets: from a file to rates in force, what is in force, what was, and back. */
import { createHash } from 'node:crypto';
import { type Decimal, decimal, parseDecimal } from '#core/money/decimal.ts';
import { RefusedError, refusals, refuse, valueOrThrow } from '#core/refusals.ts';
import { parseSheetDate } from '#core/tariffs/rate-sheets/dates.ts';
import { type ColumnMapping, HEADER_WITHIN_ROWS, hasHeader } from '#core/tariffs/rate-sheets/header.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import { type SheetFile, type SheetName, stop } from '#gateways/sheets/sheet-file.ts';
import { importRateSheet } from '#operations/rates/import-rate-sheet.ts';
import type { ImportReport } from '#operations/rates/import-report.ts';
import type { RateStore } from '#operations/rates/rate-store.ts';
import { mappingOf, mergeTemplates, type RateTemplate, readTemplate } from '#operations/rates/rate-template.ts';
import { type UndoneImport, undoImport } from '#operations/rates/undo-import.ts';
import { lockConfiguration } from '#storage/configuration/knowledge.ts';
import type { Database } from '#storage/database.ts';
import { rateStore } from '#storage/rates/rate-store.ts';
import { compileConfiguration } from './configuration.ts';
import { loadNumberPlan } from './reference-data.ts';

export type { RateChange } from '#core/tariffs/rate-sheets/difference.ts';
export type { Warning } from '#core/tariffs/rate-sheets/findings.ts';
export type { ImportReport } from '#operations/rates/import-report.ts';
export type { ImportRecord } from '#operations/rates/rate-store.ts';

/** What `carillon rates import` is told. Values as they were written; they are checked here. */
export interface ImportCommand {
  readonly file: string;
  readonly agreement: string;
  readonly role?: string;
  readonly service?: string;
  readonly template?: string;
  readonly saveTemplate?: string;
  /** `Header=field`, each. */
  readonly map: readonly string[];
  readonly mode?: string;
  readonly sheet?: string;
  readonly separator?: string;
  readonly dateFormat?: string;
  readonly decimal?: string;
  readonly zone?: string;
  readonly increments?: string;
  readonly effective?: string;
  readonly maxChangeFactor?: string;
  readonly noticeDays?: string;
  /** `3,17-20` */
  readonly skipRows?: string;
  readonly accept: readonly string[];
  readonly acceptAll: boolean;
  readonly dryRun: boolean;
}

const USUAL_FACTOR = '3';
const USUAL_NOTICE_DAYS = 7;
/** A sheet held in memory has at most so many rows and characters. */
const MOST_ROWS = 1_500_000;
const MOST_CHARACTERS = 300_000_000;
const MOST_SKIPPED = 100_000;

/**
 * Imports one sheet. `nowMicros` decides what is past and what is short notice. Throws RefusedError when the file cannot be
 * opened, an option cannot be read, or the agreement is not there; what the sheet has wrong is in the report.
 */
export async function importRates(database: Database, command: ImportCommand, nowMicros: number): Promise<ImportReport> {
  const options = readOptions(command);
  const stored = command.template === undefined ? undefined : await loadTemplate(database, command.template);
  const { template, mayMiss } = mergeTemplates(stored, options.template);
  const opened = await openSheetFile(command.file, template.separator === undefined ? {} : { separator: template.separator });
  try {
    const chosen = await chooseSheet(opened, template.sheet, mappingOf(template.columns));
    const sheetName = opened.sheets.length > 1 || template.sheet !== undefined ? chosen.name : '';
    const name = sheetName === '' ? opened.name : `${opened.name}#${sheetName}`;
    const request = {
      agreement: command.agreement,
      ...(command.role === undefined ? {} : { role: command.role }),
      ...(command.service === undefined ? {} : { service: command.service }),
      sheet: { name, rows: () => collect(opened, chosen) },
      source: {
        fileName: opened.name,
        sha256: opened.sha256.toString('hex'),
        format: opened.format,
        ...(chosen.name === '' ? {} : { sheet: chosen.name }),
      },
      template,
      mayMiss,
      ...(command.saveTemplate === undefined ? {} : { saveTemplate: command.saveTemplate }),
      ...(options.effective === undefined ? {} : { effective: options.effective }),
      ...(options.skipRows === undefined ? {} : { skipRows: options.skipRows }),
      maxChangeFactor: decimalOf(template.maxChangeFactor ?? USUAL_FACTOR),
      noticeDays: template.noticeDays ?? USUAL_NOTICE_DAYS,
      accept: command.acceptAll ? ('all' as const) : new Set(command.accept),
      dryRun: command.dryRun,
      nowMicros,
      countryCodeOf: countryCodes(),
    };
    return await inStore(database, (store) => importRateSheet(request, store, compileFaults).then(valueOrThrow));
  } finally {
    await opened.close();
  }
}

/** Takes an import back by a new one. Throws RefusedError when it is not there or something was built on it. */
export async function undoRates(database: Database, importId: number): Promise<UndoneImport> {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  return inStore(database, (store) => undoImport(importId, store, compileFaults, digest).then(valueOrThrow));
}

/** Nobody else changes configuration or rates meanwhile; what is thrown undoes all of it. */
async function inStore<T>(database: Database, work: (store: RateStore) => Promise<T>): Promise<T> {
  return database.transaction(async (client) => {
    if (!(await lockConfiguration(client)))
      throw new RefusedError(refuse('rate-sheet.busy', 'another command is changing the configuration'));
    return work(rateStore(client));
  });
}

function compileFaults(book: Parameters<typeof compileConfiguration>[0]) {
  const compiled = compileConfiguration(book);
  return compiled.ok ? [] : compiled.refusals;
}

/** The country code that digits begin with: the shortest assigned beginning, so that 1204 is in country 1. */
function countryCodes(): (digits: string) => string | undefined {
  const plan = loadNumberPlan();
  const known = new Map<string, string | undefined>();
  const find = (beginning: string): string | undefined => {
    for (let length = 1; length <= beginning.length; length += 1) {
      const code = beginning.slice(0, length);
      if (plan.find(code)?.code === code) return code;
    }
    return undefined;
  };
  return (digits) => {
    const beginning = digits.slice(0, 3);
    if (!known.has(beginning)) known.set(beginning, find(beginning));
    return known.get(beginning);
  };
}

async function loadTemplate(database: Database, id: string): Promise<RateTemplate> {
  const body = await database.transaction((client) => rateStore(client).template(id));
  if (body === undefined)
    throw new RefusedError(refuse('rate-sheet.template-missing', 'there is no template of this name', { field: 'template', value: id }));
  return valueOrThrow(readTemplate(id, body));
}

interface ReadOptions {
  readonly template: RateTemplate;
  readonly effective?: string;
  readonly skipRows?: ReadonlySet<number>;
}

/** Checks the command line as a template is checked, with names of options. */
function readOptions(command: ImportCommand): ReadOptions {
  const { sheet, dateFormat, zone, increments, mode, noticeDays, maxChangeFactor } = command;
  const separator = command.separator === '\\t' || command.separator === 'tab' ? '\t' : command.separator;
  const body = {
    sheet,
    separator,
    dateFormat,
    decimal: command.decimal,
    zone,
    increments,
    mode,
    noticeDays,
    maxChangeFactor,
    columns: readMap(command.map),
  };
  const template = readTemplate('of the command line', body);
  if (!template.ok) {
    throw new RefusedError(
      ...template.refusals.map(({ message, at }) =>
        refuse('rate-sheet.option', message.replace(/^template of the command line: /, ''), at),
      ),
    );
  }
  for (const code of command.accept) {
    if (code in refusals || `rate-sheet.${code}` in refusals) continue;
    throw new RefusedError(refuse('rate-sheet.option', 'no such warning', { field: 'accept', value: code }));
  }
  const effective = command.effective === undefined ? undefined : parseSheetDate(command.effective, 'ymd');
  if (command.effective !== undefined && (effective === undefined || !isLocalDate(effective.date) || effective.time !== undefined)) {
    throw new RefusedError(
      refuse('rate-sheet.option', 'expected a date such as 2026-11-01', { field: 'effective', value: command.effective }),
    );
  }
  if (command.saveTemplate !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(command.saveTemplate)) {
    throw new RefusedError(
      refuse('rate-sheet.option', 'a name of letters, digits, dots, hyphens and underscores', {
        field: 'save-template',
        value: command.saveTemplate,
      }),
    );
  }
  return {
    template: template.value,
    ...(effective === undefined ? {} : { effective: effective.date }),
    ...(command.skipRows === undefined ? {} : { skipRows: readRowNumbers(command.skipRows) }),
  };
}

function readMap(map: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    map.map((text) => {
      const at = text.lastIndexOf('=');
      if (at < 1)
        throw new RefusedError(
          refuse('rate-sheet.mapping', 'expected "Header=field" or a column letter and a field', { field: 'map', value: text }),
        );
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

function readRowNumbers(text: string): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,7})(?:-(\d{1,7}))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to < from || to - from > MOST_SKIPPED) {
      throw new RefusedError(refuse('rate-sheet.option', 'expected row numbers such as 12,15-20', { field: 'skip-rows', value: text }));
    }
    for (let row = from; row <= to; row += 1) rows.add(row);
  }
  return rows;
}

function decimalOf(text: string): Decimal {
  return parseDecimal(text) ?? decimal(USUAL_FACTOR);
}

async function chooseSheet(file: SheetFile, wanted: string | undefined, mapping: ColumnMapping): Promise<SheetName> {
  const [only, ...others] = file.sheets;
  const named = file.sheets.map(({ name, hidden }) => `${JSON.stringify(name)}${hidden ? ' (hidden)' : ''}`).join(', ');
  if (wanted !== undefined && only?.name !== '') {
    const found =
      file.sheets.find(({ name }) => name === wanted) ??
      file.sheets.find(({ name }) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
    return (
      found ??
      stop('rate-sheet.sheet-missing', `no sheet of this name; there are ${named}`, { file: file.name, field: 'sheet', value: wanted })
    );
  }
  if (only?.hidden === true && others.length === 0)
    return stop('rate-sheet.sheet-hidden', `the only sheet, ${JSON.stringify(only.name)}, is hidden`, { file: file.name });
  if (only !== undefined && others.length === 0) return only;
  const fitting: SheetName[] = [];
  for (const sheet of file.sheets) if (!sheet.hidden && hasHeader(await beginning(file, sheet), mapping)) fitting.push(sheet);
  const [first, second] = fitting;
  if (first !== undefined && second === undefined) return first;
  if (first === undefined)
    return stop('rate-sheet.no-header', `no visible sheet has a header with codes or destinations and prices; there are ${named}`, {
      file: file.name,
    });
  return stop(
    'rate-sheet.sheet-ambiguous',
    `several sheets have rates: ${fitting.map(({ name }) => JSON.stringify(name)).join(', ')}; choose one with --sheet`,
    { file: file.name },
  );
}

async function beginning(file: SheetFile, sheet: SheetName): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of file.rows(sheet)) {
    rows.push(...batch);
    if (rows.length >= HEADER_WITHIN_ROWS) break;
  }
  return rows.slice(0, HEADER_WITHIN_ROWS);
}

/** All rows of a sheet. Separators, dates and decimal marks are found from the whole of it, so it is held in memory, within limits. */
async function collect(file: SheetFile, sheet: SheetName): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  let characters = 0;
  for await (const batch of file.rows(sheet)) {
    for (const row of batch) {
      rows.push(row);
      for (const cell of row.cells) characters += cell.length + 8;
    }
    if (rows.length > MOST_ROWS || characters > MOST_CHARACTERS) {
      stop(
        'rate-sheet.file-too-large',
        `the sheet has more than ${rows.length > MOST_ROWS ? `${MOST_ROWS} rows` : `${MOST_CHARACTERS} characters`}`,
        { file: file.name },
      );
    }
  }
  return rows;
}
