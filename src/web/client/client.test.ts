import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged } from '../parts/merged.ts';
import { readSearch, writeSearch } from '../shell/search.ts';
import { ChangeNames, isFinal } from './change-names.ts';
import { answered, Problem } from './problem.ts';

const problem = (status: number, code = 'x.y') => new Problem({ title: 't', status, detail: 'd', code, remedy: 'r' });

test('a change keeps its key while it is tried again, and has another once it is done or says something else', () => {
  const names = new ChangeNames();
  const first = names.keyOf({ amount: '1' });
  assert.equal(names.keyOf({ amount: '1' }), first);
  const second = names.keyOf({ amount: '2' });
  assert.notEqual(second, first);
  names.free();
  assert.notEqual(names.keyOf({ amount: '2' }), second);
});

test('a no frees the key of a change; what leaves it open whether something was done does not', () => {
  assert.ok(isFinal(problem(422)));
  assert.ok(!isFinal(problem(503)));
  assert.ok(!isFinal(problem(408)));
  assert.ok(!isFinal(problem(409, 'api.idempotency-key-busy')));
});

test('an answer is its data, or a problem with what is wrong with each field', () => {
  assert.equal(answered({ data: 1, response: new Response('1') }), 1);
  const refusals = [{ code: 'api.field-wrong', message: 'no number', field: 'body/money/amount' }];
  const error = { title: 't', status: 400, detail: 'd', code: 'api.field-wrong', remedy: '', refusals };
  assert.throws(
    () => answered({ error, response: new Response('', { status: 400 }) }),
    (thrown) => thrown instanceof Problem && thrown.of('money/amount') === 'no number' && thrown.of('money') === undefined,
  );
  assert.throws(() => answered({ error: '<html>', response: new Response('', { status: 502 }) }), Problem);
});

test('an address says what it means, and nothing that is empty', () => {
  assert.deepEqual(readSearch('?q=5&only.kind=a%20b'), { q: '5', 'only.kind': 'a b' });
  assert.equal(writeSearch({ q: '5', sort: '', on: undefined }), '?q=5');
  assert.deepEqual(merged({ q: '5', sort: 'x' }, { q: undefined, on: '2026-10-02' }), { sort: 'x', on: '2026-10-02' });
});
