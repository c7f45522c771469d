/** A statement as lines, each with its events, so that every figure leads to the charges and records that it is made of. */
import Type from 'typebox';
import type { Side } from '#core/agreements/agreements.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { NetTotal, StatementLine } from '#core/settlement/statement.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { DetailRow } from '#operations/settlement/statement-detail.ts';
import { Job, type JobDesk, startJob } from '../jobs/jobs.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, LocalDate, Name } from '../schemas.ts';
import { numbersFor, type Shown } from '../usage/masking.ts';

const closed = { additionalProperties: false } as const;

/** Kind of the job that compares every line with its events. */
export const VERIFY_STATEMENT = 'verify-statement';

export interface VerifyStatementInput {
  readonly agreement: string;
  readonly period: string;
}

export interface StatedLines {
  readonly account: string;
  readonly party: { readonly id: string; readonly name: string };
  readonly legalEntity: string;
  readonly period: { readonly label: string; readonly from: string; readonly to: string };
  readonly zone: string;
  readonly provisional: boolean;
  readonly lines: readonly StatementLine[];
  readonly net: readonly (NetTotal & { readonly toPayNanos: bigint })[];
}

/** Made of the books as they are now. Methods throw RefusedError for what is refused. */
export interface StatementReader {
  readonly lines: (agreement: string, period: string) => Promise<StatedLines>;
  /** The first `most` events of a line. */
  readonly events: (
    agreement: string,
    period: string,
    line: number,
    most: number,
  ) => Promise<{ readonly line: StatementLine; readonly rows: readonly DetailRow[]; readonly events: number }>;
  readonly file: (agreement: string, period: string, format: 'pdf' | 'csv') => Promise<Uint8Array>;
}

