/** The code's own closing over a world in memory: the use cases as they are, over ports of plain arrays. Thousands of months in seconds. */
import { legRoles } from '#core/agreements/agreements.ts';
import type { Invoice } from '#core/invoicing/invoice.ts';
import { entityAmountsFault, entryFault } from '#core/ledger/check-entry.ts';
import { currenciesToConvert, withEntityAmounts } from '#core/ledger/entity-amounts.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { accrualReversalOf } from '#core/ledger/reversal.ts';
import { decimal } from '#core/money/decimal.ts';
import { averageRate, defaultExchangePolicy, type ExchangePolicy, findConversion, type RateFinder } from '#core/money/exchange.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { statesLateItself } from '#core/settlement/backdated.ts';
import type { DatedTotal } from '#core/settlement/priced-terms.ts';
import type { Period } from '#core/time/period.ts';
import type { ExchangeRates } from '#operations/exchange/ports.ts';
import type { InvoiceBooks, LockedRow } from '#operations/invoicing/ports.ts';
import type { LedgerBooks } from '#operations/ledger/ports.ts';
import { accrueMonth } from '#operations/periods/accrue.ts';
import { approvePeriod } from '#operations/periods/approve-period.ts';
import { type Closing, closePeriods } from '#operations/periods/close-periods.ts';
import type {
  Carried,
  LatePeriod,
  PeriodStore,
  PeriodTurn,
  RecordedStatement,
  RefusedLate,
  SideOutcome,
  StatementRecord,
  Unbilled,
} from '#operations/periods/ports.ts';
import type { AgreementTerms, ChargeQuery, SettlementBooks } from '#operations/settlement/books.ts';
import { taxByRules } from '#operations/tax/own-rules.ts';
import { taxRulesOf } from '#operations/tax/rule-set.ts';
import type { Made, MadeEntry } from './outcome.ts';
import { addDays } from './periods.ts';
import { type Charge, cameOn, STAGES, type World } from './world.ts';

interface State {
  readonly world: World;
  readonly terms: ReadonlyMap<string, AgreementTerms>;
  stage: number;
  readonly recorded: (StatementRecord & {
    readonly statementId: number;
    readonly had: readonly Charge[];
    readonly approvedBy: string[];
  })[];
  readonly outcomes: (SideOutcome & { withStatement?: number })[];
  readonly invoices: Invoice[];
  readonly rows: Map<string, LockedRow>;
  readonly entries: MadeEntry[];
  readonly refused: Set<Charge>;
}

export async function makeInMemory(world: World): Promise<Made> {
  const shared = {
    accounts: new Map(world.accounts.map((each) => [each.id, each])),
    parties: new Map(world.parties.map((each) => [each.id, each])),
    entities: new Map(world.entities.map((each) => [each.id, each])),
    tariffs: new Map(world.tariffs.map((each) => [each.id, each])),
  };
  const terms = new Map(
    world.agreements.map((agreement): [string, AgreementTerms] => [agreement.id, { versions: [agreement], known: [agreement], ...shared }]),
  );
  const state: State = {
    world,
    terms,
    stage: 0,
    recorded: [],
    outcomes: [],
    invoices: [],
    rows: new Map(),
    entries: [],
    refused: new Set(),
  };
  const rules = taxRulesOf({ taxRules: [], taxRates: [], withholdingRules: world.withholding }, []);
  const tax = { port: taxByRules(rules), certificatesOf: () => [] };
  const store = storeOf(state);
  const closing: Closing = { store, agreements: terms, tax, trunksOf: () => new Set(), knownTrunks: new Set() };
  const refused: string[] = [];
  for (const [at, { accrueOn, closeOn, approveOn }] of STAGES.entries()) {
    state.stage = at + 1;
    await accrueMonth(store, accrueOn, 'ann');
    const closed = await closePeriods(closing, { on: closeOn, nowMicros: Date.parse(`${closeOn}T12:00:00Z`) * 1000, by: 'ann' });
    for (const { agreement, label, state: became, refusals } of closed) {
      if (became === 'refused' || became === 'blocked')
        refused.push(`${agreement}@${label}: ${refusals.map(({ code, message }) => `${code} ${message}`).join('; ')}`);
      if (became !== 'awaiting') continue;
      for (const by of ['ben', 'cy'])
        await approvePeriod(store, tax, { agreement, label, on: approveOn, by }).catch((error) => {
          if (!(error instanceof RefusedError) || error.refusals[0]?.code !== 'period.not-awaited') throw error;
        });
    }
  }
  return {
    statements: state.recorded.map(({ statementId, id, amounts, deals }) => ({
      id,
      amounts,
      deals: deals.map(({ deal, window, side, amountNanos }) => ({ deal: deal.id, window: window.from, side, amountNanos })),
      outcomes: state.outcomes.filter((each) => each.statementId === statementId),
    })),
    documents: new Map(state.invoices.map((invoice) => [`${invoice.legalEntity} ${invoice.number}`, invoice])),
    entries: state.entries,
    refused,
  };
}

