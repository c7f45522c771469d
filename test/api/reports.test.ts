/** Reports over HTTP: their sums are those of the books, by whatever they are added up; files run no formulas; kept ones are mailed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { makeApiKey, revokeApiKey } from '#app/access/keys.ts';
import { blockUser, changeUserRole, inviteUser } from '#app/access/users.ts';
import { mailDueReport } from '#app/reports/mail-reports.ts';
import { auditBooks } from '#app/usage/audit.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { indexUsage } from '#app/usage/search.ts';
import type { Mailer } from '#operations/delivery/ports.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { fileOf, header, line, load, loadOne, operator, type TestHome, withHome, write } from '../usage/home.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

const days = 'from=2026-10-01&to=2026-10-31';

/** A source that says how long callers waited. */
const TIMED = `
  - id: timed
    format: delimited
    separator: ";"
    header: true
    zone: Europe/Berlin
    key: id
    fields:
      start: {column: start, time: "YYYY-MM-DD HH:mm:ss"}
      duration: seconds
      answered: {column: result, values: [ANSWERED]}
      called: b
      trunkIn: in
      trunkOut: out
      pdd: {column: pdd, unit: ms}
`;

/** What callers waited: of calls whose records say it, in both kinds of reports, and in files; and the rows are as they were written. */
async function delays(home: TestHome, server: ServerUnderTest): Promise<void> {
  const by = { start: '2026-10-20 10:00:00', in: 'north-1' };
  const calls = [
    `${line({ ...by, id: 'a' })};1500`,
    `${line({ ...by, id: 'b', b: '00442079460001' })};8001`,
    `${line({ ...by, id: 'c', seconds: 0, result: 'BUSY' })};2499`,
    `${line({ ...by, id: 'd', seconds: 0, result: 'BUSY' })};0`,
    `${line({ ...by, id: 'e', b: '00442079460002' })};`,
  ];
  const [report] = await load(home, [write(home, 'timed.csv', `${header};pdd\n${calls.join('\n')}\n`)], false, 'timed');
  assert.equal(report?.counts.rated, 5);
  await indexUsage(home.database, () => undefined);
  const day = 'from=2026-10-20&to=2026-10-20';
  for (const rows of ['partner', 'destination', 'day', 'service', 'hour', 'trunk', 'cause']) {
    const { body } = await server.ask(`/v1/reports/figures?${day}&rows=${rows}`);
    const [{ sold }] = body.rows.filter(({ sold: side }: { sold: { attempts: string } }) => side.attempts === '5');
    assert.deepEqual([sold.answered, sold.pdd, sold.pddSlow], ['3', '4.00', '33.33'], rows);
  }
  const answer = await server.api.server.inject({
    url: `/v1/reports/file?rows=day&${day}&format=csv`,
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  assert.match(answer.payload, /sold ACD,sold PDD,sold PDD over 8 s %,sold amount/);
  assert.match(answer.payload, /2026-10-20,EUR,5,3,183,60\.00,61\.00,4\.00,33\.33,/);
  const { rows } = await home.database.pool.query('select pdd_millis from usage_event where pdd_millis is not null order by event_id');
  assert.deepEqual(
    rows.map(({ pdd_millis: millis }) => millis),
    [1500, 8001, 2499],
  );
  const { differences } = await auditBooks(home, { from: '2026-10-20', to: '2026-10-21' }, true);
  assert.deepEqual(differences, []);
  await home.database.pool.query('update usage_event set pdd_millis = 1501 where pdd_millis = 1500');
  const changed = await auditBooks(home, { from: '2026-10-20', to: '2026-10-21' }, false);
  assert.match(changed.differences[0]?.message ?? '', /timed\.csv/);
}

const unexpected = (error: unknown): never => assert.fail(String(error));

/** One that cannot be made by no fault of its owner's waits as others do, and holds up nobody. */
async function ofBroken({ database }: TestHome, server: ServerUnderTest, report: object): Promise<void> {
  const due = Date.parse('2026-11-01T05:00:00Z') * 1000;
  const kept = new Map<string, string>();
  for (const name of ['Broken', 'Behind']) {
    const { body } = await server.ask('/v1/reports/saved', { method: 'POST', body: { ...report, name }, key: name });
    kept.set(name, body.report);
    const since = name === 'Broken' ? '04:00:00Z' : '05:00:00Z';
    await database.pool.query('update report_saved set due_at = $1 where name = $2', [`2026-11-01T${since}`, name]);
  }
  const [sent, faults]: [string[], unknown[]] = [[], []];
  const mailer = {
    send: async (_: unknown, { subject }: { readonly subject: string }) => {
      if (subject.startsWith('Broken')) throw new Error('no such thing');
      sent.push(subject);
      return { outcome: 'sent' as const, answer: '250 ok' };
    },
  };
  const moved: boolean[] = [];
  for (let at = 0; at < 3; at += 1) moved.push(await mailDueReport(database, mailer, due, (...told) => faults.push(...told)));
  assert.deepEqual([moved, sent], [[true, true, false], ['Behind: 2026-10-01 to 2026-10-31']]);
  assert.deepEqual(faults, [new Error('no such thing'), Number(kept.get('Broken'))]);
  const broken = (await server.ask(`/v1/reports/saved/${kept.get('Broken')}`)).body;
  assert.deepEqual([broken.lastFailure, broken.nextMail], ['a fault of ours; the log has it', '2026-11-01T06:00:00Z']);
  for (const [name, id] of kept) await server.ask(`/v1/reports/saved/${id}`, { method: 'DELETE', key: `${name}-away` });
}

/** Nobody is asked while a report is mailed: it goes no more to whom its owner wished once that one is blocked, or may not see reports. */
async function ofWhoLeft(
  { database }: TestHome,
  server: ServerUnderTest,
  report: object,
  mailer: Pick<Mailer, 'send'>,
  sent: string[],
): Promise<void> {
  await inviteUser(database, { email: 'fin@own.example', name: 'Fin', role: 'finance', party: undefined, by: 'root' });
  const { id = '' } = (await peopleBooksOn(database).find('fin@own.example')) ?? {};
  const words = { permissions: ['reports:read', 'reports:manage'], createdBy: 'test', expiresMicros: undefined };
  const made = await makeApiKey(database, { ...words, name: 'of Fin' });
  const person = { id, name: 'Fin', email: 'fin@own.example', role: 'finance', party: undefined } as const;
  const byKey = { headers: { authorization: `Bearer ${made.key}` } };
  for (const who of [{ person }, byKey])
    assert.equal((await server.ask('/v1/reports/saved', { method: 'POST', body: report, key: 'left', ...who })).status, 201);
  const mailed = async (): Promise<number> => {
    const before = sent.length;
    await database.pool.query(`update report_saved set due_at = '2026-11-01T05:00:00Z', tries = 0 where owner ~ $1`, [`${id}|of%20Fin`]);
    for (let at = 0; at < 2; at += 1) await mailDueReport(database, mailer, Date.parse('2026-11-01T05:00:00Z') * 1000, unexpected);
    return sent.length - before;
  };
  assert.equal(await mailed(), 2);
  await changeUserRole(database, 'fin@own.example', 'support', undefined);
  assert.equal(await mailed(), 1, 'another role');
  await changeUserRole(database, 'fin@own.example', 'auditor', undefined);
  assert.equal(await mailed(), 2, 'who sees all may have it mailed');
  await blockUser(database, 'fin@own.example', true);
  await revokeApiKey(database, made.id);
  assert.equal(await mailed(), 0, 'blocked, and revoked');
  const { rows } = await database.pool.query<{ said: string }>('select distinct last_failure as said from report_saved where owner ~ $1', [
    id,
  ]);
  assert.deepEqual(rows, [{ said: 'who keeps it may not see reports any more' }]);
}

test('reports add up what was charged, by any two, and say the quality of it', () =>
  withHome(
    async (home) => {
      const { database } = home;
      const calls = [
        { id: '1', seconds: 60 },
        { id: '2', seconds: 120, start: '2026-10-06 23:30:00' },
        { id: '3', seconds: 0, result: 'BUSY' },
        { id: '4', seconds: 30, b: '+4930999999', in: 'south', out: 'north' },
      ];
      await loadOne(home, write(home, 'first.csv', fileOf(calls.map(line))));
      await loadOne(home, write(home, 'wrong.csv', fileOf([line({ id: '5', seconds: 6_000 })])));
      await indexUsage(database, () => undefined);
      const server = await startServer(database);
      const figures = async (query: string) => {
        const { status, body } = await server.ask(`/v1/reports/figures?${days}&${query}`);
        assert.equal(status, 200, `${JSON.stringify(body)} ${server.faults.join('\n')}`);
        return body;
      };
      try {
        const { rows: trunks } = await figures('rows=trunk');
        assert.equal(trunks[0].row, 'north-1');
        await rollbackFile(home, { file: 'wrong.csv', why: 'of another month', by: 'ann' });
        await indexUsage(database, () => undefined);

        const { rows: partners, source } = await figures('rows=partner');
        assert.equal(source, 'rollup');
        const [north] = partners.filter(({ row }: { row: string }) => row === 'north');
        assert.deepEqual(north.sold, { attempts: '3', answered: '2', seconds: '180', asr: '66.67', acd: '90.00', amount: '0.15' });
        assert.equal(north.bought.answered, '1');
        const money = (rows: readonly { sold: { amount: string }; bought: { amount: string } }[]) =>
          rows
            .map(({ sold, bought }) => Number(sold.amount) - Number(bought.amount))
            .reduce((a, b) => a + b, 0)
            .toFixed(6);
        for (const query of [
          'rows=trunk',
          'rows=hour&columns=trunk',
          'rows=destination&columns=hour',
          'rows=cause',
          'rows=day&columns=destination',
          'rows=trunk&columns=destination',
          'rows=service&columns=partner',
        ])
          assert.equal(money((await figures(query)).rows), money(partners), query);
        assert.deepEqual(
          (await figures('rows=hour&trunk=north-1')).rows.map(({ row }: { row: string }) => row),
          ['08', '21'],
        );
        const one = (await figures('rows=day&columns=service&partner=north&destination=United%20Kingdom')).rows;
        assert.deepEqual(
          one.map(({ row, column }: { row: string; column: string }) => [row, column]),
          [
            ['2026-10-05', 'voice'],
            ['2026-10-06', 'voice'],
          ],
        );

        for (const [query, code] of [
          [`rows=hour&columns=cause&${days}`, 'report.cannot-combine'],
          [`rows=day&columns=day&${days}`, 'report.cannot-combine'],
          ['rows=day&from=2020-01-01&to=2026-01-01', 'report.too-long'],
          ['rows=day&from=2026-02-30&to=2026-03-01', 'api.field-wrong'],
          [`rows=colour&${days}`, 'api.field-wrong'],
        ] as const)
          assert.equal((await server.ask(`/v1/reports/figures?${query}`)).body.code, code, query);

        const file = async (format: string) => {
          const answer = await server.api.server.inject({
            url: `/v1/reports/file?rows=destination&${days}&format=${format}`,
            headers: { authorization: `Bearer ${server.apiKey}` },
          });
          assert.equal(answer.statusCode, 200, answer.payload);
          return answer.rawPayload;
        };
        const csv = (await file('csv')).toString();
        assert.match(csv, /^\ufeffdestination,currency,sold attempts/);
        assert.match(csv, /\r\n'=HYPERLINK\(1\),EUR,1,1,30,100\.00,30\.00,/);
        assert.equal((await file('xlsx')).subarray(0, 2).toString(), 'PK');
        const parquet = await file('parquet');
        const read = await parquetReadObjects({ file: new Uint8Array(parquet).buffer });
        assert.deepEqual(
          read.map(({ destination }) => destination),
          ['United Kingdom', '=HYPERLINK(1)'],
        );

        const question = { rows: 'partner', from: '2026-10-01', to: '2026-10-31' };
        const saved = {
          name: 'Partners',
          question,
          period: 'last-month',
          mailTo: ['desk@own.example'],
          mailFormat: 'csv',
          mailEvery: 'month',
        };
        const kept = await server.ask('/v1/reports/saved', { method: 'POST', body: saved, key: 'keep' });
        assert.deepEqual([kept.status, kept.body.mailEvery], [201, 'month'], JSON.stringify(kept.body));
        assert.equal((await server.ask('/v1/reports/saved', { method: 'POST', body: saved, key: 'again' })).body.code, 'report.name-taken');
        assert.equal((await server.ask('/v1/reports/saved')).body.items.length, 1);
        const due = Date.parse('2026-11-01T05:00:00Z') * 1000;
        await database.pool.query(`update report_saved set due_at = '2026-11-01T05:00:00Z'`);
        const sent: string[] = [];
        let outcome: 'deferred' | 'sent' = 'deferred';
        const mailer = {
          send: async (_: unknown, letter: { subject: string }, files: readonly { content: Uint8Array }[]) => {
            sent.push(
              `${letter.subject} ${Buffer.from(files[0]?.content ?? [])
                .toString()
                .includes('north')}`,
            );
            return { outcome, answer: '421 later' };
          },
        };
        assert.equal(await mailDueReport(database, mailer, due, unexpected), true);
        assert.equal((await server.ask('/v1/reports/saved')).body.items[0].lastFailure, '421 later');
        outcome = 'sent';
        assert.equal(await mailDueReport(database, mailer, due, unexpected), false, 'it waits an hour');
        assert.equal(await mailDueReport(database, mailer, due + 3_600_000_000, unexpected), true);
        assert.deepEqual(sent, Array(2).fill('Partners: 2026-10-01 to 2026-10-31 true'));
        const [after] = (await server.ask('/v1/reports/saved')).body.items;
        assert.deepEqual([after.nextMail, after.lastFailure], ['2026-12-01T05:00:00Z', undefined]);
        await ofBroken(home, server, saved);
        await ofWhoLeft(home, server, saved, mailer, sent);
        const address = `/v1/reports/saved/${after.report}`;
        assert.equal((await server.ask(address, { method: 'DELETE', key: 'away' })).status, 200);
        assert.equal((await server.ask(address, { method: 'DELETE', key: 'again-away' })).body.code, 'report.unknown');
        await delays(home, server);
      } finally {
        await server.close();
      }
    },
    {
      ...operator,
      'operator.yaml': `${operator['operator.yaml'].replace('address: [Street 1]', 'address: [Street 1], mail: {from: bills@own.example}')}${TIMED}`,
      'tariffs.yaml': operator['tariffs.yaml'].replace('destination: Germany', 'destination: "=HYPERLINK(1)"'),
    },
  ));
