/** The month as a board: what is due to be closed and what is missing of it, what was closed and where it stands; and the statements themselves. */
import Type from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import type { CheckedPeriod } from '#operations/periods/check-periods.ts';
import { outcomes, type RecordedState } from '#operations/periods/ports.ts';
import { checkDays } from '../listing.ts';
import { type Operation, operation } from '../operation.ts';
import { SaidSchema, saidShown } from '../said.ts';
import { Amount, Currency, LocalDate, Money, Name } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

interface Holder {
  readonly account: string;
  readonly party: string;
}

/** Methods throw RefusedError for what is refused. */
export interface Periods {
  readonly board: (
    on: string,
    since: string,
    agreement: string | undefined,
  ) => Promise<{
    readonly due: readonly (Holder & { readonly agreement: string; readonly label: string })[];
    readonly recorded: readonly RecordedState[];
    readonly holders: ReadonlyMap<string, Holder>;
  }>;
  readonly check: (agreements: readonly string[], on: string) => Promise<readonly CheckedPeriod[]>;
  readonly statement: (agreement: string, label: string) => Promise<{ readonly content: string; readonly sha256: string }>;
}

const SideAmount = Type.Object({ side: Type.String(), amount: Amount, currency: Currency }, closed);
export const holder = { account: Type.String(), party: Type.String() };
const Recorded = Type.Object(
  {
    ...{ agreement: Type.String(), ...holder, period: Type.String(), statement: Type.String(), closedOn: LocalDate },
    ...{
      closedBy: Type.String(),
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
    stated: Type.Array(SideAmount, { description: 'What the statement says of each side, charges and adjustments, without tax.' }),
  },
  { ...closed, title: 'RecordedPeriod' },
);
const Checked = Type.Object(
  {
    ...{ agreement: Type.String(), period: Type.String(), state: Type.Enum(['ready', 'blocked', 'refused']) },
    findings: Type.Array(Type.Object({ check: Type.String(), detail: Type.String(), said: Type.Optional(SaidSchema) }, closed)),
    refusals: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }, closed)),
    ...{ approvals: Type.Integer(), amounts: Type.Array(SideAmount, { description: 'What it would come to, without tax.' }) },
  },
  { ...closed, title: 'CheckedPeriod' },
);
const MOST_CHECKED = 50;

export function periodOperations(periods: Periods): readonly Operation[] {
  const common = { tag: 'Settlement', method: 'GET', permission: 'settlement:read' } as const;
  return [
    operation({
      ...common,
      ...{ id: 'getPeriodBoard', path: '/v1/periods', summary: 'Periods that are due, and where those closed since a day stand' },
      query: Type.Object({ on: LocalDate, since: LocalDate, agreement: Type.Optional(Name) }, closed),
      answer: Type.Object(
        {
          due: Type.Array(Type.Object({ agreement: Type.String(), ...holder, period: Type.String() }, closed)),
          recorded: Type.Array(Recorded),
        },
        { ...closed, title: 'PeriodBoard' },
      ),
      handle: async ({ query: { on, since, agreement } }) => {
        checkDays({ on, since });
        const { due, recorded, holders } = await periods.board(on, since, agreement);
        return {
          body: {
            due: due.map(({ agreement: of, label, account, party }) => ({ agreement: of, account, party, period: label })),
            recorded: recorded.map((each) => recordedShown(each, holders.get(each.agreement))),
          },
        };
      },
    }),
    operation({
      ...common,
      ...{ id: 'checkPeriods', path: '/v1/periods/checks', summary: 'What closing would find and come to' },
      description: `Of the next period of each agreement, ${MOST_CHECKED} agreements at most; nothing is written. Those of which nothing is due are left out.`,
      query: Type.Object({ on: LocalDate, agreement: Type.Array(Name, { minItems: 1, maxItems: MOST_CHECKED }) }, closed),
      answer: Type.Object({ items: Type.Array(Checked) }, closed),
      refusals: ['statement.agreement-unknown'],
      handle: async ({ query: { on, agreement } }) => {
        checkDays({ on });
        return { body: { items: (await periods.check([...new Set(agreement)], on)).map(checkedShown) } };
      },
    }),
    operation({
      ...common,
      ...{
        id: 'getStatement',
        forParties: ['partner'],
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

function recordedShown(
  { agreement, label, id, closedOn, closedBy, approvals, approvedBy, overridden, sides, amounts }: RecordedState,
  of: Holder | undefined,
) {
  return {
    ...{ agreement, account: of?.account ?? '', party: of?.party ?? '', period: label, statement: id, closedOn, closedBy },
    ...{ approvals, approvedBy: [...approvedBy], overridden },
    sides: sides.map(({ side, currency, outcome, document, openNanos }) => ({
      ...{ side, currency, outcome, open: { amount: formatNanos(BigInt(openNanos), 2), currency } },
      ...(document === null ? {} : { document }),
    })),
    stated: amounts.map(({ side, currency, nanos }) => ({ side, currency, amount: formatNanos(BigInt(nanos), 2) })),
  };
}

function checkedShown({ agreement, label, state, findings, refusals, approvals, amounts }: CheckedPeriod) {
  return {
    ...{ agreement, period: label, state, approvals },
    findings: findings.map(({ check, detail, said }) => ({
      check,
      detail,
      ...(said === undefined ? {} : { said: saidShown(said, (text) => text) }),
    })),
    refusals: refusals.map(({ code, message }) => ({ code, message })),
    amounts: amounts.map(({ side, currency, nanos }) => ({ side, currency, amount: formatNanos(nanos, 2) })),
  };
}
