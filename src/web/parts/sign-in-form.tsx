/** Address, password, and the code of the second factor where there is one. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { enter, enterCode } from '../client/sign-in.ts';
import { useShellTexts } from '../shell/texts.ts';
import { Fault } from './fault.tsx';

interface Props {
  /** Whose session it was. */
  readonly email?: string;
  readonly onDone: () => void;
}

export function SignInForm({ email: known, onDone }: Props) {
  const t = useShellTexts();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const going = useMutation({
    mutationFn: async () => {
      if (step === 'code') return enterCode(code);
      if ((await enter(email.trim(), password)) === 'in') return;
      return 'code' as const;
    },
    onSuccess: (next) => (next === 'code' ? setStep('code') : onDone()),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        going.mutate();
      }}
    >
      <Stack gap="md">
        {step === 'password' ? (
          <>
            <TextInput
              label={t('email')}
              type="email"
              name="email"
              autoComplete="username"
              required
              maxLength={255}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              data-autofocus={known === undefined}
            />
            <PasswordInput
              label={t('password')}
              name="password"
              autoComplete="current-password"
              required
              maxLength={256}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              data-autofocus={known !== undefined}
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            />
          </>
        ) : (
          <TextInput
            label={t('code')}
            description={t('codeWhat')}
            name="code"
            autoComplete="one-time-code"
            inputMode="text"
            required
            maxLength={64}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {going.error !== null && <Fault error={going.error} />}
        <Button type="submit" loading={going.isPending}>
          {t('signIn')}
        </Button>
      </Stack>
    </form>
  );
}