function storeOf(state: State): PeriodStore {
  const turn = turnOf(state);
  return {
    turn: (work) => work(turn),
    board: async () => [],
    content: async () => undefined,
    agreements: async () => state.terms,
    standings: async (agreements = [...state.terms.keys()]) => {
      const closedUntil = await turn.closedUntil(agreements);
      return new Map(
        agreements.map((id) => {
          const days = there(state).filter(({ agreement }) => agreement === id);
          return [id, { closedUntil: closedUntil.get(id), firstDay: days.map(({ day }) => day).sort()[0] }];
        }),
      );
    },
    announce: async () => true,
    latePeriods: async (terms) =>
      firsts(state, terms).flatMap((record): LatePeriod[] => {
        const versions = state.recorded.filter(({ agreement, label }) => agreement === record.agreement && label === record.label);
        const waits = versions.some(({ approvals, approvedBy }) => approvals > approvedBy.length);
        if (waits || lateOf(state, [record]).length === 0) return [];
        return [{ agreement: record.agreement, label: record.label, period: record.period, version: versions.length + 1 }];
      }),
    read: async () => ({
      ...{ books: booksOf(state), rates: ratesOf(state.world), openTraffic: { findings: [], held: [] } },
      closedUntil: await turn.closedUntil([...state.terms.keys()]),
      carried: carriedIn(state),
      // What a statement has is kept as charges of the world: see record.
      chargesOf: () => [],
      activeDays: new Map(),
      chargedBeyond: async () => true,
      end: () => undefined,
    }),
    unbilled: async (before) => unbilled(state, before),
    postAccruals: async (accruals, takenBackOn) => {
      await ledgerOf(state).post(accruals);
      const booked = state.entries.filter(({ cause }) => accruals.some((accrual) => accrual.cause.id === cause.id));
      const chained = booked.map((entry) => ({
        ...entry,
        description: 'accrual',
        by: 'ann',
        exchange: [],
        sequence: 0n,
        bookedAtMicros: 0,
      }));
      await ledgerOf(state).post(chained.map((entry) => accrualReversalOf(entry, takenBackOn)));
      return accruals.length * 2;
    },
  };
}

/** What is loaded, without what was refused. */
const there = (state: State): readonly Charge[] =>
  state.world.charges.filter((charge) => charge.stage <= state.stage && !state.refused.has(charge));

/** The first statement of each closed period. */
const firsts = (state: State, terms: ReadonlyMap<string, AgreementTerms>) =>
  state.recorded.filter(({ agreement, version }) => version === 1 && terms.has(agreement));

