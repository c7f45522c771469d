import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountHolds, letterOf, pauseDunning, runDunning, setHold } from '#app/dunning/dunning.ts';
import { printDunningRun } from '#cli/dunning-tables.ts';
import type { LedgerEntry, Posting } from '#core/ledger/entry.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { renderDunning, writeDunningMail } from '#documents/dunning/render-dunning.ts';
import { dunningBooksOn } from '#storage/dunning/dunning-books.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { refusedWith } from '../support/cluster.ts';
import { operator, type TestHome, withHome } from '../usage/home.ts';

const UNIT = 1_000_000_000n;
const dunning = `dunning: {least: {EUR: 10.00}, daysBetween: 7, stages: [{name: reminder, afterDays: 7, tone: reminder}, {name: demand, afterDays: 21, tone: demand, fee: {EUR: 15.00}}, {name: last, afterDays: 35, tone: final, fee: {EUR: 40.00}, hold: true}]}`;
const files = {
  ...operator,
  'operator.yaml': operator['operator.yaml'].replace('address: [Street 1]}', `address: [Street 1], ${dunning}}`),
};

const withDunning = (work: (home: TestHome) => Promise<void>): Promise<void> => withHome(work, files);

async function book(
  { database }: TestHome,
  kind: 'invoice' | 'payment-in',
  id: string,
  nanos: bigint,
  document = id,
  { account, currency } = { account: 'north', currency: 'EUR' },
): Promise<void> {
  // In another currency, at par.
  const amount = { currency, amountNanos: -nanos, ...(currency === 'EUR' ? {} : { entityAmountNanos: -nanos }) };
  const other: Posting =
    kind === 'invoice' ? { ledgerAccount: 'revenue', service: 'voice', ...amount } : { ledgerAccount: 'bank', ...amount };
  const entry: LedgerEntry = {
    ...{ legalEntity: 'own', day: '2026-11-01', cause: { kind, id }, description: id, by: 'test' },
    postings: [
      {
        ...{ ledgerAccount: 'receivable', account, document, dueDay: '2026-12-01', currency, amountNanos: nanos },
        ...(currency === 'EUR' ? {} : { entityAmountNanos: nanos }),
      },
      other,
    ],
  };
  await database.transaction((client) => ledgerBooksOn(client).post([entry]));
}

async function letters({ database }: TestHome, day: string): Promise<readonly string[]> {
  const { made } = await runDunning(database, { legalEntity: undefined, day, by: 'test' });
  return made.map(
    ({ notice, isNew }) =>
      `${notice.number} ${notice.stageName} ${notice.owedNanos / UNIT}+${notice.feeNanos / UNIT}${isNew ? '' : ' before'}`,
  );
}

test('letters come in their stages, each once, with their fees in the ledger; the last puts the account on hold, and payment releases it', () =>
  withDunning(async (home) => {
    await book(home, 'invoice', 'INV-1', 100n * UNIT);
    assert.deepEqual(await letters(home, '2026-12-07'), []);
    assert.deepEqual(await letters(home, '2026-12-08'), ['DUN-000001 reminder 100+0']);
    assert.deepEqual(await letters(home, '2026-12-08'), ['DUN-000001 reminder 100+0 before']);
    assert.deepEqual(await letters(home, '2026-12-22'), ['DUN-000002 demand 100+15']);
    assert.deepEqual(await letters(home, '2027-01-05'), ['DUN-000003 last 115+40']);
    assert.deepEqual(
      (await accountHolds(home.database, false)).map(({ account, why }) => `${account} ${why}`),
      ['north DUN-000003, last'],
    );
    assert.deepEqual(await letters(home, '2027-03-01'), [], 'there is no further stage');
    const { rows } = await home.database.pool.query(
      "select document, open_nanos::text as open from ledger_open_item where account = 'north' order by 1",
    );
    assert.deepEqual(rows, [
      { document: 'DUN-000002', open: '15000000000' },
      { document: 'DUN-000003', open: '40000000000' },
      { document: 'INV-1', open: '100000000000' },
    ]);
    await book(home, 'payment-in', 'pay-1', -100n * UNIT, 'INV-1');
    const { released } = await runDunning(home.database, { legalEntity: 'own', day: '2027-03-02', by: 'test' });
    assert.deepEqual(released, ['north']);
    assert.deepEqual(await accountHolds(home.database, false), []);
  }));

