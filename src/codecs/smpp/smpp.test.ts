import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gsm7Septets, gsm7Text } from './gsm7.ts';
import { messageParts } from './parts.ts';
import { addressOf, decodePdu, encodeBind, encodePlain, encodeSubmit } from './pdu.ts';
import { receiptOf } from './receipt.ts';

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

test('the default alphabet has its 127 characters and its extension, and text comes back', () => {
  assert.deepEqual(gsm7Septets('@Δ€[à'), [[0x00], [0x10], [0x1b, 0x65], [0x1b, 0x3c], [0x7f]]);
  assert.equal(gsm7Septets('ç'), undefined);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'@£Çñ \n{}€~abcXYZ019ÄöΩ') }), (text) => {
      assert.equal(gsm7Text(Uint8Array.from((gsm7Septets(text) ?? []).flat())), text);
    }),
  );
});

test('parts are full but never too long, and together they are the text', () => {
  assert.equal(messageParts('x'.repeat(160), 1)?.length, 1);
  assert.equal(messageParts('x'.repeat(161), 1)?.length, 2);
  assert.equal(messageParts('ж'.repeat(70), 1)?.length, 1);
  assert.equal(messageParts('ж'.repeat(71), 1)?.length, 2);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), fc.nat(255), (text, reference) => {
      const parts = messageParts(text, reference) ?? assert.fail('too many parts');
      const isUcs2 = parts[0]?.dataCoding === 8;
      const decoded = parts.map(({ content, hasHeader }, index) => {
        if (hasHeader) assert.deepEqual([...content.subarray(0, 6)], [5, 0, 3, reference, parts.length, index + 1]);
        assert.ok(content.length <= (isUcs2 ? 140 : 160));
        const data = hasHeader ? content.subarray(6) : content;
        return isUcs2 ? Buffer.from(data).swap16().toString('utf16le') : gsm7Text(data);
      });
      assert.equal(decoded.join(''), text);
      for (const part of decoded) assert.ok(part.isWellFormed() || !text.isWellFormed(), 'no surrogate stands alone');
    }),
    { numRuns: 200 },
  );
});

test('PDUs are written octet by octet as the standard says', () => {
  const bind = encodeBind(1, { systemId: 'sys', password: 'pw', receives: false });
  assert.equal(hex(bind), '0000001c0000000200000000000000017379730070770000340000'.padEnd(56, '0'));
  assert.equal(hex(encodePlain('enquire_link', 7)), '00000010000000150000000000000007');
  const submit = {
    ...{ source: addressOf('Mira'), destination: addressOf('+4917'), hasHeader: false, wantsReceipt: true, dataCoding: 0 },
    content: Uint8Array.of(0x61),
  };
  const body = ['00', '05004d69726100', '03003439313700', '000000', '0000', '0100000001', '61'].join('');
  assert.equal(hex(encodeSubmit(2, submit)), `0000002a000000040000000000000002${body}`);
  assert.throws(() => encodeBind(1, { systemId: 'x'.repeat(16), password: '', receives: true }), RangeError);
  assert.throws(() => encodeBind(1, { systemId: 'ä', password: '', receives: true }), RangeError);
  assert.throws(() => encodeSubmit(1, { ...submit, content: new Uint8Array(255) }), RangeError);
});

/** `SMPP_FUZZ_RUNS=10000000 SMPP_FUZZ_SEED=2 npm test -- codecs/smpp` for more. */
test('whatever octets come, reading them throws nothing', () => {
  const begin = fc.constantFrom(0x05, 0x80000004, 0x15, 0x06, 0x04, 0x80000000, 0x12345678);
  // A deliver_sm with a receipt in its text and in optional parameters, damaged in up to four places and cut.
  const text = Buffer.from('id:7 sub:001 dlvrd:001 submit date:2611220900 done date:2611220900 stat:DELIVRD err:000 text:Mira');
  const receipt = Buffer.concat([
    Buffer.from('00010134393137000101313233343500040000000000000000', 'hex'),
    Buffer.of(text.length),
    text,
    Buffer.from('001e00023700042700010204240003616263', 'hex'),
  ]);
  const wounds = fc.array(fc.tuple(fc.nat(receipt.length - 1), fc.nat(255)), { maxLength: 4 });
  const damaged = fc.tuple(wounds, fc.nat(receipt.length)).map(([places, cut]) => {
    const body = Uint8Array.from(receipt);
    for (const [at, octet] of places) body[at] = octet;
    return [0x05, body.subarray(0, places.length === 0 ? receipt.length : Math.max(cut, 1))] as const;
  });
  const anything = fc.tuple(begin, fc.uint8Array({ maxLength: 120 }));
  let receipts = 0;
  fc.assert(
    fc.property(fc.oneof(anything, damaged), ([id, body]) => {
      const octets = new Uint8Array(16 + body.length);
      new DataView(octets.buffer).setUint32(0, octets.length);
      new DataView(octets.buffer).setUint32(4, id);
      octets.set(body, 16);
      const pdu = decodePdu(octets);
      if (pdu.kind === 'deliver' && receiptOf(pdu.deliver) !== undefined) receipts += 1;
    }),
    { numRuns: Number(process.env.SMPP_FUZZ_RUNS ?? 5_000), seed: Number(process.env.SMPP_FUZZ_SEED ?? 1) },
  );
  assert.ok(receipts > 100, `${receipts} receipts were still read`);
});
