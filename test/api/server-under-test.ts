/** The API on a database of its own, with the example's plan and the real engine. */
import { fileURLToPath } from 'node:url';
import { type Api, buildApi } from '#api/server.ts';
import { makeApiKey } from '#app/access/keys.ts';
import { apiOperations } from '#app/api/operations.ts';
import { loadCatalog } from '#app/charging/catalog.ts';
import { peersOf } from '#app/charging/gateways.ts';
import type { Logger } from '#app/log.ts';
import { loadSettings } from '#app/settings.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import type { KeyWords } from '#operations/access/keys.ts';
import { permissions } from '#operations/access/permissions.ts';
import type { Signed, SignIn } from '#operations/access/ports.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { runCli } from '../support/cli.ts';
import type { TestDatabase } from '../support/database.ts';

const example = fileURLToPath(new URL('../../examples/prepaid-mobile', import.meta.url));

export interface Given {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As JSON; a text as it is. */
  readonly body?: unknown;
  readonly key?: string;
  /** Somebody who is signed in asks, instead of a program with its key. */
  readonly person?: Omit<Signed, 'session'>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the tests are about
  readonly body: any;
}

export interface ServerUnderTest {
  readonly api: Api;
  readonly engine: ChargingEngine;
  readonly apiKey: string;
  readonly faults: string[];
  /** Not over a socket. */
  readonly ask: (path: string, given?: Given) => Promise<Answered>;
  readonly post: (path: string, body: unknown, key?: string) => Promise<Answered>;
  readonly close: () => Promise<void>;
}

/** Nobody signs in here: tests say who is (`person`). */
const noSignIn: Omit<SignIn, 'personOf'> = {
  origin: 'https://billing.test',
  route: () => undefined,
  handle: () => Promise.reject(new Error('nobody signs in here')),
  close: async () => undefined,
};

export async function applyExample(database: TestDatabase): Promise<void> {
  const { status, stderr } = await runCli(['apply', example], { environment: { DATABASE_URL: database.url } });
  if (status !== 0) throw new Error(stderr);
}

export async function startServer(
  database: TestDatabase,
  words: Partial<KeyWords> = {},
  dataFolder = '',
  threads = 0,
): Promise<ServerUnderTest> {
  const { catalog } = await loadCatalog(database);
  const { settings } = await loadSettings({}, { environment: {}, folder: '/' });
  const engine = new ChargingEngine({
    ...{ store: openChargingStore(database), rules: chargingRules(catalog), name: 'test', clock: () => Date.now() * 1000 },
  });
  await engine.start();
  const faults: string[] = [];
  const note = (fields: object, text: string): void => void faults.push(`${text} ${'err' in fields ? String(fields.err) : ''}`);
  const log = { info: () => undefined, error: note } as unknown as Logger; // what the API uses of one
  const { operations, close } = apiOperations(
    { database, log, dataFolder, settings },
    engine,
    () => catalog,
    () => peersOf([]),
    threads,
  );
  const api = await buildApi({
    ...{
      operations,
      keys: keyBooksOn(database),
      repetitions: repetitionBooksOn(database),
      audit: auditBooksOn(database),
      version: '1',
      log,
      checkAnswers: true,
    },
    signIn: {
      ...noSignIn,
      personOf: async (headers) => ({ ...JSON.parse(decodeURIComponent(headers.get('cookie') ?? '')), session: 's' }),
    },
    limits: { streams: { heartbeatMs: 100, mostBufferedBytes: 262_144, mostStreams: 5_000 } },
  });
  const usual = { name: 'test client', permissions: Object.keys(permissions), expiresMicros: undefined, createdBy: 'test' };
  const { key: apiKey } = await makeApiKey(database, { ...usual, ...words });
  const ask = async (path: string, { method = 'GET', headers = {}, body, key, person }: Given = {}): Promise<Answered> => {
    const answer = await api.server.inject({
      ...{ method: method as 'GET', url: path },
      headers: {
        ...(person === undefined
          ? { authorization: `Bearer ${apiKey}` }
          : { cookie: encodeURIComponent(JSON.stringify(person)), origin: noSignIn.origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = /[/+]json/.test(String(answer.headers['content-type']));
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body };
  };
  return {
    ...{ api, engine, apiKey, faults, ask },
    post: (path, body, key) => ask(path, { method: 'POST', body, ...(key === undefined ? {} : { key }) }),
    async close() {
      await api.close();
      await close();
      await engine.stop();
    },
  };
}
