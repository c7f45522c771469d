import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookChargedUsage } from '#app/charging/book-usage.ts';
import { chargingMetrics } from '#app/charging/metrics.ts';
import { createLog } from '#app/log.ts';
import { prometheusText } from '#app/telemetry/prometheus.ts';
import { checkBooks } from '#app/usage/check.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { accountFromJson, accountToJson } from '#storage/charging/account-json.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';
import { NANOS_OF_A_REPORT, openedAccount, retailCatalog } from '../support/retail-plan.ts';

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
