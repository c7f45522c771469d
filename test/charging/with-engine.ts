/** Engines with the real rules on one database for a test file, and accounts for them. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openAccount } from '#core/charging/change.ts';
import type { CompiledCatalog } from '#core/charging/plan.ts';
import type { ChargingRequest, Identity, RequestItem } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { ChargingEngine, type EngineOptions } from '#engine/engine.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { insertAccounts } from '#storage/charging/new-accounts.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

/** Call it once in a test file: the database is there while its tests run. */
export function sharedDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  let finish: () => void = () => undefined;
  let ended: Promise<void> = Promise.resolve();
  before(async () => {
    await new Promise<void>((ready, failed) => {
      ended = withTestDatabase((opened) => {
        database = opened;
        ready();
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      });
      ended.catch(failed);
    });
  });
  after(async () => {
    finish();
    await ended;
  });
  return () => {
    assert.ok(database !== undefined, 'the database is opened before the tests');
    return database;
  };
}

export async function startEngine(
  database: TestDatabase,
  catalog: CompiledCatalog,
  options: Partial<EngineOptions> = {},
): Promise<ChargingEngine> {
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    rules: chargingRules(catalog),
    name: 'test',
    clock: () => Date.now() * 1_000,
    ...options,
  });
  await engine.start();
  return engine;
}

export async function withEngine(
  database: TestDatabase,
  catalog: CompiledCatalog,
  work: (engine: ChargingEngine) => Promise<void>,
  options: Partial<EngineOptions> = {},
): Promise<void> {
  const engine = await startEngine(database, catalog, options);
  try {
    await work(engine);
  } finally {
    await engine.stop();
  }
}

/** An account named by its number, with money of its own; `pool`: whose buckets it draws from. */
export async function enterAccount(
  database: TestDatabase,
  catalog: CompiledCatalog,
  number: string,
  nanos: bigint,
  { now = Date.now() * 1_000, pool, identities = [] }: { now?: number; pool?: string; identities?: readonly Identity[] } = {},
): Promise<void> {
  const named = [{ kind: 'msisdn', value: number } as const, ...identities];
  const [opened] = valueOrThrow(openAccount(catalog, { id: number, currency: 'EUR', plan: 'plan', identities: named }, now)).accounts;
  assert.ok(opened !== undefined);
  const topUp = { kind: 'top-up', key: 'first', nanos, currency: 'EUR' } as const;
  const filled = nanos === 0n ? [opened] : valueOrThrow(chargingRules(catalog).change({ account: opened, pools: [] }, topUp, now)).accounts;
  const members = pool === undefined ? filled : filled.map((each) => ({ ...each, pools: [{ pool, caps: [] }] }));
  await database.transaction((client) => insertAccounts(client, members));
}

/** A request about one item of data, unless said otherwise. */
export function dataRequest(
  number: string,
  session: string,
  operation: ChargingRequest['operation'],
  item: Partial<RequestItem>,
  rest: Partial<ChargingRequest> = {},
): ChargingRequest {
  return {
    ...{ session, number: 0, operation, service: 'data', eventMicros: Date.now() * 1_000, facts: {} },
    identities: [{ kind: 'msisdn', value: number }],
    items: [{ ratingGroup: '1', used: [], ...item }],
    ...rest,
  };
}
