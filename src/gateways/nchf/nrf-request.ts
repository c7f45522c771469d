/** One request to an NRF by HTTP/2, on a connection of its own: there is one in a minute. */
import { connect, type IncomingHttpHeaders } from 'node:http2';

export interface NrfTls {
  readonly authorities: string | undefined;
  /** What we show it, where it asks. */
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

export interface NrfAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

const MOST_BODY_BYTES = 65_536;

/** Rejects when there is no whole answer within the time. */
export function askNrf(
  { method, uri, type, body }: { readonly method: string; readonly uri: URL; readonly type?: string; readonly body?: string },
  tls: NrfTls,
  limitMs: number,
): Promise<NrfAnswer> {
  return new Promise((resolve, reject) => {
    const session = connect(uri.origin, {
      maxSessionMemory: 1,
      ...(tls.authorities === undefined ? {} : { ca: tls.authorities }),
      ...(tls.certificate === undefined || tls.key === undefined ? {} : { cert: tls.certificate, key: tls.key }),
    });
    const ended = (done: () => void): void => {
      clearTimeout(late);
      done();
      session.destroy();
    };
    const failed = (error: Error): void => ended(() => reject(error));
    const late = setTimeout(() => failed(new Error(`no answer within ${limitMs} ms`)), limitMs);
    session.on('error', failed);
    session.once('close', () => failed(new Error('the connection was closed')));
    const stream = session.request(
      {
        ':method': method,
        ':path': uri.pathname + uri.search,
        accept: 'application/json',
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      { endStream: body === undefined },
    );
    let headers: IncomingHttpHeaders = {};
    const pieces: Buffer[] = [];
    let bytes = 0;
    stream.on('response', (received) => {
      headers = received;
    });
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
      pieces.push(piece);
      if (bytes > MOST_BODY_BYTES) failed(new Error(`its answer has more than ${MOST_BODY_BYTES} octets`));
    });
    stream.on('error', failed);
    stream.once('end', () =>
      ended(() => resolve({ status: Number(headers[':status']), location: headers.location, text: Buffer.concat(pieces).toString() })),
    );
    if (body !== undefined) stream.end(body);
  });
}
