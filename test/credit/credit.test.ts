import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookDeposit, creditAlarms, showExposure, watchCredit } from '#app/credit/credit.ts';
import { reverseOne } from '#app/partner-invoices/decide.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { formatNanos } from '#core/money/amount.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { refusedWith } from '../support/cluster.ts';
import { withWorld } from '../support/partner-world.ts';
import { configure, fileOf, line, loadOne, operator, type TestHome, withHome, write } from '../usage/home.ts';

const UNIT = 1_000_000_000n;

/** Account north may owe this much. */
function limited(credit: string): Readonly<Record<string, string>> {
  return {
    ...operator,
    'operator.yaml': operator['operator.yaml'].replace(
      '{id: north, party: north, legalEntity: own, currency: EUR}',
      `{id: north, party: north, legalEntity: own, currency: EUR, credit: ${credit}}`,
    ),
  };
}

async function invoice({ database }: TestHome, document: string, nanos: bigint, currency = 'EUR'): Promise<void> {
  const entry: LedgerEntry = {
    legalEntity: 'own',
    day: '2026-11-01',
    cause: { kind: 'invoice', id: document },
    description: document,
    by: 'test',
    postings: [
      { ledgerAccount: 'receivable', account: 'north', document, dueDay: '2026-12-01', currency, amountNanos: nanos },
      { ledgerAccount: 'revenue', service: 'voice', currency, amountNanos: -nanos },
    ],
  };
  await database.transaction((client) => ledgerBooksOn(client).post([entry]));
}

async function exposure(home: TestHome, account = 'north'): Promise<Record<string, string>> {
  const [found] = await showExposure(home.database, { account, day: '2026-11-02' });
  assert.ok(found);
  const { unbilledNanos, billedNanos, depositNanos, payableNanos, exposureNanos } = found.exposure;
  const figures = { unbilled: unbilledNanos, billed: billedNanos, deposit: depositNanos, payable: payableNanos, exposure: exposureNanos };
  return Object.fromEntries(Object.entries(figures).map(([name, nanos]) => [name, formatNanos(nanos, 2)]));
}

/** Two minutes to the United Kingdom, for which north owes 0.05 each. */
const call = (id: string): string => line({ id, in: 'north', out: 'south', b: '442071234567' });

test('exposure is live: records count as soon as they are loaded, documents as soon as they are booked', () =>
  withHome(async (home) => {
    assert.equal((await exposure(home)).exposure, '0.00');
    await loadOne(home, write(home, '1.csv', fileOf([call('a'), call('b')])));
    const before = await exposure(home);
    assert.deepEqual([before.unbilled, before.billed, before.exposure], ['0.20', '0.00', '0.20']);
    assert.notEqual((await exposure(home, 'south')).payable, '0.00');
    assert.equal((await exposure(home, 'south')).exposure, '0.00');
    await invoice(home, 'INV-1', 7n * UNIT);
    assert.equal((await exposure(home)).exposure, '7.20');
    await home.database.pool.query("insert into usage_closed_until (agreement, day) values ('north', '2027-01-01')");
    assert.deepEqual((await exposure(home)).unbilled, '0.00', 'what a statement covers is no longer unbilled');
    const waiting = (statement: number, side: string, nanos: bigint): Promise<unknown> =>
      home.database.pool.query(
        `with s as (insert into statement_recorded (id, agreement, label, version, covers_from, from_day, to_day, legal_entity, account, approvals,
                      findings, content, sha256, closed_on, closed_by)
                    values ($1, 'north', $1, 1, '2026-10-01', '2026-10-01', '2026-11-01', 'own', 'north', 1, '[]', '{}', repeat('0', 64), '2026-11-02', 'ann')
                    returning statement_id)
         insert into statement_amount select statement_id, $2, 'EUR', 'voice', $3, 0 from s`,
        [`north@${statement}`, side, nanos.toString()],
      );
    await waiting(1, 'receivable', 3n * UNIT);
    await waiting(2, 'receivable', 5n * UNIT);
    assert.equal((await exposure(home)).unbilled, '8.00', 'statements that wait for approval count');
    await home.database.pool.query(
      `insert into statement_outcome (statement_id, side, currency, outcome, document, booked_on)
       values (1, 'receivable', 'EUR', 'issued', 'INV-2', '2026-11-02'), (2, 'receivable', 'EUR', 'carried', null, '2026-11-02')`,
    );
    assert.equal((await exposure(home)).unbilled, '5.00', 'until a document is issued; what is carried over still does');
  }));

test('a threshold raises one alarm when it is reached, and clears it when it no longer is', () =>
  withHome(async (home) => {
    const check = async (): Promise<readonly number[]> =>
      (await watchCredit(home.database, { day: '2026-11-02', nowMicros: Date.now() * 1000 })).raised.map(({ percent }) => percent);
    assert.deepEqual(await check(), []);
    await invoice(home, 'INV-1', 80n * UNIT);
    assert.deepEqual(await check(), [50, 80]);
    assert.deepEqual(await check(), []);
    await invoice(home, 'INV-2', 20n * UNIT);
    assert.deepEqual(await check(), [100]);
    const deposit = {
      kind: 'take',
      account: 'north',
      currency: undefined,
      amount: '30.00',
      reference: 'r1',
      day: '2026-11-02',
      by: 'test',
    } as const;
    await bookDeposit(home.database, deposit);
    assert.deepEqual(await check(), []);
    assert.deepEqual(
      (await creditAlarms(home.database, false)).map(({ percent }) => percent),
      [50],
    );
    assert.equal((await creditAlarms(home.database, true)).length, 3);
  }, limited('{limit: 100, alarmsAt: [100, 50, 80]}')));

