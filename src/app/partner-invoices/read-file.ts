/** A partner's invoice from its file: UBL 2.1, CSV or XLSX, told apart by what they hold. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EAmount, EInvoice, ELine } from '#core/invoicing/einvoice/einvoice.ts';
import type { Decimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type DeclarationField, durationUnits } from '#core/settlement/reconciliation/declaration-fields.ts';
import { dayAfter } from '#core/settlement/statement-period.ts';
import { decimalMarks } from '#core/tariffs/rate-sheets/numbers.ts';
import type { Period } from '#core/time/period.ts';
import { isLocalDate } from '#core/time/zoned.ts';
import { type Service, services } from '#core/usage/usage-event.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import type { KeptFile } from '#operations/reconciliation/ports.ts';
import { readEInvoice } from '../einvoice/e-invoice.ts';
import { dateOrderOf, oneOf, readMap, readOne } from '../reconciliation/declarations.ts';
import type { SaidInvoice, SaidLine } from './draft.ts';

export interface SheetOptions {
  /** `Header=field`, each. */
  readonly map: readonly string[];
  /** Mapped by configuration or for the partner's last file. */
  readonly mapped: readonly (readonly [string, DeclarationField])[];
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
  const isXml =
    /^(\uFEFF|\s)*</.test(opened.subarray(0, 200).toString('utf8')) &&
    !/^(\uFEFF|\s)*<(!doctype )?html/i.test(opened.subarray(0, 200).toString('utf8'));
  if (isXml) return { said: saidByUbl(basename(path), await readEInvoice(path)), file, columns: [] };
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
  const { separator, period, service, currency } = options;
  const opened = await openSheetFile(path, separator === undefined ? {} : { separator });
  try {
    const read = await readOne(opened, options.sheet, {
      service: serviceNamed(service),
      period: period ?? ANY,
      currency,
      columns: new Map([...options.mapped, ...readMap(options.map)]),
      ...oneOf('decimal', options.decimal, decimalMarks),
      ...oneOf('unit', options.unit, durationUnits),
      ...dateOrderOf(options.dateFormat),
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

/** Terms of EN 16931 as far as they are booked. Charges and allowances of the document are lines of their own. */
export function saidByUbl(source: string, invoice: EInvoice): SaidInvoice {
  const { number, issueDay, dueDay, currency, kind, contract, seller, buyer, totals, period } = invoice;
  const lines = invoice.lines.map((line, at) => saidLine(line, at + 1));
  for (const { isCharge, amount, reason } of invoice.allowances) {
    const netNanos = nanosOf(amount) * (isCharge ? 1n : -1n);
    const description = reason ?? (isCharge ? 'Charge' : 'Allowance');
    lines.push({ description, netNanos, figures: { row: lines.length + 1, destination: description, amountNanos: netNanos } });
  }
  const [total] = invoice.taxTotals;
  const corrects = invoice.preceding[0]?.number;
  const sellerTaxId = seller.vatId ?? seller.taxId;
  const buyerTaxId = buyer.vatId;
  const days = daysOf(period?.start, period?.end);
  return {
    ...{ source, kind, lines, step: { quantity: 1n, amountNanos: 10_000_000n } },
    ...(number === undefined ? {} : { number }),
    ...(issueDay === undefined ? {} : { issueDay }),
    ...(dueDay === undefined ? {} : { dueDay }),
    ...(currency === undefined ? {} : { currency }),
    ...(kind === 'credit-note' && corrects !== undefined ? { corrects } : {}),
    ...(contract === undefined ? {} : { agreement: contract }),
    ...(days === undefined ? {} : { period: days }),
    ...(sellerTaxId === undefined ? {} : { sellerTaxId }),
    ...(buyerTaxId === undefined ? {} : { buyerTaxId }),
    ...(totals.net === undefined ? {} : { netNanos: nanosOf(totals.net) }),
    ...(totals.gross === undefined ? {} : { totalNanos: nanosOf(totals.gross) }),
    taxes: (total?.breakdown ?? []).map(({ base, tax, category }) => ({
      ...(category.percent === undefined ? {} : { percent: formatPercent(category.percent) }),
      ...(category.code === undefined ? {} : { category: category.code }),
      ...(base === undefined ? {} : { baseNanos: nanosOf(base) }),
      taxNanos: nanosOf(tax),
    })),
  };
}

/** UN/ECE Recommendation 20, in microseconds. */
const DURATIONS: Readonly<Record<string, bigint>> = { SEC: 1_000_000n, MIN: 60_000_000n, HUR: 3_600_000_000n };

function saidLine({ name, description, net, period, quantity, unit }: ELine, row: number): SaidLine {
  const netNanos = nanosOf(net);
  const what = name ?? description ?? `Line ${row}`;
  const days = daysOf(period?.start, period?.end);
  const micros = DURATIONS[unit ?? ''];
  const billed = quantity === undefined || micros === undefined ? undefined : (quantity.units * micros) / 10n ** BigInt(quantity.scale);
  return {
    ...{ description: what, netNanos },
    ...(days === undefined ? {} : { period: days }),
    figures: { row, destination: what, amountNanos: netNanos, ...(billed === undefined ? {} : { billed }) },
  };
}

/** The last day of a period in UBL belongs to it. */
function daysOf(start: string | undefined, end: string | undefined): Period | undefined {
  if (start === undefined || end === undefined || !isLocalDate(start) || !isLocalDate(end) || end < start) return undefined;
  return { from: start, to: dayAfter(end) };
}

function nanosOf(amount: EAmount | undefined): bigint {
  if (amount === undefined) return 0n;
  const { units, scale } = amount.value;
  return scale <= 9 ? units * 10n ** BigInt(9 - scale) : divideRounded(units, 10n ** BigInt(scale - 9), 'half-up');
}

function formatPercent({ units, scale }: Decimal): string {
  const digits = units.toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
