import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMessage, MOST_FAULTS } from '#codecs/diameter/check.ts';
import { failedAvp } from '#codecs/diameter/failed-avp.ts';
import { messageTree } from '#codecs/diameter/tree.ts';
import { dictionary, octets } from './fixtures.ts';

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
/** An AVP with padding; flags as given. */
function avp(code: number, flags: number, data: string, vendor?: number): string {
  const bytes = data.length / 2 + (vendor === undefined ? 8 : 12);
  return `${hex(code, 8)}${hex(flags, 2)}${hex(bytes, 6)}${vendor === undefined ? '' : hex(vendor, 8)}${data}${'00'.repeat((4 - (bytes % 4)) % 4)}`;
}
const text = (value: string): string => Buffer.from(value).toString('hex');
function message(
  avps: string,
  { flags = '80', command = 280, application = 0, version = '01', length = 20 + avps.length / 2 } = {},
): Uint8Array {
  return octets(`${version}${hex(length, 6)}${flags}${hex(command, 6)}${hex(application, 8)}0000000100000002${avps}`);
}
const HOST = avp(264, 0x40, text('a.example'));
const REALM = avp(296, 0x40, text('example'));
const DWR = HOST + REALM;
const MSCC = (members: string): string => avp(456, 0x40, members);
const CCR = [
  avp(263, 0x40, text('s;1')),
  HOST,
  REALM,
  avp(283, 0x40, text('example')),
  avp(258, 0x40, '00000004'),
  avp(461, 0x40, text('32251@3gpp.org')),
  avp(416, 0x40, '00000001'),
  avp(415, 0x40, '00000000'),
].join('');
const ccr = (avps: string): Uint8Array => message(CCR + avps, { flags: 'c0', command: 272, application: 4 });
const CCR_BYTES = 20 + CCR.length / 2;

interface Case {
  readonly what: string;
  readonly octets: Uint8Array;
  readonly faults: readonly (readonly [error: string, offset: number, path: string])[];
  /** Of the first fault. */
  readonly failed?: string;
}

const NESTED = Array.from({ length: 1000 }).reduce<string>((inner) => avp(873, 0xc0, inner, 10415), '');

