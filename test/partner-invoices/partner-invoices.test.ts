/** A partner's invoice over real books: taken in once, compared, accepted, contested, credited, taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raise, settle, step } from '#app/disputes.ts';
import { verifyLedger } from '#app/ledger/reports.ts';
import { refuseOne, reverseOne } from '#app/partner-invoices/decide.ts';
import { checkInvoice } from '#app/partner-invoices/look-up.ts';
import { accrue } from '#app/periods/closing.ts';
import { recorded, refusedAs, withWorld } from '../support/partner-world.ts';

test('an invoice that fits is booked once: what was expected is taken back, cost is what it asks for, and taking it back restores everything', () =>
  withWorld({ domestic: true }, async ({ home, load, close, take, accept, balances }) => {
    await load(['2026-10-05', '40.503'], ['2026-10-20', '60']);
    const id = await take('4711', 'France minutes=100 amount=100.50', { tax: '23%' });
    await assert.rejects(accept(id), refusedAs('partner-invoice.period-open'));
    await close('2026-11-03');
    const before = await balances();
    assert.deepEqual(before, ['cost 100.503', 'unbilled-payable -100.503']);
    const { assessment, accepted } = await checkInvoice(home, id, []);
    assert.equal(accepted, undefined);
    assert.deepEqual(
      assessment.covers.map(({ cover, expectedNanos, fits }) => [cover.netNanos, expectedNanos, fits]),
      [[100_500_000_000n, 100_503_000_000n, true]],
    );
    assert.equal((await accept(id)).clearedNanos, 100_503_000_000n);
    assert.deepEqual(await balances(), ['cost 100.5', 'payable -123.62', 'tax-input 23.12'].sort());
    assert.equal((await accept(id)).isNew, false);
    // What is expected is nothing then, which is no difference: what it took the place of is said.
    assert.deepEqual((await checkInvoice(home, id, [])).accepted, {
      ...{ acceptedNanos: 100_500_000_000n, contestedNanos: 0n, claimedNanos: 0n },
      ...{ cleared: [{ currency: 'USD', nanos: 100_503_000_000n }], stillExpected: [] },
    });
    const end = { id, reason: 'of another month', day: '2026-11-07', by: 'bob' };
    await reverseOne(home, end);
    assert.deepEqual(await balances(), before);
    assert.equal((await checkInvoice(home, id, [])).accepted, undefined);
    await accept(id);
    assert.deepEqual(await balances(), ['cost 100.5', 'payable -123.62', 'tax-input 23.12'].sort());
  }));

test('a number comes once: the same again changes nothing, other figures are refused until the first is refused', () =>
  withWorld({}, async ({ home, take, load, close, accept, balances }) => {
    await load(['2026-10-05', '50']);
    await close('2026-11-03');
    const id = await take('1', 'France amount=60.00');
    assert.equal(await take('1', 'France amount=60.00'), id);
    await assert.rejects(take('1', 'France amount=50.00'), refusedAs('partner-invoice.number-differs'));
    await assert.rejects(accept(id), refusedAs('partner-invoice.differs'));
    const end = { id, day: '2026-11-07', by: 'bob' };
    await assert.rejects(async () => refuseOne(home, { ...end, reason: ' ' }), refusedAs('partner-invoice.reason-missing'));
    await refuseOne(home, { ...end, reason: '10 too much' });
    await assert.rejects(accept(id), refusedAs('partner-invoice.refused-before'));
    assert.deepEqual(await balances(), ['cost 50', 'unbilled-payable -50']);
    const corrected = await take('1', 'France amount=50.00');
    assert.notEqual(corrected, id);
    await Promise.all([accept(corrected), accept(corrected)]);
    // Reverse charge: owed and deducted at once.
    const stands = ['cost 50', 'payable -50', 'tax-input 9.5', 'tax-output -9.5'].sort();
    assert.deepEqual(await balances(), stands);
    // Accepted, taken back, refused: a third version of the number is booked by itself.
    await reverseOne(home, { ...end, id: corrected, reason: 'the address is wrong' });
    await refuseOne(home, { ...end, id: corrected, reason: 'the address is wrong' });
    await accept(await take('1', 'France amount=50.01'));
    assert.ok((await balances()).includes('payable -50.01'));
    assert.deepEqual((await verifyLedger(home.database)).documents, []);
    // What was booked of one is changed behind the ledger's back.
    await home.database.pool.query('alter table ledger_posting disable trigger all');
    await home.database.pool.query(
      `update ledger_posting set amount_nanos = amount_nanos - 1 where ledger_account = 'payable' and amount_nanos = -50010000000`,
    );
    assert.deepEqual(
      (await verifyLedger(home.database)).documents.map(({ document, saysNanos, bookedNanos }) => [document, saysNanos, bookedNanos]),
      [['borealis/1', -50_010_000_000n, -50_010_000_001n]],
    );
  }));

test('what is contested is payable and no cost; given back by their credit note or accepted after all, cost is what was accepted', () =>
  withWorld({ domestic: true }, async ({ home, load, close, take, accept, balances }) => {
    await load(['2026-10-05', '100']);
    await close('2026-11-03');
    const id = await take('7', 'France amount=120.00', { tax: '23%' });
    const { dispute } = await accept(id, { undisputed: '100.00', reason: '60/60 was not agreed' });
    assert.equal(dispute, 1n);
    assert.deepEqual(await balances(), ['cost 100', 'disputed 24.6', 'payable -147.6', 'tax-input 23'].sort());
    const { accepted } = await checkInvoice(home, id, []);
    assert.deepEqual([accepted?.acceptedNanos, accepted?.contestedNanos], [100_000_000_000n, 20_000_000_000n]);
    await assert.rejects(
      async () => reverseOne(home, { id, reason: 'x', day: '2026-11-07', by: 'ann' }),
      refusedAs('partner-invoice.settled'),
    );
    const made = { id: '1', day: '2026-11-10', note: '', recorded } as const;
    await step(home.database, { ...made, kind: 'offered', amount: '15.00', by: 'them' });
    await step(home.database, { ...made, kind: 'accepted', by: 'us' });
    const credit = { ...made, outcome: 'their-credit-note', result: 'C-7' } as const;
    await assert.rejects(settle(home, credit), refusedAs('dispute.result-missing'));
    await assert.rejects(settle(home, { ...credit, outcome: 'credit-note' }), refusedAs('dispute.outcome-impossible'));
    const wrong = await take('C-6', 'France amount=14.00', { kind: 'credit-note', corrects: '7', tax: '23%' });
    await assert.rejects(settle(home, { ...credit, result: 'C-6' }), refusedAs('dispute.result-differs'));
    await assert.rejects(accept(wrong), refusedAs('partner-invoice.credit-of-dispute'));
    await take('C-7', 'France amount=15.00', { kind: 'credit-note', corrects: '7', tax: '23%' });
    assert.deepEqual(
      await Promise.all([settle(home, credit), settle(home, credit)]).then((both) => both.map(({ isNew }) => isNew).sort()),
      [false, true],
    );
    // 105.00 of 120.00 are accepted in the end.
    const end = ['cost 105', 'payable -129.15', 'tax-input 24.15'].sort();
    assert.deepEqual(await balances(), end);
    const again = await raise(home.database, {
      document: '7',
      amount: '5.00',
      reason: 'one more',
      by: 'us',
      day: '2026-11-12',
      respondDays: 30,
      evidence: [],
      recorded,
    });
    assert.deepEqual(await balances(), ['cost 100', 'disputed 6.15', 'payable -129.15', 'tax-input 23'].sort());
    await step(home.database, { ...made, id: String(again), day: '2026-11-13', kind: 'withdrawn', by: 'us' });
    assert.deepEqual(await balances(), end);
    await assert.rejects(
      take('C-8', 'France amount=106.00', { kind: 'credit-note', corrects: '7', tax: '23%' }).then((late) => accept(late)),
      refusedAs('partner-invoice.credit-too-much'),
    );
    await accept(await take('C-9', 'France amount=5.00', { kind: 'credit-note', corrects: '7', tax: '23%' }));
    assert.deepEqual(await balances(), ['cost 100', 'payable -123', 'tax-input 23'].sort());
  }));

test('one invoice over two months; one that came before the close; several for one month: nothing stands twice, nothing is left', () =>
  withWorld({}, async ({ home, load, close, take, accept, ...world }) => {
    // Reverse charge is owed and deducted at once.
    const balances = async () => (await world.balances()).filter((each) => !each.startsWith('tax-'));
    await load(['2026-10-05', '100.25'], ['2026-11-05', '50'], ['2026-12-05', '30']);
    await close('2026-11-03');
    const both = await take('both', 'France amount=100.25 period=2026-10', {
      lines: ['France amount=100.25 period=2026-10', 'France amount=50.00 period=2026-11'],
    });
    await assert.rejects(accept(both), refusedAs('partner-invoice.period-open'));
    await accept(both, { beforeClose: true });
    assert.deepEqual(await balances(), ['cost 150.25', 'payable -150.25']);
    // November is charged and not closed, and its invoice is booked: nothing of it is accrued at its end, only what December brings.
    await accrue(home, '2026-12-01', 'ann');
    assert.deepEqual(await balances(), ['cost 150.25', 'payable -150.25']);
    await close('2026-12-03');
    assert.deepEqual(await balances(), ['cost 150.25', 'payable -150.25']);
    await close('2027-01-04');
    assert.deepEqual(await balances(), ['cost 180.25', 'payable -150.25', 'unbilled-payable -30']);
    const december = { period: { from: '2026-12-01', to: '2027-01-01' }, dated: '2027-01-05' };
    const part = { from: '2026-12-01', to: '2026-12-16' };
    const first = await take('d1', 'France amount=12.00', { ...december, period: part });
    await assert.rejects(accept(first, { day: '2027-01-06' }), refusedAs('partner-invoice.period-cuts'));
    await accept(first, { moreToCome: true, day: '2027-01-06' });
    assert.deepEqual(await balances(), ['cost 180.25', 'payable -162.25', 'unbilled-payable -18']);
    await accept(await take('d2', 'France amount=19.00', december), { whole: true, day: '2027-01-06' });
    assert.deepEqual(await balances(), ['cost 181.25', 'payable -181.25']);
    // The one over two months is taken back: October and November are expected again.
    await reverseOne(home, { id: both, reason: 'paid twice', day: '2027-01-07', by: 'ann' });
    assert.deepEqual(await balances(), ['cost 181.25', 'payable -31', 'unbilled-payable -150.25']);
  }));

test('two persons, tax that is not as our rules say, self-billing, and another’s agreement', () =>
  withWorld({ fourEyes: true, domestic: true }, async ({ database, home, load, close, take, accept, balances }) => {
    await load(['2026-10-05', '10']);
    await close('2026-11-03');
    const id = await take('9', 'France amount=10.00', { tax: '7%' });
    await assert.rejects(accept(id), refusedAs('partner-invoice.tax-differs'));
    assert.equal((await accept(id, { taxAsInvoiced: true })).state, 'proposed');
    await assert.rejects(accept(id), refusedAs('partner-invoice.second-person'));
    assert.deepEqual(await balances(), ['cost 10', 'unbilled-payable -10']);
    await reverseOne(home, { id, reason: 'look again', day: '2026-11-07', by: 'ann' });
    await accept(id, { taxAsInvoiced: true, by: 'bob' });
    assert.equal((await accept(id, { by: 'eve' })).state, 'accepted');
    assert.deepEqual(await balances(), ['cost 10', 'payable -10.7', 'tax-input 0.7'].sort());
    const { rows } = await database.pool.query<{ booked_by: string }>(`select booked_by from ledger_entry where cause_kind = 'payable'`);
    assert.deepEqual(rows, [{ booked_by: 'bob, eve' }]);
    await assert.rejects(take('10', 'France amount=10.00', { agreement: 'nobody' }), refusedAs('statement.agreement-unknown'));
    await assert.rejects(take('11', 'France amount=10.005', { currency: 'XXX' }), refusedAs('partner-invoice.faulty'));
    await assert.rejects(take(' ', 'France amount=10.00'), refusedAs('partner-invoice.faulty'));
    await assert.rejects(take('12', 'France amount=0.00'), refusedAs('partner-invoice.faulty'));
    await database.pool.query(
      `update config_version set body = jsonb_set(body, '{settlement,payableBy}', '"us"') where kind = 'agreements'`,
    );
    await assert.rejects(take('13', 'France amount=10.00'), refusedAs('partner-invoice.self-billed'));
    await assert.rejects(database.pool.query(`update partner_invoice set number = '14'`), /never changed/);
  }));

test('in a foreign currency what was expected leaves at what it was worth, and disputes leave nothing behind', () =>
  withWorld({ currency: 'EUR' }, async ({ database, home, load, close, take, accept }) => {
    const worth = async (): Promise<readonly string[]> => {
      const { rows } = await database.pool.query<{ row: string }>(
        `select format('%s %s %s', ledger_account, trim_scale(sum(amount_nanos) / 1e9), trim_scale(sum(entity_amount_nanos) / 1e9)) as row
           from ledger_posting where ledger_account not like 'tax%' group by ledger_account
          having sum(amount_nanos) <> 0 or sum(entity_amount_nanos) <> 0 order by 1`,
      );
      return rows.map(({ row }) => row);
    };
    await database.pool.query(
      `insert into exchange_rate (source, day, of, "into", rate, loaded_by) values ('ecb', '2026-11-03', 'EUR', 'USD', 1.10, 't'), ('ecb', '2026-11-06', 'EUR', 'USD', 1.25, 't')`,
    );
    await load(['2026-10-05', '99.99']);
    await close('2026-11-03');
    assert.deepEqual(await worth(), ['cost 99.99 90.9', 'unbilled-payable -99.99 -90.9']);
    const id = await take('u', 'France amount=133.33');
    await accept(id, { undisputed: '99.99', reason: 'rates' });
    assert.deepEqual(await worth(), ['cost 99.99 79.99', 'disputed 33.34 26.67', 'payable -133.33 -106.66']);
    await step(home.database, { id: '1', day: '2026-11-20', note: '', recorded, kind: 'withdrawn', by: 'us' });
    assert.deepEqual(await worth(), ['cost 133.33 106.66', 'payable -133.33 -106.66']);
  }));
