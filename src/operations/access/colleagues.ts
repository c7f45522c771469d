/** What a party does about its own people: what it is told is the same whether an address is somebody's elsewhere or nobody's. */
import { randomBytes } from 'node:crypto';
import { type Result, refuse } from '#core/refusals.ts';
import { block, INVITATION_DAYS, type Invitation, invite } from './people.ts';
import type { ElsewhereBooks, PeopleBooks, Person } from './ports.ts';

const DAY_MICROS = 86_400_000_000;
/** Invitations of one party, all its people together. */
export const MOST_A_DAY = 20;
/** As people of a party see that the house invited somebody: its people are not theirs to know. */
const HOUSE = 'the house';

export interface ColleagueWords {
  readonly email: string;
  readonly name: string;
  readonly by: string;
}

/** Who may use the portal for the party, by address; customers of the same party are the house's business. */
export async function colleagues(people: PeopleBooks, elsewhere: ElsewhereBooks, party: string): Promise<readonly Person[]> {
  const own = (await people.all()).filter((each) => each.party === party && each.role === 'partner');
  const known = new Set(own.map(({ email }) => email));
  return [...own, ...(await elsewhere.ofParty(party)).filter(({ email }) => !known.has(email))]
    .map((each) => ({ ...each, invitedBy: known.has(each.invitedBy) || each.invitedBy.endsWith(` of ${party}`) ? each.invitedBy : HOUSE }))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}

/** Refused: `access.invitations-too-many`, `access.person-known` for one of the own people, and as `invite` refuses. */
export async function inviteColleague(
  people: PeopleBooks,
  elsewhere: ElsewhereBooks,
  party: string,
  { email, name, by }: ColleagueWords,
  nowMicros: number,
): Promise<Result<Invitation>> {
  const own = await colleagues(people, elsewhere, party);
  const recent = own.filter(({ createdMicros }) => createdMicros > nowMicros - DAY_MICROS);
  if (recent.length >= MOST_A_DAY) {
    const message = `${MOST_A_DAY} people of ${party} were invited within a day`;
    return { ok: false, refusals: [refuse('access.invitations-too-many', message)] };
  }
  const address = email.toLowerCase();
  const known = own.some((each) => each.email === address) ? undefined : await people.find(address);
  if (known === undefined) return invite(people, { email, name, role: 'partner', party, by }, nowMicros);
  const person = await elsewhere.insert(party, { email: address, name: name.trim(), invitedBy: by });
  // As an invitation, that nobody can take: who has the address signs in as before.
  const token = randomBytes(24).toString('base64url');
  return { ok: true, value: { person, token, untilMicros: nowMicros + INVITATION_DAYS * DAY_MICROS } };
}

/** Refused: `access.person-unknown`, `access.block-of-house`. */
export async function blockColleague(
  people: PeopleBooks,
  elsewhere: ElsewhereBooks,
  party: string,
  email: string,
  isBlocked: boolean,
): Promise<Result<'changed'>> {
  const address = email.toLowerCase();
  const person = await people.find(address);
  if (person?.party === party && person.role === 'partner') return block(people, address, isBlocked, party);
  if (await elsewhere.setBlocked(party, address, isBlocked)) return { ok: true, value: 'changed' };
  return { ok: false, refusals: [refuse('access.person-unknown', `nobody has the address ${email}`, { field: 'email', value: email })] };
}
