/** The first answer again, to a repetition of what ended a session or was an event. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { ChargingRequest } from '#core/charging/request.ts';
import type { Batch } from './batch.ts';
import type { Committer } from './committer.ts';
import type { EngineCounts } from './counts.ts';
import { type ChargingStore, StoreError } from './ports.ts';
import type { RecentSessions } from './recent-sessions.ts';
import type { Staging } from './staging.ts';
import { bareAnswer, type Waiting, type WaitingRequest } from './waiting.ts';

export interface RepetitionsOptions {
  readonly store: ChargingStore;
  readonly recent: RecentSessions;
  readonly staging: Staging;
  readonly committer: Committer;
  readonly counts: EngineCounts;
  readonly answer: (waiting: Waiting, answer: ChargingAnswer) => void;
  readonly fault: (waiting: Waiting) => void;
  /** Decides again. */
  readonly again: (waiting: Waiting) => void;
}

export class Repetitions {
  readonly #options: RepetitionsOptions;

  constructor(options: RepetitionsOptions) {
    this.#options = options;
  }

  /** The first answer again, when it is a repetition of what is over. False: it is not, and has to be decided. */
  answers(waiting: WaitingRequest): boolean {
    const { request } = waiting;
    const { recent, staging, committer, counts } = this.#options;
    const number = recent.numberOf(request.session);
    if (number === undefined || request.number > number) return false;
    if (request.number < number) {
      this.#options.answer(waiting, bareAnswer(request, 'out-of-order', `request ${number} ended the session`));
      return true;
    }
    counts.repetitions += 1;
    const batch = [staging.batch, committer.committing].find((each) => each?.closed.has(request.session) === true);
    const closed = batch?.closed.get(request.session);
    if (batch === undefined || closed === undefined) void this.#answerFromStore(waiting);
    else this.#answerWith(batch, waiting, closed.answer);
    return true;
  }

  #answerWith(batch: Batch, waiting: WaitingRequest, answer: ChargingAnswer): void {
    batch.answers.push({ waiting, answer });
    if (batch !== this.#options.committer.committing) this.#options.committer.staged();
  }

  async #answerFromStore(waiting: WaitingRequest): Promise<void> {
    const { store, recent } = this.#options;
    const { session } = waiting.request;
    try {
      const { closed } = await store.find({ accounts: [], identities: [], sessions: [session] });
      const answer = closed.find((each) => each.session === session)?.answer;
      if (answer !== undefined) {
        this.#options.answer(waiting, answer);
        return;
      }
      recent.forget(session); // it is so long ago that it was forgotten
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#options.fault(waiting);
        return;
      }
      this.#options.committer.lost();
    }
    this.#options.again(waiting);
  }
}

/**
 * Whether a repetition gets this answer again: to what ended a session or was an event, refusals included. Questions are asked anew, and so is what
 * was said of a session that nobody knows. RADIUS names a session before it is one, and repeats by itself what it answered.
 */
export function isKept({ operation, session }: ChargingRequest, { result }: ChargingAnswer): boolean {
  if (operation === 'balance-check' || operation === 'price-enquiry' || result === 'unknown-session') return false;
  return result === 'granted' || !session.startsWith('radius/');
}
