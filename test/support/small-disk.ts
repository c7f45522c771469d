/** A small disk in memory, for tests of what happens when there is no room. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { TestContext } from 'node:test';

export interface SmallDisk {
  /** Makes it larger, or `ro`: read only. Options of mount. */
  change(options: string): void;
}

/** Puts a tmpfs of this size (`64k`, `75m`) where the folder is. Without the right to mount one the test is skipped and says so. */
export async function withSmallDisk(
  context: TestContext,
  folder: string,
  size: string,
  work: (disk: SmallDisk) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const failed = mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder);
  if (failed !== '') return context.skip(`a tmpfs cannot be mounted here: ${failed}`);
  try {
    await work({ change: (options) => remount(options, folder) });
  } finally {
    spawnSync('umount', ['--lazy', folder]);
  }
}

/** A keeper that has just been left may have its log open for an instant: then the disk is busy. */
function remount(options: string, folder: string): void {
  let said = 'not tried';
  for (let tries = 0; tries < 50 && said !== ''; tries += 1) {
    said = mount('-o', `remount,${options}`, folder);
    if (/busy/.test(said)) spawnSync('sleep', ['0.1']);
    else break;
  }
  assert.equal(said, '');
}

function mount(...args: string[]): string {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? '' : (error?.message ?? stderr.trim());
}
