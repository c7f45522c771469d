/** Closing over PostgreSQL. One turn at a time, whoever asks from wherever: the lock is held until the turn's transaction ends. */
import type pg from 'pg';
import type { Side } from '#core/agreements/agreements.ts';
import { accrualReversalOf } from '#core/ledger/reversal.ts';
import type { Period } from '#core/time/period.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type {
  Carried,
  PeriodReading,
  PeriodStore,
  PeriodTurn,
  RecordedStatement,
  Standing,
  StatedAmount,
} from '#operations/periods/ports.ts';
import type { AgreementTerms } from '#operations/settlement/books.ts';
import { arrayText } from '../array-text.ts';
import type { Database } from '../database.ts';
import { exchangeRatesOn } from '../exchange/exchange-rates.ts';
import { invoiceBooksOn } from '../invoicing/invoice-books.ts';
import { ledgerBooksOn } from '../ledger/ledger-books.ts';
import { causeKey, entriesOfCauses } from '../ledger/read-entries.ts';
import { partnerInvoiceBooksOn } from '../partner-invoices/partner-invoice-books.ts';
import { selectAllTerms } from '../settlement/agreement-terms.ts';
import { batchBooks, type RunMemory } from '../settlement/batch-books.ts';
import { TEXT_COLUMNS, type TextRow, textsOf } from '../text-blocks.ts';
import { isChargedFrom, selectActiveDays } from './active-days.ts';
import { selectBilledFees } from './billed-fees.ts';
import { selectBoard, selectUnbilled } from './board.ts';
import { raiseFloor } from './floor.ts';
import { refuseLate, selectLatePeriods } from './late-periods.ts';
import { selectOpenTraffic } from './open-traffic.ts';
import { insertStatements, statementNumbers } from './write-statements.ts';

/** Any number that no other lock of Carillon has. */
const TURN_LOCK = 4_110_001;

export function periodStore(database: Database): PeriodStore {
  const memory: RunMemory = {};
  return {
    announce: (day) => raiseFloor(database, day),
    read: (terms, period, onlyLate = false) => openReading(database, terms, { period, onlyLate }, memory),
    latePeriods: (terms, on) => database.transaction((client) => selectLatePeriods(client, terms, on)),
    turn: (work) =>
      database.transaction(async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [TURN_LOCK]);
        return work(turnOn(client));
      }),
    board: (agreement, after) => database.transaction((client) => selectBoard(client, agreement, after)),
    content: (agreement, label, version) => database.transaction((client) => selectRecorded(client, agreement, label, version)),
    unbilled: (before, withFees) =>
      database.transaction(async (client) => ({
        charges: await selectUnbilled(client, before),
        carried: await selectCarried(client, { before }),
        billed: await selectBilledFees(client, before, withFees),
      })),
    postAccruals: (accruals, takenBackOn) =>
      database.transaction(async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [TURN_LOCK]);
        const standing = await entriesOfCauses(client, accruals);
        const fresh = accruals.filter((accrual) => !standing.has(causeKey(accrual)));
        const books = ledgerBooksOn(client);
        await books.post(fresh);
        const booked = await entriesOfCauses(client, fresh);
        const reversals = fresh
          .flatMap((accrual) => booked.get(causeKey(accrual)) ?? [])
          .map((each) => accrualReversalOf(each, takenBackOn));
        await books.post(reversals);
        return fresh.length + reversals.length;
      }),
    agreements: () => selectAllTerms(database.pool),
    standings: (agreements) => database.transaction((client) => selectStandings(client, agreements)),
  };
}

