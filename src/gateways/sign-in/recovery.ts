/** A password that was forgotten: a link by mail, once, with the same answer for addresses that nobody has. And which ways in there are. */
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import type { PasskeyBooks, PeopleBooks } from '#operations/access/ports.ts';
import { isFresh, textOf } from './asked.ts';

/** How long the link of a mail can be taken. */
export const RECOVERY_MS = 3_600_000;
/** Mails to one address. */
const MOST_AN_HOUR = 3;

export interface RecoveryMail {
  readonly email: string;
  readonly name: string;
  /** Opens the page where a password is chosen. */
  readonly link: string;
}

export interface Ways {
  /** Sends the mail; undefined: none can be sent, and administrators help. */
  readonly mail: ((mail: RecoveryMail) => Promise<void>) | undefined;
  /** As people know the provider; undefined: there is none. */
  readonly provider: string | undefined;
}

export function recovery(
  { mail, provider }: Ways,
  people: PeopleBooks,
  passkeys: PasskeyBooks,
  origin: string,
  failed: (error: unknown) => void,
): BetterAuthPlugin {
  const send = async (email: string): Promise<void> => {
    if (mail === undefined || !(await people.takeRecovery(email, MOST_AN_HOUR))) return;
    const person = await people.find(email);
    if (person === undefined || person.isBlocked) return;
    const token = await people.makeRecovery(person.id, (Date.now() + RECOVERY_MS) * 1_000);
    await mail({ email, name: person.name, link: `${origin}/invitation?token=${token}` });
  };
  return {
    id: 'recovery',
    endpoints: {
      ways: createAuthEndpoint('/ways', { method: 'GET' }, async (ctx) =>
        ctx.json({ recovery: mail !== undefined, ...(provider === undefined ? {} : { singleSignOn: provider }) }),
      ),
      // The answer is given before anything is looked up: its time tells no more than its words.
      recover: createAuthEndpoint('/recovery', { method: 'POST' }, async (ctx) => {
        const email = textOf(ctx.body, 'email', 254).toLowerCase();
        send(email).catch(failed);
        return ctx.json({ asked: true });
      }),
      account: createAuthEndpoint('/account', { method: 'GET', use: [sessionMiddleware] }, async (ctx) => {
        const { user, session } = ctx.context.session;
        const person = await people.find(user.email);
        const own = await passkeys.ofPerson(user.id);
        return ctx.json({
          ...{ email: user.email, name: user.name, isFresh: isFresh(session.createdAt) },
          ...{ hasPassword: person?.hasPassword === true, hasSecondFactor: person?.hasSecondFactor === true },
          passkeys: own.map(({ id, name, isSynced, createdMicros, usedMicros }) => ({
            ...{ passkey: id, name, isSynced, made: new Date(createdMicros / 1_000).toISOString() },
            ...(usedMicros === undefined ? {} : { lastUsed: new Date(usedMicros / 1_000).toISOString() }),
          })),
        });
      }),
    },
  };
}
