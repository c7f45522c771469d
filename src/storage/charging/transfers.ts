/** Transfers between accounts: two commands, each done once for its key, and what is to be done next. */
import type { AccountCommand } from '#core/charging/command.ts';
import type { Database } from '../database.ts';
import { leaveCommand } from './desk.ts';

export interface Transfer {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly nanos: bigint;
  readonly currency: string;
  readonly note: string;
}

/** Of the command of one leg. Nobody else's command has a key that begins so: `applyCommand` refuses it. */
export function transferLegKey(key: string, leg: 'out' | 'in' | 'back'): string {
  return `transfer:${leg}:${key}`;
}

export type TransferState = 'open' | 'done' | 'refused' | 'returned';

/** Enters it with the command that takes the money. False when another transfer has the key; the same one again is no other. */
export function enterTransfer(database: Database, transfer: Transfer): Promise<boolean> {
  const { key, from, to, nanos, currency, note } = transfer;
  return database.transaction(async (client) => {
    // Both or neither: a row without its command would wait for one of somebody else's.
    if (await leaveCommand(client, from, takes(transfer))) {
      await client.query(
        'insert into charging_transfer (transfer_key, from_account, to_account, nanos, currency, note) values ($1, $2, $3, $4, $5, $6)',
        [key, from, to, nanos, currency, note],
      );
      return true;
    }
    const { rows } = await client.query<{ same: boolean }>(
      `select from_account = $2 and to_account = $3 and nanos = $4 and currency = $5 as same from charging_transfer where transfer_key = $1`,
      [key, from, to, nanos, currency],
    );
    return rows[0]?.same === true;
  });
}

/** Undefined: there is none of this key. */
export async function transferState({ pool }: Database, key: string): Promise<TransferState | undefined> {
  const { rows } = await pool.query<{ state: TransferState }>('select state from charging_transfer where transfer_key = $1', [key]);
  return rows[0]?.state;
}

/**
 * Takes each open transfer a step further, as far as its commands are done: taken, then given; given back where the other cannot take it. Several may do so at
 * once. How many are still open.
 */
export async function driveTransfers(database: Database): Promise<number> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<Row>(
      `select t.transfer_key as key, t.from_account as from, t.to_account as to, t.nanos, t.currency, t.note, o.state as taken, i.state as given, b.state as back
         from charging_transfer t
         left join charging_command o on o.command_key = 'transfer:out:' || t.transfer_key and o.account_id = t.from_account
         left join charging_command i on i.command_key = 'transfer:in:' || t.transfer_key and i.account_id = t.to_account
         left join charging_command b on b.command_key = 'transfer:back:' || t.transfer_key and b.account_id = t.from_account
        where t.state = 'open' order by t.asked_at limit 1000 for update of t skip locked`,
    );
    let open = 0;
    for (const row of rows) {
      const over = await step(row, (account, command) => leaveCommand(client, account, command));
      if (over === undefined) open += 1;
      else
        await client.query('update charging_transfer set state = $2, over_at = clock_timestamp() where transfer_key = $1', [row.key, over]);
    }
    return open;
  });
}

interface Row extends Transfer {
  readonly taken: string | null;
  readonly given: string | null;
  readonly back: string | null;
}

async function step(
  { taken, given, back, ...transfer }: Row,
  leave: (account: string, command: AccountCommand) => Promise<boolean>,
): Promise<TransferState | undefined> {
  if (taken === 'refused') return 'refused';
  if (taken !== 'done') return undefined;
  if (given === 'done') return 'done';
  const { key, from, to, nanos, currency, note } = transfer;
  if (given === null) await leave(to, { kind: 'transfer-in', key: transferLegKey(key, 'in'), from, nanos, currency, text: note });
  if (given !== 'refused') return undefined;
  // A balance that is full of money, or an account that was closed meanwhile, cannot have it back: it stays open, for people.
  if (back === null)
    await leave(from, { kind: 'transfer-in', key: transferLegKey(key, 'back'), from: to, nanos, currency, text: `${note} (came back)` });
  return back === 'done' ? 'returned' : undefined;
}

function takes({ key, to, nanos, currency, note }: Transfer): AccountCommand {
  return { kind: 'transfer-out', key: transferLegKey(key, 'out'), to, nanos, currency, text: note };
}
