/** Nchf_ConvergedCharging (TS 32.291): sessions and events of consumers in the words of charging, and what comes back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargingRequest } from '#core/charging/request.ts';
import { NO_PROFILE, parseRoamingProfile } from '#gateways/nchf/roaming-profile.ts';
import type { RoamingSessions, RoamingTaken } from '#operations/charging/roaming-ports.ts';
import { type Answered, chargingData, ROOT, withNode, withNotifications } from './node-under-test.ts';

const pduSession = {
  pDUSessionChargingInformation: {
    userInformation: { servedGPSI: 'msisdn-491701234567' },
    userLocationinfo: {
      nrLocation: {
        tai: { plmnId: { mcc: '262', mnc: '02' }, tac: '0001' },
        ncgi: { plmnId: { mcc: '262', mnc: '02' }, nrCellId: '000000010' },
      },
    },
    pduSessionInformation: {
      ...{ pduSessionID: 5, dnnId: 'internet', ratType: 'NR' },
      networkSlicingInfo: { sNSSAI: { sst: 1, sd: 'ABCDEF' } },
      servingCNPlmnId: { mcc: '262', mnc: '02' },
    },
  },
};
const shown = ({ session: _, ...others }: ChargingRequest): Omit<ChargingRequest, 'session'> => others;

test('a PDU session is created, updated and released', () =>
  withNode({}, async ({ post, requests, origin }) => {
    const usage = [
      { ratingGroup: 10, requestedUnit: {} },
      { ratingGroup: 20, requestedUnit: { totalVolume: 'most' } },
    ];
    const body = JSON.stringify(chargingData({ ...pduSession, multipleUnitUsage: usage })).replace('"most"', '18446744073709551615');
    const created = await post(ROOT, body);
    assert.equal(created.status, 201, created.text);
    const location = String(created.headers.location);
    assert.ok(location.startsWith(`${origin}${ROOT}/nchf-`), location);
    assert.deepEqual(created.body, {
      ...{ invocationTimeStamp: '2026-11-18T11:06:40.000Z', invocationSequenceNumber: 0 },
      multipleUnitInformation: [10, 20].map((ratingGroup) => ({
        resultCode: 'SUCCESS',
        ratingGroup,
        grantedUnit: { totalVolume: 10485760 },
        validityTime: 3600,
      })),
    });
    const resource = location.slice(origin.length);
    const updated = await post(
      `${resource}/update`,
      chargingData({
        invocationSequenceNumber: 1,
        multipleUnitUsage: [
          {
            ratingGroup: 10,
            requestedUnit: { totalVolume: 5 },
            usedUnitContainer: [
              {
                localSequenceNumber: 3,
                totalVolume: 30,
                triggers: [{ triggerType: 'QUOTA_THRESHOLD', triggerCategory: 'IMMEDIATE_REPORT' }],
              },
              {
                localSequenceNumber: 2,
                time: 7,
                uplinkVolume: 1,
                downlinkVolume: 2,
                triggers: [{ triggerType: 'TARIFF_TIME_CHANGE', triggerCategory: 'DEFERRED_REPORT' }],
              },
            ],
          },
        ],
      }),
    );
    assert.equal(updated.status, 200, updated.text);
    const released = await post(`${resource}/release`, chargingData({ invocationSequenceNumber: 2 }));
    assert.deepEqual([released.status, released.text], [204, '']);
    assert.equal(new Set(requests.map(({ session }) => session)).size, 1);
    const common = { eventMicros: 1_795_338_000_000_000, service: 'event', facts: {} } as const;
    const imsi = { kind: 'imsi', value: '262011234567890' } as const;
    assert.deepEqual(requests.map(shown), [
      {
        ...common,
        ...{ number: 0, operation: 'initial', service: 'data', identities: [{ kind: 'msisdn', value: '491701234567' }, imsi] },
        facts: {
          ...{ called: '', calling: '491701234567', apn: 'internet', rat: 'NR', slice: '1-abcdef' },
          ...{ visitedNetwork: '26202', roaming: true, location: 'NCGI 26202 000000010' },
        },
        items: [
          { ratingGroup: '10', requested: 'any', used: [] },
          { ratingGroup: '20', requested: { bytes: 18446744073709551615n }, used: [] },
        ],
      },
      {
        ...common,
        ...{ number: 1, operation: 'update', identities: [imsi] },
        items: [
          {
            ...{ ratingGroup: '10', requested: { bytes: 5n } },
            used: [
              { seconds: 7n, bytesUp: 1n, bytesDown: 2n, change: 'before' },
              { bytes: 30n, change: 'after' },
            ],
            reason: 'threshold',
          },
        ],
      },
      { ...common, number: 2, operation: 'terminate', identities: [imsi], items: [] },
    ]);
  }));

test('of a roamer the octets of each QoS flow are charged, to its own account or its network’s; beside rating groups they are not charged again', () =>
  withNode({}, async ({ post, requests }) => {
    const flow = (localSequenceNumber: number, qFI: number, uplinkVolume: number, triggers: readonly string[] = []) => ({
      ...{ localSequenceNumber, uplinkVolume, downlinkVolume: 10, qFIContainerInformation: { qFI, reportTime: '2026-11-18T11:06:40Z' } },
      triggers: triggers.map((triggerType) => ({ triggerType, triggerCategory: 'DEFERRED_REPORT' })),
    });
    const { pduSessionInformation, ...others } = pduSession.pDUSessionChargingInformation;
    const roamer = {
      pDUSessionChargingInformation: {
        ...others,
        pduSessionInformation: {
          ...pduSessionInformation,
          ...{ hPlmnId: { mcc: '208', mnc: '01' }, authorizedQoSInformation: { '5qi': 9, arp: {} } },
        },
      },
    };
    const roamingQBCInformation = { multipleQFIcontainer: [flow(2, 5, 7), flow(1, 5, 3, ['TARIFF_TIME_CHANGE']), flow(3, 1, 1)] };
    const created = await post(ROOT, chargingData({ ...roamer, roamingQBCInformation }));
    assert.equal(created.status, 201, created.text);
    const both = { ...roamer, roamingQBCInformation, multipleUnitUsage: [{ ratingGroup: 10, requestedUnit: {} }] };
    assert.equal((await post(ROOT, chargingData({ ...both, invocationSequenceNumber: 7 }))).status, 201);
    const [byFlows, byGroups] = requests;
    assert.deepEqual(byFlows?.items, [
      {
        ratingGroup: 'qfi-5',
        used: [
          { bytesUp: 3n, bytesDown: 10n, change: 'before' },
          { bytesUp: 7n, bytesDown: 10n, change: 'after' },
        ],
        reason: 'rating-condition-change',
      },
      { ratingGroup: 'qfi-1', used: [{ bytesUp: 1n, bytesDown: 10n }] },
    ]);
    assert.deepEqual([byFlows?.offline, byFlows?.facts.serviceClass], [true, '5qi-9'], 'no quota is managed');
    assert.deepEqual(byFlows?.identities.at(-1), { kind: 'private', value: 'plmn-20801' });
    assert.deepEqual([byGroups?.items.map(({ ratingGroup }) => ratingGroup), byGroups?.offline], [['10'], undefined]);
    const wrong = await post(ROOT, chargingData({ ...roamer, roamingQBCInformation: { multipleQFIcontainer: [flow(1, 64, 1)] } }));
    assert.match(wrong.text, /roamingQBCInformation\/multipleQFIcontainer\/0\/qFIContainerInformation\/qFI/);
    assert.equal(wrong.status, 400);
  }));

test('where networks are billed, a visitor is kept for its network and asks no account; a subscriber of ours abroad is charged by both', async () => {
  const told: unknown[] = [];
  const taken: RoamingTaken[] = [];
  const sessions: RoamingSessions = {
    open: async ({ session: _, ...opening }) => void told.push(opening),
    report: async ({ session: _, ...report }, ends) => {
      told.push({ ...report, ends });
      return taken.shift() ?? 'taken';
    },
  };
  const networkOfImsi = (imsi: string) => (imsi.startsWith('20801') ? '20801' : undefined);
  await withNode({ roaming: { sessions, networkOfImsi } }, async ({ post, requests }) => {
    const { pduSessionInformation: full, userInformation: _, ...others } = pduSession.pDUSessionChargingInformation;
    const { servingCNPlmnId: visited, ...pdu } = full;
    const of = (userInformation: object, information: object = {}) => ({
      pDUSessionChargingInformation: { ...others, userInformation, pduSessionInformation: { ...pdu, ...information } },
    });
    const about = { qFI: 5, reportTime: '2026-11-18T11:06:40Z', timeofFirstUsage: '2026-11-18T10:06:40Z', qoSInformation: { '5qi': 7 } };
    const roamingQBCInformation = {
      multipleQFIcontainer: [{ localSequenceNumber: 1, uplinkVolume: 7, totalVolume: 17, qFIContainerInformation: about }],
    };
    const usedUnitContainer = [{ localSequenceNumber: 1, totalVolume: 30 }];
    const multipleUnitUsage = [{ ratingGroup: 10, requestedUnit: {}, usedUnitContainer }];
    const visitor = { subscriberIdentifier: 'imsi-208011234567890' };
    const begun = await post(ROOT, chargingData({ ...visitor, ...of({}), roamingQBCInformation, multipleUnitUsage }));
    assert.equal(begun.status, 201, begun.text);
    assert.deepEqual(Object(begun.body?.multipleUnitInformation), [{ resultCode: 'QUOTA_MANAGEMENT_NOT_APPLICABLE', ratingGroup: 10 }]);
    const path = new URL(String(begun.headers.location)).pathname;
    taken.push('taken', 'unknown', 'out-of-order');
    const later = (number: number) => chargingData({ ...visitor, invocationSequenceNumber: number, roamingQBCInformation });
    assert.equal((await post(`${path}/release`, later(1))).status, 204);
    assert.equal((await post(`${path}/update`, later(2))).body?.cause, 'RESOURCE_CONTEXT_NOT_FOUND');
    assert.equal((await post(`${path}/update`, later(0))).body?.cause, 'CHARGING_FAILED');
    assert.equal(requests.length, 0, 'no account is asked');
    const flow = { kind: 'flow', sequence: '1', up: '7', down: '10', triggers: [], name: '5', serviceClass: '5qi-7' };
    const times = { first: Date.parse(about.timeofFirstUsage) * 1_000, last: Date.parse(about.reportTime) * 1_000 };
    const group = { kind: 'group', sequence: '1', up: '0', down: '30', triggers: [], name: '10' };
    const [opened, ended] = told.map((each) => Object(each));
    assert.deepEqual(
      [opened.direction, opened.basis, opened.facts.home, opened.facts.subscriber],
      ['inbound', 'flows', '20801', '208011234567890'],
    );
    assert.deepEqual(opened.containers, [{ ...flow, ...times }, group]);
    assert.deepEqual([ended.number, ended.ends, ended.containers], [1, true, [{ ...flow, ...times }]]);

    // By rating groups, which is said by who visits whom alone.
    assert.equal((await post(ROOT, chargingData({ ...visitor, ...of({ roamerInOut: 'IN_BOUND' }), multipleUnitUsage }))).status, 201);
    assert.deepEqual([Object(told.at(-1)).basis, requests.length], ['groups', 0]);
    const abroad = of({}, { hPlmnId: { mcc: '262', mnc: '01' }, servingCNPlmnId: { mcc: '208', mnc: '01' } });
    const ours = await post(ROOT, chargingData({ ...abroad, roamingQBCInformation, multipleUnitUsage }));
    assert.equal(ours.status, 201, ours.text);
    assert.deepEqual([Object(told.at(-1)).direction, requests.length], ['outbound', 1], `${visited?.mcc}: charged by its plan as well`);
    const before = told.length;
    assert.equal((await post(ROOT, chargingData({ ...pduSession, multipleUnitUsage }))).status, 201);
    assert.deepEqual([told.length, requests.length], [before, 2], 'what a subscriber uses by rating groups is between it and us');
  });
});

test('the roaming charging profile that holds is the stricter of what is proposed and what we want, and is told when a session begins', () =>
  withNode(
    { roamingProfile: parseRoamingProfile('time=3600, volume=1000000, changes=5, QOS_CHANGE!, RAT_CHANGE') ?? NO_PROFILE },
    async ({ post }) => {
      const [now, later] = ['IMMEDIATE_REPORT', 'DEFERRED_REPORT'];
      const roamed = (roamingQBCInformation: object) => ({ ...pduSession, roamingQBCInformation });
      const profileOf = ({ body }: Answered) => Object(body?.roamingQBCInformation).roamingChargingProfile;
      const triggers = [
        { triggerType: 'TIME_LIMIT', triggerCategory: now, timeLimit: 600 },
        { triggerType: 'VOLUME_LIMIT', triggerCategory: later, volumeLimit: 4_000_000 },
        { triggerType: 'QOS_CHANGE', triggerCategory: later },
        { triggerType: 'PLMN_CHANGE', triggerCategory: now },
      ];
      const [ofTime, , , ofNetwork] = triggers;
      const proposal = { roamingChargingProfile: { triggers, partialRecordMethod: 'INDIVIDUAL' } };
      const created = await post(ROOT, chargingData(roamed(proposal)));
      const ours = [
        { triggerType: 'MAX_NUMBER_OF_CHANGES_IN_CHARGING_CONDITIONS', triggerCategory: now, maxNumberOfccc: 5 },
        { triggerType: 'RAT_CHANGE', triggerCategory: later },
      ];
      const volume = { triggerType: 'VOLUME_LIMIT', triggerCategory: now, volumeLimit64: 1_000_000 };
      const quality = { triggerType: 'QOS_CHANGE', triggerCategory: now };
      assert.deepEqual(profileOf(created), { triggers: [ofTime, volume, quality, ofNetwork, ...ours], partialRecordMethod: 'INDIVIDUAL' });
      const updated = await post(
        `${new URL(String(created.headers.location)).pathname}/update`,
        chargingData({ ...roamed(proposal), invocationSequenceNumber: 1 }),
      );
      assert.deepEqual([updated.status, profileOf(updated)], [200, undefined], 'what both have agreed on holds');
      const asked = profileOf(await post(ROOT, chargingData({ ...roamed({}), invocationSequenceNumber: 5 })));
      assert.deepEqual([asked.triggers.length, asked.partialRecordMethod], [5, 'DEFAULT'], 'who proposes nothing is given ours');
      assert.equal((await post(ROOT, chargingData({ ...pduSession, invocationSequenceNumber: 6 }))).body?.roamingQBCInformation, undefined);
      const wrong = await post(ROOT, chargingData(roamed({ roamingChargingProfile: { triggers: [{ timeLimit: -1 }] } })));
      assert.match(wrong.text, /roamingChargingProfile\/triggers\/0\/timeLimit[\s\S]*triggers\/0\/triggerCategory/);
      for (const text of ['time=0', 'time=86401', 'volume', 'time=1,time=2', 'qos', 'changes=99999999999', ','])
        assert.equal(parseRoamingProfile(text), undefined, text);
      assert.deepEqual(parseRoamingProfile(''), NO_PROFILE);
    },
  ));

test('a creation that comes again is the same session, another is another', () =>
  withNode({}, async ({ post, requests }) => {
    const first = await post(ROOT, chargingData(pduSession));
    const again = await post(ROOT, chargingData({ ...pduSession, retransmissionIndicator: true }));
    const other = await post(ROOT, chargingData({ ...pduSession, chargingId: 4712 }));
    assert.equal(first.headers.location, again.headers.location);
    assert.notEqual(first.headers.location, other.headers.location);
    assert.equal(new Set(requests.map(({ session }) => session)).size, 2);
  }));

test('an SMS and a call of the IMS are debited as events or held as sessions', () =>
  withNode({}, async ({ post, requests }) => {
    await post(
      ROOT,
      chargingData({
        ...{
          oneTimeEvent: true,
          oneTimeEventType: 'IEC',
          multipleUnitUsage: [{ ratingGroup: 7, requestedUnit: { serviceSpecificUnits: 2 } }],
        },
        sMSChargingInformation: {
          originatorInfo: { originatorGPSI: 'msisdn-491701234567' },
          recipientInfo: [{ recipientReceivedAddress: { sMaddressType: 'MSISDN', sMaddressData: '+441632960961' } }],
        },
      }),
    );
    await post(
      ROOT,
      chargingData({
        ...{ oneTimeEvent: true, oneTimeEventType: 'PEC' },
        multipleUnitUsage: [{ ratingGroup: 7, usedUnitContainer: [{ localSequenceNumber: 1, serviceSpecificUnits: 3 }] }],
      }),
    );
    await post(
      ROOT,
      chargingData({
        iMSChargingInformation: { calledPartyAddress: 'tel:+44-20-7946-0000', userInformation: { servedGPSI: 'msisdn-491701234567' } },
      }),
    );
    assert.deepEqual(
      requests.map(({ operation, service, facts, items }) => ({ operation, service, facts, items })),
      [
        {
          operation: 'event-debit',
          service: 'sms',
          facts: { calling: '491701234567', called: '441632960961' },
          items: [{ ratingGroup: '7', requested: { events: 2n }, used: [] }],
        },
        { operation: 'event-debit', service: 'event', facts: {}, items: [{ ratingGroup: '7', requested: { events: 3n }, used: [] }] },
        { operation: 'initial', service: 'voice', facts: { calling: '491701234567', called: '442079460000' }, items: [] },
      ],
    );
  }));

test('every part of an answer has its place', () =>
  withNode({}, async (under) => {
    under.answer = ({ session, number }) => ({
      ...{ session, number, result: 'granted' },
      items: [
        {
          ...{ ratingGroup: '1', result: 'granted', granted: { bytes: 2n ** 63n, seconds: 60n }, validitySeconds: 10, holdingSeconds: 20 },
          ...{
            tariffChangeMicros: 1_795_312_000_000_000,
            threshold: { bytes: 5n },
            finalUnit: { action: 'redirect', to: 'https://top-up.example.net/' },
          },
        },
        { ratingGroup: '2', result: 'credit-limit-reached' },
        {
          ratingGroup: '3',
          result: 'granted',
          granted: { events: 1n },
          finalUnit: { action: 'restrict', filter: 'permit in ip from any to 192.0.2.1' },
        },
        { ratingGroup: '4', result: 'no-charge' },
        { ratingGroup: '5', result: 'granted', finalUnit: { action: 'terminate' } },
      ],
    });
    const { text, body } = await under.post(ROOT, chargingData());
    assert.match(text, /"totalVolume":9223372036854775808/, 'exact');
    const [first, second, third, fourth, fifth] = (body?.multipleUnitInformation ?? []) as Readonly<Record<string, unknown>>[]; // objects, by the standard
    assert.deepEqual(
      { ...first, grantedUnit: undefined },
      {
        ...{
          resultCode: 'SUCCESS',
          ratingGroup: 1,
          grantedUnit: undefined,
          validityTime: 10,
          quotaHoldingTime: 20,
          volumeQuotaThreshold: 5,
        },
        finalUnitIndication: {
          finalUnitAction: 'REDIRECT',
          redirectServer: { redirectAddressType: 'URL', redirectServerAddress: 'https://top-up.example.net/' },
        },
      },
    );
    assert.equal(Object(first?.grantedUnit).tariffTimeChange, '2026-11-22T01:46:40.000Z');
    assert.deepEqual(second, { resultCode: 'QUOTA_LIMIT_REACHED', ratingGroup: 2 });
    assert.deepEqual(third?.finalUnitIndication, {
      finalUnitAction: 'RESTRICT_ACCESS',
      restrictionFilterRule: 'permit in ip from any to 192.0.2.1',
    });
    assert.deepEqual(fourth, { resultCode: 'QUOTA_MANAGEMENT_NOT_APPLICABLE', ratingGroup: 4 });
    assert.deepEqual(fifth?.finalUnitIndication, { finalUnitAction: 'TERMINATE' });
  }));

test('a no has the status and the cause of the standard', () =>
  withNode({}, async (under) => {
    const found: Record<string, unknown> = {};
    for (const result of [
      'user-unknown',
      'credit-limit-reached',
      'service-denied',
      'rating-failed',
      'unknown-session',
      'too-busy',
    ] as const) {
      under.answer = ({ session, number }) => ({ session, number, result, items: [], detail: 'why' });
      const { status, body, headers } = await under.post(`${ROOT}/nchf-${'x'.repeat(27)}/update`, chargingData());
      assert.equal(headers['content-type'], 'application/problem+json');
      found[result] = [status, body?.cause, body?.detail];
    }
    assert.deepEqual(found, {
      'user-unknown': [404, 'USER_UNKNOWN', 'why'],
      'credit-limit-reached': [403, 'QUOTA_LIMIT_REACHED', 'why'],
      'service-denied': [403, 'END_USER_REQUEST_DENIED', 'why'],
      'rating-failed': [400, 'CHARGING_FAILED', 'why'],
      'unknown-session': [404, 'RESOURCE_CONTEXT_NOT_FOUND', 'why'],
      'too-busy': [503, 'NF_CONGESTION', 'why'],
    });
    under.answer = () => Promise.reject(new Error('broken'));
    assert.equal((await under.post(ROOT, chargingData())).status, 500);
    assert.ok(under.events.some(({ kind }) => kind === 'failed'));
  }));

test('a consumer is told at its address to ask again, and that a session is over; after a restart too', () =>
  withNotifications(204, (uri, received) =>
    withNode({}, async ({ post, requests, server }) => {
      await post(ROOT, chargingData({ notifyUri: uri }));
      const session = requests[0]?.session ?? '';
      assert.equal(await server.notify(session, 'REAUTHORIZATION'), 204);
      await withNode({}, async (restarted) => assert.equal(await restarted.server.notify(session, 'ABORT_CHARGING'), 204));
      assert.deepEqual(received, ['{"notificationType":"REAUTHORIZATION"}', '{"notificationType":"ABORT_CHARGING"}']);
      assert.equal(await server.notify('nchf-unknown', 'REAUTHORIZATION'), undefined);
      // Unless the operator says so, nobody has us ask this machine, whatever name or spelling it has.
      await withNode({ notifyTo: undefined }, async (careful) => {
        for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254', '0']) {
          await careful.post(ROOT, chargingData({ notifyUri: uri.replace('127.0.0.1', host) }));
          const opened = careful.requests.at(-1)?.session ?? '';
          assert.equal(await careful.server.notify(opened, 'REAUTHORIZATION').catch(() => undefined), undefined, host);
        }
      });
      assert.equal(received.length, 2);
      const noAddress = `nchf-${'a'.repeat(27)}.Zm9v`;
      assert.equal(await server.notify(noAddress, 'REAUTHORIZATION'), undefined);
    }),
  ));

test('a session of another protocol is no charging data of the consumer’s', () =>
  withNode({}, async ({ post, requests }) => {
    for (const name of ['pgw;1;1', 'radius/nas/x', 'http:shop/s/1', 'nchf-x'])
      for (const verb of ['update', 'release']) {
        const answer = await post(`${ROOT}/${encodeURIComponent(name)}/${verb}`, chargingData());
        assert.deepEqual([answer.status, answer.body?.cause], [404, 'RESOURCE_CONTEXT_NOT_FOUND'], name);
      }
    assert.equal(requests.length, 0);
  }));
