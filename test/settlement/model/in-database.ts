/** The same world through PostgreSQL: configuration and rollups written straight into the tables, the rest by `period accrue`, `close` and `approve`. */
import { accrue, approve, closeDue } from '#app/periods/closing.ts';
import type { Side } from '#core/agreements/agreements.ts';
import { parseContent } from '#core/invoicing/invoice-json.ts';
import type { EntryKind } from '#core/ledger/entry.ts';
import type { LedgerAccount } from '#core/ledger/ledger-accounts.ts';
import { formatDecimal } from '#core/money/decimal.ts';
import { RefusedError } from '#core/refusals.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { SideOutcome } from '#operations/periods/ports.ts';
import type { Database } from '#storage/database.ts';
import type { Made } from './outcome.ts';
import { STAGES, type World } from './world.ts';

const settings = { tax: { url: '', token: '', countries: '', timeoutMs: 1000, attempts: 1 } };

export async function makeInDatabase(database: Database, world: World): Promise<Made> {
  const lines = await writeBooks(database, world);
  const home = { database, settings };
  const refused: string[] = [];
  for (const [at, { accrueOn, closeOn, approveOn }] of STAGES.entries()) {
    await writeCharges(database, world, lines, at + 1);
    await accrue(home, accrueOn, 'ann');
    // Weeks may be empty here, and nothing be loaded after them.
    const closed = await closeDue(home, {
      on: closeOn,
      nowMicros: Date.parse(`${closeOn}T12:00:00Z`) * 1000,
      by: 'ann',
      override: 'empty weeks',
    });
    for (const { agreement, label, state, refusals } of closed) {
      if (state === 'refused' || state === 'blocked')
        refused.push(`${agreement}@${label}: ${refusals.map(({ message }) => message).join('; ')}`);
      if (state !== 'awaiting') continue;
      for (const by of ['ben', 'cy'])
        await approve(home, { agreement, label, on: approveOn, by }).catch((error) => {
          if (!(error instanceof RefusedError) || error.refusals[0]?.code !== 'period.not-awaited') throw error;
        });
    }
  }
  return { ...(await readBooks(database)), refused };
}

/** Returns the line of the rollup for each agreement, role and rate. */
async function writeBooks({ pool }: Database, world: World): Promise<ReadonlyMap<string, number>> {
  const put = async (kind: string, bodies: readonly (readonly [key: string, body: object])[]): Promise<readonly number[]> => {
    const { rows } = await pool.query<{ version_id: number }>(
      `insert into config_version (kind, key, body, known_from) select $1, key, body, '2025-01-01' from unnest($2::text[], $3::jsonb[]) with ordinality as t(key, body, at)
        order by at returning version_id`,
      [kind, bodies.map(([key]) => key), bodies.map(([, body]) => JSON.stringify(body))],
    );
    return rows.map(({ version_id }) => version_id);
  };
  const byId = <T extends { readonly id: string }>(all: readonly T[]) => all.map((each): [string, T] => [each.id, each]);
  await put('legalEntities', byId(world.entities));
  await put('parties', byId(world.parties));
  await put('accounts', byId(world.accounts));
  await put('withholdingRules', byId(world.withholding));
  const usual = { withoutCaller: 'ignore', charged: 'submitted', messageUnit: 'part', ratesBy: 'files' };
  const volume = { count: 'both', roundUpToBytes: 1, per: 'session' };
  await put('tariffs', byId(world.tariffs.map((tariff) => ({ ...usual, ...tariff, name: tariff.id, volume }))));
  const versions = await put(
    'agreements',
    world.agreements.map(({ versionId: _, ...body }) => [`${body.id}@${body.validFrom}`, body]),
  );
  const { rows: rates } = await pool.query<{ rate_id: number }>(
    `insert into rate (tariff, code, destination, price, first_seconds, next_seconds, valid_from, known_from)
     select tariff, '49', destination, price, 1, 1, '-infinity', '2025-01-01' from unnest($1::text[], $2::text[], $3::numeric[]) with ordinality as t(tariff, destination, price, at)
      order by at returning rate_id`,
    [world.rates.map(({ tariff }) => tariff), world.rates.map(({ destination }) => destination), world.rates.map(({ price }) => price)],
  );
  await pool.query(
    `insert into exchange_rate (source, day, "of", "into", rate, loaded_by)
     select 'ecb', day, 'EUR', "into", rate, 'ann' from unnest($1::date[], $2::text[], $3::numeric[]) as t(day, "into", rate)`,
    [world.exchange.map(({ day }) => day), world.exchange.map((rate) => rate.in), world.exchange.map(({ rate }) => formatDecimal(rate))],
  );
  const wanted = world.agreements.flatMap((agreement, at) =>
    agreement.services.flatMap(({ role, tariff }) =>
      world.rates
        .filter((rate) => rate.tariff === tariff)
        .map(({ id, destination }) => ({ agreement, version: versions[at], role, tariff, id, rate: rates[id - 1]?.rate_id, destination })),
    ),
  );
  const { rows } = await pool.query<{ line_id: number }>(
    `insert into rollup_line (agreement, version_id, role, tariff, rate_id, destination, band, currency)
     select agreement, version, role, tariff, rate, destination, '', currency
       from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[]) with ordinality
         as t(agreement, version, role, tariff, rate, destination, currency, at) order by at returning line_id`,
    [
      wanted.map(({ agreement }) => agreement.id),
      wanted.map(({ version }) => version),
      wanted.map(({ role }) => role),
      wanted.map(({ tariff }) => tariff),
      wanted.map(({ rate }) => rate),
      wanted.map(({ destination }) => destination),
      wanted.map(({ agreement }) => agreement.currency),
    ],
  );
  return new Map(wanted.map(({ agreement, role, id }, at) => [`${agreement.id} ${role} ${id}`, rows[at]?.line_id ?? 0]));
}

