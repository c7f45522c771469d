/** The demonstration's own data folder: made anew each time, and never somebody's else's removed. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARKER = 'this-is-a-demonstration.txt';
const MARKER_TEXT = 'npm run demo made this folder and removes it when it runs again.\n';

/** Throws an Error with one sentence when the folder holds something else. */
export function freshDataFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    if (!existsSync(join(folder, MARKER))) {
      throw new Error(`${folder} is not empty and was not made by the demonstration: choose another folder with --data`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARKER), MARKER_TEXT);
}
