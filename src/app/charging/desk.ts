/** Accounts of online charging for those who manage them: by the engine that runs, or where none does by one for the moment. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ChargingAccount } from '#core/charging/account.ts';
import { newAccount } from '#core/charging/change.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { Identity } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { RefusedError, refuse, valueOrThrow } from '#core/refusals.ts';
import { ChargingEngine } from '#engine/engine.ts';
import type { StoredBatch, VoucherBatch } from '#operations/charging/ports.ts';
import { type MadeVouchers, makeVouchers, redeemVoucher, USUAL_DIGITS } from '#operations/charging/vouchers.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { chargingDeskOn, isServed } from '#storage/charging/desk.ts';
import { driveTransfers, enterTransfer, transferLegKey } from '#storage/charging/transfers.ts';
import { voucherBooksOn } from '#storage/charging/vouchers.ts';
import type { Database } from '#storage/database.ts';
import { loadCatalog } from './catalog.ts';

export type { Identity, StoredBatch };
export { USUAL_DIGITS };

/** Of a command whatever its kind: everything but the key. */
export type CommandWords = AccountCommand extends infer C ? (C extends AccountCommand ? Omit<C, 'key'> : never) : never;

const WAIT_MS = 10_000;
const POLL_MS = 20;

export interface OpenAccount {
  readonly account: string;
  readonly plan: string;
  readonly identities: readonly Identity[];
  readonly creditLimitNanos?: bigint;
  /** In whose shard it comes to lie, and whose buckets it draws from. */
  readonly pool?: string;
}

/** Opens an account and gives what its plan includes. Throws RefusedError (`charging.plan-unknown`, `charging.account-exists`). */
export async function openChargingAccount(
  database: Database,
  { account: id, plan, identities, creditLimitNanos, pool }: OpenAccount,
): Promise<ChargingAccount> {
  const { catalog } = await loadCatalog(database);
  const currency = catalog.plans.get(plan)?.[0]?.currency ?? '';
  const shared = pool === undefined ? undefined : await accountNamed(database, pool);
  const opened = valueOrThrow(
    newAccount(catalog, { id, currency, plan, identities, ...(creditLimitNanos === undefined ? {} : { creditLimitNanos }) }, nowMicros()),
  );
  const account = shared === undefined ? opened : { ...opened, pools: [{ pool: shared.id, caps: [] }] };
  const present = await chargingDeskOn(database).insert([account]).catch(throwTaken);
  if (present.length > 0) throw new RefusedError(refuse('charging.account-exists', `there is an account ${id}`, { value: id }));
  await applyUnder(database, id, { kind: 'set-status', status: 'active', text: 'opened' }, `open:${id}`);
  return accountNamed(database, id);
}

/** PostgreSQL's unique violation: an identity is another account's. */
function throwTaken(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '23505') {
    throw new RefusedError(refuse('charging.account-exists', 'an identity is another account’s'));
  }
  throw error;
}

/** By name or identity. Throws RefusedError (`engine.account-unknown`). */
export async function accountNamed(database: Database, name: string): Promise<ChargingAccount> {
  const account = await chargingDeskOn(database).find(name);
  if (account === undefined) throw new RefusedError(refuse('engine.account-unknown', `charging has no account ${name}`, { value: name }));
  return account;
}

/** Does a command once for its key, and returns the account afterwards. Throws RefusedError for what it refuses, `charging.key-used`, `charging.not-in-time`. */
export async function applyCommand(
  database: Database,
  name: string,
  words: CommandWords,
  key = `cli:${randomUUID()}`,
): Promise<ChargingAccount> {
  if (OWN_KEYS.test(key))
    throw new RefusedError(refuse('charging.key-used', `keys that begin as ${key} are Carillon’s own`, { field: 'key', value: key }));
  return applyUnder(database, name, words, key);
}

/** Keys of transfers, vouchers and openings. */
const OWN_KEYS = /^(transfer|voucher|open):/;

async function applyUnder(database: Database, name: string, words: CommandWords, key: string): Promise<ChargingAccount> {
  const { id } = await accountNamed(database, name);
  const command = { key, ...words } as AccountCommand; // each kind of words is a command without its key
  if (!(await chargingDeskOn(database).ask(id, command))) {
    throw new RefusedError(refuse('charging.key-used', `another command was given under the key ${key}`, { field: 'key', value: key }));
  }
  await withServing(database, () => done(database, key));
  return accountNamed(database, id);
}

