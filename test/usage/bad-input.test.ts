/** Each absurd record ends as a named rejection or in suspense, its raw text can be shown, and the others are not touched. */
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { showRecords } from '#app/usage/look-up.ts';
import { assertBooksAgree, fileOf, header, line, loadOne, operator, withHome, write } from './home.ts';

const absurd: readonly (readonly [string, string, string])[] = [
  ['a negative duration', line({ id: 'x', seconds: -5 }), 'usage.duration-negative'],
  ['10^15 seconds', line({ id: 'x', seconds: '1000000000000000' }), 'usage.duration-out-of-range'],
  ['two days of talk', line({ id: 'x', seconds: 172_800 }), 'usage.duration-over-maximum'],
  ['the end before the start', line({ id: 'x', end: '2026-10-05 09:00:00' }), 'usage.end-before-start'],
  ['a time that the clock skipped', line({ id: 'x', start: '2026-03-29 02:30:00' }), 'usage.time-nonexistent'],
  ['a day that does not exist', line({ id: 'x', start: '2026-02-30 02:30:00' }), 'usage.time-unreadable'],
  ['the year 2755', line({ id: 'x', start: '2755-01-01 00:00:00' }), 'usage.time-out-of-range'],
  ['a called number with letters', line({ id: 'x', b: '0044ALICE' }), 'usage.called-unreadable'],
  ['a called number of 40 digits', line({ id: 'x', b: `0044${'7'.repeat(36)}` }), 'usage.called-unreadable'],
  ['a called number of 300 digits', line({ id: 'x', b: '7'.repeat(300) }), 'usage.called-unreadable'],
  ['a caller with letters', line({ id: 'x', a: 'client1' }), 'usage.caller-unreadable'],
  ['a short code', line({ id: 'x', b: '112' }), 'usage.called-short-code'],
  ['an unknown trunk', line({ id: 'x', out: 'nobody' }), 'rating.trunk-unknown'],
  ['an unknown trunk with a tab and a backslash', line({ id: 'x', out: 'no\tbo\\dy' }), 'rating.trunk-unknown'],
  ['no trunk at all', line({ id: 'x', in: '', out: '' }), 'rating.no-trunk'],
  ['NUL bytes', line({ id: 'x', in: 'no\u0000rth' }), 'usage.nul-byte'],
  ['an empty key', line({ id: '' }), 'usage.key-missing'],
  ['a quote that does not end', line({ id: '"x' }), 'usage.quote-unbalanced'],
  ['two records with a carriage return between them', `${line({ id: 'x' })}\r${line({ id: 'y' })}`, 'usage.carriage-return'],
  ['an answered call with neither a duration nor an end', line({ id: 'x', seconds: '' }), 'usage.duration-missing'],
];

test('each absurd record has its reason and can be shown as it was', async () => {
  await withHome(async (home) => {
    const lines = absurd.map(([, text], index) => text.replace(/^x;/, `x${index};`));
    const good = lines.map((_, index) => line({ id: `good${index}` }));
    const mixed = lines.flatMap((text, index) => [text, good[index] ?? '']);
    const report = await loadOne(home, write(home, 'a.csv', fileOf(mixed)));
    assert.equal(report.counts.rated, good.length);
    assert.equal(report.counts.held + report.counts.rejected, absurd.length);
    const records = await showRecords(home, { raw: true, limit: 1_000 });
    for (const [index, [name, , reason]] of absurd.entries()) {
      const record = records[index * 2];
      assert.equal(record?.reason, reason, name);
      assert.equal(record?.raw, lines[index], name);
    }
    await assertBooksAgree(home);
  });
});

test('in the hour that the clock repeats a call is priced, in the pass that its end tells', async () => {
  await withHome(async (home) => {
    const later = line({ id: '1', start: '2026-10-25 02:30:00', end: '2026-10-25 03:10:00', seconds: 2400 });
    const earlier = line({ id: '2', start: '2026-10-25 02:30:00', end: '2026-10-25 02:31:01', seconds: 61 });
    await loadOne(home, write(home, 'a.csv', fileOf([later, earlier])));
    const records = await showRecords(home, { status: 'rated', raw: false, limit: 10 });
    assert.deepEqual(
      records.map(({ stored }) => new Date((stored?.event.startMicros ?? 0) / 1000).toISOString()),
      ['2026-10-25T01:30:00.000Z', '2026-10-25T00:30:00.000Z'],
    );
  });
});

