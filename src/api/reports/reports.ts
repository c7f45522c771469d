/** Reports: figures, files, and those that are kept and mailed. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { services } from '#core/usage/usage-event.ts';
import {
  answerSeizure,
  averageDelay,
  averageSeconds,
  dimensions,
  type Report,
  type ReportQuestion,
  type SideSums,
  slowShare,
} from '#operations/reports/report.ts';
import { periods, type ReportPeriod, type ReportSchedule, type SavedReport, schedules } from '#operations/reports/saved.ts';
import { fileOperation, type Operation, operation } from '../operation.ts';
import { Amount, Instant, LocalDate, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;
const formats = ['csv', 'xlsx', 'parquet'] as const;
type Format = (typeof formats)[number];
/** Rows of an answer; a file has all. */
const MOST_ROWS = 2_000;
const types: Readonly<Record<Format, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
};

export interface KeptReport {
  readonly name: string;
  readonly question: ReportQuestion;
  readonly period: ReportPeriod;
  readonly mailTo: readonly string[];
  readonly mailFormat: Format;
  readonly mailEvery: ReportSchedule;
}

/** Methods throw RefusedError for what is refused. */
export interface Reports {
  readonly run: (question: ReportQuestion) => Promise<Report>;
  readonly file: (format: Format, question: ReportQuestion) => Promise<{ readonly name: string; readonly content: Uint8Array }>;
  readonly kept: (owner: string) => Promise<readonly SavedReport[]>;
  readonly keep: (owner: string, report: KeptReport) => Promise<SavedReport>;
  readonly forget: (owner: string, id: number) => Promise<void>;
}

