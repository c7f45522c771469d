/** The month as a board: what is due to be closed, what was closed and where it stands; and the statements themselves. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { outcomes, type RecordedState } from '#operations/periods/ports.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { Currency, LocalDate, Money, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Methods throw RefusedError for what is refused. */
export interface Periods {
  readonly board: (
    on: string,
    since: string,
    agreement: string | undefined,
  ) => Promise<{
    readonly due: readonly { readonly agreement: string; readonly label: string }[];
    readonly recorded: readonly RecordedState[];
  }>;
  readonly statement: (agreement: string, label: string) => Promise<{ readonly content: string; readonly sha256: string }>;
}

const Recorded = Type.Object(
  {
    ...{ agreement: Type.String(), period: Type.String(), statement: Type.String(), closedOn: LocalDate, closedBy: Type.String() },
    ...{
      approvals: Type.Integer({ description: 'How many it needs.' }),
      approvedBy: Type.Array(Type.String()),
      overridden: Type.Boolean(),
    },
    sides: Type.Array(
      Type.Object(
        {
          ...{ side: Type.String(), currency: Currency, outcome: Type.Enum([...outcomes]), document: Type.Optional(Type.String()) },
          open: Type.Object({ ...Money.properties }, { ...closed, description: 'What of the document is not paid.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'RecordedPeriod' },
);

export function periodOperations(periods: Periods): readonly Operation[] {
  const common = { tag: 'Settlement', method: 'GET', permission: 'settlement:read' } as const;
  return [
    operation({
      ...common,
      ...{ id: 'getPeriodBoard', path: '/v1/periods', summary: 'Periods that are due, and where those closed since a day stand' },
      query: Type.Object({ on: LocalDate, since: LocalDate, agreement: Type.Optional(Name) }, closed),
      answer: Type.Object(
        { due: Type.Array(Type.Object({ agreement: Type.String(), period: Type.String() }, closed)), recorded: Type.Array(Recorded) },
        { ...closed, title: 'PeriodBoard' },
      ),
      handle: async ({ query: { on, since, agreement } }) => {
        checkDays({ on, since });
        const { due, recorded } = await periods.board(on, since, agreement);
        return {
          body: { due: due.map(({ agreement: of, label }) => ({ agreement: of, period: label })), recorded: recorded.map(recordedShown) },
        };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'getStatement',
        path: '/v1/agreements/{agreement}/statements/{period}',
        summary: 'A recorded statement, as its hash is of it',
      },
      description: 'The latest version, or one of them: `2026-10@1`. [Its form](../reference/statement.md).',
      parameters: Type.Object({ agreement: Name, period: Name }),
      answer: Type.Object(
        { sha256: Type.String(), content: Type.String({ description: 'JSON as text, of which the hash is.' }) },
        { ...closed, title: 'RecordedStatement' },
      ),
      refusals: ['period.not-closed'],
      handle: async ({ parameters: { agreement, period } }) => {
        const { sha256, content } = await periods.statement(agreement, period);
        return { body: { sha256, content }, version: sha256 };
      },
    }),
  ];
}

function recordedShown({ agreement, label, id, closedOn, closedBy, approvals, approvedBy, overridden, sides }: RecordedState) {
  return {
    ...{ agreement, period: label, statement: id, closedOn, closedBy, approvals, approvedBy: [...approvedBy], overridden },
    sides: sides.map(({ side, currency, outcome, document, openNanos }) => ({
      ...{ side, currency, outcome, open: { amount: formatNanos(BigInt(openNanos), 2), currency } },
      ...(document === null ? {} : { document }),
    })),
  };
}
