/** Answers for requests that come again: same source, code, identifier and authenticator, same octets (RFC 5080 §2.2.2). */
import type { RadiusLimits } from './settings.ts';

interface Entry {
  readonly authenticator: string;
  readonly sinceMs: number;
  /** Undefined: the answer is on its way. */
  octets: Uint8Array | undefined;
}

export class Answers {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: Pick<RadiusLimits, 'keepAnswersMs' | 'mostAnswers'>;

  constructor(limits: Pick<RadiusLimits, 'keepAnswersMs' | 'mostAnswers'>) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** `new`: it is remembered as under way. `waiting`: it is that already. Octets: what it was answered. */
  take(key: string, authenticator: string, nowMs: number): 'new' | 'waiting' | Uint8Array {
    this.#forget(nowMs);
    const known = this.#entries.get(key);
    if (known?.authenticator === authenticator) return known.octets ?? 'waiting';
    this.#entries.delete(key);
    this.#entries.set(key, { authenticator, sinceMs: nowMs, octets: undefined });
    return 'new';
  }

  answered(key: string, authenticator: string, octets: Uint8Array): void {
    const known = this.#entries.get(key);
    if (known?.authenticator === authenticator) known.octets = octets;
  }

  /** It was not answered: the next one is decided again. */
  dropped(key: string, authenticator: string): void {
    if (this.#entries.get(key)?.authenticator === authenticator) this.#entries.delete(key);
  }

  /** Oldest first, as they were put in. */
  #forget(nowMs: number): void {
    const { keepAnswersMs, mostAnswers } = this.#limits;
    for (const [key, { sinceMs }] of this.#entries) {
      if (this.#entries.size < mostAnswers && nowMs - sinceMs < keepAnswersMs) return;
      this.#entries.delete(key);
    }
  }
}