const cases: readonly Case[] = [
  { what: 'a whole watchdog', octets: message(DWR), faults: [] },
  { what: 'a whole credit control request', octets: ccr(''), faults: [] },
  { what: 'no octet', octets: octets(''), faults: [['DIAMETER_INVALID_MESSAGE_LENGTH', 0, '']] },
  { what: 'half a header', octets: octets('01000014'), faults: [['DIAMETER_INVALID_MESSAGE_LENGTH', 0, '']] },
  { what: 'another version', octets: message(DWR, { version: '02' }), faults: [['DIAMETER_UNSUPPORTED_VERSION', 0, '']] },
  {
    what: 'a length of zero',
    octets: message(DWR, { length: 0 }),
    faults: [
      ['DIAMETER_INVALID_MESSAGE_LENGTH', 1, ''],
      ['DIAMETER_MISSING_AVP', 20, 'Origin-Host'],
      ['DIAMETER_MISSING_AVP', 20, 'Origin-Realm'],
    ],
  },
  { what: 'a length that is no multiple of 4', octets: message(DWR, { length: 57 }), faults: [['DIAMETER_INVALID_MESSAGE_LENGTH', 1, '']] },
  { what: 'a length of 2^24 - 4', octets: message(DWR, { length: 0xfffffc }), faults: [['DIAMETER_INVALID_MESSAGE_LENGTH', 1, '']] },
  { what: 'E in a request', octets: message(DWR, { flags: 'a0' }), faults: [['DIAMETER_INVALID_HDR_BITS', 4, '']] },
  { what: 'reserved bits in the header', octets: message(DWR, { flags: '81' }), faults: [['DIAMETER_INVALID_HDR_BITS', 4, '']] },
  { what: 'P in a watchdog', octets: message(DWR, { flags: 'c0' }), faults: [['DIAMETER_INVALID_HDR_BITS', 4, '']] },
  {
    what: 'T in an answer',
    octets: message(avp(268, 0x40, '000007d1') + DWR, { flags: '10' }),
    faults: [['DIAMETER_INVALID_HDR_BITS', 4, '']],
  },
  { what: 'an unknown command', octets: message('', { command: 999 }), faults: [['DIAMETER_COMMAND_UNSUPPORTED', 5, '']] },
  { what: 'an unknown application', octets: message(DWR, { application: 99 }), faults: [['DIAMETER_APPLICATION_UNSUPPORTED', 8, '']] },
  { what: 'a missing AVP', octets: message(HOST), faults: [['DIAMETER_MISSING_AVP', 40, 'Origin-Realm']], failed: avp(296, 0x40, '') },
  {
    what: 'a missing AVP in a group',
    octets: ccr(avp(443, 0x40, avp(444, 0x40, text('49')))),
    faults: [['DIAMETER_MISSING_AVP', CCR_BYTES + 20, 'Subscription-Id > Subscription-Id-Type']],
    failed: avp(443, 0x40, avp(450, 0x40, '00000000')),
  },
  { what: 'an AVP twice', octets: message(DWR + HOST), faults: [['DIAMETER_AVP_OCCURS_TOO_MANY_TIMES', 56, 'Origin-Host']], failed: HOST },
  {
    what: 'an unknown AVP with M',
    octets: message(DWR + avp(9999, 0x40, '0102')),
    faults: [['DIAMETER_AVP_UNSUPPORTED', 56, 'AVP 9999']],
    failed: avp(9999, 0x40, '0102'),
  },
  { what: 'an unknown AVP without M', octets: message(DWR + avp(9999, 0, '0102')), faults: [] },
  {
    what: 'an unknown AVP with M in a group',
    octets: ccr(MSCC(avp(432, 0x40, '00000001') + avp(7, 0xc0, 'ff', 77777))),
    faults: [['DIAMETER_AVP_UNSUPPORTED', CCR_BYTES + 20, 'Multiple-Services-Credit-Control > AVP 7 of vendor 77777']],
    failed: MSCC(avp(7, 0xc0, 'ff', 77777)),
  },
  {
    what: 'reserved bits of an AVP',
    octets: message(DWR + avp(278, 0x41, '00000001')),
    faults: [['DIAMETER_INVALID_AVP_BITS', 60, 'Origin-State-Id']],
    failed: avp(278, 0x41, '00000001'),
  },
  {
    what: 'M not set where it must be',
    octets: message(DWR + avp(278, 0, '00000001')),
    faults: [['DIAMETER_INVALID_AVP_BITS', 60, 'Origin-State-Id']],
  },
  {
    what: 'a number of 3 octets',
    octets: message(DWR + avp(278, 0x40, '000001')),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 61, 'Origin-State-Id']],
    failed: avp(278, 0x40, '00000000'),
  },
  {
    what: 'an AVP length of zero',
    octets: message(`${DWR}0000011640000000`),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 61, 'Origin-State-Id']],
    failed: avp(278, 0x40, '00000000'),
  },
  {
    what: 'an AVP length of 7',
    octets: message(`${DWR}0000011640000007`),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 61, 'Origin-State-Id']],
  },
  {
    what: 'an AVP length of 2^24 - 1',
    octets: message(`${DWR}0000011640ffffff00000001`),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 61, 'Origin-State-Id']],
    failed: avp(278, 0x40, '00000000'),
  },
  {
    what: 'a cut header of an AVP',
    octets: message(`${DWR}00000116`),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 56, 'AVP']],
    failed: avp(278, 0, '00000000'),
  },
  {
    what: 'a vendor bit without a vendor',
    octets: message(`${DWR}00000116c0000008`),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', 56, 'AVP']],
  },
  {
    what: 'a member that goes beyond its group',
    octets: ccr(`000001c840000010000001b04000000c00000001`),
    faults: [
      ['DIAMETER_INVALID_AVP_LENGTH', CCR_BYTES + 13, 'Multiple-Services-Credit-Control > Rating-Group'],
      ['DIAMETER_INVALID_AVP_LENGTH', CCR_BYTES + 16, 'AVP'],
    ],
    failed: MSCC(avp(432, 0x40, '00000000')),
  },
  {
    what: 'an identity that is none',
    octets: message(avp(264, 0x40, text('a b')) + REALM),
    faults: [['DIAMETER_INVALID_AVP_VALUE', 28, 'Origin-Host']],
    failed: avp(264, 0x40, text('a b')),
  },
  { what: 'an empty identity', octets: message(avp(264, 0x40, '') + REALM), faults: [['DIAMETER_INVALID_AVP_VALUE', 28, 'Origin-Host']] },
  {
    what: 'a text that is no UTF-8',
    octets: ccr(avp(1, 0x40, 'c080')),
    faults: [['DIAMETER_INVALID_AVP_VALUE', CCR_BYTES + 8, 'User-Name']],
  },
  {
    what: 'a value without a name',
    octets: ccr(avp(455, 0x40, '00000009')),
    faults: [['DIAMETER_INVALID_AVP_VALUE', CCR_BYTES + 8, 'Multiple-Services-Indicator']],
  },
  {
    what: 'an address of IPv4 with 3 octets',
    octets: ccr(avp(873, 0xc0, avp(874, 0xc0, avp(1227, 0xc0, '0001010203', 10415), 10415), 10415)),
    faults: [['DIAMETER_INVALID_AVP_LENGTH', CCR_BYTES + 29, 'Service-Information > PS-Information > PDP-Address']],
  },
  {
    what: 'a session id that is not first',
    octets: message(HOST + CCR.replace(HOST, ''), { flags: 'c0', command: 272, application: 4 }),
    faults: [['DIAMETER_AVP_NOT_ALLOWED', 40, 'Session-Id']],
  },
  {
    what: 'a member that its group has not',
    octets: ccr(avp(443, 0x40, avp(450, 0x40, '00000000') + avp(444, 0x40, text('4')) + avp(432, 0x40, '00000001'))),
    faults: [['DIAMETER_AVP_NOT_ALLOWED', CCR_BYTES + 32, 'Subscription-Id > Rating-Group']],
  },
];

