/** A Diameter client for tests by hand: a session or an event of a subscriber, or messages of a file, with what comes back. */
import { hostname } from 'node:os';
import { type AvpInput, type AvpValues, buildMessage } from '#codecs/diameter/build.ts';
import { checkMessage } from '#codecs/diameter/check.ts';
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import { messageTree } from '#codecs/diameter/tree.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type ClientOptions, connectDiameter } from '#gateways/diameter/client.ts';
import { defaultLimits } from '#gateways/diameter/settings.ts';
import { type DecodedMessage, diameterDictionary } from './diameter.ts';

export interface SendOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: ClientOptions['tls'];
  readonly originHost: string;
  readonly originRealm: string;
  readonly timeoutSeconds: number;
  /** Messages of the server are waited for so long after the last answer; RAR and ASR are answered. */
  readonly waitSeconds: number;
}

export interface SentMessage {
  /** `CCR` … Origin-Host and Origin-Realm, and the realm of the node as Destination-Realm, are added where they lack. */
  readonly command: string;
  readonly application?: number;
  readonly values: AvpValues;
}

export type SendEvent =
  | { readonly kind: 'sent' | 'received'; readonly message: DecodedMessage; readonly milliseconds?: number }
  | { readonly kind: 'silence'; readonly command: string };

const CREDIT_CONTROL = 4;
const writer = new MessageWriter();

/** Throws RefusedError: `diameter.no-connection`, `diameter.message-wrong`. */
export async function* sendDiameter(messages: readonly SentMessage[], options: SendOptions): AsyncGenerator<SendEvent, void, undefined> {
  const dictionary = diameterDictionary();
  const { originHost, originRealm } = options;
  const arrived: SendEvent[] = [];
  let [hear, ended] = [(): void => undefined, false];
  const client = await connectDiameter({
    ...{ host: options.host, port: options.port, tls: options.tls, dictionary },
    limits: { ...defaultLimits, answerMs: options.timeoutSeconds * 1_000, capabilitiesMs: options.timeoutSeconds * 1_000 },
    identity: {
      host: originHost,
      realm: originRealm,
      others: [],
      product: 'Carillon',
      originState: 1,
      applications: applicationsOf(messages),
    },
    asked: (header, message) => {
      arrived.push({ kind: 'received', message: decoded(dictionary, message.slice()) });
      const answer = answerTo(dictionary, header.command, header.hopByHop, header.endToEnd, message, { originHost, originRealm });
      if (answer !== undefined) arrived.push({ kind: 'sent', message: decoded(dictionary, answer) });
      hear();
      return answer;
    },
    ended: () => {
      ended = true;
      hear();
    },
  });
  const origin = { 'Origin-Host': originHost, 'Origin-Realm': originRealm };
  const peerRealm = client.connection.peer?.realm ?? '';
  try {
    for (const [index, { command, application, values }] of messages.entries()) {
      let sent: Uint8Array | undefined;
      const started = performance.now();
      const answered = client.connection.ask((hopByHop) => {
        const input = { command, hopByHop, endToEnd: index + 1, ...(application === undefined ? {} : { application }) };
        const built = buildMessage(dictionary, writer, input, { ...addressed(dictionary, command, origin, peerRealm), ...values });
        if (!built.ok) throw new RefusedError(...built.refusals);
        sent = built.value.slice();
        return sent;
      });
      if (sent !== undefined) yield { kind: 'sent', message: decoded(dictionary, sent) };
      const answer = await answered;
      const milliseconds = performance.now() - started;
      yield* arrived.splice(0);
      if (answer === undefined) yield { kind: 'silence', command };
      else yield { kind: 'received', message: decoded(dictionary, answer.slice()), milliseconds };
    }
    const until = performance.now() + options.waitSeconds * 1_000;
    while (!ended && performance.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, until - performance.now());
        hear = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      yield* arrived.splice(0);
    }
  } finally {
    await client.close();
  }
}

/** What every request of an application names; those between neighbours have no destination. */
function addressed(dictionary: Dictionary, command: string, origin: AvpValues, realm: string): AvpValues {
  const definition = [...dictionary.commands.values()].find(({ short }) => command === `${short}R`);
  const routed = definition?.request.byAvp.has(dictionary.named('Destination-Realm')) === true;
  return routed ? { ...origin, 'Destination-Realm': realm } : origin;
}

