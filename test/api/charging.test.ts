/** Charging over HTTP, on the example's plan and the real engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted } from '#api/charging/show.ts';
import { makeApiKey } from '#app/access/keys.ts';
import { refusedWith } from '../support/cluster.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { applyExample, type ServerUnderTest, startServer } from './server-under-test.ts';

const anna = 'msisdn:491701234567';
const voice = { subscriber: anna, service: 'voice', facts: { called: '4930123456' } };
const sms = { subscriber: anna, service: 'sms', facts: { called: '4930123456' } };
const sessions = '/v1/charging/sessions';

const mainOf = async ({ ask }: ServerUnderTest, account = 'anna'): Promise<string> => {
  const { body } = await ask(`/v1/charging/accounts/${account}`);
  return body.balances.find(({ definition }: { definition: string }) => definition === 'main')?.left;
};

async function openAnna({ post }: ServerUnderTest): Promise<void> {
  const opened = await post('/v1/charging/accounts', { account: 'anna', plan: 'mira', identities: [anna] }, 'open-anna');
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const filled = await post('/v1/charging/accounts/anna/top-ups', { money: { amount: '20.00', currency: 'EUR' } }, 'fill-anna');
  assert.equal(filled.status, 201, JSON.stringify(filled.body));
}

async function accounts(server: ServerUnderTest): Promise<void> {
  const { ask, post } = server;
  await openAnna(server);
  const before = await mainOf(server);
  const again = await post('/v1/charging/accounts/anna/top-ups', { money: { amount: '20.00', currency: 'EUR' } }, 'fill-anna');
  assert.equal(again.headers['idempotent-replayed'], 'true');
  assert.equal(await mainOf(server), before);
  const wrong: readonly (readonly [string, unknown, number, string])[] = [
    ['top-ups', { money: { amount: '-1.00', currency: 'EUR' } }, 422, 'charging.amount-wrong'],
    ['top-ups', { money: { amount: '1.00', currency: 'USD' } }, 422, 'charging.currency-differs'],
    ['top-ups', { money: { amount: '1.00', currency: 'EUR' }, validTo: '2020-01-01T00:00:00Z' }, 422, 'charging.validity-over'],
    ['top-ups', { money: { amount: '1.00', currency: 'EUR' }, validTo: '2020-02-31T00:00:00Z' }, 400, 'api.field-wrong'],
    ['voucher-redemptions', { code: '0000 0000 0000 0000' }, 404, 'charging.voucher-unknown'],
    ['plan-changes', { plan: 'none' }, 404, 'charging.plan-unknown'],
    ['adjustments', { money: { amount: '-900.00', currency: 'EUR' }, note: 'x' }, 409, 'charging.balance-too-low'],
    ['adjustments', { money: { amount: '1.00', currency: 'USD' }, note: 'x' }, 422, 'charging.currency-differs'],
    ['adjustments', { note: 'x' }, 400, 'api.field-wrong'],
    ['transfers', { to: 'nobody', money: { amount: '1.00', currency: 'EUR' } }, 404, 'engine.account-unknown'],
  ];
  for (const [index, [path, body, status, code]] of wrong.entries()) {
    const refused = await post(`/v1/charging/accounts/anna/${path}`, body, `wrong-${index}`);
    assert.deepEqual([refused.status, refused.body.code], [status, code], path);
  }
  assert.equal((await post('/v1/charging/accounts', { account: 'anna', plan: 'mira' }, 'open-2')).body.code, 'charging.account-exists');
  assert.equal((await ask('/v1/charging/accounts/bert')).body.code, 'engine.account-unknown');
  const { headers } = await ask(`/v1/charging/accounts/${encodeURIComponent(anna)}`);
  const stale = await ask('/v1/charging/accounts/anna/plan-changes', {
    method: 'POST',
    body: { plan: 'mira' },
    key: 's',
    headers: { 'if-match': '"1"' },
  });
  assert.deepEqual([stale.status, stale.body.code], [412, 'api.precondition-failed']);
  assert.match(String(headers.etag), /^"\d+"$/);
  const limit = await ask('/v1/charging/accounts/anna/credit-limit');
  const setLimit = (key: string, amount: string) =>
    ask('/v1/charging/accounts/anna/credit-limit', {
      ...{ method: 'PUT', key, body: { amount }, headers: { 'if-match': String(limit.headers.etag) } },
    });
  const status = await ask('/v1/charging/accounts/anna/status');
  assert.deepEqual(status.body, { account: 'anna', status: 'active' });
  await post('/v1/charging/accounts', { account: 'bert', plan: 'mira' }, 'open-bert');
  const moved = await post('/v1/charging/accounts/anna/transfers', { to: 'bert', money: { amount: '1.00', currency: 'EUR' } }, 'move-1');
  assert.equal(moved.status, 201, JSON.stringify(moved.body));
  const less = await post(
    '/v1/charging/accounts/anna/adjustments',
    { money: { amount: '-0.01', currency: 'EUR' }, note: 'complaint' },
    'adjust-1',
  );
  assert.equal(less.status, 201, JSON.stringify(less.body));
  // Balances moved, not what is set: what was seen of it still holds, until somebody sets it.
  assert.notEqual((await ask('/v1/charging/accounts/anna')).headers.etag, headers.etag);
  assert.equal((await ask('/v1/charging/accounts/anna/status')).headers.etag, status.headers.etag);
  const was = limit.body.creditLimit.amount;
  assert.equal((await setLimit('limit-1', '7.00')).status, 200);
  assert.equal((await setLimit('limit-2', '8.00')).body.code, 'api.precondition-failed');
  assert.deepEqual((await ask('/v1/charging/accounts/anna/credit-limit')).body.creditLimit, { amount: '7.00', currency: 'EUR' });
  await ask('/v1/charging/accounts/anna/credit-limit', { method: 'PUT', key: 'limit-3', body: { amount: was } });
  const list = await ask('/v1/charging/accounts?limit=1');
  assert.deepEqual(list.body.items, [{ account: 'anna', plan: 'mira', currency: 'EUR', status: 'active' }]);
  const rest = await ask(`/v1/charging/accounts?limit=1&cursor=${list.body.next}`);
  assert.deepEqual([rest.body.items[0].account, rest.body.next], ['bert', null]);
  assert.equal((await ask('/v1/charging/accounts?cursor=abc')).body.code, 'api.cursor-wrong');
}

async function use(server: ServerUnderTest): Promise<void> {
  const { ask, post } = server;
  const priced = await post('/v1/charging/price-enquiries', { ...voice, requested: { seconds: 60 } });
  assert.equal(priced.status, 200, JSON.stringify(priced.body));
  assert.equal(priced.body.result, 'granted');
  assert.equal((await post('/v1/charging/authorisations', { ...voice, requested: { seconds: 60 } })).body.result, 'granted');
  const reserve = { reference: 'call-1', ...voice, requested: { seconds: 120 } };
  const first = await post(sessions, reserve);
  assert.deepEqual(
    [first.status, first.body.items[0].granted, first.headers.location],
    [201, { seconds: 120 }, '/v1/charging/sessions/call-1'],
  );
  assert.deepEqual((await post(sessions, reserve)).body, first.body);
  const other = await post(sessions, { ...reserve, requested: { seconds: 121 } });
  assert.deepEqual([other.status, other.body.code], [422, 'api.idempotency-key-reused']);
  const update = { number: 1, used: { seconds: 120 }, requested: { seconds: 60 } };
  const updated = await post(`${sessions}/call-1/updates`, update);
  assert.deepEqual([updated.status, updated.body.items[0].granted], [200, { seconds: 60 }]);
  assert.deepEqual((await post(`${sessions}/call-1/updates`, update)).body, updated.body);
  const running = await ask('/v1/charging/accounts/anna/sessions');
  assert.deepEqual(
    running.body.items.map(({ session, service }: { session: string; service: string }) => [session, service]),
    [['http:test%20client/s/call-1', 'voice']],
  );
  assert.equal((await post(sessions, reserve)).body.code, 'charging.out-of-order');
  const committed = await post(`${sessions}/call-1/commit`, { used: { seconds: 30 } });
  assert.equal(committed.status, 200, JSON.stringify(committed.body));
  assert.deepEqual((await post(`${sessions}/call-1/commit`, { used: { seconds: 30 } })).body, committed.body);
  assert.equal((await post(`${sessions}/call-1/commit`, { used: { seconds: 31 } })).body.code, 'api.idempotency-key-reused');
  assert.equal((await post(sessions, reserve)).body.code, 'charging.out-of-order');
  assert.equal((await post(`${sessions}/none/commit`, {})).body.code, 'charging.session-unknown');
  const trace = await ask(`${sessions}/${encodeURIComponent('http:test%20client/s/call-1')}/trace`);
  assert.deepEqual([trace.status, trace.body.account, trace.body.records.length], [200, 'anna', 1], JSON.stringify(trace.body));
  assert.deepEqual((await ask(`${sessions}/call-1/trace`)).body, trace.body, 'by the reference of the client');
  const unknown = await ask(`${sessions}/none/trace`);
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'charging.session-unknown']);
  const released = [await post(sessions, { ...reserve, reference: 'call-2' }), await ask(`${sessions}/call-2/release`, { method: 'POST' })];
  assert.deepEqual(
    released.map(({ status }) => status),
    [201, 200],
  );
  const before = await mainOf(server);
  const sent = await post('/v1/charging/debits', sms, 'sms-1');
  assert.deepEqual([sent.status, sent.body.result], [201, 'granted']);
  const after = await mainOf(server);
  assert.notEqual(after, before);
  assert.deepEqual((await post('/v1/charging/debits', sms, 'sms-1')).body, sent.body);
  assert.equal((await post('/v1/charging/debits', { ...sms, facts: { called: '491' } }, 'sms-1')).body.code, 'api.idempotency-key-reused');
  assert.equal((await post('/v1/charging/debits', sms)).body.code, 'api.idempotency-key-missing');
  assert.equal(await mainOf(server), after);
  const [{ debit }] = sent.body.items;
  const back = await post('/v1/charging/refunds', { ...sms, of: debit }, 'back-1');
  assert.equal(back.body.result, 'granted', JSON.stringify(back.body));
  assert.equal(await mainOf(server), before);
  const again = await post('/v1/charging/refunds', { ...sms, of: debit }, 'back-2');
  assert.ok(again.status >= 400, 'a debit is given back once');
  assert.equal((await post('/v1/charging/refunds', { ...sms, of: 'nothing of ours' }, 'back-3')).status, again.status);
  assert.equal(await mainOf(server), before);
  await post('/v1/charging/debits', sms, 'sms-2');
  assert.equal((await post('/v1/charging/refunds', sms, 'back-4')).body.result, 'granted');
  assert.equal(await mainOf(server), before);
  assert.equal((await ask(`/v1/charging/balances?subscriber=${encodeURIComponent(anna)}`)).body.account, 'anna');
  assert.deepEqual((await post('/v1/charging/debits', { ...sms, subscriber: 'msisdn:1' }, 'x')).body.code, 'engine.account-unknown');
  const poor = await post('/v1/charging/debits', { ...voice, requested: { seconds: 999_999_999 } }, 'much');
  assert.deepEqual([poor.status, poor.body.code], [402, 'charging.credit-exhausted'], JSON.stringify(poor.body));
  const stopped = { session: 's', number: 0, items: [{ result: 'credit-limit-reached', detail: 'control data stops it' }] } as const;
  await refusedWith(
    'charging.limit-reached',
    Promise.try(() => accepted({ ...stopped, result: 'credit-limit-reached' })),
  );
  assert.equal((await post('/v1/charging/debits', { ...sms, requested: { seconds: 1 } }, 'unit')).body.code, 'charging.units-not-fitting');
  assert.equal((await post(sessions, { ...reserve, reference: 'x', items: [{}] })).body.code, 'api.field-wrong');
}

async function history({ ask }: ServerUnderTest): Promise<void> {
  const seen: string[] = [];
  for (let path = '/v1/charging/accounts/anna/history?limit=3'; path !== ''; ) {
    const { body } = await ask(path);
    seen.push(...body.items.map(({ entry }: { entry: string }) => entry));
    path = body.next === null ? '' : `/v1/charging/accounts/anna/history?limit=3&cursor=${body.next}`;
  }
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => Number(b) - Number(a)),
  );
  assert.ok(seen.length > 6 && new Set(seen).size === seen.length, String(seen.length));
}

interface Heard {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads a stream until it has so many events; says when it has begun, which is its first one. */
async function listen(
  port: number,
  apiKey: string,
  most: number,
  { lastEventId, onBegun }: { readonly lastEventId?: string | undefined; readonly onBegun?: () => void } = {},
): Promise<readonly Heard[]> {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${apiKey}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  const { body } = await fetch(`http://127.0.0.1:${port}/v1/charging/accounts/anna/events`, { headers, signal: stop.signal });
  assert.ok(body !== null);
  let text = '';
  const heard: Heard[] = [];
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      if (fields.event !== undefined) heard.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data ?? '{}') });
    }
    if (heard.length > 0) onBegun?.();
    if (heard.length >= most) break;
  }
  stop.abort();
  return heard;
}

