/** A report as a file that people work on: CSV that runs no formulas, a workbook, Parquet. */
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { formatSpreadsheetRow } from '#codecs/csv/spreadsheet.ts';
import { formatNanos } from '#core/money/amount.ts';
import { writeWorkbook } from '#gateways/sheets/write-workbook.ts';
import {
  answerSeizure,
  averageDelay,
  averageSeconds,
  type Report,
  type ReportQuestion,
  type ReportRow,
  type SideSums,
  slowShare,
} from '#operations/reports/report.ts';

export const reportFormats = ['csv', 'xlsx', 'parquet'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const reportTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Record<ReportFormat, string>;

export interface ReportFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

export async function reportFile(format: ReportFormat, question: ReportQuestion, report: Report): Promise<ReportFile> {
  const name = `${question.rows}${question.columns === undefined ? '' : `-by-${question.columns}`}-${question.from}-${question.to}.${format}`;
  return { name, type: reportTypes[format], content: await contentOf(format, question, report.rows) };
}

async function contentOf(format: ReportFormat, question: ReportQuestion, rows: readonly ReportRow[]): Promise<Uint8Array> {
  const columns = columnsOf(question);
  switch (format) {
    case 'csv': {
      const lines = [
        columns.map(({ title }) => title),
        ...rows.map((row) => columns.map(({ cell, text }) => (text ? cell(row) : { figure: cell(row) }))),
      ];
      return new TextEncoder().encode(`\ufeff${lines.map((line) => `${formatSpreadsheetRow(line)}\r\n`).join('')}`);
    }
    case 'xlsx':
      return writeWorkbook([
        {
          ...{ name: 'Report', header: columns.map(({ title }) => title) },
          rows: rows.map((row) => columns.map(({ cell, text }) => (text ? cell(row) : { figure: cell(row) }))),
        },
      ]);
    case 'parquet':
      return parquet(question, rows);
  }
}

interface FileColumn {
  readonly title: string;
  readonly text: boolean;
  readonly cell: (row: ReportRow) => string;
}

function columnsOf({ rows, columns }: ReportQuestion): readonly FileColumn[] {
  const text = (title: string, cell: (row: ReportRow) => string): FileColumn => ({ title, text: true, cell });
  const side = (name: 'sold' | 'bought'): FileColumn[] => {
    const figure = (title: string, cell: (sums: SideSums) => string): FileColumn => ({
      title: `${name} ${title}`,
      text: false,
      cell: (row) => cell(row[name]),
    });
    return [
      ...[figure('attempts', ({ attempts }) => String(attempts)), figure('answered', ({ answered }) => String(answered))],
      ...[figure('seconds', ({ micros }) => formatNanos(micros * 1_000n, 0)), figure('ASR', (sums) => answerSeizure(sums) ?? '')],
      ...[figure('ACD', (sums) => averageSeconds(sums) ?? ''), figure('PDD', ({ pdd }) => averageDelay(pdd) ?? '')],
      ...[figure('PDD over 8 s %', ({ pdd }) => slowShare(pdd) ?? ''), figure('amount', ({ amountNanos }) => formatNanos(amountNanos, 2))],
    ];
  };
  return [
    text(rows, ({ row }) => row),
    ...(columns === undefined ? [] : [text(columns, ({ column }) => column)]),
    text('currency', ({ currency }) => currency),
    ...side('sold'),
    ...side('bought'),
    { title: 'margin', text: false, cell: ({ sold, bought }) => formatNanos(sold.amountNanos - bought.amountNanos, 2) },
  ];
}

/** Two's complement of sixteen bytes: 38 digits, nine of them decimals. */
const MONEY = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision: 38, scale: 9 } as const;
const COUNT = { type: 'INT64' } as const;
const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

/** Exact: amounts are decimals of nine places, durations microseconds, post-dial delays milliseconds. */
async function parquet({ rows: first, columns: second }: ReportQuestion, rows: readonly ReportRow[]): Promise<Uint8Array> {
  const side = (name: 'sold' | 'bought') =>
    [
      [`${name}_attempts`, COUNT, (row: ReportRow) => row[name].attempts],
      [`${name}_answered`, COUNT, (row: ReportRow) => row[name].answered],
      [`${name}_micros`, COUNT, (row: ReportRow) => row[name].micros],
      [`${name}_pdd_calls`, COUNT, (row: ReportRow) => row[name].pdd.calls],
      [`${name}_pdd_millis`, COUNT, (row: ReportRow) => row[name].pdd.millis],
      [`${name}_pdd_slow`, COUNT, (row: ReportRow) => row[name].pdd.slow],
      [`${name}_amount`, MONEY, (row: ReportRow) => row[name].amountNanos],
    ] as const;
  const columns = [
    [first, TEXT, (row: ReportRow) => row.row] as const,
    ...(second === undefined ? [] : [[second, TEXT, (row: ReportRow) => row.column] as const]),
    ['currency', TEXT, (row: ReportRow) => row.currency] as const,
    ...side('sold'),
    ...side('bought'),
  ];
  const writer = new ByteWriter();
  const schema = [
    { name: 'report', num_children: columns.length },
    ...columns.map(([name, type]) => ({ name, ...type, repetition_type: 'REQUIRED' as const })),
  ];
  const file = new ParquetWriter({ writer, schema, createdBy: 'carillon' });
  if (rows.length > 0)
    await file.write({ columnData: columns.map(([name, , cell]): ColumnSource => ({ name, data: rows.map((row) => cell(row)) })) });
  file.finish();
  return new Uint8Array(writer.buffer.slice(0, writer.index));
}
