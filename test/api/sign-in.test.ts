/** People: invited, signed in, another role, blocked, locked; and every role against every operation of the API. */
import assert from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import Type from 'typebox';
import { defaultStreamLimits } from '#api/event-stream.ts';
import { eventsOperation, KNOWN, operation } from '#api/operation.ts';
import { PlaceLimit } from '#api/place-limit.ts';
import { type Api, buildApi } from '#api/server.ts';
import { describedOperations } from '#app/api/operations.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { hashPassword, isPassword } from '#gateways/sign-in/passwords.ts';
import type { RecoveryMail } from '#gateways/sign-in/recovery.ts';
import { LIMITS, openSignIn } from '#gateways/sign-in/sign-in.ts';
import { createKey, keyOf } from '#operations/access/keys.ts';
import { block, changeRole, dropSecondFactor, invite, inviteAgain } from '#operations/access/people.ts';
import { permissions } from '#operations/access/permissions.ts';
import type { PeopleBooks, SignIn } from '#operations/access/ports.ts';
import { isRole, roles } from '#operations/access/roles.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { passkeyBooksOn } from '#storage/access/passkeys.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { plainPool } from '#storage/access/plain-pool.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { totp } from '../support/totp.ts';

const ORIGIN = 'https://billing.test';
const PASSWORD = 'four words make one';
/** Where the requests of these tests come from. */
const HERE = '127.0.0.1';

/** One operation of each permission that there is. */
const operations = Object.keys(permissions).flatMap((permission) => {
  assert.ok(permission in permissions);
  const declared = { tag: 'Charging' as const, summary: permission, permission: permission as keyof typeof permissions };
  const path = `/v1/any/${permission.replace(':', '-')}`;
  const handle = async () => ({ body: { done: true } });
  const answer = Type.Object({ done: Type.Boolean() });
  return [
    operation({ ...declared, id: `get ${permission}`, method: 'GET', path, answer, handle }),
    operation({ ...declared, id: `do ${permission}`, method: 'POST', path, repetition: 'key', audit: { subject: 'any' }, answer, handle }),
  ];
});

const stream = eventsOperation({
  ...{ id: 'watch', tag: 'Charging', method: 'GET', path: '/v1/watch', permission: 'overview:read', summary: 'Nothing, for ever' },
  answer: Type.Object({}),
  handle: async () => ({ start: () => () => undefined }),
});

/** A change of partners that counts how often it was done. */
let changed = 0;
const counting = operation({
  ...{ id: 'count', tag: 'Portal', method: 'POST', path: '/v1/count', permission: 'portal:use', summary: 'One more', repetition: 'key' },
  ...{ audit: { subject: 'any' }, forParties: ['partner'], answer: Type.Object({ changed: Type.Integer() }) },
  handle: async () => {
    changed += 1;
    return { body: { changed } };
  },
});

/** Links that were sent to who forgot the password. */
const mails: RecoveryMail[] = [];
let mailed: () => void = () => undefined;

let database: TestDatabase;
let people: PeopleBooks;
let signIn: SignIn;
let api: Api;
let base = '';
let finish: () => void = () => undefined;
let ended: Promise<void> = Promise.resolve();
before(async () => {
  await new Promise<void>((ready, failed) => {
    ended = withTestDatabase(async (opened) => {
      database = opened;
      people = peopleBooksOn(database);
      const log = { info: () => undefined, error: (fields: object, text: string) => assert.fail(`${text} ${JSON.stringify(fields)}`) };
      signIn = openSignIn({
        ...{ pool: plainPool(database, 'sign_in', 4), people, passkeys: passkeyBooksOn(database) },
        ...{ origin: ORIGIN, secret: 's3cret-'.repeat(8), log },
        mail: async (letter) => {
          mails.push(letter);
          mailed();
        },
      });
      api = await buildApi({
        operations: [...operations, stream, counting],
        limits: { streams: { ...defaultStreamLimits, heartbeatMs: 50 } },
        keys: keyBooksOn(database),
        repetitions: repetitionBooksOn(database),
        audit: auditBooksOn(database),
        signIn,
        version: '1',
        log,
      });
      base = `http://127.0.0.1:${await api.listen('127.0.0.1', 0)}`;
      ready();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await api.close();
      await signIn.close();
    });
    ended.catch(failed);
  });
});
after(async () => {
  finish();
  await ended;
});

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** Of Set-Cookie, as a browser would send them back. */
  readonly cookie: string;
  readonly setCookie: readonly string[];
}

