/** What a peer may send and nobody meant: AVPs of others with codes of the standard's, values that there are not, texts that are none; and a mistake of ours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { DiameterClient } from '#gateways/diameter/client.ts';
import { avp3gpp, avp as codes, VENDOR_3GPP } from '#gateways/diameter/credit-control/codes.ts';
import { peerTexts, readCreditControlRequest, standardContexts } from '#gateways/diameter/credit-control/read-request.ts';
import { ccr, dictionary, generous, message, withNode } from './node-under-test.ts';

const FOREIGN = 9_999;
const settings = { contexts: standardContexts, texts: peerTexts(1_024), homeNetworks: ['26201'] };

function avp(code: number, data: Uint8Array, vendor = 0, isMandatory = vendor === 0): Buffer {
  const header = vendor === 0 ? 8 : 12;
  const octets = Buffer.alloc((header + data.length + 3) & ~3);
  octets.writeUInt32BE(code, 0);
  octets.writeUInt32BE(header + data.length, 4);
  octets[4] = (vendor === 0 ? 0 : 0x80) | (isMandatory ? 0x40 : 0);
  if (vendor !== 0) octets.writeUInt32BE(vendor, 8);
  octets.set(data, header);
  return octets;
}

function longer(bytes: Uint8Array, ...more: Uint8Array[]): Buffer {
  const octets = Buffer.concat([bytes, ...more]);
  octets.writeUIntBE(octets.length, 1, 3);
  return octets;
}

const number = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
};

/** A request with everything that is read; `inner` stands at the end of every group in it, and of the message. */
function full(inner: Uint8Array): Buffer {
  const group = (code: number, vendor: number, ...members: Uint8Array[]): Buffer => avp(code, Buffer.concat([...members, inner]), vendor);
  const of3gpp = (code: number, ...members: Uint8Array[]): Buffer => group(code, VENDOR_3GPP, ...members);
  const text = (code: number, value: string): Buffer => avp(code, Buffer.from(value), VENDOR_3GPP);
  const digits = Buffer.from([0, 0, 0, 0, 0, 0, 0, 5]);
  const value = group(codes.unitValue, 0, avp(codes.valueDigits, digits), avp(codes.exponent, number(0)));
  const money = group(codes.money, 0, value, avp(codes.currency, number(978)));
  const stamp = of3gpp(avp3gpp.timeStamps, avp(avp3gpp.sipResponse, number(0xe000_0001), VENDOR_3GPP));
  const address = of3gpp(avp3gpp.recipientAddress, text(avp3gpp.addressData, '4930'));
  return longer(
    message('CCR', ccr({ 'CC-Request-Type': 2, 'CC-Request-Number': 1 })),
    group(codes.subscription, 0, avp(codes.subscriptionType, number(0)), avp(codes.subscriptionData, Buffer.from('491'))),
    group(
      codes.services,
      0,
      group(codes.requested, 0, avp(codes.totalOctets, digits), money),
      group(codes.used, 0, avp(codes.time, number(5))),
      avp(codes.ratingGroup, number(10)),
      avp(codes.serviceIdentifier, number(7)),
    ),
    of3gpp(
      avp3gpp.serviceInformation,
      of3gpp(avp3gpp.smsInformation, of3gpp(avp3gpp.recipientInfo, address)),
      of3gpp(avp3gpp.psInformation, text(avp3gpp.networkOfSgsn, '26202'), avp(avp3gpp.ratType, Buffer.from([6]), VENDOR_3GPP)),
      of3gpp(avp3gpp.imsInformation, text(avp3gpp.callingParty, 'tel:+4931'), stamp),
    ),
    inner,
  );
}

