/** Uploads of files, as long as `collect run` runs. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import { removeHalfReceived } from '#gateways/uploads/inbox.ts';
import { startUploadServer, type UploadServer } from '#gateways/uploads/upload-server.ts';
import { isWanted } from '#operations/collecting/collect-source.ts';
import type { UploadDesk } from '#operations/collecting/ports.ts';
import { forgetRefusal, uploadOutcome } from '#storage/collecting/uploads.ts';
import type { Settings } from '../settings.ts';
import type { UsageHome } from '../usage/home.ts';
import { inboxFolder } from './places.ts';
import { readSecret } from './secrets.ts';
import type { CollectedSource } from './sources.ts';

const IDLE_MS = 60_000;
const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;
const WARN_DAYS = 30;

/** Undefined when nothing is set to listen at. Throws RefusedError (`collect.cannot-listen`). `sources` tells those of now. */
export async function receiveUploads(
  { database, dataFolder, log }: UsageHome,
  settings: Settings['collect'],
  sources: () => readonly CollectedSource[],
): Promise<UploadServer | undefined> {
  if (settings.listen === '') return undefined;
  for (const { id } of sources()) await removeHalfReceived(inboxFolder(dataFolder, id));
  const desk: UploadDesk = {
    async source(id) {
      const collecting = sources().find((one) => one.id === id)?.collecting;
      if (collecting?.place.kind !== 'http') return undefined;
      const token = await readSecret(collecting.place.token);
      return { token, folder: inboxFolder(dataFolder, id), wants: (name) => isWanted(name, collecting) };
    },
    outcome: (source, name, sha256) => uploadOutcome(database.pool, source, name, sha256),
    forgetRefusal: (source, name, sha256) => forgetRefusal(database.pool, source, name, sha256),
  };
  const { certificate, key } = settings;
  const tls = certificate === '' && key === '' ? undefined : { certificate: await readPem(certificate), key: await readPem(key) };
  if (tls !== undefined) warnOfExpiry(tls.certificate, log);
  const at = settings.listen.lastIndexOf(':');
  const host = settings.listen.slice(0, at).replace(/^\[(.*)\]$/, '$1');
  const port = Number(settings.listen.slice(at + 1));
  const maximumBytes = settings.maximumUploadMegabytes * MEGABYTE;
  const server = await startUploadServer({ host, port, tls, maximumBytes, idleMs: IDLE_MS }, desk, (error) =>
    log.error({ err: error }, 'an upload failed'),
  );
  log.info({ host, port: server.port, tls: tls !== undefined }, 'uploads are received');
  return server;
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RefusedError(refuse('collect.cannot-listen', error instanceof Error ? error.message : String(error)));
  }
}

/** Senders refuse what has expired, and nobody here would notice. */
function warnOfExpiry(pem: Buffer, log: UsageHome['log']): void {
  let until: Date;
  try {
    until = new X509Certificate(pem).validToDate;
  } catch {
    return; // the server says what is wrong with it
  }
  const days = Math.floor((until.getTime() - Date.now()) / DAY_MS);
  if (days >= WARN_DAYS) return;
  log.warn(
    { until: until.toISOString(), days },
    days < 0 ? 'the certificate for uploads has expired' : 'the certificate for uploads expires soon',
  );
}
