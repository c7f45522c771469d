/** Whose an account of online charging is. */
import { chargingPartyOf, setChargingParty } from '#storage/charging/parties.ts';
import type { Database } from '#storage/database.ts';
import { demandParty } from '../access/users.ts';
import { accountNamed } from './desk.ts';

/** `party`: null takes it away, undefined only asks. Whose it is then. Throws RefusedError (`engine.account-unknown`, `access.party-unknown`). */
export async function partyOfAccount(
  database: Database,
  name: string,
  party: string | null | undefined,
  by: string,
): Promise<{ readonly account: string; readonly party: string | undefined }> {
  const { id } = await accountNamed(database, name);
  if (party !== undefined) {
    if (party !== null) await demandParty(database, party);
    await setChargingParty(database, id, party ?? undefined, by);
  }
  return { account: id, party: await chargingPartyOf(database, id) };
}
