/** Where running sessions are and what their NAS was told last; bounded, the longest unheard is forgotten. */
import { readSessionName, type SessionPlace } from './session-name.ts';

export interface KnownSession {
  readonly client: string;
  readonly place: SessionPlace;
  /** Acct-Session-Time of the last report. */
  readonly elapsedSeconds: number;
  /** When that was. UTC milliseconds. */
  readonly atMs: number;
  /** What `Verdict.text` it was told; undefined: nothing that is known. */
  readonly told: string | undefined;
}

export class KnownSessions {
  readonly #sessions = new Map<string, KnownSession>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** As heard, or as its name says. */
  of(session: string): KnownSession | undefined {
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    const named = readSessionName(session);
    if (named?.place === undefined) return undefined;
    return { client: named.client, place: named.place, elapsedSeconds: 0, atMs: 0, told: undefined };
  }

  heard(session: string, known: KnownSession): void {
    this.#sessions.delete(session);
    this.#sessions.set(session, known);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > this.#most && oldest !== undefined) this.#sessions.delete(oldest);
  }

  told(session: string, text: string): void {
    const known = this.#sessions.get(session);
    if (known !== undefined) this.#sessions.set(session, { ...known, told: text });
  }

  over(session: string): void {
    this.#sessions.delete(session);
  }
}
