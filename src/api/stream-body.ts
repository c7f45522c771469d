/** Bodies that are streams: bounded in length and in time, never in memory, and refused as everything else is. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { SentStream, StreamDesk } from '#operations/uploads/ports.ts';

/**
 * Takes the body in, and then does the work. Throws RefusedError: `api.body-too-large`, `api.too-slow`, `api.body-malformed`
 * (cut off), and what desk and work refuse. After a refusal nothing more of the body is read: the connection ends.
 */
export async function withStream<T>(
  desk: StreamDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  idleMs: number,
  work: (sent: SentStream) => Promise<T>,
): Promise<T> {
  try {
    if (Number(request.headers['content-length'] ?? '0') > desk.mostBytes) throw tooLong(desk);
    const sent = await desk.receive(bounded(request.body as Readable, desk, idleMs)); // as the parser of its type gives it
    try {
      return await work(sent);
    } finally {
      await sent.drop();
    }
  } catch (error) {
    if (!request.raw.complete) reply.header('connection', 'close');
    throw error;
  }
}

function tooLong({ mostBytes, remedy }: StreamDesk): RefusedError {
  return new RefusedError(refuse('api.body-too-large', `a body may have ${mostBytes} bytes here: ${remedy}`));
}

async function* bounded(body: Readable, desk: StreamDesk, idleMs: number): AsyncGenerator<Buffer> {
  // Left early it stays open: the answer goes over the same connection.
  const chunks = body.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  let bytes = 0;
  while (true) {
    const next = await within(idleMs, chunks.next());
    if (next.done === true) return;
    const chunk = next.value as Buffer; // no encoding was set
    bytes += chunk.length;
    if (bytes > desk.mostBytes) throw tooLong(desk);
    yield chunk;
  }
}

async function within<T>(ms: number, next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RefusedError(refuse('api.too-slow', `nothing came of the body within ${ms / 1_000} s`))), ms);
  });
  try {
    return await Promise.race([next, over]);
  } catch (error) {
    next.catch(() => undefined); // nobody waits for it any more
    if (error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw new RefusedError(refuse('api.body-malformed', 'the body ended before it was whole'));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Of other bodies all must come in time: the server's own limit is that of streams. `refuseIt` ends the connection. */
export function comesWithin(request: IncomingMessage, reply: FastifyReply, ms: number, refuseIt: (code: string) => void): void {
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (reply.raw.headersSent) request.destroy();
    else refuseIt('ERR_HTTP_REQUEST_TIMEOUT');
  }, ms);
  timer.unref();
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}