/** A stream that is heard; what it will have heard. */
async function begin(port: number, apiKey: string, most: number): Promise<{ readonly heard: Promise<readonly Heard[]> }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const heard = listen(port, apiKey, most, { onBegun: resolve });
  await Promise.race([promise, heard]);
  return { heard };
}

async function streams(server: ServerUnderTest, database: TestDatabase): Promise<void> {
  const { api, apiKey, post } = server;
  const port = await api.listen('127.0.0.1', 0);
  const { heard: first } = await begin(port, apiKey, 3);
  await post('/v1/charging/debits', sms, 'stream-1');
  await post('/v1/charging/debits', sms, 'stream-2');
  const [begun, one, two] = await first;
  assert.ok(begun !== undefined && one !== undefined && two !== undefined);
  assert.deepEqual(
    [begun.event, begun.data.account, one.event, one.data.cause, two.event],
    ['account', 'anna', 'balance', 'use', 'balance'],
  );
  assert.equal(one.data.after, two.data.before);
  const { heard: filled } = await begin(port, apiKey, 2);
  await post('/v1/charging/accounts/anna/top-ups', { money: { amount: '0.50', currency: 'EUR' } }, 'stream-fill');
  const toppedUp = (await filled).find(({ event }) => event === 'topped-up');
  assert.deepEqual(toppedUp?.data.money, { amount: '0.50', currency: 'EUR' });
  assert.match(JSON.stringify(toppedUp?.data.left), /^\{"amount":"\d+\.\d\d+","currency":"EUR"\}$/);
  // Behind what was seen, also what came while nobody listened.
  await post('/v1/charging/debits', sms, 'stream-3');
  const resumed = await listen(port, apiKey, 2, { lastEventId: one.id });
  assert.deepEqual([resumed[0]?.id, resumed[1]?.event, resumed[1]?.data.before], [two.id, 'balance', two.data.after]);
  // Of a process that does not have the account nothing is heard: the journal is asked.
  const { heard: elsewhere } = await begin(port, apiKey, 2);
  await database.pool.query(
    `with a as (update charging_account set last_entry = last_entry + 1 where account_id = 'anna' returning last_entry)
     insert into charging_journal select last_entry, last_entry - 1, 0, 1, 2, 0, 1, 'anna', 'main', 'money', 'top-up', 'elsewhere' from a`,
  );
  assert.equal((await elsewhere)[1]?.data.of, 'elsewhere');
  // Many that watch cost one question.
  const many = Array.from({ length: 300 }, () => listen(port, apiKey, 1));
  assert.ok((await Promise.all(many)).every(([heard]) => heard?.event === 'account'));
}

