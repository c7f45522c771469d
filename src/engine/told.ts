/** Calls who asked with their answers, when who gives them has done all of its work: the next commit begins before the answers of the last are written. */
import type { ChargingAnswer } from '#core/charging/answer.ts';
import type { WaitingRequest } from './waiting.ts';

export class Told {
  readonly #note: (text: string, error: unknown) => void;
  #waiting: WaitingRequest[] = [];

  constructor(note: (text: string, error: unknown) => void) {
    this.#note = note;
  }

  add(waiting: WaitingRequest, answer: ChargingAnswer): void {
    waiting.answered = true;
    waiting.given = answer;
    if (this.#waiting.push(waiting) === 1) queueMicrotask(() => this.#tell());
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { told, given } of waiting)
      try {
        if (given !== undefined) told(given);
      } catch (error) {
        this.#note('an answer could not be told', error);
      }
  }
}
