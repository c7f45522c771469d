import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, test } from 'node:test';
import { RefusedError } from '#core/refusals.ts';
import type { SheetRow } from '#core/tariffs/rate-sheets/sheet.ts';
import { type TestSheet, writeWorkbook, writeZip } from '../../../test/support/workbook.ts';
import { openSheetFile } from './open-sheet-file.ts';
import { type SheetLimits, usualLimits } from './sheet-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-sheets-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(path: string, limits?: SheetLimits, sheet = 0): Promise<SheetRow[]> {
  const opened = await openSheetFile(path, limits === undefined ? {} : { limits });
  try {
    const wanted = opened.sheets[sheet];
    assert.ok(wanted !== undefined);
    const rows: SheetRow[] = [];
    for await (const batch of opened.rows(wanted)) rows.push(...batch);
    return rows;
  } finally {
    await opened.close();
  }
}

async function refusalOf(path: string, limits?: SheetLimits): Promise<string> {
  try {
    await rowsOf(path, limits);
  } catch (error) {
    assert.ok(error instanceof RefusedError, String(error));
    return error.refusals[0]?.code ?? '';
  }
  return 'read';
}

const table: TestSheet = {
  name: 'Rates',
  rows: [
    ['Destination', 'Code', 'Rate'],
    ['Italy', 39, 0.01],
    ['Spain', 34, 0.02],
  ],
};
const texts = 'Destination,Code,Rate\nRéunion,262,0.05\nCôte d’Ivoire,225,0.21\n';

test('text is read in the encodings that partners use', async () => {
  const expected = [
    ['Destination', 'Code', 'Rate'],
    ['Réunion', '262', '0.05'],
    ['Côte d’Ivoire', '225', '0.21'],
  ];
  const utf16 = Buffer.from(texts, 'utf16le');
  const windows = Buffer.from([...texts].map((letter) => (letter === '’' ? 0x92 : letter.charCodeAt(0))));
  for (const [name, bytes] of [
    ['utf8', Buffer.from(texts)],
    ['utf8-bom', Buffer.from(`\uFEFF${texts}`)],
    ['utf16le', utf16],
    ['utf16le-bom', Buffer.from(`\uFEFF${texts}`, 'utf16le')],
    ['utf16be-bom', Buffer.from(`\uFEFF${texts}`, 'utf16le').swap16()],
    ['windows-1252', windows],
  ] as const) {
    const rows = await rowsOf(file(`${name}.csv`, bytes));
    assert.deepEqual(
      rows.map(({ cells }) => cells),
      expected,
      name,
    );
  }
});

test('a workbook gives its rows with numbers, dates and their kinds', async () => {
  const path = file(
    'kinds.xlsx',
    writeWorkbook({ sheets: [{ name: 'R', rows: [['a', 1.5, { serial: 46327 }, { inline: 'x & y' }], [], [undefined, 'b']] }] }),
  );
  assert.deepEqual(await rowsOf(path), [
    { row: 1, cells: ['a', '1.5', '2026-11-01', 'x & y'], kinds: ['text', 'number', 'date', 'text'] },
    { row: 3, cells: ['', 'b'] },
  ]);
});

test('a file is known by what it holds, not by its name', async () => {
  assert.equal((await rowsOf(file('really-a-workbook.csv', writeWorkbook({ sheets: [table] })))).length, 3);
  assert.equal((await rowsOf(file('really-text.xlsx', texts))).length, 3);
});

test('what is no sheet is named', async () => {
  const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2000)]);
  const encrypted = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]);
  const cases: readonly [string, Buffer | string, string][] = [
    ['old.xls', ole, 'rate-sheet.old-excel'],
    ['protected.xlsx', encrypted, 'rate-sheet.encrypted'],
    ['zip-password.xlsx', writeZip({ '[Content_Types].xml': '<Types/>' }, 1), 'rate-sheet.encrypted'],
    [
      'sheet.ods',
      writeZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      'rate-sheet.not-a-sheet',
    ],
    ['archive.zip', writeZip({ 'rates.csv': texts }), 'rate-sheet.not-a-sheet'],
    ['invoice.pdf', '%PDF-1.7\n', 'rate-sheet.not-a-sheet'],
    ['login.csv', '<!DOCTYPE html><html></html>', 'rate-sheet.not-a-sheet'],
    ['picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72]), 'rate-sheet.not-a-sheet'],
    ['empty.csv', '', 'rate-sheet.empty'],
  ];
  for (const [name, content, code] of cases) assert.equal(await refusalOf(file(name, content)), code, name);
  assert.equal(await refusalOf(join(folder, 'nowhere.csv')), 'rate-sheet.file-missing');
  assert.equal(await refusalOf(folder), 'rate-sheet.file-missing');
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  assert.equal(await refusalOf(join(folder, 'pipe')), 'rate-sheet.file-missing', 'a pipe that nobody writes to');
});

test('a workbook cut off anywhere is refused, and never read in part', async () => {
  const whole = writeWorkbook({ sheets: [table] });
  for (let length = 8; length < whole.length; length += 97) {
    assert.equal(await refusalOf(file('cut.xlsx', whole.subarray(0, length))), 'rate-sheet.damaged', `${length} of ${whole.length} bytes`);
  }
});

