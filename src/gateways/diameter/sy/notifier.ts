/** SNR to the PCRF of a subscription, directly or by the agent that its requests came by (TS 29.219 §4.5.2, §4.5.4). */
import { type AvpValues, buildMessage, readMessage } from '#codecs/diameter/build.ts';
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import { resultCodes } from '#codecs/diameter/results.ts';
import { MessageWriter } from '#codecs/diameter/writer.ts';
import type { PolicyCounter } from '#core/charging/policy-counters.ts';
import type { Delivery, SpendingNotifier, Subscription } from '#operations/charging/spending-ports.ts';
import type { DiameterConnection } from '../connection.ts';
import type { NodeIdentity } from '../settings.ts';
import { ABORT_SESSION, SY } from './codes.ts';
import { statusReports } from './policy-reports.ts';

const FIRST_PERMANENT = 5000;

export class SyNotifier implements SpendingNotifier {
  readonly kind = 'sy';
  readonly #dictionary: Dictionary;
  readonly #identity: NodeIdentity;
  readonly #connectionOf: (host: string) => DiameterConnection | undefined;
  readonly #writer = new MessageWriter();
  #endToEnd = (Math.random() * 0xffff_ffff) >>> 0;

  constructor(dictionary: Dictionary, identity: NodeIdentity, connectionOf: (host: string) => DiameterConnection | undefined) {
    this.#dictionary = dictionary;
    this.#identity = identity;
    this.#connectionOf = connectionOf;
  }

  changed(subscription: Subscription, counters: readonly PolicyCounter[]): Promise<Delivery> {
    return this.#ask(subscription, { 'Policy-Counter-Status-Report': statusReports(counters) });
  }

  ended(subscription: Subscription): Promise<Delivery> {
    return this.#ask(subscription, { 'SN-Request-Type': ABORT_SESSION });
  }

  async #ask({ id, peer }: Subscription, values: AvpValues): Promise<Delivery> {
    const { host = '', realm = '', via = '' } = peer;
    const connection = this.#connectionOf(host) ?? this.#connectionOf(via);
    if (connection === undefined) return 'unreachable';
    this.#endToEnd = (this.#endToEnd + 1) >>> 0;
    const endToEnd = this.#endToEnd;
    const answer = await connection.ask((hopByHop) => {
      const built = buildMessage(
        this.#dictionary,
        this.#writer,
        { command: 'SNR', application: SY, hopByHop, endToEnd },
        {
          'Session-Id': id,
          'Origin-Host': this.#identity.host,
          'Origin-Realm': this.#identity.realm,
          'Destination-Realm': realm,
          'Destination-Host': host,
          'Auth-Application-Id': SY,
          ...values,
        },
      );
      if (!built.ok) throw new TypeError(built.refusals.map(({ message }) => message).join('; '));
      return built.value;
    });
    return answer === undefined ? 'unreachable' : this.#deliveryOf(answer);
  }

  /** What will not be better by saying it again counts as told. */
  #deliveryOf(answer: Uint8Array): Delivery {
    const result = readMessage(this.#dictionary, answer)?.values['Result-Code'];
    if (result === resultCodes.DIAMETER_UNKNOWN_SESSION_ID) return 'gone';
    if (result === undefined || result === resultCodes.DIAMETER_SUCCESS) return 'told';
    return typeof result === 'number' && result >= FIRST_PERMANENT ? 'told' : 'unreachable';
  }
}
