import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyConfiguration } from '#app/configuration.ts';
import { loadBook } from '#storage/configuration/load-book.ts';
import { withTestDatabase } from '../support/database.ts';
import { agreements, operator } from './folders.ts';

/** How long each step takes is printed; `SIZE_RATES=200000` tries what a large operator has. */
const RATES = Number(process.env.SIZE_RATES ?? 50_000);

test(`${RATES} rates in one file are applied, loaded, found unchanged, and changed by three rows`, async (t) => {
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
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const value = await work();
      t.diagnostic(`${what}: ${((performance.now() - begun) / 1000).toFixed(2)} s`);
      return value;
    };
    const apply = (): ReturnType<typeof applyConfiguration> => applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
    table((row) => `0.0${row % 900}`);
    await timed('apply all', apply);
    const book = await timed('load', () => loadBook(database));
    assert.equal(book.tariffs[0]?.rates.length, RATES);
    assert.equal((await timed('apply again', apply)).written, false);
    table((row) => (row < 3 ? '0.5' : `0.0${row % 900}`));
    const { plan } = await timed('apply three changes', apply);
    assert.deepEqual(
      plan.rates.map(({ replaced, unchanged }) => [replaced.length, unchanged]),
      [[3, RATES - 3]],
    );
  });
});
