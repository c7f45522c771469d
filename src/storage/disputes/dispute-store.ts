import type pg from 'pg';
import { settlementOf } from '#core/agreements/agreements.ts';
import type { DisputeOutcome, DisputeParty, DisputeStep } from '#core/settlement/disputes/dispute.ts';
import type { Period } from '#core/time/period.ts';
import type { ContestedDocument, Dispute, DisputeBooks, DisputeFile, RecordedStep } from '#operations/disputes/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { keepFile } from '../reconciliation/declaration-store.ts';
import { selectAgreementTerms } from '../settlement/agreement-terms.ts';

export function disputeBooksOn(client: pg.ClientBase): DisputeBooks {
  return {
    documents: async (number) => [...(await ourDocuments(client, number)), ...(await theirDocuments(client, number))],
    contestedNanos: async (legalEntity, account, document) => {
      // Two who contest one document wait for each other.
      await client.query(`select pg_advisory_xact_lock(hashtextextended($1, 170))`, [`${legalEntity}|${account}|${document}`]);
      const { rows } = await client.query<{ sum: string }>(
        `select trim_scale(coalesce(sum(net_nanos), 0)) as sum from dispute d where legal_entity = $1 and document = $2 and account = $3
            and not exists (select from dispute_step s where s.dispute_id = d.dispute_id and s.kind in ('withdrawn', 'settled'))`,
        [legalEntity, document, account],
      );
      return BigInt(rows[0]?.sum ?? '0');
    },
    insert: async (dispute, first, evidence) => {
      const { rows } = await client.query<{ dispute_id: bigint }>(
        `insert into dispute (side, legal_entity, account, document, agreement, line, currency, net_nanos, gross_nanos, reason, respond_by, raised_on,
           party, is_ours)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning dispute_id`,
        [
          ...[dispute.side, dispute.legalEntity, dispute.account, dispute.document, dispute.agreement ?? null, dispute.line ?? null],
          ...[dispute.currency, dispute.netNanos, dispute.grossNanos, dispute.reason, dispute.respondBy, dispute.raisedOn],
          ...[dispute.party, dispute.isOurs],
        ],
      );
      const id = rows[0]?.dispute_id;
      if (id === undefined) throw new Error('a dispute was not written');
      await addStep(client, id, 0, first);
      for (const file of evidence) {
        const sha256 = await keepFile(client, file, first.recorded);
        await client.query('insert into dispute_evidence (dispute_id, sha256, name) values ($1, $2, $3) on conflict do nothing', [
          id,
          sha256,
          file.name,
        ]);
      }
      return id;
    },
    find: async (id, options) => {
      if (!/^\d{1,18}$/.test(id)) return undefined;
      return (await select(client, `where dispute_id = $1 ${options?.lock === true ? 'for update' : ''}`, [id]))[0];
    },
    addStep: (id, position, step) => addStep(client, id, position, step),
    list: () => select(client, 'order by dispute_id desc', []),
    agreedOf: async (legalEntity, account, document) => {
      const { rows } = await client.query<{ dispute_id: bigint }>(
        `select d.dispute_id from dispute d where legal_entity = $1 and account = $2 and document = $3 and side = 'payable'
            and (select kind from dispute_step s where s.dispute_id = d.dispute_id order by step desc limit 1) = 'accepted' order by 1 limit 1`,
        [legalEntity, account, document],
      );
      return rows[0]?.dispute_id;
    },
    addReminder: async (dispute, step, day, by) => {
      const { rows } = await client.query<{ reminder_id: bigint }>(
        `insert into dispute_reminder (dispute_id, step, day, made_by)
         select $1, $2, $3, $4 where not exists (select from dispute_reminder where dispute_id = $1 and step = $2)
         on conflict do nothing returning reminder_id`,
        [dispute, step, day, by],
      );
      return rows[0]?.reminder_id;
    },
    hasCorrectionRun: async (run) => {
      if (!/^\d{1,9}$/.test(run)) return false;
      const { rowCount } = await client.query(`select from correction_run where run_id = $1 and kind = 're-rate' and state = 'done'`, [
        run,
      ]);
      return rowCount === 1;
    },
  };
}

