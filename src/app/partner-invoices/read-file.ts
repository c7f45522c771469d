/** A partner's invoice from its file: UBL 2.1, CSV or XLSX, told apart by what they hold. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { durationUnits } from '#core/settlement/reconciliation/declaration-fields.ts';
import { decimalMarks } from '#core/tariffs/rate-sheets/numbers.ts';
import type { Period } from '#core/time/period.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import type { KeptFile } from '#operations/reconciliation/ports.ts';
import { readEInvoice } from '../einvoice/e-invoice.ts';
import { dateOrderOf, oneOf, readMap, readOne } from '../reconciliation/declarations.ts';
import type { FileReading } from '../reconciliation/mapping.ts';
import type { SaidInvoice, SaidLine } from './draft.ts';
import { isXml, saidByUbl } from './said-by-ubl.ts';

export interface SheetOptions {
  /** `Header=field`, each. */
  readonly map: readonly string[];
  /** By configuration, and as the partner's last file was mapped. */
  readonly reading: FileReading;
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: string;
  readonly dateFormat?: string;
  readonly unit?: string;
  readonly service?: string;
  readonly period?: Period;
  readonly currency: string;
}

export interface ReadInvoiceFile {
  readonly said: SaidInvoice;
  readonly file: KeptFile;
  /** Header to field, of a sheet. */
  readonly columns: readonly (readonly [header: string, field: string])[];
}

const MOST_BYTES = 64 * 1024 ** 2;

/** Throws RefusedError: what the readers refuse, and `einvoice.too-large`. */
export async function readInvoiceFile(path: string, options: SheetOptions): Promise<ReadInvoiceFile> {
  const opened = await openBytes(path);
  const file = { name: basename(path), sha256: createHash('sha256').update(opened).digest('hex'), content: opened };
  if (isXml(opened)) return { said: saidByUbl(basename(path), await readEInvoice(path)), file, columns: [] };
  return { ...(await readSheet(path, options)), file };
}

async function openBytes(path: string): Promise<Buffer> {
  const content = await readFile(path).catch((error: unknown) => {
    throw new RefusedError(
      refuse('rate-sheet.file-missing', `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        file: path,
      }),
    );
  });
  if (content.length > MOST_BYTES) throw new RefusedError(refuse('einvoice.too-large', 'an invoice may have 64 MB', { file: path }));
  return content;
}

/** Any day that a date of a row may have, where the period is not given. */
const ANY: Period = { from: '1970-01-01', to: '2170-01-01' };

async function readSheet(path: string, options: SheetOptions): Promise<Omit<ReadInvoiceFile, 'file'>> {
  const { reading, period, service, currency } = options;
  const separator = options.separator ?? reading.separator;
  const opened = await openSheetFile(path, separator === undefined ? {} : { separator });
  try {
    const read = await readOne(opened, options.sheet ?? reading.sheet, {
      service: serviceNamed(service),
      period: period ?? ANY,
      currency,
      columns: new Map([...reading.columns, ...readMap(options.map)]),
      ...oneOf('decimal', options.decimal ?? reading.decimal, decimalMarks),
      ...oneOf('unit', options.unit ?? reading.unit, durationUnits),
      ...dateOrderOf(options.dateFormat ?? reading.dateFormat),
    });
    const lines = read.lines.map((figures): SaidLine => {
      const { destination, code, day, agreement, amountNanos } = figures;
      const description = [destination, code, day].filter((part) => part !== undefined && part !== '').join(', ');
      return {
        ...{ description: description === '' ? `Row ${figures.row}` : description, netNanos: amountNanos ?? 0n, figures },
        ...(agreement === undefined ? {} : { agreement }),
        ...(figures.service === undefined ? {} : { service: figures.service }),
        ...(figures.period === undefined ? {} : { period: figures.period }),
      };
    });
    return { said: { source: opened.name, lines, step: read.step, currency }, columns: read.columns };
  } finally {
    await opened.close();
  }
}

function serviceNamed(name: string | undefined): Service {
  return services.find((each) => each === name) ?? 'voice';
}
