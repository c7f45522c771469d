/** Everything that is wanted of the store, in one go: identities and sessions, the accounts they lead to, and what of these is over. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import { type Found, type FoundClosed, KEPT_LONGER, type StoredAccount, type Wanted } from '#engine/ports.ts';
import { Logs } from './accounts-now.ts';
import { textArray } from './binary-arrays.ts';
import { fromExactJson } from './exact-json.ts';
import { accountOfKept } from './packed-account/kept-account.ts';
import { type Statement, type Step, statement, type TextRow } from './pipeline.ts';

/** Each row says first what it is. $1: accounts, $2: identities, $3: sessions. */
const find = (name: string, accounts: string): Statement =>
  statement(
    name,
    `with named as materialized (select identity, account_id from charging_identity where identity = any($2::text[])),
       begun as materialized (select session_id, account_id, closed_micros, number, answer from charging_session where session_id = any($3::text[])),
       owners as materialized (select $1::text[] || array(select account_id from named) || array(select account_id from begun) as ids)
     select 'identity', identity, account_id, null, null, null, null, null, null from named
     union all
     select 'session', session_id, account_id, closed_micros::text, number::text,
            case when closed_micros is not null and session_id ~ '^(http:|radius/)' then answer::text end, null, null, null
       from begun
     union all
     select 'closed', s.session_id, s.account_id, s.closed_micros::text, s.number::text, case when s.session_id = any($3::text[]) then s.answer::text end, null, null, null
       from charging_session s
      where s.account_id = any(${OWNERS}) and s.closed_micros is not null and s.session_id !~ '^(http:|radius/)'
     union all
     select 'adopted', null, null, null, null, null, null, null, null where exists (select from charging_adopted)
     union all ${accounts}`,
  );
const OWNERS = '(select ids from owners)::text[]';
/** Where no account is found only in the log of an engine that is gone: mostly. */
const IN_ROWS = find(
  'charging_find',
  `select 'account', f.account_id, f.version::text, f.last_entry::text, f.shard::text, f.version::text, f.state::text, null, null
     from charging_account f where f.account_id = any(${OWNERS})`,
);
/** What many accounts were logged with comes once, under the name that these have for it. */
const IN_LOGS = find(
  'charging_find_adopted',
  `select 'account', f.account_id, coalesce(l.versions[p.place], f.version)::text, coalesce(l.last_entries[p.place], f.last_entry)::text, f.shard::text, f.version::text,
          case when l.sequence is null then f.state::text end, l.engine_id || ':' || l.sequence, p.place::text
     from charging_account f left join charging_adopted p on p.account_id = f.account_id and f.version < p.version
     left join charging_log l on l.engine_id = p.engine_id and l.sequence = p.sequence
    where f.account_id = any(${OWNERS})
   union all
   select 'log', l.engine_id || ':' || l.sequence, encode(l.states, 'base64'), null, null, null, null, null, null from charging_log l
    where (l.engine_id, l.sequence) in (
      select p.engine_id, p.sequence from charging_adopted p join charging_account f using (account_id)
       where p.account_id = any(${OWNERS}) and f.version < p.version)`,
);

/** One statement, so that all of it is seen as of one moment, and names are looked for once. */
export function findingSteps({ accounts, identities, sessions }: Wanted, isInLogs: boolean): Step[] {
  return [{ statement: isInLogs ? IN_LOGS : IN_ROWS, values: [textArray(accounts), textArray(identities), textArray(sessions)] }];
}

/** Whether accounts may be found only in logs: what was not looked for there does not count then. */
export function hasAdopted([rows = []]: readonly (readonly TextRow[])[]): boolean {
  return rows.some(([kind]) => kind === 'adopted');
}

/** Without the pools of these accounts. */
export function foundOf([rows = []]: readonly (readonly TextRow[])[]): Found {
  const of: Record<string, TextRow[]> = { identity: [], session: [], closed: [], account: [], log: [] };
  for (const row of rows) of[text(row[0])]?.push(row);
  const { identity = [], session = [], closed = [], account = [], log = [] } = of;
  const unpacked = new Logs();
  for (const [, name, packed] of log) unpacked.add(text(name), Buffer.from(text(packed), 'base64'));
  return {
    accounts: account.map((row) => accountOf(row, unpacked)),
    identities: identity.map(([, name, owner]) => [text(name), text(owner)]),
    sessions: session.map(([, name, owner]) => [text(name), text(owner)]),
    closed: [...session.filter(([, name, , at]) => at !== null && KEPT_LONGER.test(text(name))), ...closed].map(closedOf),
  };
}

function accountOf([, id, version, lastEntry, shard, rowVersion, state, log, place]: TextRow, logs: Logs): StoredAccount {
  const kept = state ?? logs.state(text(log), Number(place));
  return {
    ...{ account: accountOfKept(text(id), text(kept)), text: text(kept) },
    ...{ shard: Number(shard), version: Number(version), lastEntry: Number(lastEntry), rowVersion: Number(rowVersion) },
  };
}

const closedOf = ([, session, account, at, number, answer]: TextRow): FoundClosed => ({
  session: text(session),
  account: text(account),
  closedMicros: Number(at),
  number: Number(number),
  answer: answer == null ? undefined : fromExactJson<ChargingAnswer>(answer),
});

/** A column that is never null. */
function text(column: string | null | undefined): string {
  if (column == null) throw new Error('a look-up has a column that says nothing');
  return column;
}

/** Pools that accounts draw from and that were not found with them. */
export function poolsBeside({ accounts }: Found): readonly string[] {
  const pools = new Set(accounts.flatMap(({ account }) => account.pools.map(({ pool }) => pool)));
  if (pools.size > 0) for (const { account } of accounts) pools.delete(account.id); // mostly none has one
  return [...pools];
}
