/** What disputes of our documents come to: credit and debit notes in the configured series, whole in any currency, and re-ratings, once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raise, settle, step } from '#app/disputes.ts';
import { issueInvoices } from '#operations/invoicing/issue-invoice.ts';
import type { Database } from '#storage/database.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { selectByNumber } from '#storage/invoicing/read-invoices.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { withTestDatabase } from '../support/database.ts';
import { sampleContent, sampleLine, sampleTax } from '../support/invoice-samples.ts';
import { homeOf, recorded, refusedAs } from '../support/partner-world.ts';
import { writeConfiguration } from '../support/settlement-fixture.ts';
import { configure, fileOf, line, load, operator, withHome, write } from '../usage/home.ts';

const raised = { reason: 'increments', by: 'them', day: '2026-11-10', respondDays: 30, evidence: [], recorded } as const;

async function agree(database: Database, id: bigint, amount: string): Promise<void> {
  const made = { id: String(id), day: '2026-11-11', note: '', recorded } as const;
  await step(database, { ...made, kind: 'offered', amount, by: 'us' });
  await step(database, { ...made, kind: 'accepted', by: 'them' });
}

/** Currency, smallest unit in nanos, tax in per cent, what is agreed, and its net, tax and total in smallest units. */
const CASES = [
  ['JPY', 1_000_000_000n, 10n, '333', [333n, 33n, 366n]],
  ['KWD', 1_000_000n, 5n, '33.333', [33_333n, 1_667n, 35_000n]],
] as const;

test('a credit note and a debit note of a dispute are whole in the currency’s smallest unit and numbered by the configured series', async () => {
  for (const [currency, unit, percent, agreed, expected] of CASES)
    await withTestDatabase(async (database) => {
      await writeConfiguration(database);
      const series = [
        { id: 'credits', kinds: ['credit-note'], pattern: 'CR{year}/{number}' },
        { id: 'debits', kinds: ['debit-note'], pattern: 'DB{year}/{number}' },
      ];
      await database.pool.query(`update config_version set body = body || $1::jsonb where kind = 'legalEntities'`, [
        JSON.stringify({ currency, invoicing: { series } }),
      ]);
      const net = unit * 100_001n;
      const lines = [sampleLine(1, { netNanos: net }), sampleLine(2, { netNanos: unit * 7n })];
      const taxNanos = (((net + unit * 7n) * percent) / 100n / unit) * unit;
      const content = sampleContent(2, { currency, lines, taxes: [{ ...sampleTax(lines, percent), taxNanos }], account: 'borealis-usd' });
      const [issued] = await database.transaction((client) =>
        issueInvoices({ invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client) }, [{ key: 'a', content }], 'ann'),
      );
      const document = issued?.invoice.number ?? '';
      const tooFine = currency === 'JPY' ? '1.5' : '1.0005';
      await assert.rejects(raise(database, { ...raised, document, amount: tooFine }), refusedAs('dispute.amount'));
      for (const [outcome, number] of [
        ['credit-note', 'CR2026/1'],
        ['debit-note', 'DB2026/1'],
      ] as const) {
        const id = await raise(database, { ...raised, document, amount: agreed, line: 1 });
        await agree(database, id, agreed);
        const command = { id: String(id), outcome, day: '2026-11-12', note: '', recorded };
        const both = await Promise.all([settle(homeOf(database), command), settle(homeOf(database), command)]);
        assert.deepEqual(both.map(({ isNew }) => isNew).sort(), [false, true]);
        assert.deepEqual(
          [...new Set(both.map(({ result }) => result))].map((each) => each.replace(/0+(?=\d$)/, '')),
          [number],
        );
        const [note] = await selectByNumber(database.pool, both[0]?.result ?? '', undefined);
        assert.deepEqual(
          [note?.netNanos, note?.taxNanos, note?.totalNanos],
          expected.map((units) => units * unit),
          `${currency} ${outcome}`,
        );
        assert.equal(note?.corrects?.number, document);
      }
      // The one given back stands against the invoice, the other asks for itself: together they are nothing.
      const { rows } = await database.pool.query<{ row: string }>(
        `select format('%s %s', ledger_account, trim_scale(sum(amount_nanos) / $1)) as row from ledger_posting where ledger_account = 'receivable' group by ledger_account`,
        [unit],
      );
      assert.deepEqual(rows, [{ row: `receivable ${(net + unit * 7n + taxNanos) / unit}` }]);
    });
});

test('a re-rating is run over the days of the document, once, also by two at a time; without a difference the dispute stays', () =>
  withHome(async (home) => {
    const { database } = home;
    await load(home, [write(home, 'a.csv', fileOf([line({ id: '1' }), line({ id: '2', start: '2026-11-02 10:00:00' })]))]);
    const content = sampleContent(1, {
      legalEntity: 'own',
      account: 'north',
      party: 'north',
      lines: [sampleLine(1, { agreement: 'north' })],
    });
    const [issued] = await database.transaction((client) =>
      issueInvoices({ invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client) }, [{ key: 'a', content }], 'ann'),
    );
    const id = await raise(database, { ...raised, document: issued?.invoice.number ?? '', amount: '0.02' });
    await agree(database, id, '0.02');
    const command = {
      id: String(id),
      outcome: 're-rating',
      day: '2026-11-12',
      note: '',
      recorded: { ...recorded, atMicros: Date.now() * 1000 },
    } as const;
    const settling = { ...home, settings: homeOf(database).settings };
    await assert.rejects(settle(settling, command), refusedAs('dispute.result-missing'));
    await assert.rejects(settle(settling, { ...command, result: '77' }), refusedAs('dispute.result-missing'));
    await configure(home, { ...operator, 'tariffs.yaml': operator['tariffs.yaml'].replace('price: 0.05', 'price: 0.04') });
    const both = await Promise.all([settle(settling, command), settle(settling, command)]);
    assert.deepEqual(both.map(({ isNew }) => isNew).sort(), [false, true]);
    assert.equal(new Set(both.map(({ result }) => result)).size, 1);
    const { rows } = await database.pool.query<{ why: string; state: string; days: string }>(
      `select why, state, (select string_agg(distinct day::text, ' ') from usage_adjustment a where a.correction_run = c.run_id) as days from correction_run c`,
    );
    assert.deepEqual(rows, [{ why: `Dispute ${id}: increments`, state: 'done', days: '2026-10-05' }]);
  }));
