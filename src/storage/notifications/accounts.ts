/** The accounts of events, as they are now. */
import type { ChargingAccount } from '#core/charging/account.ts';
import type { KeptNotice } from '#operations/notifications/ports.ts';
import { chargingDeskOn } from '../charging/desk.ts';
import type { Database } from '../database.ts';

export async function accountsOfNotices(database: Database, notices: readonly KeptNotice[]): Promise<ReadonlyMap<string, ChargingAccount>> {
  const desk = chargingDeskOn(database);
  const accounts = new Map<string, ChargingAccount>();
  for (const { event } of notices) {
    if (accounts.has(event.account)) continue;
    const account = await desk.find(event.account);
    if (account !== undefined) accounts.set(event.account, account);
  }
  return accounts;
}