/** On a connection of its own, at one moment, until it is ended. */
function openReading(
  database: Database,
  terms: ReadonlyMap<string, AgreementTerms>,
  { period, onlyLate }: { readonly period: Period; readonly onlyLate: boolean },
  memory: RunMemory,
): Promise<PeriodReading> {
  return new Promise((opened, failed) => {
    database
      .transaction(async (reader) => {
        await reader.query('set transaction isolation level repeatable read, read only');
        const agreements = [...terms.keys()];
        const closedUntil = await selectClosedUntil(reader, agreements);
        const carried = await selectCarried(reader, { agreements });
        const books = await batchBooks(reader, terms, { period, onlyLate }, memory);
        const openTraffic = await selectOpenTraffic(reader, period.to);
        const rates = exchangeRatesOn(reader);
        const sparse = [...terms.values()].filter((each) => !books.isDaily(each.versions));
        const versions = sparse.flatMap((each) => each.versions.map(({ versionId }) => versionId));
        const activeDays = await selectActiveDays(reader, versions, period);
        const chargedBeyond = (): Promise<boolean> => {
          memory.chargedFrom ??= new Map();
          const known = memory.chargedFrom.get(period.to) ?? isChargedFrom(reader, period.to);
          memory.chargedFrom.set(period.to, known);
          return known;
        };
        await new Promise<void>((end) =>
          opened({ books, rates, openTraffic, closedUntil, carried, chargesOf: books.chargesOf, activeDays, chargedBeyond, end }),
        );
      })
      .catch(failed);
  });
}

function turnOn(client: pg.PoolClient): PeriodTurn {
  return {
    issuing: { invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client) },
    rates: exchangeRatesOn(client),
    theirs: partnerInvoiceBooksOn(client),
    closedUntil: (agreements) => selectClosedUntil(client, agreements),
    refuseLate: (terms, days, on, by) => refuseLate(client, terms, { days, on, by }),
    number: (many) => statementNumbers(client, many),
    record: (records, numbers) => insertStatements(client, records, numbers),
    settle: async (outcomes) => {
      await client.query(
        `insert into statement_outcome (statement_id, side, currency, outcome, document, booked_on)
         select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[])`,
        columnsOf(outcomes, [
          ({ statementId }) => statementId,
          ({ side }) => side,
          ({ currency }) => currency,
          ({ outcome }) => outcome,
          ({ document }) => document ?? null,
          ({ bookedOn }) => bookedOn,
        ]),
      );
    },
    carried: (agreements) => selectCarried(client, { agreements }),
    takeCarried: async (carried, withStatement) => {
      await client.query(
        `update statement_outcome o set with_statement = $4 from unnest($1::int[], $2::text[], $3::text[]) as t(id, side, currency)
          where (o.statement_id, o.side, o.currency) = (t.id, t.side, t.currency)`,
        [...columnsOf(carried, [({ statementId }) => statementId, ({ side }) => side, ({ currency }) => currency]), withStatement],
      );
    },
    find: (agreement, label) => selectRecorded(client, agreement, label),
    approve: async (statementId, by, on) => {
      await client.query('insert into statement_approval (statement_id, approved_by, approved_on) values ($1, $2, $3)', [
        statementId,
        by,
        on,
      ]);
    },
  };
}

function columnsOf<T>(rows: readonly T[], fields: readonly ((row: T) => string | number | null)[]): string[] {
  return fields.map((field) => arrayText(rows.map(field)));
}

async function selectClosedUntil(client: pg.PoolClient, agreements: readonly string[]): Promise<ReadonlyMap<string, string>> {
  // One value: `pg` takes longer for hundreds of rows than the server for finding them.
  const { rows } = await client.query<{ days: Readonly<Record<string, string>> | null }>(
    `select json_object_agg(agreement, day) as days
       from unnest($1::text[]) as a(agreement) cross join lateral (
         select day from usage_closed_until u where u.agreement = a.agreement order by day desc limit 1) closed`,
    [arrayText(agreements)],
  );
  return new Map(Object.entries(rows[0]?.days ?? {}));
}

/** Of all where none are named. Charges are looked for only where nothing is closed yet: then the first day says where closing begins. */
async function selectStandings(client: pg.PoolClient, named: readonly string[] | undefined): Promise<ReadonlyMap<string, Standing>> {
  const all = `select distinct body->>'id' as agreement from config_version where kind = 'agreements' and known_to = 'infinity'`;
  // One value, as above.
  const { rows } = await client.query<{ standings: readonly (readonly [string, string | null, string | null])[] | null }>(
    `with asked as materialized (${named === undefined ? all : 'select * from unnest($1::text[]) as a(agreement)'}),
       closed as materialized (
         select agreement, day from asked cross join lateral (
           select day from usage_closed_until u where u.agreement = asked.agreement order by day desc limit 1) last),
       begun as (
         select l.agreement, min(first.day) as day from rollup_line l
           cross join lateral (select day from rollup_sum s where s.line_id = l.line_id order by day limit 1) first
          where l.agreement in (select agreement from asked except select agreement from closed) group by 1)
     select json_agg(json_build_array(agreement, closed, begun)) as standings
       from (select agreement, day as closed, null::date as begun from closed union all select agreement, null, day from begun) standing`,
    named === undefined ? [] : [arrayText(named)],
  );
  return new Map(
    (rows[0]?.standings ?? []).map(([agreement, closed, begun]) => [
      agreement,
      { closedUntil: closed ?? undefined, firstDay: begun ?? undefined },
    ]),
  );
}

