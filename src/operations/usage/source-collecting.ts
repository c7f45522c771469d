/** Reads `collect:` of a source: where its files come from. Docs: docs/reference/collecting.md. */
import {
  type Collecting,
  type CollectingPlace,
  collectingPlaces,
  type FileChecks,
  type SecretReference,
  type SequenceRule,
} from '#core/usage/collecting.ts';
import { groupsOf, patternCost } from '#core/usage/pattern.ts';
import type { SourceReading } from './source-reading.ts';

type Data = Readonly<Record<string, unknown>>;

const COMMON = [
  'from',
  'match',
  'unfinished',
  'stableSeconds',
  'everySeconds',
  'silentMinutes',
  'after',
  'moveTo',
  'sequence',
  'checks',
  'archiveDays',
];
const OWN: Readonly<Record<CollectingPlace['kind'], readonly string[]>> = {
  directory: ['path'],
  sftp: ['host', 'port', 'user', 'path', 'hostKey', 'password', 'privateKey', 'passphrase'],
  s3: ['endpoint', 'region', 'bucket', 'prefix', 'accessKey', 'secretKey'],
  http: ['token'],
  kafka: ['brokers', 'topic', 'tls', 'authority', 'user', 'password', 'mechanism', 'group', 'batchMessages'],
};
/** How often a place is looked at: what is our own or waits for us costs nothing. */
const EVERY_SECONDS: Readonly<Record<CollectingPlace['kind'], number>> = { directory: 5, sftp: 60, s3: 60, http: 1, kafka: 5 };
const TEN_YEARS_IN_MINUTES = 5_259_600;

/** Undefined when the source declares none, or with faults in `reading`. */
export function readCollecting(reading: SourceReading, value: unknown): Collecting | undefined {
  if (value === undefined || value === null) return undefined;
  const nested = new Nested(reading, 'collect', value, [...COMMON, ...Object.values(OWN).flat()]);
  if (nested.map === undefined) return undefined;
  const kind = nested.word('from', collectingPlaces, undefined);
  if (kind === undefined) return undefined;
  for (const key of Object.keys(nested.map))
    if (!COMMON.includes(key) && !OWN[kind].includes(key)) nested.fault(key, `has no meaning for ${kind}`);
  const place = readPlace(nested, kind);
  const after = nested.word('after', ['keep', 'delete', 'move'], 'keep') ?? 'keep';
  if (after !== 'keep' && (kind === 'http' || kind === 'kafka')) nested.fault('after', `has no meaning for ${kind}`, after);
  const sequence = readSequence(reading, nested.map.sequence);
  const checks = readChecks(reading, nested.map.checks);
  if (place === undefined) return undefined;
  return {
    place,
    match: nested.pattern('match', '.*', 0) ?? '.*',
    unfinished: nested.list('unfinished') ?? ['.tmp', '.part', '.partial', '.filepart', '.writing'],
    stableSeconds: nested.whole('stableSeconds', 0, 86_400, kind === 'directory' || kind === 'sftp' ? 10 : 0),
    everySeconds: nested.whole('everySeconds', 1, 86_400, EVERY_SECONDS[kind]),
    silentMinutes: nested.whole('silentMinutes', 0, TEN_YEARS_IN_MINUTES, 0),
    after: kind === 'http' ? 'delete' : after,
    moveTo: nested.text('moveTo', 'loaded') ?? 'loaded',
    ...(sequence === undefined ? {} : { sequence }),
    ...(checks === undefined ? {} : { checks }),
    archiveDays: nested.whole('archiveDays', 0, 36_500, 0),
  };
}

/** Patterns of the lines that say what a file holds: they are no records. */
export function checkLines({ checks }: Collecting): readonly string[] {
  return [checks?.header, checks?.trailer].filter((pattern) => pattern !== undefined);
}

