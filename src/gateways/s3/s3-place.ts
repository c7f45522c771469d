/** Objects of a bucket whose keys begin with a prefix. */
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import { noRoomFault, PATIENCE, type Patience, type Place, type PlaceFile, type Spool } from '#operations/collecting/ports.ts';
import { readList } from './answers.ts';
import { bodyOf, encoded, type S3Bucket, S3Client } from './client.ts';

/** 1000 keys of 1024 characters each, every one written as `%XX`. */
const MOST_LIST_BYTES = 16 * 1024 * 1024;

export interface S3Prefix extends S3Bucket {
  readonly prefix: string;
}

/** Takes what is behind the prefix up to the next `/`: what was moved to a folder is not seen again. */
export function s3Place(from: S3Prefix, spool: Spool, patience: Patience = PATIENCE): Place {
  const client = new S3Client(from, patience);
  const folder = from.prefix.slice(0, from.prefix.lastIndexOf('/') + 1);
  const keyOf = (file: PlaceFile): string => `${folder}${file.name}`;

  const remove = async (key: string): Promise<void> => {
    (await client.send({ method: 'DELETE', key }, [404])).resume();
  };

  const fetch = async (file: PlaceFile, local: string): Promise<void> => {
    const changed = (problem: string): RefusedError => new RefusedError(refuse('collect.file-changed', problem, { file: file.name }));
    // A server that does not know the condition answers with what is there now: its ETag tells.
    const answer = await client.send({ method: 'GET', key: keyOf(file), headers: { 'if-match': `"${etagOf(file)}"` } }, [404, 412]);
    const etag = (answer.headers.etag ?? '').replaceAll('"', '');
    if (answer.statusCode === 404 || answer.statusCode === 412 || etag !== etagOf(file)) {
      answer.destroy();
      throw changed(answer.statusCode === 404 ? 'the object is gone' : 'the object was replaced after it was listed');
    }
    try {
      await pipeline(answer, createWriteStream(local));
    } catch (error) {
      const full = noRoomFault(error);
      if (full !== undefined) throw full;
      const reason = error instanceof Error ? error.message : String(error);
      throw new RefusedError(refuse('collect.place-unreachable', `the object was not sent to its end: ${reason}`, { file: file.name }));
    }
    const { size } = await stat(local);
    if (size !== file.sizeBytes) throw changed(`${size} of ${file.sizeBytes} bytes were fetched`);
  };

  return {
    async list() {
      const files: PlaceFile[] = [];
      for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
        const query = { 'list-type': '2', prefix: from.prefix, delimiter: '/', 'encoding-type': 'url' };
        const page = token === undefined ? query : { ...query, 'continuation-token': token };
        const { objects, next } = await listed(() => client.send({ method: 'GET', key: '', query: page }));
        for (const { key, etag, sizeBytes, modifiedMicros } of objects)
          if (!key.endsWith('/'))
            files.push({ name: key.slice(folder.length), version: `${etag}-${sizeBytes}`, sizeBytes, modifiedMicros });
        if (next !== undefined && next === token)
          throw new RefusedError(refuse('collect.place-unreachable', 'the list of objects has no end'));
        token = next;
      }
      return files;
    },
    async withFile(file, work) {
      const local = await spool.newPath();
      try {
        await fetch(file, local);
        return await work(local, async () => undefined); // an object never changes: it is replaced
      } finally {
        await rm(local, { force: true });
      }
    },
    delete: (file) => remove(keyOf(file)),
    async move(file, target) {
      const source = `/${encoded(from.bucket)}/${keyOf(file).split('/').map(encoded).join('/')}`;
      const to = `${folder}${target}/${file.name}`;
      const copied = await client.send({ method: 'PUT', key: to, headers: { 'x-amz-copy-source': source } }, [404]);
      const said = await bodyOf(copied, MOST_LIST_BYTES);
      if (copied.statusCode === 404) return; // it was moved before
      // A copy that fails late is answered with 200 and an error inside.
      if (said.includes('<Error>'))
        throw new RefusedError(refuse('collect.place-unreachable', `copying to ${to} failed`, { file: file.name }));
      await remove(keyOf(file));
    },
    close: async () => client.close(),
  };
}

async function listed(send: () => ReturnType<S3Client['send']>): Promise<ReturnType<typeof readList>> {
  const answer = await send();
  try {
    return readList(await bodyOf(answer, MOST_LIST_BYTES));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('collect.place-unreachable', `the list of objects cannot be read: ${reason}`));
  }
}

function etagOf({ version, sizeBytes }: PlaceFile): string {
  return version.slice(0, -`-${sizeBytes}`.length);
}
