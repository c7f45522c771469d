/** Kafka with TLS and log-in, against a real broker that has an address for each way. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import { kafkaTopic, type TopicAccount } from '#gateways/kafka/topic.ts';
import { type Certificates, type KeyPair, keyStoreOf, makeCertificates, whyNoCertificates } from '../support/certificates.ts';
import { assertBooksAgree, line, operator, withHome } from '../usage/home.ts';
import { type Broker, type Listener, startBroker, whyNoBroker } from './kafka-broker.ts';
import { round } from './round.ts';

const [USER, PASSWORD] = ['billing', 'pa;ss word'];
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
const TOPIC = 'cdr';

let broker: Broker | undefined;
let missing: string | undefined;
let certificates: Certificates;
const folder = mkdtempSync(join(tmpdir(), 'carillon-kafka-secured-'));

before(async () => {
  missing = whyNoCertificates() ?? (await whyNoBroker());
  if (missing !== undefined) return;
  certificates = makeCertificates(join(folder, 'certificates'));
  broker = await startBroker(
    join(folder, 'broker'),
    [
      { name: 'TLS', protocol: 'SSL', properties: store('good', certificates.good) },
      { name: 'BYADDRESS', protocol: 'SSL', advertised: '127.0.0.1', properties: store('good', certificates.good) },
      { name: 'EXPIRED', protocol: 'SSL', properties: store('expired', certificates.expired) },
      { name: 'ELSEWHERE', protocol: 'SSL', properties: store('elsewhere', certificates.elsewhere) },
      { name: 'LOGIN', protocol: 'SASL_SSL', properties: { ...store('good', certificates.good), ...logins(MECHANISMS) } },
      { name: 'OPENLOGIN', protocol: 'SASL_PLAINTEXT', properties: logins(['SCRAM-SHA-256']) },
    ],
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map((mechanism) => `${mechanism}=[name=${USER},password=${PASSWORD}]`),
  );
  await broker.createTopic(TOPIC, 1);
});
after(async () => {
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function store(name: string, pair: KeyPair): Listener['properties'] {
  const path = join(folder, `${name}.store.pem`);
  writeFileSync(path, keyStoreOf(pair));
  return { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': path };
}

function logins(mechanisms: readonly (typeof MECHANISMS)[number][]): Listener['properties'] {
  const entries = mechanisms.map((mechanism) => {
    const login = mechanism === 'PLAIN' ? `plain.PlainLoginModule required user_${USER}="${PASSWORD}"` : 'scram.ScramLoginModule required';
    return [`${mechanism.toLowerCase()}.sasl.jaas.config`, `org.apache.kafka.common.security.${login};`];
  });
  return { 'sasl.enabled.mechanisms': mechanisms.join(','), ...Object.fromEntries(entries) };
}

/** A test with the broker; skipped, with the reason, where none can be had. */
function withBroker(name: string, work: (running: Broker) => Promise<void>): void {
  test(name, async (context: TestContext) => (broker === undefined ? context.skip(missing ?? 'no broker') : work(broker)));
}

/** What a collector is told when it looks at the topic: its partitions, or why not. */
async function told(address: string | undefined, account: Partial<TopicAccount>): Promise<string> {
  const topic = kafkaTopic(
    {
      brokers: [address ?? ''],
      topic: TOPIC,
      tls: true,
      authority: readFileSync(certificates.authority, 'utf8'),
      user: undefined,
      password: undefined,
      mechanism: 'PLAIN',
      group: 'carillon',
      ...account,
    },
    { connectMs: 3000, answerMs: 3000 },
  );
  try {
    const partitions = await topic.partitions();
    await topic.bounds(0); // asks the broker where it said that it is
    return partitions.join(',');
  } catch (error) {
    assert.ok(error instanceof RefusedError, String(error));
    assert.equal(error.refusals[0]?.code, 'collect.place-unreachable');
    return error.refusals[0].message;
  } finally {
    await topic.close();
  }
}