/** Adds the charges that come by a stage, as loading does: onto what the day has. */
async function writeCharges({ pool }: Database, { charges }: World, lines: ReadonlyMap<string, number>, stage: number): Promise<void> {
  const coming = charges.filter((charge) => charge.stage === stage);
  await pool.query(
    `insert into rollup_sum (line_id, day, events, answered, raw_quantity, billed_quantity, amount_nanos)
     select line, day, sum(events), sum(events), sum(billed), sum(billed), sum(nanos)
       from unnest($1::int[], $2::date[], $3::bigint[], $4::numeric[], $5::numeric[]) as t(line, day, events, billed, nanos) group by 1, 2
     on conflict (line_id, day) do update set events = rollup_sum.events + excluded.events, answered = rollup_sum.answered + excluded.answered,
       raw_quantity = rollup_sum.raw_quantity + excluded.raw_quantity, billed_quantity = rollup_sum.billed_quantity + excluded.billed_quantity,
       amount_nanos = rollup_sum.amount_nanos + excluded.amount_nanos`,
    [
      coming.map(({ agreement, role, rate }) => lines.get(`${agreement} ${role} ${rate}`)),
      coming.map(({ day }) => day),
      coming.map(({ events }) => events),
      coming.map(({ billed }) => billed.toString()),
      coming.map(({ amountNanos }) => amountNanos.toString()),
    ],
  );
  // As loads say what comes to days that may be closed: see storage/usage/rollup-rows.ts.
  await pool.query(
    `with came as (
       insert into rollup_arrival (line_id, day, came_at, events, answered, raw, billed, amount_nanos)
       select line, day, $6::date + time '12:00', events, events, billed, billed, nanos
         from unnest($1::int[], $2::date[], $3::bigint[], $4::numeric[], $5::numeric[]) as t(line, day, events, billed, nanos)
        where day < (select f.day from closing_floor f) returning line_id, day)
     insert into rollup_late select distinct line_id, day from came on conflict do nothing`,
    [
      coming.map(({ agreement, role, rate }) => lines.get(`${agreement} ${role} ${rate}`)),
      coming.map(({ day }) => day),
      coming.map(({ events }) => events),
      coming.map(({ billed }) => billed.toString()),
      coming.map(({ amountNanos }) => amountNanos.toString()),
      STAGES[stage - 1]?.closeOn,
    ],
  );
}

async function readBooks({ pool }: Database): Promise<Omit<Made, 'refused'>> {
  const { rows: statements } = await pool.query<{ statement_id: number; id: string }>('select statement_id, id from statement_recorded');
  const { rows: amounts } = await pool.query<{
    statement_id: number;
    side: Side;
    currency: string;
    service: Service;
    charges: string;
    adjusted: string;
  }>(
    `select statement_id, side, currency, service, charges_nanos::text as charges, adjusted_nanos::text as adjusted from statement_amount`,
  );
  const { rows: deals } = await pool.query<{ statement_id: number; deal: string; window: string; side: Side; amount: string }>(
    `select statement_id, deal, window_from as window, side, amount_nanos::text as amount from statement_deal`,
  );
  const { rows: outcomes } = await pool.query<{
    statement_id: number;
    side: Side;
    outcome: SideOutcome['outcome'];
    document: string | null;
  }>('select statement_id, side, outcome, document from statement_outcome');
  const { rows: invoices } = await pool.query<{ content: string }>('select content from invoice');
  const { rows: postings } = await pool.query<{
    entry_id: bigint;
    legal_entity: string;
    day: string;
    cause_kind: EntryKind;
    cause_id: string;
    ledger_account: LedgerAccount;
    account: string | null;
    agreement: string | null;
    currency: string;
    amount: string;
    worth: string;
  }>(
    `select entry_id, legal_entity, day, cause_kind, cause_id, ledger_account, account, agreement, currency, amount_nanos::text as amount,
            entity_amount_nanos::text as worth from ledger_entry join ledger_posting using (entry_id) order by entry_id, line`,
  );
  return {
    statements: statements.map(({ statement_id, id }) => ({
      id,
      amounts: amounts
        .filter((each) => each.statement_id === statement_id)
        .map(({ charges, adjusted, ...rest }) => ({ ...rest, chargesNanos: BigInt(charges), adjustedNanos: BigInt(adjusted) })),
      deals: deals
        .filter((each) => each.statement_id === statement_id)
        .map(({ amount, ...rest }) => ({ ...rest, amountNanos: BigInt(amount) })),
      outcomes: outcomes
        .filter((each) => each.statement_id === statement_id)
        .map(({ document, ...rest }) => ({ ...rest, document: document ?? undefined })),
    })),
    documents: new Map(
      invoices.map(({ content: text }) => {
        const content = parseContent(text);
        return [`${content.legalEntity} ${(content as { number?: string }).number}`, content];
      }),
    ),
    entries: [...Map.groupBy(postings, ({ entry_id }) => entry_id).values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      return [
        {
          ...{ legalEntity: first.legal_entity, day: first.day, cause: { kind: first.cause_kind, id: first.cause_id } },
          postings: own.map(({ ledger_account, account, agreement, currency, amount, worth }) => ({
            ...{ ledgerAccount: ledger_account, currency, amountNanos: BigInt(amount), entityAmountNanos: BigInt(worth) },
            ...(account === null ? {} : { account }),
            ...(agreement === null ? {} : { agreement }),
          })),
        },
      ];
    }),
  };
}
