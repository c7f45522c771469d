import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { type DateOrder, parseDateOrder } from '#core/tariffs/rate-sheets/dates.ts';
import { type FieldOfColumn, parseField, type SheetField } from '#core/tariffs/rate-sheets/fields.ts';
import type { ColumnMapping } from '#core/tariffs/rate-sheets/header.ts';
import { type Increments, parseIncrements } from '#core/tariffs/rate-sheets/increments.ts';
import { type DecimalMark, decimalMarks } from '#core/tariffs/rate-sheets/numbers.ts';
import { plainWords } from '#core/tariffs/rate-sheets/words.ts';
import { isZone } from '#core/time/zoned.ts';

export const importModes = ['full', 'amendment'] as const;
export type ImportMode = (typeof importModes)[number];

/** How one partner writes its sheets: what need not be said again for the next one. */
export interface RateTemplate {
  /** Headers (or letters) to fields, as written. */
  readonly columns: ReadonlyMap<string, string>;
  readonly sheet?: string;
  readonly separator?: string;
  readonly dateFormat?: string;
  readonly decimal?: DecimalMark;
  readonly zone?: string;
  readonly increments?: string;
  readonly mode?: ImportMode;
  readonly noticeDays?: number;
  readonly maxChangeFactor?: string;
}

const KEYS = [
  'id',
  'columns',
  'sheet',
  'separator',
  'dateFormat',
  'decimal',
  'zone',
  'increments',
  'mode',
  'noticeDays',
  'maxChangeFactor',
];

/** Reads a template as configuration files have it (`rateTemplates`). Refused: an unknown key, a value that cannot be used. */
export function readTemplate(id: string, body: Readonly<Record<string, unknown>>): Result<RateTemplate> {
  const refusals: Refusal[] = [];
  const wrong = (field: string, message: string, value?: unknown): undefined => {
    refusals.push(
      refuse('rate-sheet.template-wrong', `template ${id}: ${message}`, {
        field,
        ...(value === undefined ? {} : { value: String(value) }),
      }),
    );
    return undefined;
  };
  for (const key of Object.keys(body)) if (!KEYS.includes(key)) wrong(key, `no such key; there are ${KEYS.join(', ')}`);
  const text = (key: string, fits: (value: string) => boolean, expected: string): string | undefined => {
    const value = body[key];
    if (value === undefined) return undefined;
    return typeof value === 'string' && fits(value) ? value : wrong(key, `expected ${expected}`, value);
  };
  const decimalMark = text('decimal', (value) => decimalMarks.some((known) => known === value), 'comma or point');
  const importMode = text('mode', (value) => importModes.some((known) => known === value), 'full or amendment');
  const template = {
    columns: readColumns(body.columns, wrong),
    sheet: text('sheet', () => true, 'the name of a sheet'),
    separator: text('separator', (value) => value.length === 1, 'one character'),
    dateFormat: text('dateFormat', (value) => parseDateOrder(value) !== undefined, 'dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd'),
    decimal: decimalMarks.find((mark) => mark === decimalMark),
    zone: text('zone', isZone, 'an IANA zone'),
    increments: text('increments', (value) => parseIncrements(value) !== undefined, 'increments such as 60/60'),
    mode: importModes.find((mode) => mode === importMode),
    noticeDays: readDays(body.noticeDays, wrong),
    maxChangeFactor: readFactor(body.maxChangeFactor, wrong),
  };
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: withoutAbsent(template) };
}

type Wrong = (field: string, message: string, value?: unknown) => undefined;

function readColumns(value: unknown, wrong: Wrong): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  if (value === undefined) return columns;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    wrong('columns', 'expected headers and the fields they hold', value);
    return columns;
  }
  for (const [header, field] of Object.entries(value)) {
    if (typeof field === 'string' && parseField(field) !== undefined) columns.set(header, field);
    else wrong(`columns.${header}`, 'no such field', field);
  }
  return columns;
}

function readDays(value: unknown, wrong: Wrong): number | undefined {
  if (value === undefined) return undefined;
  const days = Number(value);
  return Number.isInteger(days) && days >= 0 && days <= 366 ? days : wrong('noticeDays', 'expected whole days, 0 to 366', value);
}

function readFactor(value: unknown, wrong: Wrong): string | undefined {
  if (value === undefined) return undefined;
  const text = String(value);
  return /^\d{1,6}(\.\d{1,4})?$/.test(text) && Number(text) >= 1 ? text : wrong('maxChangeFactor', 'expected a number from 1', value);
}

function withoutAbsent(template: { readonly [K in keyof RateTemplate]: RateTemplate[K] | undefined }): RateTemplate {
  return Object.fromEntries(Object.entries(template).filter(([, value]) => value !== undefined)) as unknown as RateTemplate; // `columns` is always there
}

/** The form in which configuration files and the database have it. */
export function templateBody(id: string, template: RateTemplate): { readonly id: string; readonly [key: string]: unknown } {
  const { columns, ...rest } = template;
  return { id, columns: Object.fromEntries(columns), ...rest };
}

/** Columns as the reader of sheets takes them; undefined for what parseField refuses. */
export function mappingOf(columns: ReadonlyMap<string, string>): ColumnMapping {
  const mapping = new Map<string, FieldOfColumn>();
  for (const [header, text] of columns) {
    const field = parseField(text);
    if (field !== undefined) mapping.set(header, field);
  }
  return mapping;
}

/** Fields that no price depends on, or that a sheet without them is asked for: their columns may be missing in the next sheet. */
const OPTIONAL: ReadonlySet<SheetField> = new Set(['oldPrice', 'change', 'comment', 'currency', 'effective', 'end', 'ignore']);

export function isOptional(field: SheetField): boolean {
  return OPTIONAL.has(field);
}

export interface MergedTemplate {
  readonly template: RateTemplate;
  /** Columns that only the stored template names and that a sheet can do without. */
  readonly mayMiss: ReadonlySet<string>;
}

/** What the command line says counts before what the stored template says: of a column, and of a field. */
export function mergeTemplates(stored: RateTemplate | undefined, given: RateTemplate): MergedTemplate {
  if (stored === undefined) return { template: given, mayMiss: new Set() };
  const fields = new Set([...given.columns.values()].filter((field) => field !== 'ignore'));
  const named = new Set([...given.columns.keys()].map(plainWords));
  const kept = [...stored.columns].filter(([header, field]) => !fields.has(field) && !named.has(plainWords(header)));
  const mayMiss = kept.filter(([, text]) => isOptional(parseField(text)?.field ?? 'ignore')).map(([header]) => header);
  return { template: { ...stored, ...given, columns: new Map([...kept, ...given.columns]) }, mayMiss: new Set(mayMiss) };
}

/** What a template says about unclear cells. */
export function habitsOf(template: RateTemplate): {
  readonly decimal?: DecimalMark;
  readonly dateOrder?: DateOrder;
  readonly increments?: Increments;
} {
  const dateOrder = template.dateFormat === undefined ? undefined : parseDateOrder(template.dateFormat);
  const increments = template.increments === undefined ? undefined : parseIncrements(template.increments);
  return {
    ...(template.decimal === undefined ? {} : { decimal: template.decimal }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(increments === undefined ? {} : { increments }),
  };
}
