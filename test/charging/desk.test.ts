import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '#app/charging/catalog.ts';
import {
  accountNamed,
  applyCommand,
  makeVoucherBatch,
  nowMicros,
  openChargingAccount,
  redeem,
  stopVouchers,
  transfer,
  voucherBatches,
} from '#app/charging/desk.ts';
import { accountHistory, traceSession } from '#app/charging/trace.ts';
import { applyConfiguration } from '#app/configuration.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import type { Database } from '#storage/database.ts';
import { refusedWith } from '../support/cluster.ts';
import { withTestDatabase } from '../support/database.ts';

const folder = fileURLToPath(new URL('../../examples/prepaid-mobile/', import.meta.url));
const UNIT = 1_000_000_000n;

let database: Database;
let engine: ChargingEngine;
let finish: () => void;
let finished: Promise<void>;

before(async () => {
  const ready = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  finish = over.resolve;
  finished = withTestDatabase(async (opened) => {
    database = opened;
    await applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
    const { catalog } = await loadCatalog(database);
    engine = new ChargingEngine({ store: openChargingStore(database), rules: chargingRules(catalog), name: 'test', clock: nowMicros });
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
});

function main({ buckets }: ChargingAccount): bigint {
  return buckets.find(({ definition }) => definition === 'main')?.value ?? 0n;
}

async function opened(account: string, nanos: bigint): Promise<ChargingAccount> {
  await openChargingAccount(database, { account, plan: 'mira', identities: [{ kind: 'msisdn', value: `49${account}` }] });
  return applyCommand(database, account, { kind: 'top-up', nanos, currency: 'EUR' });
}

test('an account is opened once, found by its identity, and pays its fee with the first money', async () => {
  const anna = await opened('1', 20n * UNIT);
  assert.equal(main(anna), 12_010_000_000n);
  assert.equal((await accountNamed(database, 'msisdn:491')).id, '1');
  await refusedWith('charging.account-exists', openChargingAccount(database, { account: '1', plan: 'mira', identities: [] }));
  const taken = { account: '1b', plan: 'mira', identities: [{ kind: 'msisdn', value: '491' }] } as const;
  await refusedWith('charging.account-exists', openChargingAccount(database, taken));
  await refusedWith('charging.plan-unknown', openChargingAccount(database, { account: '1c', plan: 'none', identities: [] }));
  const history = await accountHistory(database, '1', 10);
  assert.deepEqual(
    history.map(({ cause, definition }) => `${cause} ${definition}`),
    ['renewal minutes', 'renewal data-3gb-home', 'fee main', 'top-up main'],
  );
});

test('a command is done once for its key, and another command cannot have it', async () => {
  await opened('2', 10n * UNIT);
  const words = { kind: 'top-up', nanos: UNIT, currency: 'EUR' } as const;
  await applyCommand(database, '2', words, 'once');
  const again = await applyCommand(database, '2', words, 'once');
  assert.equal(main(again), 3_010_000_000n);
  await assert.rejects(applyCommand(database, '2', { ...words, nanos: 2n * UNIT }, 'once'), 'charging.key-used');
  await refusedWith('charging.currency-differs', applyCommand(database, '2', { ...words, currency: 'USD' }));
});

test('a transfer takes and gives once, goes on under its key, and comes back where the other cannot take it', async () => {
  await opened('3', 20n * UNIT);
  await opened('4', 10n * UNIT);
  for (let time = 0; time < 2; time += 1) {
    const [from, to] = await transfer(database, '3', '4', 5n * UNIT, 'EUR', 'test', 't1');
    assert.deepEqual(
      [from, to].map((account) => account && main(account)),
      [7_010_000_000n, 7_010_000_000n],
    );
  }
  await applyCommand(database, '4', { kind: 'set-status', status: 'closed' });
  await refusedWith('charging.account-closed', transfer(database, '3', '4', UNIT, 'EUR', 'test', 't2'));
  assert.equal(main(await accountNamed(database, '3')), 7_010_000_000n);
});

test('a voucher is kept as a hash, used once by parallel attempts, and free again when its content was refused', async () => {
  await opened('5', 10n * UNIT);
  const batch = { nanos: 3n * UNIT, currency: 'EUR', allowances: ['points'], validToMicros: undefined, madeBy: 'test' };
  const made = await makeVoucherBatch(database, batch, 3, 20);
  const [first = '', second = '', third = ''] = made.codes;
  const { rows } = await database.pool.query<{ code_hash: Buffer }>('select code_hash from voucher order by serial');
  assert.deepEqual(rows[0]?.code_hash, createHash('sha256').update(first).digest());
  const attempts = await Promise.allSettled(
    Array.from({ length: 8 }, () => redeem(database, '5', `${first.slice(0, 4)} ${first.slice(4)}`, 'test')),
  );
  assert.equal(attempts.filter(({ status }) => status === 'fulfilled').length, 1);
  const anna = await accountNamed(database, '5');
  assert.equal(main(anna), 5_010_000_000n);
  assert.equal(anna.buckets.filter(({ definition }) => definition === 'points').length, 1);
  await refusedWith('charging.voucher-used', redeem(database, '5', first, 'test'));
  await refusedWith('charging.voucher-unknown', redeem(database, '5', '12345678901234567890', 'test'));
  await opened('6', UNIT);
  await applyCommand(database, '6', { kind: 'set-status', status: 'closed' });
  await refusedWith('charging.account-closed', redeem(database, '6', second, 'test'));
  assert.equal(main(await redeem(database, '5', second, 'test')), 8_010_000_000n);
  assert.deepEqual(
    (await voucherBatches(database)).map(({ count, used }) => [count, used]),
    [[3, 2]],
  );
  await stopVouchers(database, made.batch);
  await refusedWith('charging.voucher-over', redeem(database, '5', third, 'test'));
  await refusedWith('charging.allowance-unknown', makeVoucherBatch(database, { ...batch, allowances: ['none'] }, 1, 20));
  await refusedWith('charging.amount-wrong', makeVoucherBatch(database, batch, 1, 6));
});

test('a session is traced: what each request changed, and why its use costs what it costs', async () => {
  await opened('7', 20n * UNIT);
  const call: ChargingRequest = {
    session: 'sip;7%_',
    number: 0,
    operation: 'initial',
    identities: [{ kind: 'msisdn', value: '497' }],
    service: 'voice',
    eventMicros: nowMicros(),
    facts: { called: '43123' },
    items: [{ requested: { seconds: 120n }, used: [] }],
  };
  assert.deepEqual((await engine.handle(call)).items[0]?.granted, { seconds: 120n });
  const running = await traceSession(database, call.session);
  assert.equal(running.open?.items[0]?.grant?.units, 120n);
  await engine.handle({ ...call, number: 1, operation: 'update', items: [{ requested: { seconds: 60n }, used: [{ seconds: 61n }] }] });
  await engine.handle({ ...call, number: 2, operation: 'terminate', items: [{ used: [{ seconds: 30n }] }] });
  const { entries, records, closedMicros } = await traceSession(database, call.session);
  assert.ok(closedMicros !== undefined);
  // 61 s and 91 s at 0.19 a minute after a first minute: 0.1932 and, in all, 0.2882.
  assert.deepEqual(
    entries.map(({ number, before: from, after: to }) => [number, to - from]),
    [
      [1, -193_200_000n],
      [2, -95_000_000n],
    ],
  );
  assert.deepEqual(
    records.map(({ explanation }) => explanation?.amount),
    ['0.2882'],
  );
  assert.match(records[0]?.steps ?? '', /Austria/);
  await refusedWith('charging.session-unknown', traceSession(database, 'none'));
});
