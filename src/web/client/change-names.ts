/** Names of changes: what keeps one that is sent again from being done twice. */
import type { Problem } from './problem.ts';

/** Refused, and nothing was done; other noes leave it open whether something was. */
export function isFinal({ details }: Problem): boolean {
  return details.status >= 400 && details.status < 500 && details.status !== 408 && details.code !== 'api.idempotency-key-busy';
}

export class ChangeNames {
  #said = '';
  #key: string | undefined;

  /** The key of the change that these words ask for. */
  keyOf(words: unknown): string {
    const said = JSON.stringify(words) ?? '';
    if (this.#key === undefined || said !== this.#said) this.#key = crypto.randomUUID();
    this.#said = said;
    return this.#key;
  }

  free(): void {
    this.#key = undefined;
  }
}