async function ask(method: string, path: string, options: { cookie?: string; origin?: string | null; body?: object } = {}): Promise<Told> {
  const headers = new Headers({ 'idempotency-key': crypto.randomUUID() });
  if (options.cookie !== undefined) headers.set('cookie', options.cookie);
  if (options.origin !== null) headers.set('origin', options.origin ?? ORIGIN);
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  const answer = await fetch(`${base}${path}`, {
    method,
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const setCookie = answer.headers.getSetCookie();
  const body = (await answer.json()) as Record<string, unknown>; // an object by every schema, and checked below
  const cookie = setCookie.map((each) => each.split(';')[0]).join('; ');
  return { status: answer.status, body, cookie, setCookie };
}

const enter = (email: string, password = PASSWORD): Promise<Told> =>
  ask('POST', '/v1/sign-in/sign-in/email', { body: { email, password } });

/** One hash for all, with the least that argon2id can do: ours takes the processor a tenth of a second for each sign-in, as it must. The first test shows how people come to theirs. */
const LEAST = { memory: 8, passes: 1, parallelism: 1 };
const salt = randomBytes(16);
const least = argon2Sync('argon2id', { message: PASSWORD, nonce: salt, tagLength: 32, ...LEAST });
const base64 = (octets: Buffer): string => octets.toString('base64').replaceAll('=', '');
const hashed = `$argon2id$v=19$m=8,t=1,p=1$${base64(salt)}$${base64(least)}`;

/** Somebody with a password, and the cookie of a session. */
async function somebody(role: string): Promise<{ readonly email: string; readonly cookie: string }> {
  const email = `${role}-${crypto.randomUUID().slice(0, 8)}@house.test`;
  const party = isRole(role) && 'ofParty' in roles[role] ? 'andina' : undefined;
  const { person } = valueOrThrow(await invite(people, { email, name: role, role, party, by: 'test' }, Date.now() * 1_000));
  await database.pool.query(
    `insert into sign_in.account (id, "accountId", "providerId", "userId", password, "updatedAt") values ($1, $1, 'credential', $1, $2, now())`,
    [person.id, hashed],
  );
  const { status, cookie } = await enter(email);
  assert.equal(status, 200);
  return { email, cookie };
}

test('who is invited chooses a password once, signs in, is known by the cookie, and signs out', async () => {
  const words = { email: 'Ann@House.test', name: 'Ann', role: 'finance', party: undefined, by: 'test' };
  const { token, person } = valueOrThrow(await invite(people, words, Date.now() * 1_000));
  assert.equal(person.email, 'ann@house.test');
  assert.equal(person.hasPassword, false);
  const short = await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword: 'short' } });
  assert.deepEqual([short.status, short.body.code], [422, 'access.password-length']);
  for (const newPassword of ['aaaaaaaaaaaa', 'Password1234!', 'Ann@House.Test.1']) {
    const guessed = await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword } });
    assert.deepEqual([guessed.status, guessed.body.code], [422, 'access.password-guessable'], newPassword);
  }
  assert.equal((await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword: PASSWORD } })).status, 200);
  const again = await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword: `${PASSWORD}!` } });
  assert.deepEqual([again.status, again.body.code], [410, 'access.invitation-over']);
  const entered = await enter('ANN@house.test');
  assert.equal(entered.status, 200);
  assert.ok(!JSON.stringify(entered.body).includes('"token"'), 'the session is the cookie’s alone');
  assert.match(entered.setCookie[0] ?? '', /^__Secure-carillon\.session_token=[^;]+;.*HttpOnly.*Secure.*SameSite=Strict/i);
  const { rows } = await database.pool.query('select password from sign_in.account');
  assert.match(rows[0].password, /^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
  const { cookie } = entered;
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie })).status, 200);
  assert.equal((await ask('POST', '/v1/sign-in/sign-out', { cookie })).status, 200);
  const gone = await ask('GET', '/v1/any/ledger-read', { cookie });
  assert.deepEqual([gone.status, gone.body.code], [401, 'access.session-missing']);
});

