/** Over HTTP: messages to customers and how they are reached; vouchers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiKey } from '#app/access/keys.ts';
import { withTestDatabase } from '../support/database.ts';
import { applyExample, startServer } from './server-under-test.ts';

test('messages are listed with their attempts and wait again, contacts are set, vouchers are made, used and stopped', () =>
  withTestDatabase(async (database) => {
    await applyExample(database);
    const server = await startServer(database);
    let keys = 0;
    const send = (method: string, path: string, body?: object, headers = {}) => {
      keys += 1;
      return server.ask(path, { method, key: `u${keys}`, headers, ...(body === undefined ? {} : { body }) });
    };
    const get = async (path: string, headers = {}) => (await server.ask(path, { headers })).body;
    try {
      await send('POST', '/v1/charging/accounts', {
        account: 'anna',
        plan: 'mira',
        identities: ['msisdn:491701234567'],
      });
      for (const notice of [1, 2])
        await database.pool.query(
          `insert into notification (notice_id, account_id, notice, way, target, language, body, urgent, zone, state, made_at)
           values ($1, 'anna', 'low', 'sms', '491701234567', 'en', 'call 491701234567', false, 'UTC', 'failed', now())`,
          [notice],
        );
      const newest = await get('/v1/notifications?limit=1&state=failed&account=anna');
      assert.ok(Array.isArray(newest.items), JSON.stringify(newest));
      assert.deepEqual([newest.items.length, newest.items[0].notification, newest.items[0].to], [1, '2', '491701234567']);
      const rest = await get(`/v1/notifications?limit=1&state=failed&cursor=${newest.next}`);
      assert.deepEqual([rest.items[0].notification, rest.next], ['1', null]);
      const again = await send('POST', '/v1/notifications/2/retries');
      assert.deepEqual([again.status, again.body.notification.state], [200, 'waiting'], JSON.stringify(again.body));
      assert.equal((await get('/v1/notifications/77')).code, 'notify.unknown');
      const words = { name: 'masked', permissions: ['charging:read'], expiresMicros: undefined, createdBy: 'test' };
      const masked = { authorization: `Bearer ${(await makeApiKey(database, words)).key}` };
      const { notification } = await get('/v1/notifications/1', masked);
      assert.deepEqual([notification.to, notification.text], ['49170123****', 'call 49170123****']);

      const contact = '/v1/charging/accounts/anna/contact';
      assert.deepEqual(await get(contact), { doNotDisturb: false });
      const etag = String((await server.ask(contact)).headers.etag);
      const set = await send('PUT', contact, { language: 'de', email: 'anna@example.net', ways: ['email'] }, { 'if-match': etag });
      assert.deepEqual([set.status, set.body.language, set.body.ways], [200, 'de', ['email']], JSON.stringify(set.body));
      assert.equal((await send('PUT', contact, { email: null }, { 'if-match': etag })).body.code, 'api.precondition-failed');
      assert.equal((await send('PUT', contact, { email: null })).body.email, undefined);
      assert.equal((await get(contact)).language, 'de', 'what is not said stays');
      assert.equal((await send('PUT', contact, { language: null })).body.language, 'en', 'the setting’s again');
      assert.equal((await get('/v1/charging/accounts/nobody/contact')).code, 'engine.account-unknown');

      const made = await send('POST', '/v1/charging/voucher-batches', { count: 2, amount: '5.00', currency: 'EUR' });
      assert.deepEqual([made.status, made.body.codes.length], [201, 2], JSON.stringify(made.body));
      const [one, other] = made.body.codes;
      assert.equal((await send('POST', '/v1/charging/accounts/anna/voucher-redemptions', { code: one })).status, 201);
      const [batch] = (await get('/v1/charging/voucher-batches')).items;
      assert.deepEqual([batch.count, batch.used, batch.money], [2, 1, { amount: '5.00', currency: 'EUR' }]);
      assert.equal((await send('POST', `/v1/charging/voucher-batches/${made.body.batch}/stops`)).status, 200);
      assert.equal(
        (await send('POST', '/v1/charging/accounts/anna/voucher-redemptions', { code: other })).body.code,
        'charging.voucher-over',
      );
      assert.equal((await send('POST', '/v1/charging/voucher-batches/99/stops')).body.code, 'charging.voucher-unknown');
    } finally {
      await server.close();
    }
  }));
