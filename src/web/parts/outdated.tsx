/** Somebody changed it meanwhile: who, what is different now, and the two ways to go on. What was written stays until one is chosen. */
import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../client/client.ts';
import { useMay } from '../client/me.ts';
import { answered } from '../client/problem.ts';
import type { Outdated } from '../client/seen.ts';
import { useShellTexts } from '../shell/texts.ts';
import { IconUsers } from './icons.ts';
import { Instant } from './instant.tsx';
import { Said } from './said.tsx';
import { Scrolling } from './scrolling.tsx';

export function OutdatedFault({ error }: { readonly error: Outdated }) {
  const t = useShellTexts();
  const { wasThere, differences, subject, since, take, sendOver } = error;
  const by = useLastChange(subject, since);
  return (
    <Alert
      {...{ role: 'alert', variant: 'light', color: 'yellow', icon: <IconUsers aria-hidden /> }}
      title={t(wasThere ? 'outdated' : 'thereAlready')}
      styles={{
        root: { background: 'var(--attention-ground)' },
        title: { color: 'var(--attention)' },
        message: { color: 'var(--mantine-color-text)' },
      }}
    >
      <Stack gap="sm">
        {by !== undefined && (
          <Text>
            <Said>{by.who.name}</Said> · <Instant at={by.at} />
          </Text>
        )}
        <Text>{t('outdatedWhat')}</Text>
        {differences.length === 0 ? (
          <Text>{t('outdatedElsewhere')}</Text>
        ) : (
          <Scrolling label={t('outdatedNow')}>
            <Table verticalSpacing={4} aria-label={t('outdatedNow')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Td />
                  {wasThere && <Table.Th scope="col">{t('outdatedSeen')}</Table.Th>}
                  <Table.Th scope="col">{t('outdatedNow')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {differences.map(({ label, before, now }) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row">{label}</Table.Th>
                    {before !== undefined && <Value of={before} />}
                    <Value of={now} />
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scrolling>
        )}
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={take}>
            {t('takeNow')}
          </Button>
          {sendOver !== undefined && (
            <Button size="xs" variant="default" onClick={sendOver}>
              {t('sendOver')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Value({ of }: { readonly of: string }) {
  return <Table.Td style={{ overflowWrap: 'anywhere' }}>{of === '' ? '—' : <Said>{of}</Said>}</Table.Td>;
}

/** For who may read the audit trail: the last change since, that it knows by this name. */
function useLastChange(subject: Outdated['subject'], since: string | undefined) {
  const may = useMay()('audit:read');
  const { data } = useQuery({
    queryKey: ['audit-trail', 'last', subject, since],
    queryFn: () =>
      client
        .GET('/v1/audit-trail', {
          params: {
            query: { subjectKind: subject?.kind ?? '', subject: subject?.id ?? '', stage: 'changed', from: since ?? '', limit: 1 },
          },
        })
        .then(answered),
    enabled: may && subject !== undefined && since !== undefined,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return data?.items[0];
}