test('every operation is for the roles that have its permission, and for nobody else', async () => {
  for (const [role, { permissions: own }] of Object.entries(roles)) {
    const { cookie } = await somebody(role);
    for (const { id, method, path, permission } of operations) {
      // Not over a socket: that over one the same is asked and answered is what every other test of this file shows.
      const headers = { cookie, origin: ORIGIN, 'idempotency-key': crypto.randomUUID() };
      const answer = await api.server.inject({ method, url: path, headers });
      const { statusCode: status } = answer;
      const body = answer.json<{ code?: string }>();
      // Who is of a party asks only what is declared for parties, and none of these is.
      const may = role !== 'partner' && role !== 'customer' && (own as readonly string[]).includes(permission); // compared as text
      assert.deepEqual([status, body.code], may ? [200, undefined] : [403, 'api.permission-missing'], `${role}: ${id}`);
    }
  }
  for (const { method, path } of operations) assert.equal((await ask(method, path)).status, 401);
});

test('every operation that the platform serves has a permission that some role of the house has; an auditor changes nothing', () => {
  for (const { id, method, permission, forParties = [] } of describedOperations()) {
    if (permission === KNOWN) {
      assert.equal(method, 'GET', `${id} changes something and asks for no permission`);
      continue;
    }
    // The portal is the partners' own.
    if (permission !== 'portal:use') assert.ok(roles.administrator.permissions.includes(permission), id);
    // To begin a check or a comparison is a job, and changes nothing.
    if (method !== 'GET' && !/^(verify|startReconciliation|checkTax)/.test(id))
      assert.ok(!roles.auditor.permissions.includes(permission), `${id} changes something with a permission to read`);
    for (const role of forParties) assert.ok((roles[role].permissions as readonly string[]).includes(permission), id);
  }
});

test('a page of another address changes nothing in the name of who is signed in', async () => {
  const { cookie } = await somebody('administrator');
  for (const origin of ['https://evil.test', 'https://billing.test:444', 'null', null]) {
    const changed = await ask('POST', '/v1/any/charging-manage', { cookie, origin });
    assert.deepEqual([changed.status, changed.body.code], [403, 'access.origin-wrong']);
    const out = await ask('POST', '/v1/sign-in/sign-out', { cookie, origin });
    assert.deepEqual([out.status, out.body.code], [403, 'access.origin-wrong']);
  }
  assert.equal((await ask('POST', '/v1/any/charging-manage', { cookie })).status, 200);
});

test('another role and a block hold at once, for a session that is open', async () => {
  const { email, cookie } = await somebody('finance');
  assert.equal((await ask('GET', '/v1/any/charging-read', { cookie })).status, 403);
  valueOrThrow(await changeRole(people, email, { role: 'support', party: undefined }));
  assert.equal((await ask('GET', '/v1/any/charging-read', { cookie })).status, 200);
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie })).status, 403);
  valueOrThrow(await block(people, email, true));
  assert.equal((await ask('GET', '/v1/any/charging-read', { cookie })).status, 401);
  const refused = await enter(email);
  assert.deepEqual([refused.status, refused.body.code], [401, 'access.sign-in-wrong']);
  const blocked = await inviteAgain(people, email, Date.now() * 1_000);
  assert.ok(!blocked.ok && blocked.refusals[0]?.code === 'access.person-blocked');
  valueOrThrow(await block(people, email, false));
  assert.equal((await enter(email)).status, 200);
});

test('a key does no more than who made it may now, and the same as before once they may again', async () => {
  const { email } = await somebody('finance');
  const words = { permissions: ['ledger:read', 'charging:read'], expiresMicros: undefined, createdBy: email };
  const books = keyBooksOn(database);
  const now = Date.now() * 1_000;
  const { id, key } = valueOrThrow(await createKey(books, { ...words, name: 'closer' }, now));
  const { key: another } = valueOrThrow(await createKey(books, { ...words, name: 'of the house', permissions: ['disputes:read'] }, now));
  const held = async (of = key) => valueOrThrow(await keyOf(books, of, now));
  assert.deepEqual((await held()).permissions, ['ledger:read']);
  valueOrThrow(await changeRole(people, email, { role: 'support', party: undefined }));
  assert.deepEqual([(await held()).permissions, (await held()).withheld], [['charging:read'], ['ledger:read']]);
  const listed = (await books.all()).find((each) => each.id === id);
  assert.deepEqual(listed?.withheld, ['ledger:read']);
  valueOrThrow(await changeRole(people, email, { role: 'administrator', party: undefined }));
  assert.deepEqual([(await held()).permissions, (await held()).withheld], [['ledger:read', 'charging:read'], []]);
  // A partner may read disputes, its own: a key that sees those of all does nothing any more.
  valueOrThrow(await changeRole(people, email, { role: 'partner', party: 'andina' }));
  assert.deepEqual((await held(another)).permissions, []);
});

