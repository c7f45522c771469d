/** A statement and its events as CSV for spreadsheets and as JSON for machines. Figures are exact and never grouped. */
import { formatSpreadsheetRow, type SpreadsheetCell } from '#codecs/csv/spreadsheet.ts';
import { formatNanos } from '#core/money/amount.ts';
import { formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { payRounding } from '#core/settlement/priced-terms.ts';
import type { ServiceTotal, SplitCalls, StatedService, StatementLine } from '#core/settlement/statement.ts';
import { lastDay } from '#core/settlement/statement-period.ts';
import { amountToPay } from '#core/settlement/statement-view.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { formatInstant, formatLocal } from '#core/time/zoned.ts';
import type { DetailRow } from '#operations/settlement/statement-detail.ts';

const STATEMENT_COLUMNS = [
  ...['kind', 'line', 'direction', 'service', 'destination', 'band', 'condition', 'valid_from', 'rate', 'rate_unit', 'increments', 'terms'],
  ...['events', 'answered', 'raw_quantity', 'billed_quantity', 'quantity_unit', 'raw_minutes', 'billed_minutes'],
  ...['amount', 'currency', 'tariff', 'explanation', 'split_events', 'split_billed_quantity', 'split_amount', 'to_pay'],
];

/** One row a line, then the totals of each service and direction and the net, told apart by the first column. */
export function statementCsv(statement: Statement): string {
  const rows = [STATEMENT_COLUMNS, ...statement.lines.map(lineCells), ...totalCells(statement)];
  return `${rows.map(formatSpreadsheetRow).join('\r\n')}\r\n`;
}

function lineCells(line: StatementLine): SpreadsheetCell[] {
  const { rate } = line;
  const adjustment = line.kind === 'adjustment';
  return [
    ...[line.kind, figure(line.number), line.side, line.service, line.destination, line.band, line.condition, line.validFrom ?? ''],
    ...[figureOrText(rate?.price ?? ''), rate === undefined ? '' : line.unit, rate?.increments ?? '', (rate?.terms ?? []).join('; ')],
    ...(adjustment ? ['', ''] : [figure(line.events), figure(line.answered)]),
    ...[adjustment ? '' : { figure: rawFigure(line.service, line.raw) }, figure(line.billed), quantityUnit(line.service)],
    ...minuteCells(line.service, adjustment ? undefined : line.raw, line.billed),
    ...[{ figure: formatNanos(line.amountNanos) }, line.currency, line.tariff, line.explanation ?? ''],
    ...splitCells(line.split),
    '',
  ];
}

function splitCells(split: SplitCalls | undefined): SpreadsheetCell[] {
  return split === undefined ? ['', '', ''] : [figure(split.events), figure(split.billed), { figure: formatNanos(split.amountNanos) }];
}

function totalCells(statement: Statement): SpreadsheetCell[][] {
  const row = (
    kind: string,
    side: string,
    amountNanos: bigint,
    currency: string,
    more: Record<string, SpreadsheetCell> = {},
  ): SpreadsheetCell[] =>
    STATEMENT_COLUMNS.map((column) => {
      const cells: Record<string, SpreadsheetCell> = {
        ...{ kind, direction: side, amount: { figure: formatNanos(amountNanos) }, currency },
        ...more,
      };
      return cells[column] ?? '';
    });
  const services = statement.services.map((total) => {
    const [rawMinutes, billedMinutes] = minuteCells(total.service, total.raw, total.billed);
    return row('subtotal', total.side, total.amountNanos, total.currency, {
      service: total.service,
      events: figure(total.events),
      answered: figure(total.answered),
      raw_quantity: { figure: rawFigure(total.service, total.raw) },
      billed_quantity: figure(total.billed),
      quantity_unit: quantityUnit(total.service),
      raw_minutes: rawMinutes ?? '',
      billed_minutes: billedMinutes ?? '',
    });
  });
  const totals = statement.net.flatMap((net) => [
    row('total', 'receivable', net.receivableNanos, net.currency),
    row('total', 'payable', net.payableNanos, net.currency),
    row('net', net.owes === 'nobody' ? '' : net.owes === 'partner' ? 'receivable' : 'payable', net.netNanos, net.currency, {
      to_pay: { figure: formatNanos(amountToPay(statement, net)) },
    }),
  ]);
  return [...services, ...totals];
}

const DETAIL_COLUMNS = [
  ...['line', 'direction', 'service', 'start_utc', 'start_local', 'calling', 'called', 'destination', 'band', 'trunk', 'answered'],
  ...[
    'raw_quantity',
    'billed_quantity',
    'quantity_unit',
    'rate',
    'rate_unit',
    'amount',
    'currency',
    'source',
    'record',
    'event_id',
    'split',
    'note',
  ],
];

export const detailHeader = `${formatSpreadsheetRow(DETAIL_COLUMNS)}\r\n`;

/** One event of a line. */
export function detailCsv({ line, leg }: DetailRow, zone: string): string {
  return `${formatSpreadsheetRow([
    ...[figure(line.number), line.side, leg.service, formatInstant(leg.startMicros), formatLocal(zone, leg.startMicros)],
    ...[leg.calling ?? '', leg.called, line.destination, line.band, leg.trunk ?? '', leg.answered ? 'yes' : 'no'],
    ...[{ figure: rawFigure(leg.service, leg.raw) }, figure(leg.billed), quantityUnit(leg.service)],
    ...[
      figureOrText(line.rate?.price ?? ''),
      line.rate === undefined ? '' : line.unit,
      { figure: formatNanos(leg.amountNanos) },
      line.currency,
    ],
    ...[leg.source, leg.sourceKey, figure(leg.eventId), leg.split ? 'yes' : '', leg.correction ?? ''],
  ])}\r\n`;
}

/** An adjustment, so that the file adds up to the statement and not only to its usage lines. */
export function adjustmentCsv(line: StatementLine): string {
  return `${formatSpreadsheetRow([
    ...[figure(line.number), line.side, line.service, '', '', '', '', line.destination, line.band, '', ''],
    ...[
      '',
      '',
      quantityUnit(line.service),
      figureOrText(line.rate?.price ?? ''),
      line.unit,
      { figure: formatNanos(line.amountNanos) },
      line.currency,
    ],
    ...['', '', '', '', line.explanation ?? ''],
  ])}\r\n`;
}

/** One event as JSON, without a newline. */
export function detailJson({ line, leg }: DetailRow): string {
  return JSON.stringify({
    line: line.number,
    direction: line.side,
    eventId: leg.eventId.toString(),
    service: leg.service,
    start: formatInstant(leg.startMicros),
    calling: leg.calling,
    called: leg.called,
    trunk: leg.trunk,
    answered: leg.answered,
    ...quantities(leg.service, leg.raw, leg.billed),
    amount: formatNanos(leg.amountNanos),
    currency: line.currency,
    source: leg.source,
    record: leg.sourceKey,
    split: leg.split ? true : undefined,
    correction: leg.correction,
  });
}

/** Amounts and quantities as text, exact; counts as numbers. */
export function statementJson(statement: Statement): string {
  const { agreement, entity, party, account, period } = statement;
  return `${JSON.stringify(
    {
      agreement,
      legalEntity: entity,
      party,
      account: account.id,
      period: {
        label: period.label,
        firstDay: period.from,
        lastDay: lastDay(period),
        zone: statement.zone,
        from: formatInstant(statement.fromMicros),
        to: formatInstant(statement.toMicros),
      },
      currency: statement.currency,
      terms: statement.terms.map((terms) => ({ ...terms, events: Number(terms.events) })),
      toPayRounding: payRounding(statement.terms),
      preparedOn: statement.preparedOn,
      provisional: statement.provisional,
      asKnownAt: statement.knownAtMicros === undefined ? undefined : formatInstant(statement.knownAtMicros),
      lines: statement.lines.map(lineJson),
      totals: statement.services.map(totalJson),
      net: statement.net.map((net) => ({
        currency: net.currency,
        receivable: formatNanos(net.receivableNanos),
        payable: formatNanos(net.payableNanos),
        net: formatNanos(net.netNanos),
        toPay: formatNanos(amountToPay(statement, net)),
        owes: net.owes === 'partner' ? party.id : net.owes === 'entity' ? entity.id : null,
      })),
    },
    null,
    2,
  )}\n`;
}

function lineJson(line: StatementLine): object {
  return {
    line: line.number,
    kind: line.kind,
    direction: line.side,
    role: line.role,
    service: line.service,
    tariff: line.tariff,
    destination: line.destination,
    ...(line.band === '' ? {} : { band: line.band }),
    ...(line.condition === '' ? {} : { condition: line.condition }),
    ...(line.validFrom === undefined ? {} : { validFrom: line.validFrom }),
    ...(line.rate === undefined ? {} : { rate: { ...line.rate, unit: line.unit } }),
    ...(line.kind === 'adjustment' ? {} : { events: Number(line.events), answered: Number(line.answered) }),
    ...quantities(line.service, line.kind === 'adjustment' ? undefined : line.raw, line.billed),
    amount: formatNanos(line.amountNanos),
    currency: line.currency,
    ...(line.split === undefined
      ? {}
      : {
          split: {
            events: Number(line.split.events),
            billedSeconds: line.split.billed.toString(),
            amount: formatNanos(line.split.amountNanos),
          },
        }),
    ...(line.explanation === undefined ? {} : { explanation: line.explanation }),
  };
}

function totalJson(total: ServiceTotal): object {
  return {
    direction: total.side,
    service: total.service,
    events: Number(total.events),
    answered: Number(total.answered),
    ...quantities(total.service, total.raw, total.billed),
    amount: formatNanos(total.amountNanos),
    currency: total.currency,
  };
}

function quantities(service: StatedService, raw: bigint | undefined, billed: bigint): object {
  if (service === 'voice')
    return { ...(raw === undefined ? {} : { rawSeconds: rawFigure(service, raw) }), billedSeconds: billed.toString() };
  return {
    ...(raw === undefined ? {} : { rawQuantity: raw.toString() }),
    billedQuantity: billed.toString(),
    ...(service === 'fee' ? {} : { quantityUnit: quantityUnit(service) }),
  };
}

function figure(value: number | bigint): SpreadsheetCell {
  return { figure: value.toString() };
}

/** A price is a number unless it is several: `0.02 / 0.015`. */
function figureOrText(price: string): SpreadsheetCell {
  return /^\d+(\.\d+)?$/.test(price) ? { figure: price } : price;
}

/** Raw voice is kept in microseconds and written in seconds. */
/** The measured quantity in units of 10⁻⁶: seconds of voice, else what is counted. */
export function rawMillionths(service: StatedService, raw: bigint): bigint {
  return service === 'voice' ? raw : raw * 1_000_000n;
}

function rawFigure(service: StatedService, raw: bigint): string {
  return service === 'voice' ? formatDecimal(trimDecimal({ units: raw, scale: 6 })) : raw.toString();
}

export function quantityUnit(service: StatedService): string {
  return { voice: 's', sms: 'messages', mms: 'messages', data: 'bytes', content: 'units', event: 'units', fee: '' }[service];
}

const MINUTE_DECIMALS = 6;

function minuteCells(service: StatedService, raw: bigint | undefined, billed: bigint): SpreadsheetCell[] {
  if (service !== 'voice') return ['', ''];
  const minutes = (quantity: bigint, perMinute: bigint): SpreadsheetCell => ({
    figure: formatDecimal(
      trimDecimal({ units: divideRounded(quantity * 10n ** BigInt(MINUTE_DECIMALS), perMinute, 'half-up'), scale: MINUTE_DECIMALS }),
    ),
  });
  return [raw === undefined ? '' : minutes(raw, 60_000_000n), minutes(billed, 60n)];
}
