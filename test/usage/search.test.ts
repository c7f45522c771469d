/** Search finds what a plain look through all records finds, before and after they are indexed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryUsage } from '#app/usage/retry.ts';
import { type CallQuestion, type CallRow, indexUsage, searchCalls } from '#app/usage/search.ts';
import { indexNextPart } from '#storage/usage/search/index-part.ts';
import { seeded } from '../support/seeded.ts';
import { type Call, configure, fileOf, line, loadOne, operator, type TestHome, withHome, write } from './home.ts';

const CALLS = 600;
const random = seeded(300);
const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T; // never empty

/** Calls of three days; those of `lost` are held until that trunk is configured. */
const calls: readonly Required<Pick<Call, 'id' | 'start' | 'a' | 'b' | 'in' | 'out' | 'result'>>[] = Array.from(
  { length: CALLS },
  (_, at) => ({
    id: `id-${at}`,
    start: `2026-10-0${1 + Math.floor((at * 3) / CALLS)} 1${Math.floor(random() * 10)}:00:0${Math.floor(random() * 10)}`,
    a: `+4930${pick(['1', '2', '3'])}${Math.floor(random() * 40)}`,
    b: `00${pick(['44', '44', '49'])}${pick(['20', '2079', '30'])}${Math.floor(random() * 90_000) + 10_000}`,
    in: pick(['north', 'north', 'lost']),
    out: 'south',
    result: pick(['ANSWERED', 'BUSY']),
  }),
);

const questions: readonly CallQuestion[] = [
  {},
  { number: '44' },
  { number: '49301' },
  { calling: '493011' },
  { called: '442079', answered: true },
  { called: calls[77]?.b.slice(2) ?? '', exact: true },
  { called: '99' },
  { callId: 'id-41' },
  { callId: 'id-4' },
  { trunk: 'south-1', called: '4930' },
  { trunk: 'nowhere' },
  { partner: 'north' },
  { partner: 'south', destination: 'Germany' },
  { agreement: 'north', destination: 'United Kingdom', calling: '49302' },
  { destination: 'Atlantis' },
  { from: Date.parse('2026-10-02T00:00:00Z') * 1000, to: Date.parse('2026-10-02T12:00:00Z') * 1000, number: '4420' },
  { from: Date.parse('2026-10-02T07:00:00Z') * 1000, to: Date.parse('2026-10-02T08:00:00Z') * 1000 },
  { from: Date.parse('2026-10-02T13:30:00Z') * 1000, to: Date.parse('2026-10-03T00:00:00Z') * 1000 },
  { from: Date.parse('2026-10-01T23:59:59Z') * 1000, to: Date.parse('2026-10-02T00:00:01Z') * 1000 },
  { to: Date.parse('2026-10-02T00:00:00Z') * 1000, answered: true },
  { status: 'held' },
  { status: 'rated', service: 'voice', answered: false },
  { service: 'sms' },
  { service: 'voice', trunk: 'north-1' },
  { service: 'data', number: '44' },
  { file: 'second.csv', number: '493' },
];

test('a search gives the records that fit, page by page, newest first, before they are indexed and after', () =>
  withHome(async (home) => {
    const half = CALLS / 2;
    await loadOne(home, write(home, 'first.csv', fileOf(calls.slice(0, half).map(line))));
    const both = await home.database.transaction(async (client) => {
      await client.query('select pg_advisory_xact_lock(732110944)'); // of engines that renew their lease: they must not wait for a part
      return Promise.all([indexNextPart(home.database), indexNextPart(home.database)]);
    });
    assert.deepEqual(both.map((part) => part?.day).sort(), ['2026-10-01', '2026-10-02'], 'two at once make parts of two days');
    await loadOne(home, write(home, 'second.csv', fileOf([...calls.slice(half).map(line), 'damaged'])));
    await compare(home);
    assert.ok((await indexUsage(home.database, () => undefined)) > 0);
    assert.equal(await indexUsage(home.database, () => undefined), 0, 'nothing is left to index');
    await compare(home);

    // Those that were held get their charges behind those that came later, with their old numbers.
    const known = operator['operator.yaml'].replace(
      '{id: home, names: [home]}',
      '{id: home, names: [home]}\n  - {id: lost, account: north, names: [lost], numbering: {internationalPrefix: "00", countryCode: "49", nationalPrefix: "0"}}',
    );
    await configure(home, { ...operator, 'operator.yaml': known });
    assert.ok((await retryUsage(home, {})).rated > 100);
    await compare(home);
    await indexUsage(home.database, () => undefined);
    await compare(home);
    await compareTraffic(home);
    const { rows } = await home.database.pool.query<{ n: bigint }>('select count(*) as n from usage_search_part');
    assert.ok(Number(rows[0]?.n) <= 6, 'small loads become few parts');
    const rejected = await searchCalls(home.database, { status: 'rejected' }, { limit: 5, after: undefined });
    assert.deepEqual(
      rejected.map(({ status, reason, call }) => [status, reason, call]),
      [['rejected', 'usage.columns-missing', undefined]],
    );
    // Nothing of a call is known of them.
    for (const status of ['rejected', 'duplicate'] as const)
      for (const asked of [
        { number: '44' },
        { called: '44' },
        { trunk: 'north-1' },
        { answered: true },
        { service: 'voice' },
        { from: 0 },
      ] as const)
        assert.deepEqual(await searchCalls(home.database, { ...asked, status }, { limit: 5, after: undefined }), []);
  }));

