/** By which ways messages go, as the settings say. Each is opened by the first message. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SecretReference } from '#core/usage/collecting.ts';
import { SmppSender } from '#gateways/smpp/smpp-sender.ts';
import { httpSender } from '#gateways/sms-http/http-sender.ts';
import type { NotificationStore, Outgoing, Receipt, Sender } from '#operations/notifications/ports.ts';
import { readSecret } from '../collecting/secrets.ts';
import { lazyMailer } from '../delivery/services.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';

export interface Senders {
  /** Those that the settings describe. */
  readonly byWay: Readonly<Partial<Record<Outgoing['way'], Sender>>>;
  /** Ways that they do not, and the setting that is empty. */
  readonly missing: readonly { readonly way: Outgoing['way']; readonly setting: string }[];
  close(): Promise<void>;
}

/** Receipts may come before what they are about is stored. */
const RECEIPT_TRIES = 6;
const RECEIPT_WAIT_MS = 100;
const HTTP_TIMEOUT_MS = 15_000;

export function openSenders(settings: Settings, store: NotificationStore, log: Logger): Senders {
  const mailer = lazyMailer(settings.mail);
  let sms: { readonly sender: Sender; readonly close: () => Promise<void> } | undefined;
  const receive = async (receipt: Receipt): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      if (await store.receive(receipt, Date.now() * 1000)) return;
      if (tries === RECEIPT_TRIES) break;
      await sleep(RECEIPT_WAIT_MS * 2 ** tries);
    }
    log.debug({ reference: receipt.reference }, 'a receipt for a message that is not known');
  };
  const bySms: Sender = {
    async send(message) {
      sms ??= await openSms(settings.sms, receive);
      return sms.sender.send(message);
    },
  };
  const byMail: Sender = {
    async send({ target, subject, body, notificationId, language }) {
      const { from } = settings.notify;
      const domain = from.replace(/^.*@/, '').replace(/>.*$/, '');
      const letter = {
        ...{ from, replyTo: undefined, copyTo: [], subject: subject ?? '', text: `${body}\n` },
        messageId: `<notification-${notificationId}@${domain}>`,
      };
      const { outcome, answer } = await mailer.send({ by: 'email', to: [target], attach: [], language }, letter, []);
      return { outcome, answer };
    },
  };
  const missing = missingOf(settings);
  const has = (way: Outgoing['way']): boolean => missing.every((each) => each.way !== way);
  return {
    byWay: { ...(has('sms') ? { sms: bySms } : {}), ...(has('email') ? { email: byMail } : {}) },
    missing,
    async close() {
      mailer.close();
      await sms?.close();
    },
  };
}

function missingOf({ sms, mail, notify }: Settings): Senders['missing'] {
  const empty = (way: Outgoing['way'], settings: Readonly<Record<string, string>>): Senders['missing'] =>
    Object.entries(settings)
      .filter(([, value]) => value === '')
      .slice(0, 1)
      .map(([setting]) => ({ way, setting }));
  return [
    ...empty('sms', { 'sms.gateway': sms.gateway, 'sms.sender': sms.sender }),
    ...empty('email', { 'mail.server': mail.server, 'notify.from': notify.from }),
  ];
}

async function openSms(settings: Settings['sms'], receive: (receipt: Receipt) => Promise<void>) {
  const { gateway, sender, perSecond, receipts, method, contentType, body, success, reference } = settings;
  const closeNothing = (): Promise<void> => Promise.resolve();
  if (/^https?:/.test(gateway)) {
    const patterns = { success: patternOf(success), reference: patternOf(reference) };
    const authorization = await secretOf(settings.authorization);
    return {
      sender: httpSender({ url: gateway, method, contentType, body, authorization, sender, ...patterns, timeoutMs: HTTP_TIMEOUT_MS }),
      close: closeNothing,
    };
  }
  const url = new URL(gateway.replace(/^smpp/, 'http'));
  const tls = gateway.startsWith('smpps:');
  const smpp = new SmppSender(
    {
      ...{ host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(gateway, tls), tls, sender, perSecond, receives: receipts === 'on' },
      systemId: decodeURIComponent(url.username),
      password: (await secretOf(settings.password)) ?? '',
    },
    receive,
  );
  return { sender: smpp, close: () => smpp.close() };
}

/** As it is written: a URL of another scheme would leave its usual port out. */
function portOf(gateway: string, tls: boolean): number {
  const written = /:(\d{1,5})(?:\/.*)?$/.exec(gateway.replace(/^\w+:\/\//, ''))?.[1];
  return written === undefined ? (tls ? 3550 : 2775) : Number(written);
}

const patternOf = (text: string): RegExp | undefined => (text === '' ? undefined : new RegExp(text));

async function secretOf(reference: string): Promise<string | undefined> {
  return reference === '' ? undefined : tellingSecret(reference);
}

/** Throws RefusedError (`notify.secret-missing`). */
export async function tellingSecret(reference: string): Promise<string> {
  try {
    return await readSecret(reference as SecretReference); // as settings and endpoints were checked
  } catch (error) {
    throw new RefusedError(refuse('notify.secret-missing', error instanceof RefusedError ? error.message : String(error)));
  }
}
