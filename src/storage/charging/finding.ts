/** Everything that is wanted of the store, in one go: identities and sessions, the accounts they lead to, and what of these is over. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import { type Found, type FoundClosed, KEPT_LONGER, type StoredAccount, type Wanted } from '#engine/ports.ts';
import { Logs } from './accounts-now.ts';
import { textArray } from './binary-arrays.ts';
import { fromExactJson } from './exact-json.ts';
import { accountOfKept } from './packed-account/kept-account.ts';
import { type Step, statement, type TextRow } from './pipeline.ts';

/** All of a look-up is seen as of one moment. */
export const FINDING = "set default_transaction_isolation = 'repeatable read'; set default_transaction_read_only = on";

const IDENTITIES = statement(
  'charging_find_identities',
  'select identity, account_id from charging_identity where identity = any($1::text[])',
);
const SESSIONS = statement(
  'charging_find_sessions',
  `select session_id, account_id, closed_micros, number, case when closed_micros is not null and session_id ~ '^(http:|radius/)' then answer::text end
     from charging_session where session_id = any($1::text[])`,
);
/** $1: accounts, $2: identities, $3: sessions. */
const OWNERS = `any ($1::text[] || array(select i.account_id from charging_identity i where i.identity = any($2::text[]))
  || array(select n.account_id from charging_session n where n.session_id = any($3::text[])))`;
const CLOSED = statement(
  'charging_find_closed',
  `select s.session_id, s.account_id, s.closed_micros, s.number, case when s.session_id = any($3::text[]) then s.answer::text end
     from charging_session s where s.account_id = ${OWNERS} and s.closed_micros is not null and s.session_id !~ '^(http:|radius/)'`,
);
const ACCOUNTS = statement(
  'charging_find_accounts',
  `select f.account_id, coalesce(l.versions[p.place], f.version), coalesce(l.last_entries[p.place], f.last_entry), f.shard, f.version,
          case when l.sequence is null then f.state::text end, l.engine_id || ':' || l.sequence, p.place
     from charging_account f left join charging_adopted p on p.account_id = f.account_id and f.version < p.version
     left join charging_log l on l.engine_id = p.engine_id and l.sequence = p.sequence
    where f.account_id = ${OWNERS}`,
);
/** What many accounts were logged with comes once, under the name that these have for it. */
const LOGS = statement(
  'charging_find_logs',
  `select l.engine_id || ':' || l.sequence, encode(l.states, 'base64') from charging_log l
    where exists (select from charging_adopted) and (l.engine_id, l.sequence) in (
      select p.engine_id, p.sequence from charging_adopted p join charging_account f using (account_id)
       where p.account_id = ${OWNERS} and f.version < p.version)`,
);

/** For a session of `FINDING`. */
export function findingSteps({ accounts, identities, sessions }: Wanted): Step[] {
  const names = [textArray(accounts), textArray(identities), textArray(sessions)] as const;
  return [
    { statement: IDENTITIES, values: [names[1]] },
    { statement: SESSIONS, values: [names[2]] },
    { statement: CLOSED, values: names },
    { statement: LOGS, values: names },
    { statement: ACCOUNTS, values: names },
  ];
}

/** Without the pools of these accounts. */
export function foundOf(answers: readonly (readonly TextRow[])[]): Found {
  const [identities = [], sessions = [], closed = [], logs = [], accounts = []] = answers;
  const unpacked = new Logs();
  for (const [name, packed] of logs) unpacked.add(text(name), Buffer.from(text(packed), 'base64'));
  return {
    accounts: accounts.map((row) => accountOf(row, unpacked)),
    identities: new Map(identities.map(([identity, account]) => [text(identity), text(account)])),
    sessions: new Map(sessions.map(([session, account]) => [text(session), text(account)])),
    closed: [...sessions.filter(([session, , at]) => at !== null && KEPT_LONGER.test(text(session))), ...closed].map(closedOf),
  };
}

function accountOf([id, version, lastEntry, shard, rowVersion, state, log, place]: TextRow, logs: Logs): StoredAccount {
  const kept = state ?? logs.state(text(log), Number(place));
  return {
    ...{ account: accountOfKept(text(id), text(kept)), text: text(kept) },
    ...{ shard: Number(shard), version: Number(version), lastEntry: Number(lastEntry), rowVersion: Number(rowVersion) },
  };
}

const closedOf = ([session, account, at, number, answer]: TextRow): FoundClosed => ({
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
  for (const { account } of accounts) pools.delete(account.id);
  return [...pools];
}
