/** Reports over HTTP: their sums are those of the books, by whatever they are added up; files run no formulas; kept ones are mailed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { mailDueReport } from '#app/reports/mail-reports.ts';
import { rollbackFile } from '#app/usage/rollback.ts';
import { indexUsage } from '#app/usage/search.ts';
import { fileOf, line, loadOne, operator, withHome, write } from '../usage/home.ts';
import { startServer } from './server-under-test.ts';

const days = 'from=2026-10-01&to=2026-10-31';

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
        assert.equal(await mailDueReport(database, mailer, due), true);
        assert.equal((await server.ask('/v1/reports/saved')).body.items[0].lastFailure, '421 later');
        outcome = 'sent';
        assert.equal(await mailDueReport(database, mailer, due), false, 'it waits an hour');
        assert.equal(await mailDueReport(database, mailer, due + 3_600_000_000), true);
        assert.deepEqual(sent, Array(2).fill('Partners: 2026-10-01 to 2026-10-31 true'));
        const [after] = (await server.ask('/v1/reports/saved')).body.items;
        assert.deepEqual([after.nextMail, after.lastFailure], ['2026-12-01T05:00:00Z', undefined]);
        const address = `/v1/reports/saved/${after.report}`;
        assert.equal((await server.ask(address, { method: 'DELETE', key: 'away' })).status, 200);
        assert.equal((await server.ask(address, { method: 'DELETE', key: 'again-away' })).body.code, 'report.unknown');
      } finally {
        await server.close();
      }
    },
    {
      ...operator,
      'operator.yaml': operator['operator.yaml'].replace('address: [Street 1]', 'address: [Street 1], mail: {from: bills@own.example}'),
      'tariffs.yaml': operator['tariffs.yaml'].replace('destination: Germany', 'destination: "=HYPERLINK(1)"'),
    },
  ));
