/** A party's traffic as a file that people work on. */
import { type TrafficFormat, trafficShown } from '#api/portal/traffic.ts';
import { formatSpreadsheetRow } from '#codecs/csv/spreadsheet.ts';
import { writeWorkbook } from '#gateways/sheets/write-workbook.ts';
import type { TrafficQuestion, TrafficSum } from '#operations/portal/ports.ts';

const TITLES = [
  'direction',
  'service',
  'currency',
  'attempts',
  'answered',
  'minutes',
  'units',
  'ASR',
  'ACD seconds',
  'PDD seconds',
  'PDD over 8 s %',
  'amount',
];

export async function trafficFile(
  format: TrafficFormat,
  { rows, from, to }: TrafficQuestion,
  sums: readonly TrafficSum[],
): Promise<{ readonly name: string; readonly content: Uint8Array }> {
  const header = [rows, ...TITLES];
  const lines = sums
    .map(trafficShown)
    .map(
      ({
        row,
        way,
        service,
        currency,
        attempts,
        answered,
        minutes = '',
        units = '',
        asr = '',
        acd = '',
        pdd = '',
        pddSlow = '',
        amount,
      }) => [
        ...[row, way, service, currency],
        ...[attempts, answered, minutes, units, asr, acd, pdd, pddSlow, amount].map((figure) => ({ figure })),
      ],
    );
  return { name: `traffic-by-${rows}-${from}-${to}.${format}`, content: await sheetFile(format, 'Traffic', header, lines) };
}

type Cells = readonly (string | { readonly figure: string })[];

/** CSV that runs no formulas, or a workbook. */
export async function sheetFile(
  format: 'csv' | 'xlsx',
  name: string,
  header: readonly string[],
  lines: readonly Cells[],
): Promise<Uint8Array> {
  if (format === 'xlsx') return writeWorkbook([{ name, header, rows: lines }]);
  return new TextEncoder().encode(`\ufeff${[header, ...lines].map((line) => `${formatSpreadsheetRow(line)}\r\n`).join('')}`);
}
