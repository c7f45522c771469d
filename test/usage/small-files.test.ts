/** Small files are loaded many to a transaction; the books are those of the same files one by one. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FileReport } from '#app/usage/load.ts';
import { loadUsage } from '#app/usage/load.ts';
import { assertBooksAgree, fileOf, line, rollup, type TestHome, withHome, write } from './home.ts';

const QUIET = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

/** Files of a few calls of the same days, with tiers, repetitions across files, damage, suspense, and one without a header. */
function writeFiles(home: TestHome): readonly string[] {
  const files = Array.from({ length: 9 }, (_, file) =>
    Array.from({ length: 7 }, (_, index) => {
      const call = file * 6 + index; // the last of a file is the first of the next
      if (call % 23 === 5) return 'broken';
      const start = `2026-10-${String(5 + (call % 3)).padStart(2, '0')} 08:${String(59 - call).padStart(2, '0')}:00`;
      return line({ id: `${call}`, start, seconds: 30 + call * 7, in: call % 19 === 4 ? 'nobody' : 'north' });
    }),
  );
  return [...files.map((lines, index) => write(home, `${index}.csv`, fileOf(lines))), write(home, 'empty.csv', '\n')];
}

async function load(home: TestHome, files: readonly string[]): Promise<readonly FileReport[]> {
  return loadUsage(home, { files, source: 'switch', allOrNothing: false }, QUIET);
}

/** What must be the same, whatever order numbers were given in. */
async function books(home: TestHome): Promise<unknown> {
  const { pool } = home.database;
  const files = await pool.query<{ name: string }>(
    'select name, state, offset_bytes, read, rated, held, duplicate, rejected, reasons from usage_file',
  );
  const events = await pool.query(
    'select e.source_key, f.name, e.byte_from, s.leg, s.amount_nanos from usage_standing s join usage_event e using (event_id) join usage_file f on f.file_id = e.file_id',
  );
  const others = await pool.query(
    `select 'held' as what, f.name, byte_from, reason from usage_held join usage_file f using (file_id)
     union all select 'rejected', f.name, byte_from, reason from usage_rejected join usage_file f using (file_id)
     union all select 'duplicate', f.name, byte_from, source_key from usage_duplicate join usage_file f using (file_id) order by 1, 2, 3`,
  );
  const plain = <T extends { readonly name?: string }>(rows: readonly T[]): readonly unknown[] =>
    rows
      .map((row) => ({ ...row, name: nameOf(row.name ?? '') }))
      .sort((a, b) => (JSON.stringify(a, texts) < JSON.stringify(b, texts) ? -1 : 1));
  return { rollup: await rollup(home), files: plain(files.rows), events: plain(events.rows), others: plain(others.rows) };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function texts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

test('many small files loaded together are the books of the same files loaded one by one, with the same reports', async () => {
  let expected: unknown;
  const reports: (readonly FileReport[])[] = [];
  const told = (all: readonly FileReport[]): unknown =>
    all.map(({ seconds: _, file, refusals, ...rest }) => ({
      ...rest,
      file: nameOf(file),
      refusals: refusals.map(({ code, message }) => ({ code, message })),
    }));
  await withHome(async (home) => {
    const alone: FileReport[] = [];
    for (const file of writeFiles(home)) alone.push(...(await load(home, [file])));
    reports.push(alone);
    expected = await books(home);
  });
  await withHome(async (home) => {
    const together = await load(home, writeFiles(home));
    assert.deepEqual(told(together), told(reports[0] ?? []));
    assert.deepEqual(await books(home), expected);
    await assertBooksAgree(home);
    const { rows } = await home.database.pool.query('select from usage_key_run');
    assert.equal(rows.length, 1, 'one transaction');
    const again = await load(home, writeFiles(home));
    assert.deepEqual(
      again.map(({ state, earlier }) => ({ state, counts: earlier?.counts })),
      together.map(({ state, counts }) => (state === 'refused' ? { state, counts: undefined } : { state: 'already-loaded', counts })),
    );
    assert.deepEqual(await books(home), expected);
  });
});

test('a file that is not there, one of another kind and one that stands there twice do not keep the others from being loaded', async () => {
  await withHome(async (home) => {
    const [first = '', second = '', ...others] = writeFiles(home);
    const wrong = write(home, 'wrong.csv', Buffer.from([0xff, 0xfe, 0x41, 0x00]).toString('latin1'));
    const reports = await load(home, [first, join(home.dataFolder, 'nowhere.csv'), second, wrong, first, ...others]);
    assert.deepEqual(
      reports.map(({ state }) => state),
      ['loaded', 'refused', 'loaded', 'refused', 'already-loaded', ...others.slice(1).map(() => 'loaded'), 'refused'],
    );
    await assertBooksAgree(home);
  });
});
