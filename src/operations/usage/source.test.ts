import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSource } from './source.ts';

const mapped = {
  id: 's',
  format: 'delimited',
  zone: 'UTC',
  columns: ['id', 'start', 'b', 'in'],
  key: 'id',
  fields: { start: { column: 'start', time: 'iso' }, called: 'b', trunkIn: 'in', answered: { constant: 'no' } },
};

test('a declaration is completed from the presets of its format', () => {
  const parsed = parseSource({ id: 's', format: 'asterisk-csv', zone: 'America/New_York' });
  assert.ok(parsed.ok);
  const { layouts, maximumSeconds, answeredBy, encoding, separator } = parsed.value;
  assert.deepEqual([layouts.length, maximumSeconds, answeredBy, encoding, separator], [8, 86_400, 'answer', 'utf-8', ',']);
});

test('figures and flags may be written as texts', () => {
  const parsed = parseSource({ ...mapped, maximumSeconds: '7200', skipLines: '1', header: 'false' });
  assert.ok(parsed.ok);
  assert.deepEqual([parsed.value.maximumSeconds, parsed.value.skipLines, parsed.value.header], [7200, 1, false]);
});

for (const time of ['DD.MM.YYYY HH:mm:ss.SSS', 'YYYY-MM-DDTHH:mm:ssZ', 'YYYY-MM-DD HH:mm:ss UTC', 'epoch-ms']) {
  test(`a time may be written ${time}`, () => {
    assert.ok(parseSource({ ...mapped, fields: { ...mapped.fields, start: { column: 'start', time } } }).ok);
  });
}

for (const [name, declaration, field] of [
  ['no format', { id: 's' }, 'format'],
  ['a template that every object of JavaScript has', { id: 's', format: 'freeswitch-csv', template: 'constructor' }, 'template'],
  ['a word for the last record that is none', { ...mapped, unendedRecord: 'yes' }, 'unendedRecord'],
  ['an unknown key', { ...mapped, colums: [] }, 'colums'],
  ['an unknown zone', { ...mapped, zone: 'Berlin' }, 'zone'],
  ['an unknown field', { ...mapped, fields: { ...mapped.fields, caller: 'a' } }, 'fields.caller'],
  ['a column that is not there', { ...mapped, fields: { ...mapped.fields, called: 'number' } }, 'fields.called'],
  ['a key that is not there', { ...mapped, key: 'uuid' }, 'key'],
  ['no key', { ...mapped, key: undefined }, 'key'],
  ['no start', { ...mapped, fields: { called: 'b', trunkIn: 'in' } }, 'fields.start'],
  ['no trunk', { ...mapped, fields: { start: mapped.fields.start, called: 'b' } }, 'fields'],
  ['a picture without a date', { ...mapped, fields: { ...mapped.fields, start: { column: 'start', time: 'HH:mm' } } }, 'fields.start.time'],
  [
    'a picture with letters that stand for nothing',
    { ...mapped, fields: { ...mapped.fields, start: { column: 'start', time: 'DD/MM/YYYY H hh:mm:ss a' } } },
    'fields.start.time',
  ],
  [
    'a time on a field that is none',
    { ...mapped, fields: { ...mapped.fields, called: { column: 'b', time: 'iso' } } },
    'fields.called.time',
  ],
  ['a pattern that is none', { ...mapped, fields: { ...mapped.fields, called: { column: 'b', pattern: '(' } } }, 'fields.called.pattern'],
  [
    'a pattern without a group',
    { ...mapped, fields: { ...mapped.fields, called: { column: 'b', pattern: '^x' } } },
    'fields.called.pattern',
  ],
  ['a rule without a column', { ...mapped, fields: { ...mapped.fields, called: {} } }, 'fields.called'],
  ['a separator of nine characters', { ...mapped, separator: '|||||||||' }, 'separator'],
  ['columns for JSON', { id: 's', format: 'freeswitch-json', columns: ['a'], fields: { trunkIn: 'variables.t' } }, 'columns'],
  ['a template that is not known', { id: 's', format: 'freeswitch-csv', template: 'mine', fields: { trunkIn: 'accountcode' } }, 'template'],
  ['a limit out of range', { ...mapped, maximumSeconds: 0 }, 'maximumSeconds'],
] as const) {
  test(`refused with its field: ${name}`, () => {
    const parsed = parseSource(declaration, { file: 'a.yaml', line: 3 });
    assert.ok(!parsed.ok);
    const places = parsed.refusals.map(({ at }) => at?.field);
    assert.ok(places.includes(field), `${field} is not in ${places.join(', ')}`);
    assert.ok(parsed.refusals.every(({ code, at }) => code === 'usage.source-invalid' && at?.file === 'a.yaml'));
  });
}
