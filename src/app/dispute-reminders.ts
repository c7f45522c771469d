/** Letters that ask for answers to disputes: made, and read again for delivering them. */
import type { LegalEntity, Party } from '#core/parties/parties.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { standingOf } from '#core/settlement/disputes/dispute.ts';
import type { DisputeReminder } from '#documents/disputes/render-reminder.ts';
import { type MadeReminder, type RemindRequest, remindDisputes } from '#operations/disputes/remind.ts';
import type { Database } from '#storage/database.ts';
import { disputeBooksOn, selectReminder } from '#storage/disputes/dispute-store.ts';
import { accountNow } from '#storage/ledger/legal-entities.ts';
import { checkDay } from './invoicing/books.ts';

export type { MadeReminder };

/** In one transaction. Throws RefusedError for a day that is none. */
export async function remind(database: Database, request: RemindRequest): Promise<readonly MadeReminder[]> {
  checkDay(request.day, 'dated');
  return database.transaction((client) => remindDisputes(disputeBooksOn(client), request));
}

/** As the dispute stood when the letter was made, with the names and addresses of today. */
export async function reminderOf(database: Database, number: string): Promise<DisputeReminder> {
  return database.transaction(async (client) => {
    const found = await selectReminder(client, number);
    const file = found === undefined ? undefined : await disputeBooksOn(client).find(String(found.disputeId));
    if (found === undefined || file === undefined)
      throw new RefusedError(refuse('dispute.unknown', 'there is no such letter', { value: number.slice(0, 120) }));
    const { dispute, steps } = file;
    const { netNanos: offeredNanos } = standingOf(steps.slice(0, found.step + 1).map(({ step }) => step));
    const account = await accountNow(client, dispute.account);
    const { rows } = await client.query<{ entity: LegalEntity; party: Party }>(
      `select e.body as entity, p.body as party from config_version e, config_version p
        where e.kind = 'legalEntities' and e.key = $1 and e.known_to = 'infinity' and p.kind = 'parties' and p.key = $2 and p.known_to = 'infinity'`,
      [dispute.legalEntity, account.party],
    );
    const [named] = rows;
    if (named === undefined)
      throw new RefusedError(refuse('ledger.account-unknown', `the party of ${account.id} is not configured any more`));
    const { document, currency, netNanos, reason, raisedOn, respondBy } = dispute;
    return {
      ...{ number, day: found.day, dispute: dispute.id, document, account: account.id, currency, netNanos, reason, raisedOn, respondBy },
      ...(offeredNanos === undefined ? {} : { offeredNanos }),
      ...named,
    };
  });
}
