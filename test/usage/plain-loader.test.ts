/** The pipeline against the plain loader, on files from a seed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentConfiguration, findSource } from '#app/usage/configuration.ts';
import { loadUsage } from '#app/usage/load.ts';
import { seeded } from '../support/seeded.ts';
import { assertBooksAgree, header, line, type TestHome, withHome, write } from './home.ts';
import { loadPlainly, type PlainBooks } from './plain-loader.ts';

const QUIET = { onWait: () => undefined, onProgress: () => undefined, onFile: () => undefined, onAdjusted: () => undefined };

/** Records as switches write them on a bad day: repeated, cut, foreign, from unknown trunks, with CR or without, over three days, in tiers. */
function randomFile(random: () => number, name: string, records: number, earlier: string[]): string {
  const pick = <T>(...all: readonly T[]): T => all[Math.floor(random() * all.length)] as T; // within the list
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const lines: string[] = [header];
  for (let record = 0; record < records; record += 1) {
    const dice = random();
    if (dice < 0.02 && earlier.length > 0) lines.push(pick(...earlier.slice(-50)));
    else if (dice < 0.03) lines.push(pick('x', '', 'a;b;c', `${'9'.repeat(200)}`, ';;;;;;;;'));
    else {
      const whole = line({
        id: `${name}-${record}${pick('', '', '', '|', ' Ã©')}`, // as bytes: é in UTF-8
        start: `2026-10-0${pick(4, 5, 6)} ${two(random() * 24)}:${two(random() * 60)}:${two(random() * 60)}`,
        seconds: pick<number | string>(0, 1, 59, 60, 61, Math.floor(random() * 4000), '12.5'),
        result: pick('ANSWERED', 'ANSWERED', 'BUSY'),
        a: pick('+4930123456', '030999', '', 'anonymous'),
        b: pick('00442079460000', '0044790000', '004930123456', '00331', '112', 'what'),
        in: pick('north', 'south', 'home', '', record % 97 === 0 ? 'nobody' : 'north'),
        out: pick('home', 'home', 'home', 'south', 'north', ''),
      });
      earlier.push(whole);
      lines.push(whole);
    }
    if (random() < 0.1) lines.push(`${lines.pop()}\r`);
  }
  return `${lines.join('\n')}\n`;
}

async function booksOf({ database }: TestHome, files: readonly string[]): Promise<PlainBooks> {
  const { rows } = await database.pool.query<{ told: string }>(
    `with place as (
       select event_id, format('%s:%s+%s', f.name, byte_from, byte_length) as place from (
         select event_id, file_id, byte_from, byte_length from usage_event union all select event_id, file_id, byte_from, byte_length from usage_held
         union all select event_id, file_id, byte_from, byte_length from usage_duplicate
         union all select event_id, file_id, byte_from, byte_length from usage_rejected) each join usage_file f using (file_id)),
     adjusted as (select event_id, leg, sum(billed) as billed, sum(amount_nanos) as nanos from usage_adjustment group by 1, 2),
     leg as (
       select event_id, 'in' as leg, in_rate_id as rate, in_day as day, in_billed as billed, in_amount_nanos as nanos from usage_rated where in_line is not null
       union all select event_id, 'out', out_rate_id, out_day, out_billed, out_amount_nanos from usage_rated where out_line is not null),
     told as (
       select event_id, string_agg(format('%s %s %s %s %s', leg, coalesce(rate::text, 'undefined'), day, leg.billed + coalesce(a.billed, 0),
         leg.nanos + coalesce(a.nanos, 0)), ', ' order by leg) as charges from leg left join adjusted a using (event_id, leg) group by 1)
     select format('%s rated %s %s %s %s %s %s %s', place, source_key, (extract(epoch from started_at) * 1000000)::bigint, coalesce(calling, 'undefined'), called,
         coalesce(trunk_in, 'undefined'), coalesce(trunk_out, 'undefined'), coalesce(charges, '')) as told
       from usage_rated join place using (event_id) left join told using (event_id)
     union all select format('%s held %s', place, reason) from usage_held join place using (event_id)
     union all select format('%s rejected %s', place, reason) from usage_rejected join place using (event_id)
     union all select format('%s duplicate of %s', p.place, o.place) from usage_duplicate d join place p using (event_id) join place o on o.event_id = d.duplicate_of`,
  );
  const sums = await database.pool.query<{ told: string }>(
    `select format('%s %s %s %s %s %s: %s %s %s %s %s', agreement, role, day, tariff, coalesce(rate_id::text, 'undefined'), coalesce(nullif(band, ''), 'undefined'),
       events, answered, trim_scale(raw_quantity), trim_scale(billed_quantity), trim_scale(amount_nanos)) as told from rollup`,
  );
  assert.ok(files.length > 0);
  return { records: rows.map(({ told }) => told).sort(), rollup: sums.rows.map(({ told }) => told).sort() };
}

async function sameAsPlain(
  seed: number,
  records: number,
  how: { readonly threads: number; readonly batchRecords?: number },
): Promise<void> {
  await withHome(async (home) => {
    const random = seeded(seed);
    const earlier: string[] = [];
    const files = ['first.csv', 'second.csv'].map((name) =>
      write(home, name, Buffer.from(randomFile(random, name, records, earlier), 'latin1')),
    );
    await loadUsage(home, { files, source: 'switch', allOrNothing: false, ...how }, QUIET);
    const plain = loadPlainly(files, await findSource(home.database, 'switch'), await currentConfiguration(home.database, ['switch']));
    const books = await booksOf(home, files);
    assert.deepEqual(books.rollup, plain.rollup);
    assert.deepEqual(books.records, plain.records);
    await assertBooksAgree(home);
  });
}

for (const seed of [1, 2, 3]) {
  test(`small files in the main thread leave the books that plain loading leaves, seed ${seed}`, () =>
    sameAsPlain(seed, 700, { threads: 0, batchRecords: [50, 333, 200_000][seed - 1] ?? 1 }));
}

test('large files read by two threads leave the books that plain loading leaves', () => sameAsPlain(4, 52_000, { threads: 2 }));