test('a Latin-1 record in a UTF-8 source is rejected alone; UTF-16 with a mark is refused whole, and read when it is declared', async () => {
  await withHome(async (home) => {
    const latin = Buffer.concat([
      Buffer.from(fileOf([line({ id: '1' })])),
      Buffer.from(`${line({ id: '2', a: 'M\u00fcller' })}\n`, 'latin1'),
    ]);
    assert.deepEqual((await loadOne(home, write(home, 'a.csv', latin))).reasons, { 'usage.encoding': 1 });
    const wide = Buffer.from(`\ufeff${fileOf([line({ id: '3' }), line({ id: '4' })])}`, 'utf16le');
    const refused = await loadOne(home, write(home, 'b.csv', wide));
    assert.deepEqual([refused.state, refused.refusals[0]?.code], ['refused', 'usage.file-encoding']);
    const marked = Buffer.from(`\ufeff${fileOf([line({ id: '5' })])}`);
    assert.equal((await loadOne(home, write(home, 'c.csv', marked))).counts.rated, 1);
  });
  const wideOperator = {
    ...operator,
    'operator.yaml': operator['operator.yaml'].replace('header: true', 'header: true\n    encoding: utf-16le'),
  };
  await withHome(async (home) => {
    const text = fileOf([line({ id: '3' }), 'broken', line({ id: '4', a: 'M\u00fcller' })]);
    for (const [name, content] of [
      ['marked', `\ufeff${text}`],
      ['bare', text.replaceAll('3;', '13;').replaceAll('4;', '14;')],
    ] as const) {
      const report = await loadOne(home, write(home, `${name}.csv`, Buffer.from(content, 'utf16le')));
      assert.deepEqual([report.counts.rated, report.counts.held, report.counts.rejected], [1, 1, 1]);
    }
    const [broken] = await showRecords(home, { status: 'rejected', raw: false, limit: 1 });
    const first = Buffer.from(`\ufeff${header}\n${line({ id: '3' })}\n`, 'utf16le').length;
    assert.deepEqual([broken?.byteFrom, broken?.byteLength], [first, 14]);
    await assertBooksAgree(home);
  }, wideOperator);
});

test('a line of 300 MB is rejected by its length, the records around it are taken, and memory stays flat', async () => {
  await withHome(async (home) => {
    const path = join(home.folder, 'long.csv');
    const out = createWriteStream(path);
    out.write(fileOf([line({ id: '1' })]));
    const megabytes = 300;
    const piece = Buffer.alloc(1 << 20, 'x');
    for (let megabyte = 0; megabyte < megabytes; megabyte++)
      if (!out.write(piece)) await new Promise((resolve) => out.once('drain', resolve));
    out.end(`\n${line({ id: '2' })}\n`);
    await finished(out);
    const before = process.memoryUsage.rss();
    let peak = 0;
    const sample = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    const report = await loadOne(home, path);
    clearInterval(sample);
    assert.deepEqual([report.counts.rated, report.counts.rejected, report.reasons], [2, 1, { 'usage.record-too-long': 1 }]);
    // Buffers that wait for the collector: up to 220 MB were seen on a busy machine. A line that is kept would cost its length, 315 MB.
    assert.ok(peak - before < 290_000_000, `${Math.round((peak - before) / 1_000_000)} MB more`);
    const [record] = await showRecords(home, { status: 'rejected', raw: true, limit: 1 });
    assert.equal(record?.byteLength, megabytes * (1 << 20) + 1);
    assert.match(record?.raw ?? '', /^x{60000}/);
    await assertBooksAgree(home);
  });
});

test('files with nothing in them are loaded with nothing', async () => {
  await withHome(async (home) => {
    assert.deepEqual((await loadOne(home, write(home, 'a.csv', `${header}\n`))).counts.read, 0);
    const empty = await loadOne(home, write(home, 'b.csv', ''));
    assert.deepEqual([empty.state, empty.refusals[0]?.code], ['refused', 'usage.header-differs']);
    assert.equal((await loadOne(home, write(home, 'c.csv', `${header}\n\n\r\n\n`))).counts.read, 0);
  });
});
