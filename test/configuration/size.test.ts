import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyConfiguration } from '#app/configuration.ts';
import { loadBook } from '#storage/configuration/load-book.ts';
import { withTestDatabase } from '../support/database.ts';
import { agreements, operator } from './folders.ts';

/** Limits are far above what this takes on two cores (printed), so that a busy machine does not fail them. */
const RATES = 200_000;

test(`${RATES} rates apply, change by three rows and load in seconds`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-size-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const table = (price: (row: number) => string): void => {
    let text = 'code,destination,price,increments,valid_from\n';
    for (let row = 0; row < RATES; row += 1) text += `${1_000_000 + row},Destination ${row % 5000},${price(row)},60/60,2026-01-01\n`;
    writeFileSync(join(folder, 'rates.csv'), text);
  };
  writeFileSync(join(folder, 'operator.yaml'), operator + agreements);
  writeFileSync(
    join(folder, 'tariffs.yaml'),
    'tariffs:\n  - {id: voice, name: Voice, service: voice, currency: USD, zone: America/New_York, rates: rates.csv}\n',
  );
  await withTestDatabase(async (database) => {
    const timed = async <T>(what: string, limitSeconds: number, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const value = await work();
      const seconds = (performance.now() - begun) / 1000;
      t.diagnostic(`${what}: ${seconds.toFixed(2)} s`);
      assert.ok(seconds < limitSeconds, `${what} took ${seconds.toFixed(1)} s`);
      return value;
    };
    const apply = (): ReturnType<typeof applyConfiguration> => applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
    table((row) => `0.0${row % 900}`);
    await timed('apply all', 60, apply);
    const book = await timed('load', 15, () => loadBook(database));
    assert.equal(book.tariffs[0]?.rates.length, RATES);
    assert.equal((await timed('apply again', 40, apply)).written, false);
    table((row) => (row < 3 ? '0.5' : `0.0${row % 900}`));
    const { plan } = await timed('apply three changes', 60, apply);
    assert.deepEqual(
      plan.rates.map(({ replaced, unchanged }) => [replaced.length, unchanged]),
      [[3, RATES - 3]],
    );
  });
});
