/** Parts of calls in any order, over files and batches: one event each, with the charges that the whole record would have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditBooks } from '#app/usage/audit.ts';
import { type CorrelateCounts, correlateUsage } from '#app/usage/correlate.ts';
import { discardUsage } from '#app/usage/discard.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { loadUsage } from '#app/usage/load.ts';
import { showRecords } from '#app/usage/look-up.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { listFlags, releaseUsage } from '#app/usage/screening.ts';
import { runCli } from '../support/cli.ts';
import { seeded } from '../support/seeded.ts';
import { amount, assertBooksAgree, configure, loadOne, operator, rollup, type TestHome, withHome, write } from './home.ts';

const sources = `
  - id: proxy
    format: delimited
    separator: ";"
    header: true
    zone: UTC
    key: [id, method]
    fields:
      start: {column: time, time: "YYYY-MM-DD HH:mm:ss"}
      answered: {constant: "yes"}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      part: {column: method, map: {INVITE: start, BYE: stop}}
      partGroup: id
  - id: gateway
    format: delimited
    separator: ";"
    header: true
    zone: UTC
    key: [id, number]
    fields:
      start: {column: time, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      part: part
      partGroup: id
      partSequence: number
  - id: legs
    format: delimited
    separator: ";"
    header: true
    zone: UTC
    key: id
    fields:
      start: {column: time, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      partGroup: call
`;

const withSources = (operator['operator.yaml'] ?? '').replace('sources:\n', `sources:${sources}`);
const files = (correlations = ''): Readonly<Record<string, string>> => ({
  ...operator,
  'operator.yaml': `${withSources}\n${correlations}`,
});

const HOUR = 3_600_000_000;
const now = (): number => Date.now() * 1000;

const signalsHead = 'time;method;id;a;b;in;out';
const invite = (id: string, time: string): string => `2026-10-05 ${time};INVITE;${id};4930123456;442079460000;north-1;south-1`;
const bye = (id: string, time: string): string => `2026-10-05 ${time};BYE;${id};;;;`;
const stretchHead = 'time;part;number;id;seconds;a;b;in;out';
const stretch = (id: string, time: string, part: string, number: number | '', seconds: number): string =>
  `2026-10-05 ${time};${part};${number};${id};${seconds};4930123456;442079460000;north-1;south-1`;

let serial = 0;
async function load(home: TestHome, source: string, head: string, lines: readonly string[]): Promise<void> {
  serial += 1;
  const report = await loadOne(home, write(home, `${source}-${serial}.csv`, `${[head, ...lines].join('\n')}\n`), false, source);
  assert.equal(report.state, 'loaded', JSON.stringify(report.refusals));
}

async function events(home: TestHome): Promise<readonly string[]> {
  const { rows } = await home.database.pool.query<{ text: string }>(
    `select concat_ws(' ', source_key, duration_micros / 1000000, trunk_in, trunk_out, in_amount_nanos, out_amount_nanos) as text from usage_rated order by 1`,
  );
  return rows.map(({ text }) => text);
}

async function held(home: TestHome): Promise<readonly string[]> {
  const { rows } = await home.database.pool.query<{ text: string }>(
    `select source_key || ' ' || reason as text from usage_held order by 1`,
  );
  return rows.map(({ text }) => text);
}

test('INVITE and BYE are one call, also when the BYE comes first and in another file; a repeated BYE is a duplicate', () =>
  withHome(async (home) => {
    await load(home, 'proxy', signalsHead, [bye('c1', '10:02:00'), invite('c2', '10:00:00')]);
    assert.deepEqual(await held(home), ['c1|BYE usage.awaiting-parts', 'c2|INVITE usage.awaiting-parts']);
    await assertBooksAgree(home);
    await load(home, 'proxy', signalsHead, [invite('c1', '10:00:00'), bye('c1', '10:02:00')]);
    await load(home, 'proxy', signalsHead, [bye('c2', '10:00:30')]);
    assert.deepEqual(await held(home), []);
    // 2 minutes and 1 minute at 0.05 in, 0.03 out.
    assert.deepEqual(await events(home), [
      'c1|INVITE 120 north-1 south-1 100000000 60000000',
      'c2|INVITE 30 north-1 south-1 50000000 15000000',
    ]);
    const { rows } = await home.database.pool.query(
      'select sum(read) as read, sum(rated) as rated, sum(held) as held, sum(duplicate) as duplicate from usage_file',
    );
    assert.deepEqual({ ...rows[0] }, { read: '5', rated: '4', held: '0', duplicate: '1' });
    const audit = await auditBooks(home, { from: '2026-10-05', to: '2026-10-06' }, true);
    assert.deepEqual(audit.differences, []);
    await assertBooksAgree(home);
  }, files()));

test('stretches are added up when all are there; a missing one waits until the time is out, and is asked for by its number', () =>
  withHome(async (home) => {
    await load(home, 'gateway', stretchHead, [stretch('s1', '10:10:00', 'last', 3, 60), stretch('s1', '10:00:00', 'first', 1, 300)]);
    assert.deepEqual(await held(home), ['s1|1 usage.awaiting-parts', 's1|3 usage.awaiting-parts']);
    await correlateUsage(home, { nowMicros: now() + 2 * HOUR });
    const { rows } = await home.database.pool.query<{ detail: string }>('select distinct detail from usage_held');
    assert.deepEqual(rows, [{ detail: 'there is no trace of part 2' }]);
    assert.deepEqual(await held(home), ['s1|1 usage.parts-missing', 's1|3 usage.parts-missing']);
    await assertBooksAgree(home);
    await load(home, 'gateway', stretchHead, [stretch('s1', '10:05:00', 'intermediate', 2, 300)]);
    assert.deepEqual(await events(home), ['s1|1 660 north-1 south-1 550000000 320000000']);
    assert.deepEqual(await held(home), []);
    await assertBooksAgree(home);
  }, files('correlations: [{id: long-calls, kind: parts, sources: [gateway], timeoutMinutes: 60}]')));

test('with onTimeout: rate what is there is rated, the gap is said, and what comes later is held as late, with the event', () =>
  withHome(async (home) => {
    await load(home, 'gateway', stretchHead, [stretch('s1', '10:10:00', 'last', 3, 60), stretch('s1', '10:00:00', 'first', 1, 300)]);
    const counts = await correlateUsage(home, { nowMicros: now() + 2 * HOUR });
    assert.deepEqual(counts, { events: 1, rated: 2, waiting: 0, missing: 0, late: 0, held: 0 });
    assert.deepEqual(await events(home), ['s1|1 360 north-1 south-1 300000000 180000000']);
    await load(home, 'gateway', stretchHead, [stretch('s1', '10:05:00', 'intermediate', 2, 300)]);
    const [late] = await showRecords(home, { record: '4', raw: false, limit: 1 });
    assert.deepEqual([late?.reason, late?.detail], ['usage.part-late', 'its call was rated without it: event 3']);
    const [event] = await showRecords(home, { record: '3', raw: true, limit: 1 });
    assert.equal(event?.correlated?.missing, 'part 2');
    assert.deepEqual(
      event?.correlated?.parts.map(({ id, kind, sequence }) => [id, kind, sequence]),
      [
        [2, 'first', 1],
        [1, 'last', 3],
      ],
    );
    assert.deepEqual(
      event?.rawParts?.map((text) => text.split(';')[1]),
      ['first', 'last'],
    );
    const [part] = await showRecords(home, { record: '1', raw: false, limit: 1 });
    assert.deepEqual([part?.status, part?.partOf], ['rated', 3]);
    await assert.rejects(explainUsage(home, '1'), /record 1 is a part of event 3/);
    assert.deepEqual(
      (await explainUsage(home, '3')).charges.map(({ faults }) => faults),
      [[], []],
    );
    await discardUsage(home, { records: ['4'], why: 'settled by hand', by: 'tester' });
    await assertBooksAgree(home);
  }, files('correlations: [{id: long-calls, kind: parts, sources: [gateway], timeoutMinutes: 60, onTimeout: rate}]')));

test('with join: each every part is an event, and no part waits', () =>
  withHome(async (home) => {
    await load(home, 'gateway', stretchHead, [stretch('s1', '10:10:00', 'last', 3, 60), stretch('s1', '10:00:00', 'first', 1, 300)]);
    assert.deepEqual(await held(home), []);
    assert.equal((await events(home)).length, 2);
    await assertBooksAgree(home);
  }, files('correlations: [{id: each, kind: parts, sources: [gateway], join: each}]')));

test('the A leg and the B leg of a switch are one event with both trunks; an A leg without B is rated alone when the time is out', () =>
  withHome(async (home) => {
    const leg = (id: string, call: string, time: string, seconds: number, trunkIn: string, trunkOut: string): string =>
      `2026-10-05 ${time};${id};${call};${seconds};4930123456;442079460000;${trunkIn};${trunkOut}`;
    await load(home, 'legs', 'time;id;call;seconds;a;b;in;out', [
      leg('a1', 'x', '10:00:00', 61, 'north-1', ''),
      leg('b0', 'x', '10:00:01', 0, '', 'home'),
      leg('b1', 'x', '10:00:02', 60, '', 'south-1'),
      leg('a2', 'y', '11:00:00', 30, 'north-1', ''),
      leg('whole', 'z', '12:00:00', 30, 'north-1', 'south-1'),
    ]);
    assert.deepEqual(await events(home), ['a1 61 north-1 south-1 100000000 30500000', 'whole 30 north-1 south-1 50000000 15000000']);
    await correlateUsage(home, { nowMicros: now() + 25 * HOUR });
    assert.deepEqual(await events(home), [
      'a1 61 north-1 south-1 100000000 30500000',
      'a2 30 north-1 50000000',
      'b0 0 home',
      'whole 30 north-1 south-1 50000000 15000000',
    ]);
    await assertBooksAgree(home);
  }, files('correlations: [{id: ab, kind: legs, sources: [legs], onTimeout: rate}]')));

test('FreeSWITCH with both legs: legs: ab and a correlation make one event of the two records of a call', () => {
  const freeswitch = `
  - id: fs
    format: freeswitch-csv
    zone: UTC
    legs: ab
    columns: [caller_id_number, destination_number, start_stamp, answer_stamp, end_stamp, duration, billsec, hangup_cause, uuid, bleg_uuid, direction, gateway]
    key: uuid
    fields:
      trunkIn: gateway
      trunkOut: gateway
      direction: direction
      partGroup: {column: [uuid, bleg_uuid], sorted: true}
`;
  const row = (uuid: string, other: string, direction: string, gateway: string): string =>
    `"+4930123456","+442079460000","2026-10-05 10:00:00","2026-10-05 10:00:02","2026-10-05 10:01:02","62","60","NORMAL_CLEARING","${uuid}","${other}","${direction}","${gateway}"`;
  return withHome(
    async (home) => {
      const b = write(home, 'b.csv', `${row('leg-b', 'leg-a', 'outbound', 'south-1')}\n`);
      const a = write(home, 'a.csv', `${row('leg-a', 'leg-b', 'inbound', 'north-1')}\n`);
      for (const file of [b, a]) assert.equal((await loadOne(home, file, false, 'fs')).counts.held, 1);
      assert.deepEqual(await events(home), ['leg-a 60 north-1 south-1 50000000 30000000']);
      await assertBooksAgree(home);
    },
    {
      ...files(),
      'operator.yaml': `${withSources.replace('sources:\n', `sources:${freeswitch}`)}\ncorrelations: [{id: ab, kind: legs, sources: [fs]}]`,
    },
  );
});

test('legs from two switches belong together by their numbers and times', () =>
  withHome(async (home) => {
    const b = (id: string, time: string, seconds: number): string =>
      `2026-10-05 ${time};${id};${id};${seconds};4930123456;442079460000;home;south-1`;
    await load(home, 'legs', 'time;id;call;seconds;a;b;in;out', [b('far', '10:00:20', 60), b('near', '10:00:03', 60)]);
    await load(home, 'gateway', stretchHead, [stretch('a', '10:00:00', 'single', 1, 60).replace('south-1', 'home')]);
    assert.deepEqual(await events(home), ['a|1 60 north-1 south-1 50000000 30000000']);
    assert.deepEqual(await held(home), ['far usage.awaiting-parts']);
    await assertBooksAgree(home);
  }, files('correlations: [{id: ab, kind: legs, sources: [gateway], bSources: [legs], match: numbers}]')));

test('what cannot be rated stays in suspense with its parts, and a retry takes the whole call up', async () => {
  const unknown = { ...files(), 'operator.yaml': (files()['operator.yaml'] ?? '').replace('  - {id: home, names: [home]}\n', '') };
  await withHome(async (home) => {
    await load(home, 'proxy', signalsHead, [invite('c1', '10:00:00').replace('south-1', 'home'), bye('c1', '10:01:00')]);
    assert.deepEqual(await held(home), ['c1|BYE rating.trunk-unknown', 'c1|INVITE rating.trunk-unknown']);
    assert.deepEqual(await retryUsage(home, { reason: 'rating.trunk-unknown' }), {
      taken: 2,
      rated: 0,
      held: 2,
      duplicate: 0,
      rejected: 0,
    });
    await configure(home, files());
    assert.deepEqual(await retryUsage(home, { reason: 'rating.trunk-unknown' }), {
      taken: 2,
      rated: 2,
      held: 0,
      duplicate: 0,
      rejected: 0,
    });
    assert.deepEqual(await events(home), ['c1|INVITE 60 north-1 home 50000000']);
    await assertBooksAgree(home);
  }, unknown);
});

test('a file that was rolled back may be loaded again: its parts are a call again, and not late', () =>
  withHome(async (home) => {
    const file = write(home, 'taken-back.csv', `${[signalsHead, invite('c1', '10:00:00'), bye('c1', '10:01:00')].join('\n')}\n`);
    await loadOne(home, file, false, 'proxy');
    const before = await amount(home, 'north', 'incoming');
    await rollbackFile(home, { file: '1', why: 'a test', by: 'me' });
    assert.equal(await amount(home, 'north', 'incoming'), 0n);
    await loadOne(home, file, false, 'proxy');
    assert.deepEqual(await held(home), []);
    assert.equal(await amount(home, 'north', 'incoming'), before);
    await assertBooksAgree(home);
  }, files()));

test('the commands show an event with its parts, and a part with its event', () =>
  withHome(async (home) => {
    await load(home, 'proxy', signalsHead, [invite('c1', '10:00:00'), bye('c1', '10:01:00')]);
    const run = async (...args: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await runCli(['--data', home.dataFolder, 'usage', ...args], {
        environment: { DATABASE_URL: home.database.url },
      });
      return `${stdout}${stderr}`.replaceAll(/ +/g, ' ');
    };
    const event = await run('show', '3', '--raw');
    assert.match(event, /made of 2 parts of c1, correlation source\/proxy\n/);
    assert.match(event, /part 1 start, file 1, bytes 26 to \d+, key c1\|INVITE\n/);
    assert.match(event, /raw\n2026-10-05 10:00:00;INVITE.*\n2026-10-05 10:01:00;BYE/);
    assert.match(await run('show', '2'), /status rated\n[\s\S]*part of event 3\n/);
    assert.match(await run('show', '--status', 'rated'), /part of 3/);
    assert.match(await run('show', '3', '--json'), /"correlated":\{"correlation":"source\/proxy"/);
  }, files()));

test('a call of parts is screened once, when it is whole; held, it keeps its parts, and a release takes the whole call', () =>
  withHome(async (home) => {
    await load(home, 'proxy', signalsHead, [invite('c1', '10:00:00'), invite('c2', '10:01:00')]);
    await load(home, 'proxy', signalsHead, [bye('c2', '10:03:00'), bye('c1', '10:03:00')]);
    assert.deepEqual(await held(home), ['c2|BYE screening.volume', 'c2|INVITE screening.volume']);
    assert.deepEqual(await retryUsage(home, { reason: 'screening.volume' }), { taken: 2, rated: 0, held: 2, duplicate: 0, rejected: 0 });
    assert.deepEqual(await held(home), ['c2|BYE screening.volume', 'c2|INVITE screening.volume']);
    const [flag] = await listFlags(home.database, undefined, 9);
    assert.deepEqual([flag?.count, flag?.waiting], [1, 1]);
    const released = await releaseUsage(home, { records: [], rule: 'volume', why: 'known', by: 'me' });
    assert.deepEqual([released.released, released.rated], [1, 2]);
    assert.equal((await events(home)).length, 2);
    await assertBooksAgree(home);
  }, files('screening: [{id: volume, kind: volume, per: calling, action: hold, limit: 1, windowMinutes: 60}]')));

test('faults of correlations are refused with file, line and field', async () => {
  await assert.rejects(
    withHome(async () => undefined, {
      ...files(),
      'correlations.yaml':
        'correlations:\n  - id: one\n    kind: parts\n    sources: [gatewya]\n  - id: two\n    kind: parts\n    sources: [proxy]\n    bSources: [legs]\n  - id: three\n    kind: legs\n    sources: [proxy]\n',
    }),
    (error: { refusals?: readonly { code: string; message: string; at?: { file?: string; line?: number; field?: string } }[] }) => {
      assert.deepEqual(
        error.refusals?.map(({ code, at }) => `${code} ${at?.file}:${at?.line} ${at?.field}`),
        [
          'configuration.reference-unknown correlations.yaml:4 sources',
          'configuration.value-wrong correlations.yaml:8 bSources',
          'configuration.value-wrong correlations.yaml:11 sources',
        ],
      );
      return true;
    },
  );
});

const clock = (second: number): string => new Date(Date.UTC(2026, 9, 5, 6) + second * 1000).toISOString().slice(11, 19);

test('in any order, split over files and batches anyhow, with repetitions: the events and charges that whole records give', async () => {
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed);
    const calls = Array.from({ length: 60 }, (_, index) => {
      const parts = 2 + Math.floor(random() * 4);
      const lengths = Array.from({ length: parts }, () => 1 + Math.floor(random() * 200));
      return { id: `call${index}`, from: Math.floor(random() * 30_000), lengths };
    });
    const lines = calls.flatMap(({ id, from, lengths }) => {
      let at = from;
      return lengths.map((seconds, index) => {
        const kind = index === 0 ? 'first' : index === lengths.length - 1 ? 'last' : 'intermediate';
        const text = stretch(id, clock(at), kind, index + 1, seconds);
        at += seconds;
        return text;
      });
    });
    const shuffled = [...lines, ...lines.filter(() => random() < 0.2)]
      .map((text) => ({ text, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ text }) => text);
    let expected: readonly object[] = [];
    await withHome(async (home) => {
      const whole = calls.map(({ id, from, lengths }) =>
        stretch(
          id,
          clock(from),
          'single',
          1,
          lengths.reduce((sum, seconds) => sum + seconds, 0),
        ),
      );
      await load(home, 'gateway', stretchHead, whole);
      expected = await rollup(home);
    }, files());
    await withHome(async (home) => {
      let told = 0;
      for (let from = 0; from < shuffled.length; ) {
        const to = from + 1 + Math.floor(random() * 120);
        const name = write(home, `part-${from}.csv`, `${[stretchHead, ...shuffled.slice(from, to)].join('\n')}\n`);
        const nothing = (): undefined => undefined;
        const onCorrelated = ({ events }: CorrelateCounts): void => {
          told += events;
        };
        const quiet = { onWait: nothing, onProgress: nothing, onFile: nothing, onAdjusted: nothing, onCorrelated };
        await loadUsage(
          home,
          { files: [name], source: 'gateway', allOrNothing: false, batchRecords: 1 + Math.floor(random() * 40) },
          quiet,
        );
        from = to;
      }
      assert.deepEqual(await held(home), [], `seed ${seed}`);
      assert.equal(told, calls.filter(({ lengths }) => lengths.length > 1).length, `seed ${seed}: each load tells what it put together`);
      assert.deepEqual(await rollup(home), expected, `seed ${seed}`);
      await assertBooksAgree(home);
      assert.ok((await amount(home, 'north', 'incoming')) > 0n);
    }, files());
  }
});