function readPlace(nested: Nested, kind: CollectingPlace['kind']): CollectingPlace | undefined {
  switch (kind) {
    case 'directory': {
      const path = nested.text('path', undefined);
      return path === undefined ? undefined : { kind, path };
    }
    case 'sftp': {
      const [host, user, path, hostKey] = ['host', 'user', 'path', 'hostKey'].map((name) => nested.text(name, undefined));
      const password = nested.secret('password', false);
      const privateKey = nested.secret('privateKey', false);
      const passphrase = nested.secret('passphrase', false);
      if (password === undefined && privateKey === undefined) nested.fault('password', 'or privateKey is needed');
      if (passphrase !== undefined && privateKey === undefined) nested.fault('passphrase', 'is that of a privateKey, which is missing');
      if (hostKey !== undefined && !/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(hostKey))
        nested.fault('hostKey', 'is not a fingerprint as ssh-keygen -lf prints it: SHA256: and 43 characters', hostKey);
      if (host === undefined || user === undefined || path === undefined || hostKey === undefined) return undefined;
      return {
        kind,
        host,
        port: nested.whole('port', 1, 65_535, 22),
        user,
        path,
        hostKey,
        ...(password === undefined ? {} : { password }),
        ...(privateKey === undefined ? {} : { privateKey }),
        ...(passphrase === undefined ? {} : { passphrase }),
      };
    }
    case 's3': {
      const bucket = nested.text('bucket', undefined);
      const endpoint = nested.text('endpoint', '') ?? '';
      const accessKey = nested.secret('accessKey', true);
      const secretKey = nested.secret('secretKey', true);
      if (endpoint !== '' && !/^https?:\/\/[^/]+\/?$/.test(endpoint))
        nested.fault('endpoint', 'is not a URL such as https://s3.example.com', endpoint);
      if (bucket === undefined || accessKey === undefined || secretKey === undefined) return undefined;
      const region = nested.text('region', 'us-east-1') ?? 'us-east-1';
      const prefix = nested.text('prefix', '') ?? '';
      return { kind, ...(endpoint === '' ? {} : { endpoint }), region, bucket, prefix, accessKey, secretKey };
    }
    case 'http': {
      const token = nested.secret('token', true);
      return token === undefined ? undefined : { kind, token };
    }
    case 'kafka': {
      const brokers = nested.list('brokers');
      if (brokers === undefined) nested.fault('brokers', 'is missing: a list such as [broker1:9092]');
      const topic = nested.text('topic', undefined);
      const user = nested.text('user', '') ?? '';
      const password = nested.secret('password', user !== '');
      const authority = nested.secret('authority', false);
      if (brokers === undefined || topic === undefined) return undefined;
      const tls = nested.flag('tls', false);
      if (authority !== undefined && !tls) nested.fault('authority', 'has no meaning without tls: true');
      if (password !== undefined && user === '') nested.fault('user', 'is missing, to whom the password belongs');
      const mechanism = nested.word('mechanism', ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'], 'SCRAM-SHA-512') ?? 'SCRAM-SHA-512';
      const group = nested.text('group', '') ?? '';
      const batchMessages = nested.whole('batchMessages', 1, 1_000_000, 50_000);
      return {
        kind,
        brokers,
        topic,
        tls,
        ...(authority === undefined ? {} : { authority }),
        ...(user === '' ? {} : { user }),
        ...(password === undefined ? {} : { password }),
        mechanism,
        ...(group === '' ? {} : { group }),
        batchMessages,
      };
    }
  }
}

function readSequence(reading: SourceReading, value: unknown): SequenceRule | undefined {
  if (value === undefined || value === null) return undefined;
  const nested = new Nested(reading, 'collect.sequence', value, ['pattern', 'from', 'to']);
  if (nested.map === undefined) return undefined;
  const pattern = nested.pattern('pattern', undefined, 1);
  const from = nested.whole('from', 0, 999_999_999_999, 0);
  const to = nested.whole('to', 0, 999_999_999_999, 999_999_999_999);
  if (to <= from) nested.fault('to', 'is not above from', String(to));
  return pattern === undefined ? undefined : { pattern, from, to };
}

function readChecks(reading: SourceReading, value: unknown): FileChecks | undefined {
  if (value === undefined || value === null) return undefined;
  const nested = new Nested(reading, 'collect.checks', value, ['header', 'trailer', 'sums', 'onDifference']);
  if (nested.map === undefined) return undefined;
  const [header, trailer] = ['header', 'trailer'].map((name) =>
    nested.map?.[name] === undefined ? undefined : nested.pattern(name, undefined, 0),
  );
  const sums = readSums(reading, nested.map.sums);
  const totals = [...OWN_TOTALS, ...Object.keys(sums)];
  for (const [name, pattern] of [
    ['header', header],
    ['trailer', trailer],
  ] as const)
    if (pattern !== undefined && !totals.some((total) => pattern.includes(`(?<${total}>`)))
      nested.fault(name, `has no group ${totals.map((total) => `(?<${total}>…)`).join(', ')}`, pattern);
  for (const total of Object.keys(sums))
    if (![header, trailer].some((pattern) => pattern?.includes(`(?<${total}>`) === true))
      nested.fault(`sums.${total}`, `is no group (?<${total}>…) of header or trailer`);
  if (header === undefined && trailer === undefined) nested.fault('trailer', 'or header is needed');
  return {
    ...(header === undefined ? {} : { header }),
    ...(trailer === undefined ? {} : { trailer }),
    ...(Object.keys(sums).length === 0 ? {} : { sums }),
    onDifference: nested.word('onDifference', ['refuse', 'alarm'], 'refuse') ?? 'refuse',
  };
}

/** Groups that need no column. */
const OWN_TOTALS = ['records', 'seconds', 'quantity'];

function readSums(reading: SourceReading, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  const names = typeof value === 'object' ? Object.keys(value) : [];
  const nested = new Nested(reading, 'collect.checks.sums', value, names);
  const sums: Record<string, string> = {};
  for (const name of nested.map === undefined ? [] : names) {
    if (OWN_TOTALS.includes(name)) nested.fault(name, 'is added up without a column');
    else if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) nested.fault(name, 'is no name of a group: letters and digits');
    else sums[name] = nested.text(name, undefined) ?? '';
  }
  return sums;
}

