/** Registration with an NRF that behaves as TS 29.510 says, and one that does not. */
import assert from 'node:assert/strict';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { nfProfile, parseServed } from '#gateways/nchf/nf-profile.ts';
import { type NrfEvent, NrfRegistration } from '#gateways/nchf/nrf-registration.ts';

const ID = '7a1b2c3d-0000-5000-8000-000000000001';
const PATH = `/nnrf-nfm/v1/nf-instances/${ID}`;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: string;
}
type Answer = { readonly status: number; readonly location?: string; readonly body?: string } | 'silence';

interface World {
  readonly asked: Asked[];
  readonly events: NrfEvent[];
  readonly origin: string;
  readonly registration: NrfRegistration;
  /** Until so many requests came and something holds. */
  until(holds: () => boolean): Promise<void>;
}

async function withNrf(
  answer: (asked: Asked, before: number, origin: string) => Answer,
  work: (world: World) => Promise<void>,
): Promise<void> {
  const [asked, events, sessions]: [Asked[], NrfEvent[], Set<ServerHttp2Session>] = [[], [], new Set()];
  const server = createServer();
  server.on('session', (session) => void sessions.add(session));
  server.on('stream', (readable, headers) => {
    const stream = readable as ServerHttp2Stream; // the types know only a stream of either side
    stream.on('error', () => undefined);
    let body = '';
    stream.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    stream.on('end', () => {
      const one = { method: String(headers[':method']), path: String(headers[':path']), type: String(headers['content-type'] ?? ''), body };
      const given = answer(one, asked.length, origin);
      asked.push(one);
      if (given === 'silence') return;
      stream.respond({ ':status': given.status, ...(given.location === undefined ? {} : { location: given.location }) });
      stream.end(given.body ?? '');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  const tls = { authorities: undefined, certificate: undefined, key: undefined };
  const limits = { answerMs: 200, firstWaitMs: 5, mostWaitMs: 20, usualBeatMs: 20 };
  const profile = nfProfile({ instanceId: ID, host: '192.0.2.7', port: 8080, scheme: 'http', networks: ['26201'], serves: [] });
  const registration = new NrfRegistration({ address: origin, instanceId: ID, profile, tls, limits }, (event) => events.push(event));
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; !holds(); tries += 1) {
      if (tries > 2_000) assert.fail(JSON.stringify({ asked, events }));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  try {
    registration.start();
    await work({ asked, events, origin, registration, until });
  } finally {
    await registration.close();
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const methods = (asked: readonly Asked[]): readonly string[] => asked.map(({ method }) => method);

test('it registers, lives, registers anew where it was forgotten, and leaves', () =>
  withNrf(
    ({ method }, before) => {
      if (method === 'PUT') return { status: 201, location: PATH, body: '{"nfStatus":"REGISTERED"}' };
      return before === 2 ? { status: 404 } : { status: 204 };
    },
    async ({ asked, registration, until }) => {
      await until(() => asked.length >= 5 && registration.isRegistered);
      await registration.close();
      assert.deepEqual(methods(asked).slice(0, 5), ['PUT', 'PATCH', 'PATCH', 'PUT', 'PATCH']);
      assert.deepEqual([asked.at(-1)?.method, registration.isRegistered], ['DELETE', false]);
      assert.ok(asked.every(({ path }) => path === PATH));
      const [put, patch] = asked;
      assert.equal(put?.type, 'application/json');
      const profile = JSON.parse(put?.body ?? '');
      assert.deepEqual([profile.nfInstanceId, profile.nfType, profile.ipv4Addresses], [ID, 'CHF', ['192.0.2.7']]);
      assert.deepEqual(
        [patch?.type, patch?.body],
        ['application/json-patch+json', '[{"op":"replace","path":"/nfStatus","value":"REGISTERED"}]'],
      );
    },
  ));

test('how often it says so itself, also later; what cannot be meant is passed over', () =>
  withNrf(
    ({ method }) => (method === 'PUT' ? { status: 201, body: '{"heartBeatTimer":0}' } : { status: 200, body: '{"heartBeatTimer":3600}' }),
    async ({ asked, events, registration, until }) => {
      await until(() => asked.length === 2);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual([methods(asked), registration.isRegistered], [['PUT', 'PATCH'], true]);
      assert.deepEqual(events, [{ kind: 'registered', beatSeconds: 0.02 }]);
    },
  ));

test('a redirection is followed, a permanent one for good; to nowhere and without end it is a failure that is tried again', () =>
  withNrf(
    ({ method, path }, before, origin) => {
      if (before === 0) return { status: 308, location: 'ftp://nowhere' };
      if (before <= 4) return { status: 307, location: PATH };
      if (path === PATH) return { status: 308, location: `${origin}/other${PATH}` };
      return { status: method === 'PUT' ? 201 : 204 };
    },
    async ({ asked, events, registration, until }) => {
      await until(() => asked.length >= 9);
      await registration.close();
      assert.match(JSON.stringify(events), /redirects to ftp:\/\/nowhere[\s\S]*more than 3 times[\s\S]*registered/);
      assert.deepEqual(
        asked.slice(5, 8).map(({ method, path }) => [method, path]),
        [
          ['PUT', PATH],
          ['PUT', `/other${PATH}`],
          ['PATCH', `/other${PATH}`],
        ],
      );
    },
  ));

test('one that refuses, answers nonsense or nothing is asked again, and keeps nobody', () =>
  withNrf(
    ({ method }, before) => {
      if (before === 0) return { status: 403, body: '{"cause":"NF_NOT_ALLOWED"}' };
      if (before === 1) return 'silence';
      if (before === 2) return { status: 500, body: 'x'.repeat(100_000) };
      if (method === 'PUT') return { status: 200, body: '[nonsense' };
      return before === 4 ? { status: 503 } : method === 'DELETE' ? 'silence' : { status: 204 };
    },
    async ({ asked, events, registration, until }) => {
      await until(() => asked.length >= 7);
      const said = JSON.stringify(events);
      assert.match(
        said,
        /403[\s\S]*NF_NOT_ALLOWED[\s\S]*no answer within 200 ms[\s\S]*more than 65536 octets[\s\S]*registered[\s\S]*sign of life: 503/,
      );
      assert.deepEqual(methods(asked).slice(3, 6), ['PUT', 'PATCH', 'PATCH'], 'a refused sign of life is no new registration');
      const begun = performance.now();
      await registration.close();
      assert.ok(performance.now() - begun < 5_000, 'a silent NRF does not keep an end');
    },
  ));

test('nobody listens: it is tried again, and an end does not wait', async () => {
  const events: NrfEvent[] = [];
  const tls = { authorities: undefined, certificate: undefined, key: undefined };
  const settings = { address: 'http://127.0.0.1:1', instanceId: ID, profile: {}, tls, limits: { firstWaitMs: 1, mostWaitMs: 2 } };
  const registration = new NrfRegistration(settings, (event) => events.push(event));
  registration.start();
  for (let tries = 0; events.length < 3 && tries < 2_000; tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await registration.close();
  assert.ok(events.length >= 3 && events.every(({ kind }) => kind === 'failed'), JSON.stringify(events));
});

test('a profile has the ranges of the settings, and a name or an address', () => {
  const serves = parseServed('supi=262010000000000-262019999999999, gpsi=491700000000-491799999999, plmn=20801') ?? [];
  const common = { instanceId: ID, port: 443, networks: [], serves } as const;
  const named = JSON.parse(JSON.stringify(nfProfile({ ...common, host: 'chf.example.net', scheme: 'https' })));
  assert.deepEqual(named.chfInfo, {
    supiRangeList: [{ start: '262010000000000', end: '262019999999999' }],
    gpsiRangeList: [{ start: '491700000000', end: '491799999999' }],
    plmnRangeList: [{ start: '20801', end: '20801' }],
  });
  assert.deepEqual(
    [named.fqdn, named.nfServices.length, named.nfServices[0].ipEndPoints, named.plmnList],
    ['chf.example.net', 3, [{ port: 443 }], undefined],
  );
  const six = JSON.parse(JSON.stringify(nfProfile({ ...common, host: '2001:db8::7', scheme: 'http' })));
  assert.deepEqual([six.ipv6Addresses, six.nfServices[0].ipEndPoints], [['2001:db8::7'], [{ ipv6Address: '2001:db8::7', port: 443 }]]);
  assert.deepEqual(parseServed(''), []);
  for (const text of ['supi', 'supi=1-2', 'supi=262019-262010', 'plmn=2080100', 'imsi=26201', 'supi=26201-262011,', 'supi=26201-262011'])
    assert.equal(parseServed(text), undefined, text);
});
