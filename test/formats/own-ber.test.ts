import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFormat } from '#operations/usage/formats/format.ts';
import { parseSource } from '#operations/usage/source.ts';

const own = {
  id: 'own',
  family: 'ber',
  ber: {
    record: 'application 1 Call',
    types: {
      Call: { sequence: { id: '0 integer', at: '1 timestamp', to: '2 address', by: '3 ia5', parts: '4 list of Part' } },
      Part: { sequence: { bytes: '0 integer' } },
    },
  },
  key: 'id',
  fields: { start: { column: 'at', time: 'iso' }, called: 'to', trunkIn: 'by', bytesDown: 'sum(parts.bytes)' },
};

test('a format of BER is declared as data', () => assert.ok(parseFormat(own).ok));

for (const [what, changed, field] of [
  ['a field that leads nowhere', { fields: { ...own.fields, called: 'too' } }, 'fields.called'],
  ['a key that leads nowhere', { key: ['id', 'nothing'] }, 'key'],
  ['a type of records that leads nowhere', { records: { column: 'kind', take: ['a'] } }, 'records.column'],
  ['a framing that is none', { ber: { ...own.ber, framing: 'blocks' } }, 'ber.framing'],
  ['an unknown setting', { ber: { ...own.ber, block: 1 } }, 'ber.block'],
  ['types that do not come along', { ber: { ...own.ber, use: '3gpp' } }, 'ber.use'],
  ['a type that is not declared', { ber: { ...own.ber, record: 'Sms' } }, 'ber.record'],
  ['types that are no object', { ber: { ...own.ber, types: ['Call'] } }, 'ber.types'],
  ['a list that is none', { ber: { ...own.ber, each: 'id' } }, 'ber.each'],
  ['charges of a record that nothing tells apart', { ber: { ...own.ber, each: 'parts' } }, 'key'],
  ['no record', { ber: {} }, 'ber.record'],
  ['columns', { columns: ['a'] }, 'columns'],
] as const) {
  test(`refused with its field: ${what}`, () => {
    const parsed = parseFormat({ ...own, ...changed });
    assert.ok(!parsed.ok);
    assert.ok(
      parsed.refusals.some(({ at, code }) => at?.field === field && code === 'format.invalid'),
      JSON.stringify(parsed.refusals),
    );
  });
}

test('a source says how its files are framed, and adds the parts that its gateway adds', () => {
  const parsed = parseSource({
    id: 'gateway',
    format: '3gpp-pgw',
    zone: 'UTC',
    ber: { framing: 'concatenated', types: { PGWRecord: { set: { ourCustomer: '253 ia5' } } } },
    fields: { serviceClass: 'pGWRecord.ourCustomer' },
  });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const { ber, fields } = parsed.value;
  assert.equal(ber?.framing, 'concatenated');
  assert.deepEqual(ber?.each, ['pGWRecord.listOfServiceData']);
  assert.deepEqual(fields.serviceClass, [{ columns: ['pGWRecord.ourCustomer'] }]);
});