function turnOf(state: State): PeriodTurn {
  return {
    issuing: { invoices: invoicesOf(state), ledger: ledgerOf(state) },
    // No partner of the model invoices before the close.
    theirs: { acceptedOf: async () => [], expected: async () => [], addEntries: async () => undefined },
    rates: ratesOf(state.world),
    closedUntil: async (agreements) =>
      new Map(
        agreements.flatMap((id): [string, string][] => {
          const days = state.recorded.filter(({ agreement }) => agreement === id).map(({ period }) => period.to);
          const last = days.sort().at(-1);
          return last === undefined ? [] : [[id, last]];
        }),
      ),
    refuseLate: async (terms, days) =>
      firsts(state, terms)
        .flatMap((record) => lateOf(state, [record]).map((charge) => ({ record, charge })))
        .filter(({ record: { period }, charge }) => addDays(period.to, days) <= cameOn(charge))
        .map(({ record, charge }): RefusedLate => {
          state.refused.add(charge);
          const currency = state.world.agreements.find(({ id }) => id === record.agreement)?.currency ?? '';
          return {
            ...{ agreement: record.agreement, label: record.label, side: legRoles[charge.role], currency, amountNanos: charge.amountNanos },
          };
        }),
    number: async (many) => Array.from({ length: many }, (_, at) => state.recorded.length + 1 + at),
    record: async (records, numbers) => {
      for (const [at, record] of records.entries()) {
        const statementId = numbers[at] ?? 0;
        const terms = state.terms.get(record.agreement);
        if (terms === undefined) throw new Error(`${record.agreement} is not of the world`);
        const onlyLate = record.version > 1;
        const query = { terms, period: record.period, onlyLate };
        const had = [...(onlyLate ? [] : within(state, query)), ...late(state, query)];
        state.recorded.push({ ...record, statementId, had, approvedBy: [] });
      }
    },
    settle: async (outcomes) => {
      state.outcomes.push(...outcomes.map((each) => ({ ...each })));
    },
    carried: async (agreements) => carriedIn(state).filter(({ agreement }) => agreements.includes(agreement)),
    takeCarried: async (carried, withStatement) => {
      for (const { statementId, side, currency } of carried) {
        const outcome = state.outcomes.find((each) => each.statementId === statementId && each.side === side && each.currency === currency);
        if (outcome !== undefined) outcome.withStatement = withStatement;
      }
    },
    find: async (agreement, label): Promise<RecordedStatement | undefined> => {
      const record = state.recorded.findLast((each) => each.agreement === agreement && each.label === label);
      return record === undefined
        ? undefined
        : {
            ...{ ...record, approvedBy: [...record.approvedBy] },
            settled: record.approvals === 0 || state.outcomes.some(({ statementId }) => statementId === record.statementId),
          };
    },
    approve: async (statementId, by) => {
      state.recorded.find((each) => each.statementId === statementId)?.approvedBy.push(by);
    },
  };
}

const within = (state: State, { terms, period }: ChargeQuery): readonly Charge[] =>
  there(state).filter(({ agreement, day }) => agreement === terms.known[0]?.id && day >= period.from && day < period.to);

/** Of closed days and in no statement: of periods that began before, or of the query's own. */
function late(state: State, { terms, period, onlyLate }: ChargeQuery): readonly Charge[] {
  if (onlyLate !== true && statesLateItself(terms.known, period.to)) return [];
  const own = state.recorded.filter(({ agreement, version }) => agreement === terms.known[0]?.id && version === 1);
  return lateOf(
    state,
    own.filter(({ period: { from } }) => (onlyLate === true ? from === period.from : from < period.from)),
  );
}

/** The first statement of an agreement covers all days before, too. */
function lateOf(state: State, closed: readonly State['recorded'][number][]): readonly Charge[] {
  const [first] = closed;
  if (first === undefined) return [];
  const had = new Set(state.recorded.filter(({ agreement }) => agreement === first.agreement).flatMap((record) => record.had));
  return there(state).filter(
    (charge) =>
      charge.agreement === first.agreement &&
      !had.has(charge) &&
      closed.some(({ coversFrom, period: { to } }) => charge.day >= (coversFrom ?? '') && charge.day < to),
  );
}

