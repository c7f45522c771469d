import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSamePerson, keyActor, personBehind } from './second-person.ts';

test('a key is the person who made it, whatever its name pretends', () => {
  assert.equal(personBehind(keyActor('second person', 'admin@h.example')), 'admin@h.example');
  assert.equal(personBehind(keyActor('x (fin@h.example)', 'admin@h.example')), 'admin@h.example');
  assert.equal(personBehind(keyActor('x', 'a person (fin@h.example)')), 'a_person_(fin@h.example)');
  assert.ok(isSamePerson('admin@h.example', keyActor('second person', 'admin@h.example')));
  assert.ok(!isSamePerson('fin@h.example', keyActor('second person', 'admin@h.example')));
});
