import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { applyConfiguration, exportConfiguration, readConfiguration } from '#app/configuration.ts';
import { rateEvents } from '#app/rate.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { loadSetup } from '#storage/configuration/load-book.ts';
import { withTestDatabase } from '../support/database.ts';
import { comparable } from './comparable.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

for (const name of names) {
  const folder = join(examples, name);
  const options = { folder, dryRun: false, closeMissing: false };

  test(`example ${name} applies, applies twice, and comes back from its export`, async (t) => {
    const out = mkdtempSync(join(tmpdir(), 'carillon-export-'));
    t.after(() => rmSync(out, { recursive: true }));
    const said = valueOrThrow(readConfiguration(folder));
    await withTestDatabase(async (database) => {
      assert.equal((await applyConfiguration(database, options)).written, true);
      assert.equal((await applyConfiguration(database, options)).written, false);
      assert.deepEqual(comparable((await loadSetup(database)).book), comparable(said.book));
      await exportConfiguration(database, out, false);
      const again = await applyConfiguration(database, { folder: out, dryRun: false, closeMissing: true });
      assert.deepEqual({ written: again.written, objects: again.plan.objects }, { written: false, objects: [] });
      await assert.rejects(exportConfiguration(database, out, false), /target-not-empty/);
      await exportConfiguration(database, out, true);
    });
    await withTestDatabase(async (database) => {
      await applyConfiguration(database, { folder: out, dryRun: false, closeMissing: false });
      const setup = await loadSetup(database);
      assert.deepEqual(comparable(setup.book), comparable(said.book));
      assert.deepEqual(new Set(setup.sources.map(({ id }) => id)), new Set(said.sources.map(({ id }) => id)));
    });
  });
}

/** `| m1 | what | agreement | billed | amount |` of a README. */
function tableOf(folder: string): readonly string[] {
  const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| ([a-z]\d+) \|.*?\| ([\w-]*) \| (\d*) \| (\S+) \|$/gm);
  return [...rows].map(([, event, agreement, billed, amount]) => [event, agreement, billed, amount].join(' '));
}

for (const name of ['small-voip-carrier', 'mobile-operator']) {
  test(`the events of example ${name} cost what its page says`, async () => {
    const folder = join(examples, name);
    const found: string[] = [];
    await rateEvents(
      {
        config: folder,
        events: join(folder, 'events.ndjson'),
        knownAtMicros: undefined,
        explain: true,
        installation: {},
        onNotice: () => undefined,
      },
      (line) => {
        // The form is that of docs/reference/usage-event.md.
        const rated = JSON.parse(line) as {
          event: string;
          reason?: string;
          charges?: readonly { agreement: string; billed: string; amount: string }[];
        };
        if (rated.reason !== undefined) found.push([rated.event, 'held', '0', rated.reason].join(' '));
        for (const { agreement, billed, amount } of rated.charges ?? []) found.push([rated.event, agreement, billed, amount].join(' '));
      },
    );
    const expected = tableOf(folder);
    assert.ok(expected.length > 10);
    assert.deepEqual([...found].sort(), [...expected].sort());
  });
}
