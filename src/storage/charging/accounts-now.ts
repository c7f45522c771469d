/** Accounts as of the last commit, whether their rows are or not: of a running engine, too. */
import type pg from 'pg';
import type { ChargingAccount } from '#core/charging/account.ts';
import { accountOfKept } from './packed-account/kept-account.ts';
import { unpackStates } from './packed-states.ts';

/** In no order; those that are not there are left out. */
export async function accountsNow(client: pg.ClientBase | pg.Pool, ids: readonly string[]): Promise<readonly ChargingAccount[]> {
  const { rows } = await client.query<{
    id: string;
    state: string | null;
    log: string | null;
    place: number | null;
    packed: Buffer | null;
  }>('select account_id as id, state, log, place, packed from charging_accounts_now($1::text[])', [ids]);
  const logs = new Logs();
  return rows.map(({ id, state, log, place, packed }) => {
    if (packed !== null) logs.add(log ?? '', packed);
    return accountOfKept(id, state ?? logs.state(log ?? '', place ?? 0));
  });
}

/** What commits logged, each unpacked once. */
export class Logs {
  readonly #states = new Map<string, readonly string[]>();

  add(log: string, packed: Uint8Array): void {
    if (!this.#states.has(log)) this.#states.set(log, unpackStates(packed));
  }

  /** `place` counts from 1. Throws when the log does not have it. */
  state(log: string, place: number): string {
    const state = this.#states.get(log)?.[place - 1];
    if (state === undefined) throw new Error(`the log ${log} has no account ${place}`);
    return state;
  }
}
