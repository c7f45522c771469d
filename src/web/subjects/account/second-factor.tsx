/** The authenticator: set up with its picture and codes for paper, renewed, taken away. */
import { Alert, Button, Code, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { encodeQR } from 'qr';
import { useMemo, useState } from 'react';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { type Account, accountQuery, askSignIn } from '../../client/sign-in.ts';
import { Fault } from '../../parts/fault.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from './texts.ts';

type Doing = 'set-up' | 'codes' | 'turn-off';

export function SecondFactor({ account: { hasSecondFactor } }: { readonly account: Account }) {
  const t = useTexts();
  const [doing, setDoing] = useState<Doing>();
  return (
    <Stack component="section" gap="sm" aria-label={t('authenticator')} align="flex-start">
      <Group gap="sm">
        <Text component="h2" fw={600}>
          {t('authenticator')}
        </Text>
        <StateBadge state={hasSecondFactor ? 'settled' : 'open'}>{t(hasSecondFactor ? 'on' : 'off')}</StateBadge>
      </Group>
      <Text className="quiet">{t('authenticatorWhat')}</Text>
      <Group gap="sm">
        {hasSecondFactor ? (
          <>
            <Button variant="default" onClick={() => setDoing('codes')}>
              {t('newCodes')}
            </Button>
            <Button variant="default" c="var(--wrong)" onClick={() => setDoing('turn-off')}>
              {t('turnOff')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setDoing('set-up')}>
            {t('setUp')}
          </Button>
        )}
      </Group>
      {doing !== undefined && <Steps {...{ doing, onClose: () => setDoing(undefined) }} />}
    </Stack>
  );
}

const paths = { 'set-up': '/two-factor/enable', codes: '/two-factor/generate-backup-codes', 'turn-off': '/two-factor/disable' } as const;
const titles = { 'set-up': 'setUp', codes: 'newCodes', 'turn-off': 'turnOff' } as const;

/** The password first; then what was made is shown this once. */
function Steps({ doing, onClose }: { readonly doing: Doing; readonly onClose: () => void }) {
  const t = useTexts();
  const shell = useShellTexts();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  // Who leaves before has no authenticator, and is not told that anything was done.
  const [isConfirmed, setConfirmed] = useState(false);
  const close = (): void => {
    void queries.invalidateQueries(accountQuery);
    onClose();
  };
  const asking = useOneAtATime({
    mutationFn: () => askSignIn(paths[doing], { password }),
    onSuccess: () => doing === 'turn-off' && close(),
  });
  const { totpURI, backupCodes } = asking.data ?? {};
  const codes = Array.isArray(backupCodes) ? backupCodes.map(String) : [];
  return (
    <Modal opened onClose={close} title={t(titles[doing])} closeButtonProps={{ 'aria-label': t('cancel') }} closeOnClickOutside={false}>
      {asking.data === undefined || doing === 'turn-off' ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            asking.mutate();
          }}
        >
          <Stack gap="md">
            {doing === 'turn-off' && <Text>{t('turnOffWhat')}</Text>}
            <PasswordInput
              {...{ label: t('password'), autoComplete: 'current-password', required: true, maxLength: 256, value: password }}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': shell('showPassword') }}
              data-autofocus
            />
            {asking.error !== null && <Fault error={asking.error} />}
            <Button type="submit" loading={asking.isPending} {...(doing === 'turn-off' ? { color: 'red.8' } : {})}>
              {t(doing === 'turn-off' ? 'turnOff' : 'next')}
            </Button>
          </Stack>
        </form>
      ) : (
        <Stack gap="md">
          {typeof totpURI === 'string' && <Confirming uri={totpURI} onConfirmed={() => setConfirmed(true)} />}
          <PaperCodes codes={codes} />
          <Button variant="default" onClick={close}>
            {t(doing === 'set-up' && !isConfirmed ? 'cancel' : 'done')}
          </Button>
        </Stack>
      )}
    </Modal>
  );
}

/** It counts from the first right code on. */
function Confirming({ uri, onConfirmed }: { readonly uri: string; readonly onConfirmed: () => void }) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const queries = useQueryClient();
  const confirming = useOneAtATime({
    mutationFn: () => askSignIn('/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') }),
    onSuccess: () => {
      onConfirmed();
      return queries.invalidateQueries(accountQuery);
    },
  });
  if (confirming.isSuccess) {
    return (
      <Alert variant="light" color="green" role="status" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
        {t('isOn')}
      </Alert>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirming.mutate();
      }}
    >
      <Stack gap="md">
        <Text>{t('scan')}</Text>
        <Picture text={uri} label={t('picture')} />
        <Text size="xs">
          {t('byHand')}{' '}
          <Code data-totp dir="ltr" style={{ overflowWrap: 'anywhere' }}>
            {new URL(uri).searchParams.get('secret')}
          </Code>
        </Text>
        <TextInput
          {...{ label: t('firstCode'), inputMode: 'numeric', autoComplete: 'one-time-code', required: true, maxLength: 10, value: code }}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {confirming.error !== null && <Fault error={confirming.error} />}
        <Button type="submit" loading={confirming.isPending}>
          {t('turnOn')}
        </Button>
      </Stack>
    </form>
  );
}

/** A quiet zone of four modules (ISO 18004), one of which the picture has itself. */
const BORDER = 3;

/** Black on white in both themes: cameras read nothing else reliably. */
function Picture({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: 1 }), [text]);
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  const size = rows.length + 2 * BORDER;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-BORDER} ${-BORDER} ${size} ${size}`}
      width={220}
      height={220}
      style={{ alignSelf: 'center' }}
    >
      <rect x={-BORDER} y={-BORDER} width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}

function PaperCodes({ codes }: { readonly codes: readonly string[] }) {
  const t = useTexts();
  return (
    <Stack gap={4}>
      <Text fw={600}>{t('paper')}</Text>
      <Text size="xs" className="quiet">
        {t('paperWhat')}
      </Text>
      <Code block data-codes dir="ltr" style={{ columns: 2 }}>
        {codes.join('\n')}
      </Code>
    </Stack>
  );
}
