/** Address, password, and the code of the second factor where there is one; or a passkey, or the provider of identities. */
import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useOneAtATime } from '../client/one-at-a-time.ts';
import { enter, enterCode, enterWithPasskey, isSignedIn, knowsPasskeys, waysQuery } from '../client/sign-in.ts';
import { useShellTexts } from '../shell/texts.ts';
import { Fault } from './fault.tsx';
import { IconBuilding, IconFingerprint } from './icons.ts';

interface Props {
  /** Whose session it was. */
  readonly email?: string;
  readonly onDone: () => void;
  /** Where the provider of identities sends back to; left out: this page must stay as it is, and another tab goes there. */
  readonly next?: string;
}

export function SignInForm({ email: known, onDone, next }: Props) {
  const t = useShellTexts();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'password' | 'code'>('password');
  const going = useOneAtATime({
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
        {step === 'code' && (
          <Button
            variant="subtle"
            disabled={going.isPending}
            onClick={() => {
              // Somebody else's password, or another way in: nothing of this one is kept.
              going.reset();
              setCode('');
              setPassword('');
              setStep('password');
            }}
          >
            {t('otherSignIn')}
          </Button>
        )}
        {step === 'password' && <OtherWays onDone={onDone} next={next} />}
      </Stack>
    </form>
  );
}

function OtherWays({ onDone, next }: { readonly onDone: () => void; readonly next: string | undefined }) {
  const t = useShellTexts();
  const provider = useQuery(waysQuery).data?.singleSignOn;
  const showing = useOneAtATime({
    mutationFn: enterWithPasskey,
    onSuccess: (done) => done === 'in' && onDone(),
  });
  // The other tab may not be done yet.
  const looking = useOneAtATime({ mutationFn: isSignedIn, onSuccess: (isIn) => isIn && onDone() });
  if (provider === undefined && !knowsPasskeys()) return null;
  const address = `/v1/sign-in/single-sign-on?next=${encodeURIComponent(next ?? '/account')}`;
  return (
    <>
      <Divider />
      {looking.data === false && <Text role="status">{t('notYet')}</Text>}
      {showing.data === 'undone' && <Text role="status">{t('passkeyUndone')}</Text>}
      {showing.error !== null && <Fault error={showing.error} />}
      {knowsPasskeys() && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          loading={showing.isPending}
          onClick={() => showing.mutate()}
        >
          {t('withPasskey')}
        </Button>
      )}
      {provider !== undefined && (
        <Button
          component="a"
          href={address}
          variant="default"
          leftSection={<IconBuilding size={18} aria-hidden />}
          {...(next === undefined ? { target: '_blank', rel: 'noopener' } : {})}
        >
          {t(next === undefined ? 'besideSignOn' : 'singleSignOn', { name: provider })}
        </Button>
      )}
      {provider !== undefined && next === undefined && (
        <Button variant="subtle" loading={looking.isPending} onClick={() => looking.mutate()}>
          {t('goOn')}
        </Button>
      )}
    </>
  );
}
