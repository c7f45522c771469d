/** node src/app/web/make.ts <folder>: builds console and portal there. In a process of its own, which `built.ts` starts. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const COMPRESSED = /\.(js|css|svg|json)$/;
const LEAST_COMPRESSED_BYTES = 500;
/** Of 11: half the time of the best, and one part in a hundred larger. */
const BROTLI_QUALITY = 9;
/** Older builds that a server may still be serving are in its memory: what they lie in may go. */
const OLD_MS = 86_400_000;

async function make(folder: string): Promise<void> {
  const aside = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    await build({
      root: fileURLToPath(new URL('../../web', import.meta.url)),
      configFile: false,
      logLevel: 'error',
      clearScreen: false,
      oxc: { jsx: { runtime: 'automatic' } },
      html: { cspNonce: '__nonce__' },
      build: {
        outDir: aside,
        emptyOutDir: true,
        assetsDir: 'assets',
        // Nothing inline: the policy of the page has no place for it.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: ['chrome120', 'firefox121', 'safari17'],
        reportCompressedSize: false,
        chunkSizeWarningLimit: 2_000,
      },
    });
    for (const name of readdirSync(join(aside, 'assets'))) compress(join(aside, 'assets', name));
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // Somebody else was as fast: theirs is made of the same sources.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))) throw error;
  }
  forgetOld(folder);
}

function compress(path: string): void {
  if (!COMPRESSED.test(path)) return;
  const plain = readFileSync(path);
  if (plain.length < LEAST_COMPRESSED_BYTES) return;
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }));
}

function forgetOld(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (name !== basename(folder) && Date.now() - statSync(path).mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('the folder is missing');
await make(folder);
