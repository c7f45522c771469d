/** People who may sign in, and the roles that they have. */
import Type from 'typebox';
import { RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import type { Invitation } from '#operations/access/people.ts';
import { permissions } from '#operations/access/permissions.ts';
import type { Person } from '#operations/access/ports.ts';
import { roles } from '#operations/access/roles.ts';
import { listed } from '../listing.ts';
import { actorOf, type Operation, operation } from '../operation.ts';
import { Instant, Name, Page, sortedQuery } from '../schemas.ts';

const closed = { additionalProperties: false } as const;

/** Of an invitation also whether it goes out by mail. */
export type Told = Invitation & { readonly byMail: boolean };

/** Methods throw RefusedError for what is refused. */
export interface PeopleDesk {
  readonly list: () => Promise<readonly Person[]>;
  readonly invite: (words: {
    readonly email: string;
    readonly name: string;
    readonly role: string;
    readonly party: string | undefined;
    readonly by: string;
  }) => Promise<Told>;
  readonly inviteAgain: (email: string) => Promise<Told>;
  readonly setRole: (email: string, role: string, party: string | undefined) => Promise<void>;
  /** `party`: who of it does so; undefined: the house. */
  readonly block: (email: string, isBlocked: boolean, party: string | undefined) => Promise<void>;
  readonly dropSecondFactor: (email: string) => Promise<void>;
}

export const User = Type.Object(
  {
    ...{ email: Type.String(), name: Type.String(), role: Type.String(), party: Type.Optional(Type.String()) },
    ...{ hasPassword: Type.Boolean({ description: 'False: the invitation was not taken yet.' }), hasSecondFactor: Type.Boolean() },
    ...{ isBlocked: Type.Boolean(), invitedBy: Type.String(), since: Instant, lastSeen: Type.Optional(Instant) },
  },
  { ...closed, title: 'User' },
);

export const InvitationShown = Type.Object(
  {
    user: User,
    invitation: Type.String({ description: 'Shown once. Opened at `/invitation?token=…`, it lets them choose a password.' }),
    until: Instant,
    byMail: Type.Boolean({ description: 'It is on its way to the address by mail; false: no mail can be sent, give the link yourself.' }),
  },
  { ...closed, title: 'Invitation' },
);

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });

/** What is changed of a person, as it was. */
const before = (desk: PeopleDesk) => async (call: { readonly parameters: unknown }) => {
  const { email } = call.parameters as { readonly email: string }; // as the address has it
  const person = (await desk.list()).find((each) => each.email === email.toLowerCase());
  return person === undefined ? undefined : userShown(person);
};

