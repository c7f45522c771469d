/** Rate sheets that were taken in, and those that somebody began. */
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';
import { useThrowAway } from './throw-away.ts';

type RateSheet = components['schemas']['RateSheet'];

export function RateSheetsPage() {
  const t = useTexts();
  const mayManage = useMay()('rates:manage');
  const list = useList(['rate-sheets'], (cursor) =>
    client.GET('/v1/rate-sheets', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const confirm = useConfirm();
  const undo = useChange({
    send: ({ rateSheet }: { readonly rateSheet: string }, { key }) =>
      client
        .POST('/v1/rate-sheets/{rateSheet}/undoings', { params: { path: { rateSheet }, header: { 'Idempotency-Key': key } } })
        .then(answered),
    changes: [['rate-sheets']],
  });
  const { mutate } = undo;
  const columns = useMemo(
    (): readonly Column<RateSheet>[] => [
      { id: 'sheet', header: t('sheet'), kind: 'figure', value: ({ rateSheet }) => rateSheet, width: 90 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true, width: 200 },
      { id: 'tariff', header: t('tariff'), value: ({ tariff }) => tariff, filter: true, width: 200 },
      { id: 'file', header: t('file'), value: ({ file }) => file, width: 280 },
      { id: 'mode', header: t('mode'), value: ({ mode }) => mode, filter: true },
      { id: 'takenIn', header: t('takenIn'), kind: 'instant', value: ({ takenIn }) => takenIn, width: 200 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 130 },
              cell: ({ rateSheet, tariff }: RateSheet) => (
                <Button
                  {...{ size: 'compact-xs', variant: 'subtle' }}
                  onClick={async () => {
                    const what = t('undoSheetWhat', { sheet: rateSheet, tariff });
                    if (await confirm({ title: t('undoSheet'), what, action: t('undoSheet'), isDangerous: true })) mutate({ rateSheet });
                  }}
                >
                  {t('undoSheet')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage, confirm, mutate],
  );
  const begin = mayManage ? (
    <Button component={Link} to="/rate-sheets/new">
      {t('newSheet')}
    </Button>
  ) : undefined;
  const prices = (
    <Anchor key="prices" renderRoot={(props) => <Link {...props} to="/rate-sheets/prices" />}>
      {t('prices')}
    </Anchor>
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {prices}
          {begin}
        </>
      }
    >
      {mayManage && <Drafts />}
      {undo.error !== null && <Fault error={undo.error} />}
      {undo.data !== undefined && (
        <Text role="status">{t('sheetUndone', { sheet: undo.data.rateSheet, taken: undo.data.taken, restored: undo.data.restored })}</Text>
      )}
      <DataTable
        {...{ name: 'rate-sheets', label: t('title'), list, columns }}
        rowKey={({ rateSheet }) => rateSheet}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
    </Page>
  );
}

function Drafts() {
  const t = useTexts();
  const drafts = useQuery({ queryKey: ['rate-sheet-drafts'], queryFn: () => client.GET('/v1/rate-sheet-drafts').then(answered) });
  const forget = useThrowAway();
  const items = drafts.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('drafts')}</Title>
      {forget.error !== null && <Fault error={forget.error} />}
      {items.map(({ draft, agreement, file, changedAt, sentBy }) => (
        <Group key={draft} gap="md">
          <Anchor renderRoot={(props) => <Link {...props} to="/rate-sheets/drafts/$draft" params={{ draft }} />}>{file}</Anchor>
          <Text className="quiet">
            {agreement} · <Instant at={changedAt} />
            {sentBy !== undefined && ` · ${t('sentByPartner', { party: sentBy })}`}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => forget.mutate(draft)}>
            {t('throwAway')}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
