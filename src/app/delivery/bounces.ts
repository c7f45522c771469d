/** `carillon delivery bounces`: reports of mails that came back, from files as a mailbox has them. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type BounceReport, readBounce } from '#gateways/mail/bounce.ts';
import type { Database } from '#storage/database.ts';
import { mailDeliveries, recordBounce } from '#storage/delivery/bounces.ts';
import { deliveryOf, markOf } from './message-id.ts';

/** Reports hold the headers of the mail, or the mail itself. */
const LARGEST_BYTES = 40_000_000;

export interface ReadReport {
  readonly file: string;
  /** `recorded`, `known` from before, `not-ours`: no mail that we sent, or `no-report`: an answer, an absence. */
  readonly what: 'recorded' | 'known' | 'not-ours' | 'no-report';
  readonly document: string | undefined;
  readonly recipients: BounceReport['recipients'];
}

/** Files, and folders of files (such as a Maildir's `new`). Throws RefusedError for what cannot be read; what was read before stays recorded. */
export async function readBounces(database: Database, paths: readonly string[], nowMicros: number): Promise<readonly ReadReport[]> {
  const found: ReadReport[] = [];
  for (const path of paths) for (const file of await filesAt(path)) found.push(await readOne(database, file, nowMicros));
  return found;
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => join(path, name))
      .toSorted();
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readOne(database: Database, file: string, nowMicros: number): Promise<ReadReport> {
  let content: Buffer;
  try {
    const { size } = await stat(file);
    if (size > LARGEST_BYTES) throw new Error(`it has ${size} bytes`);
    content = await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  const report = await readBounce(content).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (report === undefined) return { file, what: 'no-report', document: undefined, recipients: [] };
  const { recipients, messageIds } = report;
  const named = messageIds.flatMap((id) => deliveryOf(id) ?? []);
  const known = await mailDeliveries(
    database,
    named.map(({ deliveryId }) => deliveryId),
  );
  const ours = known.find(({ deliveryId, document }) =>
    named.some((one) => one.deliveryId === deliveryId && one.mark === markOf(deliveryId, document)),
  );
  if (ours === undefined) return { file, what: 'not-ours', document: undefined, recipients };
  const sha256 = createHash('sha256').update(content).digest('hex');
  const added = await recordBounce(database, ours.deliveryId, sha256, recipients, nowMicros);
  return { file, what: added === 0 ? 'known' : 'recorded', document: ours.document, recipients };
}

function unreadable(file: string, error: unknown): RefusedError {
  return new RefusedError(refuse('delivery.message-unreadable', error instanceof Error ? error.message : String(error), { file }));
}
