/** A rate sheet before it is in force: what is read from where, what is wrong, what changes, and what that comes to. */
import { Alert, Anchor, Button, Checkbox, Group, NativeSelect, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Shown, seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Fault } from '../../parts/fault.tsx';
import { decimalsOfCurrency, formatFigure } from '../../parts/figures.ts';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { Page } from '../../parts/page.tsx';
import { Scrolling } from '../../parts/scrolling.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { useLanguage } from '../../shell/language.ts';
import { useRefusals } from '../refusals/refusals.tsx';
import { Changes, FaultTable } from './draft-tables.tsx';
import { useTexts } from './texts.ts';

type Draft = components['schemas']['RateSheetDraft'];
type Options = components['schemas']['RateSheetOptions'];
type Preview = components['schemas']['RateSheetPreview'];
type Report = components['schemas']['RateSheetReport'];

/** What a column of a sheet can be; further ones are mapped as `carillon rates import` has them. */
const FIELDS = ['code', 'destination', 'price', 'effective', 'end', 'increments', 'band', 'ignore'];

export function DraftPage() {
  const t = useTexts();
  const { draft: id = '' } = useParams({ strict: false });
  const path = { draft: id };
  const confirm = useConfirm();
  const queries = useQueryClient();
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
        <Button disabled={!isReady} loading={activate.isPending} onClick={() => void sure()}>
          {t('activate')}
        </Button>
      }
    >
      {[draft, preview].map(({ error, refetch }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: two questions, always in this order
        error === null ? null : <Fault key={at} error={error} onRetry={() => void refetch()} />,
      )}
      {[change, activate].map(({ error }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place
        error === null ? null : <Fault key={at} error={error} />,
      )}
      {preview.isPending && <Skeleton height={320} />}
      {isKnown && (
        <Alert color="blue" variant="light" title={t('known')}>
          {t('knownWhat')}
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

interface StepsProps {
  readonly draft: Draft;
  readonly preview: Preview;
  readonly onChange: (options: Options) => void;
  readonly isChanging: boolean;
}

function Steps({ draft: { options }, preview, onChange, isChanging }: StepsProps) {
  const refusals = useRefusals();
  const t = useTexts();
  const { report, effect } = preview;
  const language = useLanguage();
  const amount = (value: string, currency: string): string =>
    `${formatFigure(value, { language, decimals: decimalsOfCurrency(currency) })}\u00a0${currency}`;
  const faults = [...preview.faults, ...(report?.faults ?? [])];
  const faultRows = [...new Set(faults.flatMap(({ row }) => (row === undefined ? [] : [row])))];
  const leaveOut = (): void =>
    onChange({
      ...options,
      skipRows: [...(options.skipRows === undefined || options.skipRows === '' ? [] : [options.skipRows]), ...faultRows].join(','),
    });
  const accepted = new Set(options.accept ?? []);
  return (
    <Stack gap="lg">
      <Mapping {...{ options, preview, onChange, isChanging }} />
      {faults.length > 0 && (
        <Stack gap="xs" component="section">
          <Group gap="sm">
            <Title order={2}>{t('faults')}</Title>
            <StateBadge state="wrong">{String(report?.faultCount ?? faults.length)}</StateBadge>
            {faultRows.length > 0 && (
              <Button size="compact-sm" variant="default" onClick={leaveOut} loading={isChanging}>
                {t('leaveOut')}
              </Button>
            )}
          </Group>
          <FaultTable faults={faults} />
        </Stack>
      )}
      {(report?.warnings ?? []).length > 0 && (
        <Stack gap="xs" component="section">
          <Title order={2}>{t('warnings')}</Title>
          {report?.warnings.map(({ code, meaning, count, isAccepted, examples }) => (
            <Stack key={code} gap={4}>
              <Checkbox
                label={t('accept', { meaning: refusals.title(code, meaning), count })}
                checked={isAccepted}
                disabled={isChanging}
                onChange={({ currentTarget: { checked } }) =>
                  onChange({ ...options, accept: checked ? [...accepted, code] : [...accepted].filter((each) => each !== code) })
                }
              />
              <FaultTable faults={examples} />
            </Stack>
          ))}
        </Stack>
      )}
      {effect !== undefined && report !== undefined && (
        <Text>
          {t('effect', { days: effect.days, charged: amount(effect.charged, effect.currency) })}{' '}
          <b>
            <Amount value={effect.difference} currency={effect.currency} />
          </b>{' '}
          {t('effectMore')}.{' '}
          <span className="quiet">
            {t('uncertain', { charged: amount(effect.uncertain.charged, effect.currency), count: effect.uncertain.changesWithoutTraffic })}
          </span>
        </Text>
      )}
      {report !== undefined && report.faultCount === 0 && <Changes changes={report.changes} />}
    </Stack>
  );
}

function Mapping({ options, preview: { rows, report }, onChange, isChanging }: Omit<StepsProps, 'draft'> & { readonly options: Options }) {
  const t = useTexts();
  const [skipRows, setSkipRows] = useState(options.skipRows ?? '');
  const [effective, setEffective] = useState(options.effective ?? '');
  const [map, setMap] = useState<readonly string[]>(options.map ?? []);
  useAskBeforeLeaving(
    skipRows !== (options.skipRows ?? '') || effective !== (options.effective ?? '') || map.join() !== (options.map ?? []).join(),
  );
  const header = rows.find(({ row }) => row === report?.headerRow) ?? rows[0];
  const fieldOf = (title: string): string =>
    map.find((each) => each.startsWith(`${title}=`))?.slice(title.length + 1) ??
    report?.columns.find((column) => column.header === title)?.field ??
    '';
  const choose = (title: string, field: string): void =>
    setMap([...map.filter((each) => !each.startsWith(`${title}=`)), ...(field === '' ? [] : [`${title}=${field}`])]);
  const apply = (): void => {
    const { skipRows: _, effective: __, map: ___, ...rest } = options;
    onChange({
      ...rest,
      ...(skipRows === '' ? {} : { skipRows }),
      ...(effective === '' ? {} : { effective }),
      ...(map.length === 0 ? {} : { map: [...map] }),
    });
  };
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('mapping')}</Title>
      <Scrolling label={t('preview')}>
        <Table verticalSpacing={6} miw={560} aria-label={t('preview')}>
          <Table.Thead>
            <Table.Tr>
              {(header?.cells ?? []).map((title, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: titles may be the same
                <Table.Th key={at} scope="col">
                  <NativeSelect
                    aria-label={`${t('mapping')}: ${title}`}
                    value={fieldOf(title)}
                    onChange={(event) => choose(title, event.currentTarget.value)}
                    data={[{ value: '', label: t('ignored') }, ...[...new Set([...FIELDS, fieldOf(title)])].filter((each) => each !== '')]}
                  />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, 8).map(({ row, cells }) => (
              <Table.Tr key={row}>
                {cells.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name
                  <Table.Td key={at} fw={row === header?.row ? 600 : 400}>
                    <bdi>{cell}</bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolling>
      <Group gap="sm" align="end">
        <TextInput label={t('skipRows')} value={skipRows} onChange={(event) => setSkipRows(event.currentTarget.value)} w={280} />
        <TextInput
          label={t('effective')}
          type="date"
          value={effective}
          onChange={(event) => setEffective(event.currentTarget.value)}
          w={280}
        />
        <Button variant="default" onClick={apply} loading={isChanging}>
          {t('apply')}
        </Button>
      </Group>
    </Stack>
  );
}
