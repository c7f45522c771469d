/** What partners do themselves: their statements and calls, disputes, their own people and keys. What is another's does not exist. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { ColleagueWords } from '#operations/access/colleagues.ts';
import type { Person } from '#operations/access/ports.ts';
import type { PartyStatement } from '#operations/portal/ports.ts';
import { demandWithin, expiresOf, Key, type KeyDesk, keyShown, keyWords, MadeKey } from '../access/keys.ts';
import { InvitationShown, invitationShown, notOneself, type Told, User, userShown } from '../access/people.ts';
import { MessageBody, type MessageWords, Sent } from '../disputes/messages.ts';
import { listed } from '../listing.ts';
import { actorOf, fileOperation, makerOf, type Operation, operation, type Principal } from '../operation.ts';
import { Amount, LocalDate, Name, Page, sortedQuery, Words } from '../schemas.ts';
import { UploadName } from '../uploads/uploads.ts';
import { type CallsDesk, callsOperation } from './calls.ts';
import { type ComparedDesk, comparedOperations } from './compared.ts';
import { type FilingDesk, filingOperations } from './filings.ts';
import { partyOf } from './party-of.ts';
import { type PayingDesk, payingOperations } from './paying.ts';
import { portalRateOperations, type RatesDesk } from './rates.ts';
import { type TrafficDesk, trafficOperations } from './traffic.ts';

const closed = { additionalProperties: false } as const;

/** Own people of a party, and nobody else's. Methods throw RefusedError for what is refused. */
export interface ColleagueDesk {
  readonly list: (party: string) => Promise<readonly Person[]>;
  readonly invite: (party: string, words: ColleagueWords) => Promise<Told>;
  readonly block: (party: string, email: string, isBlocked: boolean) => Promise<void>;
}

/** Methods throw RefusedError for what is refused. */
export interface PortalDesk extends CallsDesk, FilingDesk, ComparedDesk, PayingDesk, TrafficDesk, RatesDesk {
  readonly people: ColleagueDesk;
  readonly keys: KeyDesk;
  readonly statements: () => Promise<readonly PartyStatement[]>;
  /** Of one that is recorded. */
  readonly statementFile: (agreement: string, period: string, format: 'pdf' | 'csv') => Promise<Uint8Array>;
  /** The number of the dispute. */
  readonly raise: (words: {
    readonly document: string;
    readonly amount?: string;
    readonly reason: string;
    /** Files that were sent before. */
    readonly evidence: readonly string[];
    readonly party: string;
    readonly by: string;
  }) => Promise<string>;
  /** The number of the message. */
  readonly say: (dispute: string, words: MessageWords, party: string, by: string) => Promise<bigint>;
  readonly step: (
    id: string,
    words: {
      readonly kind: 'offered' | 'accepted' | 'rejected' | 'withdrawn';
      readonly amount?: string;
      readonly note: string;
      readonly by: string;
    },
  ) => Promise<void>;
}

const Statement = Type.Object(
  {
    ...{ agreement: Type.String(), period: Type.String(), version: Type.Integer(), from: LocalDate },
    ...{ to: { ...LocalDate, description: 'First day after it.' }, closedOn: LocalDate, sha256: Type.String() },
  },
  { ...closed, title: 'PortalStatement' },
);
const Raised = Type.Object({ dispute: Type.String() }, closed);
const kinds = ['offered', 'accepted', 'rejected', 'withdrawn'] as const;

