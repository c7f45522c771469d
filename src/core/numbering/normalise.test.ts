import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type NumberReading, type NumberWriting, normaliseNumber } from './normalise.ts';

const uk: NumberWriting = { countryCode: '44', nationalPrefix: '0', internationalPrefix: '00', stripPrefixes: ['1234#', '99'] };
const us: NumberWriting = { countryCode: '1', nationalPrefix: '1', internationalPrefix: '011' };
const bare: NumberWriting = { countryCode: '45', nationalPrefix: '', internationalPrefix: '00' };
const none: NumberWriting = {};

function show(reading: NumberReading): string {
  switch (reading.kind) {
    case 'number':
      return reading.digits;
    case 'short-code':
      return `short ${reading.digits}`;
    case 'invalid':
      return `invalid ${reading.fault}`;
    case 'absent':
    case 'withheld':
      return reading.kind;
  }
}

const rows: readonly [text: string, rules: NumberWriting, expected: string][] = [
  ['+447911123456', none, '447911123456'],
  ['447911123456', none, '447911123456'],
  ['00447911123456', uk, '447911123456'],
  ['07911123456', uk, '447911123456'],
  ['+44 (0)20 7946-0123', uk, '442079460123'],
  ['0044 20.7946/0123', uk, '442079460123'],
  ['1234#00447911123456', uk, '447911123456'],
  ['1234#07911 123456', uk, '447911123456'],
  ['9907911123456', uk, '447911123456'],
  ['1234#', uk, 'invalid nothing-after-prefix'],
  ['sip:+447911123456@10.0.0.1:5060;transport=udp', uk, '447911123456'],
  ['sips:07911123456;npdi@example.org', uk, '447911123456'],
  ['"Bob, +1" <sip:%2B447911123456@example.org>;tag=1', uk, '447911123456'],
  ['tel:+44-7911-123456;ext=5', none, '447911123456'],
  ['tel:7911123456;phone-context=+44', none, '447911123456'],
  ['+447911123456@host', none, '447911123456'],
  ['12125550100', us, '12125550100'],
  ['2125550100', us, '12125550100'],
  ['011442079460123', us, '442079460123'],
  ['447911123456', us, '447911123456'],
  ['32109876', bare, '4532109876'],
  ['004532109876', bare, '4532109876'],
  ['112', bare, 'short 112'],
  ['112', us, 'short 112'],
  ['0800', uk, 'short 0800'],
  ['+112', uk, '112'],
  ['', uk, 'absent'],
  ['  ', uk, 'absent'],
  ['sip:@host', uk, 'absent'],
  ['anonymous', uk, 'withheld'],
  ['Anonymous', uk, 'withheld'],
  ['sip:anonymous@anonymous.invalid', uk, 'withheld'],
  ['unknown', uk, 'withheld'],
  ['restricted', uk, 'withheld'],
  ['sip:alice@example.org', uk, 'invalid not-digits'],
  ['44791112345x', uk, 'invalid not-digits'],
  ['4'.repeat(40), uk, 'invalid too-long'],
  [`+${'4'.repeat(16)}`, uk, 'invalid too-long'],
  ['1'.repeat(1_000_000), uk, 'invalid too-long'],
  ['+', uk, 'invalid nothing-after-prefix'],
  ['00', uk, 'invalid nothing-after-prefix'],
  ['000441234567', uk, 'invalid leading-zero'],
  ['++447911123456', uk, 'invalid not-digits'],
  ['٤٤٧٩١١١٢٣٤٥٦', uk, 'invalid not-digits'],
  ['447911123456\u0000', uk, 'invalid not-digits'],
  ['*100#', uk, 'invalid not-digits'],
];

for (const [text, rules, expected] of rows) {
  const title = text.length > 50 ? `${text.length} digits` : JSON.stringify(text);
  test(`${title} with country code ${rules.countryCode ?? 'not said'} is ${expected}`, () =>
    assert.equal(show(normaliseNumber(text, rules)), expected));
}

test('whatever the text, the answer is a number of 1 to 15 digits or a named reason', () => {
  const rules = fc.constantFrom(uk, us, bare, none);
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('0', '1', '4', '+', ' ', '#', ';', '@', '<', 's', '%'), maxLength: 30 }),
  );
  fc.assert(
    fc.property(text, rules, (written, writing) => {
      const reading = normaliseNumber(written, writing);
      if (reading.kind === 'number') assert.match(reading.digits, /^[1-9]\d{0,14}$/);
      if (reading.kind === 'short-code') assert.match(reading.digits, /^\d{1,6}$/);
    }),
    { seed: 164, numRuns: 2000 },
  );
});

test('a normalised number with a plus reads as itself under any rules without technical prefixes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{6,14}$/), fc.constantFrom(us, bare, none), (digits, writing) => {
      assert.deepEqual(normaliseNumber(`+${digits}`, writing), { kind: 'number', digits });
    }),
    { seed: 165, numRuns: 500 },
  );
});
