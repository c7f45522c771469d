/** A RADIUS client for tests by hand: a session of a user with its reports, and what comes back. */
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { attributeOf, octetsOf, packetCodes, type RadiusPacket } from '#codecs/radius/packet.ts';
import { type ShownPacket, shownPacket } from '#codecs/radius/shown.ts';
import { type NamedValue, namedValue, utf8 } from '#codecs/radius/write-value.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { type Asked, type GivenPassword, listenForDynamic, RadiusClientPeer } from '#gateways/radius/client.ts';
import { radiusDictionary } from './radius.ts';

export interface RadiusSendOptions {
  readonly host: string;
  readonly accessPort: number;
  readonly accountingPort: number;
  readonly secret: string;
  readonly timeoutSeconds: number;
  readonly tries: number;
  /** Attributes of every request, `Name=value`. */
  readonly attributes: readonly string[];
  readonly user: string | undefined;
  readonly password: GivenPassword | undefined;
  readonly calling: string | undefined;
  readonly called: string | undefined;
  /** Acct-Session-Id; undefined: a new one. */
  readonly session: string | undefined;
  /** False: accounting only. */
  readonly access: boolean;
  /** What was used, one report for each: `5MB`, `60s`. The last is the Stop; empty: Start and Stop are not sent. */
  readonly use: readonly string[];
  /** Takes Disconnect and CoA at this port of this machine, and agrees; undefined: not. */
  readonly listen: number | undefined;
  /** Stays so long before the Stop. */
  readonly waitSeconds: number;
}

export type RadiusSendEvent =
  | { readonly kind: 'sent' | 'received'; readonly packet: ShownPacket; readonly milliseconds?: number }
  | { readonly kind: 'silence'; readonly request: string };

const CLASS = 25;
const GIGAWORD = 2n ** 32n;
const bytesOf = { B: 1n, kB: 1_000n, KB: 1_000n, MB: 1_000_000n, GB: 1_000_000_000n } as const;
const secondsOf = { s: 1n, min: 60n, h: 3_600n } as const;

/** Throws RefusedError: `radius.attribute-wrong`, `radius.no-connection`. */
export async function* sendRadius(options: RadiusSendOptions): AsyncGenerator<RadiusSendEvent, void, undefined> {
  const { accessPort, accountingPort, access, use, listen, waitSeconds } = options;
  const secret = utf8(options.secret);
  const host = await addressOf(options.host);
  const own = valuesOf(options);
  const reports = use.map(amountOf);
  const nas = new RadiusClientPeer({ host, secret, timeoutMs: options.timeoutSeconds * 1_000, tries: options.tries });
  const arrived: RadiusSendEvent[] = [];
  const listener =
    listen === undefined
      ? undefined
      : await listenForDynamic({ host: host.includes(':') ? '::' : '0.0.0.0', port: listen, secret }, (request) => {
          arrived.push({ kind: 'received', packet: shown(request) });
          return 'ack';
        }).catch((error: unknown) => {
          throw unreachable(error);
        });
  const ask = async (port: number, code: number, values: readonly NamedValue[], password?: GivenPassword): Promise<Asked> =>
    nas.ask(port, code, [...own, ...values], password).catch((error: unknown) => {
      throw unreachable(error);
    });
  try {
    let given: readonly NamedValue[] = [];
    if (access) {
      const asked = await ask(accessPort, packetCodes.accessRequest, [], options.password);
      yield* eventsOf(asked);
      const found = asked.answer && attributeOf(asked.answer, CLASS);
      if (asked.answer !== undefined && found !== undefined)
        given = [{ definition: radiusDictionary().named('Class'), octets: octetsOf(asked.answer, found).slice() }];
      if (asked.answer?.code !== packetCodes.accessAccept) return;
    }
    if (reports.length === 0) return;
    const account = (status: string, values: readonly NamedValue[]): Promise<Asked> =>
      ask(accountingPort, packetCodes.accountingRequest, [...made({ 'Acct-Status-Type': status }), ...given, ...values]);
    yield* eventsOf(await account('Start', []));
    let [bytes, seconds] = [0n, 0n];
    for (const [index, more] of reports.entries()) {
      bytes += more.bytes;
      seconds += more.seconds;
      const isLast = index === reports.length - 1;
      if (isLast) yield* waited(arrived, waitSeconds);
      yield* eventsOf(await account(isLast ? 'Stop' : 'Interim-Update', totals(bytes, seconds)));
      yield* arrived.splice(0);
    }
    yield* waited(arrived, Math.min(waitSeconds, 0.2));
  } finally {
    nas.close();
    listener?.close();
  }
}

