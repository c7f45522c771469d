/** Asked before what cannot be undone. */
import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useShellTexts } from '../shell/texts.ts';

interface Question {
  readonly title: string;
  /** What will be done, with its figures; and what cannot be taken back. */
  readonly what: string;
  /** On the button: a verb. */
  readonly action: string;
  readonly isDangerous?: boolean;
}

/** `if (await confirm({ … })) change.mutate(…)`. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const t = useShellTexts();
  return ({ title, what, action, isDangerous = false }) =>
    new Promise((resolve) => {
      modals.openConfirmModal({
        title,
        children: <Text>{what}</Text>,
        labels: { confirm: action, cancel: t('cancel') },
        ...(isDangerous ? { confirmProps: { color: 'red.8' } } : {}),
        closeButtonProps: { 'aria-label': t('close') },
        onConfirm: () => resolve(true),
        onCancel: () => resolve(false),
        onClose: () => resolve(false),
      });
    });
}
