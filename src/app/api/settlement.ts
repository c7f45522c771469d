/** What is behind the operations and jobs of settlement. */
import { type AccrueInput, type CloseInput, settlementJobs } from '#api/settlement/closing.ts';
import type { Periods } from '#api/settlement/periods.ts';
import { type StatementReader, VERIFY_STATEMENT, type VerifyStatementInput } from '#api/settlement/statement-lines.ts';
import { refuse, valueOrThrow } from '#core/refusals.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { amountToPay } from '#core/settlement/statement-view.ts';
import { asHouse } from '#operations/access/ports.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import type { ClosedPeriod, ClosedState } from '#operations/periods/close-periods.ts';
import { accrue, checkDue, closeDue, periodBoard, recordedStatement } from '../periods/closing.ts';
import { produceStatement, type StatementJob, type StatementOutcome } from '../statement.ts';
import { nowMicros, today } from './clock.ts';
import type { ApiHome, AskedHome } from './home.ts';
import { demandSeen } from './seen.ts';

export function periodsOf(home: ApiHome): Periods {
  return {
    board: (on, since, agreement) => periodBoard(home, on, since, agreement),
    check: (agreements, on) => checkDue(home, { agreements, on, nowMicros: nowMicros() }),
    // Texts lie in blocks with those of others: the house reads them, once it is seen whose it is.
    async statement(agreement, label) {
      await demandSeen(home.database, 'select from statement_recorded where agreement = $1 limit 1', [agreement], () =>
        refuse('period.not-closed', `no statement of ${agreement} for ${label} is recorded`, { field: 'period', value: label }),
      );
      return asHouse(() => recordedStatement(home, agreement, label));
    },
  };
}

export function statementReaderOf({ database, aside }: AskedHome): StatementReader {
  const jobOf = (agreement: string, period: string, more: Partial<StatementJob>): StatementJob => ({
    ...{ agreement, period: valueOrThrow(parseStatementPeriod(period.toUpperCase())), nowMicros: nowMicros() },
    ...{ format: 'table', allowEmpty: true, ...more },
  });
  const made = (agreement: string, period: string, more: Partial<StatementJob>): Promise<StatementOutcome> =>
    produceStatement(database, jobOf(agreement, period, more));
  return {
    async lines(agreement, period) {
      const { statement } = await made(agreement, period, {});
      const { account, entity, party, zone, provisional, lines, net } = statement;
      return {
        ...{ account: account.id, legalEntity: entity.id, party, zone, provisional, lines, period: statement.period },
        net: net.map((each) => ({ ...each, toPayNanos: amountToPay(statement, each) })),
      };
    },
    async events(agreement, period, number, limit) {
      const { line } = await made(agreement, period, { line: number, limit });
      if (line === undefined) throw new Error('a line that was asked for is not there');
      return line;
    },
    async file(agreement, period, format) {
      const output = await aside.reads.statementFile(jobOf(agreement, period, { format, out: '-' }));
      return typeof output === 'string' ? new TextEncoder().encode(output) : (output ?? new Uint8Array());
    },
  };
}

/** What a result keeps of periods that were left, at most. */
const MOST_LEFT = 500;

/** All can be begun again: what is closed is passed over, what is booked is booked once. */
export function settlementJobKinds(home: ApiHome): readonly JobKind[] {
  return [
    kind<CloseInput>({
      ...{ kind: settlementJobs.close, permission: 'settlement:manage' },
      title: ({ agreements, period }) => `Close ${period ?? 'what is due'}${agreements === undefined ? '' : ` of ${named(agreements)}`}`,
      async run({ agreements, period, on, override }, by, { progress }) {
        const request = { on: on ?? today(), nowMicros: nowMicros(), by };
        const closed = await closeDue(
          home,
          {
            ...request,
            ...(agreements === undefined ? {} : { agreements }),
            ...(period === undefined ? {} : { label: period.toUpperCase() }),
            ...(override === undefined ? {} : { override }),
          },
          progress,
        );
        return closedShown(closed);
      },
    }),
    kind<AccrueInput>({
      ...{ kind: settlementJobs.accrue, permission: 'settlement:manage', title: () => 'Accrue what is not billed' },
      run: async ({ on }, by) => accrue(home, on ?? today(), by),
    }),
    kind<VerifyStatementInput>({
      ...{ kind: VERIFY_STATEMENT, permission: 'settlement:read' },
      title: ({ agreement, period }) => `Verify ${agreement} ${period}`,
      async run({ agreement, period }) {
        const outcome = await produceStatement(home.database, {
          ...{ agreement, period: valueOrThrow(parseStatementPeriod(period.toUpperCase())), nowMicros: nowMicros() },
          ...{ format: 'table', allowEmpty: true, verify: true },
        });
        return { events: outcome.verifiedEvents ?? 0 };
      },
    }),
  ];
}

/** A kind with the input that its operation checked by its schema. */
export function kind<Input>(of: JobKind<Input>): JobKind {
  return of as JobKind; // only its own operation starts it, and what is stored is what that operation gave
}

function named(agreements: readonly string[]): string {
  const [first = '', ...others] = agreements;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function closedShown(closed: readonly ClosedPeriod[]): object {
  const count = (state: ClosedState): number => closed.filter((each) => each.state === state).length;
  const left = closed.filter(({ state }) => state === 'blocked' || state === 'refused');
  const documents = closed.reduce((sum, { sides }) => sum + sides.filter(({ document }) => document !== undefined).length, 0);
  return {
    ...{ closed: count('closed'), awaiting: count('awaiting'), blocked: count('blocked'), refused: count('refused'), documents },
    left: left.slice(0, MOST_LEFT).map(({ agreement, label, state, findings, refusals }) => ({
      ...{ agreement, period: label, state, findings },
      refusals: refusals.map(({ code, message }) => ({ code, message })),
    })),
  };
}
