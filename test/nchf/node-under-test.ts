/** A gateway with a charging that is told what to answer, and a consumer of it. */
import { type ClientHttp2Session, connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import { type AddressInfo, BlockList } from 'node:net';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { NO_PROFILE } from '#gateways/nchf/roaming-profile.ts';
import { defaultNchfLimits, type NchfEvent, NchfServer, type NchfSettings } from '#gateways/nchf/server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where there is some. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly text: string;
}

export interface NodeUnderTest {
  readonly server: NchfServer;
  readonly origin: string;
  readonly requests: ChargingRequest[];
  readonly events: NchfEvent[];
  answer: (request: ChargingRequest) => Promise<ChargingAnswer> | ChargingAnswer;
  readonly consumer: ClientHttp2Session;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export const ROOT = '/nchf-convergedcharging/v3/chargingdata';

/** What every request must have, and a PDU session. */
export const chargingData = (values: object = {}): Readonly<Record<string, unknown>> => ({
  subscriberIdentifier: 'imsi-262011234567890',
  nfConsumerIdentification: { nFName: 'c1d2e3f4-0000-4000-8000-000000000001', nodeFunctionality: 'SMF' },
  invocationTimeStamp: '2026-11-22T10:00:00+01:00',
  invocationSequenceNumber: 0,
  chargingId: 4711,
  ...values,
});

/** Ten mebibytes for each item. */
export const generous = ({ session, number, items }: ChargingRequest): ChargingAnswer => ({
  ...{ session, number, result: 'granted' },
  items: items.map(({ ratingGroup }) => ({
    ratingGroup: ratingGroup ?? '',
    result: 'granted',
    granted: { bytes: 10_485_760n },
    validitySeconds: 3600,
  })),
});

function thisMachine(): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8);
  return list;
}

export async function withNode(settings: Partial<NchfSettings>, work: (under: NodeUnderTest) => Promise<void>): Promise<void> {
  const requests: ChargingRequest[] = [];
  const events: NchfEvent[] = [];
  const server = new NchfServer(
    {
      handle: async (request) => {
        requests.push(request);
        return under.answer(request);
      },
    },
    {
      ...{
        host: '127.0.0.1',
        port: 0,
        tls: undefined,
        token: undefined,
        homeNetworks: ['26201'],
        limits: defaultNchfLimits,
        roamingProfile: NO_PROFILE,
      },
      now: () => 1_795_000_000_000_000,
      notifyTo: thisMachine(),
      ...settings,
    },
    (event) => events.push(event),
  );
  const origin = `http://127.0.0.1:${await server.listen()}`;
  const consumer = connect(origin);
  const under: NodeUnderTest = {
    ...{ server, origin, requests, events, answer: generous, consumer },
    post: (path, body, headers = {}) => post(consumer, path, typeof body === 'string' ? body : JSON.stringify(body), headers),
  };
  try {
    await work(under);
  } finally {
    consumer.destroy();
    await server.close();
  }
}

export function post(
  consumer: ClientHttp2Session,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  return request(consumer, 'POST', path, body, headers);
}

export function request(
  consumer: ClientHttp2Session,
  method: string,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const endStream = body === '';
    const stream = consumer.request({ ':method': method, ':path': path, 'content-type': 'application/json', ...headers }, { endStream });
    let answer: IncomingHttpHeaders = {};
    let text = '';
    stream.setEncoding('utf8');
    stream.on('response', (received) => {
      answer = received;
    });
    stream.on('data', (piece: string) => {
      text += piece;
    });
    stream.on('error', reject);
    stream.on('close', () => {
      const parsed = text.startsWith('{') ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : undefined; // an object, it begins as one
      resolve({ status: Number(answer[':status']), headers: answer, body: parsed, text });
    });
    if (!endStream) stream.end(body);
  });
}

/** A consumer's address for notifications; what came there. */
export async function withNotifications(status: number, work: (uri: string, received: string[]) => Promise<void>): Promise<void> {
  const received: string[] = [];
  const server = createServer();
  server.on('stream', (stream) => {
    let text = '';
    stream.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    stream.on('end', () => {
      received.push(text);
      // A stream of a server can respond.
      (stream as unknown as { respond: (headers: object, options: object) => void }).respond({ ':status': status }, { endStream: true });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo; // it listens on a port
  try {
    await work(`http://127.0.0.1:${port}/notify/1?session=2`, received);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
