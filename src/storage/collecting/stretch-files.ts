import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { noRoomFault, type StretchFiles } from '#operations/collecting/ports.ts';
import { makeFolders } from '../data-folder.ts';

const LINE_FEED = Buffer.from('\n');
/** Partition, first and next offset; one that is still written, or was by a process that died, has an ending. */
const NAME = /^(\d+)-\d+-(\d+)(?:\.writing-[\w-]+)?$/;

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
      // Two collectors may write the same one, and in containers they have the same process number.
      const writing = `${path}.writing-${randomUUID()}`;
      try {
        await writeDurably(writing, Buffer.concat(values.flatMap((value) => (value.at(-1) === 10 ? [value] : [value, LINE_FEED]))));
      } catch (error) {
        await rm(writing, { force: true });
        throw noRoomFault(error) ?? error;
      }
      await rename(writing, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        // Another collector has booked these messages meanwhile, and cleared up.
      });
      const parent = await open(folder, 'r');
      try {
        await parent.sync();
      } finally {
        await parent.close();
      }
      return path;
    },
    async remove(partition, before) {
      for (const name of await readdir(folder)) {
        const [, of, next] = NAME.exec(name) ?? [];
        if (of === String(partition) && next !== undefined && BigInt(next) <= before) await rm(join(folder, name), { force: true });
      }
    },
  };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
