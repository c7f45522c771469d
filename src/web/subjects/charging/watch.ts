/** An account as it changes: its stream moves what is on screen. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { forgetLine, watchLine } from '../../client/live.ts';

const SETTLE_MS = 300;

/** True while the stream is open. What changed is asked for again, several changes together. */
export function useAccountStream(account: string): boolean {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const source = new EventSource(`/v1/charging/accounts/${encodeURIComponent(account)}/events`);
    watchLine(source);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void queries.invalidateQueries({ queryKey: ['charging', account] });
      }, SETTLE_MS);
    };
    source.onopen = () => setOpen(true);
    source.onerror = () => setOpen(false);
    for (const kind of ['balance', 'session-closed', 'threshold-crossed', 'counter-status', 'account-closed'])
      source.addEventListener(kind, again);
    return () => {
      clearTimeout(waiting);
      forgetLine(source);
      source.close();
    };
  }, [account, queries]);
  return isOpen;
}
