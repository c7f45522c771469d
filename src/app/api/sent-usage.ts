/** Records that were sent as one body: on the disk of this installation until they are in the books. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { numbersFor } from '#api/usage/masking.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { letWait, receive } from '#gateways/uploads/inbox.ts';
import type { StreamDesk } from '#operations/uploads/ports.ts';
import type { Database } from '#storage/database.ts';
import { selectRecords } from '#storage/usage/records.ts';
import type { ApiHome } from './home.ts';

const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;
const LINE_FEED = 0x0a;
/** Of gzip (RFC 1952) and Zstandard: lines are counted in plain text only. */
const PACKED = [Buffer.of(0x1f, 0x8b), Buffer.of(0x28, 0xb5, 0x2f, 0xfd), Buffer.from('PK')];

const folderOf = (dataFolder: string): string => join(dataFolder, 'spool', 'sent');

export function sentUsageDesk(dataFolder: string, mostMegabytes: number): StreamDesk {
  const folder = folderOf(dataFolder);
  const mostBytes = mostMegabytes * MEGABYTE;
  return {
    mostBytes,
    remedy: 'send it in several, or raise api.maximumUsageMegabytes; files may be longer, and collected (collect: {from: http})',
    async receive(content) {
      await forgetOld(folder);
      const received = await receive(folder, 'lines', content, mostBytes);
      const { sha256, bytes, path } = received;
      return {
        ...{ sha256, bytes },
        async keep(purpose) {
          const name = createHash('sha256').update(purpose).digest('hex').slice(0, 16);
          await letWait(folder, { ...received, name });
          return `${sha256}-${name}`;
        },
        drop: () => rm(path, { force: true }),
      };
    },
  };
}

/** What nobody came for within a day: cut off, or its job failed and was not begun again. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const at = await stat(path).catch(() => undefined);
    if (at !== undefined && Date.now() - at.mtimeMs > DAY_MS) await rm(path, { force: true });
  }
}

/** It stays: what is refused, or killed before it is written that it is done, may be begun again. Throws RefusedError (`upload.unknown`). */
export async function withSentUsage<T>({ dataFolder }: ApiHome, kept: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = join(folderOf(dataFolder), kept);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new RefusedError(refuse('upload.unknown', 'the lines are not kept any more: send them again'));
  return work(path);
}

/** They are in the books, and everybody can see that they are. */
export function dropSentUsage({ dataFolder }: Pick<ApiHome, 'dataFolder'>, kept: string): Promise<void> {
  return rm(join(folderOf(dataFolder), kept), { force: true });
}

export interface RefusedLine {
  /** Left out where the lines came packed. */
  readonly line?: number;
  readonly record: string;
  readonly code: string;
  /** One sentence with the field and the value as it was written; numbers of subscribers without their last digits. */
  readonly detail: string;
}

/** The first of them. */
export async function refusedLines(database: Database, fileId: number, path: string, most: number): Promise<readonly RefusedLine[]> {
  const filter = { id: undefined, fileIds: [fileId], number: undefined, status: 'rejected', limit: most } as const;
  const records = await selectRecords(database.pool, filter);
  const lines = await linesAt(
    path,
    records.map(({ byteFrom }) => byteFrom),
  );
  const numbers = numbersFor({ seesPersonal: false });
  return records.map(({ id, byteFrom, reason = '', detail = '' }) => {
    const line = lines.get(byteFrom);
    return { ...(line === undefined ? {} : { line }), record: String(id), code: reason, detail: numbers(detail) };
  });
}

/** In which lines these bytes stand, in one reading. */
async function linesAt(path: string, places: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  const wanted = [...new Set(places)].sort((a, b) => a - b);
  let [line, begun, next] = [1, 0, 0];
  if (wanted.length === 0) return found;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (begun === 0 && PACKED.some((magic) => chunk.subarray(0, magic.length).equals(magic))) return found;
    let from = 0;
    while (next < wanted.length) {
      const feed = chunk.indexOf(LINE_FEED, from);
      const end = feed < 0 ? chunk.length : feed + 1;
      for (let place = wanted[next]; place !== undefined && place < begun + end; next += 1, place = wanted[next]) found.set(place, line);
      if (feed < 0) break;
      line += 1;
      from = end;
    }
    if (next === wanted.length) break;
    begun += chunk.length;
  }
  return found;
}
