import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { discardUsage } from '#app/usage/discard.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { listFiles, listWaiting, showRecords } from '#app/usage/look-up.ts';
import { retryUsage } from '#app/usage/retry.ts';
import { RefusedError } from '#core/refusals.ts';
import { printRecords } from '../../src/cli/usage-tables.ts';
import { amount, assertBooksAgree, configure, fileOf, line, load, loadOne, operator, rollup, withHome, write } from './home.ts';

const counts = (read: number, rated: number, held: number, duplicate: number, rejected: number) => ({
  read,
  rated,
  held,
  duplicate,
  rejected,
});

test('a file is priced on both sides, and each record ends as exactly one of four', async () => {
  await withHome(async (home) => {
    const file = write(
      home,
      'a.csv',
      fileOf([
        line({ id: '1' }),
        line({ id: '2', out: 'home' }),
        line({ id: '1' }),
        line({ id: '3', in: 'nobody' }),
        'broken',
        line({ id: '4', result: 'BUSY', seconds: 0 }),
      ]),
    );
    const report = await loadOne(home, file);
    assert.deepEqual(report.counts, counts(6, 3, 1, 1, 1));
    assert.deepEqual(report.reasons, { 'rating.trunk-unknown': 1, 'usage.columns-missing': 1 });
    // 2 × 120 s at 0.05 a minute; 61 s at 0.03
    assert.equal(await amount(home, 'north', 'incoming'), 200_000_000n);
    assert.equal(await amount(home, 'south', 'outgoing'), 30_500_000n);
    await assertBooksAgree(home);
  });
});

test('the same content again is recognised: the same file, another name, gzipped', async () => {
  await withHome(async (home) => {
    const text = fileOf([line({ id: '1' }), line({ id: '2' })]);
    await load(home, [write(home, 'a.csv', text)]);
    const before = await rollup(home);
    const again = await load(home, [write(home, 'a.csv', text), write(home, 'b.csv', text), write(home, 'c.csv.gz', gzipSync(text))]);
    assert.deepEqual(
      again.map(({ state, counts: { read } }) => [state, read]),
      Array.from({ length: 3 }, () => ['already-loaded', 0]),
    );
    assert.deepEqual(await rollup(home), before);
    await assertBooksAgree(home);
  });
});

test('records that another file had are duplicates, held ones too; a file that has grown adds only what is new', async () => {
  await withHome(async (home) => {
    const first = [line({ id: '1' }), line({ id: '2', in: 'nobody' })];
    await load(home, [write(home, 'a.csv', fileOf(first))]);
    const grown = await loadOne(home, write(home, 'a.csv', fileOf([...first, line({ id: '3' })])));
    assert.deepEqual(grown.counts, counts(3, 1, 0, 2, 0));
    const [duplicate] = await showRecords(home, { status: 'duplicate', raw: true, limit: 1 });
    assert.equal(duplicate?.duplicateOf, 1);
    assert.equal(duplicate?.raw, line({ id: '1' }));
    await assertBooksAgree(home);
  });
});

test('a last record that may be cut claims nothing: the completed file brings it, or the source says that it is whole', async () => {
  const ending = (text: string): string => operator['operator.yaml'].replace('header: true', `header: true${text}`);
  await withHome(async (home) => {
    const whole = fileOf([line({ id: '1' }), line({ id: '2' })]);
    for (const cut of [whole.slice(0, -1), whole.slice(0, -3), whole.slice(0, -30)]) {
      const loaded = await loadOne(home, write(home, 'cut.csv', cut));
      assert.deepEqual([loaded.counts.rejected, loaded.reasons], [1, { 'usage.truncated-record': 1 }]);
    }
    assert.deepEqual((await loadOne(home, write(home, 'whole.csv', whole))).counts, counts(2, 1, 0, 1, 0));
    const retry = { rejected: true, reason: 'usage.truncated-record' };
    assert.equal((await retryUsage(home, retry)).rejected, 3);
    await loadOne(home, write(home, 'other.csv', fileOf([line({ id: '3' })]).trimEnd()));
    await loadOne(home, write(home, 'half.csv', fileOf([line({ id: '4' })]).replace(/\n$/, '\r')));
    await configure(home, { ...operator, 'operator.yaml': ending('\n    unendedRecord: take') });
    assert.deepEqual(await retryUsage(home, retry), { taken: 5, rated: 2, held: 0, duplicate: 2, rejected: 1 });
    assert.deepEqual((await loadOne(home, write(home, 'last.csv', fileOf([line({ id: '5' })]).trimEnd()))).counts, counts(1, 1, 0, 0, 0));
    await assertBooksAgree(home);
  });
});

