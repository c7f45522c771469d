/** What happens to accounts is told: by an SMSC, a gateway by HTTP, a mail server and a receiver of webhooks that others wrote. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { loadCatalog } from '#app/charging/catalog.ts';
import { applyCommand, nowMicros, openChargingAccount } from '#app/charging/desk.ts';
import { applyConfiguration } from '#app/configuration.ts';
import type { Installation } from '#app/installation.ts';
import { createLog } from '#app/log.ts';
import {
  addEndpoint,
  notificationShown,
  notificationsShown,
  replayWebhooks,
  retryMessages,
  retryWebhooks,
  setContact,
  stopWebhooks,
  testWebhook,
  webhookMessageShown,
  webhookMessagesShown,
} from '#app/notifications/overview.ts';
import { runTelling } from '#app/notifications/tell.ts';
import { loadSettings, type Settings } from '#app/settings.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { withMailServer } from '../delivery/mail-server.ts';
import { refusedWith } from '../support/cluster.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';
import { openSmsc, type Smsc } from '../support/smsc.ts';

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folder = fileURLToPath(new URL('../../examples/prepaid-mobile/', import.meta.url));
const UNIT = 1_000_000_000n;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let database: TestDatabase;
let engine: ChargingEngine;
/** By how much the engine's clock is behind. */
let behindMicros = 0;
let smsc: Smsc;
let finish: () => void;
let finished: Promise<void>;

before(async () => {
  process.env.TELLING_SMPP = 'secret';
  process.env.TELLING_HOOK = SECRET;
  smsc = await openSmsc((session, _, id) => session.deliver_sm({ esm_class: 4, short_message: `id:${id} stat:DELIVRD err:000` }));
  const ready = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  finish = over.resolve;
  finished = withTestDatabase(async (opened) => {
    database = opened;
    await applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
    const { catalog } = await loadCatalog(database);
    engine = new ChargingEngine({
      store: openChargingStore(database),
      rules: chargingRules(catalog),
      name: 'test',
      clock: () => nowMicros() - behindMicros,
    });
    await engine.start();
    ready.resolve();
    await over.promise;
    await engine.stop();
  });
  await Promise.race([ready.promise, finished]);
});

after(async () => {
  finish();
  await finished;
  await smsc.close();
});

async function settingsWith(environment: Record<string, string>): Promise<Settings> {
  const usual = {
    CARILLON_SMS_GATEWAY: `smpp://carillon@127.0.0.1:${smsc.port}`,
    ...{ CARILLON_SMS_PASSWORD: 'env:TELLING_SMPP', CARILLON_SMS_SENDER: 'Mira', CARILLON_SMS_PER_SECOND: '1000' },
    ...{ CARILLON_NOTIFY_QUIET_HOURS: '', CARILLON_WEBHOOKS_ALLOW: '127.0.0.0/8', CARILLON_LOG_LEVEL: 'silent' },
  };
  return (await loadSettings({}, { environment: { ...usual, ...environment }, folder: '/' })).settings;
}

async function tell(environment: Record<string, string> = {}): Promise<void> {
  const settings = await settingsWith(environment);
  const installation = { database, settings, log: createLog(settings.log) } as unknown as Installation; // what telling needs of one
  await runTelling(installation, { watch: false, stop: new AbortController().signal });
}

async function opened(account: string, nanos = 20n * UNIT): Promise<void> {
  await openChargingAccount(database, { account, plan: 'mira', identities: [{ kind: 'msisdn', value: account }] });
  await applyCommand(database, account, { kind: 'top-up', nanos, currency: 'EUR' });
}

const told = async (account: string) =>
  (await notificationsShown(database, { account, limit: 50 })).map(({ notice, state, body }) => `${notice} ${state}: ${body}`).reverse();

async function roams(account: string, megabytes: bigint): Promise<string> {
  const request: ChargingRequest = {
    ...{ session: `roam-${randomUUID()}`, number: 0, operation: 'event-debit', service: 'data', eventMicros: nowMicros() },
    identities: [{ kind: 'msisdn', value: account }],
    facts: { roaming: true, visitedNetwork: '31026' },
    items: [{ requested: { bytes: megabytes * 1_000_000n }, used: [] }],
  };
  return (await engine.handle(request)).items[0]?.result ?? '';
}