test('a stream ends when the role changes, also where the new one may open it again', { timeout: 10_000 }, async () => {
  const { email, cookie } = await somebody('administrator');
  const { status, body } = await fetch(`${base}/v1/watch`, { headers: { cookie } });
  assert.ok(status === 200 && body !== null);
  valueOrThrow(await changeRole(people, email, { role: 'network-engineer', party: undefined }));
  const reader = body.getReader();
  while (!(await reader.read()).done);
  assert.equal((await ask('GET', '/v1/any/overview-read', { cookie })).status, 200);
});

test('wrong passwords lock an address for where they come from, whether somebody has it or not, and say the same', async () => {
  const { email } = await somebody('auditor');
  for (const address of [email, 'nobody@house.test']) {
    // All but one at the store: each real one takes the processor a tenth of a second, as it must.
    for (let i = 1; i < LIMITS.most; i += 1) await people.failed(address, HERE, LIMITS);
    assert.equal(await people.lockedUntil(address, HERE), undefined);
    const { status, body } = await enter(address, 'something else');
    assert.deepEqual([status, body.code, body.detail], [401, 'access.sign-in-wrong', 'Invalid email or password']);
    await database.pool.query('delete from sign_in."rateLimit"');
    const locked = await enter(address);
    assert.deepEqual([locked.status, locked.body.code], [429, 'access.sign-in-too-often'], address);
  }
  valueOrThrow(await block(people, email, false));
  assert.equal((await enter(email)).status, 200);
});

test('nobody locks somebody out from elsewhere: where the person signed in before stays open, and many places together are one', async () => {
  const { email } = await somebody('auditor');
  const elsewhere = (i: number) => `198.51.100.${i}`;
  for (let i = 0; i < LIMITS.mostElsewhere; i += 1) await people.failed(email, elsewhere(Math.floor(i / 9)), LIMITS);
  assert.notEqual(await people.lockedUntil(email, '203.0.113.9'), undefined, 'a place that nobody knows');
  assert.equal(await people.lockedUntil(email, HERE), undefined);
  assert.equal((await enter(email)).status, 200);
  assert.notEqual(await people.lockedUntil(email, '203.0.113.9'), undefined, 'who signs in opens it for no other place');
});

test('attempts from one place are counted over all addresses', async () => {
  await database.pool.query('delete from sign_in."rateLimit"');
  assert.equal((await enter('one@house.test', 'no')).status, 401);
  await database.pool.query('update sign_in."rateLimit" set count = 20');
  const another = await enter('another@house.test', 'no');
  assert.deepEqual([another.status, another.body.code], [429, 'access.sign-in-too-often']);
  await database.pool.query('delete from sign_in."rateLimit"');
});

test('with a second factor the password alone opens nothing; a code is taken, a wrong one not, a lost one is taken away', async () => {
  const { email, cookie } = await somebody('administrator');
  const enabled = await ask('POST', '/v1/sign-in/two-factor/enable', { cookie, body: { password: PASSWORD } });
  assert.equal(enabled.status, 200);
  const secret = new URL(String(enabled.body.totpURI)).searchParams.get('secret') ?? '';
  const taken = totp(secret);
  const verified = await ask('POST', '/v1/sign-in/two-factor/verify-totp', { cookie, body: { code: taken } });
  assert.equal(verified.status, 200);
  const half = await enter(email);
  assert.equal(half.body.twoFactorRedirect, true);
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie: half.cookie })).status, 401);
  const wrong = await ask('POST', '/v1/sign-in/two-factor/verify-totp', { cookie: half.cookie, body: { code: '000000' } });
  assert.deepEqual([wrong.status, wrong.body.code], [401, 'access.sign-in-wrong']);
  const trusted = await ask('POST', '/v1/sign-in/two-factor/verify-totp', {
    ...{ cookie: half.cookie, body: { code: totp(secret), trustDevice: true } },
  });
  assert.deepEqual([trusted.status, trusted.cookie], [400, '']);
  await database.pool.query('delete from sign_in."rateLimit"');
  // The code that confirmed the second factor was taken with it.
  const again = await ask('POST', '/v1/sign-in/two-factor/verify-totp', { cookie: half.cookie, body: { code: taken } });
  assert.deepEqual([again.status, again.body.code, again.cookie.includes('session_token')], [401, 'access.sign-in-wrong', false]);
  // Another challenge, and the next code, which counts half a minute early.
  const anew = await enter(email);
  const code = totp(secret, 1);
  const whole = await ask('POST', '/v1/sign-in/two-factor/verify-totp', { cookie: anew.cookie, body: { code } });
  assert.equal(whole.status, 200);
  const shoulder = await enter(email);
  const twice = await ask('POST', '/v1/sign-in/two-factor/verify-totp', { cookie: shoulder.cookie, body: { code } });
  assert.deepEqual([twice.status, twice.body.code], [401, 'access.sign-in-wrong']);
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie: whole.cookie })).status, 200);
  valueOrThrow(await dropSecondFactor(people, email));
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie: whole.cookie })).status, 401);
  const simple = await enter(email);
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie: simple.cookie })).status, 200);
});

