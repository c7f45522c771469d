/**
 * Chromium, unpacked once for all test files of a run. Its package unpacks into the folder of the system, and takes what another process is still
 * writing there for a browser: so each process unpacks into a folder of its own, and the first to be whole is everybody's.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import chromium from '@sparticuz/chromium';

/** Its program. */
export async function unpackedChromium(): Promise<string> {
  const whole = join(tmpdir(), 'carillon-chromium');
  const program = join(whole, 'chromium');
  if (existsSync(program)) return program;
  const own = mkdtempSync(`${whole}-`);
  const unpacked = basename(await unpackInto(own));
  try {
    renameSync(own, whole);
  } catch (error) {
    // Another was whole before: a folder with something in it is not replaced.
    if (!existsSync(program)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  return join(whole, unpacked);
}

/** The package looks where temporary files belong when it is asked, and not again. */
function unpackInto(folder: string): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
