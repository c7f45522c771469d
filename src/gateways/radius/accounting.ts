/** Accounting-Request: Start, Interim, Stop, On and Off (RFC 2866). Answered when what it says is durable. */
import { packetCodes, type RadiusPacket } from '#codecs/radius/packet.ts';
import { integerOf } from '#codecs/radius/values.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingOperation, ChargingRequest, RequestItem } from '#core/charging/request.ts';
import { type HandlingOptions, type Reply, sessionOfId, wantedBy } from './access.ts';
import { attribute, statusType } from './attribute-codes.ts';
import type { RadiusCounts } from './counts.ts';
import { type Verdict, verdictOf } from './limits.ts';
import type { RadiusBooks } from './ports.ts';
import { answeredMicros, classOf, countedBy, eventMicros, factsOf, identitiesOf, nasOf, placeOf } from './read-request.ts';
import { readSessionName, sessionPrefix } from './session-name.ts';
import type { RadiusClient } from './settings.ts';

export interface AccountingOptions extends HandlingOptions {
  readonly books: RadiusBooks;
  readonly counts: RadiusCounts;
  /** A session must be told other limits, or must end. */
  readonly tell: (session: string, verdict: Verdict) => void;
}

const DONE: Reply = { code: packetCodes.accountingResponse, values: [], result: 'done' };
const MOST_AT_ONCE = 256;
/** Of a NAS that begins anew; more are closed when they are silent for too long. */
const MOST_CLOSED = 100_000;
/** Two beginnings of a NAS that are stated so near to each other are one, said twice. */
const SAME_START_MICROS = 60_000_000;
const MOST_STARTS = 10_000;

export class Accounting {
  readonly #options: AccountingOptions;
  /** When NASes began last, by their names. */
  readonly #starts = new Map<string, number>();

  constructor(options: AccountingOptions) {
    this.#options = options;
  }

  /** Undefined: no answer, the NAS says it again. `incomplete`: it never will be answered. */
  async handle(client: RadiusClient, packet: RadiusPacket, address: string): Promise<Reply | 'incomplete' | undefined> {
    const status = integerOf(packet, attribute.statusType);
    switch (status) {
      case statusType.start:
      case statusType.interim:
      case statusType.stop:
        return this.#session(client, packet, address, status);
      case statusType.on:
      case statusType.off:
        return this.#begun(client, packet, address);
      case undefined:
        return 'incomplete';
      default:
        return { ...DONE, result: 'passed-over' };
    }
  }

  async #session(client: RadiusClient, packet: RadiusPacket, address: string, status: number): Promise<Reply | 'incomplete' | undefined> {
    const { charging, known, now, counts, dictionary, tell } = this.#options;
    const named = classOf(packet);
    const isOurs = named !== undefined && readSessionName(named)?.client === client.name;
    const session = isOurs ? named : sessionOfId(client, packet, address);
    if (session === undefined) return 'incomplete';
    const answer = await charging.handle(this.#request(client, packet, session, status, isOurs));
    if (answer.result === 'too-busy' || answer.result === 'unable-to-comply') return undefined;
    const isEnd = status === statusType.stop;
    const isOver = answer.result === 'unknown-session' || answer.result === 'out-of-order';
    if (isOver || answer.result === 'user-unknown') {
      counts.uncharged += 1;
      // It runs on and nobody pays for it.
      if (!isEnd) {
        known.heard(session, {
          client: client.name,
          place: placeOf(packet, address),
          elapsedSeconds: 0,
          atMs: now() / 1_000,
          told: undefined,
        });
        tell(session, { kind: 'stop', reason: isOver ? 'unknown-session' : 'user-unknown' });
      }
      return { ...DONE, result: answer.result };
    }
    if (answer.items.some(({ result }) => result === 'out-of-order')) counts.wentBack += 1;
    if (isEnd) known.over(session);
    else this.#heard(session, client, packet, address, answer, status === statusType.start && isOurs ? undefined : dictionary);
    return { ...DONE, result: resultOf(answer) };
  }

  /** Remembers where the session is, and tells its NAS what has changed; `dictionary` is not there when nothing was asked for. */
  #heard(
    session: string,
    client: RadiusClient,
    packet: RadiusPacket,
    address: string,
    answer: ChargingAnswer,
    dictionary: AccountingOptions['dictionary'] | undefined,
  ): void {
    const { known, now, tell } = this.#options;
    const elapsedSeconds = integerOf(packet, attribute.sessionTime) ?? 0;
    const told = known.of(session)?.told;
    known.heard(session, { client: client.name, place: placeOf(packet, address), elapsedSeconds, atMs: now() / 1_000, told });
    if (dictionary === undefined || answer.items[0]?.result === 'out-of-order') return;
    tell(session, verdictOf(dictionary, client, answer, elapsedSeconds));
  }

  #request(client: RadiusClient, packet: RadiusPacket, session: string, status: number, isOurs: boolean): ChargingRequest {
    const { now, homeNetworks } = this.#options;
    const isStart = status === statusType.start;
    const at = eventMicros(packet, now());
    const operation: ChargingOperation = status === statusType.stop ? 'terminate' : 'update';
    const requested = wantedBy(client);
    // Only a call is priced by when it began: other use, by when it is used.
    const since =
      client.service !== 'voice' ? undefined : isStart ? at : operation === 'terminate' ? answeredMicros(packet, at) : undefined;
    const items: readonly RequestItem[] = isStart
      ? [isOurs ? { used: [] } : { used: [], requested }]
      : [{ used: [], ...countedBy(packet), ...(status === statusType.stop ? {} : { requested }) }];
    return {
      ...{ session, number: -1, operation, identities: identitiesOf(packet, client), service: client.service },
      ...{ eventMicros: at, items, totals: isOurs ? 'known' : 'opens' },
      ...(since === undefined ? {} : { usedSinceMicros: since }),
      // What the first request said holds: later packets of a NAS have other attributes, and would change the price.
      facts: isOurs ? {} : factsOf(packet, client, homeNetworks),
    };
  }

  /** A NAS that begins anew, or goes, has no sessions: they are closed with what they used. */
  async #begun(client: RadiusClient, packet: RadiusPacket, address: string): Promise<Reply | undefined> {
    const { books, charging, known, now } = this.#options;
    const prefix = sessionPrefix(client.name, nasOf(packet, address));
    const at = eventMicros(packet, now());
    const before = this.#starts.get(prefix);
    if (before !== undefined && Math.abs(at - before) < SAME_START_MICROS) return { ...DONE, result: 'repeated' };
    const sessions = await books.openSessions(prefix, MOST_CLOSED);
    for (let from = 0; from < sessions.length; from += MOST_AT_ONCE) {
      const closed = await Promise.all(
        sessions.slice(from, from + MOST_AT_ONCE).map((session) => charging.handle(closing(session, client, at))),
      );
      if (closed.some(({ result }) => result === 'too-busy' || result === 'unable-to-comply')) return undefined;
    }
    for (const session of sessions) known.over(session);
    if (this.#starts.size >= MOST_STARTS) this.#starts.clear();
    this.#starts.set(prefix, at);
    return { ...DONE, result: 'closed-all' };
  }
}

function closing(session: string, { service }: RadiusClient, at: number): ChargingRequest {
  return { session, number: -1, operation: 'terminate', identities: [], service, eventMicros: at, facts: {}, items: [], totals: 'known' };
}

function resultOf({ result, items }: ChargingAnswer): string {
  return items.find((item) => item.result !== 'granted')?.result ?? result;
}