test('with all-or-nothing a damaged record refuses the file, which can be loaded otherwise later', async () => {
  await withHome(async (home) => {
    const file = write(home, 'a.csv', fileOf([line({ id: '1' }), 'broken']));
    const refused = await loadOne(home, file, true);
    assert.deepEqual(
      [refused.state, refused.counts, refused.refusals.map(({ code }) => code)],
      ['refused', counts(0, 0, 0, 0, 0), ['usage.file-refused']],
    );
    assert.deepEqual(await rollup(home), []);
    assert.deepEqual((await loadOne(home, file)).counts, counts(2, 1, 0, 0, 1));
    await assertBooksAgree(home);
  });
});

test('what is held is rated when the configuration allows it, under its number, and the file’s counts follow', async () => {
  await withHome(async (home) => {
    await load(home, [
      write(
        home,
        'a.csv',
        fileOf([line({ id: '1', in: 'new-trunk' }), line({ id: '2', in: 'new-trunk' }), line({ id: '3', b: '0033123456789' })]),
      ),
    ]);
    const groups = await listWaiting(home.database, { limit: 10 });
    assert.deepEqual(
      groups.map(({ reason, detail, count }) => [reason, detail, count]),
      [
        ['rating.trunk-unknown', 'trunk new-trunk is not configured', 2],
        ['rating.no-rate', 'tariff north-in has no rate for 33123…', 1],
      ],
    );
    assert.deepEqual(await retryUsage(home, {}), { taken: 3, rated: 0, held: 3, duplicate: 0, rejected: 0 });
    await configure(home, {
      ...operator,
      'operator.yaml': operator['operator.yaml'].replace('switch/north]', 'switch/north, switch/new-trunk]'),
    });
    assert.deepEqual(await retryUsage(home, {}), { taken: 3, rated: 2, held: 1, duplicate: 0, rejected: 0 });
    const [record] = await showRecords(home, { record: '1', raw: true, limit: 1 });
    assert.deepEqual(
      [record?.status, record?.stored?.event.trunkIn, record?.raw],
      ['rated', 'north-1', line({ id: '1', in: 'new-trunk' })],
    );
    const { rows } = await home.database.pool.query('select read, rated, held, reasons from usage_file');
    assert.deepEqual(rows, [{ read: 3n, rated: 2n, held: 1n, reasons: { 'rating.no-rate': 1 } }]);
    await assertBooksAgree(home);
  });
});

test('what was rejected for a wrong declaration is read again after its correction; repetitions are found then', async () => {
  await withHome(async (home) => {
    const file = write(
      home,
      'a.csv',
      fileOf([line({ id: '1', start: '05.10.2026 10:00' }), line({ id: '1', start: '05.10.2026 10:00' }), line({ id: '2' })]),
    );
    assert.deepEqual((await loadOne(home, file)).counts, counts(3, 1, 0, 0, 2));
    await configure(home, {
      ...operator,
      'operator.yaml': operator['operator.yaml'].replace('start, time: "YYYY-MM-DD HH:mm:ss"', 'start, time: "DD.MM.YYYY HH:mm"'),
    });
    assert.deepEqual(await retryUsage(home, { rejected: true }), { taken: 2, rated: 1, held: 0, duplicate: 1, rejected: 0 });
    await assertBooksAgree(home);
  });
});

test('a charge is explained with what was known when it was booked, and is what was booked', async () => {
  await withHome(async (home) => {
    await load(home, [write(home, 'a.csv', fileOf([line({ id: '1' })]))]);
    await configure(home, {
      ...operator,
      'tariffs.yaml': operator['tariffs.yaml'].replace('price: 0.05, increments: 60/60', 'price: 0.09, increments: 60/60'),
    });
    const { charges, raw } = await explainUsage(home, '1/in');
    assert.equal(raw, line({ id: '1' }));
    assert.deepEqual(
      charges.map(({ dueNanos, faults, charge }) => [dueNanos, faults.length, charge.explanation?.amount]),
      [[100_000_000n, 0, '0.1000']],
    );
    assert.equal((await explainUsage(home, '1')).charges.length, 2);
    await assert.rejects(
      explainUsage(home, '7/in'),
      (error) => error instanceof RefusedError && error.refusals[0]?.code === 'usage.record-unknown',
    );
    await assert.rejects(explainUsage(home, 'x'), RefusedError);
  });
});

test('a file that is not there, a damaged gzip and an unknown source are refused by name', async () => {
  await withHome(async (home) => {
    const missing = await loadOne(home, '/nowhere/a.csv');
    assert.deepEqual([missing.state, missing.refusals[0]?.code], ['refused', 'usage.file-unreadable']);
    const damaged = await loadOne(home, write(home, 'a.gz', gzipSync(fileOf([line({ id: '1' })])).subarray(0, 60)));
    assert.deepEqual([damaged.state, damaged.refusals[0]?.code], ['refused', 'usage.file-unreadable']);
    await assert.rejects(
      loadOne(home, 'a.csv', false, 'nobody'),
      (error) => error instanceof RefusedError && error.refusals[0]?.code === 'usage.source-unknown',
    );
  });
});

