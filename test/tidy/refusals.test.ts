import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type RefusalMeaning, refusals } from '#core/refusals.ts';
import { projectFiles, projectRoot, readProjectFile } from '../support/project-files.ts';
import { blank } from '../support/source-text.ts';

const lists = globSync('src/core/refusals/*.ts', { cwd: projectRoot }).sort();

test('each refusal is defined once, and every list is joined in refusals.ts', async () => {
  const definedIn = new Map<string, Set<string>>();
  for (const file of lists) {
    const exported: Record<string, Record<string, RefusalMeaning>> = await import(pathToFileURL(join(projectRoot, file)).href);
    for (const list of Object.values(exported)) {
      for (const code of Object.keys(list)) definedIn.set(code, (definedIn.get(code) ?? new Set()).add(file));
    }
  }
  const twice = [...definedIn].filter(([, files]) => files.size > 1);
  assert.deepEqual(twice, [], 'a code in two lists: the later would hide the earlier');
  assert.deepEqual([...definedIn.keys()].sort(), Object.keys(refusals).sort(), 'a list that refusals.ts does not join');
});

test('each refusal says in sentences what it means and what to do', () => {
  for (const [code, { meaning, remedy, http }] of Object.entries<RefusalMeaning>(refusals)) {
    assert.match(code, /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/, 'subject.what-is-wrong');
    assert.match(meaning, /^[A-Z].*\.$/s, `${code}: the meaning is a sentence`);
    assert.match(remedy, /\.$/, `${code}: the remedy is a sentence`);
    assert.ok(http >= 400 && http < 600, `${code}: an HTTP status of an error`);
  }
});

test('no refusal is listed that nothing can say', () => {
  const code = projectFiles()
    .filter((file) => /^src\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file) && !lists.includes(file))
    .map((file) => blank(readProjectFile(file), { strings: false }))
    .join('\n');
  const unused = Object.keys(refusals).filter((each) => !code.includes(`'${each}'`));
  assert.deepEqual(unused, [], 'remove these codes, or say them');
});