const Line = Type.Object(
  {
    ...{ line: Type.Integer(), kind: Type.Enum(['usage', 'adjustment']), side: Type.Enum(['receivable', 'payable']), role: Type.String() },
    ...{ service: Type.String(), tariff: Type.String(), destination: Type.String(), band: Type.String(), condition: Type.String() },
    ...{
      validFrom: Type.Optional(LocalDate),
      price: Type.Optional(Type.String()),
      per: Type.String(),
      increments: Type.Optional(Type.String()),
    },
    terms: Type.Array(Type.String()),
    ...{ events: Type.Integer(), answered: Type.Integer() },
    billed: Type.Integer({ description: 'Voice: seconds; data: bytes; others: messages or units.' }),
    ...{ amount: Amount, currency: Currency, explanation: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'StatementLine' },
);
const Lines = Type.Object(
  {
    ...{ agreement: Type.String(), account: Type.String(), legalEntity: Type.String(), zone: Type.String(), provisional: Type.Boolean() },
    party: Type.Object({ party: Type.String(), name: Type.String() }, closed),
    period: Type.Object({ label: Type.String(), from: LocalDate, to: { ...LocalDate, description: 'First day after it.' } }, closed),
    lines: Type.Array(Line),
    net: Type.Array(
      Type.Object(
        {
          ...{ currency: Currency, receivable: Amount, payable: Amount, net: Amount, toPay: Amount },
          owes: Type.Enum(['partner', 'entity', 'nobody']),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'StatementLines' },
);
const Event = Type.Object(
  {
    charge: Type.String({ description: 'For explainCharge and getUsageRecord: record and leg.' }),
    ...{
      record: Type.String(),
      start: Instant,
      calling: Type.Optional(Type.String()),
      called: Type.String(),
      trunk: Type.Optional(Type.String()),
    },
    ...{ answered: Type.Boolean(), billed: Type.Integer(), amount: Amount, source: Type.String() },
    correction: Type.Optional(Type.String({ description: 'Why it was corrected: the amount is what changed.' })),
  },
  { ...closed, title: 'StatementEvent' },
);

export function statementOperations(reader: StatementReader, jobs: JobDesk): readonly Operation[] {
  const common = { tag: 'Settlement', method: 'GET', permission: 'settlement:read' } as const;
  const parameters = Type.Object({ agreement: Name, period: Type.String({ ...Name, maxLength: 40 }) });
  const path = '/v1/agreements/{agreement}/statements/{period}';
  const refusals = ['statement.agreement-unknown', 'statement.agreement-not-in-force', 'statement.period-malformed'] as const;
  const file = (format: 'pdf' | 'csv', type: string, summary: string): Operation =>
    fileOperation({
      ...{ ...common, parameters, refusals, summary, types: [type], path: `${path}/${format}` },
      id: `getStatement${format === 'pdf' ? 'Pdf' : 'Csv'}`,
      handle: async ({ parameters: { agreement, period } }) => ({
        ...{ type, name: `statement-${agreement}-${period}.${format}`.replaceAll(/[^\w.-]+/g, '-') },
        content: await reader.file(agreement, period, format),
      }),
    });
  return [
    operation({
      ...{ ...common, parameters, refusals, answer: Lines },
      ...{ id: 'getStatementLines', path: `${path}/lines`, summary: 'What each side owes, by destination and rate' },
      description: 'As the books are now, whether it is closed or not.',
      handle: async ({ parameters: { agreement, period } }) => {
        const { lines, net, party, provisional, zone, account, legalEntity, period: days } = await reader.lines(agreement, period);
        return {
          body: {
            ...{ agreement, account, legalEntity, zone, provisional, party: { party: party.id, name: party.name } },
            ...{ period: { label: days.label, from: days.from, to: days.to }, lines: lines.map(lineShown) },
            net: net.map(({ currency, receivableNanos, payableNanos, netNanos, owes, toPayNanos }) => ({
              ...{ currency, receivable: formatNanos(receivableNanos, 2), payable: formatNanos(payableNanos, 2), owes },
              ...{ net: formatNanos(netNanos, 2), toPay: formatNanos(toPayNanos, 2) },
            })),
          },
        };
      },
    }),
    operation({
      ...{ ...common, id: 'getStatementEvents', path: `${path}/lines/{line}/events`, summary: 'The events of a line, by start' },
      parameters: Type.Object({
        agreement: Name,
        period: Type.String({ ...Name, maxLength: 40 }),
        line: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }),
      }),
      query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '100 when left out.' })) }, closed),
      answer: Type.Object({ line: Line, of: Type.Integer({ description: 'How many there are.' }), items: Type.Array(Event) }, closed),
      refusals: [...refusals, 'statement.line-unknown', 'statement.detail-differs', 'usage.detail-deleted'],
      personal: true,
      handle: async ({ parameters: { agreement, period, line: number }, query: { limit = 100 }, seesPersonal }) => {
        const { line, rows, events } = await reader.events(agreement, period, Number(number), limit);
        return { body: { line: lineShown(line), of: events, items: rows.map(eventShown(numbersFor({ seesPersonal }))) } };
      },
    }),
    file('pdf', 'application/pdf', 'As PDF, made of the books as they are now'),
    file('csv', 'text/csv; charset=utf-8', 'As CSV for spreadsheets, made of the books as they are now'),
    operation({
      ...{
        tag: 'Settlement',
        method: 'POST',
        permission: 'settlement:read',
        repetition: 'key',
        audit: { subject: 'statement' },
        parameters,
        answer: Job,
        status: 202,
      },
      ...{ id: 'verifyStatement', path: `${path}/verifications`, summary: 'Compare every line with its events' },
      description: 'A job; its result says how many `events` were compared. Refused with every line that differs.',
      handle: ({ parameters: input, principal }) => startJob(jobs, VERIFY_STATEMENT, input, principal),
    }),
  ];
}

function lineShown(line: StatementLine) {
  const { number, kind, side, role, service, tariff, destination, band, condition, validFrom, rate, unit, explanation } = line;
  return {
    ...{
      line: number,
      kind,
      side: side satisfies Side,
      role,
      service,
      tariff,
      destination,
      band,
      condition,
      per: unit,
      terms: [...(rate?.terms ?? [])],
    },
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(rate === undefined ? {} : { price: rate.price, increments: rate.increments }),
    ...{ events: Number(line.events), answered: Number(line.answered), billed: Number(line.billed) },
    ...{ amount: formatNanos(line.amountNanos, 2), currency: line.currency },
    ...(explanation === undefined ? {} : { explanation }),
  };
}

const eventShown =
  (numbers: Shown) =>
  ({ leg }: DetailRow) => {
    return {
      ...{
        charge: `${leg.eventId}/${leg.leg}`,
        record: String(leg.eventId),
        start: formatInstant(leg.startMicros),
        called: numbers(leg.called),
      },
      ...(leg.calling === undefined ? {} : { calling: numbers(leg.calling) }),
      ...(leg.trunk === undefined ? {} : { trunk: leg.trunk }),
      ...{ answered: leg.answered, billed: Number(leg.billed), amount: formatNanos(leg.amountNanos, 2), source: leg.source },
      ...(leg.correction === undefined ? {} : { correction: leg.correction }),
    };
  };