test('two loads at the same time wait for each other', async () => {
  await withHome(async (home) => {
    const first = write(home, 'a.csv', fileOf(Array.from({ length: 500 }, (_, index) => line({ id: `a${index}` }))));
    const second = write(
      home,
      'b.csv',
      fileOf(Array.from({ length: 500 }, (_, index) => line({ id: `${index % 2 === 0 ? 'a' : 'b'}${index}` }))),
    );
    await Promise.all([load(home, [first]), load(home, [second])]);
    const { rows } = await home.database.pool.query('select sum(rated) as rated, sum(duplicate) as duplicate from usage_file');
    assert.deepEqual(rows, [{ rated: '750', duplicate: '250' }]);
    await assertBooksAgree(home);
  });
});

test('what waits is grouped by source and by what differs, and an unknown reason is refused with those that occur', async () => {
  const [declared = ''] = / {2}- id: switch\n[\s\S]*/.exec(operator['operator.yaml']) ?? [];
  const both = operator['operator.yaml'].replace('names: [switch/north]', 'names: [north]');
  const files = { ...operator, 'operator.yaml': both, 'second.yaml': `sources:\n${declared.replace('id: switch', 'id: other')}` };
  await withHome(async (home) => {
    const lines = [
      line({ id: '1', start: '2026-02-30 10:00:00' }),
      line({ id: '2', start: '2026-02-31 11:00:00' }),
      line({ id: '3', end: '2026-02-30 10:00:00' }),
      line({ id: '4', b: 's' }),
      line({ id: '5', b: '112' }),
      line({ id: '6', out: 'nobody' }),
    ];
    await loadOne(home, write(home, 'a.csv', fileOf(lines)));
    await loadOne(home, write(home, 'a.csv', fileOf(lines)), false, 'other');
    const rejected = await listWaiting(home.database, { rejected: true, limit: 10 });
    assert.deepEqual(
      rejected.map(({ source, count, first, detail }) => [source, count, first, detail.slice(0, 26)]),
      [
        ['other', 2, 7, 'start "2026-02-30 10:00:00'],
        ['switch', 2, 1, 'start "2026-02-30 10:00:00'],
        ['other', 1, 9, 'end "2026-02-30 10:00:00" '],
        ['switch', 1, 3, 'end "2026-02-30 10:00:00" '],
      ],
    );
    const held = await listWaiting(home.database, { limit: 10 });
    assert.deepEqual(
      held.map(({ source, count, detail }) => [source, count, detail.replace(/;.*/, '')]),
      [
        [undefined, 2, 'trunk nobody is not configured'],
        ['other', 1, 'the called number "112" is a short code'],
        ['switch', 1, 'the called number "112" is a short code'],
        ['other', 1, 'the called number "s" has characters that are not digits'],
        ['switch', 1, 'the called number "s" has characters that are not digits'],
      ],
    );
    for (const attempt of [
      () => listWaiting(home.database, { reason: 'nonsense', limit: 1 }),
      () => retryUsage(home, { reason: 'nonsense' }),
    ]) {
      await assert.rejects(attempt, (error) => {
        assert.ok(error instanceof RefusedError);
        assert.equal(error.refusals[0]?.code, 'usage.reason-unknown');
        assert.match(
          error.refusals[0]?.message ?? '',
          /no record is held for "nonsense"; reasons that occur: rating\.trunk-unknown, usage\.called-short-code, usage\.called-unreadable$/,
        );
        return true;
      });
    }
    assert.equal((await retryUsage(home, { reason: 'rating.no-rate' })).taken, 0);
  }, files);
});

test('a file that is loaded again says what the first load came to; a charge is shown by the names of what it came from', async () => {
  await withHome(async (home) => {
    const file = write(home, 'a.csv', fileOf([line({ id: '1' }), 'broken']));
    await loadOne(home, file);
    const again = await loadOne(home, file);
    assert.deepEqual(
      [again.state, again.counts.read, again.fileId, again.earlier?.counts],
      ['already-loaded', 0, 1, counts(2, 1, 0, 0, 1)],
    );
    const shown = await showRecords(home, { record: '1', raw: false, limit: 1 });
    assert.deepEqual(
      shown[0]?.names.map(({ agreement, validFrom, tariff, code, destination, price, currency }) =>
        [agreement, validFrom, tariff, code, destination, price, currency].join(' '),
      ),
      ['north 2026-01-01 north-in 44 United Kingdom 0.05 EUR', 'south 2026-01-01 south-out 44 United Kingdom 0.03 EUR'],
    );
    const one = printRecords(shown, { json: false, raw: false, single: true, terminal: false });
    assert.match(one, /^1\/in +0\.10 EUR, incoming, agreement north from 2026-01-01, tariff north-in, 44 United Kingdom at/m);
    assert.ok(
      one.split('\n').every((text) => text.length <= 100),
      one,
    );
    assert.match(printRecords(shown, { json: false, raw: false, single: false, terminal: false }), /0\.10 EUR {2}0\.0/);
  });
});

