import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookRoaming } from '#app/charging/book-roaming.ts';
import { bookChargedUsage } from '#app/charging/book-usage.ts';
import { chargingMetrics } from '#app/charging/metrics.ts';
import { traceWhole, type WholeTrace } from '#app/charging/trace-roaming.ts';
import { createLog } from '#app/log.ts';
import { prometheusText } from '#app/telemetry/prometheus.ts';
import { checkBooks } from '#app/usage/check.ts';
import { printRoaming, roamingJson } from '#cli/roaming-trace-table.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { RoamingContainer } from '#core/charging/roaming-session.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { accountFromJson, accountToJson } from '#storage/charging/account-json.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { hasCompleteRoaming, nextRoamingBatch, selectRoamingBatch } from '#storage/charging/roaming-sessions.ts';
import { roamingSessionsOn } from '#storage/charging/roaming-told.ts';
import { withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';
import { NANOS_OF_A_REPORT, openedAccount, retailCatalog } from '../support/retail-plan.ts';
import { withHome } from '../usage/home.ts';

const BYTES = 1_000_000n;

function request(session: string, number: number, operation: ChargingRequest['operation']): ChargingRequest {
  return {
    ...{
      session,
      number,
      operation,
      identities: [{ kind: 'msisdn', value: '491' }],
      service: 'data',
      eventMicros: Date.now() * 1000,
      facts: {},
    },
    items: [
      {
        ratingGroup: '10',
        ...(operation === 'terminate' ? {} : { requested: 'any' as const }),
        used: operation === 'initial' ? [] : [{ bytes: BYTES }],
      },
    ],
  };
}

test('what charging has completed is in the store of usage and in its rollup once, with the charge that the balance paid', async () => {
  await withFolder((dataFolder) =>
    withTestDatabase(async (database) => {
      const catalog = retailCatalog();
      const account = { ...openedAccount(catalog, Date.now() * 1000), id: 'a', identities: [{ kind: 'msisdn', value: '491' } as const] };
      await database.transaction((client) => insertAccounts(client, [account]));
      const engine = new ChargingEngine({
        store: openChargingStore(database),
        rules: chargingRules(catalog),
        name: 'test',
        clock: () => Date.now() * 1000,
      });
      await engine.start();
      for (const session of ['s1', 's2', 's3']) {
        await engine.handle(request(session, 0, 'initial'));
        await engine.handle(request(session, 1, 'update'));
        const open = await database.pool.query<{ state: string }>(
          `select state::text as state from charging_account where account_id = 'a'`,
        );
        const text = open.rows[0]?.state ?? '';
        assert.equal(accountToJson(accountFromJson('a', text)), text, 'a row is read as it was written');
        if (session !== 's3') await engine.handle(request(session, 2, 'terminate'));
      }
      const metrics = prometheusText(chargingMetrics(engine));
      assert.match(metrics, /carillon_charging_requests_total\{operation="terminate",result="granted"\} 2\n/);
      assert.match(metrics, /carillon_charging_latency_seconds_count 8\n/);
      assert.match(metrics, /carillon_charging_sessions 1\n/);
      await engine.stop();

      const home = { database, dataFolder, log: createLog({ level: 'silent', format: 'text' }) };
      const both = await Promise.all([bookChargedUsage(home), bookChargedUsage(home)]);
      assert.deepEqual(both.map(({ records }) => records).sort(), [0, 2], 'two that book at once do not book twice');
      const { rows } = await database.pool.query(
        `select split_part(source_key, '|', 1) as key, service, in_role as role, in_amount_nanos as nanos, in_version_id as version from usage_rated order by 1`,
      );
      const charged = { service: 'data', role: 'retail', nanos: 2n * NANOS_OF_A_REPORT, version: -1 };
      assert.deepEqual(rows, [
        { key: 's1', ...charged },
        { key: 's2', ...charged },
      ]);
      const rollup = await database.pool.query('select agreement, role, events, amount_nanos from rollup');
      assert.deepEqual(rollup.rows, [{ agreement: 'mobile', role: 'retail', events: 2n, amount_nanos: String(4n * NANOS_OF_A_REPORT) }]);
      assert.deepEqual((await checkBooks(database)).differences, []);
      assert.equal((await database.pool.query('select from charging_usage')).rowCount, 0);
      assert.deepEqual(await bookChargedUsage(home), { records: 0, files: 0 });
    }),
  );
});

const printed = ({ roaming }: WholeTrace): string => (roaming === undefined ? '' : printRoaming(roaming));

const betweenNetworks = `
legalEntities: [{id: us, name: Us, country: DE, currency: EUR, zone: Europe/Berlin}]
parties: [{id: alpina, name: Alpina, kind: roaming-partner, country: CH}]
accounts: [{id: alpina, party: alpina, legalEntity: us, currency: EUR}]
trunks: [{id: plmn-22809, account: alpina, names: [roaming/22809]}]
tariffs:
  - id: visitors
    name: Visitors
    service: data
    currency: EUR
    per: MB
    volume: {count: both, roundUpTo: MB, per: session}
    rates:
      - {code: any, destination: Data, price: 0.5}
      - {code: any, destination: Signalling, ratingGroup: qfi-5, price: 0.25}
  - {id: abroad, name: Abroad, service: data, currency: EUR, per: MB, rates: [{code: "228", destination: Switzerland, price: 0.1}]}
agreements:
  - id: alpina
    name: Alpina
    account: alpina
    zone: Europe/Zurich
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 4}
    services: [{service: data, role: roaming-inbound, tariff: visitors}, {service: data, role: roaming-outbound, tariff: abroad}]
sources: [{id: roaming, format: roaming-qbc, zone: UTC}]
`;

test('use of roamers is booked for their network once, flow by flow, by the agreement with it; of a network without one it waits', () =>
  withHome(
    async (home) => {
      const { database } = home;
      const sessions = roamingSessionsOn(database);
      const day = Date.parse('2026-10-31T22:30:00Z') * 1_000;
      const used = (name: string, up: number, down: number, hours = 0): RoamingContainer => ({
        ...{ kind: 'flow', name, sequence: '1', up: String(up), down: String(down), triggers: ['TIME_LIMIT'] },
        first: day + hours * 3_600_000_000,
      });
      const facts = { subscriber: '228091234567890', home: '22809', visited: '26201', apn: 'internet', since: day };
      const opening = { basis: 'flows', direction: 'inbound', number: 0, facts, containers: [] } as const;
      await sessions.open({ ...opening, session: 'visitor' });
      const first = { session: 'visitor', number: 1, facts: {}, containers: [used('1', 100_000, 300_000), used('5', 1, 1)] };
      assert.equal(await sessions.report(first, false), 'taken');
      assert.equal(await sessions.report(first, false), 'taken', 'it came again');
      // What was used until the point of access changed was used at the one before.
      assert.equal(
        await sessions.report({ ...first, number: 2, facts: { apn: 'ims' }, containers: [used('1', 0, 500_000, 1)] }, false),
        'taken',
      );
      assert.equal(await sessions.report({ ...first, number: 1 }, false), 'out-of-order');
      assert.equal(await sessions.report({ ...first, session: 'nobody' }, false), 'unknown');
      await sessions.open({ ...opening, session: 'stranger', facts: { ...facts, home: '99999' }, containers: [used('1', 5, 5)] });
      const abroad = { ...facts, subscriber: '491701234567', home: '26201', visited: '22809' };
      await sessions.open({ ...opening, session: 'ours', direction: 'outbound', facts: abroad, containers: [used('9', 0, 2_000_000)] });
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 0, files: 0 }, 'they are running');
      assert.equal(await hasCompleteRoaming(database), false);
      const waits = await traceWhole(home, 'visitor');
      assert.equal(waits.account, undefined);
      assert.match(
        printed(waits),
        /228091234567890 of 22809 in 26201: open, [\s\S]*22809 owes us, by QoS flows[\s\S]* 1 +\S+ +flow 1 +100000 +300000 +TIME_LIMIT\n[\s\S]* 2 +\S+ +flow 1 +0 +500000 /,
      );
      await assert.rejects(traceWhole(home, 'nobody'), /no session nobody is known/);
      const last = { ...first, number: 3, containers: [used('1', 0, 1_100_000, 2)] };
      for (const session of ['visitor', 'stranger', 'ours'])
        assert.equal(await sessions.report({ ...last, session, containers: session === 'visitor' ? last.containers : [] }, true), 'taken');
      assert.equal(await sessions.report(last, true), 'taken', 'its answer was lost');
      // Many at once are one commit: of a session in their order, and what PostgreSQL cannot hold fails alone.
      const many = Array.from({ length: 40 }, (_, at) => `many-${at}`);
      const told = many.flatMap((session, at) => [
        sessions.open({ ...opening, session, containers: [] }).then(() => 'taken'),
        sessions.report({ session, number: 1, facts: {}, containers: [] }, false),
        sessions.report({ session, number: 1, facts: {}, containers: [] }, false),
        sessions.report({ session, number: at === 7 ? 2 ** 64 : 2, facts: {}, containers: [] }, at !== 7).catch(() => 'failed'),
        sessions.report({ session, number: 3, facts: {}, containers: [] }, true),
        sessions.report({ session: `nobody-${at}`, number: 3, facts: {}, containers: [] }, true),
      ]);
      const answers = await Promise.all(told);
      for (const at of many.keys())
        assert.equal(answers.slice(at * 6, at * 6 + 6).join(), `taken,taken,taken,${at === 7 ? 'failed,taken' : 'taken,unknown'},unknown`);
      await database.pool.query(`delete from roaming_session where session like 'many-%'`);
      assert.equal(await sessions.report({ ...last, number: 4 }, false), 'unknown', 'it is over');
      assert.equal(await hasCompleteRoaming(database), true);

      await assert.rejects(bookRoaming(home, 'gone'), /gone/);
      // Loaded, and killed before it was taken off the list: the same file is written again, and the books have it.
      const batch = await nextRoamingBatch(database);
      assert.ok(batch !== undefined);
      const kept = await selectRoamingBatch(database, batch);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 5, files: 1 });
      for (const { session, number, facts: under, containers } of kept)
        await database.pool.query('insert into roaming_report (session, number, facts, containers, batch) values ($1, $2, $3, $4, $5)', [
          ...[session, number, JSON.stringify(under), JSON.stringify(containers), batch],
        ]);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 5, files: 1 });
      const { rows } = await database.pool.query(
        `select split_part(e.source_key, '/', 1) as session, l.role, l.destination, greatest(e.in_amount_nanos, e.out_amount_nanos)::text as nanos
           from usage_event e join rollup_line l on l.line_id in (e.in_line, e.out_line) order by 1, greatest(e.in_amount_nanos, e.out_amount_nanos)`,
      );
      const inbound = { session: 'visitor', role: 'roaming-inbound' };
      assert.deepEqual(rows, [
        { session: 'ours', role: 'roaming-outbound', nanos: '200000000', destination: 'Switzerland' },
        { ...inbound, nanos: '250000000', destination: 'Signalling' },
        { ...inbound, nanos: '500000000', destination: 'Data' },
        { ...inbound, nanos: '1000000000', destination: 'Data' },
      ]);
      const booked = await traceWhole(home, 'visitor');
      assert.match(
        printed(booked),
        /: over, [\s\S]*nothing waits to be booked\n(event \d+ of the books of usage \(rated\): visitor\/1\/\d of roaming-\d+\.ndjson\n){3}$/,
      );
      assert.match(printed(await traceWhole(home, 'stranger')), /event \d+ of the books of usage \(held\): stranger/);
      assert.deepEqual(Object(roamingJson(booked.roaming ?? assert.fail())).waiting, []);
      const held = await database.pool.query('select reason, detail from usage_held');
      assert.deepEqual(held.rows, [{ reason: 'rating.trunk-unknown', detail: 'trunk 99999 is not configured' }]);
      assert.deepEqual((await checkBooks(database)).differences, []);
      await database.pool.query(`update roaming_session set heard_at = heard_at - interval '2 hours'`);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 0, files: 0 });
      assert.equal((await database.pool.query('select from roaming_session')).rowCount, 0, 'what is over is forgotten');

      // One that does not end is booked day by day, and one that falls silent for good is over.
      await sessions.open({ ...opening, session: 'long', containers: [used('1', 0, 1, 0)] });
      await database.pool.query(`update roaming_report set taken_at = taken_at - interval '25 hours'`);
      assert.equal(await sessions.report({ ...first, session: 'long', containers: [used('1', 0, 1, 30)] }, false), 'taken');
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 1, files: 1 });
      assert.equal(await sessions.report({ ...first, session: 'long', number: 2, containers: [used('1', 0, 1, 60)] }, false), 'taken');
      await database.pool.query(`update roaming_session set heard_at = heard_at - interval '26 hours'`);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 1, files: 1 });
      assert.equal(await sessions.report({ ...first, session: 'long', number: 3 }, false), 'unknown');
    },
    { 'all.yaml': betweenNetworks },
  ));