test('an AVP of another vendor is no AVP of the standard, in whatever group, with whatever octets', () => {
  const read = ({ buffer, byteOffset, length }: Uint8Array): unknown =>
    readCreditControlRequest(new DataView(buffer, byteOffset, length), settings, () => 1);
  const plain = read(full(Buffer.alloc(0)));
  const texts = JSON.stringify(plain, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  for (const part of ['"491"', '"10"', '"7"', '5000000000', 'EUR', '"seconds":"5"', '26202', 'EUTRAN', '4931', '4930', 'usedSinceMicros'])
    assert.ok(texts.includes(part), `${part} in ${texts}`);
  for (const code of [...Object.values(codes), ...Object.values(avp3gpp)]) {
    for (const data of ['', '00000188', '0000000000000009', '343932']) {
      const bytes = full(avp(code, Buffer.from(data, 'hex'), FOREIGN));
      assert.equal(
        checkMessage(dictionary, bytes).find(({ fatal }) => fatal),
        undefined,
      );
      assert.deepEqual(read(bytes), plain, `${code} with ${data.length / 2} octets`);
    }
  }
});

test('the dictionary has every AVP that is read, so that its length was looked at', () => {
  for (const code of Object.values(codes)) assert.ok(dictionary.avp(code, 0), `${code}`);
  for (const code of Object.values(avp3gpp)) assert.ok(dictionary.avp(code, VENDOR_3GPP), `${code} of 3GPP`);
});

test('faults that are let pass do not hide those that are not', () => {
  const routeRecord = 282; // its M is not set, which is let pass
  const careless = Array.from({ length: 150 }, () => avp(routeRecord, Buffer.from('dra.example.org'), 0, false));
  const bytes = longer(message('CCR', ccr({})), ...careless, avp(codes.serviceIdentifier, Buffer.alloc(0)));
  assert.deepEqual(
    checkMessage(dictionary, bytes).flatMap(({ fatal, error }) => (fatal ? [error] : [])),
    ['DIAMETER_INVALID_AVP_LENGTH'],
  );
});

test('what is wrong is answered with its code and its AVP, the same when its shape is known, and a mistake of ours with 5012', () =>
  withNode({}, async (under) => {
    const client = await under.client();
    const results: unknown[] = [];
    const tried = async (name: string, make: (hopByHop: number) => Uint8Array): Promise<void> => {
      const values = await asked(client, make);
      const failed = JSON.stringify(values['Failed-AVP'])?.replaceAll('"', '');
      results.push([name, values['Result-Code'], ...(failed === undefined ? [] : [failed])]);
    };
    const put = (bytes: Uint8Array, code: number, offset: number, octet: number): Uint8Array => {
      const octets = Buffer.from(bytes);
      octets[octets.indexOf(number(code)) + offset] = octet;
      return octets;
    };
    const begin = (hopByHop: number): Uint8Array => message('CCR', ccr({}), hopByHop);
    const event = (hopByHop: number): Uint8Array => message('CCR', ccr({ 'CC-Request-Type': 4, 'Requested-Action': 0 }), hopByHop);
    const SESSION_TEXT = 8 + 'pgw1'.length;
    await tried('type 0', (hop) => put(begin(hop), codes.requestType, 11, 0));
    await tried('type 7', (hop) => put(begin(hop), codes.requestType, 11, 7));
    await tried('action 7', (hop) => put(event(hop), codes.requestedAction, 11, 7));
    await tried('no action', (hop) => message('CCR', ccr({ 'CC-Request-Type': 4 }), hop));
    await tried('a session without a name', (hop) => message('CCR', ccr({ 'Session-Id': '' }), hop));
    assert.equal(under.requests.length, 0);
    await tried('right', begin);
    await tried('NUL in a text of a known shape', (hop) => put(begin(hop), codes.sessionId, SESSION_TEXT, 0));
    await tried('of another, to be understood', (hop) => longer(begin(hop), avp(codes.ratingGroup, number(1), FOREIGN, true)));
    assert.equal(under.requests.length, 1);
    // An answer that cannot be written, as a mistake of ours would make it.
    under.answer = (request) => ({ ...generous(request), cost: { nanos: 'much' as never, currency: 'EUR' } });
    await tried('an answer that cannot be written', begin);
    under.answer = generous;
    await tried('right again', begin);
    assert.deepEqual(results, [
      ['type 0', 5004, '[{CC-Request-Type:[0]}]'],
      ['type 7', 5004, '[{CC-Request-Type:[7]}]'],
      ['action 7', 5004, '[{Requested-Action:[7]}]'],
      ['no action', 5005, '[{Requested-Action:[0]}]'],
      ['a session without a name', 5004, '[{Session-Id:[]}]'],
      ['right', 2001],
      ['NUL in a text of a known shape', 5004, '[{}]'],
      ['of another, to be understood', 5001, '[{}]'],
      ['an answer that cannot be written', 5012],
      ['right again', 2001],
    ]);
    assert.deepEqual(
      under.events.flatMap((each) => (each.kind === 'charging-failed' ? [each.session] : [])),
      ['pgw1.epc.example.org;1;1'],
    );
  }));

test('a throw in dealing with a message is answered 5012 and told; the next message is dealt with', () => {
  let isBroken = true;
  const now = (): number => {
    if (isBroken) throw new RangeError('a mistake of ours');
    return 1_795_000_000_000_000;
  };
  return withNode({ now }, async (under) => {
    const client = await under.client();
    const make = (hopByHop: number): Uint8Array => message('CCR', ccr({}), hopByHop);
    assert.equal((await asked(client, make))['Result-Code'], 5012);
    const [told] = under.events.filter(({ kind }) => kind === 'charging-failed');
    assert.ok(told?.kind === 'charging-failed');
    assert.deepEqual([told.session, String(told.error)], ['pgw1.epc.example.org;1;1', 'RangeError: a mistake of ours']);
    isBroken = false;
    assert.equal((await asked(client, make))['Result-Code'], 2001);
  });
});

async function asked(client: DiameterClient, make: (hopByHop: number) => Uint8Array) {
  const answer = await client.connection.ask(make);
  assert.ok(answer !== undefined, 'it is answered');
  return readMessage(dictionary, answer)?.values ?? {};
}
