import assert from 'node:assert/strict';
import { test } from 'node:test';
import { berFaults } from './ber-faults.ts';
import type { BerForm, BerTypes } from './ber-form.ts';
import { resolveBerPath, resolveEach } from './ber-path.ts';
import { compileBerSchema, readTag } from './ber-schema.ts';

const types: BerTypes = {
  Record: { choice: { call: '0 Call', data: '1 Data' } },
  Call: { set: { id: '0 integer', caller: '1 address', party: '2 Party', legs: '3 list of Leg', peer: 'Party' } },
  Data: { sequence: { id: '0 integer', parts: '1 list of Part', flag: 'boolean' } },
  Part: { sequence: { group: '0 integer', volumes: '1 list of integer', inner: '2 list of Inner' } },
  Inner: { sequence: { bytes: '0 integer', name: '1 ia5' } },
  Leg: { choice: { incoming: '4 ia5', outgoing: '5 ia5' } },
  Party: { choice: { uri: '6 utf8', number: '7 address' } },
};
const form: BerForm = { framing: 'concatenated', blockSize: 0, inside: [], record: 'Record', each: [], types };
const { schema } = compileBerSchema(form);

function tags(path: string, each: readonly string[] = []): readonly string[] | string {
  const lists = each.flatMap((list) => {
    const found = resolveEach(schema, list);
    assert.ok(typeof found !== 'string', String(found));
    return found;
  });
  const targets = resolveBerPath(schema, lists, path);
  if (typeof targets === 'string') return targets;
  const step = (one: (typeof targets)[number]['steps'][number]): string =>
    one.to === 'tag' ? String(one.tag >> 2) : one.to === 'each' ? `each${one.level}` : String(one.which);
  return targets.map(({ steps, part }) => [...steps.map(step), ...(part === undefined ? [] : [part])].join(' '));
}

for (const [path, each, found] of [
  ['call.id', [], ['0 0']],
  ['*.id', [], ['0 0', '1 0']],
  ['call.caller.nature', [], ['0 1 nature']],
  ['call.party', [], ['0 2 6', '0 2 7']],
  ['call.party.number', [], ['0 2 7']],
  ['call.peer.number', [], ['0 7']],
  ['call.legs.incoming', [], ['0 3 first 4']],
  ['call.legs.last.outgoing', [], ['0 3 last 5']],
  ['data.parts.2.group', [], ['1 1 2 0']],
  ['data.parts.group', ['data.parts'], ['1 1 each0 0']],
  ['sum(data.parts.inner.bytes)', [], ['1 1 all 2 all 0']],
  ['sum(data.parts.inner.bytes)', ['data.parts'], ['1 1 each0 2 all 0']],
  ['data.parts.group', ['data.parts.inner'], ['1 1 each0 0']],
  ['data.parts.inner.bytes', ['data.parts.inner'], ['1 1 each0 2 each1 0']],
  ['sum(data.parts.volumes)', [], ['1 1 all 1 all']],
] as const) {
  test(`${path}${each.length === 0 ? '' : ` with each ${each.join(', ')}`} is found`, () => {
    assert.deepEqual(tags(path, each), found);
  });
}

for (const [path, problem] of [
  ['call.nothing', 'has no "nothing" there; there are id, caller, party, legs, peer'],
  ['call', 'leads to a group, not to a value'],
  ['call.id.nature', 'has no "nature" there'],
  ['sum(data.parts.inner.name)', 'adds up what is not an integer'],
] as const) {
  test(`${path} leads nowhere, and it is said why`, () => assert.equal(tags(path), problem));
}

for (const [what, changed, field] of [
  ['a type that is not declared', { ...types, Call: { set: { id: '0 Identity' } } }, 'types.Call.id'],
  ['an expression that is none', { ...types, Call: { set: { id: 'zero integer' } } }, 'types.Call.id'],
  ['two parts with one tag', { ...types, Call: { set: { id: '0 integer', other: '0 ia5' } } }, 'types.other'],
  ['the tag of a choice that another part has', { ...types, Call: { set: { id: '7 integer', peer: 'Party' } } }, 'types.Call.peer.number'],
  ['a type that is only itself', { ...types, Party: 'Other', Other: 'Party' }, 'types.Party'],
  ['a group of no kind', { ...types, Part: { list: { a: '0 integer' } } as BerTypes[string] }, 'types.Part'],
  ['a class without a number', { ...types, Part: { set: { a: 'application integer' } } }, 'types.Part.a'],
  ['a tag beyond three octets', { ...types, Part: { set: { a: '2097152 integer' } } }, 'types.Part.a'],
  ['a name that is none', { ...types, Part: { set: { 'a.b': '0 integer' } } }, 'types.Part.a.b'],
] as const) {
  test(`refused: ${what}`, () => {
    const faults = berFaults({ ...form, types: changed }, {});
    assert.ok(
      faults.some((fault) => fault.field === field),
      JSON.stringify(faults),
    );
  });
}

test('types may contain themselves', () => {
  const { faults } = compileBerSchema({ record: 'Tree', types: { Tree: { sequence: { name: '0 ia5', below: '1 list of Tree' } } } });
  assert.deepEqual(faults, []);
});

test('a type may bring its tag along', () => {
  const own = compileBerSchema({
    record: 'Call',
    types: { Call: 'application 9 Parts', Parts: { sequence: { id: 'Id' } }, Id: 'application 5 integer' },
  });
  assert.deepEqual(own.faults, []);
  assert.deepEqual(resolveBerPath(own.schema, [], 'id'), [
    {
      steps: [
        { to: 'tag', tag: 37 },
        { to: 'tag', tag: 21 },
      ],
      leaf: { is: 'value', kind: 'integer', names: undefined },
      part: undefined,
    },
  ]);
});

test('paths of a form that lead nowhere are faults of the field that names them', () => {
  assert.deepEqual(
    berFaults({ ...form, each: ['call.id'], inside: ['outer'] }, { key: ['$type', '*.nothing'] }).map(({ field }) => field),
    ['inside', 'each', 'key'],
  );
});

test('tags are written as numbers of a class', () => {
  assert.deepEqual(['1', 'universal 16', 'application 2', 'private 3', 'x', '9999999'].map(readTag), [6, 64, 9, 15, undefined, undefined]);
});
