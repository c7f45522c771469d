/** The road of plain calls against the general one, batch by batch, on files from a seed: whatever the bytes are, both read the same. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfiguration } from '#app/configuration.ts';
import { PlainCalls } from '#codecs/cdr/plain-calls.ts';
import { compileBook } from '#core/rating/compile-book.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Source } from '#core/usage/source.ts';
import { parseSource } from '#operations/usage/source.ts';
import { BatchReader, type Piece, type ReadBatch } from '#pipeline/batch-reader.ts';
import { withFolder } from '../support/cli.ts';
import { seeded } from '../support/seeded.ts';
import { operator } from './home.ts';

const fields = {
  start: { column: 'start', time: 'YYYY-MM-DD HH:mm:ss' },
  answer: { column: 'answer' },
  end: { column: 'end', time: 'YYYY-MM-DD HH:mm:ss', utc: true },
  duration: 'seconds',
  calling: 'a',
  called: 'b',
  trunkIn: 'in',
  trunkOut: 'out',
  cause: 'cause',
};
const columns = ['id', 'start', 'answer', 'end', 'seconds', 'result', 'a', 'b', 'in', 'out', 'cause'];
const common = { id: 'switch', format: 'delimited', zone: 'Europe/Berlin', key: 'id', columns, separator: ';', fields };

/** What sources declare beside the common. */
const declarations: readonly (readonly [string, object])[] = [
  ['as it comes', {}],
  ['without quotes', { quote: '' }],
  ['with an answer by its column', { fields: { ...fields, answered: { column: 'result', values: ['ANSWERED', 'yes'] } } }],
  ['answered by an answer time, from the setup', { answeredBy: 'answer', startsAt: 'setup' }],
  ['with a post-dial delay in ms', { columns: [...columns, 'pdd'], fields: { ...fields, pdd: { column: 'pdd', unit: 'ms' } } }],
  ['with a post-dial delay in s', { columns: [...columns, 'pdd'], fields: { ...fields, pdd: 'pdd' } }],
  ['in UTC, in latin1, of at most 200 s', { zone: 'UTC', encoding: 'latin1', maximumSeconds: 200 }],
];

function sourceOf(more: object): Source {
  return valueOrThrow(parseSource({ ...common, ...more }));
}

function bookOfOperator(): Promise<Book> {
  return withFolder(async (folder) => {
    for (const [name, text] of Object.entries(operator)) writeFileSync(join(folder, name), text);
    return valueOrThrow(readConfiguration(folder)).book;
  });
}

function randomLine(random: () => number, record: number, hasPdd: boolean): string {
  const pick = <T>(...all: readonly T[]): T => all[Math.floor(random() * all.length)] as T; // within the list
  const often = <T>(usual: T, ...rare: readonly T[]): T => (random() < 0.97 ? usual : pick(...rare));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  // Clocks in Berlin are set back on 2026-10-25.
  const day = pick('2026-10-24', '2026-10-25', '2026-10-26', '2026-03-29');
  const time = (): string => `${day} ${two(random() * 24)}:${two(random() * 60)}:${two(random() * 60)}`;
  const start = often(time(), '', '1999-12-31 23:59:59', '2026-02-30 10:00:00', `${day} 10:00:60`, `${day} 10:00:00.5`, `${day}T10:00:00`);
  const cells = [
    often(`k${record}`, '', 'a|b', `"q${record}"`, `"un`, ' x ', 'é', 'x\u0000', 'k'.repeat(500)),
    start,
    often(pick('', start), time(), 'never', `${day} 10:00:00+02:00`),
    often('', start, '2099-01-01 00:00:00', '0'),
    often(String(Math.floor(random() * 300)), '', '0', '12.5', '-1', '0007', '1234567890', 'x', '86401'),
    pick('ANSWERED', 'BUSY', '', 'yes'),
    often('+4930123456', '', 'anonymous', '030999', '1'.repeat(20), '?'),
    often(pick('00442079460000', '00491711234567', '030123456'), '', '112', '00331', 'what', '+49 30 1', '+4'),
    often(pick('north', 'south', 'home'), '', 'nobody'),
    often(pick('south', 'home', 'north', ''), 'nobody'),
    pick('16', '34', '', 'normal clearing'),
  ];
  if (hasPdd) cells.push(often(pick('2', '0', '1840', ''), '3600000', '3600001', '3601', '1.5', '-1', 'x', '1234567890'));
  if (random() < 0.01) cells.pop();
  if (random() < 0.01) cells.push('more');
  return cells.join(';') + pick('\n', '\n', '\n', '\r\n', random() < 0.05 ? '\r\r\n' : '\n', random() < 0.05 ? '\n\n' : '\n');
}

function read(book: Book, source: Source, piece: Pick<Piece, 'bytes' | 'closed'>, most: number): readonly ReadBatch[] {
  const reader = new BatchReader(valueOrThrow(compileBook(book)), { first: 7, second: 9 });
  const head = { markBytes: 0, text: '', headerLine: undefined, bodyFrom: 0 };
  reader.open({ fileId: 3, source, head });
  return reader.read({ ...piece, from: 100, continues: false, last: true }, most);
}

for (const [name, more] of declarations) {
  test(`plain calls are read as all others are, ${name}`, async () => {
    const book = await bookOfOperator();
    const source = sourceOf(more);
    const random = seeded(name.length);
    const lines = Array.from({ length: 3000 }, (_, record) => randomLine(random, record, source.fields.pdd !== undefined));
    const bytes = Buffer.from(`${lines.join('')}k;2026-10-05 10:00:00`, 'latin1');
    const plain = read(book, source, { bytes, closed: true }, 700);
    const general = read(book, source, { bytes, closed: false }, 700);
    assert.deepEqual(plain, general);
    const calls = PlainCalls.open(source, undefined);
    assert.ok(calls !== undefined);
    const text = bytes.toString('latin1');
    let taken = 0;
    for (let at = 0; at >= 0; at = calls.next) if (calls.take(bytes, text, at)) taken += 1;
    assert.ok(taken > 1000 && taken < 2900, `${taken} were plain`);
  });
}

test('sources whose fields take more than their columns are not for this road', () => {
  const others = [
    { key: ['id', 'start'] },
    { fields: { ...fields, start: { column: 'start', time: 'D.M.YYYY HH:mm:ss' } } },
    { fields: { ...fields, called: { column: 'b', pattern: '^9(.*)$' } } },
    { fields: { ...fields, duration: { column: 'seconds', unit: 'ms' } } },
    { fields: { ...fields, calling: ['a', 'id'] } },
    { encoding: 'utf-16le' },
  ];
  for (const more of others) assert.equal(PlainCalls.open(sourceOf(more), undefined), undefined, JSON.stringify(more));
});