test('what could drive a terminal is written out there, and delivered as it was to a file', async () => {
  await withHome(async (home) => {
    const hostile = line({ id: '1', in: '\u001b]0;pwned\u0007\u202e\u009b31m' });
    await loadOne(home, write(home, 'a.csv', fileOf([hostile])));
    const shown = await showRecords(home, { record: '1', raw: true, limit: 1 });
    for (const single of [true, false]) {
      const file = printRecords(shown, { json: false, raw: true, single, terminal: false });
      assert.ok(file.endsWith(`${hostile}\n`), file);
      const terminal = printRecords(shown, { json: false, raw: true, single, terminal: true });
      assert.match(terminal, /;\\x1b\]0;pwned\\x07\\u202e\\x9b31m;south\n$/);
      assert.doesNotMatch(terminal.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
    }
  });
});

test('a file is found by its name or the end of its path, and by no wildcard', async () => {
  await withHome(async (home) => {
    const path = write(home, 'a_1.csv', fileOf([line({ id: '1' })]));
    await loadOne(home, path);
    await loadOne(home, write(home, '100%.csv', fileOf([line({ id: '2' })])));
    const found = async (which: string): Promise<readonly number[]> =>
      (await listFiles(home.database, which, 9)).map(({ fileId }) => fileId);
    assert.deepEqual([await found(path), await found('a_1.csv'), await found('100%.csv'), await found('2')], [[1], [1], [2], [2]]);
    for (const which of ['%', '_', 'a%', 'a_1_csv', '%.csv', '1.csv', ''])
      await assert.rejects(
        found(which),
        (error) => error instanceof RefusedError && error.refusals[0]?.code === 'usage.file-unknown',
        which,
      );
  });
});

test('what is discarded is rejected with who and why, is passed over, keeps its key, and can be taken up again', async () => {
  await withHome(async (home) => {
    const text = fileOf([line({ id: '1', b: 's' }), line({ id: '2', b: '112' }), 'broken', line({ id: '3' })]);
    await loadOne(home, write(home, 'a.csv', text));
    const discard = (request: object): Promise<number> =>
      discardUsage(home, { records: [], why: ' never charged ', by: 'ada', ...request });
    for (const [request, code] of [
      [{}, 'usage.discard-unclear'],
      [{ records: ['1'], why: ' ' }, 'usage.discard-unclear'],
      [{ records: ['1'], file: 'a.csv' }, 'usage.discard-unclear'],
      [{ records: ['1', '4'] }, 'usage.not-waiting'],
      [{ records: ['1', '99'] }, 'usage.record-unknown'],
      [{ reason: 'nonsense' }, 'usage.reason-unknown'],
    ] as const) {
      await assert.rejects(discard(request), (error) => error instanceof RefusedError && error.refusals[0]?.code === code, code);
    }
    assert.equal(await discard({ records: ['1', '3'] }), 2);
    assert.equal(await discard({ records: ['1'] }), 0, 'already');
    assert.equal(await discard({ reason: 'usage.called-short-code' }), 1);
    await assertBooksAgree(home);
    const [first] = await showRecords(home, { record: '1', raw: true, limit: 1 });
    assert.deepEqual([first?.status, first?.reason, first?.raw], ['rejected', 'usage.discarded', line({ id: '1', b: 's' })]);
    assert.match(
      first?.detail ?? '',
      /^discarded by ada on \d{4}-\d\d-\d\d, because: never charged; it was held for usage\.called-unreadable: the called number "s"/,
    );
    const [file] = await listFiles(home.database, undefined, 1);
    assert.deepEqual([file?.counts, file?.reasons], [counts(4, 1, 0, 0, 3), { 'usage.discarded': 3 }]);
    assert.deepEqual(await listWaiting(home.database, { limit: 9 }), []);
    assert.deepEqual(await listWaiting(home.database, { rejected: true, limit: 9 }), []);
    assert.equal((await retryUsage(home, { rejected: true })).taken, 0);
    assert.deepEqual((await loadOne(home, write(home, 'b.csv', fileOf([line({ id: '1' })])))).counts, counts(1, 0, 0, 1, 0));
    assert.deepEqual(await retryUsage(home, { rejected: true, reason: 'usage.discarded' }), {
      taken: 3,
      rated: 0,
      held: 2,
      duplicate: 0,
      rejected: 1,
    });
    await assertBooksAgree(home);
    assert.equal(await discard({ records: ['1'] }), 1, 'again');
    await assertBooksAgree(home);
  });
});
