/** What was done to an account besides its balances: each command with who gave it and why. */
import type { AccountCommand } from '#core/charging/command.ts';
import type { Database } from '../database.ts';
import { fromExactJson } from './exact-json.ts';

export interface KeptCommand {
  readonly atMicros: number;
  readonly account: string;
  readonly command: AccountCommand;
}

/** Those that change no balance: the journal has the others. */
const KINDS: readonly AccountCommand['kind'][] = [
  ...(['set-control', 'set-status', 'change-plan', 'set-credit-limit', 'stop-add-on', 'close-session'] as const),
  ...(['add-identity', 'remove-identity', 'join-pool', 'leave-pool'] as const),
];

/** The newest first. Refused ones changed nothing and are not among them. */
export async function selectCommands({ pool }: Database, account: string, most: number): Promise<readonly KeptCommand[]> {
  const { rows } = await pool.query<{ at: bigint; command: string }>(
    `select (extract(epoch from done_at) * 1000000)::bigint as at, command::text as command from charging_command
      where account_id = $1 and state = 'done' and command ->> 'kind' = any($2::text[]) order by done_at desc limit $3`,
    [account, KINDS, most],
  );
  return rows.map(({ at, command }) => ({ atMicros: Number(at), account, command: fromExactJson<AccountCommand>(command) }));
}
