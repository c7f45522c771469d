/** What peers in wide use do otherwise than the standard says, and what is answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '#codecs/diameter/build.ts';
import { ccr, dictionary, message, rawPeer, until, withNode } from './node-under-test.ts';

const origin = { 'Origin-Host': 'pgw1.epc.example.org', 'Origin-Realm': 'epc.example.org' };

test('a peer that has credit control as an application of 3GPP hears it so', () =>
  withNode({}, async ({ port }) => {
    const peer = await rawPeer(port);
    const named = { 'Vendor-Id': 10_415, 'Auth-Application-Id': 4 };
    const capabilities = { 'Host-IP-Address': '127.0.0.1', 'Vendor-Id': 10_415, 'Product-Name': 'raw' };
    peer.socket.write(message('CER', { ...origin, ...capabilities, 'Vendor-Specific-Application-Id': [named] }));
    await until(() => peer.received.length === 1);
    const { values } = peer.received[0] ?? {};
    assert.deepEqual(
      [values?.['Result-Code'], values?.['Auth-Application-Id'], values?.['Vendor-Specific-Application-Id']],
      [2001, [4], [named]],
    );
    peer.socket.destroy();
    await peer.closed;
  }));

test('what is said twice in the same words is said once, and credit control may be named as an application of 3GPP alone; what differs is refused', () =>
  withNode({}, async ({ client, events, requests }) => {
    const pgw = await client();
    const avp = (code: number, data: Buffer): Buffer =>
      Buffer.concat([Buffer.from([0, 0, code >> 8, code & 255, 0x40, 0, 0, 8 + data.length]), data, Buffer.alloc(-data.length & 3)]);
    const number = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255]);
    const [HOST, VENDOR, APPLICATION, OF_VENDOR] = [264, 266, 258, 260];
    const asked = async (change: (octets: Buffer) => Buffer): Promise<unknown> => {
      const answer = await pgw.connection.ask((hopByHop) => {
        const octets = change(Buffer.from(message('CCR', ccr({ 'CC-Request-Number': requests.length }), hopByHop)));
        octets.writeUIntBE(octets.length, 1, 3);
        return octets;
      });
      return answer && readMessage(dictionary, answer)?.values['Result-Code'];
    };
    const andHost = (host: string) => (octets: Buffer) => Buffer.concat([octets, avp(HOST, Buffer.from(host))]);
    const within = (application: number) => (octets: Buffer) => {
      const alone = avp(APPLICATION, number(4));
      const at = octets.indexOf(alone);
      const named = avp(OF_VENDOR, Buffer.concat([avp(VENDOR, number(10_415)), avp(APPLICATION, number(application))]));
      return Buffer.concat([octets.subarray(0, at), named, octets.subarray(at + alone.length)]);
    };
    assert.equal(await asked(andHost('pgw1.epc.example.org')), 2001);
    assert.equal(await asked(andHost('pgw2.epc.example.org')), 5009);
    assert.equal(await asked(within(4)), 2001);
    assert.equal(await asked(within(5)), 5005);
    assert.equal(requests.length, 2);
    const faults = events.flatMap((event) => (event.kind === 'faulty-request' ? [event.reason] : []));
    assert.deepEqual(faults, [
      'DIAMETER_AVP_OCCURS_TOO_MANY_TIMES: Origin-Host: it stands here more often than 1 times',
      'DIAMETER_MISSING_AVP: Auth-Application-Id: it must be there',
    ]);
  }));