/**
 * Takes money from one account and gives it to another; back where the other cannot take it. It is finished by whoever serves, also when this process
 * dies; the same key again finds what became of it. Throws RefusedError for what either refuses, `charging.key-used`, `charging.not-in-time`.
 */
export async function transfer(
  database: Database,
  from: string,
  to: string,
  nanos: bigint,
  currency: string,
  text: string,
  key: string,
): Promise<readonly ChargingAccount[]> {
  const [source, target] = [await accountNamed(database, from), await accountNamed(database, to)];
  if (source.id === target.id) throw new RefusedError(refuse('charging.transfer-to-itself', 'both are one account', { value: source.id }));
  if (!(await enterTransfer(database, { key, from: source.id, to: target.id, nanos, currency, note: text })))
    throw new RefusedError(refuse('charging.key-used', `another command was given under the key ${key}`, { field: 'key', value: key }));
  await withServing(database, async () => {
    await done(database, transferLegKey(key, 'out')).catch(async (error: unknown) => {
      await driveTransfers(database);
      throw error;
    });
    await driveTransfers(database);
    try {
      await done(database, transferLegKey(key, 'in'));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusals.some(({ code }) => code === 'charging.not-in-time')) throw error;
      await driveTransfers(database);
      await done(database, transferLegKey(key, 'back'));
      await driveTransfers(database);
      throw error;
    }
    await driveTransfers(database);
  });
  return [await accountNamed(database, source.id), await accountNamed(database, target.id)];
}

/** Makes a batch. Throws RefusedError. */
export async function makeVoucherBatch(database: Database, batch: VoucherBatch, count: number, digits: number): Promise<MadeVouchers> {
  const { catalog } = await loadCatalog(database);
  const missing = batch.allowances.find((id) => !catalog.allowances.has(id));
  if (missing !== undefined)
    throw new RefusedError(
      refuse('charging.allowance-unknown', `there is no allowance ${missing}`, { field: 'allowance', value: missing }),
    );
  return valueOrThrow(await makeVouchers(voucherBooksOn(database), batch, count, digits));
}

/** Uses a voucher. Throws RefusedError; a voucher whose content was refused can be used again. */
export async function redeem(database: Database, name: string, code: string, text: string): Promise<ChargingAccount> {
  const { id } = await accountNamed(database, name);
  const key = valueOrThrow(await redeemVoucher(voucherBooksOn(database), code, id, nowMicros(), text));
  await withServing(database, () => done(database, key));
  return accountNamed(database, id);
}

export async function voucherBatches(database: Database): Promise<readonly StoredBatch[]> {
  return voucherBooksOn(database).batches();
}

/** Throws RefusedError (`charging.voucher-unknown`). */
export async function stopVouchers(database: Database, batch: number): Promise<void> {
  if (!(await voucherBooksOn(database).stop(batch))) {
    throw new RefusedError(refuse('charging.voucher-unknown', `there is no batch ${batch}`, { value: String(batch) }));
  }
}

/** Where no engine lives, one is started for the moment. */
async function withServing<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const engine = (await isServed(database)) ? undefined : await startEngine(database);
  try {
    return await work();
  } finally {
    await engine?.stop();
  }
}

/** Waits until a command is done. */
async function done(database: Database, key: string): Promise<void> {
  const desk = chargingDeskOn(database);
  for (const until = performance.now() + WAIT_MS; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    const state = await desk.state(key);
    if (state?.kind === 'done') return;
    if (state?.kind === 'refused') throw new RefusedError(...state.refusals);
  }
  throw new RefusedError(refuse('charging.not-in-time', `no engine came to the command ${key}`, { field: 'key', value: key }));
}

async function startEngine(database: Database): Promise<ChargingEngine> {
  const { catalog } = await loadCatalog(database);
  const engine = new ChargingEngine({
    store: openChargingStore(database),
    rules: chargingRules(catalog),
    name: `${hostname()} ${process.pid} (command)`,
    clock: nowMicros,
  });
  await engine.start();
  return engine;
}

export function nowMicros(): number {
  return Date.now() * 1000;
}
