/** What somebody types and the address keeps: letters do not wait for the address, and what comes of it late takes none of them away. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const WAIT_MS = 200;

/** What stands in the field, and what to call when somebody types; `tell` is called when they pause. */
export function useTyped(kept: string, tell: (text: string) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(kept);
  /** Typed, and not in the address yet. */
  const ahead = useRef<string>(undefined);
  const tellLater = useDebouncedCallback(tell, WAIT_MS);
  useEffect(() => {
    // Somebody typed on while a part of it was on its way.
    if (ahead.current !== undefined && ahead.current !== kept) return;
    ahead.current = undefined;
    setText(kept);
  }, [kept]);
  const type = (typed: string): void => {
    ahead.current = typed === kept ? undefined : typed;
    setText(typed);
    tellLater(typed);
  };
  return [text, type];
}
