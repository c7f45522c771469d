import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SheetRow } from '../../tariffs/rate-sheets/sheet.ts';
import type { DeclarationField } from './declaration-fields.ts';
import { type DeclarationGiven, readDeclaration } from './read-declaration.ts';

const base: DeclarationGiven = { service: 'voice', period: { from: '2026-10-01', to: '2026-11-01' }, currency: 'EUR', columns: new Map() };

function read(rows: string, given: Partial<DeclarationGiven> = {}) {
  const sheet: SheetRow[] = rows
    .trim()
    .split('\n')
    .map((line, index) => ({ row: index + 1, cells: line.split(';') }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return readDeclaration({ name: 'theirs.csv', rows: sheet }, { ...base, ...given });
}

function refused(rows: string, given: Partial<DeclarationGiven> = {}): string {
  const result = read(rows, given);
  return result.ok ? 'taken' : result.refusals.map(({ code, at }) => `${code} ${at?.line ?? ''} ${at?.field ?? ''}`.trim()).join(', ');
}

describe('partners’ declarations', () => {
  it('a letterhead, a merged header, decimal commas, points in dates, empty cells below a name and totals are read', () => {
    const result = read(`
Borealis Networks AB;;;;
Declaration October 2026;;;;

Destination;Traffic;Number of;Billed;Amount
;Date;calls;minutes;EUR
Germany;01.10.2026;10;12,5;1.250,00
;02.10.2026;4;3,25;325,00
Subtotal;;14;15,75;1.575,00
France;13.10.2026;1;60;6.000,00
Total;;15;75,75;7.575,00`);
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.lines.map(({ destination, day, calls, billed, amountNanos }) => [destination, day, calls, billed, amountNanos]),
      [
        ['Germany', '2026-10-01', 10n, 750_000_000n, 1_250_000_000_000n],
        ['Germany', '2026-10-02', 4n, 195_000_000n, 325_000_000_000n],
        ['France', '2026-10-13', 1n, 3_600_000_000n, 6_000_000_000_000n],
      ],
    );
    assert.deepEqual([result.value.totals, result.value.step], [2, { quantity: 600_000n, amountNanos: 10_000_000n }]);
  });

  it('hours, clock durations and codes are read; columns are mapped by header or letter', () => {
    const columns = new Map<string, DeclarationField>([
      ['Wert', 'amount'],
      ['D', 'raw'],
    ]);
    const result = read('Prefix;Date;Hour;Zeit X;Wert\n+49 15;2026-10-25;2;1:00:01;0.5\n0033;2026-10-25;23:00;02:30;1', { columns });
    assert.ok(result.ok);
    assert.deepEqual(
      result.value.lines.map(({ code, hour, raw, amountNanos }) => [code, hour, raw, amountNanos]),
      [
        ['4915', 2, 3_601_000_000n, 500_000_000n],
        ['33', 23, 150_000_000n, 1_000_000_000n],
      ],
    );
  });

  it('an unclear order of day and month is decided by the period where only one fits it', () => {
    const result = read('Date;Calls\n10/02/2026;5');
    assert.ok(result.ok && result.value.lines[0]?.day === '2026-10-02');
  });

  for (const [said, rows, given] of [
    ['declaration.no-header', 'hello;world\n1;2', {}],
    ['declaration.empty', 'Destination;Calls\n', {}],
    ['declaration.column-twice 1', 'Destination;Amount;Total Charges\nX;1;2', {}],
    ['declaration.decimal-mixed 3 Amount', 'Destination;Amount\nX;1.5\nY;1,25', {}],
    ['declaration.decimal-unclear 2 Amount', 'Destination;Amount\nX;1,250', {}],
    ['declaration.date-unclear 2 Date', 'Date;Calls\n10/11/2026;5', { period: { from: '2026-01-01', to: '2027-01-01' } }],
    ['declaration.unit-unclear  Duration', 'Destination;Duration\nX;120', {}],
    ['declaration.figure-unreadable 2 Amount', 'Destination;Amount\nX;#REF!', {}],
    ['declaration.figure-unreadable 2 Calls', 'Destination;Calls\nX;1.5', {}],
    ['declaration.day 2 Date', 'Date;Calls\n2026-11-01;5', {}],
    ['declaration.day 2 Date', 'Date;Calls\n31.02.2026;5', {}],
    ['declaration.day 2 Hour', 'Date;Hour;Calls\n2026-10-01;24;5', {}],
    ['declaration.currency 2 Currency', 'Destination;Amount;Currency\nX;1;USD', {}],
    ['declaration.total-differs 4 Amount', 'Destination;Amount\nX;1.00\nY;2.00\nTotal;5.00', {}],
  ] as const) {
    it(`${said} names what is wrong with ${JSON.stringify(rows)}`, () => {
      assert.equal(refused(rows, given).replace(/\s+/g, ' '), said.replace(/\s+/g, ' '));
    });
  }
});
