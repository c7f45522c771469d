/** Another password, by who knows the one there is. */
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { askSignIn } from '../../client/sign-in.ts';
import { Fault } from '../../parts/fault.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from './texts.ts';

const SHORTEST = 12;

export function Password() {
  const t = useTexts();
  const shell = useShellTexts();
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const changing = useOneAtATime({
    mutationFn: () => askSignIn('/change-password', { currentPassword: now, newPassword: next, revokeOtherSessions: true }),
    onSuccess: () => {
      setNow('');
      setNext('');
    },
  });
  const shown = {
    visibilityToggleButtonProps: { 'aria-label': shell('showPassword') },
    required: true,
    maxLength: 256,
    w: '100%',
    maw: 400,
  };
  return (
    <Stack component="section" gap="sm" aria-label={t('changePassword')}>
      <Text component="h2" fw={600}>
        {t('changePassword')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate();
        }}
      >
        <Stack gap="sm" align="flex-start">
          <PasswordInput
            {...{ ...shown, label: t('passwordNow'), autoComplete: 'current-password', value: now }}
            onChange={(event) => setNow(event.currentTarget.value)}
          />
          <PasswordInput
            {...{ ...shown, label: t('passwordNext'), autoComplete: 'new-password', minLength: SHORTEST, value: next }}
            description={t('passwordWhat')}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {changing.error !== null && <Fault error={changing.error} />}
          {changing.isSuccess && <Text role="status">{t('passwordChanged')}</Text>}
          <Button type="submit" variant="default" loading={changing.isPending}>
            {t('changePassword')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
