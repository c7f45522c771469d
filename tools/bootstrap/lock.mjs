// One installation at a time in one folder. The holder touches its file every second, so that a lock left by
// a killed process is known by its age, also from another machine.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TOUCH_MS = 1_000;
const STALE_MS = 15_000;

/**
 * @param {string} root
 * @param {() => Promise<void>} work
 */
export async function withInstallLock(root, work) {
  mkdirSync(join(root, '.build'), { recursive: true });
  const file = join(root, '.build', 'bootstrap.lock');
  await take(file);
  const touching = setInterval(() => utimesSync(file, new Date(), new Date()), TOUCH_MS);
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    await work();
  } finally {
    clearInterval(touching);
    process.off('exit', release);
    release();
  }
}

/** @param {string} file */
async function take(file) {
  const own = `${file}.${process.pid}`;
  let said = false;
  writeFileSync(own, `${process.pid} ${hostname()}\n`);
  try {
    for (;;) {
      try {
        linkSync(own, file);
        return;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      if (isStale(file)) {
        removeStale(file, own);
      } else {
        if (!said) process.stderr.write(`Another installation is running in this folder (process ${holder(file)[0]}); waiting for it.\n`);
        said = true;
        await sleep(200);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Process and machine.
 * @param {string} file
 * @returns {readonly string[]}
 */
function holder(file) {
  try {
    return readFileSync(file, 'utf8').trim().split(' ');
  } catch {
    return [];
  }
}

/** @param {string} file */
function isStale(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (Date.now() - stat.mtimeMs > STALE_MS) return true;
  const [pid, host] = holder(file);
  return host === hostname() && !isAlive(Number(pid));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Moving is atomic: of several that saw the same stale lock one moves it. One that moved a fresh lock by
 * mistake, because another was quicker, puts it back.
 * @param {string} file
 * @param {string} own
 */
function removeStale(file, own) {
  const aside = `${own}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (!isStale(aside)) linkSync(aside, file);
  } catch {
    // A third one has it by now. The one whose lock was moved goes on as well: both install the same.
  }
  rmSync(aside, { force: true });
}
