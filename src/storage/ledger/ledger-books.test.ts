import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { RefusedError } from '#core/refusals.ts';
import type { BookedEntry } from '#operations/ledger/ports.ts';
import { type TestDatabase, withTestDatabase } from '../../../test/support/database.ts';
import { entry, invoiceEntry, writeLedgerParties } from '../../../test/support/ledger-fixture.ts';
import type { Database } from '../database.ts';
import { ledgerBooksOn } from './ledger-books.ts';

const withLedger = (work: (database: TestDatabase) => Promise<void>): Promise<void> =>
  withTestDatabase(async (database) => {
    await writeLedgerParties(database);
    await work(database);
  });

const post = (database: Database, ...entries: readonly LedgerEntry[]): Promise<readonly BookedEntry[]> =>
  database.transaction((client) => ledgerBooksOn(client).post(entries));

const refusedAs = (code: string) => (error: unknown) => error instanceof RefusedError && error.refusals[0]?.code === code;

const count = async (database: Database, table: string): Promise<number> =>
  (await database.pool.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]?.n ?? -1;

test('an entry is booked once, whoever asks how often, also twice in one call', () =>
  withLedger(async (database) => {
    const invoice = invoiceEntry('INV-1', '2026-10-05');
    const [first, again] = await post(database, invoice, invoice);
    const [later] = await post(database, invoice);
    assert.deepEqual([first?.isNew, again?.isNew, later?.isNew], [true, false, false]);
    assert.deepEqual([again?.entryId, later?.entryId], [first?.entryId, first?.entryId]);
    assert.equal(await count(database, 'ledger_entry'), 1);
    assert.equal(await count(database, 'ledger_posting'), 3);
  }));

test('the same cause with other postings is refused, and so is the whole call', () =>
  withLedger(async (database) => {
    await post(database, invoiceEntry('INV-1', '2026-10-05'));
    const other = [invoiceEntry('INV-2', '2026-10-05'), invoiceEntry('INV-1', '2026-10-05', {}, '238.00')];
    await assert.rejects(post(database, ...other), refusedAs('ledger.cause-differs'));
    assert.equal(await count(database, 'ledger_entry'), 1);
  }));

test('what does not balance in each currency is refused', () =>
  withLedger(async (database) => {
    const off = entry('manual', 'M-1', '2026-10-05', [
      ['bank', '10.00'],
      ['revenue', '-10.00', { currency: 'USD' }],
    ]);
    await assert.rejects(post(database, off), refusedAs('ledger.unbalanced'));
    await assert.rejects(post(database, entry('manual', 'M-2', '2026-10-05', [])), refusedAs('ledger.unbalanced'));
  }));

test('a receivable without its account, a foreign amount without a rate and a strange legal entity are refused', () =>
  withLedger(async (database) => {
    const day = '2026-10-05';
    const bare = entry('manual', 'M-1', day, [
      ['receivable', '1'],
      ['revenue', '-1'],
    ]);
    const foreign = entry('manual', 'M-1', day, [
      ['bank', '1', { currency: 'USD' }],
      ['revenue', '-1', { currency: 'USD' }],
    ]);
    const strange = invoiceEntry('INV-1', day, { legalEntity: 'nobody' });
    await assert.rejects(post(database, bare), refusedAs('ledger.posting-wrong'));
    await assert.rejects(post(database, foreign), refusedAs('ledger.rate-missing'));
    await assert.rejects(post(database, strange), refusedAs('ledger.legal-entity-unknown'));
    assert.equal(await count(database, 'ledger_entry'), 0);
  }));

test('nothing is booked in a closed period', () =>
  withLedger(async (database) => {
    await post(database, invoiceEntry('INV-1', '2026-10-05'));
    await close(database, '2026-11-01');
    await assert.rejects(post(database, invoiceEntry('INV-2', '2026-10-31')), refusedAs('ledger.period-closed'));
    // What stands already is found, though its day is closed.
    assert.deepEqual((await post(database, invoiceEntry('INV-1', '2026-10-05')))[0]?.isNew, false);
    await post(database, invoiceEntry('INV-2', '2026-11-01'));
    assert.equal(await database.transaction((client) => ledgerBooksOn(client).openFrom('home')), '2026-11-01');
    assert.equal(await database.transaction((client) => ledgerBooksOn(client).openFrom('abroad')), undefined);
  }));