test('a deposit is taken, used and returned once each, and never more of it than is there', () =>
  withHome(async (home) => {
    await invoice(home, 'INV-1', 50n * UNIT);
    const move = { account: 'north', currency: undefined, day: '2026-11-02', by: 'test' };
    const book = (kind: 'take' | 'return' | 'use', amount: string, reference: string, document?: string): Promise<boolean> =>
      bookDeposit(home.database, { ...move, kind, amount, reference, ...(document === undefined ? {} : { document }) }).then(
        ({ isNew }) => isNew,
      );
    assert.equal(await book('take', '100.00', 'swift 1'), true);
    assert.equal(await book('take', '100.00', 'swift 1'), false);
    assert.deepEqual(await exposure(home), { unbilled: '0.00', billed: '50.00', deposit: '100.00', payable: '0.00', exposure: '-50.00' });
    await refusedWith('credit.document-settled', book('use', '60.00', 'use 1', 'INV-1'));
    assert.equal(await book('use', '50.00', 'use 1', 'INV-1'), true);
    assert.equal(await book('use', '50.00', 'use 1', 'INV-1'), false, 'found again although the document is settled now');
    await refusedWith('credit.document-settled', book('use', '0.01', 'use 2', 'INV-1'));
    await refusedWith('credit.deposit-short', book('return', '50.01', 'swift 2'));
    const twice = await Promise.allSettled([book('return', '30.00', 'swift 2'), book('return', '30.00', 'swift 3')]);
    assert.equal(
      twice.filter(({ status }) => status === 'fulfilled').length,
      1,
      'of two at once that together are too much, one is booked',
    );
    assert.deepEqual(await exposure(home), { unbilled: '0.00', billed: '0.00', deposit: '20.00', payable: '0.00', exposure: '-20.00' });
    await refusedWith('ledger.cause-differs', book('take', '99.00', 'swift 1'));
    for (const amount of ['0', '-1.00', '1.001', 'ten']) await refusedWith('credit.amount-wrong', book('take', amount, 'x'));
    await refusedWith(
      'credit.account-unknown',
      bookDeposit(home.database, { ...move, account: 'nobody', kind: 'take', amount: '1.00', reference: 'x' }),
    );
  }));

test('amounts in other currencies count at the day’s rate, and without one the exposure is refused', () =>
  withHome(async (home) => {
    await configure(home, limited('{limit: 100}'));
    await home.database.pool.query(
      `insert into exchange_rate (source, day, "of", "into", rate, loaded_by) values ('ecb', '2026-11-01', 'EUR', 'USD', 1.25, 'test')`,
    );
    await invoice(home, 'INV-USD', 10n * UNIT, 'USD');
    assert.equal((await exposure(home)).exposure, '8.00');
    await refusedWith('exchange.rate-missing', showExposure(home.database, { account: 'north', day: '2026-12-24' }));
  }));

test('an invoice accepted before the close counts once, beside it what it leaves; what is contested is not owed, what they will self-bill is', () =>
  withWorld({ settlement: { receivableBy: 'them' } }, async ({ database, home, load, loadTheirs, close, take, accept }) => {
    await load(['2026-10-05', '100']);
    await loadTheirs(['2026-10-06', '70']);
    const now = async (): Promise<readonly string[]> => {
      const [found] = await showExposure(database, { account: 'borealis-usd', day: '2026-11-02' });
      assert.ok(found);
      const { unbilledNanos, billedNanos, payableNanos, contestedNanos } = found.exposure;
      return [unbilledNanos, billedNanos, payableNanos, contestedNanos].map((nanos) => formatNanos(nanos, 2));
    };
    assert.deepEqual(await now(), ['70.00', '0.00', '100.00', '0.00']);
    const part = await take('a', 'France amount=60.00');
    await accept(part, { beforeClose: true, moreToCome: true });
    assert.deepEqual(await now(), ['70.00', '0.00', '100.00', '0.00']);
    const selfBilled = await take('s', 'Germany amount=65.00', { kind: 'self-billed-invoice' });
    await accept(selfBilled, { beforeClose: true });
    assert.deepEqual(await now(), ['0.00', '65.00', '100.00', '0.00']);
    await reverseOne(home, { id: selfBilled, reason: 'too early', day: '2026-11-07', by: 'ann' });
    await close('2026-11-08');
    assert.deepEqual(await now(), ['70.00', '0.00', '100.00', '0.00']);
    await accept(await take('b', 'France amount=45.00'), { undisputed: '40.00', reason: 'rates' });
    assert.deepEqual(await now(), ['70.00', '0.00', '100.00', '5.00']);
  }));
