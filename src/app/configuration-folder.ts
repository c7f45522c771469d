/** A folder of configuration files on disk: which files it has, read one by one when they are asked for. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import { LARGEST_TABLE_BYTES, LARGEST_YAML_BYTES } from '#operations/configuration/read-folder.ts';
import type { FolderFiles } from '#operations/configuration/tables.ts';
import { makeFolders } from '#storage/data-folder.ts';

const MOST_FILES = 10_000;
const DEEPEST_FOLDER = 16;

/**
 * Lists the .yaml, .yml and .csv files below a folder. Names that begin with a dot and `node_modules`
 * are passed over. Refused: a folder that is none, links that lead back up or to nothing, too many
 * files, and files too large to read. Tables are only read when a key names them.
 */
export function openConfigurationFolder(folder: string): Result<FolderFiles> {
  const faults: Refusal[] = [];
  const names = new Set<string>();
  try {
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder');
    list(folder, '', [realpathSync(folder)], names, faults);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, refusals: [refuse('configuration.folder-missing', `the folder cannot be read: ${reason}`, { value: folder })] };
  }
  if (faults.length > 0) return { ok: false, refusals: faults };
  return { ok: true, value: { keys: () => names, get: (name) => (names.has(name) ? readOne(folder, name) : undefined) } };
}

function list(root: string, below: string, above: readonly string[], names: Set<string>, faults: Refusal[]): void {
  for (const entry of readdirSync(join(root, below)).sort()) {
    if (entry.startsWith('.') || entry === 'node_modules') continue;
    const name = below === '' ? entry : `${below}/${entry}`;
    const path = join(root, name);
    const kind = kindOf(path);
    if (kind === 'broken') faults.push(refuse('configuration.link-loop', 'the link leads to nothing, or to itself', { file: name }));
    else if (kind === 'file' && /\.(ya?ml|csv)$/i.test(entry)) names.add(name);
    else if (kind === 'folder') {
      const real = realpathSync(path);
      if (above.includes(real)) faults.push(refuse('configuration.link-loop', 'the link leads back to a folder above it', { file: name }));
      else if (above.length >= DEEPEST_FOLDER)
        faults.push(refuse('configuration.folder-too-large', `folders are nested deeper than ${DEEPEST_FOLDER}`, { file: name }));
      else list(root, name, [...above, real], names, faults);
    }
    if (names.size > MOST_FILES) {
      faults.push(refuse('configuration.folder-too-large', `the folder has more than ${MOST_FILES} YAML and CSV files`));
      return;
    }
  }
}

function kindOf(path: string): 'file' | 'folder' | 'other' | 'broken' {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'other';
  } catch {
    return lstatSync(path).isSymbolicLink() ? 'broken' : 'other';
  }
}

function readOne(folder: string, name: string): Uint8Array | Refusal {
  const path = join(folder, name);
  const most = /\.csv$/i.test(name) ? LARGEST_TABLE_BYTES : LARGEST_YAML_BYTES;
  try {
    const size = statSync(path).size;
    if (size <= most) return readFileSync(path);
    return refuse('configuration.file-too-large', `the file has ${size} bytes; it may have ${most}`, { file: name });
  } catch (error) {
    return refuse('configuration.file-unreadable', error instanceof Error ? error.message : String(error), { file: name });
  }
}

/** Writes files into a folder, which is made when it is not there. Refused when it has anything in it and `force` is not set. */
export function writeConfigurationFolder(folder: string, files: ReadonlyMap<string, string>, force: boolean): Result<undefined> {
  try {
    makeFolders(resolve(folder));
    const there = readdirSync(folder);
    if (there.length > 0 && !force) {
      return {
        ok: false,
        refusals: [
          refuse(
            'configuration.target-not-empty',
            `the folder has ${there.length} file${there.length === 1 ? ' or folder' : 's or folders'} in it, ${there[0]}${there.length === 1 ? '' : ' among them'}: name an empty or new one, or give --force to replace files of the same names`,
            { value: folder },
          ),
        ],
      };
    }
    for (const [name, text] of files) {
      const path = join(folder, name);
      makeFolders(resolve(dirname(path)));
      writeFileSync(path, text);
    }
    return { ok: true, value: undefined };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, refusals: [refuse('configuration.folder-missing', `the folder cannot be written: ${reason}`, { value: folder })] };
  }
}
