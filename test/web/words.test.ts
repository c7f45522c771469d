import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describedOperations } from '#app/api/operations.ts';
import { permissions } from '#operations/access/permissions.ts';
import { roles } from '#operations/access/roles.ts';
import { projectRoot } from '../support/project-files.ts';

test('every operation that the audit trail tells has its words', () => {
  const file = join(projectRoot, 'src/web/subjects/words/texts/en.json');
  const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  const told = describedOperations().filter(({ method, personal }) => method !== 'GET' || personal !== undefined);
  assert.deepEqual(
    told.flatMap(({ id }) => (`did ${id}` in words ? [] : [id])),
    [],
  );
});

test('every role and every permission has its words', () => {
  const file = join(projectRoot, 'src/web/subjects/words/texts/en.json');
  const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  for (const role of Object.keys(roles)) assert.ok(role in words, role);
  for (const [permission, meaning] of Object.entries(permissions)) assert.equal(words[`may ${permission}`], meaning);
});