test('what people do not need of the library is not there, and hostile input is a named no', async () => {
  for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/list-sessions', '/error', '/ok', '/../any', '//', '/%2e%2e/x']) {
    const { status } = await ask('POST', `/v1/sign-in${path}`, {
      body: { email: 'x@y.test', password: PASSWORD, name: 'x', role: 'administrator' },
    });
    assert.equal(status, 404, path);
  }
  for (const body of [
    {},
    { email: 1, password: [] },
    { email: "' or 1=1--@x.test", password: 'x' },
    { email: 'a@b.test', password: 'x'.repeat(7_000) },
  ]) {
    const { status } = await ask('POST', '/v1/sign-in/sign-in/email', { body });
    assert.ok(status === 400 || status === 401 || status === 422, `${status} ${JSON.stringify(body).slice(0, 60)}`);
  }
  const { cookie } = await somebody('auditor');
  assert.equal((await ask('GET', '/v1/any/ledger-read', { cookie: `${cookie.slice(0, -4)}AAAA` })).status, 401);
  const raised = await ask('POST', '/v1/sign-in/get-session', { cookie, body: { role: 'administrator' } });
  assert.notEqual(raised.status, 500);
  assert.equal((await ask('POST', '/v1/any/charging-manage', { cookie })).status, 403);
});

test('a role that changes while somebody is signed in holds for the next request; a kept answer stays with the party that it was given to', async () => {
  const { email, cookie } = await somebody('finance');
  assert.equal((await ask('POST', '/v1/any/payments-manage', { cookie })).status, 200);
  assert.equal(await people.setRole(email, 'auditor', undefined), true);
  assert.equal((await ask('POST', '/v1/any/payments-manage', { cookie })).status, 403);
  assert.equal((await ask('GET', '/v1/any/audit-read', { cookie })).status, 200, 'the session goes on, with what it may now');

  const partner = await somebody('partner');
  const again = async (): Promise<readonly unknown[]> => {
    const headers = { cookie: partner.cookie, origin: ORIGIN, 'idempotency-key': 'the-same' };
    const answer = await fetch(`${base}/v1/count`, { method: 'POST', headers });
    return [answer.status, await answer.json(), answer.headers.get('idempotent-replayed')];
  };
  assert.deepEqual(await again(), [200, { changed: 1 }, null]);
  assert.deepEqual(await again(), [200, { changed: 1 }, 'true']);
  await people.setRole(partner.email, 'partner', 'borealis');
  assert.deepEqual(await again(), [200, { changed: 2 }, null], 'what the other party was answered is not shown');
  await people.setRole(partner.email, 'partner', 'andina');
  assert.deepEqual(await again(), [200, { changed: 1 }, 'true']);
});

test('who forgot the password gets one link by mail, once; who asks for an address that nobody has gets the same answer', async () => {
  const { email } = await somebody('finance');
  const arrived = new Promise<void>((resolve) => {
    mailed = resolve;
  });
  const unknown = await ask('POST', '/v1/sign-in/recovery', { body: { email: 'nobody@house.test' } });
  const known = await ask('POST', '/v1/sign-in/recovery', { body: { email } });
  assert.deepEqual([unknown.status, unknown.body], [known.status, known.body]);
  await arrived;
  assert.deepEqual(
    mails.map((each) => each.email),
    [email],
  );
  const token = new URL(mails[0]?.link ?? '').searchParams.get('token') ?? '';
  const chosen = await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword: `${PASSWORD} too` } });
  assert.equal(chosen.status, 200);
  assert.equal((await ask('POST', '/v1/sign-in/reset-password', { body: { token, newPassword: PASSWORD } })).status, 410);
  assert.equal((await enter(email, `${PASSWORD} too`)).status, 200);
  // The trail says whose password was chosen, and that it was asked for.
  const told = await auditBooksOn(database).list({ subject: email }, undefined, 10);
  assert.deepEqual(
    told.map(({ operation: what, stage }) => `${what} ${stage}`),
    ['sign-in/email done', 'reset-password done', 'recovery done', 'sign-in/email done'],
  );
  // An invitation that can be taken longer is not taken away by who asks for mails.
  const invited = await people.insert({
    ...{ email: 'new@house.test', name: 'New', role: 'finance', party: undefined, invitedBy: 'test' },
  });
  const invitation = valueOrThrow(await inviteAgain(people, invited?.email ?? '', Date.now() * 1_000));
  await people.makeRecovery(invitation.person.id, (Date.now() + 1_000) * 1_000);
  assert.equal((await people.ofInvitation(invitation.token))?.email, 'new@house.test');
  assert.deepEqual(
    [await people.takeRecovery('x@y.test', 2), await people.takeRecovery('x@y.test', 2), await people.takeRecovery('x@y.test', 2)],
    [true, true, false],
  );
});

