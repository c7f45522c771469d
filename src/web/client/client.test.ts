import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { merged } from '../parts/merged.ts';
import { readSearch, writeSearch } from '../shell/search.ts';
import { ChangeNames, isFinal } from './change-names.ts';
import { answered, Problem } from './problem.ts';
import { type Match, Outdated, type Seen, sentAsSeen } from './seen.ts';

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

test('the same is sent once while it is on its way, another beside it, and the same again afterwards', () => {
  const names = new ChangeNames();
  const [one, two] = ['one.csv', 'two.csv'].map((name) => ({ file: new File(['1'], name, { lastModified: 1 }) }));
  assert.ok(names.begin({ amount: '1' }));
  assert.ok(!names.begin({ amount: '1' }), 'the second click of two');
  assert.ok(names.begin({ amount: '2' }));
  assert.ok(names.begin(undefined));
  assert.ok(!names.begin(undefined));
  assert.deepEqual([names.begin(one), names.begin(two), names.begin(one)], [true, true, false]);
  assert.notEqual(names.keyOf(one), names.keyOf(two), 'another file is another change');
  names.end({ amount: '1' });
  assert.ok(names.begin({ amount: '1' }));
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

test('a change is of the version that was seen; of another it says what is different, and goes over it or takes it', async () => {
  const of = (text: string, version: string): Seen<string> => ({ data: text, version, at: undefined });
  let there = of('b', '"2"');
  const sent: Match[] = [];
  const send = async (match: Match): Promise<string> => {
    sent.push(match);
    if (match['If-Match'] !== there.version) throw problem(412, 'api.precondition-failed');
    return 'done';
  };
  const chosen: string[] = [];
  const ways = {
    over: undefined,
    take: ({ data }: Seen<string>) => chosen.push(`take ${data}`),
    sendOver: (now: Seen<string>) => chosen.push(`over ${now.version}`),
  };
  const change = (seen: Seen<string> | undefined, over?: Seen<string>) =>
    sentAsSeen(
      {
        seen,
        read: async () => there,
        shows: (text) => [
          ['text', text],
          ['same', '1'],
        ],
      },
      { ...ways, over },
      send,
    );
  assert.equal(await change(of('b', '"2"')), 'done');
  const told = await change(of('a', '"1"')).catch((error: unknown) => error);
  assert.ok(told instanceof Outdated);
  assert.deepEqual(told.differences, [{ label: 'text', before: 'a', now: 'b' }]);
  told.take();
  told.sendOver?.();
  assert.deepEqual(chosen, ['take b', 'over "2"']);
  assert.equal(await change(of('a', '"1"'), there), 'done');
  // What was to be made is there.
  const made = await change(undefined).catch((error: unknown) => error);
  assert.ok(made instanceof Outdated && !made.wasThere);
  assert.deepEqual(
    made.differences.map(({ label, before }) => [label, before]),
    [
      ['text', undefined],
      ['same', undefined],
    ],
  );
  assert.deepEqual(sent, [{ 'If-Match': '"2"' }, { 'If-Match': '"1"' }, { 'If-Match': '"2"' }, { 'If-None-Match': '*' }]);
  // Somebody was at it and did nothing: it is sent once more, and no more than that.
  there = of('b', '"2"');
  let tries = 0;
  const busy = sentAsSeen({ seen: there, read: async () => there, shows: () => [] }, { ...ways, over: undefined }, async () => {
    tries += 1;
    throw problem(412, 'api.precondition-failed');
  });
  await assert.rejects(busy, (error) => error instanceof Problem && !(error instanceof Outdated));
  assert.equal(tries, 2);
});

/** What says what shall be, whatever was; or is nobody else's. */
const WITHOUT_VERSION: Readonly<Record<string, string>> = {
  'PUT /v1/users/{email}/block': 'blocked or not is said, whatever it was',
  'PUT /v1/portal/users/{email}/block': 'likewise',
  'DELETE /v1/api-keys/{key}': 'a key has no versions: it is valid or revoked',
  'DELETE /v1/portal/api-keys/{key}': 'likewise',
  'DELETE /v1/reports/saved/{report}': 'one’s own, and it is never changed',
  'DELETE /v1/rate-sheet-drafts/{draft}': 'thrown away out of a list, whatever it is',
  'DELETE /v1/drafts/{draft}': 'likewise',
  'DELETE /v1/users/{email}/second-factor': 'there is one or none',
  'DELETE /v1/charging/accounts/{account}/sessions/{session}': 'a session is ended once',
  'DELETE /v1/charging/accounts/{account}/add-ons/{addOn}': 'taken away by its name: a second one is told that it is gone',
  'DELETE /v1/charging/accounts/{account}/identities/{identity}': 'likewise',
  'DELETE /v1/charging/accounts/{account}/pools/{pool}': 'likewise',
  // One thing is said whole, in a form that begins empty: nothing of what somebody else wrote is sent back.
};

test('every PUT, PATCH and DELETE of console and portal is of what was seen, or says why not', () => {
  const root = join(import.meta.dirname, '..');
  const bare: string[] = [];
  for (const file of globSync('**/*.{ts,tsx}', { cwd: root, exclude: ['**/*.test.ts'] })) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const found of text.matchAll(/\.(PUT|PATCH|DELETE)\(\s*'([^']+)'/g)) {
      // What it sends stands before it or in it, within its own change.
      const begun = Math.max(text.lastIndexOf('useChange(', found.index), text.lastIndexOf('asked({', found.index), 0);
      const own = text.slice(begun, found.index + 300);
      if (!/\bof\b ?[,:}]/.test(own) || !/\bmatch\b/.test(own)) bare.push(`${found[1]} ${found[2]}`);
    }
  }
  assert.deepEqual(bare.toSorted(), Object.keys(WITHOUT_VERSION).toSorted());
});

test('an address says what it means, and nothing that is empty', () => {
  assert.deepEqual(readSearch('?q=5&only.kind=a%20b'), { q: '5', 'only.kind': 'a b' });
  assert.equal(writeSearch({ q: '5', sort: '', on: undefined }), '?q=5');
  assert.deepEqual(merged({ q: '5', sort: 'x' }, { q: undefined, on: '2026-10-02' }), { sort: 'x', on: '2026-10-02' });
});
