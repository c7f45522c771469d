import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** What .gitignore leaves out, for a copy of the project that is no repository. */
const IGNORED = /^(node_modules|\.build|\.carillon|\.git|tmp)(\/|$)/;

/** Paths, relative to the project, of all files that git tracks or would add. Missing ones are left out. */
export function projectFiles(): readonly string[] {
  const listed = git(['--cached', '--others', '--exclude-standard', '--deduplicate']);
  if (listed === undefined) {
    return globSync('**/*', { cwd: projectRoot, exclude: (path) => IGNORED.test(path) })
      .filter((path) => statSync(join(projectRoot, path)).isFile())
      .sort();
  }
  const deleted = new Set(git(['--deleted']));
  return listed.filter((file) => !deleted.has(file));
}

/** Undefined where git is missing, or refuses to look because the folder belongs to another user. */
function git(options: readonly string[]): readonly string[] | undefined {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', ...options], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return status === 0 ? stdout.split('\0').filter((file) => file !== '') : undefined;
}

export function readProjectFile(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8');
}
