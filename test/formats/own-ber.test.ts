import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAsn1 } from '#codecs/ber/asn1.ts';
import { valueOrThrow } from '#core/refusals.ts';
import { parseFormat } from '#operations/usage/formats/format.ts';
import { parseSource } from '#operations/usage/source.ts';
import { decodeBytes, goldenLine } from '../support/decode-file.ts';

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

/** Of `ticket`, by asn1tools 0.169.0 and, with seconds, a fraction and UTC, by pycrate 0.8.1, neither of which looks at Carillon. */
const ENCODED = [
  '674f80030111708107911302550501f0a20f800d2b333533383631323334353637830c323032363130303530393030a417300b80064e572d414d5381013d300880034f574e810104a5030a010086020640',
  '675480030111708107911302550501f0a20f800d2b333533383631323334353637831132303236313030353039303033302e355aa417300b80064e572d414d5381013d300880034f574e810104a5030a010086020640',
  '674480030111728107915313325476f8a2088106447700091032830c323032363130303530393032a417300880034f574e810100300b80064e572d414d53810100a5030a0101',
];
const MODULE = `Own DEFINITIONS IMPLICIT TAGS ::= BEGIN
Ticket ::= [APPLICATION 7] SEQUENCE { id [0] INTEGER, a [1] AddressString, b [2] Number, at [3] GeneralizedTime, legs [4] SEQUENCE OF Leg,
  outcome [5] EXPLICIT Outcome, flags [6] Flags OPTIONAL }
Number ::= CHOICE { dialled [0] IA5String, normalised [1] TBCD-STRING }
Leg ::= SEQUENCE { route [0] IA5String, seconds [1] INTEGER }
Outcome ::= ENUMERATED { answered(0), busy(1) }
Flags ::= BIT STRING { forwarded(0), recorded(1) }
END`;

test("records of a schema of one's own are read as other encoders wrote them", () => {
  const { types, missing, unread } = readAsn1(MODULE);
  assert.deepEqual([missing, unread], [[], []]);
  const format = valueOrThrow(
    parseFormat({
      id: 'own',
      family: 'ber',
      ber: { record: 'Ticket', types },
      key: 'id',
      fields: {
        start: { column: 'at', time: 'iso' },
        duration: { column: 'sum(legs.seconds)', unit: 's' },
        answered: { column: 'outcome', values: ['answered'] },
        calling: 'a',
        called: 'b',
        trunkIn: 'legs.0.route',
        trunkOut: 'legs.last.route',
        serviceClass: 'flags',
      },
    }),
  );
  const read = decodeBytes(format, Buffer.from(ENCODED.join(''), 'hex')).map((record) => JSON.parse(goldenLine(record)).draft);
  const first = { seconds: 65, key: '70000', service: 'voice', answered: true, calling: '+31205550100', called: '+353861234567' };
  const on = { trunkIn: 'NW-AMS', trunkOut: 'OWN', serviceClass: 'recorded' };
  assert.deepEqual(read, [
    { start: '2026-10-05T09:00:00Z', ...first, ...on },
    { start: '2026-10-05T09:00:30.5Z', ...first, ...on },
    {
      start: '2026-10-05T09:02:00Z',
      ...{ seconds: 0, key: '70002', service: 'voice', answered: false, calling: '+35312345678', called: '447700900123' },
      ...{ trunkIn: 'OWN', trunkOut: 'NW-AMS' },
    },
  ]);
});