/** Reads an object inside the source, with the whole path in its faults. */
class Nested {
  readonly map: Data | undefined;
  readonly #reading: SourceReading;
  readonly #path: string;

  constructor(reading: SourceReading, path: string, value: unknown, keys: readonly string[]) {
    this.#reading = reading;
    this.#path = path;
    this.map = reading.map(value, path, keys);
  }

  fault(name: string, problem: string, value?: string): undefined {
    return this.#reading.fault(`${this.#path}.${name}`, problem, value);
  }

  text(name: string, otherwise: string | undefined): string | undefined {
    return this.#reading.text(this.#one(name), `${this.#path}.${name}`, otherwise);
  }

  word<const W extends readonly string[]>(name: string, words: W, otherwise: W[number] | undefined): W[number] | undefined {
    return this.#reading.word(this.#one(name), `${this.#path}.${name}`, words, otherwise);
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.#reading.flag(this.#one(name), `${this.#path}.${name}`, otherwise);
  }

  whole(name: string, least: number, most: number, otherwise: number): number {
    return this.#reading.whole(this.#one(name), `${this.#path}.${name}`, least, most, otherwise);
  }

  list(name: string): readonly string[] | undefined {
    return this.#reading.list(this.#one(name), `${this.#path}.${name}`);
  }

  secret(name: string, needed: boolean): SecretReference | undefined {
    if (this.map?.[name] === undefined) return needed ? this.fault(name, 'is missing') : undefined;
    const text = this.text(name, undefined);
    if (text === undefined || isSecretReference(text)) return text;
    // The value itself may be the secret: it is not shown.
    return this.fault(name, 'must say where the secret is, env:NAME or file:/path, and not hold it');
  }

  /** A regular expression with at least so many groups, which takes no long time with any name. */
  pattern(name: string, otherwise: string | undefined, groups: number): string | undefined {
    const text = this.text(name, otherwise);
    if (text === undefined) return undefined;
    const cost = patternCost(text);
    if (typeof cost === 'string') return this.fault(name, cost, text);
    return groupsOf(text) >= groups ? text : this.fault(name, 'has no group, which would be the number', text);
  }

  #one(name: string): Data {
    return { [`${this.#path}.${name}`]: this.map?.[name] };
  }
}

function isSecretReference(text: string): text is SecretReference {
  return /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(text) || /^file:.+$/.test(text);
}
