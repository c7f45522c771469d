/** Splitters that go on behind a record, after a load was broken off there: nothing is lost, and nothing comes twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonSplitter } from './json-splitter.ts';
import type { RecordSplitter } from './line-splitter.ts';
import { XmlSplitter } from './xml-splitter.ts';

interface Found {
  readonly text: string;
  readonly to: number;
  readonly ended: boolean;
}

function split(splitter: RecordSplitter, text: string, piece: number): readonly Found[] {
  const found: Found[] = [];
  const drain = (): void => {
    while (splitter.next()) found.push({ text: splitter.text, to: splitter.from + splitter.length, ended: splitter.ended });
  };
  for (let at = 0; at < text.length; at += piece) {
    splitter.push(text.slice(at, at + piece));
    drain();
  }
  splitter.finish();
  drain();
  return found;
}

const json = '[{"a":1},\n {"a":[2]},\n {"a":3}\n]\n';
const within = '{"n":3,"list" : [{"a":1}, {"a":{}},{"a":3}], "tail":[{"a":4}]}';
const xml = '<?xml version="1.0"?>\n<!-- two --><calls day="1">\n<c><a>1</a></c>\n<c/><c><calls/></c></calls >\n';
const plainXml = '<c>1</c>\n<c>2</c>\n<c>3</c>';
const make = {
  json: (head: string, resumed: boolean) => new JsonSplitter(1000, { head, resumed }),
  within: (head: string, resumed: boolean) => new JsonSplitter(1000, { head, resumed, within: 'list' }),
  xml: (head: string, resumed: boolean) => new XmlSplitter('c', 1000, { head, resumed }),
};
const files = [
  ['an array', make.json, json, 3],
  ['an array that is cut behind a record', make.json, json.slice(0, json.indexOf('3}') + 2), 3],
  ['a list inside an object', make.within, within, 3],
  ['a list that is cut behind a comma', make.within, within.slice(0, within.indexOf('{"a":3')), 2],
  ['XML with an element around the records', make.xml, xml, 3],
  ['XML that is cut behind a record', make.xml, xml.slice(0, xml.indexOf('</calls')), 3],
  ['XML without an element around the records', make.xml, plainXml, 3],
] as const;

for (const [what, splitter, text, records] of files) {
  const isCut = what.includes('cut');
  test(`${what}: from every record on, the records behind it; a cut is told of once`, () => {
    for (const piece of [1, 7, 1000]) {
      const all = split(splitter(text, false), text, piece);
      assert.deepEqual(
        all.map(({ ended }) => ended),
        [...Array(records).fill(true), ...(isCut ? [false] : [])],
      );
      assert.deepEqual(all.slice(records), isCut ? [{ text: '', to: text.length, ended: false }] : []);
      for (const [index, { to }] of all.slice(0, records).entries()) {
        const rest = split(splitter(text, true), text.slice(to), piece).map((found) => ({ ...found, to: found.to + to }));
        assert.deepEqual(rest, all.slice(index + 1), `from ${to}, pieces of ${piece}`);
      }
    }
  });
}

test('where a source never writes the end, a missing one is not told of', () => {
  const open = '[{"a":1},';
  assert.equal(split(new JsonSplitter(1000, { head: open, tellsCut: false }), open, 100).length, 1);
  const root = '<calls><c>1</c>';
  assert.equal(split(new XmlSplitter('c', 1000, { head: root, tellsCut: false }), root, 100).length, 1);
});

test('a record that the end of a file cuts is told of once, not once more for what is around it', () => {
  assert.deepEqual(
    split(new JsonSplitter(1000, { head: '[' }), '[{"a":1},{"b', 100).map(({ text }) => text),
    ['{"a":1}', '{"b'],
  );
  assert.deepEqual(
    split(new XmlSplitter('c', 1000, { head: '<calls>' }), '<calls><c>1</c><c>', 100).map(({ text }) => text),
    ['<c>1</c>', '<c>'],
  );
  assert.deepEqual(
    split(new XmlSplitter('c', 1000, { head: '<calls>' }), '<calls><d>1</d>', 100).map(({ ended }) => ended),
    [false],
  );
});
