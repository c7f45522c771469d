/** Sign-in of people, wired: the pool for better-auth, and the secret that signs sessions. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';
import type { RecoveryMail } from '#gateways/sign-in/recovery.ts';
import { openSignIn } from '#gateways/sign-in/sign-in.ts';
import type { Provider } from '#gateways/sign-in/single-sign-on.ts';
import type { PeopleBooks, SignIn } from '#operations/access/ports.ts';
import { personOfClaims, readRoles } from '#operations/access/single-sign-on.ts';
import type { Mailer } from '#operations/delivery/ports.ts';
import { passkeyBooksOn } from '#storage/access/passkeys.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { plainPool } from '#storage/access/plain-pool.ts';
import type { Database } from '#storage/database.ts';
import { readSecret } from '../collecting/secrets.ts';
import { lazyMailer } from '../delivery/services.ts';
import type { Installation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import { mailSender, messageId } from './invitation-mail.ts';

const SHORTEST_SECRET = 32;
const CONNECTIONS = 4;

/** Undefined where `api.origin` is not set. Throws RefusedError: `collect.secret-missing`, `access.secret-short`. */
export async function signInOf({ settings, database, dataFolder, log }: Installation): Promise<SignIn | undefined> {
  const { origin, secret } = settings.api;
  if (origin === '') return undefined;
  // Checked by the settings: empty, or a reference.
  const signing = secret === '' ? keptSecret(dataFolder) : await readSecret(secret as SecretReference);
  if (signing.length < SHORTEST_SECRET)
    throw new RefusedError(refuse('access.secret-short', `api.secret has ${signing.length} characters`, { field: 'api.secret' }));
  const people = peopleBooksOn(database);
  const mailer = settings.mail.server === '' ? undefined : lazyMailer(settings.mail);
  const provider = await providerOf(settings.singleSignOn, people);
  const signIn = openSignIn({
    ...{ pool: plainPool(database, 'sign_in', CONNECTIONS), people, passkeys: passkeyBooksOn(database) },
    ...{ origin, secret: signing, log },
    ...(provider === undefined ? {} : { provider }),
    ...(mailer === undefined ? {} : { mail: (mail) => mailRecovery(database, mailer, mail) }),
  });
  return {
    ...signIn,
    async close() {
      mailer?.close();
      await signIn.close();
    },
  };
}

/** Undefined where none is set. Throws RefusedError: `access.single-sign-on-set`, `access.role-unknown`, `access.party-missing`. */
async function providerOf(set: Settings['singleSignOn'], people: PeopleBooks): Promise<Provider | undefined> {
  const { issuer, clientId, clientSecret, name, scope, roleClaim, verifiedEmail } = set;
  if (issuer === '') return undefined;
  const roles = valueOrThrow(readRoles(set.roles));
  if (clientId === '' || roles.length > 0 !== (roleClaim !== '')) {
    const message = clientId === '' ? 'singleSignOn.clientId is empty' : 'singleSignOn.roleClaim and singleSignOn.roles go together';
    throw new RefusedError(
      refuse('access.single-sign-on-set', message, { field: clientId === '' ? 'singleSignOn.clientId' : 'singleSignOn.roles' }),
    );
  }
  const rules = { roleClaim, roles, trustsEmail: verifiedEmail === 'trusted' };
  return {
    personOf: (at, claims) => personOfClaims(people, rules, at, claims),
    ...{ issuer, clientId, name, scope },
    // Checked by the settings: empty, or a reference.
    clientSecret: clientSecret === '' ? undefined : await readSecret(clientSecret as SecretReference),
    wanted: ['email', ...(roleClaim === '' ? [] : [roleClaim])],
  };
}

/** Throws where no mail could be sent: it is logged, and the person asks again. */
async function mailRecovery(database: Database, mailer: Mailer, { email, name, link }: RecoveryMail): Promise<void> {
  const from = await mailSender(database);
  if (from === undefined) throw new Error('no legal entity declares mail: {from: …}: the link to choose a password was not sent');
  const { outcome, answer } = await mailer.send(
    { by: 'email', to: [email], attach: [], language: 'en' },
    {
      ...{ from, replyTo: undefined, copyTo: [], subject: 'Choose a new password / Neues Passwort wählen / اختيار كلمة مرور جديدة' },
      text: recoveryText(name, link),
      messageId: messageId('recovery', from),
    },
    [],
  );
  if (outcome !== 'sent') throw new Error(`the link to choose a password was not sent: ${answer}`);
}

/** Who forgot a password chose no language here. */
function recoveryText(name: string, link: string): string {
  return [
    `${name},`,
    'somebody, most likely you, asked to choose a new password. The link works once, within an hour. If it was not you, do nothing.',
    'Jemand, vermutlich Sie, möchte ein neues Passwort wählen. Der Link gilt einmal, eine Stunde lang. Waren Sie es nicht, ist nichts zu tun.',
    'طلب أحدهم، والأرجح أنك أنت، اختيار كلمة مرور جديدة. يعمل الرابط مرة واحدة خلال ساعة. إن لم تكن أنت فلا تفعل شيئًا.',
    link,
    '',
  ].join('\n\n');
}

/** Made once; who has it could make sessions, so nobody else may read it. */
function keptSecret(dataFolder: string): string {
  const path = join(dataFolder, 'sign-in.secret');
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
