/** Overdue documents with the letters that asked for them. */
import type pg from 'pg';
import type { Account } from '#core/parties/parties.ts';
import type { NoticeLine, OverdueDocument } from '#core/payments/dunning.ts';
import type { DunningBooks, OverdueAccount, StoredNotice } from '#operations/dunning/ports.ts';
import { openItems } from '../ledger/reports.ts';

export function dunningBooksOn(client: pg.ClientBase): DunningBooks {
  return {
    lock: async (account) => {
      await client.query("select pg_advisory_xact_lock(hashtextextended('carillon dunning ' || $1, 0))", [account]);
    },
    overdue: (legalEntity, day, account) => overdue(client, legalEntity, day, account),
    noticeOf: async (legalEntity, account, currency, day) => {
      const [notice] = await selectNotices(client, { legalEntity, account, currency, day });
      return notice;
    },
    save: (notice, moved, by) => save(client, notice, moved, by),
    hold: async (account, day, why, by) => {
      const { rowCount } = await client.query(
        `insert into account_hold (account, why, held_by, held_day) values ($1, $2, $3, $4) on conflict (account) where released_day is null do nothing`,
        [account, why, by, day],
      );
      return rowCount === 1;
    },
    release: async (account, day, why, by) => {
      const { rowCount } = await client.query(
        'update account_hold set released_by = $2, released_day = $3, release_why = $4 where account = $1 and released_day is null',
        [account, by, day, why],
      );
      return rowCount === 1;
    },
    heldAccounts: async (legalEntity) => {
      const { rows } = await client.query<{ account: string }>(
        `select h.account from account_hold h
           join config_version v on v.kind = 'accounts' and v.key = h.account and v.known_to = 'infinity' and v.body->>'legalEntity' = $1
          where h.released_day is null and h.why like 'DUN-%' order by 1`,
        [legalEntity],
      );
      return rows.map(({ account }) => account);
    },
  };
}

interface ProgressRow {
  readonly account: string;
  readonly document: string;
  readonly stage: number;
  readonly last_day: string;
}

async function overdue(
  client: pg.ClientBase,
  legalEntity: string,
  day: string,
  only: string | undefined,
): Promise<readonly OverdueAccount[]> {
  const items = (await openItems(client, { legalEntity, on: day, ...(only === undefined ? {} : { account: only }) })).filter(
    ({ ledgerAccount, openNanos }) => ledgerAccount === 'receivable' && openNanos > 0n,
  );
  const accounts = await accountsNow(
    client,
    items.map(({ account }) => account),
  );
  const progress = await progressOf(
    client,
    items.map(({ document }) => document),
  );
  const paused = await pausedOn(client, day);
  const groups = Map.groupBy(items, ({ account, currency }) => `${account} ${currency}`);
  return [...groups.values()].flatMap((group): OverdueAccount[] => {
    const [first] = group;
    const account = first === undefined ? undefined : accounts.get(first.account);
    if (first === undefined || account === undefined) return [];
    const documents = group.map((item): OverdueDocument => {
      const asked = progress.get(`${item.account} ${item.document}`);
      return {
        document: item.document,
        dueDay: item.dueDay ?? item.firstDay,
        owedNanos: item.openNanos - item.disputedNanos,
        stage: asked?.stage ?? 0,
        lastDay: asked?.last_day,
        isPaused: paused.has(item.account) || paused.has(`${item.account} ${item.document}`),
        isFee: /^DUN-\d+$/.test(item.document),
      };
    });
    return [{ account, currency: first.currency, documents }];
  });
}

async function accountsNow(client: pg.ClientBase, ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  const { rows } = await client.query<{ body: Account }>(
    "select body from config_version where kind = 'accounts' and known_to = 'infinity' and key = any($1)",
    [ids],
  );
  return new Map(rows.map(({ body }) => [body.id, body]));
}

async function progressOf(client: pg.ClientBase, documents: readonly string[]): Promise<ReadonlyMap<string, ProgressRow>> {
  const { rows } = await client.query<ProgressRow>(
    `select n.account, l.document, max(l.stage) as stage, max(n.day)::text as last_day
       from dunning_notice_line l join dunning_notice n using (notice_id) where l.document = any($1) and l.stage > 0 group by 1, 2`,
    [documents],
  );
  return new Map(rows.map((row) => [`${row.account} ${row.document}`, row]));
}

