/** Every operation of the API has its place in console or portal, or says why people need none. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describedOperations } from '#app/api/operations.ts';
import { projectRoot } from '../support/project-files.ts';
import { unseen } from './unseen.ts';

const web = join(projectRoot, 'src/web');
const source = globSync('**/*.{ts,tsx}', { cwd: web })
  .filter((file) => !file.includes('.test.'))
  .map((file) => readFileSync(join(web, file), 'utf8'))
  .join('\n');

/** By a call of the client, or by an address with its names filled in: a link, a stream, a file. */
function isAsked(method: string, path: string): boolean {
  const literal = path.replaceAll(/[/.]/g, '\\$&').replaceAll(/[{}]/g, '\\$&');
  if (new RegExp(`${method}\\(\\s*'${literal}'`).test(source)) return true;
  if (method !== 'GET') return false;
  const linked = (address: string, ending: string): boolean => {
    const filled = address.split(/\{[^}]*\}/).map((piece) => piece.replaceAll('.', '\\.'));
    return new RegExp(`[\`'"]${filled.join('\\$\\{[^`]*?\\}')}${ending}`).test(source);
  };
  // Files of a page have their address from the page’s own, which is put together once.
  const end = path.slice(path.lastIndexOf('/'));
  return linked(path, '[`\'"?$]') || (!end.includes('{') && linked(path.slice(0, -end.length), '`') && source.includes(`}${end}`));
}

test('each operation is asked by console or portal, or the list says why not; and the list names none that is', () => {
  const unasked = describedOperations()
    .filter(({ method, path }) => !isAsked(method, path))
    .map(({ id }) => id);
  assert.deepEqual(unasked.toSorted(), Object.keys(unseen).toSorted());
  for (const [id, why] of Object.entries(unseen)) assert.match(why, /^\S+ .*\.$/, `${id} says no reason in a sentence`);
});
