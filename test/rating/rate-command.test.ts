/** `carillon rate`: from a folder without a database, from the database, as known now and as known then. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rateEvents } from '#app/rate.ts';
import { runCli, withFolder } from '../support/cli.ts';
import { withTestDatabase } from '../support/database.ts';

const configuration = (price: string): string => `
legalEntities:
  - {id: op, name: Operator, country: DE, currency: EUR, zone: Europe/Berlin}
parties:
  - {id: nw, name: Northwind, kind: carrier, country: US}
accounts:
  - {id: nw, party: nw, legalEntity: op, currency: EUR}
trunks:
  - {id: nw-in, account: nw}
tariffs:
  - {id: voice, name: Voice, service: voice, currency: EUR, defaults: {increments: 60/60}, rates: [{code: 44, price: ${price}}]}
agreements:
  - {id: nw, name: Northwind, account: nw, zone: Europe/Berlin, currency: EUR, validFrom: 2026-01-01, rounding: {decimals: 4}, services: [{service: voice, role: incoming, tariff: voice}]}
`;

const call = (id: string, more: object = {}): string =>
  JSON.stringify({
    id,
    service: 'voice',
    start: '2026-10-21T10:00:00Z',
    called: '+447700900123',
    trunkIn: 'nw-in',
    duration: '61',
    ...more,
  });

interface Printed {
  readonly event?: string;
  readonly line?: number;
  readonly status: string;
  readonly reason?: string;
  readonly faults?: readonly string[];
  readonly charges?: readonly { readonly amount: string; readonly explanation?: object }[];
}

const printed = (stdout: string): readonly Printed[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Printed); // the form of docs/reference/usage-event.md

/** Event or line, outcome, amounts. */
const outcomes = (stdout: string): readonly string[] =>
  printed(stdout).map(({ event, line, status, charges = [] }) => [event ?? line, status, ...charges.map(({ amount }) => amount)].join(' '));

test('a folder prices events without a database; each line ends as rated, held or rejected', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'all.yaml'), configuration('0.01235'));
    const lines = [call('1'), 'no JSON', call('2', { called: '+33612345678' }), call('3', { duration: -1 }), call('4', { price2: 1 })];
    writeFileSync(join(folder, 'events.ndjson'), `${lines.join('\n')}\n`);
    const rate = ['--data', join(folder, 'data'), 'rate', '--config', 'files', '--events'];
    const { status, stdout, stderr } = await runCli([...rate, 'events.ndjson'], { cwd: folder });
    assert.deepEqual(outcomes(stdout), ['1 rated 0.0247', '2 rejected', '2 held', '4 rejected', '5 rejected']);
    assert.match(stderr, /^5 read: 1 rated, 1 held, 3 rejected$/m);
    assert.equal(status, 1, 'something was rejected');
    const [rated, damaged, held] = printed(stdout);
    assert.ok(rated?.charges?.[0]?.explanation !== undefined);
    assert.match(damaged?.faults?.[0] ?? '', /^events\.ndjson:2: .*\[usage\.event-invalid\]$/);
    assert.equal(held?.reason, 'rating.no-rate');
    assert.equal(existsSync(join(folder, 'data')), false, 'no data folder is made');
    const piped = await runCli([...rate, '-', '--no-explain'], { cwd: folder, input: call('1') });
    assert.deepEqual([piped.status, outcomes(piped.stdout)], [0, ['1 rated 0.0247']]);
    assert.equal(printed(piped.stdout)[0]?.charges?.[0]?.explanation, undefined);
  }));