/** Numbers of subscribers are whole for who has `personal:read`, whose look is told; others have them without their last digits, in streams as well. */
async function masked({ ask, post, api }: ServerUnderTest, database: TestDatabase): Promise<void> {
  const person = (role: 'support' | 'product-manager') => ({
    id: role,
    name: role,
    email: `${role}@halyard.example`,
    role,
    party: undefined,
  });
  const noted = { money: { amount: '0.01', currency: 'EUR' }, note: 'asked by 491709876543' };
  await post('/v1/charging/accounts/anna/adjustments', noted, 'noted');
  const trace = `${sessions}/${encodeURIComponent('http:test%20client/s/call-1')}/trace`;
  const shownTo = async (role: 'support' | 'product-manager'): Promise<string> => {
    const paths = ['/v1/charging/accounts/anna', '/v1/charging/accounts/anna/history?limit=1', trace];
    const answers = await Promise.all(paths.map((path) => ask(path, { person: person(role) })));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    return JSON.stringify(answers.map(({ body }) => body));
  };
  const [whole, short] = [await shownTo('support'), await shownTo('product-manager')];
  for (const number of ['491701234567', '491709876543', '4930123456']) {
    const hidden = `${number.slice(0, -4)}****`;
    assert.deepEqual([whole.includes(number), whole.includes(hidden)], [true, false], number);
    assert.deepEqual([short.includes(number), short.includes(hidden)], [false, true], number);
  }
  // What changes an account shows it, too: to who sends one change, and to who sends many.
  const adjust = (key: string, more: object) =>
    ask('/v1/charging/accounts/anna/adjustments', { method: 'POST', person: person('support'), key, body: noted, ...more });
  assert.match(JSON.stringify((await adjust('seen', {})).body), /491701234567/);
  const lines = await adjust('seen-many', { body: JSON.stringify(noted), headers: { 'content-type': 'application/x-ndjson' } });
  assert.match(JSON.stringify(lines.body), /491701234567/);
  const { rows } = await database.pool.query<{ operation: string; asked: string }>(
    `select operation, count(*)::int as times, coalesce(string_agg(c.asked, ''), '') as asked from audit_entry join audit_content c using (sequence)
      where stage = 'seen' and actor = 'support' group by 1 order by 1`,
  );
  assert.deepEqual(
    rows.map(({ operation }) => operation),
    ['adjustBalance', 'getChargingAccount', 'listJournalEntries', 'traceChargingSession'],
  );
  assert.deepEqual([Reflect.get(rows[0] ?? {}, 'times'), rows[0]?.asked.includes('491709876543')], [2, false]);
  const words = { name: 'monitor', permissions: ['charging:read'], createdBy: 'test', expiresMicros: undefined, party: undefined } as const;
  const { key } = await makeApiKey(database, { ...words, permissions: [...words.permissions] });
  const [begun] = await listen(await api.listen('127.0.0.1', 0), key, 1);
  assert.deepEqual(begun?.data.identities, ['msisdn:49170123****']);
}

