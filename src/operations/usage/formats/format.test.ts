import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseSource } from '../source.ts';
import { parseFormat } from './format.ts';
import { formatsAmong } from './own-formats.ts';
import { readFormatFile, shippedFormats } from './shipped-formats.ts';

const own = { id: 'mine', family: 'delimited', columns: ['id', 'start', 'b'], key: 'id', fields: { start: 'start', called: 'b' } };
/** Types of records, as a declaration has them. */
const types = (column: string, take: string | undefined, skip: string): object => ({ column, take, skip });
const fixed = { id: 'mine', family: 'fixed', columns: { id: '1-4', kind: 5 }, key: 'id' };

describe('a declaration that cannot be used is refused with its field', () => {
  for (const [name, declaration, field] of [
    ['no family', { id: 'mine' }, 'family'],
    ['a family that is none', { ...own, family: 'csv' }, 'family'],
    ['no id', { ...own, id: undefined }, 'id'],
    ['an id with a space', { ...own, id: 'my switch' }, 'id'],
    ['an unknown key', { ...own, colums: [] }, 'colums'],
    ['a key of another family', { ...own, xml: { record: 'a' } }, 'xml'],
    ['columns for XML', { id: 'x', family: 'xml', xml: { record: 'a' }, columns: ['a'] }, 'columns'],
    ['XML without a record', { id: 'x', family: 'xml' }, 'xml.record'],
    ['a record that is no name', { id: 'x', family: 'xml', xml: { record: 'a b' } }, 'xml.record'],
    ['a separator that is the quote', { ...own, separator: '"' }, 'quote'],
    ['an escape that is none', { ...own, escape: 'percent' }, 'escape'],
    ['lenient without a quote', { ...own, quote: 'none', escape: 'lenient' }, 'escape'],
    ['columns and layouts', { ...own, layouts: [{ columns: ['a'] }] }, 'layouts'],
    ['a layout without columns', { ...own, columns: undefined, layouts: [{ key: 'a' }] }, 'layouts[0].columns'],
    ['a column twice', { ...own, columns: ['id', 'id'] }, 'columns'],
    ['a column that is not there', { ...own, fields: { called: 'c' } }, 'fields.called'],
    [
      'a condition on a column that is not there',
      { ...own, fields: { called: { column: 'b', when: { column: 'c', is: 'x' } } } },
      'fields.called',
    ],
    ['a condition without texts', { ...own, fields: { called: { column: 'b', when: { column: 'b' } } } }, 'fields.called.when.is'],
    [
      'a key of a layout that is not there',
      { ...own, columns: undefined, layouts: [{ columns: ['id', 'start', 'b'], key: 'z' }] },
      'layouts[0].key',
    ],
    ['types without a column', { ...own, records: { take: 'x' } }, 'records.column'],
    ['types without a list', { ...own, records: { column: 'b' } }, 'records'],
    ['a type column that is not there', { ...own, records: types('c', undefined, 'x') }, 'records.column'],
    [
      'a type that stands here and there',
      {
        ...own,
        columns: undefined,
        layouts: [{ columns: ['id', 'start', 'b'] }, { columns: ['b', 'id', 'start'] }],
        records: types('b', undefined, 'x'),
      },
      'records.column',
    ],
    [
      'a type that no layout is for',
      { ...own, columns: undefined, layouts: [{ columns: ['id', 'start', 'b'], types: 'A' }], records: { column: 'b', take: ['A', 'B'] } },
      'records.take',
    ],
    ['a pattern that could take for ever', { ...own, fields: { called: { column: 'b', pattern: '^(a+)+$' } } }, 'fields.called.pattern'],
    ['a line pattern that could take for ever', { ...own, ignore: '(a|a)*b' }, 'ignore'],
    ['a take without a pattern', { ...own, fields: { called: { column: 'b', take: '$1' } } }, 'fields.called.take'],
    [
      'a take of a group that is not there',
      { ...own, fields: { called: { column: 'b', pattern: '(a)', take: '$2' } } },
      'fields.called.take',
    ],
    ['mustFit without a pattern', { ...own, fields: { called: { column: 'b', mustFit: true } } }, 'fields.called.mustFit'],
    ['a conversion that is none', { ...own, fields: { called: { column: 'b', convert: 'reverse' } } }, 'fields.called.convert'],
    ['too many decimals', { ...own, fields: { price: { column: 'b', decimals: 30 } } }, 'fields.price.decimals'],
    ['utc where no time is', { ...own, fields: { called: { column: 'b', utc: true } } }, 'fields.called.utc'],
    ['a fixed column without a place', { ...fixed, columns: { id: 'four' } }, 'columns.id'],
    ['a fixed column that ends before it begins', { ...fixed, columns: { id: '9-4' } }, 'columns.id'],
    ['fixed columns as a list', { ...fixed, columns: ['id'] }, 'columns'],
    ['a record longer than any may be', { ...fixed, fixed: { recordLength: 90_000 }, maximumRecordBytes: 1000 }, 'fixed.recordLength'],
    ['templates that are none', { ...own, templates: ['a'] }, 'templates'],
    ['provenance with other keys', { ...own, provenance: { url: 'x' } }, 'provenance.url'],
    ['something else altogether', ['a'], ''],
  ] as const) {
    test(name, () => {
      const parsed = parseFormat(declaration);
      assert.ok(!parsed.ok);
      const fields = parsed.refusals.map(({ at }) => at?.field ?? '');
      assert.ok(fields.includes(field), `${field} is not among ${fields.join(', ')}`);
      assert.ok(parsed.refusals.every(({ code }) => code === 'format.invalid'));
    });
  }
});

