/** What is behind the operations about people, keys, webhooks, and the portal of partners. */

import { type KeyDesk, keyOperations } from '#api/access/keys.ts';
import { type PeopleDesk, peopleOperations } from '#api/access/people.ts';
import { type BrandDesk, brandOperations } from '#api/brand.ts';
import type { Operation } from '#api/operation.ts';
import type { CustomerDesk } from '#api/portal/customer.ts';
import { type PortalDesk, portalOperations } from '#api/portal/portal.ts';
import { undriven } from '#api/undriven.ts';
import { type WebhookDesk, webhookOperations } from '#api/webhooks/webhooks.ts';
import { refuse, valueOrThrow } from '#core/refusals.ts';
import { blockColleague, colleagues, inviteColleague } from '#operations/access/colleagues.ts';
import type { Invitation } from '#operations/access/people.ts';
import { asHouse } from '#operations/access/ports.ts';
import { demandEvidence } from '#operations/disputes/messages.ts';
import { elsewhereBooksOn } from '#storage/access/invited-elsewhere.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { selectOwnCharging } from '#storage/charging/parties.ts';
import { selectCalls } from '#storage/portal/party-calls.ts';
import { selectStatements } from '#storage/portal/party-rows.ts';
import { selectCauses, selectTraffic } from '#storage/portal/traffic.ts';
import { selectDeletedDays } from '#storage/retention/deletions.ts';
import { mailInvitation } from '../access/invitation-mail.ts';
import { apiKeys, makeApiKey, revokeApiKey } from '../access/keys.ts';
import { blockUser, changeUserRole, demandParty, dropUsersSecondFactor, inviteUser, recoverUser, users } from '../access/users.ts';
import { partyOfAccount } from '../charging/party.ts';
import { traceOwnUse } from '../charging/trace.ts';
import { raise, readEvidence, step } from '../disputes.ts';
import {
  addEndpoint,
  demandSecretNamed,
  endpointsShown,
  replayWebhooks,
  retryWebhooks,
  stopWebhooks,
  testWebhook,
  webhookMessageShown,
  webhookMessagesShown,
} from '../notifications/overview.ts';
import { brandsOf } from './brand.ts';
import { nowMicros, today } from './clock.ts';
import { messagesOf } from './disputes.ts';
import { comparedOf, filingsOf, ownerOf } from './filings.ts';
import type { AskedHome } from './home.ts';
import { payingOf } from './paying.ts';
import { portalRatesOf } from './portal-rates.ts';
import { demandSeen, withDocumentSeen } from './seen.ts';
import { statementReaderOf } from './settlement.ts';
import { withUploads } from './uploaded.ts';

export interface AccessBehind {
  readonly people: PeopleDesk;
  readonly keys: KeyDesk;
  readonly webhooks: WebhookDesk;
  readonly portal: PortalDesk;
  readonly brands: Pick<BrandDesk, 'own'>;
  readonly customers: CustomerDesk;
}

export const nothingBehindAccess: AccessBehind = {
  people: undriven(),
  keys: undriven(),
  webhooks: undriven(),
  portal: undriven(),
  brands: undriven(),
  customers: undriven(),
};

export function accessOperations({ people, keys, webhooks, portal, brands }: AccessBehind): readonly Operation[] {
  return [
    ...peopleOperations(people),
    ...keyOperations(keys),
    ...webhookOperations(webhooks),
    ...portalOperations(portal),
    ...brandOperations(brands),
  ];
}

/** Days that we have to answer what a partner contests in the portal. */
const RESPOND_DAYS = 30;

export function accessBehind(home: AskedHome): AccessBehind {
  const { database } = home;
  const people: PeopleDesk = {
    list: () => users(database),
    invite: async (words) => told(home, await inviteUser(database, words)),
    inviteAgain: async (email) => told(home, await recoverUser(database, email)),
    setRole: (email, role, party) => changeUserRole(database, email, role, party),
    block: (email, isBlocked, party) => blockUser(database, email, isBlocked, party),
    dropSecondFactor: (email) => dropUsersSecondFactor(database, email),
  };
  const keys: KeyDesk = {
    list: () => apiKeys(database),
    async make(words) {
      await demandParty(database, words.party);
      return makeApiKey(database, words);
    },
    revoke: (id) => revokeApiKey(database, id),
  };
  return {
    ...{ people, keys, brands: brandsOf(database) },
    customers: {
      ownCharging: () => selectOwnCharging(database),
      ownUse: (account, use, own) => traceOwnUse(home, account, use, own),
      chargingParty: (account, party, by) => partyOfAccount(database, account, party, by),
    },
    webhooks: {
      list: () => endpointsShown(database),
      put: async (endpoint, by) => {
        await demandSecretNamed(home, endpoint.secret);
        await addEndpoint(home, endpoint, by);
      },
      stop: (id) => stopWebhooks(database, id),
      messages: (filter) => webhookMessagesShown(database, filter),
      message: (id) => webhookMessageShown(database, id),
      retry: (id) => retryWebhooks(database, [id]),
      replay: (endpoint, fromMicros, toMicros) => replayWebhooks(database, endpoint, fromMicros, toMicros),
      test: (endpoint, by) => testWebhook(database, endpoint, by),
    },
    portal: portalOf(home, keys),
  };
}