for (const { what, octets: given, faults, failed } of cases) {
  test(`${what}: ${faults.length === 0 ? 'no fault' : faults.map(([error]) => error).join(', ')}`, () => {
    const found = checkMessage(dictionary, given);
    assert.deepEqual(
      found.map(({ error, offset, path }) => [error, offset, path]),
      faults,
    );
    const [first] = found;
    if (failed !== undefined && first !== undefined)
      assert.equal(Buffer.from(failedAvp(dictionary, given, first) ?? []).toString('hex'), failed);
  });
}

test('an error answer needs no more than RFC 6733 §7.2 says', () => {
  const answer = avp(264, 0x40, text('a.example')) + REALM + avp(268, 0x40, '00000bbc');
  assert.deepEqual(checkMessage(dictionary, message(answer, { flags: '60', command: 272, application: 4 })), []);
});

test('groups in each other 1,000 deep end in a fault and not in a full stack', () => {
  const given = ccr(NESTED);
  const found = checkMessage(dictionary, given);
  assert.ok(found.some(({ error }) => error === 'DIAMETER_INVALID_AVP_VALUE'));
  assert.ok(messageTree(dictionary, given));
  for (const fault of found) assert.ok((failedAvp(dictionary, given, fault)?.length ?? 0) < 5000);
});

test('a message full of faults gives the first of them', () => {
  assert.equal(checkMessage(dictionary, message(DWR + avp(9999, 0x40, '').repeat(10_000))).length, MOST_FAULTS);
});

test('what Failed-AVP quotes is not checked', () => {
  const answer = avp(268, 0x40, '0000138e') + DWR + avp(279, 0x40, avp(278, 0x40, ''));
  assert.deepEqual(checkMessage(dictionary, message(answer, { flags: '00' })), []);
});