async function compare({ database }: TestHome): Promise<void> {
  const everything = await all(database, {}, CALLS);
  assert.equal(everything.length, CALLS);
  for (const question of questions) {
    const expected = everything.filter((row) => fits(row, question)).map(({ id }) => id);
    const found = (await all(database, question, 97)).map(({ id }) => id);
    assert.deepEqual(found, expected, JSON.stringify(question));
  }
}

/** What is added up for reports beside the index is what a plain look at the books adds up. */
async function compareTraffic({ database }: TestHome): Promise<void> {
  const sums =
    'sum(attempts)::text, sum(answered)::text, sum(micros)::text, sum(nanos)::text, sum(pdds)::text, sum(pdd)::text, sum(slow)::text';
  const names = ['day', 'hour', 'leg', 'trunk', 'destination', 'cause', 'agreement', 'role', 'currency', 'service'];
  const without = [
    ['destination', 'cause'],
    ['hour', 'cause'],
    ['trunk', 'cause', 'agreement'],
    ['hour', 'destination'],
  ];
  const grouped = without.map((left, at) => {
    const columns = names.map((name) => (left.includes(name) ? 'null' : name));
    return `select row(${at + 1}, ${columns.join(', ')}, ${sums})::text as row from ends group by ${columns.filter((name) => name !== 'null').join(', ')}`;
  });
  const { rows: expected } = await database.pool.query<{ row: string }>(
    `with ends as (
       select e.day, extract(hour from started_at at time zone 'UTC')::int as hour, leg, trunk, destination, cause, agreement, role, currency, service, 1 as attempts,
           answered::int as answered, case when answered then duration_micros else 0 end as micros, nanos, (pdd_millis is not null)::int as pdds,
           coalesce(pdd_millis, 0) as pdd, coalesce((pdd_millis > 8000)::int, 0) as slow
         from usage_event e cross join lateral (values ('in', trunk_in, in_line, in_amount_nanos), ('out', trunk_out, out_line, out_amount_nanos)) as l(leg, trunk, line, nanos)
           left join rollup_line on line_id = line
        where trunk <> 0 or line <> 0)
     ${grouped.join(' union all ')}`,
  );
  const kept = sums
    .replace('sum(nanos)', 'sum(amount_nanos)')
    .replace('sum(pdds)', 'sum(pdd_calls)')
    .replace('sum(pdd)', 'sum(pdd_millis)')
    .replace('sum(slow)', 'sum(pdd_slow)');
  const of = ['kind', ...names].join(', ');
  const { rows } = await database.pool.query<{ row: string }>(`select row(${of}, ${kept})::text as row from usage_traffic group by ${of}`);
  const sorted = (all: readonly { readonly row: string }[]): readonly string[] => all.map(({ row }) => row).sort();
  assert.ok(rows.length > 20);
  assert.deepEqual(sorted(rows), sorted(expected));
}

async function all(database: TestHome['database'], question: CallQuestion, limit: number): Promise<readonly CallRow[]> {
  const rows: CallRow[] = [];
  for (;;) {
    const page = await searchCalls(database, question, { limit, after: rows.at(-1) });
    rows.push(...page);
    if (page.length < limit) return rows;
  }
}

function fits(row: CallRow, question: CallQuestion): boolean {
  const { call, charges, callId } = row;
  if (call === undefined) return false;
  const is = (number: string | undefined, wanted: string | undefined): boolean =>
    wanted === undefined || (question.exact === true ? number === wanted : number?.startsWith(wanted) === true);
  const { number, calling, called, trunk, partner, agreement, destination, from, to, service, answered, status, file } = question;
  const charged = charges.some(
    (charge) =>
      (partner ?? agreement ?? charge.agreement) === charge.agreement && (destination ?? charge.destination) === charge.destination,
  );
  const calls = [
    is(call.calling, number) || is(call.called, number),
    is(call.calling, calling) && is(call.called, called),
    question.callId === undefined || question.callId === callId,
    trunk === undefined || trunk === call.trunkIn || trunk === call.trunkOut,
    (partner === undefined && agreement === undefined && destination === undefined) || charged,
    (from === undefined || call.startMicros >= from) && (to === undefined || call.startMicros < to),
    (service ?? call.service) === call.service && (answered ?? call.answered) === call.answered,
    (status ?? row.status) === row.status,
    file === undefined || row.file.endsWith(file),
  ];
  return calls.every(Boolean);
}
