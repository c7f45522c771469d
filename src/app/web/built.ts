/** The build of console and portal: made when its sources are others than those it was made of, and kept in memory. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ASSETS_PATH, type Web, type WebFile, type WebFiles } from '#api/web-pages.ts';
import { RefusedError, refuse } from '#core/refusals.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const MAKE = fileURLToPath(new URL('make.ts', import.meta.url));

/** Whatever goes into the pages: when one of these changes, they are built again. */
const SOURCES = [
  'src/web/**/*',
  'src/api/client/*.ts',
  'src/core/money/*.ts',
  'src/codecs/csv/*.ts',
  'src/app/web/make.ts',
  'package-lock.json',
];
const MOST_SAID = 2_000;

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  json: 'application/json',
};

/** Where the build of these sources is, or will be. */
export function webFolder(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root, exclude: ['**/*.test.ts'] }).sort();
  for (const file of files) {
    if (!/\.\w+$/.test(file)) continue;
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return join(root, '.build', 'web', hash.digest('hex').slice(0, 16));
}

/** Built when it is first asked for, by a process of its own: accounts are charged meanwhile. A failure is tried again at the next request. */
export function builtWeb(): Web {
  let files: Promise<WebFiles> | undefined;
  return () => {
    files ??= (async () => readBuilt(await buildWeb()))();
    files.catch(() => {
      files = undefined;
    });
    return files;
  };
}

/** The folder of the build, made if need be. Throws RefusedError (`web.not-built`). */
export async function buildWeb(): Promise<string> {
  const folder = webFolder();
  if (existsSync(folder)) return folder;
  const { status, said } = await run(folder);
  if (status !== 0 || !existsSync(folder)) {
    throw new RefusedError(refuse('web.not-built', `the pages could not be built: ${said.trim() || `status ${status}`}`));
  }
  return folder;
}

function run(folder: string): Promise<{ readonly status: number; readonly said: string }> {
  const child = spawn(process.execPath, [MAKE, folder], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-MOST_SAID);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ status: 1, said: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 1, said }));
  });
}

/** Read whole: some megabytes, and no request can name a path of the disk. */
function readBuilt(folder: string): WebFiles {
  const assets = new Map<string, WebFile>();
  const names = readdirSync(join(folder, 'assets'));
  for (const name of names) {
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined) continue; // .br and .gz belong to what they were made of
    const read = (ending: string): Buffer | undefined =>
      names.includes(`${name}${ending}`) ? readFileSync(join(folder, 'assets', `${name}${ending}`)) : undefined;
    const [brotli, gzip] = [read('.br'), read('.gz')];
    assets.set(`${ASSETS_PATH}${name}`, {
      ...{ type, plain: readFileSync(join(folder, 'assets', name)) },
      ...(brotli === undefined ? {} : { brotli }),
      ...(gzip === undefined ? {} : { gzip }),
    });
  }
  return { index: readFileSync(join(folder, 'index.html'), 'utf8'), assets };
}