test('the database itself refuses rows that do not balance, come late, lie in a closed period, or change what is booked', () =>
  withLedger(async (database) => {
    await post(database, invoiceEntry('INV-1', '2026-10-05'));
    await close(database, '2026-10-05');
    const into = (day: string, amounts: readonly string[], postings = amounts.length, own = amounts): Promise<unknown> =>
      database.pool.query(
        `with e as (insert into ledger_entry (entry_id, legal_entity, sequence, day, cause_kind, cause_id, description, booked_by, booked_at, postings, hash)
           values (77, 'home', 2, $1, 'manual', 'M', 'by hand', 'x', now(), $4, sha256('')))
         insert into ledger_posting (entry_id, line, ledger_account, currency, amount_nanos, entity_amount_nanos)
         select 77, n, 'bank', 'EUR', a, o from unnest($2::numeric[], $3::numeric[]) with ordinality v(a, o, n)`,
        [day, amounts, own, postings],
      );
    await assert.rejects(into('2026-10-06', ['5', '-4']), /off by 1 nanos in EUR/);
    await assert.rejects(into('2026-10-06', ['5', '-5'], 2, ['5', '-4']), /off by 1 nanos in the currency of its legal entity/);
    await assert.rejects(into('2026-10-06', ['5', '-5'], 3), /2 postings of 3/);
    await assert.rejects(into('2026-10-06', []), /ledger_entry_postings_check|without its postings/);
    await assert.rejects(into('2026-10-06', [], 1), /without its postings/);
    await assert.rejects(into('2026-10-04', ['5', '-5']), /closed/);
    const late = `insert into ledger_posting (entry_id, line, ledger_account, currency, amount_nanos, entity_amount_nanos)
      select entry_id, l, 'bank', 'EUR', a, a from ledger_entry, (values (4, 1), (5, -1)) v(l, a)`;
    await assert.rejects(database.pool.query(late), /2 postings of 3/);
    for (const table of ['ledger_entry', 'ledger_posting', 'ledger_closing', 'ledger_chain'])
      for (const what of [`delete from ${table}`, `truncate ${table} cascade`])
        await assert.rejects(database.pool.query(what), /append-only/, what);
    await assert.rejects(database.pool.query('update ledger_posting set amount_nanos = 0'), /append-only/);
    await assert.rejects(database.pool.query(`update ledger_entry set description = 'x'`), /append-only/);
    await assert.rejects(database.pool.query('update ledger_chain set sequence = 0'), /only grows/);
    assert.equal(await count(database, 'ledger_posting'), 3);
  }));

test('entries of many posters at once stand in one chain without gaps', () =>
  withLedger(async (database) => {
    const posters = Array.from({ length: 6 }, (_, poster) =>
      (async () => {
        for (let n = 0; n < 5; n++) {
          const own = [`${poster}-${n}-a`, `${poster}-${n}-b`, `common-${n}`];
          await post(database, ...own.map((number) => invoiceEntry(number, '2026-10-05')));
        }
      })(),
    );
    await Promise.all(posters);
    const { rows } = await database.pool.query<{ n: number; last: number; head: number; same: boolean }>(
      `select count(*)::integer as n, max(e.sequence)::integer as last, max(c.sequence)::integer as head,
              bool_or(e.hash = c.hash and e.sequence = c.sequence) as same
         from ledger_entry e join ledger_chain c using (legal_entity)`,
    );
    assert.deepEqual(rows, [{ n: 65, last: 65, head: 65, same: true }]);
  }));

test('who waits while a period is closed finds it closed', () =>
  withLedger(async (database) => {
    await post(database, invoiceEntry('INV-1', '2026-10-05'));
    let late: Promise<unknown> = Promise.resolve();
    await database.transaction(async (client) => {
      await client.query(`select from ledger_chain where legal_entity = 'home' for update`);
      late = post(database, invoiceEntry('INV-2', '2026-10-31')).catch((error: unknown) => error);
      await waiting(database);
      await client.query(closing, ['2026-11-01']);
    });
    assert.ok(refusedAs('ledger.period-closed')(await late));
    assert.equal(await count(database, 'ledger_entry'), 1);
  }));

const closing = `insert into ledger_closing (legal_entity, kind, first_open, why, closed_by, sequence, hash)
  select legal_entity, 'close', $1, 'test', 'test', sequence, hash from ledger_chain where legal_entity = 'home'`;

async function close(database: Database, firstOpen: string): Promise<void> {
  await database.pool.query(closing, [firstOpen]);
}

/** Until another connection waits for a lock. */
async function waiting(database: Database): Promise<void> {
  const blocked = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await database.pool.query(blocked)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
