/** A reconciliation as answers show it: sides, causes with their money, lines. */
import Type, { type Static } from 'typebox';
import { formatNanos } from '#core/money/amount.ts';
import { formatDecimal, trimDecimal } from '#core/money/decimal.ts';
import type { Said } from '#core/said.ts';
import { causeWords } from '#core/settlement/reconciliation/causes.ts';
import { lineStates, type SideFigures } from '#core/settlement/reconciliation/reconcile.ts';
import type { ReconciledDeclaration } from '#operations/reconciliation/reconcile-agreement.ts';
import { SaidSchema, saidShown } from '../said.ts';
import { Amount, Currency } from '../schemas.ts';
import { DaysShown } from './file-reading.ts';

const closed = { additionalProperties: false } as const;

/** Decimals of a second. */
const MICROS = 6;

const Side = Type.Object(
  {
    calls: Type.Integer(),
    billed: Type.String({ description: 'Voice: seconds, exact decimal; others: bytes, messages or units.' }),
    amount: Amount,
  },
  closed,
);
export const ReconciledLine = Type.Object(
  {
    ...{
      line: Type.Integer(),
      destination: Type.String(),
      time: Type.String({ description: 'Day or hour; empty for the whole period.' }),
    },
    ...{ state: Type.Enum([...lineStates]), ours: Side, theirs: Side, difference: Amount },
  },
  { ...closed, title: 'ReconciledLine' },
);

/** Left out of what was compared by an earlier version. */
export const CauseSaid = { said: Type.Optional(SaidSchema), evidenceSaid: Type.Optional(SaidSchema) };

const figures = {
  ...{ declaration: Type.String(), agreement: Type.String(), period: DaysShown, side: Type.String(), service: Type.String() },
  ...{ document: Type.Optional(Type.String()), currency: Currency, ours: Side, theirs: Side },
  difference: Type.String({ ...Amount, description: 'Theirs less ours.' }),
  causes: Type.Array(
    Type.Object(
      {
        ...{ cause: Type.String(), words: Type.String(), amount: Amount, calls: Type.Integer() },
        evidence: Type.String({ description: 'How much of what does not fit it explains.' }),
        ...CauseSaid,
      },
      closed,
    ),
  ),
  unexplained: Type.String({ ...Amount, description: 'The difference less what the causes make of it, to the last digit.' }),
};
export const Reconciled = Type.Object({ ...figures, lines: Type.Array(ReconciledLine) }, { ...closed, title: 'Reconciliation' });
/** Its lines are a list of their own. */
export const ReconciledSum = Type.Object({ ...figures, lineCount: Type.Integer() }, { ...closed, title: 'ReconciliationSum' });

export function reconciledShown({ declaration, result }: ReconciledDeclaration): Static<typeof Reconciled> {
  const { side, service, currency, ours, theirs, differenceNanos, causes, unexplainedNanos, lines } = result;
  const { id, agreement, period, document } = declaration;
  const shown = (of: SideFigures) => ({
    ...{ calls: Number(of.calls), billed: formatDecimal(trimDecimal({ units: of.billed, scale: service === 'voice' ? MICROS : 0 })) },
    amount: formatNanos(of.amountNanos, 2),
  });
  return {
    ...{ declaration: String(id), agreement, period: { from: period.from, to: period.to }, side, service, currency },
    ...(document === undefined ? {} : { document }),
    ...{
      ours: shown(ours),
      theirs: shown(theirs),
      difference: formatNanos(differenceNanos, 2),
      unexplained: formatNanos(unexplainedNanos, 2),
    },
    causes: causes.map((each) => ({ cause: each.cause.kind, ...causeShown(each, each.said) })),
    lines: lines.map(({ number, destination, time, state, ours: own, theirs: other, differenceNanos: nanos }) => ({
      ...{ line: number, destination, time, state, ours: shown(own), theirs: shown(other), difference: formatNanos(nanos, 2) },
    })),
  };
}

/** `said`: of the cause, to whom it is shown. */
export function causeShown({ amountNanos, calls, evidence }: ReconciledDeclaration['result']['causes'][number], said: Said) {
  const whole = (text: string): string => text;
  return {
    ...{ words: causeWords(said), amount: formatNanos(amountNanos, 2), calls: Number(calls), evidence: causeWords([evidence]) },
    ...{ said: saidShown(said, whole), evidenceSaid: saidShown([evidence], whole) },
  };
}

/** Without its lines, which are many. */
export function reconciledSum({ lines, ...rest }: Static<typeof Reconciled>): Static<typeof ReconciledSum> {
  return { ...rest, lineCount: lines.length };
}
