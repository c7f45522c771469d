import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli, withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';
import { type FixtureEvent, writeConfiguration, writeEvents, writeRate } from '../support/settlement-fixture.ts';

/** Calls at 0.06 a minute by seconds, in Berlin's October: seconds, and hours after midnight of the first. */
const CALLS = [
  [61, 5],
  [30, 6],
  [119, 30],
  [400, 31],
  [7, 50],
  [260, 55],
] as const;

test('a partner’s file is taken in once, and what differs is found with its money', async () => {
  await withTestDatabase((database) =>
    withFolder(async (folder) => {
      const version = await writeConfiguration(database);
      const rate = await writeRate(database, 'buy', 'Germany', '0.06');
      const start = Date.parse('2026-09-30T22:00:00Z');
      await writeEvents(
        database,
        version,
        CALLS.map(([seconds, hours]): FixtureEvent => {
          const at = new Date(start + hours * 3_600_000).toISOString();
          const day = `2026-10-0${1 + Math.floor(hours / 24)}`;
          return { start: at, day, seconds, out: { rate, billed: seconds, amount: (seconds / 1000).toFixed(3) } };
        }),
      );
      // They bill by 60/60: 2 + 1, 2 + 7, 1 + 5 minutes.
      await writeFile(
        join(folder, 'theirs.csv'),
        'Destination;Datum;Anrufe;Echtzeit;Minuten;Betrag\nGERMANY;01.10.2026;2;1,516667;3;0,18\n;02.10.2026;2;8,65;9;0,54\n;03.10.2026;2;4,45;6;0,36\nSumme;;6;;18;1,08\n',
      );
      const run = (...args: string[]) =>
        runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'silent' } });
      const take = ['declaration', 'import', 'borealis-2026', 'theirs.csv', '--side', 'payable', '--period', '2026-10'];
      const first = await run(...take, '--map', 'Echtzeit=raw', '--unit', 'minutes', '--by', 'ann');
      assert.equal(first.status, 0, first.stderr);
      assert.match(first.stdout, /recorded +declaration 1\n/);
      const again = await run(...take, '--unit', 'minutes');
      assert.match(again.stdout, /Echtzeit → raw.*[\s\S]*declaration 1, which was there already/);
      // Read otherwise it is another one, and read as before it is the latest again.
      assert.match((await run(...take, '--unit', 'seconds')).stdout, /declaration 2\n/);
      assert.match((await run(...take, '--unit', 'minutes')).stdout, /declaration 3\n/);
      const found = await run('reconcile', 'borealis-2026', '--period', '2026-10', '--json');
      assert.equal(found.status, 0, found.stderr);
      const [result] = JSON.parse(found.stdout);
      assert.deepEqual(
        [result.ours.amount, result.theirs.amount, result.difference, result.unexplained],
        ['0.877', '1.08', '0.203', '0.00'],
      );
      assert.deepEqual(
        result.causes.map(({ words, amount }: { words: string; amount: string }) => [words, amount]),
        [['they bill by increments 60/60', '0.203']],
      );
      const table = await run('reconcile', 'borealis-2026', '--period', '2026-10', '--tolerance', '100%');
      assert.match(table.stdout, /3 within tolerance/);
      assert.match(table.stdout, /0\.203 USD {2}they bill by increments 60\/60|0\.20 USD {2}they bill by increments 60\/60/);
      const csv = await run('reconcile', 'borealis-2026', '--period', '2026-10', '--format', 'csv');
      assert.equal(csv.stdout.trim().split('\r\n').length, 4);
      const typed = await run(
        'declaration',
        'enter',
        'borealis-2026',
        'Germany calls=6 amount=1.08',
        '--side',
        'payable',
        '--period',
        '2026-10',
      );
      assert.match(typed.stdout, /^declaration \d+ recorded\n$/, typed.stderr);
      const listed = await run('declaration', 'list', 'borealis-2026');
      assert.match(listed.stdout, /typed in/);
      await writeFile(
        join(folder, 'calls.csv'),
        `A number;B number;Start time;Seconds\n${CALLS.map(([seconds, hours]) => `030123;015112345;${new Date(start + hours * 3_600_000 + 4000).toISOString()};${seconds}`).join('\n')}\n;;never;x\n`,
      );
      const calls = await run('reconcile', 'cdrs', 'borealis-2026@2026-10', 'calls.csv', '--within', '5', '--json', '--out', 'off.csv');
      assert.equal(calls.status, 0, calls.stderr);
      const { matched, sameDuration, missingWithThem, unreadableCount } = JSON.parse(calls.stdout);
      assert.deepEqual(
        { matched, sameDuration, missingWithThem, unreadableCount },
        { matched: 6, sameDuration: 6, missingWithThem: 0, unreadableCount: 1 },
      );
      assert.match(await readFile(join(folder, 'off.csv'), 'utf8'), /^[a-z]/);
      const missing = await run('reconcile', 'borealis-2026', '--period', '2026-11');
      assert.deepEqual([missing.status, /reconcile\.no-declaration/.test(missing.stderr)], [1, true]);
    }),
  );
});

test('calls to ported numbers that they take by the number dialled are told from another code deck', () =>
  withTestDatabase((database) =>
    withFolder(async (folder) => {
      const version = await writeConfiguration(database);
      const [fixed, mobile] = [
        await writeRate(database, 'buy', 'Germany', '0.06'),
        await writeRate(database, 'buy', 'Germany Mobile', '0.12'),
      ];
      await database.pool.query(`update rate set code = '4915' where rate_id = $1`, [mobile]);
      await database.pool.query(
        `update config_version set body = body || '{"portability": "follow"}' where kind = 'tariffs' and key = 'buy'`,
      );
      // Of ten calls to mobile numbers, three are to numbers that were ported to the fixed network.
      const calls = Array.from({ length: 20 }, (_, at) => ({
        day: `2026-10-0${1 + (at % 5)}`,
        called: at < 10 ? `491511234${at}` : `49301234${at}`,
        rate: at < 3 || at >= 10 ? fixed : mobile,
      }));
      await writeEvents(
        database,
        version,
        calls.map(
          ({ day, called, rate }): FixtureEvent => ({
            ...{ start: `${day}T12:00:00Z`, day, seconds: 60, called },
            out: { rate, billed: 60, amount: rate === fixed ? '0.06' : '0.12' },
          }),
        ),
      );
      const rows = calls.map(({ day, called }) =>
        called.startsWith('4915') ? `Germany Mobile;${day};1;1;0.12` : `Germany;${day};1;1;0.06`,
      );
      await writeFile(join(folder, 'theirs.csv'), `Destination;Date;Calls;Minutes;Amount\n${rows.join('\n')}\n`);
      const run = (...args: string[]) =>
        runCli(args, { cwd: folder, environment: { DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'silent' } });
      const taken = await run('declaration', 'import', 'borealis-2026', 'theirs.csv', '--side', 'payable', '--period', '2026-10');
      assert.equal(taken.status, 0, taken.stderr);
      const [result] = JSON.parse((await run('reconcile', 'borealis-2026', '--period', '2026-10', '--json')).stdout);
      assert.deepEqual(
        [result.causes.map(({ kind, amount }: { kind: string; amount: string }) => [kind, amount]), result.unexplained],
        [[['ported', '0.18']], '0.00'],
      );
    }),
  ));
