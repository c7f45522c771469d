/** ARCHITECTURE.md says what is there. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rooms } from '../layers/rules.ts';
import { projectRoot, readProjectFile } from '../support/project-files.ts';

const text = readProjectFile('ARCHITECTURE.md');
const drawing = /## Rooms\n\n```\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

/** Folders of the drawing: `src/core/money` and so on, by their indentation. */
function drawnFolders(): string[] {
  const path: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const found = /^( *)([a-z-]+)\//.exec(line);
    if (found === null) return [];
    const depth = (found[1] ?? '').length / 2;
    path.splice(depth, path.length, found[2] ?? '');
    return [path.join('/')];
  });
}

test('every folder that ARCHITECTURE.md draws is there', () => {
  const folders = drawnFolders();
  assert.ok(folders.includes('src/core/money') && folders.includes('docs'), folders.join(' '));
  assert.deepEqual(
    folders.filter((folder) => !existsSync(join(projectRoot, folder))),
    [],
  );
});

test('every room and every folder of core is drawn in ARCHITECTURE.md', () => {
  const drawn = new Set(drawnFolders());
  const there = ['src', 'src/core'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}`),
  );
  assert.deepEqual(
    there.filter((folder) => !drawn.has(folder)),
    [],
  );
});

test('the import table of ARCHITECTURE.md has the rooms of the enforced one, and what each may import', () => {
  const rows = [...text.matchAll(/^\| `([a-z]+)` \| (.*) \| (yes|no) \|$/gm)].map(([, room = '', may = '', libraries = '']) => ({
    room,
    may,
    libraries,
  }));
  assert.deepEqual(rows.map(({ room }) => room).sort(), Object.keys(rooms).sort());
  for (const { room, may, libraries } of rows) {
    const rule = rooms[room];
    assert.equal(libraries === 'yes', rule?.libraries, room);
    if (room === 'app') continue; // everything
    for (const other of [...(rule?.may ?? []), ...(rule?.ports ?? [])]) {
      const name = other.startsWith('core/refusals') ? 'refusals' : `\`${other}\``;
      assert.ok(may.includes(name) || (room === 'gateways' && rule?.ports?.includes(other)), `${room} may import ${other}: ${may}`);
    }
  }
});
