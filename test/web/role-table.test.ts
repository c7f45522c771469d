/** The table of who finds what is complete, and says what the product's own list of roles says: who changes either is told here within a second. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { permissions } from '#operations/access/permissions.ts';
import { type Role, roles } from '#operations/access/roles.ts';
import { journeyTable, subjects } from './journey-table.ts';
import { elsewhere, type Letter, letters, rows, unseen } from './role-table.ts';

const columns = Object.entries(letters) as readonly [Letter, Role][];
const acts = rows.flatMap(({ path, acts = {} }) => Object.entries(acts).map(([name, act]) => ({ path, name, ...act })));

test('every role is a column of the table, and each row has all columns in their order', () => {
  assert.deepEqual(Object.values<string>(letters).sort(), Object.keys(roles).sort());
  const cells = rows.flatMap(({ path, sees, nav = sees, whole = sees, parts = {} }) =>
    [sees, nav, whole, ...Object.values(parts)].map((cell) => [path, cell] as const),
  );
  for (const [path, cell] of [...cells, ...acts.map(({ path, who }) => [path, who] as const)]) {
    assert.equal(cell.length, columns.length, `${path}: ${cell}`);
    for (const [at, [letter]] of columns.entries()) assert.ok(cell[at] === '.' || cell[at] === letter, `${path}: ${cell}`);
  }
});

/** What is written about addresses in these files. */
function written(files: string, what: RegExp): readonly RegExpExecArray[] {
  const root = join(import.meta.dirname, '../..');
  return globSync(files, { cwd: root }).flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(what)]);
}

const paths = written('src/web/subjects/*/subject.ts', /(?:path: |\.\.\.at\()'(\/[^']*)'/g).map(([, path = '']) => path);

test('every address is in a place of the permission that it is read by: without one the gate lets everybody in, and only the server says no', () => {
  const named = written(
    'src/web/subjects/{places,*/subject,*/pages}.ts',
    /\bto: '(\/[^']*)'[\s\S]*?(?:\bpermissions?: (\[[^\]]*\]|'[^']*')|\.\.\.of(?:Partner|Both|Customer)\b)/g,
  );
  // Where it is spread from one of these names, it is the portal's.
  const places = named.map(([, to = '', permissions = 'portal:use']) => ({ to, permissions }));
  assert.ok(places.length > 45, `${places.length} places`);
  const around = (path: string): typeof places => {
    const all = places.filter(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
    const longest = Math.max(...all.map(({ to }) => to.length));
    return all.filter(({ to }) => to.length === longest);
  };
  assert.deepEqual(
    paths.filter((path) => around(path).length === 0),
    ['/sign-in', '/invitation', '/recovery'],
    'give it a place in its subject.ts, or to a door in src/web/subjects/places.ts',
  );
  for (const { path, may } of rows)
    if (may !== undefined)
      assert.ok(
        around(path.split('?')[0] ?? '').some(({ permissions }) => permissions.includes(may)),
        `${path} is not gated by ${may}`,
      );
});

test('every address of console and portal has a row, or a journey that comes to it', () => {
  assert.ok(paths.length > 60, `${paths.length} addresses`);
  const isIn = (path: string): boolean => {
    const shape = new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/?]+')}([?].*)?$`);
    return rows.some((row) => shape.test(row.path));
  };
  assert.deepEqual(
    paths.filter((path) => !isIn(path) && !(path in elsewhere)),
    [],
    'write a row for it in test/web/role-table-console.ts or role-table-portal.ts',
  );
  assert.deepEqual(
    Object.keys(elsewhere).filter((path) => !paths.includes(path)),
    [],
  );
  for (const journey of Object.values(elsewhere))
    assert.ok(existsSync(join(import.meta.dirname, 'journeys', `${journey.split(',')[0]}.ts`)), journey);
});

test('every permission is that of a row or of something done, or it is said why no page shows it', () => {
  const named = new Set([
    ...rows.flatMap(({ may = [] }) => may),
    ...acts.flatMap(({ may }) => may.split(' ')),
    'personal:read',
    ...Object.keys(unseen),
  ]);
  assert.deepEqual([...named].sort(), Object.keys(permissions).sort());
});

test('who reads and does what by hand is who the product lets', () => {
  const mayAll = (role: Role, wanted: string): boolean => {
    const granted: readonly string[] = roles[role].permissions;
    return wanted.split(' ').every((each) => granted.includes(each));
  };
  const holders = (wanted: string): string => columns.map(([letter, role]) => (mayAll(role, wanted) ? letter : '.')).join('');
  /** People of a party have the permission for their own rows, which they find in the portal. */
  const ofHouse = (cell: string): string => cell.slice(0, -2);
  for (const { path, sees, may } of rows) {
    if (may === 'portal:use')
      assert.ok(
        [...sees].every((letter) => letter === '.' || holders(may).includes(letter)),
        path,
      );
    else if (may !== undefined) assert.equal(ofHouse(sees), ofHouse(holders(may)), path);
  }
  for (const { path, name, who, may } of acts)
    if (may === 'portal:use')
      assert.ok(
        [...who].every((letter) => letter === '.' || holders(may).includes(letter)),
        `${path} ${name}`,
      );
    else assert.equal(ofHouse(who), ofHouse(holders(may)), `${path} ${name}`);
  for (const { path, whole } of rows) if (whole !== undefined) assert.equal(ofHouse(whole), ofHouse(holders('personal:read')), path);
});

test('every journey is made on a wide screen and on a phone, by several roles where several may, and by none that may not', () => {
  for (const { journey, at, made } of journeyTable) {
    const row = rows.find(({ path }) => path === at);
    assert.ok(row !== undefined, `${journey}: ${at} is in no row of test/web/role-table.ts`);
    const may = columns.filter(([letter]) => row.sees.includes(letter)).map(([, role]) => role);
    const does = new Set(made.map(({ role }) => role));
    assert.deepEqual(
      [...does].filter((role) => !may.some((each) => each === role)),
      [],
      journey,
    );
    assert.deepEqual([...new Set(made.map(({ size }) => size))].sort(), ['narrow', 'wide'], journey);
    // Of the portal each page is another for a partner and for a customer: each has its own row.
    assert.ok(does.size > 1 || at.startsWith('/portal/') || may.length === 1, `${journey}: ${[...does]} alone`);
  }
  for (const subject of subjects) assert.ok(existsSync(join(import.meta.dirname, 'journeys', `${subject}.ts`)), subject);
});
