/** What changes something: named once, so that sending it again cannot do it twice. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ChangeNames, isFinal } from './change-names.ts';
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
