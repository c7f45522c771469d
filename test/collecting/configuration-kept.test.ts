/** A collector compiles the configuration once for many files, and anew as soon as something else is known. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect } from '#app/collecting/collect.ts';
import { assertBooksAgree, configure, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';

const LIMIT_MS = 30_000;

test('a file that comes after a rate has changed is charged by the new rate, without a restart of the collector', () =>
  withHome(async (home) => {
    const folder = join(home.folder, 'in');
    mkdirSync(folder);
    await configure(home, collecting(folder, '0.05'));
    const stop = new AbortController();
    const seen: string[] = [];
    const running = collect(
      home,
      { sources: [], once: false, stop: stop.signal },
      { onFile: (_, { file, state }) => seen.push(`${file} ${state}`), onAlarm: () => undefined, onRound: () => undefined },
    );
    try {
      for (const [index, price] of ['0.05', '0.05', '0.07'].entries()) {
        if (price !== '0.05') await configure(home, collecting(folder, price));
        writeFileSync(join(folder, `${index}.tmp`), fileOf([line({ id: String(index), seconds: 60 })]));
        renameSync(join(folder, `${index}.tmp`), join(folder, `${index}.csv`));
        for (const from = Date.now(); seen.length <= index; await sleep(50)) assert.ok(Date.now() - from < LIMIT_MS, 'it was not loaded');
      }
    } finally {
      stop.abort();
      await running;
    }
    assert.deepEqual(seen, ['0.csv loaded', '1.csv loaded', '2.csv loaded']);
    assert.deepEqual(await incoming(home), [50_000_000n, 50_000_000n, 70_000_000n]);
    await assertBooksAgree(home);
  }));

function dearer(price: string): Readonly<Record<string, string>> {
  const tariffs = operator['tariffs.yaml'].replace(
    'destination: United Kingdom, price: 0.05',
    `destination: United Kingdom, price: ${price}`,
  );
  return { ...operator, 'tariffs.yaml': tariffs };
}

function collecting(folder: string, price: string): Readonly<Record<string, string>> {
  const text = `    format: delimited\n    collect: {from: directory, path: "${folder}", stableSeconds: 0, everySeconds: 1}\n`;
  return { ...dearer(price), 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => text) };
}

/** What each call costs its incoming carrier, in nanos, in the order of loading. */
async function incoming({ database }: TestHome): Promise<readonly bigint[]> {
  const { rows } = await database.pool.query<{ nanos: bigint }>('select in_amount_nanos as nanos from usage_event order by event_id');
  return rows.map(({ nanos }) => BigInt(nanos));
}