interface AmountJson {
  readonly side: Side;
  readonly currency: string;
  readonly service: Service;
  readonly charges: string;
  readonly adjusted: string;
}

const AMOUNTS = `(select json_agg(json_build_object('side', a.side, 'currency', a.currency, 'service', a.service,
    'charges', a.charges_nanos::text, 'adjusted', a.adjusted_nanos::text) order by a.side, a.currency, a.service)
  from statement_amount a where a.statement_id = r.statement_id`;

function amountsOf(amounts: readonly AmountJson[] | null): readonly StatedAmount[] {
  return (amounts ?? []).map(({ charges, adjusted, ...rest }) => ({
    ...rest,
    chargesNanos: BigInt(charges),
    adjustedNanos: BigInt(adjusted),
  }));
}

/** Carried before a day, and not on a document that was booked before it. */
const CARRIED_THEN = `o.booked_on < $1 and not exists (
  select from statement_outcome t where t.statement_id = o.with_statement and t.side = o.side and t.currency = o.currency and t.booked_on < $1)`;

/** What no document has: now of these agreements, or of all by a day. */
async function selectCarried(
  client: pg.PoolClient,
  { agreements, before }: { readonly agreements?: readonly string[]; readonly before?: string },
): Promise<readonly Carried[]> {
  const { rows } = await client.query<{
    statement_id: number;
    agreement: string;
    label: string;
    side: Side;
    currency: string;
    amounts: AmountJson[] | null;
  }>(
    `select r.statement_id, r.agreement, r.label, o.side, o.currency,
            ${AMOUNTS} and a.side = o.side and a.currency = o.currency) as amounts
       from statement_outcome o join statement_recorded r using (statement_id)
      where o.outcome = 'carried' and ${agreements === undefined ? CARRIED_THEN : 'o.with_statement is null and r.agreement = any($1)'} order by 1, 4, 5`,
    [agreements ?? before],
  );
  return rows.map(({ statement_id, amounts, ...row }) => ({ statementId: statement_id, ...row, amounts: amountsOf(amounts) }));
}

/** The latest version unless told. */
async function selectRecorded(
  client: pg.PoolClient,
  agreement: string,
  label: string,
  version?: number,
): Promise<RecordedStatement | undefined> {
  const { rows } = await client.query<
    {
      statement_id: number;
      id: string;
      from_day: string;
      to_day: string;
      sha256: string;
      approvals: number;
      approved_by: string[] | null;
      settled: boolean;
      amounts: AmountJson[] | null;
    } & TextRow
  >(
    `select r.statement_id, id, from_day, to_day, ${TEXT_COLUMNS}, sha256, approvals, ${AMOUNTS}) as amounts,
            (select array_agg(approved_by order by approved_at) from statement_approval p where p.statement_id = r.statement_id) as approved_by,
            approvals <= (select count(*) from statement_approval p where p.statement_id = r.statement_id)
              or exists (select from statement_outcome o where o.statement_id = r.statement_id) as settled
       from statement_recorded r where agreement = $1 and label = $2 and ($3::int is null or version = $3) order by version desc limit 1`,
    [agreement, label, version ?? null],
  );
  const [content = ''] = await textsOf(client, rows);
  return rows.map((row): RecordedStatement => {
    const { statement_id: statementId, id, sha256, approvals, settled } = row;
    const period = { from: row.from_day, to: row.to_day };
    return {
      ...{ statementId, id, agreement, label, period, content, sha256, approvals, settled },
      approvedBy: row.approved_by ?? [],
      amounts: amountsOf(row.amounts),
    };
  })[0];
}
