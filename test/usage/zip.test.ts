import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { RefusedError } from '#core/refusals.ts';
import { openZip } from '#gateways/files/zip-file.ts';
import { writeZip } from '../support/workbook.ts';
import { assertBooksAgree, fileOf, line, load, type TestHome, withHome, write } from './home.ts';

const a = fileOf([line({ id: '1' }), line({ id: '2' })]);
const b = fileOf([line({ id: '3' })]);
const ENCRYPTED = 1;

async function outcomes(home: TestHome, name: string, content: Buffer): Promise<readonly string[]> {
  const reports = await load(home, [write(home, name, content)]);
  return reports.map(({ file, state, counts, refusals }) =>
    [file.slice(home.folder.length + 1), state, counts.rated, ...refusals.map(({ code, message }) => `${code}: ${message}`)].join(' '),
  );
}

test('each file of a ZIP is a file of the books, named after both; the same content unpacked is in the books already', async () => {
  await withHome(async (home) => {
    assert.deepEqual(await outcomes(home, 'day.zip', writeZip({ 'x/a.csv': a, 'b.csv': b })), [
      'day.zip/b.csv loaded 1',
      'day.zip/x/a.csv loaded 2',
    ]);
    assert.deepEqual(await outcomes(home, 'a.csv', Buffer.from(a)), ['a.csv already-loaded 0']);
    await assertBooksAgree(home);
  });
});

test('a ZIP that is encrypted, cut, empty or packed twice is refused by name', async () => {
  await withHome(async (home) => {
    const whole = writeZip({ 'a.csv': a });
    const refused = async (name: string, content: Buffer): Promise<string> => (await outcomes(home, name, content)).join('; ');
    assert.match(await refused('e.zip', writeZip({ 'a.csv': a }, ENCRYPTED)), /^e.zip refused 0 usage.zip-unreadable: a.csv is encrypted$/);
    assert.match(
      await refused('c.zip', whole.subarray(0, whole.length - 30)),
      /^c.zip refused 0 usage.zip-unreadable: it cannot be unpacked/,
    );
    assert.match(await refused('n.zip', writeZip({})), /^n.zip refused 0 usage.zip-unreadable: it holds no file$/);
    const twice = writeZip({ 'a.csv.gz': gzipSync(a) });
    assert.match(await refused('t.zip', twice), /^t.zip\/a.csv.gz refused 0 usage.zip-unreadable: a.csv.gz is packed once more inside$/);
  });
});

test('a file of a ZIP that is damaged is refused, the others are loaded', async () => {
  await withHome(async (home) => {
    const zip = writeZip({ 'a.csv': a, 'b.csv': b });
    // The checksum of the first entry in the directory at the end.
    const entry = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE((zip.readUInt32LE(entry + 16) ^ 1) >>> 0, entry + 16);
    assert.deepEqual(await outcomes(home, 'd.zip', zip), [
      'd.zip/a.csv refused 0 usage.zip-unreadable: a.csv is damaged: its checksum differs',
      'd.zip/b.csv loaded 1',
    ]);
    await assertBooksAgree(home);
  });
});

test('a ZIP with more in it than packed text can be, or with too many files, is not unpacked', async () => {
  await withHome(async (home) => {
    const bomb = write(home, 'bomb.zip', writeZip({ 'a.csv': Buffer.alloc(5_000_000), 'b.csv': 'x' }));
    const refused = (message: RegExp) => (error: unknown) => error instanceof RefusedError && message.test(error.message);
    await assert.rejects(openZip(bomb, { files: 10, freeBytes: 1000, ratio: 100 }), refused(/is no packed text/));
    await assert.rejects(openZip(bomb, { files: 1, freeBytes: 10 ** 9, ratio: 100 }), refused(/more than 1 files/));
  });
});
