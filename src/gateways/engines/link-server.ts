/** Takes what other engines ask of this one. */
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { AccountCommand } from '#core/charging/command.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Result } from '#core/refusals.ts';
import { FrameReader, frameOf } from './frames.ts';
import { CIPHERS, IDENTITY, keyOf, type LinkAnswer, type LinkQuestion } from './messages.ts';

/** Each: undefined when it is not for this engine. */
export interface LinkService {
  handle(request: ChargingRequest): Promise<ChargingAnswer | undefined>;
  apply(account: string, command: AccountCommand): Promise<Result<'done'> | undefined>;
  tell(kind: 'reauthorise' | 'abort', session: string): Promise<number | undefined>;
}

export interface LinkServer {
  readonly port: number;
  close(): Promise<void>;
}

const HANDSHAKE_MS = 5_000;
const MOST_CONNECTIONS = 64;
/** Answers that the other does not read. */
const MOST_UNREAD_BYTES = 16_777_216;

/** Rejects with the system's error when it cannot listen there. */
export async function listenForEngines(host: string, port: number, secret: string, service: LinkService): Promise<LinkServer> {
  const psk = keyOf(secret);
  const sockets = new Set<Socket>();
  const server = createServer({
    ...{ ciphers: CIPHERS, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS, pskIdentityHint: IDENTITY },
    pskCallback: (_, identity) => (identity === IDENTITY ? psk : null),
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('tlsClientError', (_, socket) => socket.destroy());
  // From before the handshake: one that never ends it does not hold up the end.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    const reader = new FrameReader();
    socket.on('data', (piece: Buffer) => {
      try {
        for (const question of reader.push(piece)) void answer(socket, question as LinkQuestion); // of the same program, behind the key
      } catch {
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, () => resolve());
  });

  async function answer(socket: TLSSocket, question: LinkQuestion): Promise<void> {
    const given = await asked(question).catch(() => undefined);
    if (socket.destroyed) return;
    socket.write(frameOf({ id: question.id, answer: given } satisfies LinkAnswer));
    if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
  }

  function asked(question: LinkQuestion): Promise<LinkAnswer['answer']> {
    if ('request' in question) return service.handle(question.request);
    if ('command' in question) return service.apply(question.account, question.command);
    return service.tell(question.tell, question.session);
  }

  return {
    port: (server.address() as AddressInfo).port, // it listens on a port, not a pipe
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
