/** Names of changes: what keeps one that is sent again from being done twice. */
import type { Problem } from './problem.ts';

/** Refused, and nothing was done; other noes leave it open whether something was. */
export function isFinal({ details }: Problem): boolean {
  return details.status >= 400 && details.status < 500 && details.status !== 408 && details.code !== 'api.idempotency-key-busy';
}

/** Files say nothing as JSON: one is another by its name, size and time. */
function saidOf(words: unknown): string {
  const told = (_: string, value: unknown): unknown => (value instanceof File ? [value.name, value.size, value.lastModified] : value);
  return JSON.stringify(words, told) ?? '';
}

export class ChangeNames {
  #said = '';
  #key: string | undefined;
  readonly #underWay = new Set<string>();

  /** False while the same is on its way: the second click of two has come before the button could say that it works. */
  begin(words: unknown): boolean {
    const said = saidOf(words);
    if (this.#underWay.has(said)) return false;
    this.#underWay.add(said);
    return true;
  }

  /** Whatever came of it. */
  end(words: unknown): void {
    this.#underWay.delete(saidOf(words));
  }

  /** The key of the change that these words ask for. */
  keyOf(words: unknown): string {
    const said = saidOf(words);
    if (this.#key === undefined || said !== this.#said) this.#key = crypto.randomUUID();
    this.#said = said;
    return this.#key;
  }

  free(): void {
    this.#key = undefined;
  }
}
