/** Partners' invoices on the connection of a transaction. */
import type pg from 'pg';
import type { EntryCause } from '#core/ledger/entry.ts';
import type { Expected } from '#core/settlement/partner-invoices/clearing.ts';
import { type Cover, coversOf, type PartnerInvoice, type PartnerInvoiceStep } from '#core/settlement/partner-invoices/partner-invoice.ts';
import type { Service } from '#core/usage/usage-event.ts';
import type { PartnerInvoiceBooks, PartnerInvoiceFile } from '#operations/partner-invoices/ports.ts';
import { causeKey, entriesOfCauses } from '../ledger/read-entries.ts';
import { keepFile } from '../reconciliation/declaration-store.ts';
import {
  type BookedJson,
  bookedJson,
  type ContentJson,
  contentJson,
  readBooked,
  readContent,
  readTerms,
  type TermsJson,
  termsJson,
} from './invoice-json.ts';

export function partnerInvoiceBooksOn(client: pg.ClientBase): PartnerInvoiceBooks {
  return {
    lock: async (party, number) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 171))', [`${party}|${number}`]);
    },
    findNumber: async (party, number) =>
      (await select(client, 'where party = $1 and number = $2 order by version desc limit 1', [party, number]))[0],
    find: async (id, options) => {
      if (options?.lock === true) await client.query('select from partner_invoice where partner_invoice_id = $1 for update', [id]);
      return (await select(client, 'where partner_invoice_id = $1', [id]))[0];
    },
    list: ({ party, agreement }) =>
      select(
        client,
        `where ($1::text is null or party = $1) and ($2::text is null or exists (select from partner_invoice_cover c
           where c.partner_invoice_id = i.partner_invoice_id and c.agreement = $2)) order by partner_invoice_id desc`,
        [party ?? null, agreement ?? null],
      ),
    add: (invoice, version, from) => add(client, invoice, version, from),
    addStep: (id, step, booked) => addStep(client, id, step, booked === undefined ? undefined : bookedJson(booked)),
    addEntries: async (id, causes) => {
      await client.query(
        `insert into partner_invoice_entry (partner_invoice_id, step, cause_kind, cause_id)
         select $1, (select max(step) from partner_invoice_step where partner_invoice_id = $1 and kind = 'accepted'), * from unnest($2::text[], $3::text[])`,
        [id, causes.map(({ kind }) => kind), causes.map((each) => each.id)],
      );
    },
    entries: async (id) => {
      const { rows } = await client.query<{ legal_entity: string; cause_kind: EntryCause['kind']; cause_id: string }>(
        `select i.legal_entity, e.cause_kind, e.cause_id from partner_invoice_entry e join partner_invoice i using (partner_invoice_id)
          where partner_invoice_id = $1
            and step = (select max(step) from partner_invoice_step where partner_invoice_id = $1 and kind = 'accepted')`,
        [id],
      );
      const causes = rows.map((row) => ({ legalEntity: row.legal_entity, cause: { kind: row.cause_kind, id: row.cause_id } }));
      const found = await entriesOfCauses(client, causes);
      return causes.flatMap((cause) => found.get(causeKey(cause)) ?? []);
    },
    expected: (covers) => selectExpected(client, covers),
    closedUntil: async (agreement) => {
      const { rows } = await client.query<{ day: string | null }>('select max(day) as day from usage_closed_until where agreement = $1', [
        agreement,
      ]);
      return rows[0]?.day ?? undefined;
    },
    contested: async (legalEntity, account, document) => {
      const { rows } = await client.query<{ open: string; credited: string }>(
        `select trim_scale(coalesce(sum(net_nanos) filter (where last.kind not in ('withdrawn', 'settled')), 0)) as open,
                trim_scale(coalesce(sum((select net_nanos from dispute_step o where o.dispute_id = d.dispute_id and o.kind = 'offered'
                  order by step desc limit 1)) filter (where last.outcome in ('their-credit-note', 'their-self-billing')), 0)) as credited
           from dispute d join lateral (select kind, outcome from dispute_step s where s.dispute_id = d.dispute_id order by step desc limit 1) last on true
          where legal_entity = $1 and account = $2 and document = $3 and is_ours is false`,
        [legalEntity, account, document],
      );
      return { openNanos: BigInt(rows[0]?.open ?? '0'), creditedNanos: BigInt(rows[0]?.credited ?? '0') };
    },
    acceptedOf: async (statementIds) => {
      const { rows } = await client.query<{ id: bigint; currency: string }>(
        `select distinct a.partner_invoice_id as id, l.currency from partner_invoice_accepted a
           join statement_recorded r on r.agreement = a.agreement and r.from_day < a.period_to and a.period_from < r.to_day
           join ledger_chain l on l.legal_entity = a.legal_entity
          where r.statement_id = any($1) order by 1`,
        [statementIds],
      );
      const files = new Map(
        (rows.length === 0 ? [] : await select(client, 'where partner_invoice_id = any($1)', [rows.map(({ id }) => id)])).map((file) => [
          file.id,
          file,
        ]),
      );
      return rows.flatMap(({ id, currency }) => {
        const file = files.get(id);
        return file === undefined ? [] : [{ file, entityCurrency: currency }];
      });
    },
    settledDispute: async (id) => {
      const { rowCount } = await client.query(
        `select from dispute_step s join dispute d using (dispute_id) join partner_invoice i on i.number = s.result and i.account = d.account
          where i.partner_invoice_id = $1
            and (s.outcome = 'their-credit-note' and i.corrects = d.document or s.outcome = 'their-self-billing' and d.side = i.side)`,
        [id],
      );
      return (rowCount ?? 0) > 0;
    },
    openNanos: async ({ legalEntity, account, number, currency, side }) => {
      const { rows } = await client.query<{ nanos: string }>(
        `select trim_scale(coalesce(sum(p.amount_nanos), 0)) as nanos from ledger_posting p join ledger_entry e using (entry_id)
          where e.legal_entity = $1 and p.account = $2 and p.document = $3 and p.currency = $4 and p.ledger_account = $5`,
        [legalEntity, account, number, currency, side],
      );
      return BigInt(rows[0]?.nanos ?? '0');
    },
    isOurs: async (legalEntity, account, number) => {
      const { rowCount } = await client.query('select from invoice where legal_entity = $1 and account = $2 and number = $3', [
        legalEntity,
        account,
        number,
      ]);
      return (rowCount ?? 0) > 0;
    },
  };
}

