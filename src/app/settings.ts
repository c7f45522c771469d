/**
 * The settings of one installation: from the defaults, a YAML file, the environment and the command's options,
 * each before the one named earlier. `carillon.default.yaml` holds the same keys with their explanation; a test
 * compares. ("Configuration" is the word for the business files of `carillon apply`.)
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LineCounter, Pair, YAMLMap } from 'yaml';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';
import { suggestion } from '#operations/configuration/suggestion.ts';
import { type RetentionSettings, retentionSettingKeys } from './retention-settings.ts';
import { type ServingSettings, servingSettingKeys } from './serving-settings.ts';
import { type TellingSettings, tellingSettingKeys } from './telling-settings.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export const MAIL_TLS = ['required', 'off'] as const;
export const LOG_FORMATS = ['auto', 'text', 'json'] as const;

export interface Settings extends ServingSettings, TellingSettings, RetentionSettings {
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly database: {
    /** Empty: the embedded PostgreSQL. */
    readonly url: string;
    readonly connections: number;
  };
  readonly postgres: {
    /** `auto`, or a size. */
    readonly sharedBuffers: string;
    readonly workMemory: string;
    readonly maintenanceMemory: string;
    readonly maxWal: string;
    readonly connections: number;
  };
  readonly pipeline: {
    /** 0: one fewer than the processor has cores, and at least one. */
    readonly threads: number;
  };
  readonly log: {
    readonly level: (typeof LOG_LEVELS)[number];
    readonly format: (typeof LOG_FORMATS)[number];
  };
  readonly collect: {
    /** host:port at which files are uploaded; empty: none are received. */
    readonly listen: string;
    /** Paths of PEM files; both empty: without TLS. */
    readonly certificate: string;
    readonly key: string;
    readonly maximumUploadMegabytes: number;
  };
  readonly tax: {
    /** Of an external tax service; empty: our own rules answer. */
    readonly url: string;
    /** `env:NAME` or `file:path`; empty: none is sent. */
    readonly token: string;
    /** Countries of sellers whose questions go there, separated by commas; empty: all. */
    readonly countries: string;
    readonly timeoutMs: number;
    readonly attempts: number;
  };
  readonly mail: {
    /** smtp://user@host:587 or smtps://user@host:465; empty: no mail is sent. */
    readonly server: string;
    /** env:NAME or file:/path; empty: without. */
    readonly password: string;
    /** `required`: nothing is sent without it. */
    readonly tls: (typeof MAIL_TLS)[number];
  };
  readonly stripe: {
    /** env:NAME or file:/path; empty: no payment by card. */
    readonly key: string;
    readonly webhookSecret: string;
    /** host:port at which Stripe tells of payments; empty: it is only asked. */
    readonly listen: string;
    /** Where payers come to afterwards. */
    readonly returnTo: string;
    /** Of the API where it is not Stripe's own. */
    readonly api: string;
  };
}

/** What a command's options can say: part of the settings, and which file to read. */
export interface SettingsOptions {
  /** --settings */
  readonly file?: string;
  /** --data */
  readonly data?: string;
  readonly database?: Partial<Settings['database']>;
  readonly log?: Partial<Settings['log']>;
}

interface Kind {
  /** Completes "must be …". */
  readonly expected: string;
  /** The value, or undefined when the text is not one. */
  readonly parse: (text: string) => string | number | undefined;
}

export interface SettingKey {
  /** Dotted path. */
  readonly key: string;
  readonly environment: string;
  readonly kind: Kind;
  readonly fallback: string | number;
}

const path: Kind = { expected: 'a path', parse: (value) => (value === '' ? undefined : value) };
const optionalPath: Kind = { expected: 'empty, or a path', parse: (value) => value };
const listenAddress: Kind = {
  expected: 'empty, or a host and a port such as 127.0.0.1:8080 or [::]:8080',
  parse: (value) =>
    value === '' || /^(\[[0-9a-fA-F:.]+\]|[\w.-]+):([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d)$/.test(value) ? value : undefined,
};
const webAddress: Kind = {
  expected: 'empty, or an address such as https://tax.example.com/v1/quote',
  parse: (value) => (value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)) ? value : undefined),
};
const secretReference: Kind = {
  expected: 'empty, env:NAME or file:path',
  parse: (value) => (value === '' || /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/.test(value) ? value : undefined),
};
const countryList: Kind = {
  expected: 'empty, or countries separated by commas, such as US,CA',
  parse: (value) => (value === '' || /^[A-Z]{2}(\s*,\s*[A-Z]{2})*$/.test(value) ? value.replace(/\s/g, '') : undefined),
};
const size: Kind = {
  expected: 'a size such as 256MB or 4GB',
  parse: (value) => (/^[1-9]\d{0,8}(kB|MB|GB|TB)$/.test(value) ? value : undefined),
};
const sizeOrAuto: Kind = {
  expected: `auto, or ${size.expected}`,
  parse: (value) => (value === 'auto' ? value : size.parse(value)),
};
const serverUrl: Kind = {
  expected: 'empty, or a URL such as postgresql://user:password@host:port/database',
  parse: (value) => (value === '' || isServerUrl(value) ? value : undefined),
};