async function told(home: AskedHome, invitation: Invitation, isTakeable = true) {
  return { ...invitation, byMail: await mailInvitation(home, invitation, isTakeable) };
}

/** Reads with the partner's eyes; what the house does for them it does once it is seen to be theirs. */
function portalOf(home: AskedHome, keys: KeyDesk): PortalDesk {
  const { database } = home;
  const [own, elsewhere] = [peopleBooksOn(database), elsewhereBooksOn(database)];
  const recorded = (by: string) => ({ atMicros: nowMicros(), by });
  return {
    ...filingsOf(home),
    ...comparedOf(home),
    ...portalRatesOf(home),
    ...payingOf(home),
    async statementFile(agreement, period, format) {
      const sql = 'select from statement_recorded where agreement = $1 and upper(label) = upper($2)';
      await demandSeen(database, sql, [agreement, period], () =>
        refuse('period.not-closed', `no statement of ${agreement} for ${period} is recorded`, { field: 'period', value: period }),
      );
      return asHouse(() => statementReaderOf(home).file(agreement, period, format));
    },
    traffic: (question) => selectTraffic(database, question),
    causes: (question) => selectCauses(database, question),
    trafficFile: (format, question) => home.aside.reads.trafficFile(format, question),
    people: {
      list: (party) => asHouse(() => colleagues(own, elsewhere, party)),
      invite: (party, words) =>
        asHouse(async () => {
          const invitation = valueOrThrow(await inviteColleague(own, elsewhere, party, words, nowMicros()));
          // Who has the address elsewhere already gets no link: there is nothing that it would open.
          const person = await own.find(invitation.person.email);
          return told(home, invitation, person?.party === party && person.role === 'partner');
        }),
      block: (party, email, isBlocked) =>
        asHouse(async () => void valueOrThrow(await blockColleague(own, elsewhere, party, email, isBlocked))),
    },
    keys: {
      list: () => asHouse(keys.list),
      make: (words) => asHouse(() => keys.make(words)),
      revoke: (id) => asHouse(() => keys.revoke(id)),
    },
    statements: () => selectStatements(database),
    calls: (filter, after, most) => selectCalls(database, filter, after, most),
    deletedCalls: ({ from, to }) =>
      asHouse(async () => {
        // Days of a zone reach into the next one of UTC.
        const days = await selectDeletedDays(database, { from, to: Temporal.PlainDate.from(to).add({ days: 2 }).toString() });
        return days.length === 0 ? undefined : { days, keptDays: home.settings.retention.usageDays };
      }),
    raise: ({ document, amount, reason, evidence, party, by }) =>
      withDocumentSeen(database, document, undefined, (legalEntity) =>
        withUploads(home.uploads, ownerOf(party), evidence, async (paths) => {
          demandEvidence(await Promise.all(paths.map(readEvidence)));
          const words = { document, reason, by: 'them', day: today(), respondDays: RESPOND_DAYS, evidence: paths } as const;
          return String(
            await raise(database, {
              ...{ ...words, recorded: recorded(by) },
              ...(amount === undefined ? {} : { amount }),
              ...(legalEntity === undefined ? {} : { legalEntity }),
            }),
          );
        }),
      ),
    say: (dispute, words, party, by) => messagesOf(home, 'them').say(dispute, words, ownerOf(party), by),
    async step(id, { kind, amount, note, by }) {
      await demandSeen(database, 'select from dispute where dispute_id = $1::bigint', [id], () =>
        refuse('dispute.unknown', 'there is no dispute of this number', { value: id }),
      );
      const words = { id, kind, note, by: 'them', day: today(), recorded: recorded(by) } as const;
      await asHouse(() => step(database, { ...words, ...(amount === undefined ? {} : { amount }) }));
    },
  };
}
