/** Usage that a release before narrow rows has written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTestDatabase } from '../../../test/support/database.ts';
import { migrate, readMigrations } from '../migrations.ts';
import { StoredUsageBooks } from './books.ts';

test('rows of before come over with their names, charges and sums', () =>
  withTestDatabase(async (database) => {
    const { pool } = database;
    await pool.query('drop schema public, sign_in cascade; create schema public');
    await migrate(
      database,
      readMigrations().filter(({ name }) => name < '020'),
    );
    await pool.query(`
      insert into usage_source (name) values ('switch');
      insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, read, rated)
        values (1, 'a.csv', 'x', 1, 'x', 'loaded', 3, 3);
      create table usage_event_20261005 partition of usage_event for values from ('2026-10-05') to ('2026-10-06');
      create table usage_event_20261006 partition of usage_event for values from ('2026-10-06') to ('2026-10-07');
      insert into usage_event (day, event_id, source_id, file_id, byte_from, byte_length, source_key, service, started_at, calling, called, trunk_in, trunk_out,
          answered, duration_micros, cause, detail, known_at, in_version_id, in_role, in_day, in_rate_id, in_band, in_raw, in_billed, in_amount_nanos, in_counters,
          out_version_id, out_role, out_day, out_rate_id, out_raw, out_billed, out_amount_nanos) values
        ('2026-10-05', 1, 1, 1, 0, 10, 'k1', 'voice', '2026-10-05 23:30Z', '49', '44', 'a', 'b', true, 61000000, '16', null, '2026-10-01', 1, 'incoming', '2026-10-06', 7, 'peak',
          61000000, 120, 5000000, '{"c": ["0", "120"]}', 2, 'outgoing', '2026-10-05', 8, 62000000, 62, 3000000),
        ('2026-10-05', 2, 1, 1, 10, 10, 'k2', 'voice', '2026-10-05 10:00Z', null, '33', 'a', null, false, 0, null, null, '2026-10-01', 1, 'incoming', '2026-10-05', null, null,
          0, 0, 0, null, null, null, null, null, null, null, null),
        ('2026-10-06', 3, 1, 1, 20, 10, 'k3', 'sms', '2026-10-06 10:00Z', '49', '44', null, 'b', true, 0, null, '{"quantity": 2}', '2026-10-02', null, null, null, null, null,
          null, null, null, null, 2, 'outgoing', '2026-10-06', 9, 2, 2, 9223372036854775807);
      insert into usage_key values (1, 'k1', 1), (1, 'k2', 2), (1, 'k3', 3);
      insert into rollup values
        ('one', 1, 'incoming', '2026-10-06', 't', 7, 'D', 'peak', 'EUR', 1, 1, 61000000, 120, 5000000),
        ('one', 1, 'incoming', '2026-10-05', 't', null, '', '', 'EUR', 1, 0, 0, 0, 0),
        ('two', 2, 'outgoing', '2026-10-05', 'u', 8, 'D', '', 'USD', 1, 1, 62000000, 62, 3000000),
        ('two', 2, 'outgoing', '2026-10-06', 'v', 9, 'D', '', 'USD', 1, 1, 2, 2, 9223372036854775807)`);
    const columns = `day, event_id, source_id, file_id, byte_from, byte_length, source_key, service, started_at, calling, called, trunk_in, trunk_out, answered,
      duration_micros, cause, detail, known_at, in_version_id, in_role, in_day, in_rate_id, in_band, in_raw, in_billed, in_amount_nanos, in_counters,
      out_version_id, out_role, out_day, out_rate_id, out_band, out_raw, out_billed, out_amount_nanos, out_counters`;
    const sums =
      'agreement, version_id, role, day, tariff, rate_id, destination, band, currency, events, answered, raw_quantity, billed_quantity, amount_nanos';
    const before = await pool.query(`select ${columns} from usage_event order by event_id`);
    const added = await pool.query(`select ${sums} from rollup order by 1, 2, 3, 4, 6`);
    await migrate(database);
    assert.deepEqual((await pool.query(`select ${columns} from usage_rated order by event_id`)).rows, before.rows);
    assert.deepEqual((await pool.query(`select ${sums} from rollup order by 1, 2, 3, 4, 6`)).rows, added.rows);
    const client = await pool.connect();
    try {
      const books = new StoredUsageBooks(client);
      assert.deepEqual([...(await books.rollupDifferences()), ...(await books.fileDifferences())], []);
    } finally {
      client.release();
    }
  }));