const Dimension = Type.Enum([...dimensions]);
const questionFields = {
  rows: Dimension,
  columns: Type.Optional(Dimension),
  from: Type.String({ ...LocalDate, description: 'First day.' }),
  to: Type.String({ ...LocalDate, description: 'Last day, included.' }),
  partner: Type.Optional(Name),
  destination: Type.Optional(Name),
  trunk: Type.Optional(Name),
  service: Type.Optional(Type.Enum([...services])),
};
const Side = Type.Object(
  {
    ...{ attempts: Type.String({ description: 'A whole number, as text.' }), answered: Type.String(), seconds: Type.String() },
    asr: Type.Optional(Type.String({ description: 'Answered of a hundred attempts.' })),
    acd: Type.Optional(Type.String({ description: 'Seconds of an answered call.' })),
    pdd: Type.Optional(Type.String({ description: 'Post-dial delay: seconds on average, of calls whose records say it.' })),
    pddSlow: Type.Optional(Type.String({ description: 'Of a hundred of them how many waited longer than 8 seconds.' })),
    amount: Amount,
  },
  { ...closed, title: 'ReportSide' },
);
const Figures = Type.Object(
  {
    source: Type.Enum(['rollup', 'records'], {
      description: 'rollup: as statements add up. records: as booked, without what was re-rated since; days and hours in UTC.',
    }),
    rows: Type.Array(
      Type.Object(
        {
          ...{
            row: Type.String(),
            column: Type.Optional(Type.String()),
            currency: Type.String({ description: 'Empty: nothing was charged.' }),
          },
          ...{ sold: Side, bought: Side, margin: Amount },
        },
        closed,
      ),
    ),
    rowsInAll: Type.Integer({ description: 'A file has all of them.' }),
  },
  { ...closed, title: 'ReportFigures' },
);
const savedFields = {
  name: Type.String({ ...Name, maxLength: 120 }),
  question: Type.Object(questionFields, closed),
  period: Type.Optional(Type.Enum([...periods], { description: 'Days that move with the calendar; fixed: those of the question.' })),
  mailTo: Type.Optional(Type.Array(Type.String({ maxLength: 254, pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$' }), { maxItems: 20 })),
  mailFormat: Type.Optional(Type.Enum([...formats])),
  mailEvery: Type.Optional(Type.Enum([...schedules], { description: 'At 05:00 UTC, Mondays, or on the first of the month.' })),
};
const Saved = Type.Object(
  {
    report: Type.String(),
    ...{ name: Type.String(), question: Type.Object(questionFields, closed), period: Type.Enum([...periods]) },
    ...{ mailTo: Type.Array(Type.String()), mailFormat: Type.String(), mailEvery: Type.Enum([...schedules]) },
    ...{ nextMail: Type.Optional(Instant), lastMail: Type.Optional(Instant), lastFailure: Type.Optional(Type.String()) },
  },
  { ...closed, title: 'SavedReport' },
);

export function reportOperations(reports: Reports): readonly Operation[] {
  const read = { tag: 'Reports', permission: 'reports:read' } as const;
  const manage = { tag: 'Reports', permission: 'reports:manage' } as const;
  const wrong = ['report.cannot-combine', 'report.too-long'] as const;
  return [
    operation({
      ...read,
      ...{
        id: 'getReport',
        method: 'GET',
        path: '/v1/reports/figures',
        summary: 'Traffic and money by one or two of partner, destination, trunk, service, day, hour, cause',
      },
      description: `The greatest first, days and hours in their order. What is sold and bought stand apart; currencies are never added. At most ${MOST_ROWS} rows.`,
      query: Type.Object(questionFields, closed),
      answer: Figures,
      refusals: [...wrong],
      handle: async ({ query }) => {
        const { from, rows } = await reports.run(query);
        return {
          body: {
            ...{ source: from, rowsInAll: rows.length },
            rows: rows.slice(0, MOST_ROWS).map(({ row, column, currency, sold, bought }) => ({
              ...{ row, ...(query.columns === undefined ? {} : { column }), currency, sold: sideShown(sold), bought: sideShown(bought) },
              margin: formatNanos(sold.amountNanos - bought.amountNanos, 2),
            })),
          },
        };
      },
    }),
    fileOperation({
      ...read,
      ...{
        id: 'getReportFile',
        method: 'GET',
        path: '/v1/reports/file',
        summary: 'A report as CSV, workbook or Parquet, with all its rows',
        types: Object.values(types),
      },
      description: 'Text that a spreadsheet would run as a formula is marked as text.',
      query: Type.Object({ ...questionFields, format: Type.Enum([...formats]) }, closed),
      refusals: [...wrong],
      handle: async ({ query: { format, ...question } }) => ({ type: types[format], ...(await reports.file(format, question)) }),
    }),
    operation({
      ...read,
      ...{ id: 'listSavedReports', method: 'GET', path: '/v1/reports/saved', summary: 'Reports that you keep, by name' },
      answer: Type.Object({ items: Type.Array(Saved) }, closed),
      handle: async ({ principal }) => ({ body: { items: (await reports.kept(principal.id)).map(savedShown) } }),
    }),
    operation({
      ...manage,
      ...{ id: 'saveReport', method: 'POST', path: '/v1/reports/saved', summary: 'Keep a report under a name, and have it mailed' },
      ...{ repetition: 'key', audit: { subject: 'report' }, status: 201, refusals: [...wrong, 'report.name-taken'] },
      body: Type.Object(savedFields, closed),
      answer: Saved,
      handle: async ({ body: { period = 'fixed', mailTo = [], mailFormat = 'xlsx', mailEvery = 'never', ...given }, principal }) => ({
        body: savedShown(await reports.keep(principal.id, { ...given, period, mailTo, mailFormat, mailEvery })),
      }),
    }),
    operation({
      ...manage,
      ...{ id: 'deleteSavedReport', method: 'DELETE', path: '/v1/reports/saved/{report}', summary: 'Keep it no longer' },
      ...{ repetition: 'key', audit: { subject: 'report' }, refusals: ['report.unknown'] },
      parameters: Type.Object({ report: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
      answer: Type.Object({ deleted: Type.Boolean() }, closed),
      handle: async ({ parameters, principal }) => {
        await reports.forget(principal.id, Number(parameters.report));
        return { body: { deleted: true } };
      },
    }),
  ];
}

function sideShown(sums: SideSums) {
  const [asr, acd, pdd, pddSlow] = [answerSeizure(sums), averageSeconds(sums), averageDelay(sums.pdd), slowShare(sums.pdd)];
  return {
    ...{ attempts: String(sums.attempts), answered: String(sums.answered), seconds: formatNanos(sums.micros * 1_000n, 0) },
    ...(asr === undefined ? {} : { asr }),
    ...(acd === undefined ? {} : { acd }),
    ...(pdd === undefined ? {} : { pdd }),
    ...(pddSlow === undefined ? {} : { pddSlow }),
    amount: formatNanos(sums.amountNanos, 2),
  };
}

function savedShown({ id, name, question, period, mailTo, mailFormat, mailEvery, dueMicros, lastSentMicros, lastFailure }: SavedReport) {
  return {
    ...{ report: String(id), name, question, period, mailTo: [...mailTo], mailFormat, mailEvery },
    ...(dueMicros === undefined ? {} : { nextMail: formatInstant(dueMicros) }),
    ...(lastSentMicros === undefined ? {} : { lastMail: formatInstant(lastSentMicros) }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
  };
}
