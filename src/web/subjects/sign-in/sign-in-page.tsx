/** Sign in, and go on where one wanted to go. */
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { waysQuery } from '../../client/sign-in.ts';
import { SignInForm } from '../../parts/sign-in-form.tsx';
import { Door } from './door.tsx';
import { useTexts } from './texts.ts';

export function SignInPage() {
  const t = useTexts();
  const router = useRouter();
  const queries = useQueryClient();
  const { next = '/', refused, chosen }: { next?: string; refused?: string; chosen?: string } = useSearch({ strict: false });
  const ways = useQuery(waysQuery).data;
  const goOn = (): void => {
    queries.clear();
    void router.navigate({ href: ownAddress(next), replace: true });
  };
  return (
    <Door title={t('title')}>
      <Stack gap="md">
        {refused !== undefined && (
          <Alert role="alert" variant="light" color="red" title={t('refusedTitle')} styles={{ title: { color: 'var(--wrong)' } }}>
            <Text c="var(--mantine-color-text)">{t(refused === 'access.single-sign-on-unknown' ? 'refusedUnknown' : 'refusedFailed')}</Text>
          </Alert>
        )}
        {chosen !== undefined && <Text role="status">{t('chosen')}</Text>}
        <SignInForm onDone={goOn} next={ownAddress(next)} />
        <Group gap="md">
          {ways?.recovery === true && (
            <Anchor component={Link} to="/recovery" size="xs" underline="always">
              {t('forgot')}
            </Anchor>
          )}
          <Anchor component={Link} to="/invitation" size="xs" underline="always">
            {t('invited')}
          </Anchor>
        </Group>
        {ways?.recovery === false && (
          <Text size="xs" className="quiet">
            {t('lostPassword')}
          </Text>
        )}
      </Stack>
    </Door>
  );
}

/** An address of this site, whatever was written into the link. */
export function ownAddress(next: string): string {
  const wanted = new URL(next, location.origin);
  return wanted.origin === location.origin ? `${wanted.pathname}${wanted.search}${wanted.hash}` : '/';
}
