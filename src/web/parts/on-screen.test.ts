import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onScreen } from './on-screen.ts';

const say = (text: string): string => onScreen(text, 'is not in the form asked for');

test('what a command or an address would help with is left out on a screen, the rest stays', () => {
  assert.equal(say('There is no document 7; `carillon invoice list` has all of them.'), 'There is no document 7.');
  assert.equal(say('Give --direction, or correct it. Nothing was booked.'), 'Nothing was booked.');
  assert.equal(say('Add a rate for the code, then retry.'), 'Add a rate for the code, then retry.');
  assert.equal(say('GET /v1/rate-sheet-drafts lists yours.'), '');
  assert.equal(say('It ends on 2026-10-31: later days are open.'), 'It ends on 2026-10-31: later days are open.');
});

test('a form that a schema asks for is said in words', () => {
  assert.equal(say('name must match pattern "^[^\\u0000-\\u001f]*$"'), 'name is not in the form asked for');
});
