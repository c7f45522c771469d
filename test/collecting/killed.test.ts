/** `collect run` is killed, its database too: whatever is killed, the books are those of an undisturbed run. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyConfiguration } from '#app/configuration.ts';
import { withInstallation } from '#app/installation.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, configure, fileOf, line, operator, type TestHome, withHome } from '../usage/home.ts';
import { ended, startCollecting } from './collector-process.ts';
import { round } from './round.ts';

const SEED = 20_261_122;
const FILES = 30;
const CALLS = 40;

/** As a switch does it: written beside, then renamed. */
function drop(inbox: string, name: string, ids: readonly string[]): void {
  writeFileSync(join(inbox, `${name}.tmp`), fileOf(ids.map((id) => line({ id }))));
  renameSync(join(inbox, `${name}.tmp`), join(inbox, name));
}

function collecting(inbox: string): Readonly<Record<string, string>> {
  const collect = `    format: delimited\n    collect: {from: directory, path: ${JSON.stringify(inbox)}, stableSeconds: 0, everySeconds: 1, after: move, sequence: {pattern: 'cdr(\\d+)'}}\n`;
  return { ...operator, 'operator.yaml': operator['operator.yaml'].replace('    format: delimited\n', () => collect) };
}

async function counted(home: TestHome, table: string): Promise<number> {
  const { rows } = await home.database.pool.query<{ number: bigint }>(`select count(*) as number from ${table}`);
  return Number(rows[0]?.number);
}

test(`collect run killed with -9 at seeded instants (${SEED}) and started again leaves the books of an undisturbed run`, async () => {
  await withHome(async (home) => {
    const inbox = join(home.folder, 'inbox');
    mkdirSync(inbox);
    await configure(home, collecting(inbox));
    const next = seeded(SEED);
    const environment = { DATABASE_URL: home.database.url, CARILLON_DATA: home.dataFolder, CARILLON_LOG_LEVEL: 'error' };
    for (let file = 0; file < FILES; file += 1) {
      const ids = Array.from({ length: CALLS }, (_, call) => `${file}-${call}`);
      // A call of the file before comes once more.
      drop(inbox, `cdr${file}.csv`, file === 0 ? ids : [...ids, `${file - 1}-0`]);
    }
    for (let kill = 0; kill < 5; kill += 1) {
      const child = startCollecting(environment);
      const before = await counted(home, 'usage_file');
      // Not before it works, then at any instant of the work.
      for (let wait = 0; wait < 400 && (await counted(home, 'usage_file')) === before && before < FILES; wait += 1) await sleep(10);
      await sleep(next() * 300);
      const over = ended(child);
      child.kill('SIGKILL');
      await over;
    }
    await round(home);
    assert.deepEqual(await round(home), { files: [], alarms: [] });
    assert.equal(await counted(home, 'usage_rated'), FILES * CALLS);
    assert.equal(await counted(home, 'usage_duplicate'), FILES - 1);
    assert.equal(await counted(home, 'usage_file'), FILES);
    assert.equal(await counted(home, "collected_file where state = 'loaded' and put_away"), FILES);
    assert.equal(await counted(home, 'collecting_alarm where cleared_at is null'), 0);
    assert.deepEqual(readdirSync(inbox), ['loaded']);
    await assertBooksAgree(home);
  });
});

test('a lost database is waited for and started again, and SIGTERM ends with what is under way finished', (context) => {
  if (process.platform !== 'linux') return context.skip('the process to kill is found by its file');
  return withFolder(async (folder) => {
    const [inbox, dataFolder, place] = [join(folder, 'inbox'), join(folder, 'data'), join(folder, 'configuration')];
    for (const each of [inbox, place]) mkdirSync(each);
    for (const [name, text] of Object.entries(collecting(inbox))) writeFileSync(join(place, name), text);
    const settings = { settings: { data: dataFolder, database: { url: '' }, log: { level: 'error' as const } } };
    await withInstallation(settings, ({ database }) => applyConfiguration(database, { folder: place, dryRun: false, closeMissing: true }));
    const child = startCollecting({ CARILLON_DATA: dataFolder, CARILLON_LOG_LEVEL: 'error' });
    const over = ended(child);
    const loaded = async (name: string): Promise<void> => {
      for (let wait = 0; wait < 600; wait += 1) {
        if (readdirSync(inbox).includes('loaded') && readdirSync(join(inbox, 'loaded')).includes(name)) return;
        await sleep(100);
      }
      assert.fail(`${name} was not loaded within a minute`);
    };
    try {
      drop(inbox, 'cdr1.csv', ['1', '2']);
      await loaded('cdr1.csv');
      const postmaster = readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0];
      process.kill(Number(postmaster), 'SIGKILL');
      drop(inbox, 'cdr2.csv', ['2', '3']);
      await loaded('cdr2.csv');
      child.kill('SIGTERM');
      assert.equal(await over, 0);
    } finally {
      child.kill('SIGKILL');
    }
    const check = await runCli(['check', '--json'], { environment: { CARILLON_DATA: dataFolder } });
    assert.equal(check.status, 0, check.stdout + check.stderr);
    const files = await runCli(['usage', 'files', '--json'], { environment: { CARILLON_DATA: dataFolder } });
    const rated = files.stdout
      .trim()
      .split('\n')
      .map((text) => (JSON.parse(text) as { rated: number }).rated); // our own output
    assert.deepEqual(rated, [1, 2]);
  });
});