withBroker('messages come over TLS with each kind of log-in, and are in the books once', async (running) => {
  process.env.TEST_KAFKA = PASSWORD;
  for (const [index, mechanism] of MECHANISMS.entries()) {
    const collect = `    format: delimited\n    columns: [id, start, end, seconds, result, a, b, in, out]\n    collect: {from: kafka, brokers: ["${running.addresses.LOGIN}"], topic: ${TOPIC}, tls: true, authority: "file:${certificates.authority}", user: ${USER}, password: env:TEST_KAFKA, mechanism: ${mechanism}}\n`;
    const text = operator['operator.yaml'].replace('    format: delimited\n', () => collect).replace('    header: true\n', '');
    await withHome(
      async (home) => {
        await running.produce(TOPIC, 0, [line({ id: String(index) })]);
        assert.deepEqual(await round(home), { files: [`${TOPIC}/0/0-${index} loaded ${index + 1}`], alarms: [] }, mechanism);
        assert.deepEqual(await round(home), { files: [], alarms: [] });
        await assertBooksAgree(home);
      },
      { ...operator, 'operator.yaml': text },
    );
  }
});

withBroker('TLS without log-in, and log-in without TLS, are enough for a broker that asks for no more', async (running) => {
  const login = { user: USER, password: PASSWORD, mechanism: 'SCRAM-SHA-256' } as const;
  assert.equal(await told(running.addresses.TLS, {}), '0');
  assert.equal(await told(running.addresses.BYADDRESS?.replace('localhost', '127.0.0.1'), {}), '0');
  assert.equal(await told(running.addresses.OPENLOGIN, { ...login, tls: false, authority: undefined }), '0');
});

withBroker('a broker whose certificate cannot be trusted is left before anything is said to it', async ({ addresses }) => {
  const { TLS, EXPIRED, ELSEWHERE, BYADDRESS } = addresses;
  const [unknown, expired, elsewhere, byAddress] = await Promise.all([
    told(TLS, { authority: undefined }),
    told(EXPIRED, {}),
    told(ELSEWHERE, {}),
    told(BYADDRESS, {}),
  ]);
  assert.match(unknown, /unable to verify the first certificate: declare the certificates of who signed it as authority$/);
  assert.match(expired, /certificate has expired$/);
  assert.match(elsewhere, /does not match certificate's altnames.*elsewhere\.example\.net$/);
  assert.match(byAddress, /declare brokers by their addresses$/);
});

withBroker('an authority that is no certificate is refused before anybody is asked', async ({ addresses }) => {
  for (const path of [certificates.good.key, join(folder, 'certificates/own.cnf')])
    await assert.rejects(told(addresses.TLS, { authority: readFileSync(path, 'utf8') }), /collect\.key-unreadable/);
});

withBroker('a wrong password, an unknown user and a mechanism that the broker does not have are said', async ({ addresses }) => {
  const { LOGIN, OPENLOGIN } = addresses;
  const wrong = MECHANISMS.flatMap((mechanism) => [
    { user: USER, password: 'wrong-one', mechanism },
    { user: 'nobody', password: PASSWORD, mechanism },
  ]);
  for (const answer of await Promise.all(wrong.map((account) => told(LOGIN, account)))) {
    assert.match(answer, /does not know this user with this password by this mechanism$/);
    assert.doesNotMatch(answer, /pa;ss|wrong-one/);
  }
  const absent = await told(OPENLOGIN, { tls: false, user: USER, password: PASSWORD, mechanism: 'PLAIN' });
  assert.match(absent, /the broker does not have the declared mechanism$/);
});

withBroker('TLS where there is none, none where there is, and no log-in where one is wanted are said', async ({ address, addresses }) => {
  const [none, missing, login] = await Promise.all([told(address, {}), told(addresses.TLS, { tls: false }), told(addresses.LOGIN, {})]);
  assert.match(none, /is there TLS at this port\? otherwise declare tls: false$/);
  assert.match(missing, /declare tls: true$/);
  assert.match(login, /does it want a log-in \(user, password\), or TLS\?$/);
});
