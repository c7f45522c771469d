import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { blank, lineAt } from '../support/source-text.ts';
import { coreOrder, impurities, rooms } from './rules.ts';

export interface Violation {
  /** `src/core/money/x.ts:3` */
  readonly place: string;
  readonly what: string;
  readonly reason: string;
}

/** Every import and impurity below `root/src` that the rules refuse, in the order of files and lines. */
export function checkTree(root: string): readonly Violation[] {
  const files = globSync('src/**/*.{ts,mts,cts,js,mjs,cjs,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return files.sort().flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')));
}

export function checkFile(file: string, source: string): readonly Violation[] {
  const violations: (Violation & { readonly line: number })[] = [];
  for (const found of importsOf(source)) {
    const reason = judge(file, found);
    if (reason !== undefined)
      violations.push({ place: `${file}:${found.line}`, line: found.line, what: `imports ${found.specifier}`, reason });
  }
  const room = roomOf(file);
  if ((room === 'core' || room === 'codecs') && !isTest(file)) {
    const code = blank(source, { strings: true });
    for (const { pattern, name } of impurities) {
      for (const match of code.matchAll(pattern)) {
        const line = lineAt(code, match.index);
        const reason = `${room} has no clock, no randomness and no surroundings: the caller passes the instant or the seed`;
        violations.push({ place: `${file}:${line}`, line, what: `uses ${name}`, reason });
      }
    }
  }
  return violations.sort((a, b) => a.line - b.line).map(({ place, what, reason }) => ({ place, what, reason }));
}

interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Nothing of it is left at run time. */
  readonly typesOnly: boolean;
}

/** Static, re-exporting, dynamic and resolving imports. A specifier that is not a plain string is reported as such. */
export function importsOf(source: string): readonly Import[] {
  const code = blank(source, { strings: false });
  const found: Import[] = [];
  const imported = /(?:^|[;\n}])\s*import\b(?!\s*[.(])(?:([^;'"`]*?)\bfrom\s*|\s*)(['"])([^'"\n]+)\2/g;
  const reexported = /(?:^|[;\n}])\s*export\s*((?:type\s*)?(?:\*(?:\s*as\s+\w+)?|\{[^}]*\}))\s*from\s*(['"])([^'"\n]+)\2/g;
  for (const pattern of [imported, reexported]) {
    for (const match of code.matchAll(pattern)) {
      const [whole, clause = '', , specifier = ''] = match;
      found.push({ specifier, line: lineAt(code, match.index + whole.length), typesOnly: hasTypesOnly(clause) });
    }
  }
  const call = /\b(?:import\s*\(|require\s*\(|import\.meta\.resolve\s*\()\s*([^)]*)/g;
  for (const match of code.matchAll(call)) {
    const plain = /^(['"])([^'"]+)\1\s*,?\s*$/.exec(match[1] ?? '');
    found.push({ specifier: plain?.[2] ?? '(computed)', line: lineAt(code, match.index), typesOnly: false });
  }
  return found;
}

function hasTypesOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const named = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  return named?.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false;
}

/** The reason why an import is refused, or undefined. */
function judge(file: string, { specifier, typesOnly }: Import): string | undefined {
  const own = roomOf(file);
  const room = rooms[own];
  if (room === undefined) return `src/${own} is not a room of the house: see test/layers/rules.ts`;
  const relative = specifier.startsWith('.');
  if (!relative && !specifier.startsWith('#')) return room.libraries || isTest(file) ? undefined : room.reason;
  if (!/\.(ts|tsx|mjs|json|css)$/.test(specifier)) return 'imports of our own files name them with their ending';

  const target = relative ? posix.join(posix.dirname(file), specifier) : `src/${specifier.slice(1)}`;
  if (!target.startsWith('src/')) return isTest(file) ? undefined : `only tests import from ${target.split('/')[0]}/`;
  if (isTest(target)) return 'a test is not imported';
  const other = roomOf(target);
  if (other === own) return judgeWithin(own, file, target, relative);
  if (relative) return `another room is imported by #${other}/…, so that it is seen`;
  if (room.may.some((allowed) => isBelow(target, allowed))) return undefined;
  if (room.ports?.includes(other) === true) {
    return typesOnly || posix.basename(target) === 'ports.ts'
      ? undefined
      : `${room.reason}: types, and values of a ports.ts, may be imported`;
  }
  return room.reason;
}

function judgeWithin(room: string, file: string, target: string, relative: boolean): string | undefined {
  if (!relative && room !== 'core') return 'inside a room imports are relative';
  const from = folderOf(file);
  const to = folderOf(target);
  if (from === to || from === undefined || to === undefined) return undefined;
  if (room === 'core') return judgeCore(from, to);
  return rooms[room]?.separateFolders === true ? rooms[room].reason : undefined;
}

function judgeCore(from: string, to: string): string | undefined {
  if (to === 'refusals') return undefined;
  if (from === 'refusals') return 'the lists of refusals need nothing but refusals.ts';
  const order: readonly string[] = coreOrder;
  for (const folder of [from, to])
    if (!order.includes(folder)) return `core/${folder} has no place in the order of core: see test/layers/rules.ts`;
  return order.indexOf(to) < order.indexOf(from) ? undefined : `core/${from} comes before core/${to} in the order of core`;
}

/** src/core/money/amount.ts → core */
function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** src/core/money/amount.ts → money; a file directly in its room has none. */
function folderOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 3 ? parts[2] : undefined;
}

function isBelow(target: string, allowed: string): boolean {
  return target === `src/${allowed}` || target.startsWith(`src/${allowed}/`);
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