function totals(state: State, charges: readonly Charge[]): readonly DatedTotal[] {
  return [...Map.groupBy(charges, ({ rate, role }) => `${rate} ${role}`).values()].flatMap((own): DatedTotal[] => {
    const [first] = own;
    if (first === undefined) return [];
    const agreement = state.world.agreements.find(({ id }) => id === first.agreement);
    const days = own.map(({ day }) => day).sort();
    const sum = (of: (charge: Charge) => bigint): bigint => own.reduce((all, charge) => all + of(charge), 0n);
    return [
      {
        ...{
          versionId: agreement?.versionId ?? 0,
          role: first.role,
          tariff: first.tariff,
          rateId: first.rate,
          currency: agreement?.currency ?? '',
        },
        ...{ events: sum(({ events }) => BigInt(events)), answered: sum(({ events }) => BigInt(events)), raw: sum(({ billed }) => billed) },
        ...{ billed: sum(({ billed }) => billed), amountNanos: sum(({ amountNanos }) => amountNanos) },
        ...{ firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '' },
      },
    ];
  });
}

function booksOf(state: State): SettlementBooks {
  const none = async (): Promise<never[]> => [];
  const notAsked = (): never => {
    throw new Error('no close asks this');
  };
  return {
    findAgreement: async (id) => state.terms.get(id),
    agreementIds: async () => [...state.terms.keys()],
    chargeTotals: async (query) => totals(state, within(state, query)),
    chargeTotalsOfEvents: notAsked,
    backdatedTotals: none,
    lateTotals: async (query) => totals(state, late(state, query)),
    dealUsage: async (terms, days: Period) =>
      there(state)
        .filter(({ agreement, day }) => agreement === terms.known[0]?.id && day >= days.from && day < days.to)
        .map(({ role, service, destination, day, billed, amountNanos }) => ({
          side: legRoles[role],
          service,
          destination,
          day,
          billed,
          amountNanos,
        })),
    settledDeals: async (agreement, before) =>
      state.recorded
        .filter((each) => each.agreement === agreement && each.period.from < before)
        .flatMap(({ deals }) =>
          deals.map(({ deal, window, side, amountNanos }) => ({ deal: deal.id, window: window.from, side, amountNanos })),
        ),
    feesBefore: async ({ versions: [version] }, { from: day }) => {
      const before = state.recorded.filter((each) => each.agreement === version?.id && each.period.from < day);
      const [from] = before.map(({ period }) => period.from).sort();
      const to = before
        .map(({ period }) => period.to)
        .sort()
        .at(-1);
      const settled = before.flatMap(({ deals }) =>
        deals.map(({ deal, window, side, amountNanos }) => ({ deal: deal.id, window: window.from, side, amountNanos })),
      );
      return { settled, closed: from === undefined || to === undefined ? undefined : { from, to } };
    },
    splitTotals: none,
    rates: async (ids) =>
      new Map(
        state.world.rates
          .filter(({ id }) => ids.includes(id))
          .map(({ id, destination, price }) => [id, { id, match: { code: '49', destination }, terms: { price: decimal(price) } }]),
      ),
    volumeTierPeriods: none,
    volumeUsage: none,
    counters: async () => new Map(),
    counterSums: async () => new Map(),
    chargedLegs: notAsked,
    margins: notAsked,
    volumeTiersUsed: notAsked,
    entityZones: none,
  };
}

function invoicesOf(state: State): InvoiceBooks {
  const key = ({ legalEntity, series, scope }: { legalEntity: string; series: string; scope: string }): string =>
    `${legalEntity}|${series}|${scope}`;
  return {
    lockRows: async (rows) =>
      rows.map((row) => {
        const locked = state.rows.get(key(row)) ?? { ...row, lastNumber: row.firstNumber - 1n, lastDay: undefined };
        state.rows.set(key(row), locked);
        return locked;
      }),
    moveRows: async (rows) => {
      for (const row of rows) state.rows.set(key(row), row);
    },
    issuedByKey: async () => [],
    find: async () => undefined,
    corrections: async () => [],
    insert: async (rows) => {
      state.invoices.push(...rows.map(({ invoice }) => invoice));
    },
  };
}

