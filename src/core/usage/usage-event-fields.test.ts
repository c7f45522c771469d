import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { usageEventFields, usageEventSchema } from './usage-event-fields.ts';

const docs = new URL('../../../docs/reference/', import.meta.url);

test('the published schema is the one that the fields make (node tools/usage-event-schema.ts writes it)', () => {
  assert.deepEqual(JSON.parse(readFileSync(new URL('usage-event.schema.json', docs), 'utf8')), usageEventSchema());
});

test('the reference page names every field', () => {
  const page = readFileSync(new URL('usage-event.md', docs), 'utf8');
  for (const field of Object.keys(usageEventFields)) assert.ok(page.includes(`\`${field}\``), field);
});
