import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CENT, sampleContent, sampleLine, sampleTax } from '../../../test/support/invoice-samples.ts';
import { creditFaults, creditNoteFor, leftOf } from './credit-note.ts';
import type { Invoice, InvoiceContent } from './invoice.ts';
import { totalFaults } from './invoice-totals.ts';

function invoiceOf(content: InvoiceContent): Invoice {
  return { ...content, number: 'INV-1', series: 's', sha256: '' };
}

test('a credit note of all takes back each line, tax and total, and names what it corrects', () => {
  const invoice = invoiceOf(sampleContent(3));
  const note = creditNoteFor(invoice, { reason: ' wrong rate ', issueDay: '2026-11-09', earlier: [] });
  assert.ok(note.ok);
  const { kind, totalNanos, taxNanos, corrects, lines, issueDay } = note.value;
  assert.deepEqual([kind, totalNanos, taxNanos, issueDay], ['credit-note', invoice.totalNanos, invoice.taxNanos, '2026-11-09']);
  assert.deepEqual(corrects, { number: 'INV-1', reason: 'wrong rate' });
  assert.deepEqual(
    lines.map(({ creditsLine }) => creditsLine),
    [1, 2, 3],
  );
  const again = creditNoteFor(invoice, { reason: 'x', issueDay: '2026-11-09', earlier: [note.value] });
  assert.deepEqual(again.ok ? [] : again.refusals.map(({ code }) => code), ['invoice.nothing-left']);
});

test('what cannot be given back is refused by name', () => {
  const invoice = invoiceOf(sampleContent(2));
  const request = { reason: 'x', issueDay: '2026-11-09', earlier: [] };
  const rows: [string, Parameters<typeof creditNoteFor>][] = [
    ['invoice.reason-missing', [invoice, { ...request, reason: ' ' }]],
    ['invoice.credit-before', [invoice, { ...request, issueDay: '2020-01-01' }]],
    ['invoice.not-creditable', [{ ...invoice, kind: 'credit-note' }, request]],
    ['invoice.line-unknown', [invoice, { ...request, lines: [{ line: 3 }] }]],
    ['invoice.line-unknown', [invoice, { ...request, lines: [{ line: 1 }, { line: 1 }] }]],
    ['invoice.credit-too-much', [invoice, { ...request, lines: [{ line: 1, netNanos: 1235n * CENT }] }]],
    ['invoice.credit-too-much', [invoice, { ...request, lines: [{ line: 1, netNanos: -1n * CENT }] }]],
    ['invoice.amount-not-whole', [invoice, { ...request, lines: [{ line: 1, netNanos: 5n }] }]],
    ['invoice.nothing-left', [invoice, { ...request, lines: [{ line: 1, netNanos: 0n }] }]],
  ];
  for (const [code, args] of rows) {
    const note = creditNoteFor(...args);
    assert.deepEqual(note.ok ? [] : note.refusals.map((refusal) => refusal.code), [code]);
  }
});

test('parts that make up the whole give back the whole: net, tax and what rounding took, in whatever parts', () => {
  const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2000 })), { maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.constantFrom(19n, 7n, 3n), (wanted, percent) => {
      const lines = [1, 2, 3].map((number) => {
        const net = BigInt(number) * 777n * CENT * (number === 2 ? -1n : 1n);
        return sampleLine(number, { netNanos: net, exactNanos: net + BigInt(number) });
      });
      // Two halves of one rule at one percentage, as India has them, and what a buyer accounts for itself.
      const half = sampleTax(lines.slice(0, 2), percent);
      const own = { rate: 'IE-VAT', name: 'VAT', jurisdiction: 'IE', percent: '23', taxNanos: 1234n * CENT };
      const taxes = [half, { ...half, name: 'SGST' }, { ...sampleTax(lines.slice(2), 5n), rule: 'other', selfAssessed: [own] }];
      const invoice = invoiceOf(sampleContent(3, { lines, taxes }));
      const earlier: InvoiceContent[] = [];
      const credit = (request: readonly { line: number; netNanos?: bigint }[] | undefined): void => {
        const note = creditNoteFor(invoice, {
          reason: 'x',
          issueDay: '2026-11-09',
          earlier,
          ...(request === undefined ? {} : { lines: request }),
        });
        if (!note.ok) return;
        assert.deepEqual(totalFaults(note.value, ''), []);
        assert.deepEqual(creditFaults(invoice, note.value, earlier), []);
        earlier.push(note.value);
      };
      for (const [line, cents] of wanted) credit([{ line, netNanos: BigInt(line === 2 ? -cents : cents) * CENT }]);
      credit(undefined);
      assert.deepEqual([...leftOf(invoice, earlier).values()], Array(3).fill({ netNanos: 0n, exactNanos: 0n }));
      assert.equal(
        earlier.reduce((sum, { taxNanos }) => sum + taxNanos, 0n),
        invoice.taxNanos,
      );
      assert.equal(
        earlier.reduce((sum, { totalNanos }) => sum + totalNanos, 0n),
        invoice.totalNanos,
      );
      const given = earlier.flatMap((note) => note.taxes);
      for (const { rule, name, taxNanos } of taxes) {
        const back = given.filter((tax) => tax.rule === rule && tax.name === name).reduce((sum, tax) => sum + tax.taxNanos, 0n);
        assert.equal(back, taxNanos, `${rule} ${name}`);
      }
      const selfAssessed = given.flatMap((tax) => tax.selfAssessed ?? []).reduce((sum, tax) => sum + tax.taxNanos, 0n);
      assert.equal(selfAssessed, own.taxNanos);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('an amount of the other sign is told from one that is too much', () => {
  const invoice = invoiceOf(sampleContent(2));
  const said = (netNanos: bigint): string => {
    const note = creditNoteFor(invoice, { reason: 'x', issueDay: '2026-11-09', earlier: [], lines: [{ line: 1, netNanos }] });
    return note.ok ? '' : (note.refusals[0]?.message ?? '');
  };
  assert.match(said(-100n * CENT), /^-1\.00 EUR of line 1 of INV-1 is of the other sign than what is billed: give an amount above zero$/);
  assert.match(said(1235n * CENT), /^12\.35 EUR of line 1 of INV-1, and 12\.34 is left$/);
});
