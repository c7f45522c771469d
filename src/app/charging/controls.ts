/** Controls of spending of an account: what the plan says, what the customer set, and where they stand. */
import type { ChargingAccount } from '#core/charging/account.ts';
import { controlsShown, countersShown, type ShownControl, type ShownCounter } from '#core/charging/shown.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { loadCatalog } from './catalog.ts';
import { accountNamed, nowMicros } from './desk.ts';

/** All of the account's plan, or the one that is named. Throws RefusedError (`engine.account-unknown`, `charging.control-unknown`). */
export async function controlsOf(database: Database, name: string, only?: string): Promise<readonly ShownControl[]> {
  const account = await accountNamed(database, name);
  const { catalog } = await loadCatalog(database);
  const controls = controlsShown(catalog, account, nowMicros()).filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && controls.length === 0)
    throw new RefusedError(
      refuse('charging.control-unknown', `plan ${account.plan} has no control ${only}`, { field: 'control', value: only }),
    );
  return controls;
}

/** By name or identity, with what its counters count. Throws RefusedError (`engine.account-unknown`). */
export async function accountWithCounters(
  database: Database,
  name: string,
): Promise<{ readonly account: ChargingAccount; readonly counters: readonly ShownCounter[] }> {
  const account = await accountNamed(database, name);
  return { account, counters: account.counters.length === 0 ? [] : countersShown((await loadCatalog(database)).catalog, account) };
}
