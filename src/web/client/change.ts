/** What changes something: named once, so that sending it again cannot do it twice. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Problem } from './problem.ts';

export interface Naming {
  /** Header Idempotency-Key of this change: the same while it is tried again, new for the next. */
  readonly key: string;
}

interface ChangeOptions<Words, Done> {
  readonly send: (words: Words, naming: Naming) => Promise<Done>;
  readonly onDone?: (done: Done, words: Words) => void;
  /** Keys of queries that show something else now. */
  readonly changes?: readonly (readonly unknown[])[];
}

/**
 * `const raise = useChange({ send: (words, { key }) => client.POST(…, { params: { header: { 'Idempotency-Key': key } }, body: words }).then(answered) })`,
 * then `raise.mutate(words)`. What was not answered (the network, a server that restarts) keeps its key for the next try; a no frees it.
 */
export function useChange<Words, Done>({ send, onDone, changes = [] }: ChangeOptions<Words, Done>) {
  const naming = useRef(new ChangeNames());
  const queries = useQueryClient();
  return useMutation<Done, unknown, Words>({
    mutationFn: async (words) => {
      const key = naming.current.keyOf(words);
      try {
        const done = await send(words, { key });
        naming.current.free();
        return done;
      } catch (error) {
        if (error instanceof Problem && isFinal(error)) naming.current.free();
        throw error;
      }
    },
    onSuccess: async (done, words) => {
      await Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey })));
      onDone?.(done, words);
    },
  });
}

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