test('the database prices as known now, and as known at an instant before the change', () =>
  withFolder((folder) =>
    withTestDatabase(async ({ url, pool }) => {
      const environment = { DATABASE_URL: url, CARILLON_DATA: join(folder, 'data') };
      const run = (...args: readonly string[]) => runCli(args, { cwd: folder, environment });
      mkdirSync(join(folder, 'files'));
      writeFileSync(join(folder, 'events.ndjson'), call('1'));
      const amounts: string[] = [];
      const instants: string[] = [];
      for (const price of ['0.01235', '0.015']) {
        writeFileSync(join(folder, 'files', 'all.yaml'), configuration(price));
        assert.equal((await run('apply', 'files')).status, 0);
        const now = await pool.query<{ at: string }>(
          `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
        );
        instants.push(now.rows[0]?.at ?? '');
        amounts.push(...outcomes((await run('rate', '--events', 'events.ndjson')).stdout));
      }
      assert.deepEqual(amounts, ['1 rated 0.0247', '1 rated 0.0300']);
      const then: string[] = [];
      for (const at of ['2026-01-01T00:00:00Z', ...instants])
        then.push(...outcomes((await run('rate', '--events', 'events.ndjson', '--as-known-at', at)).stdout));
      assert.deepEqual(then, ['1 held', '1 rated 0.0247', '1 rated 0.0300']);
      const both = await run('rate', '--config', 'files', '--events', 'events.ndjson', '--as-known-at', instants[0] ?? '');
      assert.deepEqual(outcomes(both.stdout), ['1 rated 0.0300'], 'a folder knows what it says');
      assert.match(both.stderr, /--as-known-at changes nothing with --config/);
      assert.equal((await run('rate', '--events', 'events.ndjson', '--as-known-at', 'yesterday')).status, 2);
    }),
  ));

test('a file that is missing or a folder is refused by its name; rates that are in the database only are named', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'all.yaml'), configuration('0.01').replace(/, rates: \[.*\]\}/, ', ratesBy: sheets}'));
    const rate = ['--data', join(folder, 'data'), 'rate', '--config', 'files', '--events'];
    for (const [name, problem] of [
      ['nofile', /nofile: .*ENOENT.*\[usage\.file-unreadable\]/],
      ['files', /files: .*EISDIR.*\[usage\.file-unreadable\]/],
    ] as const) {
      const { status, stderr } = await runCli([...rate, name], { cwd: folder });
      assert.equal(status, 1);
      assert.match(stderr, problem);
      assert.doesNotMatch(stderr, /should not happen/);
    }
    const { stdout, stderr } = await runCli([...rate, '-'], { cwd: folder, input: call('1') });
    assert.deepEqual(outcomes(stdout), ['1 held']);
    assert.match(stderr, /^without a rate here: voice \(ratesBy: sheets\); rates from sheets are in the database only/m);
  }));

test('no event is priced before the line of the one before it is written: memory does not grow with what a slow reader leaves', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'all.yaml'), configuration('0.01'));
    const events = join(folder, 'events.ndjson');
    writeFileSync(events, `${[call('1'), 'no JSON', call('2'), call('3')].join('\n')}\n`);
    let writing = 0;
    let most = 0;
    const written: string[] = [];
    const options = {
      config: join(folder, 'files'),
      events,
      knownAtMicros: undefined,
      explain: false,
      installation: {},
      onNotice: () => undefined,
    };
    const counts = await rateEvents(options, async (line) => {
      writing += 1;
      most = Math.max(most, writing);
      await setImmediate();
      written.push(line);
      writing -= 1;
    });
    assert.deepEqual([counts, most], [{ read: 4, rated: 3, held: 0, rejected: 1 }, 1]);
    assert.deepEqual(outcomes(written.join('\n')), ['1 rated 0.02', '2 rejected', '2 rated 0.02', '3 rated 0.02']);
  }));

test('a reader that pauses gets every line', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'files', 'all.yaml'), configuration('0.01'));
    const ids = Array.from({ length: 3_000 }, (_, index) => `call-${index}`);
    writeFileSync(join(folder, 'events.ndjson'), `${ids.map((id) => call(id)).join('\n')}\n`);
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, 'rate', '--config', 'files', '--events', 'events.ndjson'], { cwd: folder });
    const closed = once(child, 'close');
    let text = '';
    let pauses = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (pauses >= 3) return;
      pauses += 1;
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), 100);
    });
    assert.deepEqual([await closed, pauses], [[0, null], 3]);
    assert.deepEqual(
      printed(text).map(({ event }) => event),
      ids,
    );
  }));
