/** Every shipped format has a file in the true form of its switch, written by us, and what must come of it: test/golden/formats/<id>. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { shippedFormats } from '#operations/usage/formats/shipped-formats.ts';
import { decodeBytes, goldenLine } from '../support/decode-file.ts';
import { projectRoot } from '../support/project-files.ts';

const ids = shippedFormats.ids().filter((id) => id !== 'delimited');

/** Formats of bytes are compared in tests of their own, with records that an encoder made. */
const isText = (id: string): boolean => shippedFormats.find(id)?.family !== 'ber';

for (const id of ids.filter(isText)) {
  test(`${id} decodes its golden file, however the bytes arrive`, () => {
    const folder = join(projectRoot, 'test/golden/formats', id);
    const [input] = globSync(join(folder, 'input.*'));
    assert.ok(input !== undefined && existsSync(join(folder, 'expected.ndjson')), `there is no golden file in ${folder}`);
    const format = shippedFormats.find(id);
    assert.ok(format !== undefined);
    const bytes = readFileSync(input);
    const expected = readFileSync(join(folder, 'expected.ndjson'), 'utf8').trimEnd().split('\n');
    for (const piece of [bytes.length, 1, 7]) assert.deepEqual(decodeBytes(format, bytes, { piece }).map(goldenLine), expected);
  });
}

/** Rows that a switch's own documentation shows; the README beside them says where. `documented.<template>.csv` */
for (const input of globSync(join(projectRoot, 'test/golden/formats/*/documented.*.csv'))) {
  const [id = '', file = ''] = input.split('/').slice(-2);
  const [, template = ''] = file.split('.');
  test(`${id} decodes the rows of its documentation, template ${template}`, () => {
    const format = shippedFormats.find(id);
    const columns = format?.templates[template];
    assert.ok(format !== undefined && columns !== undefined);
    const expected = readFileSync(input.replace(/csv$/, 'ndjson'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(decodeBytes(format, readFileSync(input), { source: { layouts: [{ columns }] } }).map(goldenLine), expected);
  });
}

for (const id of ids) {
  test(`${id} says where it was checked`, () => {
    const format = shippedFormats.find(id);
    assert.ok(format !== undefined);
    const { sources, checked, uncertain } = format.provenance;
    assert.ok(sources.length > 0 && sources.every((source) => /^https?:\/\/\S+$/.test(source)), 'addresses of documents');
    assert.match(checked, /\.$/, 'what was checked is a sentence');
    assert.match(uncertain, /\.$/, 'what is uncertain is a sentence');
    assert.equal(format.id, id, 'the file has the name of its format');
  });
}

test('no record of a file is lost: places follow each other and cover the text', () => {
  for (const id of ['asterisk-csv', 'ribbon-act', 'emi', 'radius-detail']) {
    const format = shippedFormats.find(id);
    assert.ok(format !== undefined);
    const [input = ''] = globSync(join(projectRoot, 'test/golden/formats', id, 'input.*'));
    const text = readFileSync(input, 'latin1').split('\n').slice(format.reading.skipLines).join('\n');
    let at = 0;
    for (const { from, length } of decodeBytes(format, readFileSync(input))) {
      assert.equal(text.slice(at, from).trim(), '', `${id}: between ${at} and ${from}`);
      at = from + length;
    }
    assert.equal(text.slice(at).trim(), '', id);
  }
});
