/** Single sign-on at a provider that is not ours: `oidc-provider`, certified by the OpenID Foundation. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import Provider from 'oidc-provider';
import { valueOrThrow } from '#core/refusals.ts';
import { openSignIn } from '#gateways/sign-in/sign-in.ts';
import { block, invite } from '#operations/access/people.ts';
import type { SignIn } from '#operations/access/ports.ts';
import { personOfClaims, readRoles, type SingleSignOnRules } from '#operations/access/single-sign-on.ts';
import { passkeyBooksOn } from '#storage/access/passkeys.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { plainPool } from '#storage/access/plain-pool.ts';
import { withTestDatabase } from '../support/database.ts';

const ORIGIN = 'https://billing.test';
const CLIENT = { id: 'carillon', secret: 'a-secret-of-the-client-of-32-characters' };
const SIGN_IN = `${ORIGIN}/v1/sign-in`;

/** Who the provider knows: what it says of them. */
const known: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ann: { email: 'Ann@house.test', email_verified: true, name: 'Ann', groups: ['staff', 'books'] },
  ben: { email: 'ben@house.test', email_verified: true, name: 'Ben \u202e', groups: ['books'] },
  cem: { email: 'cem@house.test', email_verified: false, groups: ['books'] },
  dan: { email: 'dan@house.test', email_verified: true, groups: [] },
  pat: { email: 'pat@partner.test', email_verified: true, groups: ['books', 'root'] },
};
const changed: Record<string, readonly string[]> = {};

test('people sign in at a provider of identities: invited or by a group, and what is forged, replayed or unknown is refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = provide(server);
  const rules: SingleSignOnRules = {
    ...{ roleClaim: 'groups', roles: valueOrThrow(readRoles('root=administrator, books = finance')), trustsEmail: false },
  };
  try {
    await withTestDatabase(async (database) => {
      const people = peopleBooksOn(database);
      const said: string[] = [];
      const signIn = openSignIn({
        ...{
          pool: plainPool(database, 'sign_in', 2),
          people,
          passkeys: passkeyBooksOn(database),
          origin: ORIGIN,
          secret: 's3cret-'.repeat(8),
        },
        log: { error: ({ err }: { err?: unknown }) => void said.push(String(err)) },
        provider: {
          personOf: (from, claims) => personOfClaims(people, rules, from, claims),
          name: 'Test',
          issuer,
          clientId: CLIENT.id,
          clientSecret: CLIENT.secret,
          scope: 'openid email profile',
          wanted: ['email', 'groups'],
        },
      });
      const words = { name: 'x', party: undefined, by: 'test' };
      const at = Date.now() * 1_000;
      valueOrThrow(await invite(people, { ...words, email: 'ann@house.test', role: 'auditor' }, at));
      valueOrThrow(await invite(people, { ...words, email: 'dan@house.test', role: 'support' }, at));
      valueOrThrow(await invite(people, { ...words, email: 'pat@partner.test', role: 'partner', party: 'andina' }, at));
      const roleOf = async (login: string): Promise<string> => {
        const { landed, cookie } = await visit(signIn, login);
        if (landed !== `${ORIGIN}/usage?x=1`) return new URL(landed).search;
        const { role, email, party } = (await signIn.personOf(new Headers({ cookie }))) ?? { role: 'nobody', email: '', party: undefined };
        return `${email} ${role}${party === undefined ? '' : ` of ${party}`}`;
      };
      assert.equal(await roleOf('ann'), 'ann@house.test finance', 'invited; the group gives another role');
      assert.equal(await roleOf('ben'), 'ben@house.test finance', 'not invited, but of a group that has a role');
      assert.equal((await people.find('ben@house.test'))?.name, 'Ben \\u202e');
      assert.equal(await roleOf('cem'), '?refused=access.single-sign-on-unknown', 'an address that nobody verified');
      assert.equal(await roleOf('dan'), 'dan@house.test support', 'invited, of no group');
      assert.equal(await roleOf('pat'), 'pat@partner.test partner of andina', 'groups do not lift a partner into the house');

      // Known by issuer and subject now: another address means the same person, and a group that is left ends what it gave.
      changed.ann = ['root'];
      assert.equal(await roleOf('ann'), 'ann@house.test administrator');
      changed.ben = [];
      assert.equal(await roleOf('ben'), '?refused=access.single-sign-on-unknown');
      valueOrThrow(await block(people, 'ann@house.test', true));
      assert.equal(await roleOf('ann'), '?refused=access.single-sign-on-unknown');
      assert.deepEqual(said, []);

      // What comes back must belong to what was begun in this browser, once.
      valueOrThrow(await block(people, 'ann@house.test', false));
      const refusedOf = async (change: (callback: URL) => void, cookie?: string): Promise<string> => {
        const begun = await begin(signIn);
        const callback = await answerOf(begun.address, 'ann');
        change(callback);
        const back = await ask(signIn, callback.href, cookie ?? begun.cookie);
        assert.equal(back.cookie.includes('session_token'), false);
        return new URL(back.location).searchParams.get('refused') ?? '';
      };
      const failed = 'access.single-sign-on-failed';
      assert.equal(await refusedOf((url) => url.searchParams.set('state', 'another')), failed);
      assert.equal(await refusedOf((url) => url.searchParams.set('iss', 'https://evil.test')), failed);
      assert.equal(await refusedOf((url) => url.searchParams.set('code', 'forged')), failed);
      assert.equal(await refusedOf(() => undefined, (await begin(signIn)).cookie), failed);
      assert.equal(await refusedOf(() => undefined, ''), failed);
      const { callback, cookie, landed } = await visit(signIn, 'ann');
      assert.equal(landed, `${ORIGIN}/usage?x=1`);
      assert.match((await ask(signIn, callback, cookie)).location, /refused=access.single-sign-on-failed$/, 'taken once');
      await signIn.close();
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a role of a group is one of the house that exists', () => {
  assert.deepEqual(valueOrThrow(readRoles('')), []);
  const codeOf = (text: string): string => {
    const read = readRoles(text);
    return read.ok ? 'ok' : (read.refusals[0]?.code ?? '');
  };
  assert.deepEqual(['a=finance, cn=b=auditor', 'a=root', 'finance', '=finance', 'a=partner'].map(codeOf), [
    'ok',
    'access.role-unknown',
    'access.role-unknown',
    'access.role-unknown',
    'access.party-missing',
  ]);
});

/** The provider, whose pages of sign-in and consent answer of themselves. */
function provide(server: Server): string {
  const { port } = server.address() as AddressInfo; // it listens on a port
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [`${SIGN_IN}/single-sign-on/callback`] },
        ...{ grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_post' },
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...known[sub], ...(changed[sub] === undefined ? {} : { groups: changed[sub] }) }),
    }),
    loadExistingGrant: async (context) => {
      const grant = new provider.Grant({ clientId: CLIENT.id, accountId: context.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const login = /^\/interaction\/[^?]+\?as=(\w+)$/.exec(request.url ?? '')?.[1];
    if (login === undefined) void answer(request, response);
    else void provider.interactionFinished(request, response, { login: { accountId: login } });
  });
  return issuer;
}

