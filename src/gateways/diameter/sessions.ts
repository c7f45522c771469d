/** What we ask of a session's client: to ask again (RAR, RFC 8506 §5.5), to end (ASR, RFC 6733 §8.5). */
import { AvpCursor } from '#codecs/diameter/avp-cursor.ts';
import { buildMessage, readMessage } from '#codecs/diameter/build.ts';
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import { HEADER_BYTES } from '#codecs/diameter/header.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import { printable } from '#codecs/octet-texts.ts';
import { sameName } from './admission.ts';
import type { DiameterConnection, IncomingRequest } from './connection.ts';
import type { NodeIdentity } from './settings.ts';

const ORIGIN_HOST = 264;
const ORIGIN_REALM = 296;
/** Clients behind agents whose way is remembered; the longest unheard is forgotten. */
const MOST_ROUTES = 100_000;
const AUTHORIZE_ONLY = 0;

interface Route {
  readonly host: string;
  readonly realm: string;
  via: string;
}

export class SessionRequests {
  readonly #dictionary: Dictionary;
  readonly #identity: NodeIdentity;
  readonly #connectionOf: (host: string) => DiameterConnection | undefined;
  readonly #writer = new MessageWriter();
  readonly #routes = new Map<string, Route>();
  #endToEnd = (Math.random() * 0xffff_ffff) >>> 0;

  constructor(dictionary: Dictionary, identity: NodeIdentity, connectionOf: (host: string) => DiameterConnection | undefined) {
    this.#dictionary = dictionary;
    this.#identity = identity;
    this.#connectionOf = connectionOf;
  }

  /** Remembers the way to the client of a session where its name does not say it: it is behind an agent, or names sessions otherwise. */
  seen(session: string, { connection, message }: IncomingRequest): void {
    const { peer } = connection;
    if (peer === undefined || (session.startsWith(peer.host) && session[peer.host.length] === ';')) return;
    const key = hostOf(session);
    if (sameName(key, peer.host)) return;
    const known = this.#routes.get(key);
    if (known?.via === peer.host) return;
    const route: Route = { ...originOf(message), via: peer.host };
    if (known !== undefined && sameName(known.host, route.host)) {
      // By another agent now. A Map that loses and gets a member with each request keeps all its tables until everything is collected.
      known.via = peer.host;
      return;
    }
    const own = sameName(route.host, key) ? key : session;
    this.#routes.delete(own);
    this.#routes.set(own, route);
    const [oldest] = this.#routes.keys();
    if (this.#routes.size > MOST_ROUTES && oldest !== undefined) this.#routes.delete(oldest);
  }

  /** `groups`: those that shall ask again; none: all. Result-Code of the client; undefined when it cannot be reached or does not answer. */
  reauthorise(session: string, application: number, groups: readonly string[] = []): Promise<number | undefined> {
    const [group] = groups;
    // One group can be named (RFC 8506 §5.5): without, all of the session ask again.
    const named = groups.length === 1 && group !== undefined && /^\d{1,10}$/.test(group) ? { 'Rating-Group': Number(group) } : {};
    return this.#ask('RAR', session, application, { 'Re-Auth-Request-Type': AUTHORIZE_ONLY, ...named });
  }

  abort(session: string, application: number): Promise<number | undefined> {
    return this.#ask('ASR', session, application, {});
  }

  /** `values`: what the command has besides session, origin and destination. */
  async #ask(command: string, session: string, application: number, values: Readonly<Record<string, number>>): Promise<number | undefined> {
    const host = hostOf(session);
    const direct = this.#connectionOf(host);
    const route = this.#routes.get(host) ?? this.#routes.get(session);
    const connection = direct ?? (route === undefined ? undefined : this.#connectionOf(route.via));
    const realm = direct?.peer?.realm ?? route?.realm;
    if (connection === undefined || realm === undefined) return undefined;
    this.#endToEnd = (this.#endToEnd + 1) >>> 0;
    const endToEnd = this.#endToEnd;
    const answer = await connection.ask((hopByHop) => {
      const built = buildMessage(
        this.#dictionary,
        this.#writer,
        { command, application, hopByHop, endToEnd },
        {
          'Session-Id': session,
          'Origin-Host': this.#identity.host,
          'Origin-Realm': this.#identity.realm,
          'Destination-Realm': realm,
          'Destination-Host': direct === undefined ? (route?.host ?? host) : (direct.peer?.host ?? host),
          'Auth-Application-Id': application,
          ...values,
        },
      );
      if (!built.ok) throw new TypeError(built.refusals.map(({ message }) => message).join('; '));
      return built.value;
    });
    const result = answer === undefined ? undefined : readMessage(this.#dictionary, answer)?.values['Result-Code'];
    return typeof result === 'number' ? result : undefined;
  }
}

/** Session-Id begins with the name of who began it (RFC 6733 §8.8). */
function hostOf(session: string): string {
  const end = session.indexOf(';');
  return end < 0 ? session : session.slice(0, end);
}

function originOf(message: Uint8Array): { readonly host: string; readonly realm: string } {
  const cursor = new AvpCursor(new DataView(message.buffer, message.byteOffset, message.byteLength)).enter(HEADER_BYTES, message.length);
  let [host, realm] = ['', ''];
  while (cursor.next()) {
    if (cursor.vendor !== 0) continue;
    if (cursor.code === ORIGIN_HOST) host = printable(cursor.view, cursor.from, cursor.to) ?? '';
    else if (cursor.code === ORIGIN_REALM) realm = printable(cursor.view, cursor.from, cursor.to) ?? '';
  }
  return { host, realm };
}
