/** A table by keyboard: j and k, Enter, and / for its search. */
import { type KeyboardEvent, useEffect, useRef } from 'react';

interface Keys {
  /** Of its page: its keys work wherever nobody writes. */
  readonly isMain: boolean;
  readonly count: number;
  readonly active: number;
  readonly setActive: (at: number) => void;
  readonly open: (at: number) => void;
}

export function useTableKeys(keys: Keys) {
  const now = useRef(keys);
  now.current = keys;
  const press = (key: string): boolean => {
    const { count, active, setActive, open } = now.current;
    const to = { j: active + 1, ArrowDown: active + 1, k: active - 1, ArrowUp: active - 1, Home: 0, End: count - 1 }[key];
    if (to !== undefined && count > 0) setActive(Math.max(0, Math.min(count - 1, to)));
    else if (key === 'Enter' && active >= 0) open(active);
    else return false;
    return true;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: press reads what is current
  useEffect(() => {
    if (!keys.isMain) return;
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) return;
      if (event.key === '/') {
        document.querySelector<HTMLInputElement>('[data-find]')?.focus();
        event.preventDefault();
      } else if ((event.key === 'j' || event.key === 'k' || event.key === 'Enter') && press(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys.isMain]);
  return {
    props: {
      onKeyDown: (event: KeyboardEvent) => {
        if (event.target === event.currentTarget && press(event.key)) event.preventDefault();
      },
    },
  };
}

/** Somebody writes, a dialog is open, or a button has the key. */
function isTaken({ target, key }: globalThis.KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null) return true;
  return key === 'Enter' && target.closest('a, button') !== null;
}
