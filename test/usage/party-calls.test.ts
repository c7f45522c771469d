/** What a partner sees of its calls is what stands in the books, also of what was priced again, given to another or taken back; and it is read by days. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rerateUsage } from '#app/usage/rerate.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { viewedBy } from '#operations/access/ports.ts';
import type { AfterCall, PartyCall } from '#operations/portal/ports.ts';
import { foldDaySums } from '#storage/overview/day-sums.ts';
import { selectCalls } from '#storage/portal/party-calls.ts';
import { configure, fileOf, header, line, load, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const period = { from: '2026-10-01', to: '2026-10-31' };
const calls = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ id: `c${from + at}`, start: `2026-10-${String(1 + ((from + at) % 29)).padStart(2, '0')} ${at % 2 === 0 ? '00:30' : '23:45'}:00` },
    ...{ seconds: 10 + at, in: at % 3 === 0 ? 'south' : 'north', out: at % 3 === 1 ? 'north' : 'south' },
  }));

test('a partner’s calls are what stands in the books, page by page, whatever was corrected', () =>
  withHome(async (home) => {
    await loadOne(home, write(home, 'first.csv', fileOf(calls(0, 40).map(line))));
    await loadOne(home, write(home, 'second.csv', fileOf(calls(40, 20).map(line))));
    await compare(home);
    const dearer = operator['tariffs.yaml'].replace('price: 0.05, increments: 60/60', 'price: 0.07, increments: 1/1');
    await configure(home, { ...operator, 'tariffs.yaml': dearer });
    const quiet = { onWait: () => undefined, onProgress: () => undefined };
    await rerateUsage(
      home,
      { agreement: 'north', unratable: 'block', nowMicros: Date.now() * 1000, book: { why: 'dearer', by: 'test' } },
      quiet,
    );
    const { rows: adjusted } = await home.database.pool.query('select from usage_adjustment');
    assert.ok(adjusted.length > 10);
    await rollbackFile(home, { file: 'second.csv', why: 'sent twice', by: 'test' });
    await compare(home);
    // A page costs its days, however many there are.
    const plan = await home.database.transaction(async (client) => {
      await client.query(`set local role carillon_partner; set local carillon.party = 'north'`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select * from party_call where day = '2026-10-05' order by started_at limit 50`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    assert.deepEqual([...new Set(plan.match(/usage_event_\d+/g))], ['usage_event_20261005'], plan);
  }));

/** As a switch says that the caller withheld the number. */
const WITHHELD = `
  - id: marked
    format: delimited
    separator: ";"
    header: true
    zone: Europe/Berlin
    key: id
    fields:
      start: {column: start, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      calling: a
      called: b
      trunkIn: in
      trunkOut: out
      presentation: mark
`;

test('a caller who withheld the number is whole nowhere: not over the portal, not in the detail of a statement, not by SQL, not after a re-rating', () =>
  withHome(
    async (home) => {
      const { database } = home;
      const marked = [
        `${line({ id: 'w1', in: 'north-1' })};1`,
        `${line({ id: 'w2', in: 'north-1' })};0`,
        `${line({ id: 'w3', b: '+442079460000', in: 'south', out: 'north-1' })};restricted`,
      ];
      await load(home, [write(home, 'marked.csv', `${header};mark\n${marked.join('\n')}\n`)], false, 'marked');
      const shown = ['493012****', '4930123456', '493012****'];
      const look = async (): Promise<void> => {
        for (const party of ['north', 'south']) {
          const seen = await viewedBy({ role: 'partner', party }, () => selectCalls(database, period, undefined, 9));
          assert.deepEqual(
            seen.map(({ calling }) => calling),
            shown,
            party,
          );
          const rows = await database.transaction(async (client) => {
            await client.query(`set local role carillon_partner; set local carillon.party = '${party}'`);
            return (await client.query<{ row: string }>('select t::text as row from party_call t')).rows;
          });
          assert.deepEqual([rows.length, rows.filter(({ row }) => row.includes('4930123456')).length], [3, 1], party);
        }
        const { rows } = await database.pool.query('select calling from usage_event order by event_id');
        assert.deepEqual(new Set(rows.map(({ calling }) => calling)), new Set(['4930123456']), 'priced with the whole number');
      };
      await look();
      const dearer = operator['tariffs.yaml'].replace('price: 0.05, increments: 60/60', 'price: 0.07, increments: 1/1');
      await configure(home, { 'operator.yaml': `${operator['operator.yaml']}${WITHHELD}`, 'tariffs.yaml': dearer });
      const quiet = { onWait: () => undefined, onProgress: () => undefined };
      const asked = { agreement: 'north', unratable: 'block', nowMicros: Date.now() * 1000, book: { why: 'dearer', by: 'test' } } as const;
      await rerateUsage(home, asked, quiet);
      await look();
    },
    { ...operator, 'operator.yaml': `${operator['operator.yaml']}${WITHHELD}` },
  ));

async function compare({ database }: TestHome): Promise<void> {
  await compareDays(database);
  // Whatever is folded, by as many as come to it.
  await Promise.all([foldDaySums(database, 1), foldDaySums(database, 1)]);
  await compareDays(database);
  const { rows: left } = await database.pool.query('select from rollup_day_come');
  assert.equal(left.length, 0);
  const periods = [period, ...['2026-09-30', '2026-10-05', '2026-10-06', '2026-10-31'].map((day) => ({ from: day, to: day }))];
  for (const party of ['north', 'south']) {
    for (const asked of periods) {
      const seen: PartyCall[] = [];
      for (let after: AfterCall | undefined; ; ) {
        const page = await viewedBy({ role: 'partner', party }, () => selectCalls(database, asked, after, 7));
        seen.push(...page);
        after = page.at(-1);
        if (page.length < 7) break;
      }
      const { rows } = await database.pool.query(
        `select s.event_id, s.leg, l.role, l.destination, s.billed, s.amount_nanos from usage_standing s join usage_event e using (event_id) join rollup_line l using (line_id)
          where l.agreement = $1 and s.local_day between $2 and $3 order by e.started_at, s.event_id, s.leg`,
        [party, asked.from, asked.to],
      );
      if (asked === period) assert.ok(rows.length > 10);
      assert.deepEqual(
        seen.map((call) => [call.eventId, call.leg, call.role, call.destination, call.billed, call.amountNanos]),
        rows.map((row) => Object.values(row)),
      );
    }
  }
}

/** The sums of days, which the database keeps by itself, are those of the rollup. */
async function compareDays({ pool }: TestHome['database']): Promise<void> {
  const sums =
    'day, agreement, role, currency, sum(events)::text as events, sum(answered)::text as answered, trim_scale(sum(amount_nanos))::text as nanos';
  const some = 'having sum(events) <> 0 or sum(answered) <> 0 or sum(amount_nanos) <> 0 order by 1, 2, 3, 4';
  const [kept, added] = await Promise.all(
    ['rollup_day', 'rollup'].map((from) => pool.query(`select ${sums} from ${from} group by 1, 2, 3, 4 ${some}`)),
  );
  assert.ok((added?.rows.length ?? 0) > 10);
  assert.deepEqual(kept?.rows, added?.rows);
}
