/** What changes something: named once, so that sending it again cannot do it twice. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
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

export interface Change<Words, Done> {
  readonly mutate: (words: Words) => void;
  /** What came of it: there as soon as it is answered, before anything is read anew. */
  readonly data: Done | undefined;
  readonly error: unknown;
  /** Until it is answered and what it changed has been read anew: what is shown until then may be changed no more. */
  readonly isPending: boolean;
  readonly reset: () => void;
}

/**
 * `const raise = useChange({ send: (words, { key }) => client.POST(…, { params: { header: { 'Idempotency-Key': key } }, body: words }).then(answered) })`,
 * then `raise.mutate(words)`. What was not answered (the network, a server that restarts) keeps its key for the next try; a no frees it.
 *
 * `onDone` is called before `changes` are read anew: a part of the page that what is read takes away has said by then what came of it. What
 * must stay said is kept above such a part.
 */
export function useChange<Words, Done>({ send, onDone, changes = [] }: ChangeOptions<Words, Done>): Change<Words, Done> {
  const naming = useRef(new ChangeNames());
  const queries = useQueryClient();
  const [reading, setReading] = useState(0);
  const { mutate, data, error, isPending, reset } = useMutation<Done, unknown, Words>({
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
    onSuccess: (done, words) => {
      setReading((count) => count + 1);
      onDone?.(done, words);
      void Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))).then(() => setReading((count) => count - 1));
    },
  });
  return { mutate, data, error, isPending: isPending || reading > 0, reset };
}
