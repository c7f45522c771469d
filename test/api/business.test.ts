/** A settled month over HTTP: parties, agreements, usage, periods, documents with their files, payments, disputes, the ledger. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { nanosOf } from '#api/charging/read-use.ts';
import { raise } from '#app/disputes.ts';
import { enterPayment } from '#app/payments/take.ts';
import { recorded, withWorld } from '../support/partner-world.ts';
import { startServer } from './server-under-test.ts';

test('what commands show of a settled month, the API shows with the same figures', () =>
  withWorld({ domestic: true }, async ({ database, load, loadTheirs, close }) => {
    await load(['2026-10-05', '40.5']);
    await loadTheirs(['2026-10-06', '100'], ['2026-10-07', '0.01']);
    await close('2026-11-01');
    const server = await startServer(database);
    const get = async (path: string) => {
      const { status, body } = await server.ask(path);
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)} ${server.faults.join('\n')}`);
      return body;
    };
    try {
      const parties = await get('/v1/parties');
      const [party] = parties.items;
      assert.equal(parties.items.length, 1);
      const { accounts, agreements } = await get(`/v1/parties/${party.party}`);
      assert.deepEqual([accounts.length, agreements[0].agreement], [1, 'borealis-2026']);
      assert.equal((await server.ask('/v1/parties/nobody')).body.code, 'api.resource-unknown');
      assert.equal((await get(`/v1/accounts?party=${party.party}`)).items[0].account, accounts[0].account);
      assert.equal((await get('/v1/agreements/borealis-2026')).versions[0].validFrom, agreements[0].validFrom);
      assert.equal((await get('/v1/agreements')).next, null);
      const [entity] = (await get('/v1/legal-entities')).items;
      assert.equal(entity.country, 'IE');
      assert.deepEqual((await get('/v1/rate-sheets')).items, []);

      const sample = await server.api.server.inject({
        url: '/v1/templates/compact/preview?language=ar&kind=credit-note&lines=3',
        headers: { authorization: `Bearer ${server.apiKey}` },
      });
      assert.deepEqual([sample.statusCode, sample.rawPayload.subarray(0, 5).toString()], [200, '%PDF-']);
      assert.equal((await server.ask('/v1/templates/nobody/preview')).body.code, 'template.unknown');
      assert.deepEqual(
        (await get('/v1/templates')).items.map(({ template }: { template: string }) => template),
        ['classic', 'compact', 'modern'],
      );
      assert.deepEqual([(await get('/v1/calendars')).items, (await get('/v1/exchange-rates')).items], [[], []]);
      assert.equal((await get('/v1/currencies')).items[0].decimals, 2);

      const { items: told, next } = await get('/v1/audit-trail?limit=1');
      assert.deepEqual([told.length, next], [0, null]);
      assert.deepEqual((await get('/v1/audit-trail/verification')).faults, []);
      assert.equal((await server.ask('/v1/audit-trail?from=2026-02-31T00:00:00Z')).body.code, 'api.field-wrong');

      const records = await get('/v1/usage/records?status=rated&limit=2');
      assert.equal(records.items.length, 2);
      assert.deepEqual((await get('/v1/usage/suspense')).items, []);
      assert.equal((await server.ask('/v1/usage/explanations/999999')).body.code, 'usage.record-unknown');

      const board = await get('/v1/periods?on=2026-11-02&since=2026-10-01');
      const [period] = board.recorded;
      assert.deepEqual([period.agreement, period.period, period.sides.length], ['borealis-2026', '2026-10', 2]);
      assert.equal((await server.ask('/v1/periods?on=2026-02-31&since=2026-10-01')).body.code, 'api.field-wrong');
      const statement = await get('/v1/agreements/borealis-2026/statements/2026-10');
      assert.equal(createHash('sha256').update(statement.content).digest('hex'), statement.sha256);
      assert.equal((await server.ask('/v1/agreements/borealis-2026/statements/2026-11')).body.code, 'period.not-closed');

      const { items: documents } = await get(`/v1/documents?account=${accounts[0].account}`);
      const [invoice] = documents;
      assert.deepEqual([invoice.net, invoice.tax, invoice.total, invoice.currency], ['100.01', '23.00', '123.01', 'USD']);
      const number = encodeURIComponent(invoice.number);
      assert.equal((await get(`/v1/documents/${number}`)).lines.length, 1);
      const pdf = await server.api.server.inject({
        url: `/v1/documents/${number}/pdf`,
        headers: { authorization: `Bearer ${server.apiKey}` },
      });
      assert.deepEqual(
        [pdf.statusCode, pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()],
        [200, 'application/pdf', '%PDF-'],
      );
      const ubl = `/v1/documents/${number}/ubl`;
      const broken = await server.ask(ubl);
      assert.deepEqual([broken.status, broken.body.code], [409, 'einvoice.rule-broken']);
      for (const [kind, address] of [
        ['parties', '0088:7300010000001'],
        ['legalEntities', '0088:7300010000018'],
      ])
        await database.pool.query('update config_version set body = body || $2::jsonb where kind = $1', [
          kind,
          { electronicAddress: address },
        ]);
      const written = await server.ask(ubl);
      assert.deepEqual(
        [written.status, written.headers['content-type']],
        [200, 'application/xml'],
        JSON.stringify(written.body).slice(0, 900),
      );
      assert.equal((await server.ask('/v1/documents/none')).body.code, 'invoice.unknown');
      const first = await get('/v1/documents?limit=1');
      assert.equal(first.items[0].number, invoice.number);

      const taken = {
        legalEntity: entity.legalEntity,
        direction: 'in',
        day: '2026-11-10',
        amount: '23.01',
        currency: 'USD',
        reference: 'bank-1',
        by: 'ann',
      } as const;
      await enterPayment(database, { ...taken, said: ['thank you'] });
      const [payment] = (await get('/v1/payments/unsettled')).items;
      assert.deepEqual(payment.money, { amount: '23.01', currency: 'USD' });
      assert.equal((await get(`/v1/payments/${payment.payment}`)).payment.said[0], 'thank you');
      assert.equal((await server.ask('/v1/payments/PAY-99')).body.code, 'payment.unknown');

      await raise(database, {
        ...{
          document: invoice.number,
          amount: '10.00',
          reason: 'duration',
          day: '2026-11-12',
          by: 'them',
          respondDays: 30,
          evidence: [],
          recorded,
        },
      });
      const [dispute] = (await get('/v1/disputes?state=open')).items;
      assert.deepEqual([dispute.net, dispute.document], ['10.00', invoice.number]);
      assert.equal((await get(`/v1/disputes/${dispute.dispute}`)).steps[0].kind, 'raised');
      assert.equal((await server.ask('/v1/disputes/99')).body.code, 'dispute.unknown');

      const [balance] = (await get('/v1/ledger/trial-balance')).items;
      const closings: readonly { closingInOwnCurrency: string }[] = balance.lines;
      assert.equal(
        closings.reduce((total, { closingInOwnCurrency }) => total + nanosOf(closingInOwnCurrency), 0n),
        0n,
      );
      const { currencies } = await get(`/v1/accounts/${accounts[0].account}/moves`);
      assert.equal(currencies[0].moves[0].amount, '123.01');
      const open = await get('/v1/ledger/open-items');
      assert.deepEqual([open.items[0].open, open.items[0].disputed], ['123.01', '12.30']);

      // Who may charge may not look at the books.
      const weak = await startServer(database, { permissions: ['charging:use'], name: 'switch' });
      for (const path of ['/v1/parties', '/v1/documents', '/v1/ledger/trial-balance'])
        assert.equal((await weak.ask(path)).body.code, 'api.permission-missing');
      await weak.close();
      assert.deepEqual(server.faults, []);
    } finally {
      await server.close();
    }
  }));
