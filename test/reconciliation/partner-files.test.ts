/** How a partner writes its files is declared at its account; what is found goes out as a workbook. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importDeclaration } from '#app/reconciliation/declarations.ts';
import { reconcileBooks } from '#app/reconciliation/reconcile.ts';
import { reconciliationWorkbook } from '#app/reconciliation/workbook.ts';
import { openSheetFile } from '#gateways/sheets/open-sheet-file.ts';
import { writeWorkbook } from '#gateways/sheets/write-workbook.ts';
import { refusedAs } from '../support/partner-world.ts';
import { configure, operator, withHome } from '../usage/home.ts';

const declared = {
  ...operator,
  'operator.yaml': operator['operator.yaml'].replace(
    '{id: north, party: north, legalEntity: own, currency: EUR}',
    `{id: north, party: north, legalEntity: own, currency: EUR, partnerFiles: [{side: receivable, columns: {X: ignore}}, {side: payable, service: voice, columns: {Wohin: destination, Lang: billed, Geld: amount}, decimal: comma, unit: minutes, separator: ";"}]}`,
  ),
};

test('a file is read as the account declares, as the command says where that differs; UBL is read by itself; the workbook says what was found', () =>
  withHome(async (home) => {
    await configure(home, declared);
    const period = { from: '2026-10-01', to: '2026-11-01' };
    const take = (name: string, content: string, more: Partial<Parameters<typeof importDeclaration>[1]> = {}) => {
      const file = join(home.folder, name);
      writeFileSync(file, content);
      const head = { agreement: 'north', period, side: 'payable', service: 'voice', by: 'ann', nowMicros: 1_800_000_000_000_000 };
      return importDeclaration(home.database, { ...head, file, map: [], dryRun: false, ...more });
    };
    const csv = 'Wohin;Lang;Geld\nGermany;1.234,50;12,34\n';
    const { read } = await take('a.csv', csv);
    assert.deepEqual(
      read.lines.map(({ destination, billed, amountNanos }) => [destination, billed, amountNanos]),
      [['Germany', 74_070_000_000n, 12_340_000_000n]],
    );
    assert.equal((await take('b.csv', csv, { unit: 'seconds', dryRun: true })).read.lines[0]?.billed, 1_234_500_000n);
    await assert.rejects(take('c.csv', csv, { side: 'receivable' }), refusedAs('declaration.no-header'));
    const line = (id: number, net: string, days: string): string =>
      `<cac:InvoiceLine><cbc:ID>${id}</cbc:ID><cbc:InvoicedQuantity unitCode="SEC">90</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">${net}</cbc:LineExtensionAmount>${days}<cac:Item><cbc:Name>Germany</cbc:Name></cac:Item></cac:InvoiceLine>`;
    const september =
      '<cac:InvoicePeriod><cbc:StartDate>2026-09-01</cbc:StartDate><cbc:EndDate>2026-09-30</cbc:EndDate></cac:InvoicePeriod>';
    const ubl = (currency: string): string =>
      `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"><cbc:ID>1</cbc:ID><cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>${line(1, '12.00', '')}${line(2, '99.00', september)}</Invoice>`;
    await assert.rejects(take('d.xml', ubl('USD')), refusedAs('declaration.currency'));
    const byUbl = await take('e.xml', ubl('EUR'));
    assert.deepEqual(
      byUbl.read.lines.map(({ destination, billed, amountNanos }) => [destination, billed, amountNanos]),
      [['Germany', 90_000_000n, 12_000_000_000n]],
    );
    const found = await reconcileBooks(home.database, { agreement: 'north', period, rates: [] });
    const file = join(home.folder, 'evidence.xlsx');
    writeFileSync(file, await reconciliationWorkbook(found));
    assert.deepEqual(await sheetsOf(file), {
      Totals: [
        ['Agreement', 'First day', 'Last day', 'Side', 'Service', 'Currency', 'Ours', 'Theirs', 'Difference', 'Explained', 'Not explained'],
        ['north', '2026-10-01', '2026-10-31', 'payable', 'voice', 'EUR', '0', '12', '12', '0', '12'],
      ],
      Causes: [['Agreement', 'Side', 'Service', 'Cause', 'What', 'Amount', 'Currency', 'Calls', 'Evidence']],
      Lines: [
        [
          'Agreement',
          'Side',
          'Service',
          'Line',
          'Destination',
          'Time',
          'State',
          'Our calls',
          'Their calls',
          'Our raw',
          'Their raw',
          'Our billed',
          'Their billed',
          'Unit',
          'Our amount',
          'Their amount',
          'Difference',
          'Currency',
        ],
        ['north', 'payable', 'voice', '1', 'Germany', '', 'missing-ours', '0', '', '0', '', '0', '90', 'seconds', '0', '12', '12', 'EUR'],
      ],
      'Their file': (await sheetsOf(file))['Their file'],
    });
    assert.match((await sheetsOf(file))['Their file']?.[1]?.join(' ') ?? '', /^2 north e\.xml [0-9a-f]{64}/);
  }));

test('figures stand in a workbook as they are, to the last digit, and what looks like a formula is text', () =>
  withHome(async ({ folder }) => {
    const file = join(folder, 'figures.xlsx');
    const figures = ['0.00', '-12.340', '123456789012.345', '1234567890123456.789', '0.000000001', '100'];
    writeFileSync(
      file,
      await writeWorkbook([{ name: 'F', header: ['Figure', 'Text'], rows: figures.map((figure) => [{ figure }, '=1+1']) }]),
    );
    const { F } = await sheetsOf(file);
    assert.deepEqual(
      F?.slice(1).map(([figure]) => figure),
      ['0', '-12.34', '123456789012.345', '1234567890123456.789', '0.000000001', '100'],
    );
    assert.ok(F.slice(1).every(([, text]) => text === '=1+1'));
    // What a cell does not hold is cut where it can be seen; what cannot be read takes nothing with it.
    const texts = ['x'.repeat(40_000), `${'y'.repeat(32_765)}\u{1f600}z`, 'a\udc00b', 'a\u0001\u001b\ufffeb', '_x000D_<c>&amp;'];
    writeFileSync(file, await writeWorkbook([{ name: 'T', header: ['Text'], rows: texts.map((text) => [text]) }]));
    const { T } = await sheetsOf(file);
    const read = T?.slice(1).map(([text = '']) => text) ?? [];
    assert.deepEqual(
      read.slice(0, 2).map((text) => [text.length, text.at(-1)]),
      [
        [32_767, '…'],
        [32_766, '…'],
      ],
    );
    assert.deepEqual(read.slice(2), ['ab', 'ab', '_x000D_<c>&amp;']);
  }));

async function sheetsOf(path: string): Promise<Record<string, readonly (readonly string[])[]>> {
  const opened = await openSheetFile(path);
  try {
    const sheets: Record<string, readonly (readonly string[])[]> = {};
    for (const sheet of opened.sheets) {
      const rows: (readonly string[])[] = [];
      for await (const batch of opened.rows(sheet)) rows.push(...batch.map(({ cells }) => cells));
      sheets[sheet.name] = rows;
    }
    return sheets;
  } finally {
    await opened.close();
  }
}