/** `DSP-000004`. */
export async function selectReminder(
  client: pg.ClientBase,
  number: string,
): Promise<{ readonly disputeId: bigint; readonly step: number; readonly day: string } | undefined> {
  const [, digits] = /^DSP-(\d{1,18})$/.exec(number) ?? [];
  if (digits === undefined) return undefined;
  const { rows } = await client.query<{ dispute_id: bigint; step: number; day: string }>(
    'select dispute_id, step, day from dispute_reminder where reminder_id = $1',
    [digits],
  );
  return rows.map(({ dispute_id: disputeId, step, day }) => ({ disputeId, step, day }))[0];
}

/** Number of the re-rating that was done under a name. */
export async function rerateRunNamed(client: pg.ClientBase, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ run_id: number }>(
    `select run_id from correction_run where kind = 're-rate' and state = 'done' and starts_with(why, $1 || ':') order by run_id limit 1`,
    [name],
  );
  return rows[0] === undefined ? undefined : String(rows[0].run_id);
}

/** The days that a disputed document is about. */
export async function daysOfDocument(
  client: pg.ClientBase,
  { legalEntity, account, document, agreement }: Dispute,
): Promise<Period | undefined> {
  const { rows } = await client.query<{ from_day: string | null; to_day: string | null }>(
    `select min(f) as from_day, max(t) as to_day from (
       select period_from as f, period_to as t from invoice where legal_entity = $1 and account = $2 and number = $3
       union all
       select period_from, period_to from partner_invoice join partner_invoice_cover using (partner_invoice_id)
        where legal_entity = $1 and account = $2 and number = $3 and agreement = $4) as days`,
    [legalEntity, account, document, agreement ?? ''],
  );
  const [row] = rows;
  return row?.from_day == null || row.to_day === null ? undefined : { from: row.from_day, to: row.to_day };
}

async function ourDocuments(client: pg.ClientBase, number: string): Promise<readonly ContestedDocument[]> {
  const { rows } = await client.query<{
    legal_entity: string;
    account: string;
    party: string;
    kind: string;
    currency: string;
    net: string;
    total: string;
    issue_day: string;
    statement: string | null;
    content: string;
  }>(
    `select legal_entity, account, party, kind, currency, trim_scale(net_nanos) as net, trim_scale(total_nanos) as total, issue_day, statement, content
       from invoice where number = $1 and kind in ('invoice', 'debit-note', 'self-billing') order by legal_entity`,
    [number],
  );
  const found: ContestedDocument[] = [];
  for (const row of rows) {
    // The statement that it bills names the agreement; else its first line that does.
    const parsed: { readonly lines?: readonly { readonly agreement?: string }[] } = JSON.parse(row.content);
    const agreement = row.statement?.split('@')[0] ?? parsed.lines?.find((line) => line.agreement !== undefined)?.agreement;
    found.push({
      ...{
        legalEntity: row.legal_entity,
        account: row.account,
        party: row.party,
        number,
        currency: row.currency,
        issueDay: row.issue_day,
        isOurs: true,
      },
      side: row.kind === 'self-billing' ? 'payable' : 'receivable',
      netNanos: BigInt(row.net),
      totalNanos: BigInt(row.total),
      ...(await ofAgreement(client, agreement)),
    });
  }
  return found;
}

/** Their invoices, self-billed ones too, that were not refused. */
async function theirDocuments(client: pg.ClientBase, number: string): Promise<readonly ContestedDocument[]> {
  const { rows } = await client.query<{
    legal_entity: string;
    account: string;
    party: string;
    currency: string;
    net: string;
    total: string;
    issue_day: string;
    agreement: string | null;
    side: Dispute['side'];
  }>(
    `select distinct on (party) side, legal_entity, account, party, currency, trim_scale(net_nanos) as net, trim_scale(total_nanos) as total, issue_day,
            (select agreement from partner_invoice_cover c where c.partner_invoice_id = i.partner_invoice_id order by period_from, agreement limit 1) as agreement
       from partner_invoice i where number = $1 and kind = 'invoice'
        and (select kind from partner_invoice_step s where s.partner_invoice_id = i.partner_invoice_id order by step desc limit 1) <> 'refused'
      order by party, version desc`,
    [number],
  );
  const found: ContestedDocument[] = [];
  for (const { legal_entity: legalEntity, account, party, currency, net, total, issue_day: issueDay, agreement, side } of rows)
    found.push({
      ...{ side, legalEntity, account, party, number, currency, isOurs: false, issueDay },
      netNanos: BigInt(net),
      totalNanos: BigInt(total),
      ...(await ofAgreement(client, agreement ?? undefined)),
    });
  return found;
}

