/** Credit control (application 4): CCR to charging, its answer as CCA. */
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import { type BaseMessages, FAULT_OF_OURS } from '../base-messages.ts';
import type { ChargingService } from '../ports.ts';
import type { Application, IncomingRequest } from '../server.ts';
import type { NodeIdentity } from '../settings.ts';
import { avp } from './codes.ts';
import { type ReadingSettings, type RequestForm, readCreditControlRequest } from './read-request.ts';
import { AnswerWriter } from './write-answer.ts';

export const CREDIT_CONTROL = 4;
const CCR = 272;

export interface CreditControlSettings extends ReadingSettings {
  readonly dictionary: Dictionary;
  readonly identity: NodeIdentity;
  /** UTC microseconds. */
  readonly now: () => number;
  /** Called for every request that is taken, with who asked: sessions are asked again and ended there. */
  readonly seen: (session: string, request: IncomingRequest) => void;
  /** What was thrown by charging: a mistake of ours, answered as such. */
  readonly failed: (error: unknown, session: string) => void;
}

export function creditControl(charging: ChargingService, base: () => BaseMessages, settings: CreditControlSettings): Application {
  const writer = new AnswerWriter(settings.dictionary, settings.identity);
  const kept = [avp.requestType, avp.requestNumber];
  return {
    id: CREDIT_CONTROL,
    command: CCR,
    kept,
    handle(incoming) {
      const { header, message, connection } = incoming;
      const read = readCreditControlRequest(message, settings, settings.now());
      if (!read.ok) return connection.answer(base().errorAnswer(header, message, read.fault, kept));
      const { request, form } = read;
      settings.seen(form.session, incoming);
      charging.handle(request).then(
        (answer) => reply(incoming, form, answer),
        (error: unknown) => {
          settings.failed(error, form.session);
          reply(incoming, form, { session: form.session, number: form.number, result: 'unable-to-comply', items: [] });
        },
      );
    },
  };

  function reply({ header, message, connection }: IncomingRequest, form: RequestForm, answer: ChargingAnswer): void {
    // A protocol error: the peer, or a proxy on the way, asks another node (RFC 6733 §7.1.3).
    const busy = { error: 'DIAMETER_TOO_BUSY', message: answer.detail ?? 'ask again or elsewhere' } as const;
    let octets: Uint8Array;
    try {
      octets = answer.result === 'too-busy' ? base().errorAnswer(header, message, busy, kept) : writer.write(header, message, form, answer);
    } catch (error) {
      settings.failed(error, form.session);
      octets = base().errorAnswer(header, message, FAULT_OF_OURS, kept);
    }
    connection.answer(octets);
  }
}