async function add(
  client: pg.ClientBase,
  invoice: PartnerInvoice,
  version: number,
  { source, file, recorded, day }: Parameters<PartnerInvoiceBooks['add']>[2],
): Promise<bigint> {
  const sha256 = file === undefined ? null : await keepFile(client, file, recorded);
  const { rows } = await client.query<{ id: bigint }>(
    `insert into partner_invoice (legal_entity, party, account, number, version, kind, corrects, currency, issue_day, due_day, net_nanos,
       tax_nanos, total_nanos, content, source, file_sha256, side)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) returning partner_invoice_id as id`,
    [
      ...[invoice.legalEntity, invoice.party, invoice.account, invoice.number, version, invoice.kind, invoice.corrects ?? null],
      ...[invoice.currency, invoice.issueDay, invoice.dueDay, invoice.netNanos, invoice.taxNanos, invoice.totalNanos],
      ...[JSON.stringify(contentJson(invoice)), source, sha256, invoice.side],
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('an invoice of a partner was not written');
  const covers = coversOf(invoice);
  await client.query(
    `insert into partner_invoice_cover (partner_invoice_id, agreement, period_from, period_to, net_nanos, services)
     select $1, agreement, f, t, net, case when services = '' then null else string_to_array(services, ',') end
       from unnest($2::text[], $3::date[], $4::date[], $5::numeric[], $6::text[]) as c(agreement, f, t, net, services)`,
    [
      id,
      covers.map(({ agreement }) => agreement),
      covers.map(({ period }) => period.from),
      covers.map(({ period }) => period.to),
      covers.map(({ netNanos }) => netNanos.toString()),
      covers.map(({ services }) => (services ?? []).join(',')),
    ],
  );
  await addStep(client, id, { kind: 'received', by: recorded.by, day }, undefined);
  return id;
}

async function addStep(client: pg.ClientBase, id: bigint, step: PartnerInvoiceStep, booked: BookedJson | undefined): Promise<void> {
  const terms = step.kind === 'proposed' || step.kind === 'accepted' ? JSON.stringify(termsJson(step.terms)) : null;
  const reason = step.kind === 'refused' || step.kind === 'reversed' ? step.reason : null;
  await client.query(
    `insert into partner_invoice_step (partner_invoice_id, step, kind, day, made_by, reason, terms, booked)
     select $1, count(*), $2, $3, $4, $5, $6, $7 from partner_invoice_step where partner_invoice_id = $1`,
    [id, step.kind, step.day, step.by, reason, terms, booked === undefined ? null : JSON.stringify(booked)],
  );
}

/** What is unbilled of recorded statements that overlap the covers, by side and service: what was booked less what was taken back. */
async function selectExpected(client: pg.ClientBase, covers: readonly Cover[]): Promise<readonly Expected[]> {
  const { rows } = await client.query<{
    side: Expected['side'];
    statement: string;
    agreement: string;
    from_day: string;
    to_day: string;
    legal_entity: string;
    account: string;
    service: Service | null;
    currency: string;
    open: string;
    own: string;
  }>(
    `select r.id as statement, r.agreement, r.from_day, r.to_day, r.legal_entity, r.account, p.service, p.currency, s.side,
            trim_scale(sum(p.amount_nanos * s.sign)) as open, trim_scale(sum(p.entity_amount_nanos * s.sign)) as own
       from statement_recorded r
       join ledger_posting p on p.document = r.id and p.ledger_account in ('unbilled-payable', 'unbilled-receivable')
      -- What we expect to pay is a credit.
      cross join lateral (select case p.ledger_account when 'unbilled-payable' then 'payable' else 'receivable' end as side,
                                 case p.ledger_account when 'unbilled-payable' then -1 else 1 end as sign) s
      where exists (select from unnest($1::text[], $2::date[], $3::date[]) as c(agreement, f, t)
                     where c.agreement = r.agreement and r.from_day < c.t and c.f < r.to_day)
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(p.amount_nanos) <> 0 order by 3, 1, 9, 8, 7`,
    [covers.map(({ agreement }) => agreement), covers.map(({ period }) => period.from), covers.map(({ period }) => period.to)],
  );
  return rows.map((row) => ({
    ...{ side: row.side, statement: row.statement, agreement: row.agreement, period: { from: row.from_day, to: row.to_day } },
    ...{ legalEntity: row.legal_entity, account: row.account, currency: row.currency },
    ...(row.service === null ? {} : { service: row.service }),
    openNanos: BigInt(row.open),
    openEntityNanos: BigInt(row.own),
  }));
}

interface Row {
  readonly id: bigint;
  readonly version: number;
  readonly legal_entity: string;
  readonly party: string;
  readonly account: string;
  readonly number: string;
  readonly kind: PartnerInvoice['kind'];
  readonly side: PartnerInvoice['side'];
  readonly corrects: string | null;
  readonly currency: string;
  readonly issue_day: string;
  readonly due_day: string;
  readonly net_nanos: string;
  readonly tax_nanos: string;
  readonly total_nanos: string;
  readonly content: ContentJson;
  readonly source: string;
  readonly sha256: string | null;
}

interface StepRow {
  readonly id: bigint;
  readonly kind: PartnerInvoiceStep['kind'];
  readonly day: string;
  readonly made_by: string;
  readonly reason: string | null;
  readonly terms: TermsJson | null;
  readonly booked: BookedJson | null;
  readonly recorded_at: number;
}

async function select(client: pg.ClientBase, condition: string, values: readonly unknown[]): Promise<readonly PartnerInvoiceFile[]> {
  const { rows } = await client.query<Row>(
    `select partner_invoice_id as id, version, legal_entity, party, account, number, kind, side, corrects, currency, issue_day, due_day,
            trim_scale(net_nanos) as net_nanos, trim_scale(tax_nanos) as tax_nanos, trim_scale(total_nanos) as total_nanos, content, source,
            encode(file_sha256, 'hex') as sha256
       from partner_invoice i ${condition}`,
    [...values],
  );
  const steps = await client.query<StepRow>(
    `select partner_invoice_id as id, kind, day, made_by, reason, terms, booked, recorded_at from partner_invoice_step
      where partner_invoice_id = any($1) order by partner_invoice_id, step`,
    [rows.map(({ id }) => id)],
  );
  const stepsOf = Map.groupBy(steps.rows, ({ id }) => id);
  return rows.map((row) => fileOf(row, stepsOf.get(row.id) ?? []));
}

function fileOf(row: Row, steps: readonly StepRow[]): PartnerInvoiceFile {
  const { party, account, number, kind, side, currency, source } = row;
  const booked = steps.findLast((step) => step.kind === 'accepted')?.booked;
  return {
    ...{ id: row.id, version: row.version, source },
    invoice: {
      ...{ kind, side, legalEntity: row.legal_entity, party, account, number, issueDay: row.issue_day, dueDay: row.due_day, currency },
      ...(row.corrects === null ? {} : { corrects: row.corrects }),
      ...readContent(row.content),
      ...{ netNanos: BigInt(row.net_nanos), taxNanos: BigInt(row.tax_nanos), totalNanos: BigInt(row.total_nanos) },
    },
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    steps: steps.map((step) => ({ ...stepOf(step), recordedAtMicros: step.recorded_at })),
    ...(booked === undefined || booked === null ? {} : { booked: readBooked(booked) }),
  };
}

function stepOf({ kind, day, made_by: by, reason, terms }: StepRow): PartnerInvoiceStep {
  switch (kind) {
    case 'received':
      return { kind, by, day };
    case 'proposed':
    case 'accepted':
      return { kind, by, day, terms: readTerms(terms) };
    case 'refused':
    case 'reversed':
      return { kind, by, day, reason: reason ?? '' };
  }
}
