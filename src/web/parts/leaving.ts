/** What was entered and not sent is not lost by the way back: it is asked. */
import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { useShellTexts } from '../shell/texts.ts';
import { useConfirm } from './confirm.tsx';

/** `by`: any way to another page, or the browser's buttons only, where the rest of the page cannot be reached or what was sent leads on. */
export function useAskBeforeLeaving(isUnsaved: boolean, by: 'any' | 'history' = 'any'): void {
  const t = useShellTexts();
  const confirm = useConfirm();
  const isAsking = useRef(false);
  useBlocker({
    disabled: !isUnsaved,
    // The browser's own question can say nothing of this, and a tab that is closed is closed on purpose.
    enableBeforeUnload: false,
    async shouldBlockFn({ action, current, next }) {
      if (current.pathname === next.pathname || (by === 'history' && (action === 'PUSH' || action === 'REPLACE'))) return false;
      if (isAsking.current) return true;
      isAsking.current = true;
      const isLeft = await confirm({ title: t('leave'), what: t('leaveWhat'), action: t('leave'), isDangerous: true });
      isAsking.current = false;
      return !isLeft;
    },
  });
}
