/** Sign in, and go on where one wanted to go. */
import { Anchor, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { SignInForm } from '../../parts/sign-in-form.tsx';
import { Door } from './door.tsx';
import { useTexts } from './texts.ts';

export function SignInPage() {
  const t = useTexts();
  const router = useRouter();
  const queries = useQueryClient();
  const { next = '/' }: { next?: string } = useSearch({ strict: false });
  const goOn = (): void => {
    queries.clear();
    void router.navigate({ href: ownAddress(next), replace: true });
  };
  return (
    <Door title={t('title')}>
      <Stack gap="md">
        <SignInForm onDone={goOn} />
        <Text size="xs" className="quiet">
          {t('lostPassword')}{' '}
          <Anchor component={Link} to="/invitation" size="xs" underline="always">
            {t('invited')}
          </Anchor>
        </Text>
      </Stack>
    </Door>
  );
}

/** An address of this site, whatever was written into the link. */
export function ownAddress(next: string): string {
  const wanted = new URL(next, location.origin);
  return wanted.origin === location.origin ? `${wanted.pathname}${wanted.search}${wanted.hash}` : '/';
}
