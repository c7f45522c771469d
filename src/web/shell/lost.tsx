/** An address that is nothing's. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useShellTexts } from './texts.ts';

export function Lost() {
  const t = useShellTexts();
  return (
    <Stack className="page" component="main" align="flex-start">
      <Title order={1}>{t('lost')}</Title>
      <Text>{t('lostWhy')}</Text>
      <Anchor component={Link} to="/">
        {t('lostGo')}
      </Anchor>
    </Stack>
  );
}
