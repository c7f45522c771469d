/** Credit control (application 4): CCR to charging, its answer as CCA. */
import type { Dictionary } from '#codecs/diameter/dictionary.ts';
import type { ChargingAnswer } from '#core/charging/answer.ts';
import { type BaseMessages, FAULT_OF_OURS, type NodeFault } from '../base-messages.ts';
import type { IncomingRequest } from '../connection.ts';
import type { ChargingService } from '../ports.ts';
import type { Application } from '../server.ts';
import type { NodeIdentity } from '../settings.ts';
import { avp } from './codes.ts';
import { type ReadingSettings, readCreditControlRequest, type TakenRequest } from './read-request.ts';
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
  /** An answer of charging could not be written: a mistake of ours, answered as such. */
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
      const { header, message, view, connection } = incoming;
      const read = readCreditControlRequest(view, settings, settings.now);
      if (!read.ok) return connection.answer(base().errorAnswer(header, message, read.fault, kept));
      settings.seen(read.request.session, incoming);
      charging.ask(read.request, (answer) => reply(incoming, read, answer));
    },
  };

  function reply({ header, message, connection }: IncomingRequest, taken: TakenRequest, answer: ChargingAnswer): void {
    let octets: Uint8Array;
    try {
      octets =
        answer.result === 'too-busy'
          ? base().errorAnswer(header, message, tooBusy(answer), kept)
          : writer.write(header, message, taken, answer);
    } catch (error) {
      settings.failed(error, taken.request.session);
      octets = base().errorAnswer(header, message, FAULT_OF_OURS, kept);
    }
    connection.answer(octets);
  }
}

/** A protocol error: the peer, or a proxy on the way, asks another node (RFC 6733 §7.1.3). */
function tooBusy({ detail }: ChargingAnswer): NodeFault {
  return { error: 'DIAMETER_TOO_BUSY', message: detail ?? 'ask again or elsewhere' };
}