/** What the library pg can take apart: with a port, encoded characters that are characters, and no control characters. */
function isServerUrl(text: string): boolean {
  if (!/^(postgres|postgresql|socket):/.test(text)) return false;
  try {
    // Without a host it is a socket, which the URL itself cannot say: postgresql://user@/database?host=/run/postgresql.
    const url = new URL(text.replace(/^\w+:\/\/([^/?#@]*@)?(?=[/?#]|$)/, 'postgresql://$1localhost'));
    const parts = [url.username, url.password, url.hostname, url.pathname, ...url.searchParams.values()];
    const port = url.searchParams.get('port') ?? '5432';
    if (url.port === '0') return false;
    return !parts.some((part) => /\p{Cc}/u.test(decodeURIComponent(part))) && Number(port) > 0 && Number(port) < 65_536;
  } catch {
    return false;
  }
}
const whole = (least: number, most: number): Kind => ({
  expected: `a whole number from ${least} to ${most}`,
  parse: (value) => (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined),
});
const oneOf = (values: readonly string[]): Kind => ({
  expected: `one of ${values.join(', ')}`,
  parse: (value) => (values.includes(value) ? value : undefined),
});

/** One has the right to write usage or to change the configuration, another reads meanwhile. */
const LEAST_CONNECTIONS = 2;

const mailServer: Kind = {
  expected: 'empty, or a URL without a password such as smtp://carillon@mail.example.com:587 or smtps://mail.example.com',
  parse: (value) => (value === '' || /^smtps?:\/\/([^\s:@/]+@)?[^\s:@/]+(:[1-9]\d{0,4})?\/?$/.test(value) ? value : undefined),
};

/** Every key, in the order of the reference. */
export const settingKeys: readonly SettingKey[] = [
  { key: 'data', environment: 'CARILLON_DATA', kind: path, fallback: '.carillon' },
  { key: 'database.url', environment: 'DATABASE_URL', kind: serverUrl, fallback: '' },
  { key: 'database.connections', environment: 'CARILLON_DATABASE_CONNECTIONS', kind: whole(LEAST_CONNECTIONS, 1000), fallback: 10 },
  { key: 'postgres.sharedBuffers', environment: 'CARILLON_POSTGRES_SHARED_BUFFERS', kind: sizeOrAuto, fallback: 'auto' },
  { key: 'postgres.workMemory', environment: 'CARILLON_POSTGRES_WORK_MEMORY', kind: size, fallback: '32MB' },
  { key: 'postgres.maintenanceMemory', environment: 'CARILLON_POSTGRES_MAINTENANCE_MEMORY', kind: size, fallback: '256MB' },
  { key: 'postgres.maxWal', environment: 'CARILLON_POSTGRES_MAX_WAL', kind: size, fallback: '4GB' },
  { key: 'postgres.connections', environment: 'CARILLON_POSTGRES_CONNECTIONS', kind: whole(10, 10_000), fallback: 100 },
  { key: 'pipeline.threads', environment: 'CARILLON_PIPELINE_THREADS', kind: whole(0, 64), fallback: 0 },
  { key: 'log.level', environment: 'CARILLON_LOG_LEVEL', kind: oneOf(LOG_LEVELS), fallback: 'info' },
  { key: 'log.format', environment: 'CARILLON_LOG_FORMAT', kind: oneOf(LOG_FORMATS), fallback: 'auto' },
  { key: 'collect.listen', environment: 'CARILLON_COLLECT_LISTEN', kind: listenAddress, fallback: '' },
  { key: 'collect.certificate', environment: 'CARILLON_COLLECT_CERTIFICATE', kind: optionalPath, fallback: '' },
  { key: 'collect.key', environment: 'CARILLON_COLLECT_KEY', kind: optionalPath, fallback: '' },
  {
    key: 'collect.maximumUploadMegabytes',
    environment: 'CARILLON_COLLECT_MAXIMUM_UPLOAD_MEGABYTES',
    kind: whole(1, 1_000_000),
    fallback: 4096,
  },
  { key: 'tax.url', environment: 'CARILLON_TAX_URL', kind: webAddress, fallback: '' },
  { key: 'tax.token', environment: 'CARILLON_TAX_TOKEN', kind: secretReference, fallback: '' },
  { key: 'tax.countries', environment: 'CARILLON_TAX_COUNTRIES', kind: countryList, fallback: '' },
  { key: 'tax.timeoutMs', environment: 'CARILLON_TAX_TIMEOUT_MS', kind: whole(100, 600_000), fallback: 10_000 },
  { key: 'tax.attempts', environment: 'CARILLON_TAX_ATTEMPTS', kind: whole(1, 10), fallback: 3 },
  { key: 'mail.server', environment: 'CARILLON_MAIL_SERVER', kind: mailServer, fallback: '' },
  { key: 'mail.password', environment: 'CARILLON_MAIL_PASSWORD', kind: secretReference, fallback: '' },
  { key: 'mail.tls', environment: 'CARILLON_MAIL_TLS', kind: oneOf(MAIL_TLS), fallback: 'required' },
  { key: 'stripe.key', environment: 'CARILLON_STRIPE_KEY', kind: secretReference, fallback: '' },
  { key: 'stripe.webhookSecret', environment: 'CARILLON_STRIPE_WEBHOOK_SECRET', kind: secretReference, fallback: '' },
  { key: 'stripe.listen', environment: 'CARILLON_STRIPE_LISTEN', kind: listenAddress, fallback: '' },
  { key: 'stripe.returnTo', environment: 'CARILLON_STRIPE_RETURN_TO', kind: webAddress, fallback: '' },
  { key: 'stripe.api', environment: 'CARILLON_STRIPE_API', kind: webAddress, fallback: '' },
  ...servingSettingKeys({ listenAddress, whole, oneOf, secretReference }),
  ...tellingSettingKeys({ whole, oneOf, secretReference }),
  ...retentionSettingKeys({ whole }),
];

/** Read elsewhere, but of ours: not a misspelt setting. */
const OTHER_VARIABLES = ['CARILLON_SETTINGS'];
const DEFAULT_FILE = 'carillon.yaml';

export interface EffectiveSetting {
  readonly key: string;
  readonly value: string | number;
  /** "default", `carillon.yaml:12`, the environment variable or the option. */
  readonly origin: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly effective: readonly EffectiveSetting[];
}

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** Reads and checks all of it. Throws RefusedError that names every wrong key and value, not only the first. */
export async function loadSettings(
  options: SettingsOptions = {},
  { environment, folder }: Surroundings = { environment: process.env, folder: process.cwd() },
): Promise<LoadedSettings> {
  const refusals: Refusal[] = [];
  const found = new Map<string, EffectiveSetting>();
  for (const { key, fallback } of settingKeys) found.set(key, { key, value: fallback, origin: 'default' });

  const named = options.file ?? environment.CARILLON_SETTINGS;
  const file = resolve(folder, named ?? DEFAULT_FILE);
  if (named !== undefined || existsSync(file)) await readFile(file, named ?? DEFAULT_FILE, found, refusals);
  readEnvironment(environment, found, refusals);
  readOptions(options, found, refusals);

  if (refusals.length > 0) throw new RefusedError(...refusals);
  const data = found.get('data');
  if (data !== undefined) {
    const base = data.origin.startsWith(named ?? DEFAULT_FILE) ? dirname(file) : folder;
    found.set('data', { ...data, value: resolve(base, String(data.value)) });
  }
  const effective = [...found.values()];
  return { settings: assemble(effective), effective };
}

type Found = Map<string, EffectiveSetting>;

async function readFile(file: string, shownName: string, found: Found, refusals: Refusal[]): Promise<void> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    refusals.push(refuse('settings.unreadable', error instanceof Error ? error.message : String(error), { file: shownName }));
    return;
  }
  const yaml = await import('yaml');
  const lines: LineCounter = new yaml.LineCounter();
  const document = yaml.parseDocument(content, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  for (const error of document.errors) {
    refusals.push(
      refuse('settings.unreadable', error.message.split('\n')[0] ?? error.code, {
        file: shownName,
        line: lines.linePos(error.pos[0]).line,
      }),
    );
  }
  if (document.errors.length > 0 || document.contents === null) return;
  const lineOf = (node: unknown): number => (yaml.isNode(node) && node.range ? lines.linePos(node.range[0]).line : 1);
  if (!yaml.isMap(document.contents)) {
    refusals.push(
      refuse('settings.unreadable', 'the file must hold keys with values', { file: shownName, line: lineOf(document.contents) }),
    );
    return;
  }

  const visit = (map: YAMLMap, prefix: string): void => {
    for (const pair of map.items as Pair[]) {
      const name = yaml.isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const key = `${prefix}${name}`;
      const at = { file: shownName, line: lineOf(pair.key), field: key };
      const setting = settingKeys.find((each) => each.key === key);
      const isGroup = settingKeys.some((each) => each.key.startsWith(`${key}.`));
      if (setting !== undefined && (yaml.isScalar(pair.value) || pair.value === null)) {
        const written = yaml.isScalar(pair.value) ? (pair.value.source ?? '') : '';
        const nothing = pair.value === null || (yaml.isScalar(pair.value) && pair.value.value === null);
        take(setting, nothing ? '' : written, `${shownName}:${at.line}`, at, found, refusals);
      } else if (setting !== undefined) {
        refusals.push(refuse('settings.wrong-value', `must be ${setting.kind.expected}`, at));
      } else if (isGroup && yaml.isMap(pair.value)) {
        visit(pair.value, `${key}.`);
      } else if (isGroup) {
        if (pair.value !== null && !(yaml.isScalar(pair.value) && pair.value.value === null)) {
          refusals.push(refuse('settings.wrong-value', `must hold keys such as ${keysBelow(key).join(', ')}`, at));
        }
      } else {
        const groups = new Set(settingKeys.flatMap((each) => each.key.split('.').slice(0, -1)));
        const meant = suggestion(key, [...settingKeys.map((each) => each.key), ...groups]);
        refusals.push(refuse('settings.unknown-key', `there is no such setting${meant}`, at));
      }
    }
  };
  visit(document.contents, '');
}

function readEnvironment(environment: Surroundings['environment'], found: Found, refusals: Refusal[]): void {
  const names = settingKeys.map((each) => each.environment);
  for (const setting of settingKeys) {
    const value = environment[setting.environment];
    if (value !== undefined) take(setting, value, setting.environment, { field: setting.environment }, found, refusals);
  }
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('CARILLON_') || names.includes(name) || OTHER_VARIABLES.includes(name)) continue;
    const meant = suggestion(name, [...names, ...OTHER_VARIABLES]);
    refusals.push(refuse('settings.unknown-key', `there is no such setting${meant}`, { field: name }));
  }
}

function readOptions(options: SettingsOptions, found: Found, refusals: Refusal[]): void {
  const given: Record<string, string | number | undefined> = {
    data: options.data,
    'database.url': options.database?.url,
    'database.connections': options.database?.connections,
    'log.level': options.log?.level,
    'log.format': options.log?.format,
  };
  for (const setting of settingKeys) {
    const value = given[setting.key];
    if (value === undefined) continue;
    const origin = `--${setting.key.replace('.', '-')}`;
    take(setting, String(value), origin, { field: origin }, found, refusals);
  }
}

function take(setting: SettingKey, written: string, origin: string, at: { field: string }, found: Found, refusals: Refusal[]): void {
  const value = setting.kind.parse(written);
  if (value === undefined) {
    // A password in a wrong URL is not repeated on the screen.
    const shown = setting.kind === secretReference ? '…' : withoutPassword(written);
    refusals.push(refuse('settings.wrong-value', `must be ${setting.kind.expected}`, { ...at, value: shown.slice(0, 120) }));
    return;
  }
  found.set(setting.key, { key: setting.key, value, origin });
}

function keysBelow(group: string): string[] {
  return settingKeys.filter((each) => each.key.startsWith(`${group}.`)).map((each) => each.key.slice(group.length + 1));
}

function assemble(effective: readonly EffectiveSetting[]): Settings {
  const root: Record<string, unknown> = {};
  for (const { key, value } of effective) {
    const [group, name] = key.split('.');
    if (group === undefined) continue;
    if (name === undefined) root[group] = value;
    else root[group] = { ...(root[group] as object | undefined), [name]: value };
  }
  return root as unknown as Settings; // built from settingKeys, which a test compares with this type
}

/** Without the password of a URL, for messages and logs. */
export function withoutPassword(url: string): string {
  return url.replace(/(\/\/[^:@/]*):[^@/]*@/, '$1:…@');
}

/** As people may see it: without the password. */
export function shownValue({ key, value }: EffectiveSetting): string | number {
  return key === 'database.url' ? withoutPassword(String(value)) : value;
}
