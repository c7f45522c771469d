/** What a CCR becomes in the words of charging, and the answer of charging as CCA (RFC 8506, TS 32.299). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AvpValues, readMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { numberOfUri } from '#core/numbering/uri-number.ts';
import { ask, ccr, dictionary, message, withNode } from './node-under-test.ts';

const subscriber = [
  { 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '+491701234567' },
  { 'Subscription-Id-Type': 1, 'Subscription-Id-Data': '262011234567890' },
];
const read = (request: ChargingRequest): Omit<ChargingRequest, 'session'> => {
  const { session, ...others } = request;
  assert.equal(session, 'pgw1.epc.example.org;1;1');
  return others;
};

interface Case {
  readonly name: string;
  readonly values: AvpValues;
  readonly expected: Partial<ChargingRequest>;
}

const cases: readonly Case[] = [
  {
    name: 'a bearer begins: quota is asked for two rating groups, of one as much as we choose',
    values: {
      'Event-Timestamp': 1_795_311_000,
      'Subscription-Id': subscriber.toReversed(), // whatever their order there: the number is asked first
      'Multiple-Services-Indicator': 1,
      'Multiple-Services-Credit-Control': [
        { 'Requested-Service-Unit': {}, 'Rating-Group': 10 },
        { 'Requested-Service-Unit': { 'CC-Total-Octets': 5_000_000 }, 'Rating-Group': 20, 'Service-Identifier': [7, 8] },
      ],
      'Service-Information': {
        'PS-Information': {
          'Called-Station-Id': 'internet',
          '3GPP-SGSN-MCC-MNC': '26202',
          '3GPP-RAT-Type': Uint8Array.of(6),
          '3GPP-User-Location-Info': Uint8Array.of(0x82, 0x62, 0xf2, 0x10, 0x12, 0x34, 0x62, 0xf2, 0x10, 0, 0xab, 0xcd, 1),
        },
      },
    },
    expected: {
      number: 0,
      operation: 'initial',
      service: 'data',
      eventMicros: 1_795_311_000_000_000,
      identities: [
        { kind: 'msisdn', value: '491701234567' },
        { kind: 'imsi', value: '262011234567890' },
      ],
      facts: {
        ...{ called: '', calling: '491701234567', apn: 'internet', visitedNetwork: '26202', roaming: true, rat: 'EUTRAN' },
        location: 'TAI 262-01 TAC 4660, ECGI 262-01 ECI 11259137',
      },
      items: [
        { ratingGroup: '10', requested: 'any', used: [] },
        { ratingGroup: '20', services: ['7', '8'], requested: { bytes: 5_000_000n }, used: [] },
      ],
    },
  },
  {
    name: 'use is reported, before and after a change of tariff, with why',
    values: {
      'CC-Request-Type': 2,
      'CC-Request-Number': 3,
      'Service-Context-Id': '8.32251@3gpp.org',
      'Multiple-Services-Credit-Control': [
        {
          'Rating-Group': 10,
          'Requested-Service-Unit': {},
          'Used-Service-Unit': [
            { 'Tariff-Change-Usage': 0, 'CC-Time': 30, 'CC-Input-Octets': 1_000, 'CC-Output-Octets': 4_294_967_296_123n },
            { 'Tariff-Change-Usage': 1, 'CC-Time': 90, 'CC-Total-Octets': 77, 'Reporting-Reason': [4] },
          ],
        },
      ],
    },
    expected: {
      number: 3,
      operation: 'update',
      service: 'data',
      identities: [],
      facts: {},
      items: [
        {
          ratingGroup: '10',
          requested: 'any',
          used: [
            { change: 'before', seconds: 30n, bytesUp: 1_000n, bytesDown: 4_294_967_296_123n },
            { change: 'after', seconds: 90n, bytes: 77n },
          ],
          reason: 'validity-time',
        },
      ],
    },
  },
  {
    name: 'a call of the IMS, without multiple services',
    values: {
      'Service-Context-Id': '32260@3gpp.org',
      'Subscription-Id': [{ 'Subscription-Id-Type': 2, 'Subscription-Id-Data': 'sip:+491701234567@ims.example.org' }],
      'Requested-Service-Unit': { 'CC-Time': 60 },
      'Service-Information': {
        'IMS-Information': {
          'Role-Of-Node': 0,
          'Node-Functionality': 6,
          'Calling-Party-Address': ['sip:+491701234567@ims.example.org;user=phone', 'tel:+491701234567'],
          'Called-Party-Address': 'tel:+44-20-7946-0000;phone-context=example.org',
          'Time-Stamps': { 'SIP-Request-Timestamp': 1_795_310_990, 'SIP-Response-Timestamp': 1_795_311_000 },
        },
      },
    },
    expected: {
      operation: 'initial',
      service: 'voice',
      identities: [{ kind: 'sip-uri', value: 'sip:+491701234567@ims.example.org' }],
      usedSinceMicros: 1_795_311_000_000_000,
      facts: { calling: '491701234567', called: '442079460000' },
      items: [{ requested: { seconds: 60n }, used: [] }],
    },
  },
  {
    name: 'an SMS is debited at once',
    values: {
      'Service-Context-Id': '32274@3gpp.org',
      'CC-Request-Type': 4,
      'Requested-Action': 0,
      'User-Name': '491701234567@example.org',
      'Service-Identifier': 5,
      'Requested-Service-Unit': { 'CC-Service-Specific-Units': 2 },
      'Service-Information': {
        'SMS-Information': {
          'Recipient-Info': [{ 'Recipient-Address': [{ 'Address-Type': 1, 'Address-Data': '+441632960961' }] }],
          'Originator-Received-Address': { 'Address-Type': 1, 'Address-Data': '491701234567' },
        },
      },
    },
    expected: {
      operation: 'event-debit',
      service: 'sms',
      identities: [{ kind: 'nai', value: '491701234567@example.org' }],
      facts: { called: '441632960961', calling: '491701234567' },
      items: [{ services: ['5'], requested: { events: 2n }, used: [] }],
    },
  },
  {
    name: 'an MMS of a size; money with its currency; a service of an operator of its own',
    values: {
      'Service-Context-Id': 'videos@example.org',
      'CC-Request-Type': 4,
      'Requested-Action': 1,
      'Requested-Service-Unit': { 'CC-Money': { 'Unit-Value': { 'Value-Digits': 1_999n, Exponent: -3 }, 'Currency-Code': 978 } },
      'Service-Information': {
        'MMS-Information': { 'Message-Size': 30_000, 'Recipient-Address': [{ 'Address-Type': 1, 'Address-Data': '441632960961' }] },
      },
    },
    expected: {
      operation: 'event-refund',
      service: 'content',
      facts: { called: '441632960961', sizeBytes: 30_000 },
      items: [{ requested: { money: { nanos: 1_999_000_000n, currency: 'EUR' } }, used: [] }],
    },
  },
  {
    name: 'a session ends with what was used; one without any use says nothing',
    values: { 'CC-Request-Type': 3, 'CC-Request-Number': 9, 'Termination-Cause': 1 },
    expected: { operation: 'terminate', number: 9, items: [] },
  },
  {
    name: 'a client of several services knows what they share, and says it once',
    values: {
      ...{ 'CC-Request-Type': 1, 'CC-Request-Number': 0, 'Multiple-Services-Indicator': 1 },
      'Multiple-Services-Credit-Control': [{ 'Rating-Group': 10, 'Requested-Service-Unit': {} }],
    },
    expected: { operation: 'initial', knowsPools: true },
  },
  {
    name: 'a price is asked for, and a balance',
    values: { 'CC-Request-Type': 4, 'Requested-Action': 3, 'Service-Context-Id': 'what@example.org' },
    expected: { operation: 'price-enquiry', service: 'event', items: [{ used: [] }] },
  },
];

for (const { name, values, expected } of cases) {
  test(`CCR: ${name}`, () =>
    withNode({ contexts: { 'videos@example.org': 'content' } }, async ({ client, requests }) => {
      const peer = await client({});
      const answer = await ask(peer, 'CCR', ccr(values));
      assert.equal(answer?.values['Result-Code'], 2001);
      const [request] = requests;
      assert.ok(request !== undefined);
      const found = read(request);
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, found[key as keyof typeof found]])), expected);
      if (!('eventMicros' in expected)) assert.equal(found.eventMicros, 1_795_000_000_000_000, 'our clock, where theirs is not told');
    }));
}

test('the answer of charging becomes a CCA that the dictionary finds right', () =>
  withNode({}, async (under) => {
    const peer = await under.client({});
    const answer: Partial<ChargingAnswer> = {
      result: 'granted',
      cost: { nanos: 1_230_000_000n, currency: 'EUR' },
      items: [
        {
          ...{
            ratingGroup: '10',
            result: 'granted',
            granted: { bytes: 10n ** 12n, seconds: 99n },
            validitySeconds: 3600,
            holdingSeconds: 300,
            consumptionSeconds: 12,
            unitPool: { number: 2, multiplier: 3n },
          },
          ...{ threshold: { bytes: 5_000n }, tariffChangeMicros: 1_795_312_000_000_000 },
        },
        {
          ...{ ratingGroup: '20', services: ['7', '8'], result: 'granted', granted: { events: 3n } },
          finalUnit: { action: 'redirect', to: 'https://top-up.example.net/' },
        },
        { ratingGroup: '30', result: 'credit-limit-reached' },
        { ratingGroup: '40', result: 'granted', granted: { bytes: 7n }, finalUnit: { action: 'restrict', filter: 'portal-only' } },
        { ratingGroup: '50', result: 'no-charge' },
      ],
    };
    under.answer = ({ session, number }) => ({ session, number, result: 'granted', items: [], ...answer });
    const services = answer.items?.map(({ ratingGroup }) => ({ 'Rating-Group': Number(ratingGroup), 'Requested-Service-Unit': {} }));
    const values = ccr({ 'Multiple-Services-Credit-Control': services ?? [] });
    const octets = await peer.connection.ask((hopByHop) => message('CCR', values, hopByHop));
    assert.ok(octets !== undefined);
    assert.deepEqual(checkMessage(dictionary, octets), []);
    const { 'Multiple-Services-Credit-Control': items, 'Cost-Information': cost } = (await ask(peer, 'CCR', values))?.values ?? {};
    assert.deepEqual(cost, { 'Unit-Value': { 'Value-Digits': 123n, Exponent: -2 }, 'Currency-Code': 978 });
    assert.deepEqual(items, [
      {
        'Granted-Service-Unit': { 'Tariff-Time-Change': 1_795_312_000, 'CC-Time': 99, 'CC-Total-Octets': 10n ** 12n },
        ...{ 'Validity-Time': 3600, 'Rating-Group': 10, 'Result-Code': 2001, 'Volume-Quota-Threshold': 5_000, 'Quota-Holding-Time': 300 },
        'Quota-Consumption-Time': 12,
        'G-S-U-Pool-Reference': [{ 'G-S-U-Pool-Identifier': 2, 'CC-Unit-Type': 0, 'Unit-Value': { 'Value-Digits': 3n, Exponent: 0 } }],
      },
      {
        'Granted-Service-Unit': { 'CC-Service-Specific-Units': 3n },
        'Final-Unit-Indication': {
          'Final-Unit-Action': 1,
          'Redirect-Server': { 'Redirect-Address-Type': 2, 'Redirect-Server-Address': 'https://top-up.example.net/' },
        },
        ...{ 'Service-Identifier': [7, 8], 'Rating-Group': 20, 'Result-Code': 2001 },
      },
      { 'Rating-Group': 30, 'Result-Code': 4012 },
      {
        'Granted-Service-Unit': { 'CC-Total-Octets': 7n },
        'Final-Unit-Indication': { 'Final-Unit-Action': 2, 'Filter-Id': ['portal-only'] },
        ...{ 'Rating-Group': 40, 'Result-Code': 2001 },
      },
      { 'Rating-Group': 50, 'Result-Code': 4011 },
    ]);
  }));

test('each result of charging is a Result-Code; too busy is a protocol error, and a fault of ours is no silence', () =>
  withNode({}, async (under) => {
    const peer = await under.client({});
    const codes: Record<string, unknown> = {};
    for (const result of [
      'credit-limit-reached',
      'service-denied',
      'user-unknown',
      'rating-failed',
      'unknown-session',
      'too-busy',
    ] as const) {
      under.answer = ({ session, number }) => ({ session, number, result, items: [], detail: 'why' });
      const answer = await ask(peer, 'CCR', ccr({}));
      codes[result] = [answer?.values['Result-Code'], String(answer?.values['Error-Message']), (answer?.header.flags ?? 0) & 0x20];
    }
    assert.deepEqual(codes, {
      'credit-limit-reached': [4012, 'why', 0],
      'service-denied': [4010, 'why', 0],
      'user-unknown': [5030, 'why', 0],
      'rating-failed': [5031, 'why', 0],
      'unknown-session': [5002, 'why', 0],
      'too-busy': [3004, 'why', 0x20],
    });
    under.answer = () => {
      throw new Error('broken');
    };
    assert.equal((await ask(peer, 'CCR', ccr({})))?.values['Result-Code'], 5012);
    assert.ok(under.events.some((event) => event.kind === 'charging-failed'));
    under.answer = ({ session, number }) => ({ session, number, result: 'credit-limit-reached', items: [] });
    const balance = await ask(peer, 'CCR', ccr({ 'CC-Request-Type': 4, 'Requested-Action': 2 }));
    assert.equal(balance?.values['Check-Balance-Result'], 1);
  }));

test('a peer may not name sessions of other protocols, nor a subscriber that cannot be stored', () =>
  withNode({}, async (under) => {
    const peer = await under.client();
    const results = [];
    for (const name of [`nchf-${'a'.repeat(27)}.Zm9v`, 'radius/nas/x', 'http:shop/s/1'])
      results.push((await ask(peer, 'CCR', ccr({ 'Session-Id': name })))?.values['Result-Code']);
    const subscription = { 'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '49\x0117' }] };
    const answer = await peer.connection.ask((hopByHop) => {
      const octets = message('CCR', ccr(subscription), hopByHop);
      octets.set([0], Buffer.from(octets).indexOf('49\x0117') + 2);
      return octets;
    });
    assert.ok(answer !== undefined);
    results.push(readMessage(dictionary, answer)?.values['Result-Code']);
    assert.deepEqual(results, [5004, 5004, 5004, 5004]);
    assert.equal(under.requests.length, 0);
    assert.equal((await ask(peer, 'CCR', ccr({ 'Session-Id': 'nchf-gw.example.org;1;1' })))?.values['Result-Code'], 2001);
  }));

test('numbers are read out of addresses, and nothing out of what has none', () => {
  const numbers = [
    'tel:+49 30',
    'tel:+4930',
    'sip:+4930@a.b',
    'sips:4930@a.b;user=phone',
    '+4930',
    'tel:112',
    'sip:anna@a.b',
    '',
    'urn:service:sos',
    'tel:*100#',
  ];
  assert.deepEqual(numbers.map(numberOfUri), [undefined, '4930', '4930', '4930', '4930', '112', undefined, undefined, undefined, '*100#']);
});
