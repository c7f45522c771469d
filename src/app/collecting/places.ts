import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { directoryPlace } from '#gateways/directory/directory-place.ts';
import { s3Place } from '#gateways/s3/s3-place.ts';
import { sftpPlace } from '#gateways/sftp/sftp-place.ts';
import { inboxPlace } from '#gateways/uploads/inbox.ts';
import type { Place, Spool, Topic } from '#operations/collecting/ports.ts';
import { readOptionalSecret, readSecret } from './secrets.ts';
import type { CollectedSource } from './sources.ts';

/** Longer than any place bounds itself: a directory of a server that is gone (NFS) never answers. */
const LIST_LIMIT_MS = 180_000;

/** The place that a source's files come from; secrets are read now. Throws RefusedError (`collect.secret-missing`). */
export async function openPlace(source: CollectedSource, dataFolder: string, spool: Spool): Promise<Place> {
  return bounded(await open(source, dataFolder, spool));
}

async function open({ id, collecting }: CollectedSource, dataFolder: string, spool: Spool): Promise<Place> {
  const { place } = collecting;
  switch (place.kind) {
    case 'directory':
      return directoryPlace(place.path);
    case 'sftp': {
      const password = await readOptionalSecret(place.password);
      const privateKey = await readOptionalSecret(place.privateKey);
      const passphrase = await readOptionalSecret(place.passphrase);
      return sftpPlace({ ...place, password, privateKey, passphrase }, spool);
    }
    case 's3': {
      const accessKey = await readSecret(place.accessKey);
      const secretKey = await readSecret(place.secretKey);
      return s3Place({ ...place, endpoint: place.endpoint, accessKey, secretKey }, spool);
    }
    case 'http':
      return inboxPlace(inboxFolder(dataFolder, id));
    case 'kafka':
      throw new Error('a topic has no files');
  }
}

/** Where uploaded files of a source wait. */
export function inboxFolder(dataFolder: string, source: string): string {
  return join(dataFolder, 'spool', 'uploads', encodeURIComponent(source));
}

/** A place that could not be opened: looking at it fails. */
export function closedPlace(error: unknown): Place {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return { list: fail, withFile: fail, delete: fail, move: fail, close: async () => undefined };
}

export function closedTopic(error: unknown): Topic {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return { partitions: fail, bounds: fail, read: fail, tell: fail, close: async () => undefined };
}

function bounded(place: Place): Place {
  return {
    list: async () => {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<never>((_, reject) => {
        const late = refuse('collect.place-unreachable', `it did not answer within ${LIST_LIMIT_MS / 1000} s`);
        timer = setTimeout(() => reject(new RefusedError(late)), LIST_LIMIT_MS);
      });
      try {
        return await Promise.race([place.list(), over]);
      } finally {
        clearTimeout(timer);
      }
    },
    withFile: (file, work) => place.withFile(file, work),
    delete: (file) => place.delete(file),
    move: (file, folder) => place.move(file, folder),
    close: () => place.close(),
  };
}