interface Answered {
  readonly location: string;
  readonly cookie: string;
}

async function ask(signIn: SignIn, address: string, cookie = ''): Promise<Answered> {
  const { answer } = await signIn.handle(new Request(address, { headers: { cookie } }));
  assert.equal(answer.status, 302);
  return { location: answer.headers.get('location') ?? '', cookie: cookiesOf(answer) };
}

async function begin(signIn: SignIn): Promise<{ readonly address: string; readonly cookie: string }> {
  const { location, cookie } = await ask(signIn, `${SIGN_IN}/single-sign-on?next=${encodeURIComponent('/usage?x=1')}`);
  return { address: location, cookie };
}

/** From beginning to end, as a browser walks it. */
async function visit(
  signIn: SignIn,
  login: string,
): Promise<{ readonly landed: string; readonly cookie: string; readonly callback: string }> {
  const begun = await begin(signIn);
  const callback = await answerOf(begun.address, login);
  const { location, cookie } = await ask(signIn, callback.href, begun.cookie);
  return { landed: location, cookie: `${begun.cookie}; ${cookie}`, callback: callback.href };
}

/** The address that the provider sends the browser back to. */
async function answerOf(address: string, login: string): Promise<URL> {
  const jar = new Map<string, string>();
  let next = new URL(address);
  for (let hops = 0; hops < 6 && next.origin !== ORIGIN; hops += 1) {
    if (next.pathname.startsWith('/interaction/')) next.search = `?as=${login}`;
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const each of cookiesOf(answer).split('; ')) jar.set(each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1));
    next = new URL(answer.headers.get('location') ?? assert.fail(`${answer.status} ${await answer.text()}`), next);
  }
  return next;
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}