test('a customer is told once, in its language, of what came in, where it is, and what it has used; and the network says that it was delivered', async () => {
  await opened('491701', 200n * UNIT);
  await setContact(database, '491701', { language: 'de' }, 'en', 'test');
  assert.equal(await roams('491701', 50n), 'granted');
  assert.equal(await roams('491701', 10n), 'granted');
  assert.equal(await roams('491701', 10n), 'credit-limit-reached');
  assert.equal(await roams('491701', 10n), 'credit-limit-reached');
  for (let time = 0; time < 2; time += 1) await tell();
  // Receipts come when the network sends them.
  for (let tries = 0; tries < 600 && (await told('491701')).some((message) => / sent:/.test(message)); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const messages = await told('491701');
  assert.deepEqual(
    messages.map((message) => message.replace(/bis .*:/, 'bis …:')),
    [
      'topped-up delivered: Mira: 200,00 € aufgeladen, dein Guthaben ist 192,01 €.',
      'welcome-abroad delivered: Mira: willkommen in Vereinigte Staaten. Anrufe 0,69 je Minute, Daten 0,99 je MB. Bei 59,50 im Monat enden Daten, außer du stimmst zu: mira.example/roaming. Notruf: 112.',
      'roaming-80 delivered: Mira: du hast 49,50 € von 59,50 € für Daten im Ausland verbraucht.',
      'roaming-stopped delivered: Mira: Daten im Ausland sind gesperrt, 59,50 € sind verbraucht. Weiter bis …: mira.example/roaming',
    ],
  );
  assert.equal(smsc.submitted.length, 5, 'four messages, one of them in two parts');
  assert.deepEqual([smsc.submitted[0]?.destination_addr, smsc.submitted[0]?.source_addr], ['491701', 'Mira']);
});

test('what ends is told as long before as the plan says, with what is left and until when, by the sweep of the engine', async () => {
  behindMicros = 7_200_000_000;
  await opened('491709');
  const validToMicros = nowMicros() + 3 * 86_400_000_000 - 1_000_000;
  await applyCommand(database, '491709', { kind: 'top-up', nanos: 5n * UNIT, currency: 'EUR', validToMicros });
  behindMicros = 0; // two hours pass, and the instant is over
  const isEnding = (message: string): boolean => message.startsWith('money-ending');
  for (let tries = 0; tries < 1_200 && !(await told('491709')).some(isEnding); tries += 1) {
    await tell();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const messages = (await told('491709'))
    .filter(isEnding)
    .map((message) => message.replace(/ (sent|delivered):/, ':').replace(/until .*\. T/, 'until …. T'));
  assert.deepEqual(messages, ['money-ending: Mira: €5.00 of your credit are valid until …. Top up: mira.example/top-up']);
});

test('who does not want to be disturbed, was told enough or sleeps gets only what is urgent; a person can send it all the same', async () => {
  await opened('491702', 100n * UNIT);
  await setContact(database, '491702', { doNotDisturb: true }, 'en', 'test');
  await opened('491703', 30n * UNIT);
  await setContact(database, '491703', { quiet: { from: 0, to: 1439 } }, 'en', 'test');
  for (const nanos of [UNIT, UNIT])
    await applyCommand(database, '491704', { kind: 'top-up', nanos, currency: 'EUR' }).catch(() => opened('491704'));
  assert.equal(await roams('491702', 50n), 'granted');
  await tell({ CARILLON_NOTIFY_MOST_PER_DAY: '1' });
  assert.deepEqual(
    (await told('491702')).map((message) => message.replace(/:.*/, '').replace('delivered', 'sent')),
    ['topped-up suppressed', 'welcome-abroad sent', 'roaming-80 sent'],
  );
  const [sleeping] = await notificationsShown(database, { account: '491703', limit: 1 });
  assert.equal(sleeping?.state, 'waiting');
  assert.match(new Date((sleeping?.nextMicros ?? 0) / 1000).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' }), /^(23:59|00:00)/);
  const many = await notificationsShown(database, { account: '491704', limit: 9 });
  assert.deepEqual(many.map(({ reason }) => reason).reverse(), [undefined, 'the customer was told enough today'].slice(0, many.length));
  const [suppressed] = await notificationsShown(database, { account: '491702', state: 'suppressed', limit: 1 });
  assert.equal(await retryMessages(database, [suppressed?.notificationId ?? 0n, sleeping?.notificationId ?? 0n]), 2);
  await tell();
  assert.match((await told('491703')).join(), /topped-up (sent|delivered): Mira: €30\.00 came in, your credit is €22\.01\./);
  await refusedWith('notify.unknown', retryMessages(database, [999_999n]));
  await refusedWith('notify.contact-wrong', setContact(database, '491702', { number: '0170' }, 'en', 'test'));
});

test('without a gateway messages wait and nothing counts as tried; who has one sends them at once', async () => {
  await opened('491705');
  const missing: string[] = [];
  const settings = await settingsWith({ CARILLON_SMS_GATEWAY: '' });
  const installation = { database, settings, log: createLog(settings.log) } as unknown as Installation; // what telling needs of one
  const waiting = (way: string, count: number, setting: string): void => void missing.push(`${count > 0} ${way} ${setting}`);
  for (let time = 0; time < 2; time += 1)
    await runTelling(installation, {
      watch: false,
      stop: new AbortController().signal,
      screen: { sent: () => assert.fail('nothing can be sent'), told: () => undefined, waiting },
    });
  const [message] = await notificationsShown(database, { account: '491705', limit: 1 });
  assert.equal(message?.state, 'waiting');
  assert.deepEqual((await notificationShown(database, message?.notificationId ?? 0n)).attempts, []);
  assert.ok(missing.includes('true sms sms.gateway'), missing.join());
  await tell();
  assert.match((await told('491705')).join(), /topped-up (sent|delivered)/);
});

test('a gateway by HTTP is asked as the settings describe it, and its answer decides', async () => {
  const asked: { readonly url: string; readonly body: string; readonly authorization: string | undefined }[] = [];
  const answers: [number, string][] = [
    [200, '{"status":"queued","id":"g1"}'],
    [200, '{"status":"rejected"}'],
    [500, 'down'],
  ];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ url: request.url ?? '', body: Buffer.concat(chunks).toString(), authorization: request.headers.authorization });
      const [status, text] = answers.shift() ?? [500, ''];
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const gateway = {
    CARILLON_SMS_GATEWAY: `http://127.0.0.1:${port}/send?to={to}`,
    CARILLON_SMS_BODY: '{"from":"{from}","text":"{text}","ref":"{id}"}',
    CARILLON_SMS_AUTHORIZATION: 'env:TELLING_SMPP',
    ...{ CARILLON_SMS_SUCCESS: '"status":"queued"', CARILLON_SMS_REFERENCE: '"id":"(\\w+)"' },
  };
  try {
    for (const [account, language] of [
      ['491711', 'fr'],
      ['491712', 'en'],
      ['491713', 'en'],
    ] as const) {
      await openChargingAccount(database, { account, plan: 'mira', identities: [{ kind: 'msisdn', value: account }] });
      await setContact(database, account, { language, number: '33612345678' }, 'en', 'test');
      await applyCommand(database, account, { kind: 'top-up', nanos: 20n * UNIT, currency: 'EUR' });
      await tell(gateway);
    }
    assert.equal(asked[0]?.url, '/send?to=33612345678');
    assert.equal(asked[0]?.authorization, 'secret');
    const said = JSON.parse(asked[0]?.body ?? '') as Record<string, string>; // as the settings describe it
    assert.equal(said.text, 'Mira : 20,00 € crédités, votre crédit est de 12,01 €.');
    const states = await Promise.all(
      ['491711', '491712', '491713'].map(async (account) => (await notificationsShown(database, { account, limit: 1 }))[0]),
    );
    assert.deepEqual(
      states.map((message) => message?.state),
      ['sent', 'failed', 'waiting'],
    );
    assert.equal(states[1]?.reason, '200 {"status":"rejected"}');
    const { attempts, parts } = await notificationShown(database, states[0]?.notificationId ?? 0n);
    assert.deepEqual([attempts.length, parts[0]?.reference], [1, 'http:g1']);
  } finally {
    server.close();
  }
});

test('each event becomes one message, whatever is killed: who tops up, who makes messages, who sends them', async () => {
  await opened('491741');
  const run = async (args: readonly string[], killMs: number): Promise<void> => {
    const child = spawn(process.execPath, [program, ...args], {
      env: {
        ...{
          ...process.env,
          DATABASE_URL: database.url,
          CARILLON_LOG_LEVEL: 'silent',
          CARILLON_NOTIFY_QUIET_HOURS: '',
          CARILLON_SMS_SENDER: 'Mira',
        },
        ...{ CARILLON_SMS_GATEWAY: `smpp://carillon@127.0.0.1:${smsc.port}`, CARILLON_SMS_PASSWORD: 'env:TELLING_SMPP' },
      },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), killMs);
    await once(child, 'exit');
    clearTimeout(timer);
  };
  await Promise.all(
    [500, 700, 800, 900].map((killMs, index) => run(['charge', 'top-up', '491741', '1.00', '--key', `kill-${index}`], killMs)),
  );
  await Promise.all([600, 800, 1_000].map((killMs) => run(['notifications', 'run'], killMs)));
  // What a killed process was sending counts as lost after its lease.
  await database.pool.query(`update notification set next_at = clock_timestamp() where state = 'sending'`);
  await new Promise((resolve) => setTimeout(resolve, 100)); // what was left for the engine is done by now
  await tell();
  const count = async (text: string): Promise<number> => Number((await database.pool.query<{ n: bigint }>(text)).rows[0]?.n);
  const topUps = await count(`select count(*) as n from charging_journal where account_id = '491741' and cause = 'top-up'`);
  assert.equal(await count(`select count(*) as n from charging_notice where account_id = '491741' and kind = 'topped-up'`), topUps);
  assert.equal(
    await count(`select count(*) as n from notification where account_id = '491741' and state in ('sent', 'delivered')`),
    topUps,
  );
});

test('a mail goes beside the SMS where the account has an address', () =>
  withMailServer(async (server) => {
    await openChargingAccount(database, { account: '491721', plan: 'mira', identities: [{ kind: 'msisdn', value: '491721' }] });
    await setContact(database, '491721', { language: 'ar', email: 'anna@example.net', ways: ['email'] }, 'en', 'test');
    await applyCommand(database, '491721', { kind: 'top-up', nanos: 20n * UNIT, currency: 'EUR' });
    const data = (await loadCatalog(database)).catalog.allowances.get('data-3gb-home');
    assert.ok(data !== undefined);
    const use = (bytes: bigint): ChargingRequest => ({
      ...{ session: `mail-${bytes}`, number: 0, operation: 'event-debit', service: 'data', eventMicros: nowMicros() },
      ...{ identities: [{ kind: 'msisdn', value: '491721' }], facts: { roaming: false }, items: [{ requested: { bytes }, used: [] }] },
    });
    assert.equal((await engine.handle(use(2_500_000_000n))).items[0]?.result, 'granted');
    await tell({
      CARILLON_MAIL_SERVER: `smtp://127.0.0.1:${server.port}`,
      CARILLON_MAIL_TLS: 'off',
      CARILLON_NOTIFY_FROM: 'Mira <info@mira.example>',
    });
    assert.equal(server.mails.length, 1, 'a top-up goes by SMS only');
    const [mail] = server.mails;
    assert.deepEqual([mail?.from, mail?.to], ['info@mira.example', ['anna@example.net']]);
    assert.match(mail?.text ?? '', /Message-ID: <notification-\d+@mira\.example>/);
    const [message] = await notificationsShown(database, { account: '491721', limit: 1 });
    assert.match(message?.body ?? '', /^ميرا: بقي 500 .* من 3 /);
  }));

test('systems of others get each event signed, in the order of its account, again until they take it, and once more when asked', async () => {
  const got: { readonly id: string; readonly type: string; readonly subject: string; readonly data: Record<string, unknown> }[] = [];
  let failures = 1;
  const hook = new Webhook(SECRET);
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      failures -= 1;
      if (failures >= 0) {
        response.writeHead(503).end('later');
        return;
      }
      const body = hook.verify(Buffer.concat(chunks).toString(), request.headers as Record<string, string>) as (typeof got)[number]; // verified by the library of the standard
      got.push({ ...body, id: String(request.headers['webhook-id']) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = `http://127.0.0.1:${port}/hook`;
  const where = { database, settings: await settingsWith({}) };
  try {
    await refusedWith('webhook.wrong', addEndpoint(where, { id: 'crm', url: 'ftp://x', secret: 'env:TELLING_HOOK', types: ['*'] }, 'test'));
    await refusedWith('webhook.wrong', addEndpoint(where, { id: 'crm', url, secret: 'plain', types: ['*'] }, 'test'));
    for (const types of [['charging.toped-up'], ['chargin.*'], ['charging.topped-up', 'webhook']])
      await refusedWith('webhook.wrong', addEndpoint(where, { id: 'crm', url, secret: 'env:TELLING_HOOK', types }, 'test'));
    // Nothing is allowed: what sending would refuse is not taken.
    const strict = { database, settings: await settingsWith({ CARILLON_WEBHOOKS_ALLOW: '' }) };
    for (const each of [url, 'https://10.1.2.3/hook', 'https://[::1]/hook', 'http://crm.example.net/hook'])
      await refusedWith('webhook.wrong', addEndpoint(strict, { id: 'crm', url: each, secret: 'env:TELLING_HOOK', types: ['*'] }, 'test'));
    await addEndpoint(where, { id: 'crm', url, secret: 'env:TELLING_HOOK', types: ['charging.topped-up', 'webhook.*'] }, 'test');
    await opened('491731');
    await applyCommand(database, '491731', { kind: 'top-up', nanos: UNIT, currency: 'EUR' });
    await tell();
    const waiting = await webhookMessagesShown(database, { limit: 9 });
    assert.deepEqual(
      waiting.map(({ state, status }) => [state, status]),
      [
        ['waiting', undefined],
        ['waiting', 503],
      ],
      'the second waits behind the first',
    );
    assert.equal(got.length, 0);
    await database.pool.query(`update webhook_message set next_at = clock_timestamp() - interval '1 second'`);
    await tell();
    assert.deepEqual(
      got.map(({ type, subject, data }) => [type, subject, data.received]),
      [
        ['charging.topped-up', '491731', { amount: '20.00', currency: 'EUR' }],
        ['charging.topped-up', '491731', { amount: '1.00', currency: 'EUR' }],
      ],
    );
    const before = got.length;
    await tell();
    assert.equal(got.length, before, 'each once');
    assert.equal(await replayWebhooks(database, 'crm', 0, nowMicros() + 1_000_000), 2);
    const tested = await testWebhook(database, 'crm', 'test');
    await tell();
    assert.deepEqual(
      got
        .slice(2)
        .map(({ id, type }) => [id === got[0]?.id || id === got[1]?.id, type])
        .sort(),
      [
        [false, 'webhook.test'],
        [true, 'charging.topped-up'],
        [true, 'charging.topped-up'],
      ],
    );
    const { attempts, body } = await webhookMessageShown(database, tested);
    assert.deepEqual([attempts.length, attempts[0]?.status, (JSON.parse(body) as { type: string }).type], [1, 204, 'webhook.test']); // as it was sent
    // Without the network among those allowed nothing leaves.
    await testWebhook(database, 'crm', 'test');
    await tell({ CARILLON_WEBHOOKS_ALLOW: '' });
    const [refused] = await webhookMessagesShown(database, { limit: 1 });
    assert.equal(refused?.state, 'failed');
    assert.match(refused?.answer ?? '', /may not go to 127\.0\.0\.1/);
    await stopWebhooks(database, 'crm');
    // Nothing goes there any more, whoever asks and how; what failed waits until the address is put right.
    await refusedWith('webhook.stopped', testWebhook(database, 'crm', 'test'));
    await refusedWith('webhook.stopped', replayWebhooks(database, 'crm', 0, nowMicros() + 1_000_000));
    const failed = refused?.messageId ?? 0n;
    await refusedWith('webhook.stopped', retryWebhooks(database, [failed]));
    assert.equal((await webhookMessageShown(database, failed)).message.state, 'failed');
    await addEndpoint(where, { id: 'crm', url, secret: 'env:TELLING_HOOK', types: ['webhook.*'] }, 'test');
    assert.equal(await retryWebhooks(database, [failed]), 1);
    await refusedWith('webhook.unknown', testWebhook(database, 'none', 'test'));
    await refusedWith('webhook.unknown', replayWebhooks(database, 'none', 0, 1));
  } finally {
    server.close();
  }
});
