/** Signed requests to an S3-compatible server: one answer with its body, in time, or a named refusal. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Patience } from '#operations/collecting/ports.ts';
import { readError } from './answers.ts';

export interface S3Bucket {
  /** Undefined: Amazon's own for the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** '' for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the server says when it is asked again later: 503 SlowDown, 500 InternalError, 429. */
const LATER: readonly number[] = [429, 500, 502, 503, 504];
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const MOST_ERROR_BYTES = 64 * 1024;

export class S3Client {
  readonly #bucket: S3Bucket;
  readonly #base: string;
  readonly #patience: Patience;
  readonly #closing = new AbortController();

  constructor(bucket: S3Bucket, patience: Patience) {
    this.#bucket = bucket;
    this.#patience = patience;
    const { endpoint, region, bucket: name } = bucket;
    this.#base =
      endpoint !== undefined
        ? `${endpoint.replace(/\/$/, '')}/${name}`
        : name.includes('.')
          ? `https://s3.${region}.amazonaws.com/${name}`
          : `https://${name}.s3.${region}.amazonaws.com`;
  }

  /**
   * An answer with status 2xx, or one of `also`; its body must be read or destroyed. A server that is busy is asked again,
   * some times. Throws RefusedError (`collect.place-unreachable`).
   */
  async send(request: S3Request, also: readonly number[] = []): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt += 1) {
      let status = 0;
      let said: string;
      try {
        const answer = await this.#once(request);
        status = answer.statusCode ?? 0;
        if ((status >= 200 && status < 300) || also.includes(status)) return answer;
        said = `${status} ${readError(await bodyOf(answer, MOST_ERROR_BYTES))}`;
      } catch (error) {
        said = error instanceof Error ? error.message : String(error);
      }
      if (attempt >= ATTEMPTS || this.#closing.signal.aborted || (status !== 0 && !LATER.includes(status)))
        throw new RefusedError(refuse('collect.place-unreachable', `${this.#base}: ${said}`));
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#closing.abort();
  }

  async #once({ method, key, query = {}, headers = {} }: S3Request): Promise<IncomingMessage> {
    const path = key === '' ? '' : `/${key.split('/').map(encoded).join('/')}`;
    const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
    const url = `${this.#base}${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
    const { accessKey, secretKey, region } = this.#bucket;
    const signer = new AwsV4Signer({
      method,
      url,
      headers: { ...headers },
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      service: 's3',
      region,
    });
    const signed = await signer.sign();
    const { connectMs, answerMs } = this.#patience;
    return new Promise((resolve, reject) => {
      const send = signed.url.protocol === 'http:' ? requestHttp : requestHttps;
      const outgoing = send(signed.url, { method, headers: Object.fromEntries(signed.headers), signal: this.#closing.signal });
      // Nothing moved for so long, also in the middle of a body.
      outgoing.setTimeout(answerMs, () => outgoing.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
      const connecting = setTimeout(() => outgoing.destroy(new Error(`no connection within ${connectMs / 1000} s`)), connectMs);
      outgoing.on('socket', (socket) => {
        const connected = (): void => clearTimeout(connecting);
        if (socket.connecting) socket.once('connect', connected);
        else connected();
      });
      outgoing.on('close', () => clearTimeout(connecting));
      outgoing.on('error', reject);
      outgoing.on('response', resolve);
      outgoing.end();
    });
  }
}

/** A whole body that fits in memory. Throws when it is longer, or cut. */
export async function bodyOf(answer: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    const piece = chunk as Buffer; // no encoding was set
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error(`the answer has more than ${mostBytes} bytes`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** As RFC 3986 §2.3 leaves unreserved characters alone, which is what the signature counts on. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
