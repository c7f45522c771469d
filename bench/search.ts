/**
 * Searching calls, by what people search by, among seeded records (`--records`, spread over `--days`): milliseconds as the API's handler spends
 * them, the first question apart. `--keep <folder>` keeps what was made for the next time; what is killed goes on where it was.
 */
import type { Installation } from '#app/installation.ts';
import { findCalls } from '#storage/usage/search/find-calls.ts';
import type { SearchFilter } from '#storage/usage/search/search-filter.ts';
import { type Figure, figure, report } from './harness.ts';
import { inSeededInstallation, makeUsage, seededUsage } from './support/seeded-installation.ts';
import { calledOf, FIRST_DAY } from './support/write-usage.ts';

const { records: RECORDS, days: DAYS, destinations: DESTINATIONS } = seededUsage;
const RUNS = 9;

await inSeededInstallation('search', measure);

async function measure({ database }: Installation): Promise<void> {
  const made = await makeUsage(database);
  const middle = Math.floor(RECORDS / 2);
  const lastDay = Date.parse(FIRST_DAY) + (DAYS - 1) * 86_400_000;
  const before = Math.min(10, DAYS - 1) * 86_400_000;
  const oneDay = { from: (lastDay - before) * 1000, to: (lastDay - before + 86_400_000) * 1000 };
  const questions: readonly (readonly [name: string, filter: SearchFilter, isRight: (ids: readonly number[]) => boolean])[] = [
    ['number', { number: { text: calledOf(middle, DESTINATIONS), exact: true } }, (ids) => ids.includes(middle)],
    ['number_unknown', { number: { text: '999912345678', exact: true } }, (ids) => ids.length === 0],
    ['prefix_long', { called: { text: calledOf(middle, DESTINATIONS).slice(0, 9), exact: false } }, (ids) => ids.length > 0],
    ['prefix_short', { called: { text: '20', exact: false } }, full],
    [
      'caller',
      { calling: { text: `4930${String((middle * 104_729) % 2_000_000).padStart(7, '0')}`, exact: true } },
      (ids) => ids.includes(middle) || ids.length === 50,
    ],
    ['call_id', { callId: `call-${middle}` }, (ids) => ids.length === 1 && ids[0] === middle],
    ['trunk', { trunks: [7] }, full],
    ['partner', { agreements: ['partner-3'] }, full],
    ['destination_common', { destination: 'Destination 1' }, full],
    ['destination_rare', { destination: `Destination ${DESTINATIONS - 1}` }, full],
    ['partner_and_destination', { agreements: ['partner-3'], destination: `Destination ${DESTINATIONS - 7}` }, (ids) => ids.length > 0],
    ['day', oneDay, full],
    [
      'day_trunk_prefix_answered',
      { ...oneDay, trunks: [7], answered: true, called: { text: '2001', exact: false } },
      (ids) => ids.length > 0,
    ],
    ['everything', {}, full],
  ];
  let ok = true;
  const figures: Figure[] = [];
  for (const [name, filter, isRight] of questions) {
    const times: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const start = process.hrtime.bigint();
      const found = await findCalls(database, filter, { limit: 50, after: undefined });
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
      const right = isRight(found.map(({ id }) => id));
      if (!right) console.error(`${name}: ${found.length} found, not what was looked for`);
      ok &&= right;
    }
    const [first = 0, ...warm] = times;
    figures.push(figure(`${name}_ms`, warm), figure(`${name}_first_ms`, [first]));
  }
  const { rows: sizes } = await database.pool.query<{ index: string; usage: string }>(
    `select pg_size_pretty(sum(pg_total_relation_size(oid)) filter (where relname like 'usage_search%')) as index,
       pg_size_pretty(sum(pg_total_relation_size(oid)) filter (where relname like 'usage_event_2%')) as usage from pg_class where relkind = 'r'`,
  );
  report('search', ok, figures, [
    `${RECORDS.toLocaleString('en')} records in ${DAYS} days, made and indexed in ${made.toFixed(1)} s; pages of 50`,
    `index ${sizes[0]?.index}, usage ${sizes[0]?.usage}`,
  ]);
}

function full(ids: readonly number[]): boolean {
  return ids.length === 50;
}
