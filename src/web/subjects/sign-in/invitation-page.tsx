/** An invitation, or its like after a loss: choose a password. */
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { askSignIn } from '../../client/sign-in.ts';
import { Fault } from '../../parts/fault.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { Door } from './door.tsx';
import { useTexts } from './texts.ts';

export function InvitationPage() {
  const t = useTexts();
  const shell = useShellTexts();
  const router = useRouter();
  const { token: given = '' }: { token?: string } = useSearch({ strict: false });
  const [token, setToken] = useState(given);
  const [password, setPassword] = useState('');
  const choosing = useOneAtATime({
    mutationFn: () => askSignIn('/reset-password', { token: token.trim(), newPassword: password }),
    onSuccess: () => void router.navigate({ to: '/sign-in', search: { chosen: '1' }, replace: true }),
  });
  return (
    <Door title={t('invitation')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          choosing.mutate();
        }}
      >
        <Stack gap="md">
          <Text>{t('invitationWhat')}</Text>
          <TextInput label={t('token')} required maxLength={200} value={token} onChange={(event) => setToken(event.currentTarget.value)} />
          <PasswordInput
            label={t('newPassword')}
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': shell('showPassword') }}
          />
          {choosing.error !== null && <Fault error={choosing.error} />}
          <Button type="submit" loading={choosing.isPending}>
            {t('choose')}
          </Button>
          <Anchor component={Link} to="/sign-in" size="xs" underline="always">
            {t('back')}
          </Anchor>
        </Stack>
      </form>
    </Door>
  );
}
