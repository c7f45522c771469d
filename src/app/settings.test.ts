import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { formatRefusal, RefusedError } from '#core/refusals.ts';
import { withFolder } from '../../test/support/cli.ts';
import { readProjectFile } from '../../test/support/project-files.ts';
import { readDefaults } from '../../tools/generate/settings.ts';
import { automaticBuffers, postgresParameters } from './postgres-parameters.ts';
import { type LoadedSettings, loadSettings, type SettingsOptions, settingKeys, shownValue } from './settings.ts';

interface Given {
  readonly file?: string;
  readonly environment?: Record<string, string>;
  readonly options?: SettingsOptions;
}

function load({ file, environment = {}, options = {} }: Given): Promise<LoadedSettings & { readonly folder: string }> {
  return withFolder(async (folder) => {
    if (file !== undefined) await writeFile(join(folder, 'carillon.yaml'), file);
    return { ...(await loadSettings(options, { environment, folder })), folder };
  });
}

async function refused(given: Given): Promise<readonly string[]> {
  const error = await load(given).then(
    () => assert.fail('not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RefusedError, String(error));
  return error.refusals.map(formatRefusal);
}

test('without a file and an environment the defaults apply, and the data folder is in the current folder', async () => {
  const { settings, effective, folder } = await load({});
  assert.deepEqual(settings, {
    data: join(folder, '.carillon'),
    database: { url: '', connections: 10 },
    postgres: { sharedBuffers: 'auto', workMemory: '32MB', maintenanceMemory: '256MB', maxWal: '4GB', connections: 100 },
    pipeline: { threads: 0 },
    log: { level: 'info', format: 'auto' },
    collect: { listen: '', certificate: '', key: '', maximumUploadMegabytes: 4096 },
    tax: { url: '', token: '', countries: '', timeoutMs: 10_000, attempts: 3 },
    mail: { server: '', password: '', tls: 'required' },
    stripe: { key: '', webhookSecret: '', listen: '', returnTo: '', api: '' },
    api: { listen: '', certificate: '', key: '', origin: '', secret: '', threads: 2, readSeconds: 60, maximumUsageMegabytes: 1_024 },
    singleSignOn: {
      ...{ issuer: '', clientId: '', clientSecret: '', name: 'your organisation', scope: 'openid email profile' },
      ...{ roleClaim: '', roles: '', verifiedEmail: 'required' },
    },
    charging: {
      memoryMegabytes: 1_024,
      mostWaiting: 10_000,
      mostSessions: 1_000,
      leaseMs: 2_500,
      homeNetworks: '',
      metricsListen: '',
      balance: 'off',
      linkListen: '',
      linkAddress: '',
      linkSecret: '',
    },
    telemetry: { endpoint: '', authorization: '', everySeconds: 30 },
    diameter: {
      ...{ listen: '', tlsListen: '', certificate: '', key: '', authorities: '', host: '', realm: '' },
      ...{ otherNodes: '', peers: '', serviceContexts: '' },
    },
    nchf: {
      listen: '',
      certificate: '',
      key: '',
      authorities: '',
      tokenKeys: '',
      audience: 'CHF',
      notifyTo: '',
      roamingProfile: 'time=3600',
      ...{ roamingSource: '', nrf: '', instanceId: '', address: '', serves: '' },
    },
    radius: { listen: '', accountingListen: '', clients: '', passwordKey: '' },
    notify: { language: 'en', quietHours: '22:00-07:00', mostPerDay: 20, from: '', keepDays: 90 },
    sms: {
      ...{ gateway: '', password: '', sender: '', perSecond: 10, receipts: 'on', method: 'POST', contentType: 'application/json' },
      ...{ body: '', authorization: '', success: '', reference: '' },
    },
    webhooks: { allow: '', secrets: '', timeoutMs: 10_000 },
    retention: {
      ...{ usageDays: 0, archiveDays: 0, journalDays: 0, commandsDays: 0, sightsDays: 0, auditDays: 0, signInDays: 90, jobsDays: 0 },
      ...{ webhooksDays: 90, answersDays: 1 },
      at: '03:00',
    },
  });
  assert.ok(effective.every(({ origin }) => origin === 'default'));
});

test('the embedded PostgreSQL makes new files of its log without writing zeros into them, keeps those it has, and waits for the disk', async () => {
  const parameters = postgresParameters((await load({})).settings);
  assert.equal(parameters.wal_init_zero, 'off');
  assert.equal(parameters.min_wal_size, '1GB');
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'])
    assert.equal(parameters[name], undefined, `${name} is as PostgreSQL has it: on`);
});

test('the embedded PostgreSQL gets a quarter of the memory for its pages, within bounds, or what is set', async () => {
  const [megabyte, gigabyte] = [1_048_576, 1_073_741_824];
  assert.deepEqual([100 * megabyte, gigabyte, 4 * gigabyte, 8 * gigabyte, 256 * gigabyte].map(automaticBuffers), [
    '128MB',
    '256MB',
    '1024MB',
    '2048MB',
    '2048MB',
  ]);
  assert.match(postgresParameters((await load({})).settings).shared_buffers ?? '', /^\d+MB$/);
  const set = await load({ file: 'postgres:\n  sharedBuffers: 3GB\n' });
  assert.equal(postgresParameters(set.settings).shared_buffers, '3GB');
  await assert.rejects(load({ file: 'postgres:\n  sharedBuffers: much\n' }), /must be auto, or a size such as 256MB or 4GB/);
});

test('the default file holds every key with its default value, and both say the same about the environment', () => {
  const text = readProjectFile('carillon.default.yaml');
  const parsed: Record<string, unknown> = parse(text);
  const flat = Object.entries(parsed).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? Object.entries(value).map(([name, each]) => [`${key}.${name}`, each]) : [[key, value]],
  );
  assert.deepEqual(
    flat,
    settingKeys.map(({ key, fallback }) => [key, fallback]),
  );
  const documented = readDefaults(text).entries.map(({ key, comment }) => [key, /Environment: ([A-Z_]+)\./.exec(comment)?.[1]]);
  assert.deepEqual(
    documented,
    settingKeys.map(({ key, environment }) => [key, environment]),
  );
});

test('the default file is accepted as it is', async () => {
  const { settings } = await load({ file: readProjectFile('carillon.default.yaml') });
  assert.deepEqual({ ...settings, data: '' }, { ...(await load({})).settings, data: '' });
});

test('the environment goes before the file, and options before both; each value knows where it is from', async () => {
  const { effective } = await load({
    file: 'log:\n  level: warn\n  format: json\ndatabase:\n  connections: 5\n',
    environment: { CARILLON_LOG_FORMAT: 'text', CARILLON_DATABASE_CONNECTIONS: '6' },
    options: { database: { connections: 7 } },
  });
  const origins = effective.filter(({ origin }) => origin !== 'default').map(({ key, value, origin }) => [key, value, origin]);
  assert.deepEqual(origins, [
    ['database.connections', 7, '--database-connections'],
    ['log.level', 'warn', 'carillon.yaml:2'],
    ['log.format', 'text', 'CARILLON_LOG_FORMAT'],
  ]);
});

test('every wrong key and value is named with its place, not only the first', async () => {
  assert.deepEqual(
    await refused({
      file: 'dta: x\nlog:\n  level: loud\n  colour: true\npostgres:\n  sharedBufers: 1GB\n  connections: 5\ndatabase: many\n',
      environment: { CARILLON_LOG_FORMAT: 'xml', CARILLON_DATEBASE_CONNECTIONS: '3', OTHER: 'x' },
    }),
    [
      'carillon.yaml:1 dta: there is no such setting (did you mean "data"?) [settings.unknown-key]',
      'carillon.yaml:3 log.level: must be one of trace, debug, info, warn, error, silent ("loud") [settings.wrong-value]',
      'carillon.yaml:4 log.colour: there is no such setting [settings.unknown-key]',
      'carillon.yaml:6 postgres.sharedBufers: there is no such setting (did you mean "postgres.sharedBuffers"?) [settings.unknown-key]',
      'carillon.yaml:7 postgres.connections: must be a whole number from 10 to 10000 ("5") [settings.wrong-value]',
      'carillon.yaml:8 database: must hold keys such as url, connections [settings.wrong-value]',
      'CARILLON_LOG_FORMAT: must be one of auto, text, json ("xml") [settings.wrong-value]',
      'CARILLON_DATEBASE_CONNECTIONS: there is no such setting (did you mean "CARILLON_DATABASE_CONNECTIONS"?) [settings.unknown-key]',
    ],
  );
});

test('a file that is not YAML, not keys, or not there is refused with its line', async () => {
  assert.match((await refused({ file: 'log:\n  level: "info\n' })).join(), /^carillon\.yaml:\d: .*\[settings\.unreadable\]$/);
  assert.match(
    (await refused({ file: 'log:\n  level: info\n  level: warn\n' })).join(),
    /^carillon\.yaml:3: .*unique.*\[settings\.unreadable\]$/i,
  );
  assert.match((await refused({ file: '- a\n' })).join(), /^carillon\.yaml:1: the file must hold keys with values/);
  assert.match((await refused({ options: { file: 'missing.yaml' } })).join(), /^missing\.yaml: .*no such file.*\[settings\.unreadable\]$/);
});

test('a group without keys and an empty file are no faults', async () => {
  await load({ file: 'log:\n' });
  await load({ file: '' });
  await load({ file: '# only a comment\n' });
});

test('a number may be written without quotes, and a relative data folder of a file starts from the file', async () => {
  await withFolder(async (folder) => {
    await writeFile(join(folder, 'other.yaml'), 'data: here\ndatabase:\n  connections: 3\n');
    const { settings } = await loadSettings({}, { environment: { CARILLON_SETTINGS: join(folder, 'other.yaml') }, folder: '/' });
    assert.equal(settings.data, join(folder, 'here'));
    assert.equal(settings.database.connections, 3);
  });
});

test('the password of a database is shown nowhere', async () => {
  const { effective } = await load({ environment: { DATABASE_URL: 'postgresql://carillon:s3cret@db.example:5432/carillon' } });
  const url = effective.find(({ key }) => key === 'database.url');
  assert.ok(url !== undefined);
  assert.equal(shownValue(url), 'postgresql://carillon:…@db.example:5432/carillon');
  const [message] = await refused({ environment: { DATABASE_URL: 'mysql://carillon:s3cret@db.example/carillon' } });
  assert.doesNotMatch(message ?? '', /s3cret/);
});

test('a URL of a server that cannot be one is refused before anything is tried', async () => {
  const wrong = ['postgresql://%00/x', 'postgresql://h/%00', 'postgresql://%zz/x', 'postgresql://h:99999/x', 'postgresql://h:0/x'];
  for (const url of [...wrong, 'postgresql://h/x?port=abc', 'mysql://h/x']) {
    const [refusal = ''] = await refused({ environment: { DATABASE_URL: url } });
    assert.match(refusal, /^DATABASE_URL: must be empty, or a URL such as .*\[settings\.wrong-value\]$/, url);
  }
  const right = [
    'postgresql://u@/db?host=%2Ftmp%2Fa&port=5432',
    'postgres://a:p%40@[::1]:5432/d',
    'postgresql:///x',
    'socket:/run/pg?db=x',
  ];
  for (const url of right) assert.equal((await load({ environment: { DATABASE_URL: url } })).settings.database.url, url);
});

test('fewer connections than a command needs at a time are refused, and the least is named', async () => {
  assert.deepEqual(await refused({ environment: { CARILLON_DATABASE_CONNECTIONS: '1' } }), [
    'CARILLON_DATABASE_CONNECTIONS: must be a whole number from 2 to 1000 ("1") [settings.wrong-value]',
  ]);
});

test('what is told is set as it can be used, or refused: times, patterns, networks, gateways without passwords', async () => {
  const right = {
    CARILLON_WEBHOOKS_ALLOW: '10.1.0.0/16, ::1/128',
    CARILLON_SMS_GATEWAY: 'smpp://us@[::1]:2775',
    CARILLON_NOTIFY_QUIET_HOURS: '',
  };
  assert.equal((await load({ environment: right })).settings.webhooks.allow, '10.1.0.0/16,::1/128');
  const wrong = {
    CARILLON_WEBHOOKS_ALLOW: ['1.2.3.4/99', '300.1.1.1', '::1/129', 'localhost', '10.0.0.0/8/8'],
    CARILLON_SMS_GATEWAY: ['smpp://us:secret@host', 'ftp://host', 'host:2775'],
    CARILLON_NOTIFY_QUIET_HOURS: ['25:00-07:00', '22-7'],
    CARILLON_SMS_SUCCESS: ['('],
    CARILLON_SMS_PASSWORD: ['secret'],
  };
  for (const [name, values] of Object.entries(wrong))
    for (const value of values) {
      const [message = ''] = await refused({ environment: { [name]: value } });
      assert.match(message, /\[settings\.wrong-value\]$/, value);
      assert.doesNotMatch(message, /us:secret@|"secret"/);
    }
});
