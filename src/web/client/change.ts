/** What changes something: named once, so that sending it again cannot do it twice; made of what was seen, so that it undoes nobody's work. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ChangeNames, isFinal } from './change-names.ts';
import { Problem } from './problem.ts';
import { type Match, type Of, type Seen, sentAsSeen } from './seen.ts';

export interface Naming {
  /** Header Idempotency-Key of this change: the same while it is tried again, new for the next. */
  readonly key: string;
  /** Headers that say what it is a change of; empty where `of` is left out. */
  readonly match: Match;
}

interface ChangeOptions<Words, Done, T> {
  readonly send: (words: Words, naming: Naming) => Promise<Done>;
  readonly onDone?: (done: Done, words: Words) => void;
  /** Keys of queries that show something else now. */
  readonly changes?: readonly (readonly unknown[])[];
  /** What is changed: sent with the version that was seen, and `error` is Outdated where somebody else was first. */
  readonly of?: Of<T> | undefined;
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
 * A change of what is there says of what (`of`) and sends `match` beside the key.
 * The same while it is on its way is one click too many, and nothing.
 *
 * `onDone` is called before `changes` are read anew: a part of the page that what is read takes away has said by then what came of it. What
 * must stay said is kept above such a part.
 */
export function useChange<Words, Done, T = never>({ send, onDone, changes = [], of }: ChangeOptions<Words, Done, T>): Change<Words, Done> {
  const naming = useRef(new ChangeNames());
  const over = useRef<Seen<T>>(undefined);
  const queries = useQueryClient();
  const [reading, setReading] = useState(0);
  const sendNamed = async (words: Words, match: Match): Promise<Done> => {
    const key = naming.current.keyOf(words);
    try {
      const done = await send(words, { key, match });
      naming.current.free();
      return done;
    } catch (error) {
      if (error instanceof Problem && isFinal(error)) naming.current.free();
      throw error;
    }
  };
  const readAnew = (): void => {
    setReading((count) => count + 1);
    void Promise.all(changes.map((queryKey) => queries.invalidateQueries({ queryKey }))).then(() => setReading((count) => count - 1));
  };
  const { mutate, data, error, isPending, reset } = useMutation<Done, unknown, Words>({
    mutationFn: (words) => sendSeen(words).finally(() => naming.current.end(words)),
    onSuccess: (done, words) => {
      onDone?.(done, words);
      readAnew();
    },
  });
  const sendSeen = async (words: Words): Promise<Done> => {
    if (of === undefined) return sendNamed(words, {});
    const chosen = over.current;
    over.current = undefined;
    const ways = {
      over: chosen,
      take: (now: Seen<T>) => {
        reset();
        if (of.take === undefined) readAnew();
        else of.take(now);
      },
      sendOver: (now: Seen<T>) => {
        over.current = now;
        once(words);
      },
    };
    return sentAsSeen(of, ways, (match) => sendNamed(words, match));
  };
  const once = useCallback((words: Words) => (naming.current.begin(words) ? mutate(words) : undefined), [mutate]);
  return { mutate: once, data, error, isPending: isPending || reading > 0, reset };
}
