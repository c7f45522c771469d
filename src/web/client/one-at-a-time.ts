/** What is asked of the addresses of sign-in, which know no names of changes: once, however often it is pressed. */
import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';

/** As useMutation; `mutate` while one is on its way is one click too many, and nothing. */
export function useOneAtATime<Done, Words = void>(options: UseMutationOptions<Done, Error, Words>) {
  const isUnderWay = useRef(false);
  const mutation = useMutation(options);
  const mutate = (words: Words): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    void mutation
      .mutateAsync(words)
      // Told by `error`.
      .catch(() => undefined)
      .finally(() => {
        isUnderWay.current = false;
      });
  };
  return { ...mutation, mutate };
}
