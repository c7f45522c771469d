/** A form in a dialog: what was wrong stands in it, and what was written stays. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useShellTexts } from '../shell/texts.ts';
import { Fault } from './fault.tsx';
import { useAskBeforeLeaving } from './leaving.ts';

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** On the button: a verb. */
  readonly action: string;
  readonly error: unknown;
  readonly isSending: boolean;
  readonly isReady?: boolean;
  readonly isWide?: boolean;
  /** What it does is not taken back. */
  readonly isDangerous?: boolean;
  readonly children: ReactNode;
}

export function FormDialog({
  title,
  opened,
  onClose,
  onSubmit,
  action,
  error,
  isSending,
  isReady = true,
  isWide = false,
  isDangerous = false,
  children,
}: Props) {
  const t = useShellTexts();
  const [isTouched, setTouched] = useState(false);
  useAskBeforeLeaving(isTouched && opened, 'history');
  return (
    <Modal {...{ title, opened, onClose }} size={isWide ? 'xl' : 'md'} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onChange={() => setTouched(true)}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack gap="md">
          {children}
          {error !== null && error !== undefined && <Fault error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" {...(isDangerous ? { color: 'red.8' } : {})} loading={isSending} disabled={!isReady}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