test('what is no address of sign-in leaves no entry in the audit trail, and from one place come only so many', async () => {
  const before = (await auditBooksOn(database).verify()).entries;
  for (const path of ['/forged-operation', '/sign-in/email/x', '/two-factor/send-otp'])
    assert.equal((await ask('POST', `/v1/sign-in${path}`, { body: { email: 'finance@house.test' } })).status, 404);
  assert.equal((await ask('GET', '/v1/sign-in/sign-out')).status, 404);
  assert.equal((await auditBooksOn(database).verify()).entries, before);
  const limit = new PlaceLimit(3, 60_000);
  const taken = [0, 0, 0, 0, 20_000].map((at) => limit.take('a', at));
  assert.deepEqual([...taken, limit.take('b', 20_000)], [true, true, true, false, true, true]);
});

test('a passkey begins with a new challenge each time; what is none, or is asked for long after signing in, is refused', async () => {
  const { cookie } = await somebody('finance');
  const begun = await ask('POST', '/v1/sign-in/passkey/begin-registration', { cookie });
  assert.deepEqual([begun.status, Object(begun.body.authenticatorSelection).userVerification], [200, 'required']);
  const response = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {}, response: { userHandle: 'x' } };
  for (const [path, body] of [
    ['register', { name: 'Key', response }],
    ['register', { name: 'a\u202eb', response }],
    ['register', { name: 'Key' }],
    ['sign-in', { response }],
    ['sign-in', { response: [] }],
  ] as const) {
    const { status } = await ask('POST', `/v1/sign-in/passkey/${path}`, { cookie: `${cookie}; ${begun.cookie}`, body });
    assert.ok(status === 400 || status === 401, `${path} ${status}`);
  }
  await database.pool.query(`update sign_in.session set "createdAt" = now() - interval '16 minutes'`);
  const late = await ask('POST', '/v1/sign-in/passkey/begin-registration', { cookie });
  assert.deepEqual([late.status, late.body.code], [403, 'access.session-old']);
});

test('an invitation names a role that is, an address, and a party where the role has one', async () => {
  const words = { email: 'x@house.test', name: 'X', role: 'finance', party: undefined, by: 'test' };
  const codeOf = async (change: object): Promise<string> => {
    const result = await invite(people, { ...words, ...change }, 0);
    return result.ok ? 'ok' : (result.refusals[0]?.code ?? '');
  };
  assert.equal(await codeOf({ role: 'root' }), 'access.role-unknown');
  assert.equal(await codeOf({ role: 'constructor' }), 'access.role-unknown');
  assert.equal(await codeOf({ email: 'nobody' }), 'access.address-malformed');
  assert.equal(await codeOf({ name: ' ' }), 'access.name-malformed');
  assert.equal(await codeOf({ role: 'partner' }), 'access.party-missing');
  assert.equal(await codeOf({ party: 'andina' }), 'access.party-needless');
  assert.equal(await codeOf({}), 'ok');
  assert.equal(await codeOf({}), 'access.person-known');
});

test('passwords are argon2id as RFC 9106 says, whatever way the letters were composed', async () => {
  const hash = await hashPassword('caf\u00e9 au lait');
  assert.ok(await isPassword('cafe\u0301 au lait', hash));
  assert.ok(!(await isPassword('cafe au lait', hash)));
  // The reference implementation's own vector (phc-winner-argon2, src/test.c), with other parameters than ours.
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.ok(await isPassword('password', reference));
  assert.ok(!(await isPassword('passwore', reference)));
  // Another kind of Argon2 is none of ours.
  assert.ok(!(await isPassword('password', '$argon2i$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b5dWRWJTmaaJObG')));
});
