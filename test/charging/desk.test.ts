import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bookChargedUsage } from '#app/charging/book-usage.ts';
import { loadCatalog } from '#app/charging/catalog.ts';
import { controlsOf } from '#app/charging/controls.ts';
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
import { accountCommands, accountHistory, traceSession } from '#app/charging/trace.ts';
import { applyConfiguration } from '#app/configuration.ts';
import { createLog } from '#app/log.ts';
import { indexUsage } from '#app/usage/search.ts';
import { printTrace } from '#cli/charge-tables.ts';
import type { ChargingAccount } from '#core/charging/account.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { chargingRules } from '#core/charging/rules.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { ChargingEngine } from '#engine/engine.ts';
import { openChargingStore } from '#storage/charging/charging-store.ts';
import { driveTransfers, enterTransfer, transferState } from '#storage/charging/transfers.ts';
import { refusedWith } from '../support/cluster.ts';
import { type TestDatabase, withTestDatabase } from '../support/database.ts';

const folder = fileURLToPath(new URL('../../examples/prepaid-mobile/', import.meta.url));
const UNIT = 1_000_000_000n;

let database: TestDatabase;
let home: Parameters<typeof bookChargedUsage>[0];
let engine: ChargingEngine;
let finish: () => void;
let finished: Promise<void>;

