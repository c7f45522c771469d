import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileBerSchema } from '#core/usage/ber-schema.ts';
import { readAsn1, typesFor } from './asn1.ts';

const module = `
-- Records of an exchange --
Exchange { iso 1 2 } DEFINITIONS IMPLICIT TAGS ::= BEGIN
IMPORTS AddressString, Other FROM MAP { 0 4 };
maxLength INTEGER ::= 20
Record ::= CHOICE { call [0] Call, -- a call
  sms [APPLICATION 1] IMPLICIT Sms, ... }
Call ::= SET {
  caller      [0] AddressString OPTIONAL,
  number      [1] EXPLICIT INTEGER (0..255, ...) OPTIONAL,
  reason      [2] INTEGER { normal (0), busy (17) } DEFAULT normal,
  routes      [3] SEQUENCE SIZE (1..maxLength) OF IA5String /* in and out */,
  place       [4] SEQUENCE { cell [0] OCTET STRING (SIZE (2)), plmn [1] PLMN-Id } OPTIONAL,
  flags       [5] BIT STRING { forwarded (0) } DEFAULT { forwarded },
  unknown     [6] Other,
  ...,
  [[ started  [7] TimeStamp ]]
}
Sms ::= SEQUENCE { when TimeStamp, parts SET OF SEQUENCE { id [0] INTEGER }, result ENUMERATED { ok, failed (5), late } }
TimeStamp ::= OCTET STRING (SIZE(9))
PLMN-Id ::= OCTET STRING (SIZE (3))
Wrong ::= CLASS { &id OBJECT IDENTIFIER }
END`;

test('a module becomes types of a format', () => {
  const { types, missing, unread } = readAsn1(module);
  assert.deepEqual(types, {
    Record: { choice: { call: '0 Call', sms: 'application 1 Sms' } },
    Call: {
      set: {
        caller: '0 AddressString',
        number: 'explicit 1 integer',
        reason: '2 Call-reason',
        routes: '3 list of ia5',
        place: '4 Call-place',
        flags: '5 Call-flags',
        unknown: '6 Other',
        started: '7 TimeStamp',
      },
    },
    'Call-reason': { integer: { 0: 'normal', 17: 'busy' } },
    'Call-place': { sequence: { cell: '0 octets', plmn: '1 PLMN-Id' } },
    'Call-flags': { bits: { 0: 'forwarded' } },
    Sms: { sequence: { when: 'TimeStamp', parts: 'list of Sms-parts-element', result: 'Sms-result' } },
    'Sms-parts-element': { sequence: { id: '0 integer' } },
    'Sms-result': { enumerated: { 0: 'ok', 5: 'failed', 6: 'late' } },
    TimeStamp: 'timestamp',
    'PLMN-Id': 'plmn',
    AddressString: 'address',
    Other: 'octets',
  });
  assert.deepEqual(missing, ['Other']);
  assert.deepEqual(unread, [{ name: 'Wrong', line: 22 }]);
  assert.deepEqual(compileBerSchema({ record: 'Record', types }).faults, []);
});

test('tags are automatic or explicit where the module says so', () => {
  const automatic = readAsn1('M DEFINITIONS AUTOMATIC TAGS ::= BEGIN A ::= SEQUENCE { x INTEGER, y BOOLEAN } END');
  assert.deepEqual(automatic.types, { A: { sequence: { x: '0 integer', y: '1 boolean' } } });
  const explicit = readAsn1(
    'M DEFINITIONS ::= BEGIN A ::= SEQUENCE { x [3] INTEGER } B ::= [APPLICATION 2] IMPLICIT SEQUENCE { y INTEGER } END',
  );
  assert.deepEqual(explicit.types, {
    A: { sequence: { x: 'explicit 3 integer' } },
    'B-content': { sequence: { y: 'integer' } },
    B: 'application 2 B-content',
  });
});

test('only what a record needs can be taken', () => {
  const { types } = readAsn1(module);
  assert.deepEqual(Object.keys(typesFor(types, 'Sms')), ['Sms', 'TimeStamp', 'Sms-parts-element', 'Sms-result']);
  assert.deepEqual(typesFor(types, 'Nothing'), {});
});

for (const text of [
  '',
  '::=',
  'A ::=',
  'A ::= SEQUENCE {',
  'A ::= SEQUENCE { x',
  'A ::= [',
  'A ::= INTEGER ((((',
  '{'.repeat(9000),
  `A ::= ${'SEQUENCE OF '.repeat(9000)} INTEGER`,
  '"'.repeat(500),
  '/*'.repeat(5000),
  '--'.repeat(5001),
]) {
  test(`a text that is no module is read to its end: ${text.slice(0, 30)}`, () => assert.ok(readAsn1(text).missing.length >= 0));
}
