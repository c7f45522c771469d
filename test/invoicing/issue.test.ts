import assert from 'node:assert/strict';
import { test } from 'node:test';
import { creditNoteFor } from '#core/invoicing/credit-note.ts';
import type { Invoice, InvoiceContent } from '#core/invoicing/invoice.ts';
import type { NumberSeries } from '#core/parties/invoicing-terms.ts';
import { type RefusalCode, RefusedError, valueOrThrow } from '#core/refusals.ts';
import { type IssuedInvoice, issueInvoices, sha256 } from '#operations/invoicing/issue-invoice.ts';
import type { Database } from '#storage/database.ts';
import { invoiceBooksOn } from '#storage/invoicing/invoice-books.ts';
import { ledgerBooksOn } from '#storage/ledger/ledger-books.ts';
import { withTestDatabase } from '../support/database.ts';
import { CENT, sampleContent, sampleLine, sampleTax, writeLegalEntity } from '../support/invoice-samples.ts';

interface Asked {
  readonly key: string;
  readonly name?: string;
  readonly content: InvoiceContent;
  readonly series?: readonly NumberSeries[];
}

function issue(database: Database, drafts: readonly Asked[], before?: () => Promise<void>): Promise<readonly IssuedInvoice[]> {
  return database.transaction(async (client) => {
    const issued = await issueInvoices({ invoices: invoiceBooksOn(client), ledger: ledgerBooksOn(client) }, drafts, 'tester');
    await before?.();
    return issued;
  });
}

async function refusedWith(code: RefusalCode, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof RefusedError, String(error));
    assert.deepEqual([...new Set(error.refusals.map((refusal) => refusal.code))], [code]);
    return true;
  });
}

async function numbers(database: Database): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ number: string }>('select number from invoice order by scope, sequence');
  return rows.map(({ number }) => number);
}

function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  return withTestDatabase(async (database) => {
    await writeLegalEntity(database);
    await work(database);
  });
}

test('documents of a series are numbered without gaps, whoever issues at the same time and whatever rolls back', () =>
  withDatabase(async (database) => {
    const boom = (): Promise<void> => Promise.reject(new Error('boom'));
    const work = Array.from({ length: 40 }, (_, index) => {
      const drafts = Array.from({ length: 1 + (index % 3) }, (__, part) => ({ key: `k${index}/${part}`, content: sampleContent(2) }));
      return issue(database, drafts, index % 4 === 1 ? boom : undefined).catch((error: unknown) => {
        assert.match(String(error), /boom/);
        return [];
      });
    });
    const issued = (await Promise.all(work)).flat();
    const expected = Array.from({ length: issued.length }, (_, index) => `INV-2026-${String(index + 1).padStart(6, '0')}`);
    assert.ok(issued.length > 50);
    assert.deepEqual(await numbers(database), expected);
    assert.deepEqual(issued.map(({ invoice }) => invoice.number).sort(), expected);
  }));

test('one cause makes one document, also when two ask at once; asked for with other figures it is refused', () =>
  withDatabase(async (database) => {
    const draft = { key: 'borealis@2026-10@1/receivable/EUR', content: sampleContent() };
    const twice = await Promise.all([issue(database, [draft]), issue(database, [draft]), issue(database, [draft, draft])]);
    assert.deepEqual(
      twice.flat().map(({ invoice }) => invoice.number),
      Array(4).fill('INV-2026-000001'),
    );
    assert.equal(twice.flat().filter(({ isNew }) => isNew).length, 1);
    const [later] = await issue(database, [{ ...draft, content: { ...draft.content, issueDay: '2026-11-09', dueDay: '2026-12-09' } }]);
    assert.deepEqual([later?.isNew, later?.invoice.issueDay], [false, '2026-11-03']);
    await refusedWith('invoice.key-differs', issue(database, [{ ...draft, content: sampleContent(4) }]));
    const { rows } = await database.pool.query('select count(*) as entries from ledger_entry');
    assert.deepEqual(rows, [{ entries: 1n }]);
  }));