function* eventsOf({ request, answer, milliseconds }: Asked): Generator<RadiusSendEvent, void, undefined> {
  const packet = shown(request);
  yield { kind: 'sent', packet };
  if (answer === undefined) yield { kind: 'silence', request: packet.name };
  else yield { kind: 'received', packet: shown(answer), milliseconds };
}

async function* waited(arrived: RadiusSendEvent[], seconds: number): AsyncGenerator<RadiusSendEvent, void, undefined> {
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    yield* arrived.splice(0);
  }
}

const shown = (packet: RadiusPacket): ShownPacket => shownPacket(radiusDictionary(), packet);

function totals(bytes: bigint, seconds: bigint): readonly NamedValue[] {
  return made({
    'Acct-Session-Time': String(seconds),
    'Acct-Input-Octets': '0',
    'Acct-Output-Octets': String(bytes % GIGAWORD),
    'Acct-Output-Gigawords': String(bytes / GIGAWORD),
  });
}

function valuesOf({ user, calling, called, session, attributes }: RadiusSendOptions): readonly NamedValue[] {
  const given = attributes.map((each): readonly [string, string] => {
    const at = each.indexOf('=');
    if (at < 1) throw wrong('an attribute is written as Name=value', each);
    return [each.slice(0, at), each.slice(at + 1)];
  });
  const names = new Set(given.map(([name]) => name));
  const usual: Record<string, string> = { 'NAS-Identifier': 'carillon-send', 'Acct-Session-Id': session ?? randomBytes(8).toString('hex') };
  if (user !== undefined) usual['User-Name'] = user;
  if (calling !== undefined) usual['Calling-Station-Id'] = calling;
  if (called !== undefined) usual['Called-Station-Id'] = called;
  const own = Object.fromEntries(Object.entries(usual).filter(([name]) => !names.has(name)));
  return [...made(own), ...given.flatMap(([name, value]) => made({ [name]: value }))];
}

function made(values: Readonly<Record<string, string>>): readonly NamedValue[] {
  return Object.entries(values).map(([name, value]) => {
    const one = namedValue(radiusDictionary(), name, value);
    if (typeof one === 'string') throw wrong(one, `${name}=${value}`);
    return one;
  });
}

function amountOf(text: string): { readonly bytes: bigint; readonly seconds: bigint } {
  const [, digits = '', unit = ''] = /^(\d{1,15})\s*(B|kB|KB|MB|GB|s|min|h)$/.exec(text) ?? [];
  if (digits === '') throw wrong('what was used is 5MB or 60s', text);
  if (unit === 's' || unit === 'min' || unit === 'h') return { bytes: 0n, seconds: BigInt(digits) * secondsOf[unit] };
  return { bytes: BigInt(digits) * (bytesOf[unit as keyof typeof bytesOf] ?? 1n), seconds: 0n }; // the pattern has no others
}

function wrong(message: string, value: string): RefusedError {
  return new RefusedError(refuse('radius.attribute-wrong', message, { value: value.slice(0, 120) }));
}

function unreachable(error: unknown): RefusedError {
  return new RefusedError(refuse('radius.no-connection', error instanceof Error ? error.message : String(error)));
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch (error) {
    throw unreachable(error);
  }
}
