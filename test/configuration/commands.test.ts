import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withTestDatabase } from '../support/database.ts';
import { agreements, operator, tariffs } from './folders.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function carillon(url: string, data: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, '--data', data, ...args], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      texts.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      texts.err += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...texts }));
  });
}

test('apply and export on the command line: plans, refusals, exit status', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'carillon-commands-'));
  t.after(() => rmSync(root, { recursive: true }));
  const folder = mkdtempSync(join(root, 'configuration-'));
  writeFileSync(join(folder, 'all.yaml'), operator + agreements + tariffs);
  await withTestDatabase(async ({ url }) => {
    const run = (...args: readonly string[]): Promise<Ended> => carillon(url, join(root, 'data'), ...args);

    const planned = await run('apply', folder, '--dry-run');
    assert.equal(planned.status, 0, planned.err);
    assert.match(planned.out, /\+ create {5}agreements north-voice@2026-01-01\n/);
    assert.match(planned.out, /Plan: 7 to create.*Nothing was written\./);
    assert.match((await run('apply', folder)).out, /Applied: 7 created.*2 rates changed/);
    assert.equal((await run('apply', folder)).out, 'nothing to change (7 objects)\n');
    const report: unknown = JSON.parse((await run('apply', folder, '--json')).out);
    assert.deepEqual(report, { dryRun: false, changes: false, objects: [], unchanged: 7, rates: [], warnings: [] });

    const exported = join(root, 'exported');
    assert.match((await run('export', exported)).out, /wrote 7 objects and 2 rates in 6 files/);
    assert.match(readFileSync(join(exported, 'rates/voice.csv'), 'utf8'), /^447,United Kingdom Mobile,0\.0210,60\/60$/m);
    const again = await run('export', exported);
    assert.deepEqual([again.status, again.out], [1, '']);
    assert.match(again.err, /or give --force to replace .*\[configuration\.target-not-empty\]/);

    const rows = Array.from({ length: 80 }, (_, row) => `      - {code: 44${row}, price: x}\n`).join('');
    writeFileSync(join(folder, 'all.yaml'), operator + agreements + tariffs + rows);
    const refused = await run('apply', folder);
    assert.equal(refused.status, 1);
    assert.equal(refused.err.split('\n').length, 53);
    assert.match(refused.err, /^all\.yaml:33 tariffs voice\.rates\[3\]\.price: price is not a decimal.*\[configuration\.value-wrong\]$/m);
    assert.match(refused.err, /… and 30 more\nNothing was changed\.\n$/);
    assert.equal((await run('apply')).status, 2, 'a command line without a folder is wrong');
  });
});
