/** Who forgot the password lets a link be sent. What is answered tells nobody which addresses there are. */
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { askSignIn } from '../../client/sign-in.ts';
import { Fault } from '../../parts/fault.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { Door } from './door.tsx';
import { useTexts } from './texts.ts';

export function RecoveryPage() {
  const t = useTexts();
  const shell = useShellTexts();
  const [email, setEmail] = useState('');
  const asking = useOneAtATime({ mutationFn: () => askSignIn('/recovery', { email: email.trim() }) });
  return (
    <Door title={t('recovery')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asking.mutate();
        }}
      >
        <Stack gap="md">
          <Text>{t('recoveryWhat')}</Text>
          <TextInput
            {...{
              label: shell('email'),
              type: 'email',
              name: 'email',
              autoComplete: 'username',
              required: true,
              maxLength: 254,
              value: email,
            }}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {asking.error !== null && <Fault error={asking.error} />}
          {asking.isSuccess && <Text role="status">{t('sent')}</Text>}
          <Button type="submit" loading={asking.isPending}>
            {t('send')}
          </Button>
          <Anchor component={Link} to="/sign-in" size="xs" underline="always">
            {t('back')}
          </Anchor>
        </Stack>
      </form>
    </Door>
  );
}