test('an account whose fee cannot be booked is named, and the others get their letters', () =>
  withHome(
    async (home) => {
      await book(home, 'invoice', 'INV-U', 100n * UNIT, 'INV-U', { account: 'north', currency: 'USD' });
      await book(home, 'invoice', 'INV-1', 100n * UNIT, 'INV-1', { account: 'south', currency: 'EUR' });
      const run = (day: string) => runDunning(home.database, { legalEntity: undefined, day, by: 'test' });
      assert.deepEqual((await run('2026-12-08')).refused, []);
      const { made, refused } = await run('2026-12-22');
      assert.deepEqual([made.map(({ notice }) => notice.account), refused.map(({ account }) => account)], [['south'], ['north']]);
      assert.match(printDunningRun({ made, released: [], refused }, false), /1 made\nnorth: .*\[ledger\.rate-missing\]\n$/);
      assert.match(printDunningRun({ made: [], released: [], refused }, true), /^\{"account":"north","refusals":\[.*ledger\.rate-missing/);
    },
    { ...files, 'operator.yaml': files['operator.yaml'].replaceAll('fee: {EUR: 15.00}', 'fee: {EUR: 15.00, USD: 15.00}') },
  ));

test('several runs at once make each letter once', () =>
  withDunning(async (home) => {
    await book(home, 'invoice', 'INV-1', 100n * UNIT);
    await Promise.all(['2026-12-22', '2026-12-22', '2026-12-22'].map((day) => letters(home, day)));
    const { rows } = await home.database.pool.query('select count(*) from dunning_notice');
    assert.deepEqual(rows, [{ count: 1n }]);
  }));

test('what is paused is not asked for until its day, small amounts never', () =>
  withDunning(async (home) => {
    await book(home, 'invoice', 'INV-1', 100n * UNIT);
    await book(home, 'invoice', 'INV-2', 9n * UNIT);
    const pause = { account: 'north', document: 'INV-1', why: 'promised', by: 'test' };
    await pauseDunning(home.database, { ...pause, until: '2026-12-20' });
    assert.deepEqual(await letters(home, '2026-12-20'), []);
    assert.deepEqual(await letters(home, '2026-12-21'), ['DUN-000001 reminder 109+0']);
    await pauseDunning(home.database, { ...pause, document: undefined, until: undefined });
    assert.deepEqual(await letters(home, '2027-02-01'), []);
    await pauseDunning(home.database, { ...pause, document: undefined, until: '0001-01-01', why: 'not kept' });
    assert.deepEqual(await letters(home, '2027-02-01'), ['DUN-000002 demand 109+15']);
  }));

test('an account is held and released by hand, once each, and a hold by hand is not released by payment', () =>
  withDunning(async (home) => {
    const request = { account: 'north', why: 'their bank', day: '2026-12-01', by: 'test' };
    await setHold(home.database, { ...request, hold: true });
    await refusedWith('dunning.hold-unchanged', setHold(home.database, { ...request, hold: true }));
    await runDunning(home.database, { legalEntity: undefined, day: '2026-12-02', by: 'test' });
    assert.equal((await accountHolds(home.database, false)).length, 1);
    await setHold(home.database, { ...request, hold: false });
    await refusedWith('dunning.hold-unchanged', setHold(home.database, { ...request, hold: false }));
    await refusedWith('ledger.account-unknown', setHold(home.database, { ...request, account: 'nobody', hold: true }));
  }));

test('a letter is written in each language, as mail and as PDF, with the same bytes each time', () =>
  withDunning(async (home) => {
    await book(home, 'invoice', 'INV-1', 1234n * UNIT + 500_000_000n);
    await letters(home, '2026-12-08');
    await letters(home, '2026-12-22');
    const letter = await letterOf(home.database, 'DUN-000002');
    for (const language of documentLanguages) {
      const { subject, text } = writeDunningMail(letter, language);
      assert.match(subject, /DUN-000002, Own$/);
      assert.match(text, /INV-1: .*1.?234[.,]50/);
      assert.match(text, /1.?249[.,]50/, 'with the fee');
      assert.doesNotMatch(text, /[{}]/);
      const pdf = renderDunning(letter, language);
      assert.ok(pdf.equals(renderDunning(letter, language)));
    }
    await refusedWith('dunning.notice-unknown', letterOf(home.database, 'DUN-000009'));
    await refusedWith('dunning.notice-unknown', letterOf(home.database, 'INV-1'));
  }));

test('who declares no dunning has none, and letters are append-only', () =>
  withHome(async (home) => {
    await refusedWith('dunning.not-declared', runDunning(home.database, { legalEntity: undefined, day: '2026-12-08', by: 'test' }));
    await assert.rejects(home.database.pool.query('delete from dunning_notice'), /append-only/);
    assert.deepEqual(await home.database.transaction((client) => dunningBooksOn(client).overdue('own', '2026-12-08')), []);
  }));
