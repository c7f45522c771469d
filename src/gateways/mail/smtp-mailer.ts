/** Mail by SMTP (RFC 5321) over nodemailer. What the server answers is an outcome, never an error. */
import { createTransport, type Transporter } from 'nodemailer';
import type { EmailRoute } from '#core/parties/delivery.ts';
import type { AttemptOutcome, DeliveryFile, Letter, Mailer } from '#operations/delivery/ports.ts';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** From the first byte (port 465); else STARTTLS. */
  readonly secure: boolean;
  /** Without TLS nothing is sent: only for a server on this machine may it be false. */
  readonly requireTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface SmtpMailer extends Mailer {
  close(): void;
}

const CONNECT_MS = 20_000;
const ANSWER_MS = 60_000;

export function smtpMailer(server: SmtpServer): SmtpMailer {
  const { host, port, secure, requireTls, user, password = '' } = server;
  const transport = createTransport({
    ...{ host, port, secure, requireTLS: requireTls && !secure, pool: true, maxConnections: 1 },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: ANSWER_MS, dnsTimeout: CONNECT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(user === undefined ? {} : { auth: { user, pass: password } }),
  });
  return { send: (route, letter, files) => send(transport, route, letter, files), close: () => transport.close() };
}

async function send(
  transport: Transporter,
  { to, cc }: EmailRoute,
  { from, replyTo, copyTo, subject, text, messageId }: Letter,
  files: readonly DeliveryFile[],
): Promise<AttemptOutcome> {
  try {
    const info: Sent = await transport.sendMail({
      ...{ from, to: [...to], subject, text, messageId },
      ...(cc === undefined ? {} : { cc: [...cc] }),
      ...(copyTo.length === 0 ? {} : { bcc: [...copyTo] }),
      ...(replyTo === undefined ? {} : { replyTo }),
      // Reports name the message that they are about (RFC 3461).
      dsn: { id: messageId.replace(/[<>]/g, ''), return: 'headers', notify: ['failure', 'delay'], recipient: from },
      attachments: files.map(({ name, mediaType, content }) => ({
        filename: name,
        contentType: mediaType,
        content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
      })),
    });
    const rejected = (info.rejectedErrors ?? []).map((error) => ({
      recipient: error.recipient ?? '',
      status: statusOf(error.response),
      answer: error.response ?? error.message,
    }));
    return { outcome: 'sent', answer: info.response ?? 'accepted', ...(rejected.length === 0 ? {} : { rejected }) };
  } catch (error) {
    return failed(error);
  }
}

/** What nodemailer's SMTP transport resolves with. */
interface Sent {
  readonly response?: string | undefined;
  readonly rejectedErrors?: readonly SmtpError[];
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly recipient?: string;
}

/** 4xx is for now, 5xx for good (RFC 5321 §4.2.1); who cannot log in or be reached is asked again, for a person may mend it. */
function failed(error: unknown): AttemptOutcome {
  const {
    code,
    responseCode = 0,
    response,
    message,
  } = error instanceof Error ? (error as SmtpError) : (new Error(String(error)) as SmtpError);
  const isForGood = responseCode === 0 ? code === 'EMESSAGE' : responseCode >= 500 && code !== 'EAUTH';
  return { outcome: isForGood ? 'refused' : 'deferred', answer: response ?? message };
}

/** The enhanced status code (RFC 3463) of an answer, or the class of the plain one. */
function statusOf(response = ''): string {
  const [, code = '5', enhanced] = /^(\d)\d\d[ -](?:(\d\.\d{1,3}\.\d{1,3})\s)?/.exec(response) ?? [];
  return enhanced ?? `${code}.0.0`;
}
