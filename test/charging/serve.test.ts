/** `carillon serve` as an operator runs it: Diameter and Nchf on the example's plan, a kill, a change of the plan, and an orderly end. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '#app/charging/catalog.ts';
import { checkServing } from '#app/charging/gateways.ts';
import { serve } from '#app/charging/serve.ts';
import { withInstallation } from '#app/installation.ts';
import { loadSettings } from '#app/settings.ts';
import { openAccount } from '#core/charging/change.ts';
import type { Identity } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { RefusedError, valueOrThrow } from '#core/refusals.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { chargingData, post, ROOT } from '../nchf/node-under-test.ts';
import { runCli } from '../support/cli.ts';
import { withServer } from '../support/made-database.ts';
import { portsInARow } from '../support/ports.ts';
import { untilItHasAll } from '../support/took-over.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const [diameter = 0, nchf = 0, metricsPort = 0, besideIt = 0, api = 0] = await portsInARow(5);
const ports = { diameter, nchf, metrics: metricsPort, beside: besideIt, api };
const environment = {
  CARILLON_DIAMETER_LISTEN: `127.0.0.1:${ports.diameter}`,
  CARILLON_DIAMETER_HOST: 'ocs1.example.net',
  CARILLON_DIAMETER_REALM: 'example.net',
  CARILLON_DIAMETER_PEERS: '*@127.0.0.0/8',
  CARILLON_NCHF_LISTEN: `127.0.0.1:${ports.nchf}`,
  CARILLON_NCHF_ROAMING_PROFILE: 'time=3600,QOS_CHANGE',
  CARILLON_NCHF_ROAMING_SOURCE: 'roaming',
  // Nobody listens there: charging goes on.
  CARILLON_NCHF_NRF: 'http://127.0.0.1:1',
  CARILLON_API_LISTEN: `127.0.0.1:${ports.api}`,
  CARILLON_CHARGING_HOME_NETWORKS: '26201',
  CARILLON_CHARGING_LEASE_MS: '500',
  CARILLON_CHARGING_METRICS_LISTEN: `127.0.0.1:${ports.metrics}`,
};

/** What a collector of OpenTelemetry was sent last. */
let collected = '';
const collector = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  collected = text;
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
before(() => new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve)));
after(() => collector.close());

interface Serving {
  readonly child: ChildProcess;
  readonly said: () => string;
}