function applicationsOf(messages: readonly SentMessage[]): number[] {
  return [...new Set([CREDIT_CONTROL, ...messages.flatMap(({ application }) => (application === undefined ? [] : [application]))])];
}

function decoded(dictionary: Dictionary, bytes: Uint8Array): DecodedMessage {
  const found = { from: undefined, frame: undefined, bytes };
  return { found, tree: messageTree(dictionary, bytes), faults: checkMessage(dictionary, bytes) };
}

/** RAR, ASR and SNR are agreed to; of other requests none is expected. */
function answerTo(
  dictionary: Dictionary,
  command: number,
  hopByHop: number,
  endToEnd: number,
  message: Uint8Array,
  { originHost, originRealm }: { readonly originHost: string; readonly originRealm: string },
): Uint8Array | undefined {
  const name = dictionary.commandShort(command, false);
  const session = messageTree(dictionary, message)?.avps.find(({ definition }) => definition?.name === 'Session-Id');
  if (name === undefined || session === undefined) return undefined;
  const from = session.offset + 8;
  const built = buildMessage(
    dictionary,
    writer,
    { command: name, hopByHop, endToEnd },
    {
      'Session-Id': Buffer.from(message.subarray(from, session.offset + session.length)).toString(),
      'Result-Code': 2001,
      'Origin-Host': originHost,
      'Origin-Realm': originRealm,
    },
  );
  return built.ok ? built.value.slice() : undefined;
}

/** A name that is this machine's and this command's own. */
export function defaultOrigin(): { readonly host: string; readonly realm: string } {
  const name = hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-');
  return { host: `carillon-send-${process.pid}.${name}`, realm: name };
}

/**
 * Messages of JSON text: one object or a list, each with `command`, `application` where it is not the command's own, and AVPs by
 * their names. Groups are objects, repeated AVPs lists, octets `"0x…"`, long numbers digits in quotes.
 */
export function readMessages(text: string, file: string): readonly SentMessage[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new RefusedError(refuse('diameter.message-wrong', error instanceof Error ? error.message : String(error), { file }));
  }
  const dictionary = diameterDictionary();
  return (Array.isArray(parsed) ? parsed : [parsed]).map((each: unknown, index) => {
    const wrong = (message: string, field?: string): RefusedError =>
      new RefusedError(
        refuse('diameter.message-wrong', message, { file, field: `message ${index + 1}${field === undefined ? '' : ` > ${field}`}` }),
      );
    if (!isObject(each)) throw wrong('a message is an object');
    const { command, application, ...avps } = each;
    if (typeof command !== 'string') throw wrong('it needs a command, such as "CCR"', 'command');
    if (application !== undefined && typeof application !== 'number') throw wrong('it is a number', 'application');
    const values = Object.fromEntries(Object.entries(avps).map(([name, value]) => [name, inputOf(dictionary, name, value, wrong)]));
    return { command, values, ...(application === undefined ? {} : { application }) };
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inputOf(
  dictionary: Dictionary,
  name: string,
  value: unknown,
  wrong: (message: string, field?: string) => RefusedError,
): AvpInput | AvpInput[] {
  if (Array.isArray(value)) return value.map((each: unknown) => single(dictionary, name, each, wrong));
  return single(dictionary, name, value, wrong);
}

function single(dictionary: Dictionary, name: string, value: unknown, wrong: (message: string, field?: string) => RefusedError): AvpInput {
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([member, each]) => [member, inputOf(dictionary, member, each, wrong)]));
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw wrong('it is an object, a text, a number, or a list of them', name);
  const type = dictionary.names.get(name)?.type;
  if (type === 'OctetString') {
    if (!/^0x([0-9a-f]{2})*$/i.test(value)) throw wrong('octets are written as "0x" and hexadecimal digits', name);
    return new Uint8Array(Buffer.from(value.slice(2), 'hex'));
  }
  return (type === 'Unsigned64' || type === 'Integer64') && /^-?\d{1,20}$/.test(value) ? BigInt(value) : value;
}
