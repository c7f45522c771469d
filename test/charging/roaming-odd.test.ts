/** Use of roamers that is as large, old or many as the protocol lets it be, and a source that cannot read it for a while: none is lost, none counts twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookRoaming } from '#app/charging/book-roaming.ts';
import { runRetention } from '#app/retention/retention.ts';
import { loadSettings } from '#app/settings.ts';
import { retryUsage } from '#app/usage/retry.ts';
import type { RoamingContainer } from '#core/charging/roaming-session.ts';
import { roamingSessionsOn } from '#storage/charging/roaming-told.ts';
import { assertBooksAgree, configure, withHome } from '../usage/home.ts';

const configuration = (source: string) => `
legalEntities: [{id: us, name: Us, country: DE, currency: EUR, zone: Europe/Berlin}]
parties: [{id: alpina, name: Alpina, kind: roaming-partner, country: CH}]
accounts: [{id: alpina, party: alpina, legalEntity: us, currency: EUR}]
trunks: [{id: alpina, account: alpina, names: [roaming/22809]}]
tariffs: [{id: visitors, name: Visitors, service: data, currency: EUR, per: MB, rates: [{code: any, destination: Data, price: 1000}]}]
agreements:
  - id: alpina
    name: Alpina
    account: alpina
    zone: UTC
    currency: EUR
    validFrom: 2026-01-01
    rounding: {decimals: 4}
    services: [{service: data, role: roaming-inbound, tariff: visitors}]
sources: [${source}]
`;
const OURS = '{id: roaming, format: roaming-qbc, zone: UTC}';
/** Reads JSON, but other fields. */
const FIELDS = '{id: roaming, format: freeswitch-json, zone: UTC, fields: {trunkIn: none}}';
/** Reads no JSON. */
const COLUMNS = `{id: roaming, format: delimited, separator: ";", header: true, zone: UTC, key: id, fields: {start: {column: start, time: iso}, duration: seconds, called: b, trunkIn: in}}`;

test('use of roamers of any size, age and number is booked or waits where somebody sees it, also under a source that cannot read it', () =>
  withHome(
    async (home) => {
      const { database } = home;
      const sessions = roamingSessionsOn(database);
      const since = Date.parse('2026-11-20T10:00:00Z') * 1_000;
      const told = async (session: string, containers: readonly Partial<RoamingContainer>[], facts: object = {}): Promise<void> => {
        const all = containers.map(
          (container): RoamingContainer => ({
            kind: 'flow',
            name: '1',
            sequence: '1',
            up: '0',
            down: '0',
            triggers: [],
            first: since,
            ...container,
          }),
        );
        const known = { subscriber: '228091234567890', home: '22809', visited: '26201', since, ...facts };
        await sessions.open({ session, number: 0, direction: 'inbound', basis: 'flows', facts: known, containers: [] });
        assert.equal(await sessions.report({ session, number: 1, facts: {}, containers: all }, true), 'taken');
      };
      const booked = async (): Promise<object> => {
        const { rows } = await database.pool.query<{ session: string; count: string }>(
          `select split_part(source_key, '/', 1) as session, count(*)::text || ': ' || sum(in_amount_nanos)::text as count from usage_event group by 1`,
        );
        return Object.fromEntries(rows.map(({ session, count }) => [session.slice(0, 7), count]));
      };
      const rejected = async (): Promise<readonly string[]> => {
        const { rows } = await database.pool.query<{ reason: string }>('select reason from usage_rejected order by event_id');
        return rows.map(({ reason }) => reason);
      };
      const most = String(2n ** 64n - 1n);
      await told('53 bits', [{ down: String(2n ** 53n) }, { down: '1' }]);
      await told('64 bits', [{ down: most }]);
      await told('65 bits', [{ up: most, down: most }, { down: most }]);
      await told('ancient', [{ down: '1', first: -1 }]);
      await told('never', [{ down: '1', first: -(10 ** 15) }], { since: -5 });
      await told(
        'many',
        Array.from({ length: 10_000 }, (_, at) => ({ down: '1', sequence: String(at), triggers: ['QOS_CHANGE', 'USER_LOCATION_CHANGE'] })),
      );
      await told(`nchfw-${'x'.repeat(27)}.${'y'.repeat(683)}`, [{ down: '7' }]);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 14, files: 1 });
      const taken = { '53 bits': '1: 1000000', ancient: '1: 1000000', many: '6: 10000000000', 'sha256:': '1: 7000000' };
      assert.deepEqual(await booked(), taken);
      // More than a record can hold, and a clock that was never set: they are named, and their text is in the archive.
      const odd = [...Array<string>(4).fill('usage.quantity-unreadable'), 'usage.time-missing'];
      assert.deepEqual(await rejected(), odd);

      await configure(home, { 'all.yaml': configuration(FIELDS) });
      await told('fields', [{ down: '1' }]);
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 1, files: 1 });
      assert.deepEqual(await rejected(), [...odd, 'usage.key-missing']);
      await configure(home, { 'all.yaml': configuration(COLUMNS) });
      await told('columns', [{ down: '1' }]);
      for (const _ of [1, 2]) await assert.rejects(bookRoaming(home, 'roaming'), /header-differs|the header has no column/);
      assert.deepEqual(await booked(), taken);
      await configure(home, { 'all.yaml': configuration(OURS) });
      assert.deepEqual(await bookRoaming(home, 'roaming'), { records: 1, files: 1 });
      const again = await retryUsage(home, { rejected: true });
      assert.deepEqual([again.taken, again.rated, again.rejected], [6, 1, 5]);
      assert.deepEqual(await booked(), { ...taken, fields: '1: 1000000', columns: '1: 1000000' });
      await assertBooksAgree(home);

      // Its time is over as that of all usage; a session that never ends is kept until it has been silent for a day.
      await sessions.open({ ...{ session: 'endless', number: 0, direction: 'inbound', basis: 'flows' }, facts: { since }, containers: [] });
      await database.pool.query(`insert into usage_closed_until (agreement, day) values ('alpina', date '2026-12-01')`);
      const environment = { CARILLON_RETENTION_USAGE_DAYS: '60' };
      const ruled = { ...home, settings: (await loadSettings({}, { environment, folder: '/' })).settings };
      const { deleted } = await runRetention(ruled, { by: 'ann', nowMs: Date.parse('2027-03-01T00:00:00Z') });
      assert.deepEqual(
        deleted.map(({ kind, records }) => [kind, records]),
        [['usage', 11]],
      );
      assert.deepEqual(await booked(), {});
      const running = async (): Promise<readonly string[]> => {
        const { rows } = await database.pool.query<{ session: string }>('select session from roaming_session where not ended');
        return rows.map(({ session }) => session);
      };
      await bookRoaming(home, 'roaming');
      assert.deepEqual(await running(), ['endless']);
      await database.pool.query(`update roaming_session set heard_at = heard_at - interval '26 hours'`);
      await bookRoaming(home, 'roaming');
      assert.deepEqual(await running(), []);
    },
    { 'all.yaml': configuration(OURS) },
  ));
