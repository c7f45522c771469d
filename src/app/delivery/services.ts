/** What `carillon delivery run` is wired of. */
import { RefusedError, refuse } from '#core/refusals.ts';
import { type SmtpMailer, smtpMailer } from '#gateways/mail/smtp-mailer.ts';
import type { DeliveryServices } from '#operations/delivery/deliver.ts';
import type { Mailer } from '#operations/delivery/ports.ts';
import { deliveryStore } from '#storage/delivery/delivery-store.ts';
import { readOptionalSecret } from '../collecting/secrets.ts';
import type { Installation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import { documentFiles } from './document-files.ts';
import { letters } from './letters.ts';
import { sftpDropper } from './sftp-dropper.ts';

/** Closes what was opened when the work ends. The clock is the machine's. */
export async function withDeliveryServices<T>(
  { database, settings }: Pick<Installation, 'database' | 'settings'>,
  work: (services: DeliveryServices) => Promise<T>,
): Promise<T> {
  const mailer = lazyMailer(settings.mail);
  try {
    return await work({
      store: deliveryStore(database),
      files: documentFiles(database),
      letters: letters(database),
      mailer,
      dropper: sftpDropper(secret),
      now: () => Date.now() * 1000,
    });
  } finally {
    mailer.close();
  }
}

/** Opened by the first mail: who delivers by other ways only needs no server. */
export function lazyMailer(mail: Settings['mail']): Mailer & { close(): void } {
  let opened: SmtpMailer | undefined;
  return {
    async send(route, letter, files) {
      opened ??= await openMailer(mail);
      return opened.send(route, letter, files);
    },
    close: () => opened?.close(),
  };
}

async function openMailer({ server, password, tls }: Settings['mail']): Promise<SmtpMailer> {
  if (server === '') throw new RefusedError(refuse('delivery.server-missing', 'mail.server is empty'));
  const url = new URL(server);
  const secure = url.protocol === 'smtps:';
  return smtpMailer({
    host: url.hostname,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: tls === 'required',
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    // Checked by the settings: empty, or a reference.
    password: password === '' ? undefined : await secret(password as `env:${string}`),
  });
}

async function secret(reference: `env:${string}` | `file:${string}` | undefined): Promise<string | undefined> {
  try {
    return await readOptionalSecret(reference);
  } catch (error) {
    throw new RefusedError(refuse('delivery.secret-missing', error instanceof RefusedError ? error.message : String(error)));
  }
}
