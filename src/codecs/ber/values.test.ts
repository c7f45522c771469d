import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BerValuePart } from '#core/usage/ber-path.ts';
import type { BerKind } from '#core/usage/ber-schema.ts';
import { valueText } from './values.ts';

function read(kind: BerKind, hex: string, names?: Readonly<Record<string, string>>, part?: BerValuePart): string {
  const text = Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');
  const leaf = { is: 'value', kind, names: names === undefined ? undefined : new Map(Object.entries(names)) } as const;
  return valueText(text, 0, text.length, leaf, part);
}

for (const [kind, hex, text] of [
  ['integer', '00', '0'],
  ['integer', '80', '-128'],
  ['integer', '00ff', '255'],
  ['integer', '7fffffffffffffff', '9223372036854775807'],
  ['integer', '00ffffffffffffffff', '18446744073709551615'],
  ['integer', '', '0x'],
  ['boolean', 'ff', 'true'],
  ['boolean', '00', 'false'],
  ['boolean', '0000', '0x0000'],
  ['null', '', 'true'],
  ['tbcd', '62021132547698f0', '262011234567890'],
  ['tbcd', '2143', '1234'],
  ['tbcd', '21f3', '123'],
  ['tbcd', '21ffff', '12'],
  ['tbcd', '1af2', '*12'],
  ['tbcd', '2f31', '0x2f31'],
  ['timestamp', '261120093000 2b 0100', '2026-11-20T09:30:00+01:00'],
  ['timestamp', '261120093000 2d 0530', '2026-11-20T09:30:00-05:30'],
  ['timestamp', '261120093000 2b 01', '0x2611200930002b01'],
  ['timestamp', '26112009300a 2b 0100', '0x26112009300a2b0100'],
  ['timestamp', '261120093000 00 0100', '0x261120093000000100'],
  ['time-zone', '4000', '+01:00'],
  ['time-zone', '4a00', '-06:00'],
  ['time-zone', '22', '+05:30'],
  ['time-zone', 'ff00', '0xff00'],
  ['ip', '0a010203', '10.1.2.3'],
  ['ip', '20010db8000000000000000000000001', '2001:db8::1'],
  ['ip', '00000000000000000000000000000000', '::'],
  ['ip', '20010db8000100010001000100010001', '2001:db8:1:1:1:1:1:1'],
  ['ip', '0a0102', '0x0a0102'],
  ['plmn', '62f210', '26201'],
  ['plmn', '130014', '310410'],
  ['plmn', '6af210', '0x6af210'],
  ['utf8', 'c3a4', 'ä'],
  ['utf8', 'e4', 'ä'],
  ['ia5', '616263000000', 'abc'],
  ['ia5', '610062', 'a\ufffdb'],
  ['octets', '0a0b', '0a0b'],
  ['bits', '06 6e5dc0', '011011100101110111'],
  ['bits', '09 00', '0x0900'],
  ['oid', '2a864886f70d', '1.2.840.113549'],
  ['oid', '2a86', '0x2a86'],
  ['utc-time', Buffer.from('2611200930Z').toString('hex'), '2026-11-20T09:30:00Z'],
  ['generalized-time', Buffer.from('20261120093000.5+0100').toString('hex'), '2026-11-20T09:30:00.5+0100'],
  ['utc-time', Buffer.from('260228093015+0100').toString('hex'), '2026-02-28T09:30:15+0100'],
  // Seconds, and minutes, may be left out (X.680 §46); a fraction is then of a minute or an hour, which nobody writes: it is not read.
  ['generalized-time', Buffer.from('202611200930').toString('hex'), '2026-11-20T09:30:00'],
  ['generalized-time', Buffer.from('2026112009Z').toString('hex'), '2026-11-20T09:00:00Z'],
  ['generalized-time', Buffer.from('202611200930.5Z').toString('hex'), `0x${Buffer.from('202611200930.5Z').toString('hex')}`],
  ['generalized-time', Buffer.from('yesterday').toString('hex'), `0x${Buffer.from('yesterday').toString('hex')}`],
  ['address', '9144972070f9', '+447902079'],
  ['address', 'a144972070f9', '447902079'],
  ['address', '91', ''],
  ['address', '', ''],
  ['address', '91 4f97', '0x914f97'],
  ['bcd-number', '914497', '+4479'],
  ['bcd-number', '11 a1 4497', '+4479'],
  ['bcd-number', '11', '0x11'],
] as const) {
  test(`${kind} ${hex} is ${JSON.stringify(text)}`, () => assert.equal(read(kind, hex), text));
}

test('a sender may be a name, in characters of seven bits', () => {
  assert.equal(read('address', 'd0 e8329bfd06'), 'hello');
});

test('what is known of a number can be asked for: its nature, plan and presentation', () => {
  assert.equal(read('address', '91 44', undefined, 'nature'), 'international');
  assert.equal(read('address', 'a8 44', undefined, 'plan'), 'national');
  assert.equal(read('address', '91 44', undefined, 'digits'), '44');
  assert.equal(read('bcd-number', '21 a0 44', undefined, 'presentation'), 'restricted');
  assert.equal(read('bcd-number', 'a1 44', undefined, 'presentation'), '');
});

test('values with names come by name, others by number', () => {
  assert.equal(read('integer', '55', { 85: 'pGWRecord' }), 'pGWRecord');
  assert.equal(read('enumerated', '56', { 85: 'pGWRecord' }), '86');
  assert.equal(read('bits', '04 a0', { 0: 'first', 2: 'third' }), 'first third');
});
