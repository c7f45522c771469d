/** What a form changes, read when it is opened and kept as it was read: what comes later does not move below what is written. */
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode, useId, useRef, useState } from 'react';
import type { Of, Seen } from '../client/seen.ts';
import { useShellTexts } from '../shell/texts.ts';
import { Fault } from './fault.tsx';

/** What a form is given of it, for `of` of its change. */
export type HeldOf<T> = Required<Pick<Of<T>, 'read' | 'take'>> & { readonly seen: Seen<T> };

interface Props<T> {
  readonly title: string;
  readonly read: () => Promise<Seen<T>>;
  readonly onClose: () => void;
  /** The form, a new one for each version: `take` begins it anew with what is there now. */
  readonly children: (held: HeldOf<T>) => ReactNode;
}

export function Held<T>({ title, read, onClose, children }: Props<T>) {
  const t = useShellTexts();
  const [taken, setTaken] = useState<Seen<T>>();
  const first = useRef<Seen<T>>(undefined);
  const { data, error, refetch } = useQuery({ queryKey: ['held', useId()], queryFn: read, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  first.current ??= data;
  const held = taken ?? first.current;
  if (held !== undefined) return <Fragment key={held.version}>{children({ seen: held, read, take: setTaken })}</Fragment>;
  if (error === null) return null;
  return (
    <Modal opened {...{ title, onClose }} closeButtonProps={{ 'aria-label': t('close') }}>
      <Fault error={error} onRetry={() => void refetch()} />
    </Modal>
  );
}