async function start(folder: string, others: Record<string, string> = {}): Promise<Serving> {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && !name.startsWith('CARILLON_'));
  const { port } = collector.address() as AddressInfo; // it listens on a port
  const telemetry = { CARILLON_TELEMETRY_ENDPOINT: `http://127.0.0.1:${port}/v1/metrics`, CARILLON_TELEMETRY_EVERY_SECONDS: '1' };
  const child = spawn(process.execPath, [join(project, 'src/cli/main.ts'), 'serve'], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment, ...telemetry, ...others },
  });
  started.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => {
      said += text.toString();
    });
  const serving = { child, said: () => said };
  for (let tries = 0; !/Stop with Ctrl-C/.test(said); tries += 1) {
    if (tries > 600 || child.exitCode !== null) assert.fail(`it does not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return serving;
}

/** None is left behind, whatever fails. */
const started = new Set<ChildProcess>();
after(() => {
  for (const child of started) child.kill('SIGKILL');
});

const ended = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => void child.once('exit', (code, signal) => resolve(code ?? signal ?? '')));

async function open(folder: string, id: string, identity: Identity): Promise<void> {
  await withInstallation({ settings: { data: join(folder, '.carillon'), log: { level: 'error' } } }, async ({ database }) => {
    const { catalog } = await loadCatalog(database);
    const account = { id, currency: 'EUR', plan: 'mira', identities: [identity] };
    const now = Date.now() * 1_000;
    const [opened] = valueOrThrow(openAccount(catalog, account, now)).accounts;
    assert.ok(opened !== undefined);
    const topUp = { kind: 'top-up', key: 'first', nanos: 20_000_000_000n, currency: 'EUR' } as const;
    const { accounts } = valueOrThrow(chargingRules(catalog).change({ account: opened, pools: [] }, topUp, now));
    await database.transaction((client) => insertAccounts(client, accounts));
  });
}

test('peers and consumers are charged by the plan, through a kill, a change of it and to an orderly end', () =>
  withServer(async (folder) => {
    const plans = join(folder, 'prepaid');
    cpSync(join(project, 'examples/prepaid-mobile'), plans, { recursive: true });
    const page = join(plans, 'plans.yaml');
    const replace = (from: string, to: string) => writeFileSync(page, readFileSync(page, 'utf8').replace(from, to));
    replace('usualGrant: 5 min', 'usualGrant: 5 min, consumptionSeconds: 12');
    replace('usualGrant: 1 MB', 'usualGrant: 1 MB\n        pool: {groups: ["10", "20"]}');
    const terms = 'currency: EUR, zone: Europe/Berlin, validFrom: 2026-01-01, rounding: {decimals: 4}';
    const services = ['inbound', 'outbound'].map((way) => `{service: data, role: roaming-${way}, tariff: between-networks}`).join(', ');
    writeFileSync(
      join(plans, 'roaming.yaml'),
      `legalEntities: [{id: us, name: Mira GmbH, country: DE, currency: EUR, zone: Europe/Berlin}]
parties: [{id: hexagone, name: Hexagone SA, kind: roaming-partner, country: FR}]
accounts: [{id: hexagone, party: hexagone, legalEntity: us, currency: EUR}]
trunks: [{id: plmn-20801, account: hexagone, names: [roaming/20801]}]
tariffs:
  - {id: between-networks, name: Data between networks, service: data, currency: EUR, per: MB, rates: [{code: any, price: 0.002}]}
agreements: [{id: hexagone, name: Hexagone, account: hexagone, ${terms}, services: [${services}]}]
sources: [{id: roaming, format: roaming-qbc, zone: UTC}]
`,
    );
    const applied = await runCli(['apply', plans], { cwd: folder, hasServer: true });
    assert.equal(applied.status, 0, applied.stderr);
    const lost = { environment: { CARILLON_NCHF_LISTEN: '127.0.0.1:1', CARILLON_NCHF_ROAMING_SOURCE: 'gone' } };
    await withInstallation({ settings: { data: join(folder, '.carillon'), log: { level: 'error' } } }, async (installation) =>
      assert.rejects(
        serve({ ...installation, settings: (await loadSettings({}, { folder, ...lost })).settings }, AbortSignal.abort(), {
          started: () => assert.fail('it serves what it could not book'),
        }),
        ({ refusals: [refusal] }: RefusedError) => {
          assert.deepEqual([refusal?.code, refusal?.at], ['usage.source-unknown', { field: 'nchf.roamingSource', value: 'gone' }]);
          return /configured: roaming$/.test(refusal?.message ?? '');
        },
      ),
    );
    await open(folder, 'anna', { kind: 'msisdn', value: '491701234567' });
    const first = await start(folder);
    const send = (...args: string[]) =>
      runCli(['diameter', 'send', `127.0.0.1:${ports.diameter}`, '--subscriber', '491701234567', ...args], {
        cwd: folder,
        hasServer: true,
      });
    const data = await send('--session', 'pgw1;1;1', '--rating-group', '10', '--use', '20MB');
    assert.equal(data.status, 0, data.stdout + data.stderr + first.said());
    // Before the price of another time of day begins, that is said first.
    assert.match(data.stdout, /Granted-Service-Unit \[M\]\n( +\d+ +Tariff-Time-Change [^\n]+\n)? +\d+ +CC-Total-Octets \[M\] 20000000/);
    const sms = await send('--session', 'pgw1;1;2', '--service', 'sms', '--called', '441632960961', '--event', 'debit', '--ask', '1');
    assert.equal(sms.status, 0, sms.stdout + sms.stderr);
    const call = ['--session', 'tas1;1;3', '--service', 'voice', '--called', '4930123456', '--rating-group', '1'];
    const voice = await send(...call, '--ask', '60s', '--use', '30s');
    assert.equal(voice.status, 0, voice.stdout + voice.stderr);
    assert.match(voice.stdout, /CC-Time \[M\] \d+[\s\S]*Quota-Consumption-Time \[VM\] 12\n/);
    assert.ok(!/Quota-Consumption-Time/.test(data.stdout + sms.stdout), 'only of time');
    const unknown = await runCli(['diameter', 'send', `127.0.0.1:${ports.diameter}`, '--subscriber', '491709999999'], {
      cwd: folder,
      hasServer: true,
    });
    assert.match(unknown.stdout, /DIAMETER_USER_UNKNOWN/);

    const opened = await sendPooled(folder, [{ group: 10 }, { group: 20 }], [{ group: 10, used: 1_000_000 }]);
    assert.deepEqual(pools(opened), ['1', '1', '1'], opened);

    first.child.kill('SIGKILL');
    await ended(first.child);
    const second = await start(folder);
    await untilItHasAll(`http://127.0.0.1:${ports.metrics}/metrics`);
    // What the killed engine set aside for both groups pays for more than the quota of the one.
    const drawn = await sendPooled(folder, [{ group: 20, used: 1_500_000 }], []);
    assert.deepEqual(pools(drawn), ['1'], drawn);
    assert.match(drawn, /Cost-Information[\s\S]*Value-Digits \[M\] 2475\n.*Exponent \[M\] -3\n[\s\S]*Cost-Information/);
    const consumer = connect(`http://127.0.0.1:${ports.nchf}`);
    const session = chargingData({
      subscriberIdentifier: 'msisdn-491701234567',
      multipleUnitUsage: [{ ratingGroup: 10, requestedUnit: {} }],
    });
    const information = { pDUSessionChargingInformation: { pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' } } };
    const created = await post(consumer, ROOT, JSON.stringify({ ...session, ...information }));
    assert.equal(created.status, 201, created.text + second.said());
    const { grantedUnit, ...granted } = Object(created.body?.multipleUnitInformation)[0];
    assert.equal(grantedUnit.totalVolume, 20_000_000); // beside it, in the hour before one, the next change of the tariff
    assert.deepEqual(granted, {
      ...{ resultCode: 'SUCCESS', ratingGroup: 10 },
      ...{ validityTime: 3600, quotaHoldingTime: 300, volumeQuotaThreshold: 4_000_000 },
    });

    replace('usualGrant: 20 MB', 'usualGrant: 5 MB');
    assert.equal((await runCli(['apply', plans], { cwd: folder, hasServer: true })).status, 0);
    for (let tries = 0; !/the configuration has changed/.test(second.said()); tries += 1) {
      assert.ok(tries < 1_200, second.said());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const changed = await post(consumer, ROOT, JSON.stringify({ ...session, ...information, chargingId: 2 }));
    assert.match(changed.text, /"totalVolume":5000000/, changed.text);

    // An inbound roamer, whom nobody here knows: its network pays, by QoS flow, as both networks agree.
    const pduSession = {
      pduSessionID: 5,
      dnnId: 'internet',
      hPlmnId: { mcc: '208', mnc: '01' },
      servingCNPlmnId: { mcc: '262', mnc: '01' },
    };
    const flow = (localSequenceNumber: number, qFI: number, totalVolume: number) => ({
      ...{ localSequenceNumber, totalVolume, qFIContainerInformation: { qFI, reportTime: '2026-11-22T10:30:00Z' } },
    });
    const proposed = { triggers: [{ triggerType: 'TIME_LIMIT', triggerCategory: 'IMMEDIATE_REPORT', timeLimit: 7200 }] };
    const tell = (path: string, invocationSequenceNumber: number, roamingQBCInformation: object) => {
      const subscriber = { subscriberIdentifier: 'imsi-208011234567890', invocationSequenceNumber, roamingQBCInformation };
      const pDUSessionChargingInformation = { chargingId: 99, pduSessionInformation: pduSession };
      return post(consumer, path, JSON.stringify(chargingData({ ...subscriber, pDUSessionChargingInformation })));
    };
    const began = await tell(ROOT, 0, { roamingChargingProfile: proposed });
    assert.deepEqual(
      [began.status, began.body?.roamingQBCInformation],
      [
        201,
        {
          roamingChargingProfile: {
            triggers: [
              { triggerType: 'TIME_LIMIT', triggerCategory: 'IMMEDIATE_REPORT', timeLimit: 3600 },
              { triggerType: 'QOS_CHANGE', triggerCategory: 'DEFERRED_REPORT' },
            ],
            partialRecordMethod: 'DEFAULT',
          },
        },
      ],
    );
    const roaming = new URL(String(began.headers.location)).pathname;
    const told = await tell(`${roaming}/update`, 1, { multipleQFIcontainer: [flow(1, 1, 3_000_000), flow(2, 5, 1_000_000)] });
    assert.equal(told.status, 200, told.text);

    // While sessions run, at the address of the API for who may see charging.
    const made = await runCli(['keys', 'create', 'prometheus', '--permission', 'charging:read', '--json'], {
      cwd: folder,
      hasServer: true,
    });
    const { key } = JSON.parse(made.stdout) as { key: string };
    const scrape = (authorization: string) => fetch(`http://127.0.0.1:${ports.api}/metrics`, { headers: { authorization } });
    const running = await (await scrape(`Bearer ${key}`)).text();
    assert.match(running, /\ncarillon_charging_sessions [2-9]\n/);
    assert.match(running, /\n# TYPE carillon_charging_reserved gauge\n/);
    assert.match(running, /\ncarillon_charging_latency_seconds_count [1-9]\d*\n/);
    assert.equal((await scrape('')).status, 401);

    assert.equal((await tell(`${roaming}/release`, 2, { multipleQFIcontainer: [flow(3, 5, 1_000_000)] })).status, 204);
    consumer.close();
    for (let tries = 0; !/"carillon_charging_requests"[\s\S]*"carillon_nchf_failed"/.test(collected); tries += 1) {
      assert.ok(tries < 1_200, `the collector has ${collected.slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const metrics = await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text();
    assert.match(metrics, /\ncarillon_charging_requests_total\{operation="initial",result="granted"\} 2\n/);
    assert.match(metrics, /\ncarillon_charging_shards 64\n/);
    assert.match(metrics, /\ncarillon_diameter_refused_total 0\n/);
    assert.match(metrics, /\ncarillon_nchf_failed_total 0\n/);
    assert.match(metrics, /\ncarillon_nchf_registered 0\n/);
    assert.match(second.said(), /the NRF could not be told of this CHF/);

    // Another one beside it has no accounts, and says so; without networks of ours nobody roams, and its plans ask who does.
    assert.ok(!/nobody roams|waits for them/.test(second.said()));
    const others = { CARILLON_DIAMETER_LISTEN: `127.0.0.1:${ports.beside}`, CARILLON_NCHF_LISTEN: '', CARILLON_API_LISTEN: '' };
    const beside = await start(folder, { ...others, CARILLON_CHARGING_METRICS_LISTEN: '', CARILLON_CHARGING_HOME_NETWORKS: '' });
    for (let tries = 0; !/nobody roams[\s\S]*waits for them/.test(beside.said()); tries += 1) {
      assert.ok(tries < 1_500, beside.said());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const besideStopped = ended(beside.child);
    beside.child.kill('SIGTERM');
    await besideStopped;

    const ids: string[] = [];
    const stopped = ended(second.child);
    second.child.kill('SIGTERM');
    assert.equal(await stopped, 0, second.said());
    await withInstallation({ settings: { data: join(folder, '.carillon'), log: { level: 'error' } } }, async ({ database }) => {
      const { rows } = await database.pool.query<{ id: bigint; service: string }>(
        `select event_id as id, service, in_role as role, regexp_replace(split_part(source_key, '|', 1), '^nchfw-.*', 'roamer') as session,
           (select count(*) from charging_usage) as waits from usage_rated order by session, in_amount_nanos desc`,
      );
      assert.deepEqual(
        rows.map(({ id: _, ...row }) => row),
        [
          { service: 'data', role: 'retail', session: 'pgw1;1;1', waits: 0n },
          { service: 'sms', role: 'retail', session: 'pgw1;1;2', waits: 0n },
          { service: 'data', role: 'retail', session: 'pgw1;1;4', waits: 0n },
          { service: 'data', role: 'retail', session: 'pgw1;1;4', waits: 0n },
          { service: 'data', role: 'roaming-inbound', session: 'roamer', waits: 0n },
          { service: 'data', role: 'roaming-inbound', session: 'roamer', waits: 0n },
          { service: 'voice', role: 'retail', session: 'tas1;1;3', waits: 0n },
        ],
        'what was used is in the store of usage',
      );
      ids.push(...rows.map(({ id }) => String(id)));
    });
    // The network of the visitor is billed, flow by flow, by the rating of bulk usage.
    const [flowed = ''] = ids.slice(4);
    const why = await runCli(['explain', flowed], { cwd: folder, hasServer: true });
    assert.equal(why.status, 0, why.stdout + why.stderr);
    assert.match(why.stdout, /0\.006 EUR receivable, roaming-inbound, hexagone[\s\S]*3000000 bytes × 0\.002/, why.stdout);
    const bill = await runCli(['statement', 'hexagone', '--period', '2026-11', '--json'], { cwd: folder, hasServer: true });
    assert.equal(bill.status, 0, bill.stdout + bill.stderr);
    assert.match(bill.stdout, /"receivable": "0\.01",[\s\S]*"owes": "hexagone"/, bill.stdout);
    // The plan has another version by now: the charges are explained by the one that they were made by.
    const [used = '', sent = ''] = ids;
    const explained = await runCli(['explain', used], { cwd: folder, hasServer: true });
    assert.equal(explained.status, 0, explained.stdout + explained.stderr);
    assert.match(explained.stdout, /20000000 of 20000000 .* are paid by allowances/, explained.stdout);
    const message = await runCli(['explain', sent], { cwd: folder, hasServer: true });
    assert.equal(message.status, 0, message.stdout + message.stderr);
    assert.match(message.stdout, /0\.09/, message.stdout);
    const shown = await runCli(['usage', 'show', used, '--raw'], { cwd: folder, hasServer: true });
    assert.equal(shown.status, 0, shown.stdout + shown.stderr);
    const audited = await runCli(['usage', 'audit', '--from', day(-1), '--to', day(1)], { cwd: folder, hasServer: true });
    assert.equal(audited.status, 0, audited.stdout + audited.stderr);
  }));

/** Which pools the groups of the answers draw from. */
const pools = (said: string): readonly string[] =>
  [...said.matchAll(/G-S-U-Pool-Identifier \[M\] (\d+)/g)].map(([, number = '']) => number);

interface PooledReport {
  readonly group: number;
  readonly used?: number;
}

/** One session abroad, of two groups, by hand: its first two requests, or its third and its end. */
async function sendPooled(folder: string, asked: readonly PooledReport[], then: readonly PooledReport[]): Promise<string> {
  const isFirst = then.length > 0;
  const requests = [asked, then].map((reports, index) => ({
    command: 'CCR',
    ...{ 'Session-Id': 'pgw1;1;4', 'Auth-Application-Id': 4, 'Service-Context-Id': '32251@3gpp.org' },
    ...{ 'CC-Request-Type': isFirst ? index + 1 : index + 2, 'CC-Request-Number': isFirst ? index : index + 2 },
    'Subscription-Id': [{ 'Subscription-Id-Type': 0, 'Subscription-Id-Data': '491701234567' }],
    'Multiple-Services-Indicator': 1,
    ...(isFirst || index === 0 ? {} : { 'Termination-Cause': 1 }),
    'Multiple-Services-Credit-Control': reports.map(({ group, used }) => ({
      ...{ 'Rating-Group': group, 'Requested-Service-Unit': {} },
      ...(used === undefined ? {} : { 'Used-Service-Unit': [{ 'CC-Total-Octets': used }] }),
    })),
    'Service-Information': { 'PS-Information': { '3GPP-SGSN-MCC-MNC': '41003' } },
  }));
  writeFileSync(join(folder, 'pooled.json'), JSON.stringify(requests));
  const sent = await runCli(['diameter', 'send', `127.0.0.1:${ports.diameter}`, 'pooled.json'], { cwd: folder, hasServer: true });
  assert.equal(sent.status, 0, sent.stdout + sent.stderr);
  return sent.stdout;
}

test('what serving lacks is said', async () => {
  const lacking = async (given: Readonly<Record<string, string>>): Promise<string> => {
    const { settings } = await loadSettings({}, { environment: given, folder: '/' });
    try {
      checkServing(settings);
    } catch (error) {
      return error instanceof RefusedError ? (error.refusals[0]?.at?.field ?? '') : String(error);
    }
    return 'nothing';
  };
  const [listen, tls] = [{ CARILLON_DIAMETER_LISTEN: '127.0.0.1:1' }, { CARILLON_DIAMETER_TLS_LISTEN: '127.0.0.1:1' }];
  const named = { CARILLON_DIAMETER_HOST: 'ocs1.example.net', CARILLON_DIAMETER_REALM: 'example.net' };
  assert.match(await lacking({}), /\bdiameter\.listen, diameter\.tlsListen, nchf\.listen\b/);
  assert.equal(await lacking(listen), 'diameter.host');
  assert.equal(await lacking({ ...tls, ...named }), 'diameter.certificate');
  assert.equal(await lacking({ CARILLON_NCHF_LISTEN: '127.0.0.1:1', CARILLON_NCHF_CERTIFICATE: 'a.pem' }), 'nchf.key');
  const registered = { CARILLON_NCHF_NRF: 'http://nrf.example.net:8080' };
  assert.equal(await lacking({ ...registered, CARILLON_NCHF_LISTEN: '0.0.0.0:1' }), 'nchf.address');
  assert.equal(await lacking({ ...registered, CARILLON_NCHF_LISTEN: '0.0.0.0:1', CARILLON_NCHF_ADDRESS: 'chf.example.net:1' }), 'nothing');
  assert.equal(await lacking({ CARILLON_RADIUS_ACCOUNTING_LISTEN: '127.0.0.1:1' }), 'radius.clients');
  assert.equal(await lacking({ ...listen, ...named, CARILLON_NCHF_LISTEN: '127.0.0.1:2' }), 'nothing');
});

/** So many days from today. */
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