test('numbers begin anew each year, run on for each account, and go on when the digits change', () =>
  withDatabase(async (database) => {
    const series = (pattern: string, more: Partial<NumberSeries> = {}): readonly NumberSeries[] => [
      { id: 'mine', kinds: ['invoice'], pattern, ...more },
    ];
    const days = ['2026-12-30', '2026-12-31', '2027-01-01', '2026-12-31'];
    await issue(
      database,
      days.map((issueDay, index) => ({ key: `y${index}`, content: sampleContent(1, { issueDay }), series: series('R{year}/{number:4}') })),
    );
    await issue(database, [{ key: 'wider', content: sampleContent(1), series: series('R{year}/{number:6}') }]);
    const accounts = ['north', 'south', 'north'];
    await issue(
      database,
      accounts.map((account, index) => ({
        key: `a${index}`,
        content: sampleContent(1, { account }),
        series: series('{account}-{number:3}', { firstNumber: 500 }),
      })),
    );
    assert.deepEqual(await numbers(database), [
      'R2026/0001',
      'R2026/0002',
      'R2026/0003',
      'R2026/000004',
      'R2027/0001',
      'north-500',
      'north-501',
      'south-500',
    ]);
    await refusedWith(
      'invoice.day-before-last',
      issue(database, [
        { key: 'late', content: sampleContent(1, { issueDay: '2026-10-01' }), series: series('R{year}/{number:4}', { inDateOrder: true }) },
      ]),
    );
  }));

test('what is refused is called by its draft and not by the number that it would have had', () =>
  withDatabase(async (database) => {
    await issue(database, [{ key: 'first', content: sampleContent(1) }]);
    await database.pool.query(`insert into ledger_closing (legal_entity, kind, first_open, why, closed_by, sequence, hash)
      select legal_entity, 'close', '2026-11-01', 'month', 'tester', sequence, hash from ledger_chain`);
    const drafts = ['2026-11-03', '2026-10-31'].map((issueDay, at) => ({
      ...{ key: `manual:${at}`, name: `draft ${at + 7}`, content: sampleContent(1, { issueDay }) },
    }));
    await assert.rejects(issue(database, drafts), /^[^0-9]*draft 8: 2026-10-31 is closed/);
    const ordered = [{ id: 'mine', kinds: ['invoice'], pattern: 'R{number:4}', inDateOrder: true }] as const;
    await assert.rejects(
      issue(
        database,
        drafts.map((draft) => ({ ...draft, series: ordered })),
      ),
      /draft 8: 2026-10-31, and draft 7 is of 2026-11-03/,
    );
    assert.deepEqual(await numbers(database), ['INV-2026-000001']);
  }));

test('what is issued cannot be changed, removed or emptied', () =>
  withDatabase(async (database) => {
    const [first] = await issue(database, [{ key: 'k', content: sampleContent() }]);
    for (const sql of ["update invoice set party = 'x'", 'delete from invoice', 'truncate invoice'])
      await assert.rejects(database.pool.query(sql), /never changed/, sql);
    const { rows } = await database.pool.query<{ content: string; sha256: string }>('select content, sha256 from invoice');
    assert.equal(sha256(rows[0]?.content ?? ''), rows[0]?.sha256);
    assert.equal(first?.invoice.sha256, rows[0]?.sha256);
  }));

