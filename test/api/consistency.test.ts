/** What holds for every operation alike: parts of answers, orders, versions, names of changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasFields, queryOf } from '#api/fields.ts';
import { isList } from '#api/lines.ts';
import { guardOf } from '#api/versions.ts';
import { describedOperations } from '#app/api/operations.ts';
import { withWorld } from '../support/partner-world.ts';
import { startServer } from './server-under-test.ts';

const operations = describedOperations();

/** Changes whose content names them: sending one again does nothing more, or is refused. */
const NATURAL = [
  ...['authorise', 'enquirePrice', 'reserveSession', 'updateSession', 'commitSession', 'releaseSession', 'debit', 'refund'],
  ...['sendUpload', 'removeUpload', 'sendPortalFile'],
  // Secrets are shown once: no answer of theirs is kept.
  ...['inviteUser', 'inviteUserAgain', 'makeApiKey', 'invitePortalUser', 'makePortalKey'],
  ...['setUserRole', 'blockUser', 'dropSecondFactor', 'revokeApiKey', 'blockPortalUser', 'revokePortalKey'],
];

test('every list names its orders in its schema, and what is read can be had in part', () => {
  for (const operation of operations.filter(isList)) assert.ok('sort' in (queryOf(operation)?.properties ?? {}), operation.id);
  const whole = operations.filter((each) => each.kind === 'json' && each.method === 'GET' && !hasFields(each));
  assert.deepEqual(
    whole.map(({ id }) => id),
    [],
  );
});

test('every change asks for its name, or is named by its content', () => {
  const natural = operations.filter(({ repetition }) => repetition === 'natural').map(({ id }) => id);
  assert.deepEqual(natural.toSorted(), NATURAL.toSorted());
});

test('every change of something that has an address of its own can be made of the version that was seen', () => {
  const unguarded = operations.filter(
    (each) => each.method !== 'GET' && each.path.includes('{') && guardOf(each, operations) === undefined,
  );
  assert.deepEqual(
    unguarded.map(({ id }) => id),
    [
      // Sessions have the number of their update, uploads are named by what is in them, an undoing is done once.
      ...['updateSession', 'commitSession', 'releaseSession', 'deleteSavedReport', 'removeUpload', 'undoAllocation', 'answerPortalDispute'],
    ],
  );
});

test('no change is taken without its name; parts, orders and versions hold; of two who saw the same, one changes it', () =>
  withWorld({}, async ({ database }) => {
    const server = await startServer(database);
    const { ask } = server;
    try {
      let unnamed = 0;
      for (const operation of operations.filter(({ repetition }) => repetition === 'key')) {
        const { method, parameters, path } = operation;
        const filled = Object.keys(parameters?.properties ?? {}).reduce((before, name) => before.replace(`{${name}}`, '1'), path);
        // Whatever else is wrong, nothing is done: it is refused before anything is looked up.
        const { status, body } = await ask(filled, { method, ...(operation.body === undefined ? {} : { body: {} }) });
        assert.equal(status, 400, `${operation.id} ${JSON.stringify(body)}`);
        if (body.code === 'api.idempotency-key-missing') unnamed += 1;
        else assert.equal(body.code, 'api.field-wrong', operation.id);
      }
      assert.ok(unnamed > 20, String(unnamed));
      const person = { id: 'root', name: 'Root', email: 'root@halyard.example', role: 'administrator', party: undefined } as const;
      const invite = (email: string) => ask('/v1/users', { method: 'POST', body: { email, name: 'Ann', role: 'support' }, person });
      for (const name of ['ann', 'ben', 'cleo']) assert.equal((await invite(`${name}@halyard.example`)).status, 201);
      const { body: people } = await ask('/v1/users?fields=email&sort=-email');
      assert.ok(people.items.length > 1);
      for (const each of people.items) assert.deepEqual(Object.keys(each), ['email']);
      const names = people.items.map(({ email }: { email: string }) => email);
      assert.deepEqual(names, names.toSorted().reverse());
      const { body: first } = await ask('/v1/users?sort=-email&limit=1');
      const { body: rest } = await ask(`/v1/users?sort=-email&cursor=${first.next}`);
      assert.deepEqual(
        [...first.items, ...rest.items].map(({ email }) => email),
        names,
      );
      const lines = await ask('/v1/users?fields=name', { headers: { accept: 'application/x-ndjson' } });
      assert.deepEqual(Object.keys(JSON.parse(lines.body.split('\n')[0])), ['name']);
      for (const wrong of ['fields=nothing', 'sort=permissions', 'fields=a,,b', 'fields='])
        assert.equal((await ask(`/v1/users?${wrong}`)).body.code, 'api.field-wrong', wrong);

      const user = '/v1/users/ann@halyard.example';
      const seen = await ask(user);
      const etag = String(seen.headers.etag);
      assert.match(etag, /^"[\w-]{22}"$/);
      assert.equal((await ask(user, { headers: { 'if-none-match': etag } })).status, 304);
      assert.equal((await ask(`${user}?fields=email`)).headers.etag, etag);
      const to = (role: string, match: string) =>
        ask(`${user}/role`, { method: 'PUT', body: { role }, headers: { 'if-match': match }, person });
      const both = await Promise.all([to('finance', etag), to('auditor', etag)]);
      assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 412]);
      assert.equal((await to('support', etag)).body.code, 'api.precondition-failed');
      assert.equal((await to('support', String((await ask(user)).headers.etag))).status, 200);
      assert.equal((await to('finance', '*')).status, 200);
      assert.equal((await ask('/v1/users/nobody@halyard.example')).status, 404);
      const without = await ask('/v1/accruals', { method: 'POST', body: {}, key: 'a1', headers: { 'if-match': etag } });
      assert.deepEqual([without.status, without.body.refusals[0].field], [400, 'If-Match']);
    } finally {
      await server.close();
    }
  }));
