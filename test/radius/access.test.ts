/** From Access-Request to Stop: what a NAS is told, and what it costs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { radiusDictionary } from '#app/radius.ts';
import { packetCodes } from '#codecs/radius/packet.ts';
import { listenForDynamic } from '#gateways/radius/client.ts';
import { storedPassword } from '#gateways/radius/passwords.ts';
import { attributesOf, SECRET, shown, until, values, withRadius } from './node-under-test.ts';

const mikrotik = radiusDictionary().dialects.get('mikrotik') ?? {};
const cisco = radiusDictionary().dialects.get('cisco-voice') ?? {};
const BEYOND = 2 ** 32;

test('an access session is granted octets, reports totals, and pays for each octet once', () =>
  withRadius({ prices: '0.10/MB', plan: 'grants 4 MB', money: '1.00' }, { dialects: [mikrotik], interimSeconds: 300 }, async (under) => {
    const { nas, ports, world } = under;
    const accepted = shown(
      await nas.ask(ports.access, packetCodes.accessRequest, values({ 'User-Name': 'anna', 'NAS-Identifier': 'ap1' })),
    );
    const { Class, ...limits } = accepted;
    assert.deepEqual(limits, {
      ...{ name: 'Access-Accept', 'Session-Timeout': '3600', 'Acct-Interim-Interval': '300' },
      ...{ 'Mikrotik-Total-Limit': '4000000', 'Mikrotik-Total-Limit-Gigawords': '0' },
    });
    const account = (attributes: Readonly<Record<string, string | number>>) =>
      nas.ask(
        ports.accounting,
        packetCodes.accountingRequest,
        values({ 'User-Name': 'anna', 'NAS-Identifier': 'ap1', 'Acct-Session-Id': '81000001', Class: Class ?? '', ...attributes }),
      );
    assert.deepEqual(shown(await account({ 'Acct-Status-Type': 'Start' })), { name: 'Accounting-Response' });
    const report = { 'Acct-Session-Time': 60, 'Acct-Input-Octets': 1_000_000, 'Acct-Output-Octets': 2_000_000 };
    assert.deepEqual(shown(await account({ 'Acct-Status-Type': 'Interim-Update', ...report })), { name: 'Accounting-Response' });
    assert.deepEqual(shown(await account({ 'Acct-Status-Type': 'Interim-Update', ...report })), { name: 'Accounting-Response' });
    assert.equal(world.balances(), 'main 0.70 (0.40 held)');
    await account({ 'Acct-Status-Type': 'Stop', 'Acct-Session-Time': 90, 'Acct-Input-Octets': 1_500_000, 'Acct-Output-Octets': 2_500_000 });
    assert.equal(world.balances(), 'main 0.60');
    assert.equal(world.records.length, 1);
    assert.equal(under.node.known.size, 0);
  }));

test('octets beyond 32 bits are counted with their gigawords, and limits are told with them', () =>
  withRadius({ prices: '0.0001/MB', plan: 'grants 10 GB', money: '5.00' }, { dialects: [mikrotik] }, async ({ nas, ports, world }) => {
    const { Class, ...accepted } = shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna' })));
    assert.equal(Number(accepted['Mikrotik-Total-Limit-Gigawords']) * BEYOND + Number(accepted['Mikrotik-Total-Limit']), 10_000_000_000);
    const stop = { 'Acct-Status-Type': 'Stop', 'Acct-Session-Id': '1', Class: Class ?? '' };
    const octets = { 'Acct-Input-Octets': 705_032_704, 'Acct-Input-Gigawords': 1, 'Acct-Output-Octets': 0, 'Acct-Output-Gigawords': 1 };
    await nas.ask(ports.accounting, 4, values({ ...stop, ...octets }));
    assert.equal(world.balances(), 'main 4.07050327');
  }));

test('octets of a NAS without gigawords that went round are charged, also when the report comes twice', () =>
  withRadius({ prices: '0.0001/MB', plan: 'grants 10 GB', money: '5.00' }, { dialects: [mikrotik] }, async ({ nas, ports, world }) => {
    const { Class } = shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna' })));
    const report = async (status: string, seconds: number, up: number, down: number): Promise<string> => {
      const named = { 'Acct-Status-Type': status, 'Acct-Session-Id': '1', Class: Class ?? '' };
      const counted = { 'Acct-Session-Time': seconds, 'Acct-Input-Octets': up, 'Acct-Output-Octets': down };
      await nas.ask(ports.accounting, 4, values({ ...named, ...counted }));
      return world.balances().replace(/ \(.*/, '');
    };
    assert.equal(await report('Interim-Update', 100, 0, 4_000_000_000), 'main 4.60');
    assert.equal(await report('Interim-Update', 200, 0, 705_032_704), 'main 4.50');
    assert.equal(await report('Interim-Update', 200, 0, 705_032_704), 'main 4.50');
    assert.equal(await report('Interim-Update', 100, 0, 4_000_000_000), 'main 4.50', 'a late one is from before');
    // From the lower half it did not go round: a count that goes back says nothing.
    assert.equal(await report('Interim-Update', 300, 0, 5_032_704), 'main 4.50');
    assert.equal(await report('Stop', 400, 1_000_000_000, 1_705_032_704), 'main 4.30');
  }));

