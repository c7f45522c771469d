import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AvpInput, type AvpValues, buildMessage, readMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { AvpDefinition } from '#codecs/diameter/dictionary.ts';
import type { Members } from '#codecs/diameter/members.ts';
import { messageTree } from '#codecs/diameter/tree.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { dictionary, golden, octets } from './fixtures.ts';

const runs = Number(process.env.DIAMETER_FUZZ_RUNS ?? 300);
const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
/** 1968 to 2104. */
const instant = fc.integer({ min: -61_505_152, max: 4_233_462_143 });
const address = fc.oneof(
  fc.ipV4(),
  fc.constantFrom('2001:db8::1', '::', 'fe80::1:2', '2001:0:1:2:3:4:5:6'),
  fc.stringMatching(/^[0-9]{1,15}$/),
  fc.constant('6:020000000001'),
);

function valueFor(avp: AvpDefinition, depth: number): fc.Arbitrary<AvpInput> {
  switch (avp.type) {
    case 'OctetString':
      return fc.uint8Array({ maxLength: 40 });
    case 'Integer32':
      return fc.integer();
    case 'Unsigned32':
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case 'Enumerated':
      return avp.values.size === 0 ? fc.integer() : fc.constantFrom(...avp.values.keys());
    case 'Integer64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'Unsigned64':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case 'Float32':
      return fc.float({ noNaN: true });
    case 'Float64':
      return fc.double({ noNaN: true });
    case 'Time':
      return instant;
    case 'Address':
      return address;
    case 'UTF8String':
      return fc.string({ unit: 'grapheme', maxLength: 30 });
    case 'DiameterIdentity':
      return fc.tuple(word, word).map((parts) => parts.join('.'));
    case 'DiameterURI':
      return word.map((host) => `aaa://${host}.example:3868;transport=tcp`);
    case 'IPFilterRule':
      return word.map(() => 'permit in ip from any to 192.0.2.0/24 80-90');
    case 'QoSFilterRule':
      return word.map(() => 'tag in ip from any to any DSCP 1');
    case 'Grouped':
      return valuesOf(avp.members, depth + 1);
  }
}

/** Values that the rules allow: all that is required, and some of the rest. */
function valuesOf(members: Members | undefined, depth: number): fc.Arbitrary<AvpValues> {
  const list = members?.list ?? [];
  const some = list.filter(({ least }) => least > 0 || depth < 4);
  return fc
    .subarray(
      some.map((_, index) => index),
      { maxLength: Math.min(some.length, depth === 0 ? 12 : 4) },
    )
    .chain((indexes) => {
      const chosen = new Set(indexes);
      const entries = some.flatMap((member, index) => {
        if (member.least === 0 && !chosen.has(index)) return [];
        const one = valueFor(member.avp, depth);
        // As `readMessage` gives it: a list where the rule allows several.
        const value =
          member.most === 1 ? one : fc.array(one, { minLength: Math.max(1, member.least), maxLength: Math.min(3, member.most) });
        return [[member.avp.name, value] as const];
      });
      return fc.record(Object.fromEntries(entries), { noNullPrototype: true });
    });
}

for (const command of dictionary.commands.values()) {
  for (const [letter, members] of [
    ['R', command.request],
    ['A', command.answer],
  ] as const) {
    test(`${command.short}${letter} built from random values by its rules reads as the same values`, () => {
      const writer = new MessageWriter(32);
      const property = fc.property(valuesOf(members, 0), fc.integer({ min: 0, max: 0xffff_ffff }), (values, id) => {
        const built = buildMessage(dictionary, writer, { command: `${command.short}${letter}`, hopByHop: id, endToEnd: 1 }, values);
        assert.ok(built.ok, built.ok ? '' : JSON.stringify(built.refusals));
        assert.deepEqual(checkMessage(dictionary, built.value), []);
        const read = readMessage(dictionary, built.value);
        assert.ok(read);
        assert.equal(read.header.hopByHop, id);
        assert.equal(read.command, `${command.short}${letter}`);
        assert.deepEqual({ ...read.values }, { ...values });
        const again = buildMessage(
          dictionary,
          new MessageWriter(),
          { command: `${command.short}${letter}`, hopByHop: id, endToEnd: 1 },
          read.values,
        );
        assert.deepEqual(again, built);
      });
      fc.assert(property, { numRuns: Math.max(10, Math.ceil(runs / 20)), seed: 20261122 });
    });
  }
}

test('what the rules do not allow is not built, and each fault is named', () => {
  const build = (values: AvpValues) => {
    const built = buildMessage(dictionary, new MessageWriter(), { command: 'DWR', hopByHop: 1, endToEnd: 1 }, values);
    return built.ok ? [] : built.refusals.map(({ at, message }) => `${at?.field}: ${message}`);
  };
  const whole = { 'Origin-Host': 'a.example', 'Origin-Realm': 'example' };
  assert.deepEqual(build(whole), []);
  assert.deepEqual(build({ 'Origin-Host': 'a.example' }), ['Origin-Realm: DIAMETER_MISSING_AVP: it must be there']);
  assert.deepEqual(build({ ...whole, 'Origin-State-Id': [1, 2] }), [
    'Origin-State-Id: DIAMETER_AVP_OCCURS_TOO_MANY_TIMES: it stands here more often than 1 times',
  ]);
  assert.deepEqual(build({ ...whole, 'Origin-State-Id': -1 }), ['Origin-State-Id: it is no Unsigned32']);
  assert.deepEqual(build({ ...whole, 'Origin-Hots': 'x' }), ['Origin-Hots: the dictionary has no such AVP']);
  assert.deepEqual(build({ ...whole, 'Origin-State-Id': {} }), ['Origin-State-Id: it is no group']);
  assert.deepEqual(build({ ...whole, 'Proxy-Info': 5 }), ['Proxy-Info: it is a group and needs members']);
  assert.deepEqual(build({ ...whole, 'Event-Timestamp': 2 ** 40 }), ['Event-Timestamp: it is no Time']);
});

/** Octets of real messages with some changed, cut, repeated or made up. */
const damaged = fc
  .tuple(
    fc.constantFrom(...golden.map(({ hex }) => octets(hex))),
    fc.array(fc.tuple(fc.nat(1000), fc.oneof(fc.constantFrom(0, 1, 7, 8, 12, 0x40, 0x80, 0xc0, 0xff), fc.nat(255))), { maxLength: 12 }),
    fc.option(fc.nat(1000)),
  )
  .map(([message, changes, cut]) => {
    const copy = message.slice(0, cut ?? message.length);
    for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
    return copy;
  });

test('octets of any kind are decoded and checked without a throw, within bounds', () => {
  const property = fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), (bytes) => {
    const faults = checkMessage(dictionary, bytes);
    assert.ok(faults.every(({ offset }) => offset >= 0 && offset <= bytes.length));
    let nodes = 0;
    const count = (avps: NonNullable<ReturnType<typeof messageTree>>['avps']): void => {
      nodes += avps.length;
      for (const { members } of avps) count(members);
    };
    count(messageTree(dictionary, bytes)?.avps ?? []);
    assert.ok(nodes * 8 <= bytes.length * 33);
    readMessage(dictionary, bytes);
  });
  fc.assert(property, { numRuns: runs * 10, seed: Number(process.env.DIAMETER_FUZZ_SEED ?? 1) });
});
