import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GrownFiles } from './grown-files.ts';

test('a file that has grown is written once, in the segment in which it grew; what is gone or only known since now is passed over', async (context) => {
  const cluster = mkdtempSync(join(tmpdir(), 'carillon-grown-'));
  context.after(() => rmSync(cluster, { recursive: true }));
  const written: string[] = [];
  const write = async (path: string): Promise<void> => void written.push(path.slice(cluster.length + 1));
  const files = new GrownFiles({ cluster, segmentBytes: 10, write });
  const round = async (): Promise<string[]> => {
    for (let looks = 0; looks < 3; looks += 1) await files.lookAtNext();
    return written.splice(0);
  };
  writeFileSync(join(cluster, 'log'), 'abc');
  writeFileSync(join(cluster, 'journal'), '0123456789');
  files.watch(['log', 'journal', 'session']);
  assert.deepEqual(await round(), [], 'how much of it is new nobody knows');
  appendFileSync(join(cluster, 'log'), 'd');
  writeFileSync(join(cluster, 'session'), 'new');
  assert.deepEqual(await round(), ['log'], 'the other is seen for the first time');
  assert.deepEqual(await round(), []);
  writeFileSync(join(cluster, 'journal.1'), '0123456789');
  writeFileSync(join(cluster, 'journal.2'), '01');
  assert.deepEqual(await round(), ['journal.1', 'journal.2']);
  appendFileSync(join(cluster, 'journal.2'), '2');
  files.watch(['journal', 'log', 'session']);
  assert.deepEqual(await round(), ['journal.2'], 'what was known is known under the new list, too');
  truncateSync(join(cluster, 'log'), 0);
  for (const gone of ['journal', 'journal.1', 'journal.2']) rmSync(join(cluster, gone));
  assert.deepEqual(await round(), []);
  writeFileSync(join(cluster, 'journal'), '01');
  appendFileSync(join(cluster, 'log'), 'a');
  assert.deepEqual(await round(), ['log'], 'the journal is another one, seen for the first time');
  appendFileSync(join(cluster, 'journal'), '2');
  assert.deepEqual(await round(), ['journal']);
});

test('a file is written to the disk, and one that went meanwhile is no fault', async (context) => {
  const cluster = mkdtempSync(join(tmpdir(), 'carillon-grown-'));
  context.after(() => rmSync(cluster, { recursive: true }));
  const files = new GrownFiles({ cluster });
  await files.lookAtNext();
  writeFileSync(join(cluster, 'log'), 'a');
  files.watch(['log']);
  await files.lookAtNext();
  appendFileSync(join(cluster, 'log'), 'b');
  await files.lookAtNext();
  rmSync(join(cluster, 'log'));
  await files.lookAtNext();
});