before(async () => {
  const ready = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  finish = over.resolve;
  const folderOfData = mkdtempSync(join(tmpdir(), 'carillon-desk-'));
  finished = withTestDatabase(async (opened) => {
    database = opened;
    home = { database, dataFolder: folderOfData, log: createLog({ level: 'silent', format: 'text' }) };
    await applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
    const { catalog } = await loadCatalog(database);
    engine = new ChargingEngine({ store: openChargingStore(database), rules: chargingRules(catalog), name: 'test', clock: nowMicros });
    await engine.start();
    ready.resolve();
    await over.promise;
    await engine.stop();
  }).finally(() => rmSync(folderOfData, { recursive: true }));
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

test('a transfer whose process died after any of its steps is finished by whoever serves, once', async () => {
  await opened('t1', 40n * UNIT);
  await opened('t2', 10n * UNIT);
  const state = async (...keys: readonly string[]) => Promise.all(keys.map((key) => transferState(database, key)));
  const entered = (key: string, nanos = UNIT) =>
    enterTransfer(database, { key, from: 't1', to: 't2', nanos, currency: 'EUR', note: 'test' });
  assert.ok(await entered('died'));
  assert.ok(await entered('died'), 'the same one again');
  assert.ok(!(await entered('died', 2n * UNIT)), 'another one');
  await entered('too-much', 1_000n * UNIT);
  // Several see to it at once, as engines and commands do.
  for (let open = 1; open > 0; await new Promise((resolve) => setTimeout(resolve, 20)))
    open = Math.max(...(await Promise.all([driveTransfers(database), driveTransfers(database)])));
  assert.deepEqual(await state('died', 'too-much', 'none'), ['done', 'refused', undefined]);
  assert.deepEqual([main(await accountNamed(database, 't1')), main(await accountNamed(database, 't2'))], [31_010_000_000n, 3_010_000_000n]);
  await refusedWith('charging.transfer-to-itself', transfer(database, 't1', 't1', UNIT, 'EUR', 'test', 'self'));
});

test('no command of somebody else is taken for a leg of a transfer, and a transfer that cannot begin leaves nothing', async () => {
  await opened('t3', 20n * UNIT);
  await opened('t4', 10n * UNIT);
  const little = { kind: 'top-up', nanos: 1n, currency: 'EUR' } as const;
  await applyCommand(database, 't3', little, 'K:out');
  await refusedWith('charging.key-used', applyCommand(database, 't3', little, 'transfer:out:K'));
  const big = { key: 'K', from: 't3', to: 't4', nanos: 500n * UNIT, currency: 'EUR', note: '' };
  assert.ok(await enterTransfer(database, big));
  while ((await driveTransfers(database)) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await transferState(database, 'K'), 'refused', 'there is too little');
  assert.equal(main(await accountNamed(database, 't4')), 2_010_000_000n);
  // Were it there in spite of all, nothing of the transfer is.
  valueOrThrow(await engine.apply('t4', { ...little, key: 'transfer:out:L' }));
  assert.ok(!(await enterTransfer(database, { ...big, key: 'L' })));
  assert.equal(await transferState(database, 'L'), undefined);
});

test('parallel attempts of every kind: what there is is spent once, a key is done once, a plan is changed once', async () => {
  await opened('p1', 20n * UNIT);
  await opened('p2', 10n * UNIT);
  const settled = async (attempts: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled').length;
  const times = <T>(count: number, work: (index: number) => Promise<T>) => Array.from({ length: count }, (_, index) => work(index));
  const adjust = () => applyCommand(database, 'p1', { kind: 'adjust', unit: 'money', amount: -UNIT });
  assert.equal(await settled(times(30, adjust)), 12, '12.01 are twelve times 1.00');
  assert.equal(main(await accountNamed(database, 'p1')), 10_000_000n);
  await settled(times(20, () => applyCommand(database, 'p1', { kind: 'top-up', nanos: UNIT, currency: 'EUR' }, 'same')));
  await settled(times(20, () => transfer(database, 'p2', 'p1', UNIT, 'EUR', 'test', 'same-transfer')));
  assert.deepEqual([main(await accountNamed(database, 'p1')), main(await accountNamed(database, 'p2'))], [2_010_000_000n, 1_010_000_000n]);
  // Of two that want the same two euro, one gets them.
  await Promise.allSettled([
    transfer(database, 'p1', 'p2', 2n * UNIT, 'EUR', 'test', 'a'),
    transfer(database, 'p1', '1', 2n * UNIT, 'EUR', 'test', 'b'),
  ]);
  assert.equal(main(await accountNamed(database, 'p1')), 10_000_000n);
  await settled(times(10, () => applyCommand(database, 'p2', { kind: 'change-plan', plan: 'mira-family' })));
  const { buckets } = await accountNamed(database, 'p2');
  assert.deepEqual(
    buckets.map(({ definition }) => definition).sort(),
    ['family-data', 'main'],
    'the new plan gives once, what the old one gave is gone',
  );
});

test('commands to transfer that are killed anywhere have moved the money once or not at all', async () => {
  await opened('k1', 40n * UNIT);
  await opened('k2', 10n * UNIT);
  const kills = [250, 500, 650, 800, 950];
  const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  await Promise.all(
    kills.map(async (milliseconds, index) => {
      const child = spawn(process.execPath, [program, 'charge', 'transfer', 'k1', 'k2', '1.00', '--key', `kill-${index}`], {
        env: { ...process.env, DATABASE_URL: database.url, CARILLON_LOG_LEVEL: 'error' },
        stdio: 'ignore',
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
      await once(child, 'exit');
      clearTimeout(timer);
    }),
  );
  for (let open = 1; open > 0; await new Promise((resolve) => setTimeout(resolve, 20))) open = await driveTransfers(database);
  const states = await Promise.all(kills.map((_, index) => transferState(database, `kill-${index}`)));
  const moved = BigInt(states.filter((state) => state === 'done').length);
  assert.ok(
    states.every((state) => state === 'done' || state === undefined),
    states.join(),
  );
  assert.deepEqual(
    [main(await accountNamed(database, 'k1')), main(await accountNamed(database, 'k2'))],
    [32_010_000_000n - moved * UNIT, 2_010_000_000n + moved * UNIT],
  );
});

test('what the customer sets of a control holds at once, is bounded by the plan, and is in the history with who did it', async () => {
  await opened('c1', 20n * UNIT);
  const set = (words: object) => applyCommand(database, 'c1', { kind: 'set-control', control: 'roaming-data', text: 'by anna', ...words });
  await refusedWith('charging.limit-out-of-bounds', set({ limit: 1_000n * UNIT, unit: 'money' }));
  await refusedWith('charging.amount-wrong', set({ limit: 1_000n, unit: 'bytes' }));
  await set({ limit: 20n * UNIT, unit: 'money' });
  await set({ agreedToMicros: 'period' });
  const [roaming] = await controlsOf(database, 'c1', 'roaming-data');
  assert.deepEqual([roaming?.limit, roaming?.ownLimit, roaming?.planLimit], [undefined, 20n * UNIT, 59_500_000_000n]);
  assert.equal(roaming?.agreedToMicros, roaming?.untilMicros);
  await set({ agreedToMicros: 0 });
  assert.equal((await controlsOf(database, 'c1', 'roaming-data'))[0]?.limit, 20n * UNIT);
  await refusedWith('charging.control-unknown', controlsOf(database, 'c1', 'none'));
  const commands = await accountCommands(database, 'c1', 10);
  assert.deepEqual(
    commands.map(({ command: { kind, text } }) => `${kind} ${text}`),
    ['set-control by anna', 'set-control by anna', 'set-control by anna', 'set-status opened'],
  );
});

test('a voucher is kept as a hash, used once by parallel attempts, and free again when its content was refused', async () => {
  await opened('5', 10n * UNIT);
  const batch = { nanos: 3n * UNIT, currency: 'EUR', allowances: ['points'], validToMicros: undefined, madeBy: 'test' };
  const made = await makeVoucherBatch(database, batch, 3, 20);
  const [first = '', second = '', third = ''] = made.codes;
  const { rows } = await database.pool.query<{ code_hash: Buffer }>('select code_hash from voucher order by serial');
  assert.deepEqual(rows[0]?.code_hash, createHash('sha256').update(first).digest());
  const attempts = await Promise.allSettled(
    Array.from({ length: 100 }, () => redeem(database, '5', `${first.slice(0, 4)} ${first.slice(4)}`, 'test')),
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
  const running = await traceSession(home, call.session);
  assert.equal(running.open?.items[0]?.grant?.units, 120n);
  await engine.handle({ ...call, number: 1, operation: 'update', items: [{ requested: { seconds: 60n }, used: [{ seconds: 61n }] }] });
  await engine.handle({ ...call, number: 2, operation: 'terminate', items: [{ used: [{ seconds: 30n }] }] });
  const { entries, records, closedMicros } = await traceSession(home, call.session);
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
  // Once it is booked, it is explained out of the books, and named as they name it.
  await bookChargedUsage(home);
  const [booked, ...more] = (await traceSession(home, call.session)).records;
  assert.deepEqual([booked?.steps, booked?.record, more], [records[0]?.steps, records[0]?.record, []]);
  assert.match(printTrace(await traceSession(home, call.session), false), new RegExp(`; event ${booked?.booked} of the books of usage`));
  // The same out of the index, in which records are under their session.
  assert.ok((await indexUsage(home.database, () => undefined)) > 0);
  assert.deepEqual(
    (await traceSession(home, call.session)).records.map((each) => each.booked),
    [booked?.booked],
  );
  await refusedWith('charging.session-unknown', traceSession(home, 'none'));
});
