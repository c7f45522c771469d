/** A partner's figures: taken in from a file, and laid beside our own. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { services } from '#core/usage/usage-event.ts';
import type { RecordedDeclaration } from '#operations/reconciliation/ports.ts';
import type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';
import type { JobDesk } from '../jobs/jobs.ts';
import { listed, numberKey } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Amount, Currency, Instant, Name, Page, sortedQuery } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';
import { ColumnsShown, columnsShown, DaysShown, fileReading, PeriodLabel } from './file-reading.ts';
import { Reconciled, reconciledShown } from './reconciled-shown.ts';
import { reconcileOptions, runOperations } from './runs.ts';

const closed = { additionalProperties: false } as const;

export const ImportedDeclaration = Type.Object(
  {
    ...{ upload: UploadName, agreement: Name, period: PeriodLabel },
    side: Type.Enum(['receivable', 'payable'], { description: 'Ours: receivable is traffic that they handed to us.' }),
    ...{ service: Type.Enum([...services]), currency: Type.Optional(Currency), ...fileReading },
    dryRun: Type.Optional(Type.Boolean({ description: 'Only say how it is read.' })),
  },
  { ...closed, title: 'ImportDeclaration' },
);
export type ImportDeclarationBody = Static<typeof ImportedDeclaration>;

export interface ImportedFigures {
  /** Undefined in a dry run. */
  readonly id?: bigint;
  readonly isNew: boolean;
  readonly currency: string;
  readonly lines: readonly { readonly row: number; readonly destination: string; readonly calls?: bigint; readonly amountNanos?: bigint }[];
  readonly columns: readonly (readonly [header: string, field: string])[];
}

/** Methods throw RefusedError for what is refused. */
export interface DeclarationDesk {
  readonly list: (agreement: string | undefined) => Promise<readonly RecordedDeclaration[]>;
  /** `owner`: of the file that was sent. */
  readonly take: (body: ImportDeclarationBody, owner: string, by: string) => Promise<ImportedFigures>;
  /** `rates`: units of the agreement's currency for one of theirs. */
  readonly reconcile: (
    agreement: string,
    period: string,
    options: { readonly tolerance?: string; readonly rates: readonly string[] },
  ) => Promise<readonly ReconciledDeclaration[]>;
}

const Declaration = Type.Object(
  {
    ...{
      declaration: Type.String(),
      agreement: Type.String(),
      side: Type.String(),
      service: Type.String(),
      kind: Type.String(),
      period: DaysShown,
    },
    ...{
      currency: Currency,
      document: Type.Optional(Type.String()),
      source: Type.String(),
      lines: Type.Integer(),
      amount: Type.Optional(Amount),
    },
    ...{ by: Type.String(), at: Instant },
  },
  { ...closed, title: 'Declaration' },
);
const MOST_LINES = 200;
export const ReadDeclaration = Type.Object(
  {
    ...{
      declaration: Type.Optional(Type.String()),
      isNew: Type.Boolean(),
      currency: Currency,
      columns: ColumnsShown,
      count: Type.Integer(),
    },
    lines: Type.Array(
      Type.Object(
        { row: Type.Integer(), destination: Type.String(), calls: Type.Optional(Type.Integer()), amount: Type.Optional(Amount) },
        closed,
      ),
      { description: `The first ${MOST_LINES}.` },
    ),
  },
  { ...closed, title: 'ReadDeclaration' },
);

/** Of taking one in. */
export const declarationRefusals = [
  ...(['upload.unknown', 'statement.agreement-unknown', 'statement.period-malformed', 'declaration.option'] as const),
  ...(['declaration.no-header', 'declaration.empty', 'declaration.figure-unreadable', 'declaration.unit-unclear'] as const),
] as const;

/** How a file was read. */
export function figuresShown({ id, isNew, currency, lines, columns }: ImportedFigures): Static<typeof ReadDeclaration> {
  return {
    ...(id === undefined ? {} : { declaration: String(id) }),
    ...{ isNew, currency, columns: columnsShown(columns), count: lines.length },
    lines: lines.slice(0, MOST_LINES).map(({ row, destination, calls, amountNanos }) => ({
      ...{ row, destination },
      ...(calls === undefined ? {} : { calls: Number(calls) }),
      ...(amountNanos === undefined ? {} : { amount: formatNanos(amountNanos, 2) }),
    })),
  };
}

export function declarationOperations(desk: DeclarationDesk, jobs: JobDesk): readonly Operation[] {
  const read = { tag: 'Reconciliation', method: 'GET', permission: 'disputes:read' } as const;
  return [
    operation({
      ...{
        ...read,
        id: 'listDeclarations',
        path: '/v1/declarations',
        summary: 'Figures of partners by their number',
        answer: Page(Declaration),
      },
      query: Type.Object({ ...sortedQuery, agreement: Type.Optional(Name) }, closed),
      refusals: ['api.cursor-wrong'],
      handle: async ({ query }) => ({
        body: listed(await desk.list(query.agreement), query, ({ id }) => numberKey(id), declarationShown),
      }),
    }),
    operation({
      ...{ tag: 'Reconciliation', method: 'POST', permission: 'disputes:manage', repetition: 'key', audit: { subject: 'declaration' } },
      ...{
        id: 'importDeclaration',
        path: '/v1/declarations',
        summary: 'Take in a partner’s figures (CSV, XLSX, UBL)',
        body: ImportedDeclaration,
        answer: ReadDeclaration,
      },
      description: 'All of the file or nothing. The same file for the same days is the same declaration.',
      refusals: declarationRefusals,
      handle: async ({ body, principal }) => ({ body: figuresShown(await desk.take(body, principal.id, actorOf(principal))) }),
    }),
    operation({
      ...{
        ...read,
        id: 'reconcile',
        path: '/v1/agreements/{agreement}/reconciliations/{period}',
        summary: 'Their figures beside ours, and why they differ',
      },
      description:
        'One for each declaration and each invoice of theirs that is of these days, at once and whole; what is large is begun as a job.',
      parameters: Type.Object({ agreement: Name, period: PeriodLabel }),
      query: Type.Object(reconcileOptions, closed),
      answer: Type.Object({ items: Type.Array(Reconciled) }, closed),
      refusals: ['statement.agreement-unknown', 'statement.period-malformed', 'reconcile.no-declaration', 'declaration.currency'],
      handle: async ({ parameters: { agreement, period }, query: { tolerance, rate = [] } }) => {
        const options = { rates: rate, ...(tolerance === undefined ? {} : { tolerance }) };
        return { body: { items: (await desk.reconcile(agreement, period, options)).map(reconciledShown) } };
      },
    }),
    ...runOperations(jobs),
  ];
}

function declarationShown(of: RecordedDeclaration): Static<typeof Declaration> {
  const { id, agreement, side, service, kind, period, currency, document, source, lineCount, amountNanos, recorded } = of;
  return {
    ...{ declaration: String(id), agreement, side, service, kind, period: { from: period.from, to: period.to }, currency, source },
    ...{ lines: lineCount, by: recorded.by, at: formatInstant(recorded.atMicros) },
    ...(document === undefined ? {} : { document }),
    ...(amountNanos === undefined ? {} : { amount: formatNanos(amountNanos, 2) }),
  };
}
