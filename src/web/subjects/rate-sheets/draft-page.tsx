/** A rate sheet before it is in force: what is read from where, what is wrong, what changes, and what that comes to. */
import { Alert, Anchor, Button, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Shown, seen } from '../../client/seen.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { Steps } from './draft-steps.tsx';
import { useTexts } from './texts.ts';
import { useThrowAway } from './throw-away.ts';

type Draft = components['schemas']['RateSheetDraft'];
type Options = components['schemas']['RateSheetOptions'];
type Report = components['schemas']['RateSheetReport'];

export function DraftPage() {
  const t = useTexts();
  const { draft: id = '' } = useParams({ strict: false });
  const path = { draft: id };
  const confirm = useConfirm();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [done, setDone] = useState<Report>();
  const read = () => client.GET('/v1/rate-sheet-drafts/{draft}', { params: { path } }).then(seen);
  // Not read anew by itself: what is chosen below would be of another.
  const draft = useQuery({
    ...{ queryKey: ['rate-sheet-drafts', id], queryFn: read, enabled: done === undefined, staleTime: Number.POSITIVE_INFINITY },
  });
  const of = {
    ...{ seen: draft.data, read, subject: { kind: 'rate-sheet', id } },
    shows: ({ options }: Draft) => shownOf(options, t),
  };
  const preview = useQuery({
    queryKey: ['rate-sheet-preview', id],
    queryFn: () => client.GET('/v1/rate-sheet-drafts/{draft}/preview', { params: { path } }).then(answered),
    enabled: done === undefined,
  });
  const changes = [
    ['rate-sheet-drafts', id],
    ['rate-sheet-preview', id],
  ];
  const change = useChange({
    of,
    send: (body: Options, { key, match }) =>
      client.PUT('/v1/rate-sheet-drafts/{draft}', { params: { path, header: { 'Idempotency-Key': key, ...match } }, body }).then(answered),
    changes,
  });
  const activate = useChange({
    // What another reading of it changes is seen before it is in force.
    of: { ...of, isLookedAtFirst: true, take: () => changes.map((queryKey) => queries.invalidateQueries({ queryKey })) },
    send: (_: string, { key, match }) =>
      client
        .POST('/v1/rate-sheet-drafts/{draft}/activation', { params: { path, header: { 'Idempotency-Key': key, ...match } } })
        .then(answered),
    onDone: (report) => {
      if (report.outcome === 'activated' || report.outcome === 'unchanged' || report.outcome === 'known') setDone(report);
      else void preview.refetch();
    },
  });
  const forget = useThrowAway(() => void navigate({ to: '/rate-sheets', ignoreBlocker: true }));
  const above = [
    <Anchor key="sheets" component={Link} to="/rate-sheets">
      {t('title')}
    </Anchor>,
  ];
  if (done !== undefined)
    return (
      <Page title={t('title')} above={above}>
        <Alert
          color="green"
          variant="light"
          title={done.outcome === 'activated' ? t('inForce', { number: done.rateSheet ?? '' }) : t('nothingNew')}
        >
          {`${done.agreement} · ${done.tariff}`}
        </Alert>
      </Page>
    );
  const report = preview.data?.report;
  // The file that was taken in last is not read again: of it there are no rows, columns or changes to show.
  const isKnown = report?.outcome === 'known';
  const isReady = report?.outcome === 'dry-run' || report?.outcome === 'unchanged';
  const sure = async (): Promise<void> => {
    const what =
      report === undefined
        ? ''
        : t('readSo', { rows: report.rowsRead, mode: report.mode, tariff: `${report.agreement}, ${report.tariff}` });
    if (await confirm({ title: t('activateSure'), what, action: t('activate') })) activate.mutate(id);
  };
  return (
    <Page
      title={draft.data?.data.file ?? t('newSheet')}
      above={above}
      detail={
        report === undefined
          ? draft.data?.data.agreement
          : isKnown
            ? `${report.agreement}, ${report.tariff}`
            : t('readSo', { rows: report.rowsRead, mode: report.mode, tariff: `${report.agreement}, ${report.tariff}` })
      }
      actions={
        <Button disabled={!isReady || change.isPending} loading={activate.isPending} onClick={() => void sure()}>
          {t('activate')}
        </Button>
      }
    >
      {[draft, preview].map(({ error, refetch }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: two questions, always in this order
        error === null ? null : <Fault key={at} error={error} onRetry={() => void refetch()} />,
      )}
      {[change, activate, forget].map(({ error }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
        error === null ? null : <Fault key={at} error={error} />,
      )}
      {preview.isPending && <Skeleton height={320} />}
      {isKnown && (
        <Alert color="blue" variant="light" title={t('known')}>
          <Stack gap="sm" align="flex-start">
            {t('knownWhat')}
            <Button size="xs" variant="default" loading={forget.isPending} onClick={() => forget.mutate(id)}>
              {t('throwAway')}
            </Button>
          </Stack>
        </Alert>
      )}
      {preview.data !== undefined && draft.data !== undefined && !isKnown && (
        <Steps
          key={draft.data.version}
          draft={draft.data.data}
          preview={preview.data}
          onChange={(options) => change.mutate(options)}
          isChanging={change.isPending}
        />
      )}
    </Page>
  );
}

function shownOf({ map = [], skipRows = '', effective = '', accept = [], ...rest }: Options, t: ReturnType<typeof useTexts>): Shown[] {
  const others = Object.entries(rest).map(([name, value]): Shown => [name, String(value)]);
  return [
    [t('mapping'), map.join(', ')],
    [t('skipRows'), skipRows],
    [t('effective'), effective],
    [t('warnings'), accept.join(', ')],
    ...others,
  ];
}