async function managed(server: ServerUnderTest): Promise<void> {
  const { ask, post } = server;
  const at = '/v1/charging/accounts/anna';
  let count = 0;
  const change = async (method: string, path: string, body?: unknown) => {
    count += 1;
    return ask(`${at}/${path}`, { method, key: `manage-${count}`, ...(body === undefined ? {} : { body }) });
  };
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await change(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await done('POST', 'top-ups', { money: { amount: '30.00', currency: 'EUR' } });
  const second = 'imsi:262011234567890';
  assert.deepEqual((await done('POST', 'identities', { identity: second })).identities, [anna, second]);
  assert.equal((await ask(`/v1/charging/accounts/${encodeURIComponent(second)}`)).body.account, 'anna');
  assert.deepEqual((await done('DELETE', `identities/${encodeURIComponent(second)}`)).identities, [anna]);
  await post('/v1/charging/accounts', { account: 'miller', plan: 'mira-family' }, 'open-miller');
  const joined = await done('POST', 'pools', { pool: 'miller', caps: [{ allowance: 'family-data', most: '5 GB' }] });
  assert.deepEqual(joined.pools, [{ pool: 'miller', caps: { 'family-data': '5000000000' } }]);
  assert.deepEqual((await done('DELETE', 'pools/miller')).pools, []);
  const bought = await done('POST', 'add-ons', { addOn: 'night-surf' });
  assert.ok(bought.balances.some(({ definition }: { definition: string }) => definition === 'night'));
  await done('DELETE', 'add-ons/night-surf');
  assert.deepEqual((await change('DELETE', 'add-ons/night-surf')).body.code, 'charging.add-on-unknown');
  const given = await done('POST', 'allowances', { allowance: 'points' });
  const points = given.balances.find(({ definition }: { definition: string }) => definition === 'points');
  const before = await mainOf(server);
  await done('POST', 'conversions', { bucket: Number(points.bucket), amount: '100 events', to: 'main' });
  assert.equal(Number(await mainOf(server)) - Number(before), 1);
  await done('PUT', 'controls/spending', { limit: '0.50' });
  const controls = (await ask(`${at}/controls`)).body.items as readonly Record<string, unknown>[];
  const spending = controls.find(({ control }) => control === 'spending');
  assert.deepEqual([spending?.unit, spending?.limit, spending?.ownLimit, spending?.planLimit], ['money', '0.50', '0.50', undefined]);
  assert.match(String(controls.find(({ control }) => control === 'roaming-data')?.planLimit), /^59\.50$/);
  const roaming = await done('PUT', 'controls/roaming-data', { agreedUntil: 'period' });
  assert.equal(roaming.account, 'anna');
  const agreed = ((await ask(`${at}/controls`)).body.items as readonly Record<string, unknown>[]).find(
    ({ control }) => control === 'roaming-data',
  );
  assert.match(String(agreed?.agreedUntil), /^\d{4}-/);
  assert.equal(agreed?.limit, undefined);
  await done('PUT', 'controls/spending', { limit: 'plan' });
  const counters = (await ask(at)).body.counters as readonly Record<string, unknown>[];
  for (const { counter, unit, value } of counters)
    if (String(counter) === 'control:spending') assert.deepEqual([unit, /^\d+\.\d\d/.test(String(value))], ['money', true]);
  await post(sessions, { reference: 'to-close', ...voice, requested: { seconds: 60 } });
  const running = (await ask(`${at}/sessions`)).body.items.find(({ session }: { session: string }) => session.includes('to-close'));
  await done('DELETE', `sessions/${encodeURIComponent(running.session)}`);
  const wrong: readonly (readonly [string, string, unknown, number, string])[] = [
    ['POST', 'identities', { identity: 'msisdn:' }, 400, 'api.field-wrong'],
    ['POST', 'pools', { pool: 'anna' }, 422, 'charging.pool-of-itself'],
    ['POST', 'pools', { pool: 'miller', caps: [{ allowance: 'family-data', most: '5 apples' }] }, 400, 'api.field-wrong'],
    ['POST', 'add-ons', { addOn: 'none' }, 404, 'charging.add-on-unknown'],
    ['POST', 'allowances', { allowance: 'none' }, 404, 'charging.allowance-unknown'],
    ['POST', 'conversions', { bucket: 99, amount: '1 event', to: 'main' }, 404, 'charging.bucket-unknown'],
    ['PUT', 'controls/none', { limit: '1.00' }, 404, 'charging.control-unknown'],
    ['PUT', 'controls/spending', { limit: '1 GB' }, 422, 'charging.amount-wrong'],
    ['PUT', 'controls/spending', {}, 400, 'api.field-wrong'],
    ['DELETE', 'sessions/none', undefined, 404, 'charging.session-unknown'],
  ];
  for (const [method, path, body, status, code] of wrong) {
    const refused = await change(method, path, body);
    assert.deepEqual([refused.status, refused.body.code], [status, code], `${method} ${path}`);
  }
}

test('accounts, sessions, debits and streams over HTTP, each done once, also across a restart', () =>
  withTestDatabase(async (database) => {
    await applyExample(database);
    const server = await startServer(database);
    const steps: readonly string[] = [];
    try {
      await accounts(server);
      await use(server);
      await masked(server, database);
      await history(server);
      await managed(server);
    } finally {
      await server.close();
    }
    const second = await startServer(database);
    try {
      const before = await mainOf(second);
      const sent = await second.post('/v1/charging/debits', sms, 'sms-1');
      assert.deepEqual([sent.status, await mainOf(second)], [201, before]);
      const committed = await second.post(`${sessions}/call-1/commit`, { used: { seconds: 30 } });
      assert.deepEqual([committed.status, await mainOf(second)], [200, before]);
      await streams(second, database);
      assert.deepEqual([...second.faults, ...server.faults], steps);
    } finally {
      await second.close();
    }
  }));