test('a call is granted time, and costs what it lasted from its answer', () =>
  withRadius(
    { prices: '49: 0.60/min 1/1', money: '1.00' },
    { service: 'voice', identity: 'calling-station-id', grant: 'whole', dialects: [cisco] },
    async ({ nas, ports, world, requests }) => {
      const call = {
        'Calling-Station-Id': 'sip:+491701234567@example.net',
        'Called-Station-Id': 'sip:4930123@example.net',
        'Acct-Session-Id': 'a1@sbc',
      };
      const accepted = shown(await nas.ask(ports.access, 1, values(call)));
      assert.equal(accepted['Session-Timeout'], '100');
      assert.equal(accepted['h323-credit-time'], 'h323-credit-time=100');
      assert.equal(accepted['h323-return-code'], 'h323-return-code=0');
      // SIP proxies do not return Class: the id says which it is.
      await nas.ask(ports.accounting, 4, values({ ...call, 'Acct-Status-Type': 'Start' }));
      await nas.ask(ports.accounting, 4, values({ ...call, 'Acct-Status-Type': 'Stop', 'Acct-Session-Time': 61 }));
      assert.equal(world.balances(), 'main 0.39');
      assert.equal(requests[0]?.facts.called, '4930123');
      const refused = shown(await nas.ask(ports.access, 1, values({ ...call, 'Called-Station-Id': '33123456', 'Acct-Session-Id': 'a2' })));
      assert.deepEqual(refused, {
        ...{ name: 'Access-Reject', 'Reply-Message': 'This destination is not available.', 'h323-return-code': 'h323-return-code=9' },
      });
    },
  ));

test('a switch that reports a call without its length is charged from answer to end', () =>
  withRadius(
    { prices: '0.60/min 1/1', money: '1.00' },
    { service: 'voice', identity: 'calling-station-id', grant: 'whole' },
    async (under) => {
      const { nas, ports, world } = under;
      const now = Math.floor(Date.now() / 1_000);
      const call = { 'Calling-Station-Id': '491701234567', 'Called-Station-Id': '4930123', 'Acct-Session-Id': 'call-id@kamailio' };
      await nas.ask(ports.accounting, 4, values({ ...call, 'Acct-Status-Type': 'Start', 'Event-Timestamp': now - 40 }));
      assert.match(world.balances(), /held/);
      await nas.ask(ports.accounting, 4, values({ ...call, 'Acct-Status-Type': 'Stop', 'Event-Timestamp': now - 10 }));
      assert.equal(world.balances(), 'main 0.70');
    },
  ));

test('a Stop that nobody announced is charged, also beyond what is there', () =>
  withRadius(
    { prices: '0.60/min 1/1', money: '0.10' },
    { service: 'voice', identity: 'calling-station-id' },
    async ({ nas, ports, world }) => {
      const stop = { 'Calling-Station-Id': '491701234567', 'Acct-Session-Id': 'x', 'Acct-Status-Type': 'Stop', 'Acct-Session-Time': 30 };
      await nas.ask(ports.accounting, 4, values(stop));
      assert.equal(world.balances(), 'main 0.00; owes 0.20');
    },
  ));