export function ratesOf(world: World): ExchangeRates {
  const rates = new Map(world.exchange.map(({ day, of, in: into, rate }) => [`${of} ${into} ${day}`, rate]));
  const onDay: RateFinder = (of, into, on) => rates.get(`${of} ${into} ${on}`);
  const ofMonth: RateFinder = (of, into, on) =>
    averageRate(
      world.exchange.flatMap((each) => (each.of === of && each.in === into && each.day.slice(0, 7) === on.slice(0, 7) ? [each.rate] : [])),
    );
  return {
    rateOn: async (from, to, day, policy = defaultExchangePolicy) =>
      findConversion(policy.by === 'day' ? onDay : ofMonth, policy, from, to, day),
    policyOf: async (_entity, agreement): Promise<ExchangePolicy> =>
      world.agreements.find(({ id }) => id === agreement)?.exchange ?? defaultExchangePolicy,
  };
}

function ledgerOf(state: State): LedgerBooks {
  const rates = ratesOf(state.world);
  const currencyOf = (id: string): string => state.world.entities.find((each) => each.id === id)?.currency ?? '';
  return {
    openFrom: async () => undefined,
    post: async (entries) => {
      for (const entry of entries) {
        const own = currencyOf(entry.legalEntity);
        const conversions = new Map(
          await Promise.all(
            currenciesToConvert(entry, own).map(
              async (currency) => [currency, valueOrThrow(await rates.rateOn(currency, own, entry.day))] as const,
            ),
          ),
        );
        const completed: LedgerEntry = withEntityAmounts(entry, own, conversions);
        const fault = entryFault(completed) ?? entityAmountsFault(completed, own);
        if (fault !== undefined) throw new RefusedError(fault);
        const { legalEntity, day, cause, postings } = completed;
        state.entries.push({
          legalEntity,
          day,
          cause,
          postings: postings.map((each) => ({ ...each, entityAmountNanos: each.entityAmountNanos ?? each.amountNanos })),
        });
      }
      return entries.map(() => ({ entryId: 0n, isNew: true }));
    },
  };
}

/** As storage/periods has it, over the same statements: all that is charged and stands in no document. */
function unbilled(state: State, before: string): Unbilled {
  const settled = state.recorded.filter(({ statementId }) => state.outcomes.some((each) => each.statementId === statementId));
  const had = new Set(settled.flatMap(({ had: own }) => own));
  const open = there(state).filter((charge) => charge.day < before && !had.has(charge));
  const charges = totals(state, open).map(({ versionId, role, tariff, currency, amountNanos }) => ({
    ...{ agreement: state.world.agreements[versionId - 1]?.id ?? '', role, tariff, currency, amountNanos },
  }));
  const billed = new Map(
    [...Map.groupBy(settled, ({ agreement }) => agreement)].map(([agreement, records]) => [
      agreement,
      {
        theirs: [],
        billed: records
          .flatMap(({ deals }) => deals)
          .map(({ deal, window, side, amountNanos }) => ({ deal: deal.id, window: window.from, side, amountNanos })),
      },
    ]),
  );
  return { charges, carried: carriedIn(state), billed };
}

function carriedIn(state: State): readonly Carried[] {
  return state.outcomes
    .filter(({ outcome, withStatement }) => outcome === 'carried' && withStatement === undefined)
    .flatMap(({ statementId, side, currency }): Carried[] => {
      const record = state.recorded.find((each) => each.statementId === statementId);
      if (record === undefined) return [];
      const amounts = record.amounts.filter((each) => each.side === side && each.currency === currency);
      return [{ statementId, agreement: record.agreement, label: record.label, side, currency, amounts }];
    });
}
