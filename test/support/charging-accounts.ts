/** Accounts with what accounts have. */
import { type ChargingAccount, type ChargingSession, FOREVER, type SessionItem } from '#core/charging/account.ts';

/** Of both. */
export const ACCOUNT_ID = '490000123456';

const session: ChargingSession = {
  id: 'pgw1.epc.example.net;1732238400;000000012345',
  service: 'data',
  identity: { kind: 'msisdn', value: ACCOUNT_ID },
  facts: { called: '', apn: 'internet', visitedNetwork: '26202', rat: 'EUTRAN', calling: ACCOUNT_ID, roaming: false },
  startedMicros: 1_795_356_537_588_000,
  expiresMicros: 1_795_360_737_588_000,
  lastNumber: 2,
  lastAnswer: {
    ...{ session: 'pgw1.epc.example.net;1732238400;000000012345', number: 2, result: 'granted', account: ACCOUNT_ID },
    items: [
      { ratingGroup: '10', result: 'granted', granted: { bytes: 10_000_000n }, validitySeconds: 3600, threshold: { bytes: 2_000_000n } },
    ],
    cost: { nanos: 10_000_000n, currency: 'EUR' },
  },
  items: [
    {
      ...{ ratingGroup: '10', services: undefined, unit: 'bytes', counted: [] },
      use: {
        ...{ startMicros: 1_795_356_537_588_000, planVersion: 1, planService: 0, continues: false },
        ...{
          used: 2_000_000n,
          usedUp: 400_000n,
          usedDown: 1_600_000n,
          covered: [],
          counters: [],
          chargedNanos: 10_000_000n,
          unpaidNanos: 0n,
        },
        paid: [{ account: ACCOUNT_ID, bucket: 1, definition: 'main', nanos: 10_000_000n }],
      },
      grant: { units: 10_000_000n, atMicros: 1_795_356_537_588_000, validToMicros: 1_795_360_137_588_000, tariffChangeMicros: undefined },
      reservations: [{ account: ACCOUNT_ID, bucket: 1, amount: 50_000_000n }],
    },
  ],
  closedNanos: 0n,
  records: 0,
};

/** With a running session of data. */
export const account: ChargingAccount = {
  ...{ id: ACCOUNT_ID, version: 5, currency: 'EUR', status: 'active', plan: 'mobile', identities: [{ kind: 'msisdn', value: ACCOUNT_ID }] },
  buckets: [
    {
      ...{
        id: 1,
        definition: 'main',
        unit: 'money',
        value: 99_999_990_000_000n,
        filled: 100_000_000_000_000n,
        reserved: 50_000_000n,
        limit: 0n,
      },
      ...{ holders: 1, priority: 1000, validFromMicros: 1_795_356_537_588_000, validToMicros: FOREVER, raised: 0, rolled: 0 },
    },
  ],
  ...{ counters: [], sessions: [session], pools: [], controls: [], addOns: [], renewals: [], debtNanos: 0n, nextBucket: 2 },
  dueMicros: 1_795_360_737_588_000,
};

const held = {
  reservations: [{ account: ACCOUNT_ID, bucket: 1, amount: 70_000_001n }],
  counted: [{ key: 'control:spending', amount: 70_000_001n }],
};
const drawn: SessionItem = { ...(session.items[0] as SessionItem), reservations: [], counted: [], multiplier: 3n };
/** One that knew pools and has none, and one of two groups that draw from its third. */
const named = (id: string): ChargingSession => ({ ...session, id, lastAnswer: { ...session.lastAnswer, session: id } });
const pooled: readonly ChargingSession[] = [
  { ...named('pgw1;2;1'), pooling: { opened: 0, pool: undefined } },
  {
    ...{ ...named('pgw1;2;2'), items: [drawn, { ...drawn, ratingGroup: '20', multiplier: 1n, inAll: { bytes: 5n } }] },
    lastAnswer: {
      ...{ session: 'pgw1;2;2', number: 2, result: 'granted' },
      advice: {
        ...{ currency: 'EUR', cost: { accumulatedNanos: 7n, incrementalNanos: 10n ** 18n } },
        tariff: {
          current: [
            { reason: 'use', per: { unit: 'bytes', amount: 1_000_000n }, price: { units: 0n, scale: 2 }, lasts: 5n },
            { reason: 'set-up', price: { units: 10n, scale: 2 } },
          ],
          next: { fromMicros: 1_795_360_737_588_000, elements: [] },
        },
      },
      items: [
        { ratingGroup: '10', result: 'granted', granted: { bytes: 5n }, unitPool: { number: 3, multiplier: 3n } },
        { result: 'granted', granted: { seconds: 5n }, consumptionSeconds: 4, unitPool: { number: 3, multiplier: 1n } },
        { result: 'granted', granted: { seconds: 5n }, grantedInAll: { seconds: 9n }, unitPool: { number: 3, multiplier: 1n } },
      ],
    },
    pooling: {
      opened: 3,
      pool: {
        ...{ planVersion: 1, planService: 0, open: true, over: 'money', worth: { of: 10n, by: 3n }, roundingNanos: 5_000_000n },
        ...{ left: 7_000_000n, ...held },
      },
    },
  },
  {
    ...{ ...named('pgw1;2;3'), items: [] },
    pooling: {
      opened: 1,
      pool: {
        ...{ planVersion: 2, planService: 1, open: false, over: 'units', worth: { of: 1n, by: 1n }, roundingNanos: 0n },
        ...{ left: 0n, reservations: [], counted: [] },
      },
    },
  },
];