test('passwords are proved by PAP and CHAP, and what is wrong is refused in the same words', () =>
  withRadius(
    { prices: '0.10/MB', plan: 'grants 1 MB', money: '1.00' },
    { authentication: ['password'] },
    async ({ nas, ports, passwords }) => {
      const key = new Uint8Array(32).fill(7);
      passwords.push(
        await storedPassword('nai:anna', 'correct horse', key),
        await storedPassword('msisdn:491701234567', 'battery staple', undefined),
      );
      const ask = async (name: string, text: string, chap: boolean) =>
        shown(await nas.ask(ports.access, 1, values({ 'User-Name': name }), { text, how: chap ? 'chap' : 'pap' }));
      assert.equal((await ask('anna', 'correct horse', false)).name, 'Access-Accept');
      assert.equal((await ask('anna', 'correct horse', true)).name, 'Access-Accept');
      assert.equal((await ask('491701234567', 'battery staple', false)).name, 'Access-Accept');
      const refused = { name: 'Access-Reject', 'Reply-Message': 'The name or the password is wrong.' };
      assert.deepEqual(await ask('anna', 'wrong', false), refused);
      assert.deepEqual(await ask('anna', 'wrong', true), refused);
      assert.deepEqual(await ask('nobody', 'correct horse', false), refused);
      assert.deepEqual(await ask('491701234567', 'battery staple', true), refused, 'what CHAP cannot be checked with');
      assert.deepEqual(shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna' }))), refused, 'no password');
    },
    { passwordKey: new Uint8Array(32).fill(7) },
  ));

test('MS-CHAP proves a password, and its second version is told that we know it too and which keys to encrypt with', () =>
  withRadius(
    { prices: '0.10/MB', plan: 'grants 1 MB', money: '1.00' },
    { authentication: ['password'] },
    async ({ nas, ports, passwords }) => {
      passwords.push(
        await storedPassword('nai:anna', 'correct hörse', new Uint8Array(32).fill(7)),
        await storedPassword('msisdn:491701234567', 'battery staple', undefined),
      );
      const ask = async (name: string, text: string, version: 1 | 2 = 2, more: Record<string, string> = {}) =>
        shown(await nas.ask(ports.access, 1, values({ 'User-Name': name, ...more }), { text, how: `ms-chap-${version}` }));
      const accepted = await ask('anna', 'correct hörse');
      assert.equal(accepted.name, 'Access-Accept');
      assert.match(accepted['MS-CHAP2-Success'] ?? '', /"?.S=[0-9A-F]{40}"?$|^0x[0-9a-f]{2}533d([0-9a-f]{2}){40}/);
      assert.deepEqual([accepted['MS-MPPE-Encryption-Policy'], accepted['MS-MPPE-Encryption-Types']], ['1', '6']);
      assert.match(accepted['MS-MPPE-Send-Key'] ?? '', /^0x[89a-f][0-9a-f]{67}$/);
      assert.notEqual(accepted['MS-MPPE-Send-Key']?.slice(0, 6), accepted['MS-MPPE-Recv-Key']?.slice(0, 6), 'each has its salt');
      const first = await ask('anna', 'correct hörse', 1);
      assert.deepEqual([first.name, first['MS-CHAP2-Success']], ['Access-Accept', undefined]);
      for (const [name, text, version] of [
        ['anna', 'wrong', 2],
        ['anna', 'wrong', 1],
        ['nobody', 'correct hörse', 2],
        ['491701234567', 'battery staple', 2],
      ] as const) {
        const refused = await ask(name, text, version);
        assert.deepEqual(
          [refused.name, refused['Reply-Message']],
          ['Access-Reject', 'The name or the password is wrong.'],
          `${name} ${text}`,
        );
        const error = Buffer.from(refused['MS-CHAP-Error']?.slice(2).split(' ')[0] ?? '', 'hex')
          .subarray(1)
          .toString();
        assert.match(error, version === 2 ? /^E=691 R=0 C=[0-9A-F]{32} V=3$/ : /^E=691 R=0 C=[0-9A-F]{16} V=2$/);
      }
      const cut = { 'User-Name': 'anna', 'MS-CHAP2-Response': '0x0100', 'MS-CHAP-Challenge': '0x0102' };
      assert.equal(shown(await nas.ask(ports.access, 1, values(cut))).name, 'Access-Reject');
      const eap = shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna', 'EAP-Message': '0x0207000901616e6e61' })));
      assert.deepEqual(
        [eap.name, eap['EAP-Message']],
        ['Access-Reject', '0x04070004'],
        'a station hears at once that EAP is of no use here',
      );
    },
    { passwordKey: new Uint8Array(32).fill(7) },
  ));

test('a station is known by its address, however it is written', () =>
  withRadius({ prices: '0.10/MB', plan: 'grants 1 MB', money: '1.00' }, { authentication: ['mac'] }, async ({ nas, ports, requests }) => {
    const ask = async (name: string, station: string) =>
      shown(await nas.ask(ports.access, 1, values({ 'User-Name': name, 'Calling-Station-Id': station }))).name;
    assert.equal(await ask('00:11:22:33:44:5A', '00-11-22-33-44-5A'), 'Access-Accept');
    assert.equal(await ask('0011.2233.445a', '00-11-22-33-44-5a'), 'Access-Accept');
    assert.equal(await ask('0011.2233.445a', '00-11-22-33-44-5b'), 'Access-Reject');
    assert.equal(await ask('anna', '00-11-22-33-44-5a'), 'Access-Reject');
    assert.deepEqual(requests[0]?.identities, [{ kind: 'private', value: '00-11-22-33-44-5a' }]);
  }));

test('whose credit is used up is refused, or sent to where more is sold', async () => {
  await withRadius({ prices: '0.10/MB', money: '' }, {}, async ({ nas, ports }) => {
    assert.deepEqual(shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna' }))), {
      ...{ name: 'Access-Reject', 'Reply-Message': 'Your credit is used up.' },
    });
    assert.equal(shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'otto' })))['Reply-Message'], 'There is no such customer.');
  });
  const profiles = new Map([['redirect', values({ 'WISPr-Redirection-URL': '{to}?from=wifi' })]]);
  await withRadius({ prices: '0.10/MB', plan: 'redirect to https://shop.example', money: '' }, { profiles }, async ({ nas, ports }) => {
    const { Class, ...accepted } = shown(await nas.ask(ports.access, 1, values({ 'User-Name': 'anna' })));
    assert.deepEqual(accepted, {
      ...{ name: 'Access-Accept', 'Session-Timeout': '300', 'WISPr-Redirection-URL': 'https://shop.example?from=wifi' },
    });
  });
});

