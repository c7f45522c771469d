/**
 * Test files that share a process: most of a small file's time is loading what every file loads (0.45 s of processor for a test of usage, of one
 * second in all), and there are hundreds. A group is a file that imports its members one after the other; each test says its own file.
 * What changes or looks at its process (hooks that hold for all tests of it, its environment, clocks that are put, memory) stays alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ALONE =
  /\b(before|after|beforeEach|afterEach)\(|\bmock\b|\bprocess\.(env\.\w+ = |chdir|on\(|once\(|exit|memoryUsage|resourceUsage|cpuUsage|argv|getActiveResourcesInfo)|delete process\.|\bglobal\.gc|\b(rss|heapUsed)\b/;
/** Enough to share what is loaded, few enough that no group is long when the others are done. */
const MOST_MEMBERS = 6;
/** These load little and are quick. */
const PURE = /^src\/(core|codecs|pipeline|operations|web)\//;
const MOST_PURE_MEMBERS = 40;

/** The files, or groups in their stead, written into `folder`, where at least two of a room can share a process and are not `isAlone`. */
export function groupTests(root: string, folder: string, files: readonly string[], isAlone: (file: string) => boolean): readonly string[] {
  const rooms = Map.groupBy(files, (file) => (isAlone(file) || minds(join(root, file)) ? file : roomOf(file)));
  return [...rooms].flatMap(([room, members]) => {
    const most = PURE.test(members[0] ?? '') ? MOST_PURE_MEMBERS : MOST_MEMBERS;
    const count = Math.ceil(members.length / most);
    const size = Math.ceil(members.length / count);
    return Array.from({ length: count }, (_, part) => members.slice(part * size, (part + 1) * size)).flatMap((each, part) =>
      each.length < 2 ? each : [write(root, join(folder, `${room.replaceAll('/', '-')}-${part + 1}.test.mjs`), each)],
    );
  });
}

function roomOf(file: string): string {
  if (PURE.test(file)) return 'pure';
  return file.split('/').slice(0, 2).join('/');
}

/** Whether the file, or a helper beside it that it loads, is one that minds who else is in its process. */
function minds(path: string, seen = new Set<string>()): boolean {
  if (seen.has(path) || !existsSync(path)) return false;
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  if (ALONE.test(text)) return true;
  const helpers = [...text.matchAll(/from '(\.\.?\/[^']+\.ts)'/g)].map(([, found = '']) => resolve(dirname(path), found));
  return helpers.some((helper) => !/\/src\//.test(helper) && minds(helper, seen));
}

function write(root: string, path: string, members: readonly string[]): string {
  writeFileSync(path, members.map((member) => `import ${JSON.stringify(pathToFileURL(join(root, member)).href)};\n`).join(''));
  return path;
}