/** Accounts, and documents as `account document`, that are not asked for on the day. */
async function pausedOn(client: pg.ClientBase, day: string): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ subject: string }>(
    `select account || coalesce(' ' || document, '') as subject from (
       select distinct on (account, document) account, document, until_day from dunning_pause order by account, document, pause_id desc) p
      where until_day is null or until_day >= $1`,
    [day],
  );
  return new Set(rows.map(({ subject }) => subject));
}

async function save(
  client: pg.ClientBase,
  notice: Omit<StoredNotice, 'noticeId' | 'number'>,
  moved: readonly string[],
  by: string,
): Promise<StoredNotice> {
  const { rows } = await client.query<{ notice_id: bigint }>(
    `insert into dunning_notice (legal_entity, account, currency, day, stage, stage_name, tone, owed_nanos, fee_nanos, pay_by, made_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning notice_id`,
    [
      ...[notice.legalEntity, notice.account, notice.currency, notice.day, notice.stage, notice.stageName, notice.tone],
      ...[notice.owedNanos, notice.feeNanos, notice.payBy, by],
    ],
  );
  const noticeId = rows[0]?.notice_id;
  if (noticeId === undefined) throw new Error('the letter was not entered');
  await client.query(
    `insert into dunning_notice_line (notice_id, position, document, due_day, owed_nanos, stage, moved)
     select $1, n, document, due_day, owed, stage, moved
       from unnest($2::text[], $3::date[], $4::numeric[], $5::integer[], $6::boolean[]) with ordinality as t(document, due_day, owed, stage, moved, n)`,
    [
      noticeId,
      notice.lines.map(({ document }) => document),
      notice.lines.map(({ dueDay }) => dueDay),
      notice.lines.map(({ owedNanos }) => owedNanos),
      notice.lines.map(({ stage }) => stage),
      notice.lines.map(({ document }) => moved.includes(document)),
    ],
  );
  return { ...notice, noticeId, number: numberOf(noticeId) };
}

function numberOf(noticeId: bigint): string {
  return `DUN-${String(noticeId).padStart(6, '0')}`;
}

export interface NoticeFilter {
  readonly legalEntity?: string;
  readonly account?: string;
  readonly currency?: string;
  readonly day?: string;
  readonly noticeId?: bigint;
  readonly limit?: number;
}

interface NoticeRow {
  readonly notice_id: bigint;
  readonly legal_entity: string;
  readonly account: string;
  readonly currency: string;
  readonly day: string;
  readonly stage: number;
  readonly stage_name: string;
  readonly tone: StoredNotice['tone'];
  readonly owed: string;
  readonly fee: string;
  readonly pay_by: string;
  readonly held: boolean;
  readonly lines: readonly { document: string; due_day: string; owed: string; stage: number; days_late: number }[];
}

/** Newest first. */
export async function selectNotices(client: pg.ClientBase, filter: NoticeFilter): Promise<readonly StoredNotice[]> {
  const { rows } = await client.query<NoticeRow>(
    `select n.notice_id, legal_entity, account, currency, day, stage, stage_name, tone, owed_nanos::text as owed, fee_nanos::text as fee, pay_by,
            exists (select from account_hold h where h.account = n.account and starts_with(h.why, 'DUN-' || lpad(n.notice_id::text, 6, '0'))) as held,
            (select json_agg(json_build_object('document', document, 'due_day', due_day, 'owed', owed_nanos::text, 'stage', l.stage,
                                               'days_late', n.day - due_day) order by position)
               from dunning_notice_line l where l.notice_id = n.notice_id) as lines
       from dunning_notice n
      where ($1::text is null or legal_entity = $1) and ($2::text is null or account = $2) and ($3::text is null or currency = $3)
        and ($4::date is null or day = $4) and ($5::bigint is null or notice_id = $5)
      order by notice_id desc limit $6`,
    [
      ...[filter.legalEntity ?? null, filter.account ?? null, filter.currency ?? null, filter.day ?? null],
      ...[filter.noticeId ?? null, filter.limit ?? 1000],
    ],
  );
  return rows.map((row) => ({
    noticeId: row.notice_id,
    number: numberOf(row.notice_id),
    legalEntity: row.legal_entity,
    account: row.account,
    currency: row.currency,
    day: row.day,
    stage: row.stage,
    stageName: row.stage_name,
    tone: row.tone,
    owedNanos: BigInt(row.owed),
    feeNanos: BigInt(row.fee),
    payBy: row.pay_by,
    hold: row.held,
    lines: row.lines.map(
      (line): NoticeLine => ({
        document: line.document,
        dueDay: line.due_day,
        owedNanos: BigInt(line.owed),
        stage: line.stage,
        daysLate: line.days_late,
      }),
    ),
  }));
}
