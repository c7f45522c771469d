import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedChain } from '#operations/ledger/ports.ts';
import { type TestDatabase, withTestDatabase } from '../../../test/support/database.ts';
import { invoiceEntry, writeLedgerParties } from '../../../test/support/ledger-fixture.ts';
import { ledgerBooksOn } from './ledger-books.ts';
import { type Anchor, verifyChains } from './verify.ts';
import { documentFaults } from './verify-documents.ts';

/** Somebody with all rights of the server: no trigger stops him. */
async function tamper(database: TestDatabase, ...sql: readonly string[]): Promise<void> {
  await database.transaction(async (client) => {
    await client.query('set local session_replication_role = replica');
    for (const statement of sql) await client.query(statement);
  });
}

const verified = async (database: TestDatabase, anchors: readonly Anchor[] = []): Promise<VerifiedChain> => {
  const [chain] = await database.transaction((client) => verifyChains(client, anchors));
  assert.ok(chain);
  return chain;
};

const withTen = (work: (database: TestDatabase) => Promise<void>): Promise<void> =>
  withTestDatabase(async (database) => {
    await writeLedgerParties(database);
    const entries = Array.from({ length: 10 }, (_, n) => invoiceEntry(`INV-${n + 1}`, '2026-10-05'));
    await database.transaction((client) => ledgerBooksOn(client).post(entries));
    await work(database);
  });

const entry7 = '(select entry_id from ledger_entry where sequence = 7)';

const rows: readonly (readonly [what: string, sql: readonly string[], fault: string, at: bigint])[] = [
  [
    'an altered amount',
    [`update ledger_posting set amount_nanos = amount_nanos + 1 where entry_id = ${entry7} and line = 1`],
    'altered',
    7n,
  ],
  [
    'an amount moved between two postings',
    [
      `update ledger_posting set amount_nanos = amount_nanos + case line when 1 then 5 when 2 then -5 else 0 end where entry_id = ${entry7}`,
    ],
    'altered',
    7n,
  ],
  ['another day', [`update ledger_entry set day = '2026-10-06' where sequence = 7`], 'altered', 7n],
  ['another user', [`update ledger_entry set booked_by = 'mallory' where sequence = 7`], 'altered', 7n],
  ['a posting removed', [`delete from ledger_posting where entry_id = ${entry7} and line = 3`], 'altered', 7n],
  [
    'an entry removed',
    [`delete from ledger_posting where entry_id = ${entry7}`, 'delete from ledger_entry where sequence = 7'],
    'missing',
    7n,
  ],
  ['the last entry removed', ['delete from ledger_entry where sequence = 10'], 'missing', 10n],
  [
    'an entry removed and the rest moved up',
    ['delete from ledger_entry where sequence = 7', 'update ledger_entry set sequence = sequence - 1 where sequence > 7'],
    'altered',
    7n,
  ],
  [
    'two entries exchanged',
    [
      'update ledger_entry set sequence = -7 where sequence = 7',
      'update ledger_entry set sequence = 7 where sequence = 8',
      'update ledger_entry set sequence = 8 where sequence = -7',
    ],
    'altered',
    7n,
  ],
  [
    'an entry put in between',
    [
      'update ledger_entry set sequence = -sequence - 1 where sequence > 6',
      'update ledger_entry set sequence = -sequence where sequence < 0',
      `insert into ledger_entry select 999, legal_entity, 7, day, cause_kind, 'INV-X', description, null, null, booked_by, booked_at, null, postings, hash from ledger_entry where sequence = 1`,
    ],
    'altered',
    7n,
  ],
  [
    'an entry put behind the last, with a hash that follows',
    [
      `insert into ledger_entry select 999, legal_entity, 11, day, cause_kind, 'INV-X', description, null, null, booked_by, booked_at, null, postings, hash from ledger_entry where sequence = 10`,
    ],
    'altered',
    11n,
  ],
  [
    'the head put back',
    [`update ledger_chain set sequence = 9, hash = (select hash from ledger_entry where sequence = 9)`],
    'inserted',
    10n,
  ],
];

for (const [what, sql, fault, at] of rows) {
  test(`${what} is noticed, and the first bad entry named`, () =>
    withTen(async (database) => {
      assert.deepEqual([(await verified(database)).fault, (await verified(database)).entries], [undefined, 10n]);
      await tamper(database, ...sql);
      const chain = await verified(database);
      assert.deepEqual([chain.fault?.what, chain.fault?.sequence, chain.entries], [fault, at, at - 1n]);
    }));
}

test('an anchor that was written down proves that the chain was made anew', () =>
  withTen(async (database) => {
    const { hash } = await verified(database);
    const anchor = { legalEntity: 'home', sequence: 10n, hash };
    assert.equal((await verified(database, [anchor])).fault, undefined);
    await tamper(database, 'truncate ledger_entry, ledger_posting', 'delete from ledger_chain');
    const other = Array.from({ length: 11 }, (_, n) => invoiceEntry(`INV-${n + 1}`, '2026-10-05', {}, '1.19'));
    await database.transaction((client) => ledgerBooksOn(client).post(other));
    assert.equal((await verified(database)).fault, undefined);
    const chain = await verified(database, [anchor]);
    assert.deepEqual([chain.fault?.what, chain.fault?.sequence], ['rewritten', 10n]);
  }));

test('a document that is not booked, or with another total, is named', () =>
  withTen(async (database) => {
    const issue = (number: string, total: number, kind = 'invoice') =>
      database.pool.query(
        `insert into invoice (legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day,
                              net_nanos, tax_nanos, total_nanos, prepaid_nanos, content, sha256, issued_by)
         select 'home', $1, 's', 's', count(*), $1, $3, 'borealis-eur', 'borealis', 'EUR', '2026-10-05', '2026-10-05', '2026-10-05',
                $2::numeric * 1000000000, 0, $2::numeric * 1000000000, 0, '{}', repeat('0', 64), 'test' from invoice`,
        [number, total, kind],
      );
    await issue('INV-1', 119);
    await issue('INV-X', 0);
    assert.deepEqual(await database.transaction(documentFaults), []);
    await issue('INV-2', 120);
    await issue('CN-1', 7, 'credit-note');
    assert.deepEqual(
      (await database.transaction(documentFaults)).map(({ document, saysNanos, bookedNanos }) => [document, saysNanos, bookedNanos]),
      [
        ['INV-2', 120_000_000_000n, 119_000_000_000n],
        ['CN-1', -7_000_000_000n, 0n],
      ],
    );
  }));
