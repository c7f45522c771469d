/**
 * Requests that came with a key of their own (`Idempotency-Key`), and what they were answered: for a day the same request gets the same
 * answer, and is done once.
 */

export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * `ours`: it is new, or who began it is gone. `answered`: it has its answer. `busy`: it is being worked on. `other`: the key came with
 * another content.
 */
export type Claim =
  | { readonly kind: 'ours' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'busy' }
  | { readonly kind: 'other' };

export interface RepetitionBooks {
  /** `fingerprint`: of the operation and the content. */
  claim(client: string, key: string, fingerprint: string): Promise<Claim>;
  answered(client: string, key: string, answer: KeptAnswer): Promise<void>;
  /** Nothing was changed: the key is free again. */
  release(client: string, key: string): Promise<void>;
  /** Forgets what is older than a day, at most so many. */
  forget(most: number): Promise<number>;
}