test('a workbook with a byte changed is refused or read, and never crashes', async () => {
  const whole = writeWorkbook({ sheets: [table] });
  const seen = new Set<string>();
  for (let at = 0; at < whole.length; at += 7) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x55;
    seen.add(await refusalOf(file('changed.xlsx', changed)));
  }
  assert.ok(seen.has('rate-sheet.damaged'));
});

test('a workbook whose part has another checksum is refused, whichever part it is', async () => {
  const whole = writeWorkbook({ sheets: [table] });
  for (const part of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml']) {
    const changed = Buffer.from(whole);
    // The directory's entry: 46 bytes before the name, the checksum at 16.
    const entry = changed.lastIndexOf(part) - 46;
    changed.writeUInt8(changed.readUInt8(entry + 16) ^ 1, entry + 16);
    // Nothing is read from the list of content types.
    assert.equal(await refusalOf(file('checksum.xlsx', changed)), part.startsWith('[') ? 'read' : 'rate-sheet.damaged', part);
  }
});

test('XML that is broken, declares entities, or refers to what is not there is refused', async () => {
  const sheet = (body: string) => writeWorkbook({ sheets: [table], parts: { 'xl/worksheets/sheet1.xml': body } });
  const bomb =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>';
  for (const body of [
    '<worksheet><sheetData><row>',
    '<worksheet><sheetData></row></worksheet>',
    bomb,
    '<worksheet><sheetData><row r="1"><c t="s"><v>99</v></c></row></sheetData></worksheet>',
    '<worksheet><sheetData><row r="5"/><row r="4"/></sheetData></worksheet>',
  ]) {
    assert.equal(await refusalOf(file('broken.xlsx', sheet(body))), 'rate-sheet.damaged', body.slice(0, 60));
  }
});

test('a zip bomb is refused by its directory, before anything is unpacked', async () => {
  const bomb = writeWorkbook({ sheets: [table], parts: { 'xl/worksheets/sheet1.xml': Buffer.alloc(64 * 1024 ** 2, 0x20) } });
  assert.ok(bomb.length < 200_000);
  assert.equal(await refusalOf(file('bomb.xlsx', bomb)), 'rate-sheet.zip-bomb');
  const limits = { ...usualLimits, totalBytes: 1000 };
  assert.equal(await refusalOf(file('total.xlsx', writeWorkbook({ sheets: [table] })), limits), 'rate-sheet.zip-bomb');
  const many = writeZip(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`part${index}`, 'x'])));
  assert.equal(await refusalOf(file('many.xlsx', many), { ...usualLimits, parts: 20 }), 'rate-sheet.zip-bomb');
});

test('a directory that claims less than a part unpacks to is found out', async () => {
  const bytes = writeWorkbook({ sheets: [table] });
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const entry = bytes.lastIndexOf(name) - 46;
  bytes.writeUInt32LE(50, entry + 24);
  assert.equal(await refusalOf(file('liar.xlsx', bytes)), 'rate-sheet.damaged');
});

test('a single line of 100 MB is refused, in flat memory', async () => {
  const path = join(folder, 'line.csv');
  const piece = Buffer.alloc(1024 ** 2, 0x61);
  await pipeline(
    Readable.from(
      (function* () {
        yield Buffer.from('Destination,Code,Rate\n');
        for (let count = 0; count < 100; count += 1) yield piece;
      })(),
    ),
    createWriteStream(path),
  );
  const before = process.memoryUsage().rss;
  assert.equal(await refusalOf(path), 'rate-sheet.csv');
  assert.ok(process.memoryUsage().rss - before < 150 * 1024 ** 2);
});

test('a text of 100 MB in one cell of a workbook is refused', async () => {
  const body = `<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>${Array.from({ length: 24 * 1024 }, (_, index) => createHashLike(index)).join('')}</t></is></c></row></sheetData></worksheet>`;
  const path = file('cell.xlsx', writeWorkbook({ sheets: [table], parts: { 'xl/worksheets/sheet1.xml': body } }));
  assert.equal(await refusalOf(path), 'rate-sheet.file-too-large');
});

/** A kilobyte that does not pack well. */
function createHashLike(seed: number): string {
  let value = seed + 1;
  let text = '';
  for (let count = 0; count < 128; count += 1) {
    value = (value * 48_271) % 2_147_483_647;
    text += value.toString(36).padStart(8, '0').slice(0, 8);
  }
  return text;
}

test('a quote that is never closed is refused with its line', async () => {
  const opened = await openSheetFile(file('quote.csv', 'a,b\n1,2\n"x,3\n4,5\n'));
  const [sheet] = opened.sheets;
  assert.ok(sheet !== undefined);
  await assert.rejects(
    async () => {
      for await (const _ of opened.rows(sheet)) {
        // Only the refusal is of interest.
      }
    },
    (error: unknown) => error instanceof RefusedError && error.refusals[0]?.code === 'rate-sheet.csv' && error.refusals[0].at?.line === 3,
  );
});
