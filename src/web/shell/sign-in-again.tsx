/** The session is over and somebody is in the middle of something: the page stays, and a dialog above it asks for the password. */
import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { meQuery } from '../client/me.ts';
import { onSessionOver } from '../client/session.ts';
import { SignInForm } from '../parts/sign-in-form.tsx';
import { useShellTexts } from './texts.ts';

/** Dialogs of pages are below it, however late they came. */
const ABOVE_ALL = 1_000;

export function SignInAgain() {
  const t = useShellTexts();
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<{ readonly go: () => void }>();
  useEffect(() => {
    onSessionOver(() => {
      // Nobody was signed in yet: the page of sign-in is where they are, or are sent.
      if (queries.getQueryData(meQuery.queryKey) === undefined) return Promise.resolve();
      return new Promise((resolve) => setWaiting({ go: resolve }));
    });
    return () => onSessionOver(undefined);
  }, [queries]);
  const isOpen = useRef(false);
  isOpen.current = waiting !== undefined;
  useEffect(() => {
    // A dialog below this one listens to the whole window, too, and would close with all that was written in it.
    const keep = (event: KeyboardEvent): void => {
      if (isOpen.current && event.key === 'Escape') event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', keep, { capture: true });
    return () => window.removeEventListener('keydown', keep, { capture: true });
  }, []);
  const before = queries.getQueryData(meQuery.queryKey);
  const done = async (): Promise<void> => {
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    // Somebody else sits here now: what the other one saw is not theirs.
    if (before !== undefined && me.email !== before.email) location.assign('/');
    else waiting?.go();
    setWaiting(undefined);
  };
  return (
    <Modal
      opened={waiting !== undefined}
      onClose={() => undefined}
      zIndex={ABOVE_ALL}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('sessionOver')}
    >
      <Text mb="md">{t('sessionOverWhat')}</Text>
      <SignInForm {...(before?.email === undefined ? {} : { email: before.email })} onDone={() => void done()} />
    </Modal>
  );
}
