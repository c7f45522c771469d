/** Connections with Diameter peers: capabilities, watchdog, disconnection, and everything a peer can do wrong (RFC 6733 §5). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '#codecs/diameter/build.ts';
import { defaultLimits } from '#gateways/diameter/settings.ts';
import { ask, ccr, cer, dictionary, generous, message, rawPeer, until, withNode } from './node-under-test.ts';

const origin = { 'Origin-Host': 'pgw1.epc.example.org', 'Origin-Realm': 'epc.example.org' };

test('a peer exchanges capabilities, is watched, and leaves in order', () =>
  withNode({}, async ({ port, events, node }) => {
    const peer = await rawPeer(port);
    peer.socket.write(cer('PGW1.epc.example.org'));
    await until(() => peer.received.length === 1);
    const [cea] = peer.received;
    assert.equal(cea?.command, 'CEA');
    assert.deepEqual(
      [cea?.values['Result-Code'], cea?.values['Origin-Host'], cea?.values['Auth-Application-Id'], cea?.values['Origin-State-Id']],
      [2001, 'ocs1.example.net', [4], 7],
    );
    peer.socket.write(message('DWR', origin, 5));
    await until(() => peer.received.length === 2);
    assert.deepEqual(
      [peer.received[1]?.command, peer.received[1]?.values['Result-Code'], peer.received[1]?.header.hopByHop],
      ['DWA', 2001, 5],
    );
    peer.socket.write(message('DPR', { ...origin, 'Disconnect-Cause': 0 }, 6));
    await until(() => peer.received.length === 3);
    assert.equal(peer.received[2]?.command, 'DPA');
    peer.socket.end();
    await peer.closed;
    await until(() => events.length === 2);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['connected', 'disconnected'],
    );
    assert.equal(node.connections.length, 0);
  }));

test('who is not known, has nothing in common, or bears our own name is answered why, and the connection is closed', () =>
  withNode(
    {
      peers: [
        { host: '*.epc.example.org', realm: 'epc.example.org', addresses: ['127.0.0.0/8'] },
        { host: 'ims.example.org', realm: undefined, addresses: ['192.0.2.1'] },
      ],
    },
    async ({ port, client }) => {
      const answered = async (octets: Uint8Array): Promise<unknown> => {
        const peer = await rawPeer(port);
        peer.socket.write(octets);
        await peer.closed;
        return peer.received.map((answer) => answer?.values['Result-Code'])[0];
      };
      assert.equal(await answered(cer('other.example.org')), 3010);
      assert.equal(await answered(cer('ims.example.org')), 3010, 'from another address');
      assert.equal(await answered(cer('ocs1.example.net')), 3010);
      assert.equal(await answered(cer('pgw1.epc.example.org', 16_777_238)), 5010);
      await assert.rejects(
        client({ name: 'mme.example.org' }),
        /3010, no peer mme.example.org of epc.example.org at 127.0.0.1 is configured/,
      );
      await client({});
    },
  ));

test('what comes before the capabilities, is no Diameter, or claims to be too long closes the connection', () =>
  withNode({ limits: { ...defaultLimits, capabilitiesMs: 150 } }, async ({ port, client, events }) => {
    const other = await client({ name: 'other.epc.example.org' });
    for (const octets of [
      message('DWR', origin),
      Buffer.from('GET / HTTP/1.1\r\nHost: example.net\r\n\r\n'),
      Uint8Array.of(1, 0xff, 0xff, 0xfc, ...new Array<number>(16).fill(0)),
      Uint8Array.of(1, 0, 0, 19, ...new Array<number>(16).fill(0)),
      new Uint8Array(0),
    ]) {
      const peer = await rawPeer(port);
      if (octets.length > 0) peer.socket.write(octets);
      await peer.closed;
      assert.deepEqual(peer.received, []);
    }
    const open = await rawPeer(port);
    open.socket.write(cer('pgw1.epc.example.org'));
    await until(() => open.received.length === 1);
    open.socket.write(Uint8Array.of(1, 0x10, 0, 0, 0x80, 0, 1, 16, ...new Array<number>(12).fill(0)));
    await open.closed;
    const reasons = events.flatMap((event) => ('reason' in event ? [event.reason] : []));
    assert.deepEqual(reasons, [
      'the first message is no capabilities exchange',
      'DIAMETER_UNSUPPORTED_VERSION: version 71, where there is only 1',
      'DIAMETER_INVALID_MESSAGE_LENGTH: a length of 16777212 octets, more than the 8192 that are taken',
      'DIAMETER_INVALID_MESSAGE_LENGTH: a length of 19 octets; it is at least 20 and a multiple of 4',
      'no capabilities exchange in time',
      'DIAMETER_INVALID_MESSAGE_LENGTH: a length of 1048576 octets, more than the 65536 that are taken',
    ]);
    assert.equal((await ask(other, 'CCR', ccr({})))?.values['Result-Code'], 2001, 'other peers are undisturbed');
  }));

test('of two connections under one name the first is kept while it lives; a dead one gives way', () =>
  withNode({ limits: { ...defaultLimits, probeMs: 200 } }, async ({ port, client, node }) => {
    const first = await client({});
    const second = await rawPeer(port);
    second.socket.write(cer('pgw1.epc.example.org'));
    await second.closed;
    assert.equal(second.received[0]?.values['Result-Code'], 4003);
    assert.equal((await ask(first, 'CCR', ccr({})))?.values['Result-Code'], 2001);
    await first.close();

    const dead = await rawPeer(port);
    dead.socket.write(cer('pgw1.epc.example.org'));
    await until(() => dead.received.length === 1);
    const back = await client({});
    assert.equal((await ask(back, 'CCR', ccr({})))?.values['Result-Code'], 2001);
    assert.equal(node.connections.length, 1);
    await dead.closed;

    const restarted = await client({
      identity: {
        ...{ host: 'pgw1.epc.example.org', realm: 'epc.example.org' },
        others: [],
        product: '',
        originState: 2,
        applications: [4],
      },
    });
    assert.equal((await ask(restarted, 'CCR', ccr({})))?.values['Result-Code'], 2001, 'a higher Origin-State-Id says that it began anew');
  }));

test('a silent peer is asked with DWR, and given up when it does not answer', () =>
  withNode({ limits: { ...defaultLimits, watchdogMs: 80 } }, async ({ port, client, node }) => {
    const answering = await client({ name: 'answering.epc.example.org' });
    const silent = await rawPeer(port);
    silent.socket.write(cer('silent.epc.example.org'));
    await silent.closed;
    assert.deepEqual(
      silent.received.map((each) => each?.command),
      ['CEA', 'DWR'],
    );
    assert.deepEqual(
      node.connections.map(({ peer }) => peer?.host),
      ['answering.epc.example.org'],
    );
    assert.equal(answering.connection.state, 'open');
  }));

test('requests that are wrong have the error and the AVP that is; the connection stays', () =>
  withNode({}, async ({ client, requests }) => {
    const peer = await client({});
    const unknown = Uint8Array.from([0, 0, 0xff, 0xff, 0x40, 0, 0, 12, 1, 2, 3, 4]);
    const withUnknown = (hopByHop: number): Uint8Array => {
      const right = message('CCR', ccr({}), hopByHop);
      const octets = Uint8Array.from([...right, ...unknown]);
      new DataView(octets.buffer).setUint32(0, (1 << 24) | octets.length);
      return octets;
    };
    const answer = await peer.connection.ask(withUnknown);
    assert.ok(answer !== undefined);
    const read = readMessage(dictionary, answer);
    assert.deepEqual(
      [read?.values['Result-Code'], read?.values['CC-Request-Type'], read?.values['CC-Request-Number'], read?.values['Session-Id']],
      [5001, 1, 0, 'pgw1.epc.example.org;1;1'],
    );
    assert.ok(Buffer.from(answer).includes(Buffer.from(unknown)), 'Failed-AVP has it');

    const results: [string, number, number | undefined][] = [];
    const tried = async (name: string, values: object, application?: number): Promise<void> => {
      const got = await ask(peer, 'CCR', ccr(values as never), application); // values by the names of the dictionary
      results.push([name, Number(got?.values['Result-Code']), (got?.header.flags ?? 0) & 0x20]);
    };
    await tried('event without action', { 'CC-Request-Type': 4 });
    await tried('another realm', { 'Destination-Realm': 'example.com' });
    await tried('another host', { 'Destination-Host': 'ocs9.example.net' });
    await tried('the host that fell', { 'Destination-Host': 'OCS2.example.net' });
    await tried('a loop', { 'Route-Record': ['dra.example.org', 'ocs1.example.net'] });
    await tried('another application', {}, 16_777_238);
    assert.deepEqual(results, [
      ['event without action', 5005, 0],
      ['another realm', 3003, 0x20],
      ['another host', 3002, 0x20],
      ['the host that fell', 2001, 0],
      ['a loop', 3005, 0x20],
      ['another application', 3007, 0x20],
    ]);
    assert.equal(requests.length, 1);
  }));

test('Proxy-Info comes back as it came, in its order', () =>
  withNode({}, async ({ client }) => {
    const peer = await client({});
    const proxies = [
      { 'Proxy-Host': 'dra2.example.org', 'Proxy-State': Uint8Array.of(9, 8, 7) },
      { 'Proxy-Host': 'dra1.example.org', 'Proxy-State': Uint8Array.of(1) },
    ];
    for (const values of [{ 'Proxy-Info': proxies }, { 'Proxy-Info': proxies, 'Destination-Realm': 'example.com' }]) {
      const answer = await ask(peer, 'CCR', ccr(values));
      const found = answer?.values['Proxy-Info'] as { 'Proxy-Host': string; 'Proxy-State': Uint8Array }[];
      assert.deepEqual(
        found.map((each) => [each['Proxy-Host'], [...each['Proxy-State']]]),
        [
          ['dra2.example.org', [9, 8, 7]],
          ['dra1.example.org', [1]],
        ],
      );
    }
  }));

test('an answer that nobody asked for is dropped', () =>
  withNode({}, async ({ client, events }) => {
    const peer = await client({});
    peer.connection.send(message('DWA', { 'Result-Code': 2001, ...origin }, 4711));
    assert.equal((await ask(peer, 'CCR', ccr({})))?.values['Result-Code'], 2001);
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'stray-answer'),
      [{ kind: 'stray-answer', host: 'pgw1.epc.example.org', command: 280 }],
    );
  }));

test('from a peer that does not wait nothing more is read until answers have left; nothing is lost', () =>
  withNode({ limits: { ...defaultLimits, mostOutstanding: 4 } }, async (under) => {
    const waiting: (() => void)[] = [];
    under.answer = (request) => new Promise((resolve) => void waiting.push(() => resolve(generous(request))));
    const peer = await under.client({ limits: defaultLimits });
    const answers = Array.from({ length: 3_000 }, (_, number) => ask(peer, 'CCR', ccr({ 'CC-Request-Number': number })));
    await until(() => waiting.length >= 4);
    const most = waiting.length;
    assert.ok(most < 3_000, `${most} were taken at once`);
    const going = setInterval(() => {
      for (const each of waiting.splice(0)) each();
    }, 1);
    const results = await Promise.all(answers);
    clearInterval(going);
    assert.deepEqual(
      results.map((each) => each?.values['CC-Request-Number']),
      Array.from({ length: 3_000 }, (_, number) => number),
    );
  }));

test('a peer that never reads its answers is closed, others go on', () =>
  withNode({ limits: { ...defaultLimits, mostUnreadBytes: 65_536, mostOutstanding: 100_000 } }, async ({ port, client, events }) => {
    const other = await client({ name: 'other.epc.example.org' });
    const deaf = await rawPeer(port);
    deaf.socket.write(cer('pgw1.epc.example.org'));
    await until(() => deaf.received.length === 1);
    deaf.socket.pause();
    const request = Buffer.from(message('CCR', ccr({})));
    const many = Buffer.concat(Array.from({ length: 2_000 }, () => request));
    const gone = (): boolean => events.some((event) => event.kind === 'disconnected');
    for (let round = 0; round < 200 && !gone(); round += 1) {
      if (deaf.socket.writableLength < 4_000_000) deaf.socket.write(many);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.deepEqual(
      events.flatMap((event) => (event.kind === 'disconnected' ? [event.reason] : [])),
      ['the peer does not read its answers'],
    );
    assert.equal((await ask(other, 'CCR', ccr({})))?.values['Result-Code'], 2001);
    deaf.socket.destroy();
  }));

test('a session is asked again and ended where its client is connected', () =>
  withNode({}, async ({ node, client }) => {
    const asked: number[] = [];
    const groups: unknown[] = [];
    const peer = await client({
      asked: (header, request) => {
        asked.push(header.command);
        groups.push(readMessage(dictionary, request)?.values['Rating-Group']);
        const session = request.subarray(20 + 8, 20 + 8 + 24);
        return message(
          header.command === 258 ? 'RAA' : 'ASA',
          { 'Session-Id': Buffer.from(session).toString(), 'Result-Code': header.command === 258 ? 2002 : 5002, ...origin },
          header.hopByHop,
          4,
        );
      },
    });
    await ask(peer, 'CCR', ccr({}));
    assert.equal(await node.reauthorise('pgw1.epc.example.org;1;1'), 2002);
    assert.equal(await node.abort('pgw1.epc.example.org;1;1'), 5002);
    assert.equal(await node.abort('pgw9.epc.example.org;1;1'), undefined);
    await ask(
      peer,
      'CCR',
      ccr({ 'Session-Id': 'behind.example.org;1;001', 'Origin-Host': 'behind.example.org', 'Origin-Realm': 'example.org' }),
    );
    assert.equal(await node.reauthorise('behind.example.org;1;001'), 2002);
    assert.equal(await node.reauthorise('pgw1.epc.example.org;1;1', ['20']), 2002);
    assert.equal(await node.reauthorise('pgw1.epc.example.org;1;1', ['20', '30']), 2002);
    assert.deepEqual(asked, [258, 274, 258, 258, 258]);
    assert.deepEqual(groups, [undefined, undefined, undefined, [20], undefined], 'one group can be named');
  }));

test('the node leaves in order: what is asked is answered, then every peer is told', () =>
  withNode({}, async (under) => {
    let go = (): void => undefined;
    const peer = await under.client({
      asked: (header) => message('DPA', { 'Result-Code': 2001, ...origin }, header.hopByHop),
    });
    under.answer = (request) =>
      new Promise((resolve) => {
        go = () => resolve(generous(request));
      });
    const answer = ask(peer, 'CCR', ccr({}));
    await until(() => under.requests.length === 1);
    const closed = under.node.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    go();
    assert.equal((await answer)?.values['Result-Code'], 2001);
    await closed;
    assert.equal(under.node.connections.length, 0);
  }));
