/** A charging node with a charging that is told what to answer, clients of it, and raw sockets for what no client does. */
import { connect, type Socket } from 'node:net';
import { diameterDictionary } from '#app/diameter.ts';
import { type AvpValues, buildMessage, readMessage } from '#codecs/diameter/build.ts';
import { MessageStream } from '#codecs/diameter/stream.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import { type ClientOptions, connectDiameter, type DiameterClient } from '#gateways/diameter/client.ts';
import { type ChargingNode, type ChargingNodeEvent, type ChargingNodeSettings, chargingNode } from '#gateways/diameter/node.ts';
import { type ConnectionLimits, defaultLimits, type ListenSettings } from '#gateways/diameter/settings.ts';

export const dictionary = diameterDictionary();
const writer = new MessageWriter();

export interface NodeUnderTest {
  readonly node: ChargingNode;
  readonly port: number;
  readonly ports: readonly number[];
  readonly requests: ChargingRequest[];
  readonly events: ChargingNodeEvent[];
  /** What charging answers from now on. */
  answer: (request: ChargingRequest) => Promise<ChargingAnswer> | ChargingAnswer;
  client(options?: Partial<ClientOptions> & { name?: string }): Promise<DiameterClient>;
}

/** Ten mebibytes for each item, whoever asks. */
export const generous = ({ session, number, items }: ChargingRequest): ChargingAnswer => ({
  ...{ session, number, result: 'granted' },
  items: items.map(({ ratingGroup, services }) => ({
    ...(ratingGroup === undefined ? {} : { ratingGroup }),
    ...(services === undefined ? {} : { services }),
    result: 'granted',
    granted: { bytes: 10_485_760n },
    validitySeconds: 3600,
  })),
});

export async function withNode(
  settings: Partial<ChargingNodeSettings> & { limits?: ConnectionLimits },
  work: (under: NodeUnderTest) => Promise<void>,
): Promise<void> {
  const requests: ChargingRequest[] = [];
  const events: ChargingNodeEvent[] = [];
  const clients: DiameterClient[] = [];
  const listen: readonly ListenSettings[] = [{ host: '127.0.0.1', port: 0, tls: undefined }];
  const under: NodeUnderTest = {
    node: chargingNode(
      {
        ask: (request, answered) => {
          requests.push(request);
          const answer = under.answer(request);
          if (answer instanceof Promise) void answer.then(answered);
          else answered(answer);
        },
      },
      {
        ...{ dictionary, limits: defaultLimits, listen, peers: undefined, mostConnections: 100, contexts: {}, homeNetworks: ['26201'] },
        identity: { host: 'ocs1.example.net', realm: 'example.net', others: ['ocs2.example.net'], product: 'Carillon', originState: 7 },
        now: () => 1_795_000_000_000_000,
        ...settings,
      },
      (event) => events.push(event),
    ),
    ...{ port: 0, ports: [], requests, events, answer: generous },
    client: async ({ name = 'pgw1.epc.example.org', ...options } = {}) => {
      const client = await connectDiameter({
        ...{ host: '127.0.0.1', port: under.port, tls: undefined, dictionary, limits: defaultLimits },
        identity: { host: name, realm: 'epc.example.org', others: [], product: 'test', originState: 1, applications: [4] },
        ...options,
      });
      clients.push(client);
      return client;
    },
  };
  const ports = await under.node.listen();
  Object.assign(under, { ports, port: ports[0] });
  try {
    await work(under);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await under.node.close();
  }
}

/** A request with what every CCR must have. */
export function ccr(values: AvpValues): AvpValues {
  return {
    'Session-Id': 'pgw1.epc.example.org;1;1',
    'Origin-Host': 'pgw1.epc.example.org',
    'Origin-Realm': 'epc.example.org',
    'Destination-Realm': 'example.net',
    'Auth-Application-Id': 4,
    'Service-Context-Id': '32251@3gpp.org',
    'CC-Request-Type': 1,
    'CC-Request-Number': 0,
    ...values,
  };
}

/** The octets, whatever is wrong with the values by the rules of the command. */
export function message(command: string, values: AvpValues, hopByHop = 1, application?: number): Uint8Array {
  const input = { command, hopByHop, endToEnd: 77, ...(application === undefined ? {} : { application }) };
  const built = buildMessage(dictionary, writer, input, values);
  if (!built.ok) throw new TypeError(built.refusals.map(({ message: text, at }) => `${at?.field ?? ''} ${text}`).join('; '));
  return built.value.slice();
}

/** Sends a request and reads what comes back by name; undefined when nothing did. */
export async function ask(client: DiameterClient, command: string, values: AvpValues, application?: number) {
  const answer = await client.connection.ask((hopByHop) => message(command, values, hopByHop, application));
  return answer === undefined ? undefined : readMessage(dictionary, answer);
}

export interface RawPeer {
  readonly socket: Socket;
  /** Messages that came, in order. */
  readonly received: ReturnType<typeof readMessage>[];
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>;
}

/** A connection that says nothing by itself. */
export async function rawPeer(port: number): Promise<RawPeer> {
  const socket = connect({ host: '127.0.0.1', port });
  const stream = new MessageStream();
  const received: ReturnType<typeof readMessage>[] = [];
  socket.on('data', (piece: Uint8Array) => {
    for (const each of stream.push(piece)) received.push(readMessage(dictionary, each.slice()));
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received, closed: new Promise((resolve) => void socket.once('close', () => resolve())) };
}

export const cer = (host: string, application = 4): Uint8Array =>
  message('CER', {
    'Origin-Host': host,
    'Origin-Realm': 'epc.example.org',
    'Host-IP-Address': '127.0.0.1',
    'Vendor-Id': 0,
    'Product-Name': 'raw',
    'Auth-Application-Id': application,
  });

/** Waits until something holds. */
export async function until(holds: () => boolean, milliseconds = 5_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error('it did not come to hold in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