test('each document is booked with it: both sides, tax, and what rounding took', () =>
  withDatabase(async (database) => {
    const usage = sampleLine(1, { netNanos: 1000n * CENT, exactNanos: 1000n * CENT + 3n });
    const fee = sampleLine(2, { kind: 'fee', netNanos: 500n * CENT, exactNanos: 500n * CENT });
    const { service: _, agreement: __, ...plainFee } = fee;
    const lines = [usage, plainFee];
    const [invoice] = await issue(database, [{ key: 'a', content: sampleContent(2, { lines }) }]);
    await issue(database, [
      {
        key: 'b',
        content: sampleContent(1, {
          kind: 'self-billing',
          lines: [sampleLine(1)],
          withholding: [{ ...sampleTax([sampleLine(1)], 5n), name: 'WHT' }],
        }),
      },
      {
        key: 'c',
        content: valueOrThrow(creditNoteFor(invoice?.invoice as Invoice, { reason: 'agreed', issueDay: '2026-11-05', earlier: [] })),
      },
      { key: 'd', content: sampleContent(1, { lines: [sampleLine(1, { netNanos: 0n })], taxes: [] }) },
    ]);
    const { rows } = await database.pool.query<{ cause_id: string; ledger_account: string; amount: string; document: string | null }>(
      `select cause_id, ledger_account, (amount_nanos / 10000000)::text as amount, document
         from ledger_posting join ledger_entry using (entry_id) order by entry_id, line`,
    );
    assert.deepEqual(
      rows.map(({ cause_id, ledger_account, amount, document }) => [cause_id, ledger_account, Number(amount), document]),
      [
        ['INV-2026-000001', 'receivable', 1785, 'INV-2026-000001'],
        ['INV-2026-000001', 'revenue', -1000.0000003, null],
        ['INV-2026-000001', 'fees', -500, null],
        ['INV-2026-000001', 'rounding', 0.0000003, null],
        ['INV-2026-000001', 'tax-output', -285, 'INV-2026-000001'],
        ['SB-borealis-eur-2026-00001', 'payable', -(1234 + 234 - 61), 'SB-borealis-eur-2026-00001'],
        ['SB-borealis-eur-2026-00001', 'cost', 1234, null],
        ['SB-borealis-eur-2026-00001', 'tax-input', 234, 'SB-borealis-eur-2026-00001'],
        ['SB-borealis-eur-2026-00001', 'tax-withholding', -61, 'SB-borealis-eur-2026-00001'],
        ['CN-2026-000001', 'receivable', -1785, 'INV-2026-000001'],
        ['CN-2026-000001', 'revenue', 1000.0000003, null],
        ['CN-2026-000001', 'fees', 500, null],
        ['CN-2026-000001', 'rounding', -0.0000003, null],
        ['CN-2026-000001', 'tax-output', 285, 'CN-2026-000001'],
      ],
    );
    const { rows: open } = await database.pool.query('select document from ledger_open_item');
    assert.deepEqual(open, [{ document: 'SB-borealis-eur-2026-00001' }]);
  }));

test('a document in another currency is booked in the legal entity’s as well, and sums to zero in both', () =>
  withDatabase(async (database) => {
    const exchange = { currency: 'EUR', rate: { units: 92345n, scale: 5 }, source: 'ecb', day: '2026-11-02' };
    await issue(database, [{ key: 'usd', content: sampleContent(3, { currency: 'USD', exchange }) }]);
    const { rows } = await database.pool.query(
      `select sum(amount_nanos)::text as own, sum(entity_amount_nanos)::text as entity,
              bool_and(abs(entity_amount_nanos - amount_nanos * 0.92345) < 5) as near from ledger_posting`,
    );
    assert.deepEqual(rows, [{ own: '0', entity: '0', near: true }]);
  }));

test('credit notes give back what is left of a line at most, also when two are issued at once', () =>
  withDatabase(async (database) => {
    const [issued] = await issue(database, [{ key: 'k', content: sampleContent(2) }]);
    const invoice = issued?.invoice as Invoice; // one was asked for
    const note = (line: number, cents: bigint): InvoiceContent =>
      valueOrThrow(
        creditNoteFor(invoice, {
          reason: 'rate was wrong',
          issueDay: '2026-11-05',
          earlier: [],
          lines: [{ line, netNanos: cents * CENT }],
        }),
      );
    const outcomes = await Promise.allSettled([
      issue(database, [{ key: 'c1', content: note(1, 700n) }]),
      issue(database, [{ key: 'c2', content: note(1, 700n) }]),
    ]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await refusedWith(
      'invoice.credit-too-much',
      issue(database, [
        { key: 'c3', content: note(2, 2000n) },
        { key: 'c4', content: note(2, 469n) },
      ]),
    );
    await issue(database, [
      { key: 'c3', content: note(2, 2000n) },
      { key: 'c4', content: note(2, 468n) },
    ]);
    assert.deepEqual(
      (await numbers(database)).filter((number) => number.startsWith('CN')),
      ['CN-2026-000001', 'CN-2026-000002', 'CN-2026-000003'],
    );
  }));

test('a document whose sums do not agree gets no number', () =>
  withDatabase(async (database) => {
    const good = sampleContent();
    const rows: readonly [RefusalCode, InvoiceContent][] = [
      ['invoice.totals-differ', { ...good, totalNanos: good.totalNanos + CENT }],
      ['invoice.totals-differ', { ...good, lines: good.lines.slice(1) }],
      ['invoice.empty', { ...good, lines: [] }],
      ['invoice.amount-not-whole', sampleContent(1, { lines: [sampleLine(1, { netNanos: 5n })], taxes: [] })],
    ];
    for (const [code, content] of rows) await refusedWith(code, issue(database, [{ key: code, content }]));
    assert.deepEqual(await numbers(database), []);
  }));
