/** A small S3 server in this process: ListObjectsV2, GetObject, CopyObject, DeleteObject, with signatures checked as AWS describes them. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, StoredObject>;
  put(key: string, body: string | Buffer): void;
  /** Answers so many requests with 503 SlowDown. */
  busyFor: number;
  /** Ends a body after so many bytes. */
  cutAfterBytes: number;
  readonly requests: string[];
  close(): Promise<void>;
}

export const ACCOUNT = {
  region: 'eu-central-1',
  bucket: 'cdr',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, StoredObject>();
  const state = { busyFor: 0, cutAfterBytes: Infinity };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const refused = faultOf(request);
    if (refused !== undefined)
      return answer(response, 403, `<Error><Code>${refused}</Code><Message>The signature is wrong.</Message></Error>`);
    if (state.busyFor > 0) {
      state.busyFor -= 1;
      return answer(response, 503, '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>');
    }
    return serve(request, response, objects, state.cutAfterBytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    requests,
    put: (key: string, body: string | Buffer) => objects.set(key, stored(Buffer.from(body))),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

function stored(body: Buffer): StoredObject {
  return { body, etag: createHash('md5').update(body).digest('hex'), modified: new Date(Date.now() - 60_000) };
}

function serve(request: IncomingMessage, response: ServerResponse, objects: Map<string, StoredObject>, cutAfterBytes: number): unknown {
  const url = new URL(request.url ?? '', 'http://localhost');
  const [, bucket, ...rest] = url.pathname.split('/');
  const key = rest.map(decodeURIComponent).join('/');
  if (bucket !== ACCOUNT.bucket) return answer(response, 404, '<Error><Code>NoSuchBucket</Code></Error>');
  if (key === '') return answer(response, 200, list(objects, url.searchParams));
  const source = request.headers['x-amz-copy-source'];
  if (request.method === 'PUT' && typeof source === 'string') {
    const [, , ...from] = source.split('/');
    const object = objects.get(from.map(decodeURIComponent).join('/'));
    if (object === undefined) return answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
    objects.set(key, object);
    return answer(response, 200, `<CopyObjectResult><ETag>"${object.etag}"</ETag></CopyObjectResult>`);
  }
  if (request.method === 'DELETE') {
    objects.delete(key);
    return answer(response, 204, '');
  }
  const object = objects.get(key);
  if (object === undefined) return answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== `"${object.etag}"`)
    return answer(response, 412, '<Error><Code>PreconditionFailed</Code></Error>');
  response.writeHead(200, { etag: `"${object.etag}"`, 'content-length': object.body.length });
  if (object.body.length <= cutAfterBytes) return response.end(object.body);
  return response.write(object.body.subarray(0, cutAfterBytes), () => response.destroy());
}

function list(objects: Map<string, StoredObject>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const keys = [...objects.keys()].sort().filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/'));
  const from = Number(query.get('continuation-token') ?? '0');
  const page = keys.slice(from, from + 1000);
  const entries = page.map((key) => {
    const object = objects.get(key);
    return `<Contents><Key>${encodeURIComponent(key).replaceAll('%2F', '/')}</Key><LastModified>${object?.modified.toISOString()}</LastModified><ETag>&quot;${object?.etag}&quot;</ETag><Size>${object?.body.length}</Size></Contents>`;
  });
  const more = from + 1000 < keys.length;
  const next = more ? `<NextContinuationToken>${from + 1000}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${more}</IsTruncated>${next}${entries.join('')}<CommonPrefixes><Prefix>${prefix}loaded/</Prefix></CommonPrefixes></ListBucketResult>`;
}

function answer(response: ServerResponse, status: number, body: string): ServerResponse {
  return response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

/** Written from "Signature Calculations for the Authorization Header" of the Amazon S3 API reference, apart from the client. */
function faultOf(request: IncomingMessage): string | undefined {
  const { headers } = request;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (parts === null) return 'AuthorizationHeaderMalformed';
  const [, access, date = '', region = '', names = '', signature] = parts;
  if (access !== ACCOUNT.accessKey || region !== ACCOUNT.region) return 'InvalidAccessKeyId';
  if (!names.split(';').includes('host')) return 'AuthorizationHeaderMalformed';
  const url = new URL(request.url ?? '', 'http://localhost');
  const query = [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname.split('/').map(decodeURIComponent).map(strict).join('/'),
    query,
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${date}/${region}/s3/aws4_request`, digest].join('\n');
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${ACCOUNT.secretKey}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

function strict(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