test('a running session is told new limits as it reports, and ends when nothing is left', async () => {
  const heard: Readonly<Record<string, string>>[] = [];
  const listener = await listenForDynamic({ host: '127.0.0.1', port: 0, secret: SECRET }, (request) => {
    heard.push(attributesOf(request));
    return 'ack';
  });
  const dynamic = { port: listener.port, coa: true };
  await withRadius({ prices: '0.10/MB', plan: 'grants 4 MB', money: '0.70' }, { dialects: [mikrotik], dynamic }, async (under) => {
    const { nas, ports, node, world } = under;
    const { Class } = shown(
      await nas.ask(ports.access, 1, values({ 'User-Name': 'anna', 'Acct-Session-Id': 's1', 'NAS-Identifier': 'ap1' })),
    );
    const account = { 'User-Name': 'anna', 'Acct-Session-Id': 's1', 'NAS-Identifier': 'ap1', Class: Class ?? '' };
    const report = async (octets: number, seconds: number): Promise<void> => {
      const values_ = { ...account, 'Acct-Status-Type': 'Interim-Update', 'Acct-Session-Time': seconds, 'Acct-Output-Octets': octets };
      await nas.ask(ports.accounting, 4, values(values_));
    };
    await report(3_000_000, 100);
    await until(() => heard.length === 1);
    const { 'Event-Timestamp': at, ...changed } = heard[0] ?? {};
    assert.deepEqual(changed, {
      ...{ name: 'CoA-Request', 'User-Name': 'anna', 'Acct-Session-Id': 's1', 'NAS-Identifier': 'ap1' },
      ...{ 'Session-Timeout': '3700', 'Mikrotik-Total-Limit': '7000000', 'Mikrotik-Total-Limit-Gigawords': '0' },
    });
    assert.ok(at !== undefined);
    await report(4_500_000, 150);
    await until(() => heard.length === 2);
    assert.equal(heard[1]?.['Mikrotik-Total-Limit'], '7000000', 'there is no more');
    world.command('a', { kind: 'top-up', nanos: 100_000_000n, currency: 'EUR' });
    assert.equal(await node.reauthorise(Class ?? ''), 0);
    assert.equal(heard[2]?.['Mikrotik-Total-Limit'], '8000000', 'a top-up is told at once');
    await report(8_000_000, 300);
    await until(() => heard.length === 4);
    assert.equal(heard[3]?.name, 'Disconnect-Request');
    assert.equal(await node.abort(Class ?? ''), 0);
    assert.deepEqual(
      [...node.counts.dynamic],
      [
        ['CoA-Request ack', 3],
        ['Disconnect-Request ack', 2],
      ],
    );
    assert.equal(world.balances(), 'main 0.00');
  });
  listener.close();
});