/** Everything that an account may have. */
export const rich: ChargingAccount = {
  ...account,
  identities: [...account.identities, { kind: 'imsi', value: '262020000000001' }, { kind: 'nai', value: 'anna@example.net' }],
  buckets: [
    ...account.buckets,
    { ...(account.buckets[0] as ChargingAccount['buckets'][number]), id: 2, value: -9_223_372_036_854_775_807n },
  ],
  counters: [{ key: 'control:spending', value: 12n, reserved: 9_007_199_254_740_993n, fromMicros: 1, toMicros: 2, raised: 1 }],
  sessions: [
    session,
    {
      ...session,
      ...{ id: 'radius/nas1/77', service: 'voice', identity: undefined, closedNanos: -3n, records: 4 },
      facts: {
        called: '4930123',
        answered: true,
        serviceClass: 'premium',
        slice: '1-000001',
        location: 'cell 7',
        sizeBytes: 70,
        roaming: true,
      },
      items: [
        {
          ...{ ratingGroup: undefined, services: ['1', '2'], unit: 'seconds', use: undefined, grant: undefined, reservations: [] },
          ...{ counted: [{ key: 'control:spending', amount: 7n }], inAll: { seconds: 60n, bytesUp: 1n, bytesDown: 2n } },
        },
        {
          ...(session.items[0] as ChargingSession['items'][number]),
          use: {
            ...(session.items[0]?.use as NonNullable<ChargingSession['items'][number]['use']>), // it has one
            continues: true,
            covered: [{ account: 'family', bucket: 3, definition: 'data-pass', from: 0n, units: 17n }],
            counters: [{ key: 'tier:1', before: 5n, added: 6n }],
          },
          grant: { units: 1n, atMicros: 2, validToMicros: 3, tariffChangeMicros: 4 },
        },
      ],
      lastAnswer: {
        ...{ session: 'radius/nas1/77', number: 2, result: 'granted', detail: 'told', fingerprint: 'abc' },
        items: [
          {
            ...{ services: ['1', '2'], result: 'granted', granted: { money: { nanos: 5n, currency: 'EUR' } }, holdingSeconds: 30 },
            ...{ tariffChangeMicros: 9, finalUnit: { action: 'redirect', to: 'http://example.net/' }, slowTo: 'slow', detail: 'the last' },
            grantedInAll: { seconds: 70n },
            consumptionSeconds: 11,
          },
          { result: 'granted', granted: { seconds: 60n }, consumptionSeconds: 10 },
          { result: 'no-charge', finalUnit: { action: 'restrict', filter: 'free' } },
          { result: 'credit-limit-reached', finalUnit: { action: 'terminate' } },
        ],
      },
    },
    ...pooled,
  ],
  pools: [{ pool: 'family', caps: [{ definition: 'data-pass', most: 5n }] }],
  controls: [{ control: 'spending', limit: 9n, agreedToMicros: 10 }, { control: 'roaming' }],
  addOns: [{ addOn: 'data-pass', renewsMicros: 11 }],
  renewals: [{ allowance: 'minutes', givenToMicros: 12 }],
  debtNanos: 123_456_789_012_345_678_901n,
};
