/** Over HTTP: tax, deposits, credit alarms, payments by card, conversions, number tables, and what takes an allocation or a rate sheet back. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withWorld } from '../support/partner-world.ts';
import { startServer } from './server-under-test.ts';

test('tax is explained, checked and recorded; deposits move; alarms and card events are listed; currencies convert; numbers are looked up', () =>
  withWorld({ domestic: true }, async ({ database, loadTheirs, close }) => {
    await database.pool.query(
      `insert into config_version (kind, key, body, known_from) values ('numberTables', 'lrn', $1, '2026-09-01T00:00:00Z')`,
      [
        JSON.stringify({
          ...{ id: 'lrn', gives: 'routing-number', owners: [] },
          file: {
            ...{
              separator: ',',
              header: true,
              columns: { number: 'number', value: 'value' },
              endedBy: [],
              zone: 'UTC',
              unendedLine: 'refuse',
            },
            numbering: { countryCode: '1', nationalPrefix: '' },
          },
        }),
      ],
    );
    await loadTheirs(['2026-10-06', '100']);
    await close('2026-11-02');
    const server = await startServer(database);
    let keys = 0;
    const send = (path: string, body: object, headers = {}) => {
      keys += 1;
      return server.ask(path, { method: 'POST', key: `f${keys}`, body, headers });
    };
    const get = async (path: string) => (await server.ask(path)).body;
    const upload = async (name: string, content: string): Promise<string> => {
      const sent = await server.ask(`/v1/uploads?name=${name}`, {
        ...{ method: 'POST', body: content, headers: { 'content-type': 'application/octet-stream' } },
      });
      assert.equal(sent.body.upload, createHash('sha256').update(content).digest('hex'), JSON.stringify(sent.body));
      return sent.body.upload;
    };
    const ended = async ({ status, body }: { readonly status: number; readonly body: { readonly job: string } }) => {
      assert.equal(status, 202, JSON.stringify(body));
      for (;;) {
        const job = await get(`/v1/jobs/${body.job}`);
        if (job.state !== 'running') return job;
        await sleep(10);
      }
    };
    try {
      // Tax.
      const asked = '/v1/tax/explanation?seller=carillon&buyer=borealis&amount=100.00&currency=EUR&on=2026-10-31';
      const explained = await get(asked);
      assert.deepEqual(
        [explained.net, explained.taxAmount, explained.toPay, explained.taxes.length],
        ['100.00', '23.00', '123.00', 1],
        JSON.stringify(explained),
      );
      assert.match(explained.taxes[0].explanation, /23/);
      assert.equal((await get(asked.replace('borealis', 'nobody'))).code, 'tax.party-unknown');
      assert.equal((await get(asked.replace('100.00', '100.001'))).code, 'tax.amount-unreadable');
      assert.equal((await get(asked.replace('10-31', '02-30'))).code, 'api.field-wrong');
      const european = await get('/v1/tax/rules?place=EU&on=2026-10-31');
      assert.ok(european.items.length > 0 && european.items.every(({ own }: { own: boolean }) => !own), JSON.stringify(european));
      const rates = await get('/v1/tax/rates?place=IE&on=2026-10-31&limit=200');
      assert.ok(rates.items.some(({ percents }: { percents: { percent: string }[] }) => percents[0]?.percent === '23'));
      const certificate = { party: 'borealis', number: 'R-1', of: 'US-CA', validFrom: '2026-01-01' };
      assert.deepEqual((await send('/v1/tax/certificates', certificate)).body, { isNew: true });
      assert.deepEqual((await send('/v1/tax/certificates', certificate)).body, { isNew: false });
      assert.equal((await send('/v1/tax/certificates', { ...certificate, validTo: '2027-01-01' })).body.code, 'tax.certificate-differs');
      const { validFrom: _, ...named } = certificate;
      assert.equal((await send('/v1/tax/certificate-endings', { ...named, on: '2026-06-01', why: 'revoked' })).body.isNew, true);
      const [held] = (await get('/v1/tax/certificates?party=borealis')).items;
      assert.deepEqual(
        [held.number, held.validTo, held.ended.why, held.ended.by],
        ['R-1', '2026-06-01', 'revoked', 'key test client (test)'],
      );
      const header = 'jurisdiction,tax,percent,valid_from\n';
      const table = await upload('us.csv', `${header}US-CA,State tax,7.25,2026-01-01\n`);
      const taken = await ended(await send('/v1/tax/tables', { upload: table, table: 'us' }));
      assert.deepEqual([taken.state, taken.result.isNew, taken.result.rates], ['done', true, 1], JSON.stringify(taken));
      const broken = await upload('broken.csv', `${header}US-CA,State tax,7.25,2026-01-01\nUS-CA,State tax,much,2026-01-01\n`);
      const refused = await ended(await send('/v1/tax/tables', { upload: broken, table: 'us' }));
      assert.deepEqual(
        [refused.state, refused.refusals[0].code, refused.refusals[0].line, refused.refusals[0].file],
        ['failed', 'configuration.value-wrong', 3, 'broken.csv'],
        JSON.stringify(refused),
      );
      assert.deepEqual((await get('/v1/tax/tables?fields=table,rows')).items, [{ table: 'us', rows: 1 }]);
      const checked = await ended(await send('/v1/tax/checks', { from: '2026-10-01', to: '2026-11-01' }));
      assert.deepEqual([checked.state, checked.result.faults, checked.result.supplies > 0], ['done', 0, true], JSON.stringify(checked));

      // Deposits.
      const deposit = { move: 'take', money: { amount: '50.00', currency: 'USD' }, reference: 'swift 1', on: '2026-11-02' };
      const deposits = '/v1/accounts/borealis-usd/deposits';
      const first = await send(deposits, deposit);
      assert.deepEqual([first.status, first.body.isNew, first.body.reference], [201, true, 'borealis-usd take swift 1']);
      assert.equal((await send(deposits, deposit)).body.isNew, false);
      assert.equal((await get('/v1/accounts/borealis-usd/exposure?on=2026-11-02')).deposit, '50.00');
      const back = { ...deposit, move: 'return', reference: 'swift 2' };
      assert.equal((await send(deposits, { ...back, money: { amount: '50.01', currency: 'USD' } })).body.code, 'credit.deposit-short');
      assert.equal((await send(deposits, { ...back, move: 'use' })).body.refusals[0].field, 'body/document');
      assert.equal((await send('/v1/accounts/nobody/deposits', back)).body.code, 'credit.account-unknown');

      // Limits that were reached.
      await database.pool.query(
        `insert into credit_alarm (account, percent, exposure_nanos, limit_nanos, currency, raised_at, cleared_at)
         select 'borealis-usd', percent, 80000000000, 100000000000, 'USD', now(), case when percent = 50 then now() end
           from unnest(array[50, 80]) as percent`,
      );
      const alarms = await get('/v1/credit-alarms?cleared=true&limit=1');
      assert.deepEqual([alarms.items.length, alarms.items[0].percent, alarms.items[0].exposure], [1, 80, '80.00']);
      const older = await get(`/v1/credit-alarms?cleared=true&limit=1&cursor=${alarms.next}`);
      assert.deepEqual([older.items[0].percent, 'clearedAt' in older.items[0], older.next], [50, true, null]);
      assert.equal((await get('/v1/credit-alarms')).items.length, 1);

      // Cards.
      await database.pool.query(
        `insert into card_event (event_id, type, created_at, outcome, said, content)
         select 'evt_' || place, 'charge.refunded', now(), case when place = 2 then 'held' else 'booked' end, 'said', '{}' from generate_series(1, 3) as place`,
      );
      const told: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: { items: { event: string }[]; next: string | null } = await get(
          `/v1/card-events?limit=2${next === '' ? '' : `&cursor=${next}`}`,
        );
        told.push(...page.items.map(({ event }) => event));
        next = page.next;
      }
      assert.deepEqual(told.toSorted(), ['evt_1', 'evt_2', 'evt_3']);
      assert.deepEqual((await get('/v1/card-events?held=true&fields=event')).items, [{ event: 'evt_2' }]);
      assert.equal((await send('/v1/card-event-sightings', { event: 'evt_2' })).body.seenBy, 'key test client (test)');
      assert.equal((await send('/v1/card-event-sightings', { event: 'evt_2' })).body.code, 'card.event-unknown');
      assert.deepEqual((await get('/v1/card-events?held=true')).items, []);
      const [document] = (await get('/v1/documents')).items;
      assert.equal((await send(`/v1/documents/${document.number}/card-links`, {})).body.code, 'card.not-set-up');

      // Currencies.
      const file = await upload('rates.csv', 'day,of,in,rate\n2026-10-30,EUR,USD,1.25\n');
      const added = await send('/v1/exchange-rate-files', { upload: file });
      assert.deepEqual([added.status, added.body], [201, { added: 1, unchanged: 0, replaced: 0 }]);
      const conversion = await get('/v1/exchange-conversion?from=USD&to=EUR&on=2026-10-31');
      assert.deepEqual([conversion.day, conversion.source, conversion.exact], ['2026-10-30', 'ecb', '0.8'], JSON.stringify(conversion));
      assert.equal((await get('/v1/exchange-conversion?from=USD&to=EUR&on=2026-01-31')).code, 'exchange.rate-missing');
      const revalued = await send('/v1/revaluations', { day: '2026-10-31' });
      assert.equal(revalued.status, 201, JSON.stringify(revalued.body));
      assert.equal((await send('/v1/revaluations', { day: '2026-10-31' })).body.isNew, false);

      // Numbers.
      const numbers = await upload('lrn.csv', 'number,value\n2125550100,2125559999\n');
      const imported = await ended(await send('/v1/number-tables/lrn/imports', { upload: numbers, mode: 'full' }));
      assert.deepEqual([imported.state, imported.result?.isNew, imported.result?.rows], ['done', true, 1], JSON.stringify(imported));
      const { tables } = await get('/v1/numbers/12125550100');
      assert.deepEqual([tables[0].table, tables[0].value], ['lrn', '12125559999'], JSON.stringify(tables));
      assert.equal((await get('/v1/number-tables/lrn')).files[0].rows, 1);
      assert.equal((await send('/v1/number-tables/none/imports', { upload: numbers, mode: 'full' })).body.code, 'numbers.table-unknown');
      assert.equal((await get('/v1/numbers/12125550100?table=none')).code, 'numbers.table-unknown');

      // An allocation is taken back only as it was seen.
      const paid = await send('/v1/payments', {
        ...{ reference: 'p-1', direction: 'in', day: '2026-11-20', account: 'borealis-usd', money: { amount: '10.00', currency: 'USD' } },
      });
      const settled = await send('/v1/allocations', { from: paid.body.payment, documents: [document.number] });
      const allocation = settled.body.allocation ?? `${paid.body.payment}/1`;
      const address = `/v1/allocations/${encodeURIComponent(allocation)}`;
      const seen = await server.ask(address);
      assert.deepEqual(
        [seen.status, seen.body.kind, 'undone' in seen.body],
        [200, 'allocation', false],
        JSON.stringify([settled.body, seen.body]),
      );
      const undo = { why: 'wrong account' };
      assert.equal((await send(`${address}/undoings`, undo, { 'if-match': '"another"' })).body.code, 'api.precondition-failed');
      const undone = await send(`${address}/undoings`, { ...undo, legalEntity: 'carillon' }, { 'if-match': String(seen.headers.etag) });
      assert.deepEqual([undone.status, undone.body], [200, { undone: allocation }]);
      assert.equal((await get(address)).undone.by, 'key test client (test)');
      assert.equal((await get('/v1/allocations/PAY-1%2F77')).code, 'payment.not-allocated');
      // The payment knows what it settled, and that it was taken back.
      const [use] = (await get(`/v1/payments/${paid.body.payment}`)).allocations;
      const part = [{ document: document.number, amount: '10.00', currency: 'USD' }];
      assert.deepEqual([use.allocation, use.documents, use.isUndone], [allocation, part, true]);

      // What there is nothing of.
      assert.equal((await send('/v1/rate-sheets/99/undoings', {})).body.code, 'rate-sheet.import-unknown');
      const joined = await ended(await send('/v1/usage/joins', { why: 'gateway was down' }));
      assert.deepEqual([joined.state, joined.result?.calls, joined.result?.left], ['done', 0, []], JSON.stringify(joined));
      assert.deepEqual(server.faults, []);
    } finally {
      await server.close();
    }
  }));
