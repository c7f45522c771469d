import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StretchFiles } from '#operations/collecting/ports.ts';
import { makeFolders } from '../data-folder.ts';

const LINE_FEED = Buffer.from('\n');

/** `spool/topics/<source>` of the data folder, readable by its owner only. One message is one line; one that ends with a line end gets no second. */
export async function openStretchFiles(dataFolder: string, source: string): Promise<StretchFiles> {
  const folder = join(dataFolder, 'spool', 'topics', encodeURIComponent(source));
  makeFolders(folder, 0o700);
  return {
    async find(partition, { first, next }) {
      const name = `${partition}-${first}-${next}`;
      return (await readdir(folder)).includes(name) ? join(folder, name) : undefined;
    },
    async write(partition, { first, next }, values) {
      const path = join(folder, `${partition}-${first}-${next}`);
      const handle = await open(`${path}.writing-${process.pid}`, 'w', 0o600);
      try {
        await handle.writeFile(Buffer.concat(values.flatMap((value) => (value.at(-1) === 10 ? [value] : [value, LINE_FEED]))));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${path}.writing-${process.pid}`, path);
      const parent = await open(folder, 'r');
      try {
        await parent.sync();
      } finally {
        await parent.close();
      }
      return path;
    },
    async remove(partition) {
      for (const name of await readdir(folder)) if (name.startsWith(`${partition}-`)) await rm(join(folder, name), { force: true });
    },
  };
}
