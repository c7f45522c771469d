import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { demonstration } from '../test/web/month.ts';
import { eventAcross } from './story.ts';

const main = join(import.meta.dirname, 'main.ts');
let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function demo(...args: string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd: join(import.meta.dirname, '..') });
}

test('a small day is told to its end, the counts agree, and every line of a statement adds up; its month is closed, argued about and paid', async () => {
  const { status, stdout, stderr, data, statements } = await demonstration();
  assert.equal(status, 0, stdout.slice(-2_000) + stderr);
  assert.equal(stdout.split(`\n  export CARILLON_DATA=${data}\n`).length - 1, 2);
  assert.match(stdout, /^It ignores what is set in your environment: CARILLON_DATA\.$/m);
  assert.match(stdout, /already loaded on \d{4}-\d\d-\d\d as file 1: [\d,]+ read = /);
  // Raw records, paths of this machine and refusals are as long as they are.
  const wide = stdout
    .replaceAll(data, '/tmp/demo')
    .split('\n')
    .filter(
      (line) =>
        line.length > 100 &&
        !/^\s+(\{|")|^ +export |^ +alias |^[\s\w]*\/.*(statements|traffic|month)|^columns {3}|^no gap and no overlap |\[[a-z-]+\.[a-z-]+\]$/.test(
          line,
        ),
    );
  assert.deepEqual(wide, []);
  assert.equal(stdout.split('the counts agree with it').length - 1, 2);
  assert.match(stdout, /verified: \d+ charged events add up to every line/);
  assert.match(stdout, /rated again: the same as booked/);
  assert.match(stdout, /^rheinland-voice +2026-10 +blocked$[\s\S]*^rheinland-voice +2026-10 +closed +receivable EUR HT-/m);
  assert.match(stdout, /e-invoice check .*\nno rule is broken$/m);
  assert.match(stdout, /they lack the hours 2026-10-02 18:00[\s\S]*they bill by increments 30\/6[\s\S]*^ +0\.00 USD {2}not explained$/m);
  assert.match(stdout, /dispute 1 is settled: credit-note CN-/);
  assert.match(stdout, /camt\.053\.001\.08: 2 entries, 2 payments booked[\s\S]*this file was taken before; nothing was booked/);
  assert.match(stdout, /^the ledger holds$[\s\S]*every text is as it was issued, and no number is missing$/m);
  assert.match(stdout, /^atlantic-ports {2}2026-10 {2}due$/m);
  assert.match(stdout, /^ +1 {2}main +money +15\.6442$[\s\S]*^pgw1\.halyard\.example;1;2 {2}data /m);
  // What is left open is what we still owe after the netting.
  const open = stdout.slice(stdout.indexOf('$ carillon ledger items')).split('\n').slice(3, 5);
  assert.match(open[0] ?? '', /^andina-usd +SB-.* -\d+\.\d\d +USD$/);
  assert.match(open[1] ?? '', /^─+$/);
  for (const agreement of ['atlantic', 'rheinland', 'andina']) assert.ok(statements.includes(`${agreement}-voice-2026-10.pdf`), agreement);
});

test('a folder that the demonstration did not make is left alone', () => {
  const own = join(folder, 'own');
  const { status } = demo('--data', own, '--calls', '999');
  assert.equal(status, 1);
  assert.ok(!existsSync(own));
  writeFileSync(join(folder, 'precious.txt'), 'mine');
  const refused = demo('--data', folder, '--calls', '1000');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /was not made by the demonstration/);
  assert.ok(existsSync(join(folder, 'precious.txt')));
});

test('the call to explain is the dearest that lasts over the instant', () => {
  const csv = [
    'direction,start_utc,raw_quantity,amount,event_id',
    'payable,2026-10-02T21:59:00Z,300,1.5,1',
    'receivable,2026-10-02T21:58:00Z,300,2.5,2',
    'payable,2026-10-02T20:00:00Z,300,9.5,3',
    'payable,2026-10-02T22:01:00Z,300,9.5,4',
  ].join('\r\n');
  assert.equal(eventAcross(csv, '2026-10-02T22:00:00Z'), '2');
  assert.throws(() => eventAcross(csv, '2026-10-05T22:00:00Z'));
});