test('a NAS that begins anew has no sessions: all of its own are closed with what they used, those of others run on', () =>
  withRadius({ prices: '0.10/MB', plan: 'grants 1 MB', money: '5.00' }, {}, async ({ nas, ports, world }) => {
    const classes: string[] = [];
    for (const [nasName, id] of [
      ['ap1', '1'],
      ['ap1', '2'],
      ['ap2', '1'],
    ] as const) {
      const { Class } = shown(
        await nas.ask(ports.access, 1, values({ 'User-Name': 'anna', 'NAS-Identifier': nasName, 'Acct-Session-Id': id })),
      );
      classes.push(Class ?? '');
    }
    await nas.ask(
      ports.accounting,
      4,
      values({ 'Acct-Status-Type': 'Interim-Update', 'Acct-Session-Id': '1', Class: classes[0] ?? '', 'Acct-Output-Octets': 500_000 }),
    );
    const on = { 'Acct-Status-Type': 'Accounting-On', 'NAS-Identifier': 'ap1' };
    assert.equal(shown(await nas.ask(ports.accounting, 4, values({ ...on, 'Acct-Delay-Time': 0 }))).name, 'Accounting-Response');
    assert.deepEqual(
      world.account('a').sessions.map(({ id }) => id),
      [classes[2]],
    );
    assert.equal(world.balances(), 'main 4.95 (0.10 held)');
    const { Class } = shown(
      await nas.ask(ports.access, 1, values({ 'User-Name': 'anna', 'NAS-Identifier': 'ap1', 'Acct-Session-Id': '3' })),
    );
    await nas.ask(ports.accounting, 4, values({ ...on, 'Acct-Delay-Time': 5 }));
    assert.ok(
      world.account('a').sessions.some(({ id }) => id === Class),
      'the same beginning said again closes nothing that came after it',
    );
  }));

test('a report of a session that is over is acknowledged, counted, and the session ended at its NAS', async () => {
  const heard: string[] = [];
  const listener = await listenForDynamic({ host: '127.0.0.1', port: 0, secret: SECRET }, (request) => {
    heard.push(attributesOf(request).name ?? '');
    return 'nak';
  });
  await withRadius({ prices: '0.10/MB', money: '1.00' }, { dynamic: { port: listener.port, coa: true } }, async (under) => {
    const { nas, ports, node } = under;
    under.instead = ({ session, number }) => ({ session, number, result: 'unknown-session', items: [] });
    const interim = { 'User-Name': 'anna', 'Acct-Status-Type': 'Interim-Update', 'Acct-Session-Id': '1' };
    assert.equal(shown(await nas.ask(ports.accounting, 4, values(interim))).name, 'Accounting-Response');
    await until(() => heard.length > 0);
    assert.deepEqual([heard, node.counts.uncharged], [['Disconnect-Request'], 1]);
  });
  listener.close();
});