export function portalOperations(desk: PortalDesk): readonly Operation[] {
  const common = { tag: 'Portal', permission: 'portal:use', forParties: ['partner'] } as const;
  const look = { ...common, method: 'GET' } as const;
  const blockedBefore = async ({ parameters, principal }: { readonly parameters: unknown; readonly principal: Principal }) => {
    const { email: address } = parameters as { readonly email: string }; // as the address has it
    const person = (await desk.people.list(partyOf(principal))).find((each) => each.email === address.toLowerCase());
    return person === undefined ? undefined : { isBlocked: person.isBlocked };
  };
  const ownKeys = async (principal: Principal) => (await desk.keys.list()).filter(({ party }) => party === partyOf(principal));
  const email = Type.Object({ email: Name });
  return [
    ...comparedOperations(desk),
    ...filingOperations(desk),
    ...payingOperations(desk),
    ...trafficOperations(desk),
    ...portalRateOperations(desk),
    operation({
      ...look,
      ...{ id: 'listPortalStatements', path: '/v1/portal/statements', summary: 'Recorded statements, newest first' },
      answer: Type.Object({ items: Type.Array(Statement) }, closed),
      handle: async () => ({ body: { items: (await desk.statements()).map((each) => ({ ...each })) } }),
    }),
    ...(['pdf', 'csv'] as const).map((format) => {
      const type = format === 'pdf' ? 'application/pdf' : 'text/csv';
      return fileOperation({
        ...{ ...look, types: [type], refusals: ['period.not-closed', 'statement.period-malformed'] },
        ...{ id: `getPortalStatement${format === 'pdf' ? 'Pdf' : 'Csv'}`, path: `/v1/portal/statements/{agreement}/{period}/${format}` },
        summary: format === 'pdf' ? 'A statement as PDF' : 'A statement as CSV for spreadsheets',
        description: 'Made of the books as they are now.',
        parameters: Type.Object({ agreement: Name, period: Type.String({ ...Name, maxLength: 40 }) }),
        handle: async ({ parameters: { agreement, period } }) => ({
          ...{ type, name: `statement-${agreement}-${period}.${format}`.replaceAll(/[^\w.-]+/g, '-') },
          content: await desk.statementFile(agreement, period, format),
        }),
      });
    }),
    callsOperation(desk),
    operation({
      ...common,
      ...{ id: 'raisePortalDispute', method: 'POST', path: '/v1/portal/disputes', summary: 'Contest a document', status: 201 },
      ...{ repetition: 'key', audit: { subject: 'dispute', made: ({ dispute }: { dispute: string }) => dispute } },
      body: Type.Object(
        {
          ...{ document: Name, amount: Type.Optional(Amount), reason: { ...Words, minLength: 1 } },
          evidence: Type.Optional(
            Type.Array(UploadName, { maxItems: 10, uniqueItems: true, description: 'Files that were sent before (sendPortalFile).' }),
          ),
        },
        closed,
      ),
      answer: Raised,
      refusals: ['invoice.unknown', 'dispute.amount', 'dispute.message-refused', 'upload.unknown'],
      handle: async ({ body: { evidence = [], ...body }, principal }) => ({
        body: { dispute: await desk.raise({ ...body, evidence, party: partyOf(principal), by: actorOf(principal) }) },
      }),
    }),
    operation({
      ...common,
      ...{ id: 'sendPortalMessage', method: 'POST', path: '/v1/portal/disputes/{dispute}/messages', status: 201 },
      ...{ summary: 'Write in a dispute of yours, with files', repetition: 'key', audit: { subject: 'dispute' } },
      parameters: Type.Object({ dispute: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }),
      ...{ body: MessageBody, answer: Sent, refusals: ['dispute.unknown', 'dispute.message-refused', 'upload.unknown'] },
      handle: async ({ parameters: { dispute }, body, principal }) => ({
        body: { message: String(await desk.say(dispute, body, partyOf(principal), actorOf(principal))) },
      }),
    }),
    operation({
      ...common,
      ...{
        id: 'answerPortalDispute',
        method: 'POST',
        path: '/v1/portal/disputes/{dispute}/steps',
        summary: 'Offer, accept, reject or withdraw',
      },
      ...{ repetition: 'key', audit: { subject: 'dispute' }, status: 201 },
      parameters: Type.Object({ dispute: Type.String({ pattern: '^[1-9][0-9]{0,17}$' }) }),
      body: Type.Object({ kind: Type.Enum([...kinds]), amount: Type.Optional(Amount), note: { ...Words, minLength: 1 } }, closed),
      answer: Raised,
      refusals: ['dispute.unknown', 'dispute.step-impossible'],
      handle: async ({ parameters: { dispute }, body, principal }) => {
        await desk.step(dispute, { ...body, by: actorOf(principal) });
        return { body: { dispute } };
      },
    }),
    operation({
      ...look,
      ...{ id: 'listPortalUsers', path: '/v1/portal/users', summary: 'Own people who may sign in' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(User), refusals: ['api.cursor-wrong'] },
      handle: async ({ query, principal }) => ({
        body: listed(await desk.people.list(partyOf(principal)), query, (each) => each.email, userShown),
      }),
    }),
    operation({
      ...common,
      ...{
        id: 'invitePortalUser',
        method: 'POST',
        path: '/v1/portal/users',
        summary: 'Invite a colleague',
        status: 201,
        repetition: 'natural',
        byPeople: true,
      },
      description:
        'Twenty a day, of all people of the party together. The answer is the same for an address that somebody has elsewhere: its owner signs in as before, and this invitation opens nothing.',
      audit: { subject: 'person', made: ({ user }: { user: { email: string } }) => user.email },
      body: Type.Object({ email: Name, name: Name }, closed),
      answer: InvitationShown,
      refusals: ['access.address-malformed', 'access.name-malformed', 'access.person-known', 'access.invitations-too-many'],
      handle: async ({ body, principal }) => ({
        body: invitationShown(await desk.people.invite(partyOf(principal), { ...body, by: actorOf(principal) })),
      }),
    }),
    operation({
      ...common,
      ...{
        id: 'blockPortalUser',
        method: 'PUT',
        path: '/v1/portal/users/{email}/block',
        repetition: 'natural',
        byPeople: true,
        audit: {
          subject: 'person',
          before: blockedBefore,
        },
      },
      summary: 'End all sessions and keys of a colleague and let nobody in, or let in again',
      description: 'Who was blocked by the house is let in again by the house only.',
      ...{
        parameters: email,
        body: Type.Object({ isBlocked: Type.Boolean() }, closed),
        answer: Type.Object({ isBlocked: Type.Boolean() }, closed),
      },
      refusals: ['access.person-unknown', 'access.oneself', 'access.block-of-house'],
      handle: async ({ parameters, body: { isBlocked }, principal }) => {
        notOneself(principal.name, parameters.email);
        await desk.people.block(partyOf(principal), parameters.email, isBlocked);
        return { body: { isBlocked } };
      },
    }),
    operation({
      ...look,
      ...{ id: 'listPortalKeys', path: '/v1/portal/api-keys', summary: 'Own keys of programs' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(Key), refusals: ['api.cursor-wrong'] },
      handle: async ({ query, principal }) => ({ body: listed(await ownKeys(principal), query, ({ id }) => id, keyShown) }),
    }),
    operation({
      ...common,
      ...{ id: 'makePortalKey', method: 'POST', path: '/v1/portal/api-keys', summary: 'Make a key', status: 201, repetition: 'natural' },
      audit: { subject: 'api-key', made: ({ key }: { key: string }) => key },
      description: 'It sees what you see. Answered once and kept as a hash only.',
      body: Type.Object(keyWords, closed),
      answer: MadeKey,
      refusals: ['access.permission-unknown', 'access.expiry-over'],
      handle: async ({ body: { name, permissions, expires }, principal }) => {
        const words = { name, permissions, party: partyOf(principal), expiresMicros: expiresOf(expires) };
        demandWithin(principal, words);
        const { id, key } = await desk.keys.make({ ...words, createdBy: makerOf(principal) });
        return { body: { key: id, secret: key } };
      },
    }),
    operation({
      ...common,
      ...{ id: 'revokePortalKey', method: 'DELETE', path: '/v1/portal/api-keys/{key}', summary: 'Refuse a key from now on' },
      ...{ repetition: 'natural', audit: { subject: 'api-key' }, parameters: Type.Object({ key: Name }) },
      ...{ answer: Type.Object({ revoked: Type.Boolean() }, closed), refusals: ['access.key-unknown'] },
      handle: async ({ parameters: { key }, principal }) => {
        if (!(await ownKeys(principal)).some(({ id }) => id === key))
          throw new RefusedError(refuse('access.key-unknown', `there is no key ${key}`, { value: key }));
        await desk.keys.revoke(key);
        return { body: { revoked: true } };
      },
    }),
  ];
}