async function ofAgreement(
  client: pg.ClientBase,
  agreement: string | undefined,
): Promise<Pick<ContestedDocument, 'agreement' | 'windowDays'>> {
  if (agreement === undefined) return {};
  const version = (await selectAgreementTerms(client, agreement, undefined))?.known.at(-1);
  const windowDays = version === undefined ? undefined : settlementOf(version).disputeWindowDays;
  return { agreement, ...(windowDays === undefined ? {} : { windowDays }) };
}

async function addStep(client: pg.ClientBase, id: bigint, position: number, { step, note, result, recorded }: RecordedStep): Promise<void> {
  await client.query(
    `insert into dispute_step (dispute_id, step, kind, made_by, net_nanos, outcome, result, note, day, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, position, step.kind, step.by, step.kind === 'offered' ? step.netNanos : null, step.kind === 'settled' ? step.outcome : null],
      ...[result ?? null, note, step.day, formatTimestamptz(recorded.atMicros), recorded.by],
    ],
  );
}

interface DisputeRow {
  readonly dispute_id: bigint;
  readonly side: Dispute['side'];
  readonly legal_entity: string;
  readonly account: string;
  readonly party: string | null;
  readonly is_ours: boolean | null;
  readonly document: string;
  readonly agreement: string | null;
  readonly line: number | null;
  readonly currency: string;
  readonly net_nanos: string;
  readonly gross_nanos: string;
  readonly reason: string;
  readonly respond_by: string;
  readonly raised_on: string;
}

interface StepRow {
  readonly dispute_id: bigint;
  readonly kind: DisputeStep['kind'];
  readonly made_by: DisputeParty;
  readonly net_nanos: string | null;
  readonly outcome: DisputeOutcome | null;
  readonly result: string | null;
  readonly note: string;
  readonly day: string;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

async function select(client: pg.ClientBase, condition: string, values: readonly unknown[]): Promise<readonly DisputeFile[]> {
  const { rows } = await client.query<DisputeRow>(`select * from dispute ${condition}`, [...values]);
  const ids = rows.map(({ dispute_id }) => dispute_id);
  const steps = await client.query<StepRow>('select * from dispute_step where dispute_id = any($1) order by dispute_id, step', [ids]);
  const evidence = await client.query<{ dispute_id: bigint; name: string; sha256: string }>(
    `select dispute_id, name, encode(sha256, 'hex') as sha256 from dispute_evidence where dispute_id = any($1) order by name`,
    [ids],
  );
  return rows.map((row) => ({
    dispute: disputeOf(row),
    steps: steps.rows.filter((each) => each.dispute_id === row.dispute_id).map(stepOf),
    evidence: evidence.rows.filter((each) => each.dispute_id === row.dispute_id).map(({ name, sha256 }) => ({ name, sha256 })),
  }));
}

function disputeOf(row: DisputeRow): Dispute {
  const { side, account, document, currency, reason } = row;
  return {
    ...{ id: row.dispute_id, side, account, document, currency, reason, legalEntity: row.legal_entity },
    // Those raised before partners' invoices were kept are of documents of ours.
    ...{ party: row.party ?? '', isOurs: row.is_ours ?? true },
    netNanos: BigInt(row.net_nanos),
    grossNanos: BigInt(row.gross_nanos),
    respondBy: row.respond_by,
    raisedOn: row.raised_on,
    ...(row.agreement === null ? {} : { agreement: row.agreement }),
    ...(row.line === null ? {} : { line: row.line }),
  };
}

function stepOf(row: StepRow): RecordedStep {
  const { kind, made_by: by, day, note, result } = row;
  return {
    step: stepKind(kind, by, day, row),
    note,
    recorded: { atMicros: row.recorded_at, by: row.recorded_by },
    ...(result === null ? {} : { result }),
  };
}

function stepKind(kind: DisputeStep['kind'], by: DisputeParty, day: string, { net_nanos, outcome }: StepRow): DisputeStep {
  switch (kind) {
    case 'offered':
      return { kind, by, day, netNanos: BigInt(net_nanos ?? '0') };
    case 'settled':
      return { kind, by, day, outcome: outcome ?? 'credit-note' };
    default:
      return { kind, by, day };
  }
}
