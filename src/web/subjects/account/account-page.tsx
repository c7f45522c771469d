/** How one comes in oneself. */
import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { accountQuery, askSignIn } from '../../client/sign-in.ts';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { useTexts } from './texts.ts';

export function AccountPage() {
  const t = useTexts();
  const account = useQuery(accountQuery);
  const leaving = useOneAtATime({
    mutationFn: () => askSignIn('/sign-out'),
    onSuccess: () => location.assign('/sign-in?next=/account'),
  });
  if (account.error !== null) {
    return (
      <Page title={t('title')}>
        <Fault error={account.error} onRetry={() => void account.refetch()} />
      </Page>
    );
  }
  if (account.data === undefined) return <Waiting />;
  const { name, email, isFresh, hasPassword } = account.data;
  return (
    <Page
      title={t('title')}
      detail={
        <>
          {name} · <bdi>{email}</bdi>
        </>
      }
    >
      {!isFresh && (
        <Alert variant="light" title={t('old')} styles={{ message: { color: 'var(--mantine-color-text)' } }}>
          <Stack gap="sm" align="flex-start">
            <Text>{t('oldWhat')}</Text>
            <Button size="xs" loading={leaving.isPending} onClick={() => leaving.mutate()}>
              {t('signInAgain')}
            </Button>
          </Stack>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Passkeys account={account.data} />
        <Stack gap="lg">
          {hasPassword ? (
            <>
              <SecondFactor account={account.data} />
              <Password />
            </>
          ) : (
            <Text className="quiet">{t('noPassword')}</Text>
          )}
          <Sessions />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function Sessions() {
  const t = useTexts();
  const ending = useOneAtATime({ mutationFn: () => askSignIn('/revoke-other-sessions') });
  return (
    <Stack component="section" gap="sm" aria-label={t('sessions')} align="flex-start">
      <Text component="h2" fw={600}>
        {t('sessions')}
      </Text>
      <Text className="quiet">{t('sessionsWhat')}</Text>
      <Group>
        <Button variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
          {t('endSessions')}
        </Button>
        {ending.isSuccess && <Text role="status">{t('endedSessions')}</Text>}
      </Group>
      {ending.error !== null && <Fault error={ending.error} />}
    </Stack>
  );
}