test('a fault in a file names its line, however deep it stands', () => {
  const text = `formats:
  - id: one
    family: delimited
    columns: [a, b]
    key: a
    fields:
      start: a
      called:
        - b
        - column: b
          pattern: '^(x+)+$'
  - id: two
    family: fixed
    layouts:
      - columns: {a: 1-2}
      - columns:
          a: 1-2
          b: 3-x
`;
  const read = readFormatFile('my.yaml', text);
  assert.ok(!read.ok);
  assert.deepEqual(
    read.refusals.map(({ at }) => [at?.file, at?.line, at?.field]),
    [
      ['my.yaml', 11, 'fields.called[1].pattern'],
      ['my.yaml', 18, 'layouts[1].columns.b'],
    ],
  );
});

test('a source takes over what its format says, and says otherwise where it must', () => {
  const formats = formatsAmong([{ ...own, zone: 'Europe/Berlin', separator: ';' }]);
  const parsed = parseSource(
    { id: 's', format: 'mine', separator: '|', fields: { trunkIn: 3, answered: { constant: 'no' } } },
    {},
    formats,
  );
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.refusals));
  const { zone, separator, family, key, fields } = parsed.value;
  assert.deepEqual(
    [zone, separator, family, key, Object.keys(fields)],
    ['Europe/Berlin', '|', 'delimited', ['id'], ['start', 'called', 'answered', 'trunkIn']],
  );
});

test('a format of the user takes the place of a shipped one of the same name', () => {
  const formats = formatsAmong([{ ...own, id: 'asterisk-csv' }]);
  assert.equal(formats.find('asterisk-csv')?.reading.layouts.length, 1);
  assert.equal(formats.find('freeswitch-csv'), shippedFormats.find('freeswitch-csv'));
});

test('a source that names no format there is, is refused with those there are', () => {
  const parsed = parseSource({ id: 's', format: 'astrisk' });
  assert.ok(!parsed.ok);
  assert.match(parsed.refusals[0]?.message ?? '', /is not one of .*asterisk-csv/);
});

test('every shipped format is read, and a name with a path in it finds nothing', () => {
  for (const id of shippedFormats.ids()) assert.equal(shippedFormats.find(id)?.id, id);
  for (const id of ['../sources', 'asterisk-csv.yaml', '', 'constructor']) assert.equal(shippedFormats.find(id), undefined);
});