export function peopleOperations(desk: PeopleDesk): readonly Operation[] {
  const look = { tag: 'Access', method: 'GET', permission: 'access:read' } as const;
  const audit = { subject: 'person', before: before(desk) };
  const change = { tag: 'Access', method: 'PUT', permission: 'access:manage', repetition: 'natural', audit, byPeople: true } as const;
  const one = { parameters: Type.Object({ email: Email }), answer: User };
  const shown = async (email: string) => {
    const person = (await desk.list()).find((each) => each.email === email.toLowerCase());
    if (person === undefined) throw new Error(`${email} was there a moment ago`);
    return { body: userShown(person) };
  };
  const unknown = 'access.person-unknown';
  const role = { role: Name, party: Type.Optional({ ...Name, description: 'For partners and customers: whose figures they see.' }) };
  const roleWrong = ['access.role-unknown', 'access.party-missing', 'access.party-needless', 'access.party-unknown'] as const;
  return [
    operation({
      ...look,
      ...{ id: 'listUsers', path: '/v1/users', summary: 'People who may sign in' },
      ...{ query: Type.Object(sortedQuery, closed), answer: Page(User), refusals: ['api.cursor-wrong'] },
      handle: async ({ query }) => ({ body: listed(await desk.list(), query, ({ email }) => email, userShown) }),
    }),
    operation({
      ...look,
      ...{ id: 'listRoles', path: '/v1/roles', summary: 'Roles with what each may do' },
      answer: Type.Object(
        {
          roles: Type.Array(
            Type.Object(
              { ...{ role: Type.String(), meaning: Type.String(), ofParty: Type.Boolean() }, permissions: Type.Array(Type.String()) },
              closed,
            ),
          ),
          permissions: Type.Array(Type.Object({ permission: Type.String(), meaning: Type.String() }, closed)),
        },
        { ...closed, title: 'Roles' },
      ),
      handle: async () => ({
        body: {
          roles: Object.entries(roles).map(([name, { meaning, permissions: own, ...more }]) => ({
            ...{ role: name, meaning, ofParty: 'ofParty' in more, permissions: [...own] },
          })),
          permissions: Object.entries(permissions).map(([permission, meaning]) => ({ permission, meaning })),
        },
      }),
    }),
    operation({
      ...change,
      ...{ id: 'inviteUser', method: 'POST', path: '/v1/users', summary: 'Invite somebody', status: 201 },
      audit: { subject: 'person', made: ({ user }: { user: { email: string } }) => user.email },
      description:
        'The invitation is answered once and kept nowhere as it is: a repetition is refused, and `inviteUserAgain` makes another.',
      body: Type.Object({ email: Email, name: Name, ...role }, closed),
      answer: InvitationShown,
      refusals: ['access.address-malformed', 'access.name-malformed', 'access.person-known', ...roleWrong],
      handle: async ({ body: { email, name, role: wanted, party }, principal }) => ({
        body: invitationShown(await desk.invite({ email, name, role: wanted, party, by: actorOf(principal) })),
      }),
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'inviteUserAgain', method: 'POST', path: '/v1/users/{email}/invitations', status: 201 },
      summary: 'A new invitation, for who lost the first or forgot the password',
      ...{ answer: InvitationShown, refusals: [unknown, 'access.person-blocked'] },
      handle: async ({ parameters }) => ({ body: invitationShown(await desk.inviteAgain(parameters.email)) }),
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'setUserRole', path: '/v1/users/{email}/role', summary: 'Give another role; holds for the next request' },
      body: Type.Object(role, closed),
      refusals: [unknown, 'access.oneself', ...roleWrong],
      handle: async ({ parameters: { email }, body, principal }) => {
        notOneself(principal.name, email);
        await desk.setRole(email, body.role, body.party);
        return shown(email);
      },
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'blockUser', path: '/v1/users/{email}/block', summary: 'End all sessions and let nobody in, or let in again' },
      body: Type.Object({ isBlocked: Type.Boolean() }, closed),
      refusals: [unknown, 'access.oneself'],
      handle: async ({ parameters: { email }, body, principal }) => {
        notOneself(principal.name, email);
        await desk.block(email, body.isBlocked, undefined);
        return shown(email);
      },
    }),
    operation({
      ...change,
      ...one,
      ...{ id: 'dropSecondFactor', method: 'DELETE', path: '/v1/users/{email}/second-factor' },
      summary: 'Take the second factor away, for who lost it; ends all sessions',
      refusals: [unknown],
      handle: async ({ parameters: { email } }) => {
        await desk.dropSecondFactor(email);
        return shown(email);
      },
    }),
  ];
}

/** Throws RefusedError (`access.oneself`): else the last administrator could be gone. */
export function notOneself(own: string, email: string): void {
  if (own === email.toLowerCase()) throw new RefusedError(refuse('access.oneself', 'this is oneself', { value: email }));
}

export function userShown(person: Person) {
  const { email, name, role, party, hasPassword, hasSecondFactor, isBlocked, invitedBy, createdMicros, seenMicros } = person;
  return {
    ...{ email, name, role, hasPassword, hasSecondFactor, isBlocked, invitedBy, since: formatInstant(createdMicros) },
    ...(party === undefined ? {} : { party }),
    ...(seenMicros === undefined ? {} : { lastSeen: formatInstant(seenMicros) }),
  };
}

export function invitationShown({ person, token, untilMicros, byMail }: Told) {
  return { user: userShown(person), invitation: token, until: formatInstant(untilMicros), byMail };
}
