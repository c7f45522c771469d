/** A real SMTP server in this process, that answers as it is told. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** What it answers to a recipient or at the end of the data; undefined: it takes it. */
  refuses: { recipient?: (address: string) => Error | undefined; data?: () => Error | undefined };
  close(): Promise<void>;
}

/** An answer with its code, `mailError(550, '5.1.1 no such user')`. */
export function mailError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Closed when the work ends, with all connections. */
export async function withMailServer(work: (server: MailServer) => Promise<void>): Promise<void> {
  const server = await startMailServer();
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

async function startMailServer(options: { readonly password?: string } = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const refuses: MailServer['refuses'] = {};
  const server = new SMTPServer({
    closeTimeout: 100,
    disabledCommands: options.password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      password === options.password ? done(null, { user: username ?? '' }) : done(mailError(535, '5.7.8 authentication failed')),
    onRcptTo: ({ address }, _session, done) => done(refuses.recipient?.(address)),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = refuses.data?.();
        if (fault !== undefined) return done(fault);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.on('error', () => undefined); // connections that clients cut
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address() as AddressInfo; // it listens on a port
  return { port: address.port, mails, refuses, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}
