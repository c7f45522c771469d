/** What waits, by reason and by what is missing, with how it is mended; taken up again or written off here. */
import { Anchor, Button, Group, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { wholeList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { formatFigure, sumFigures } from '../../parts/figures.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { type Job, JobWatch } from '../../parts/job-watch.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useLanguage } from '../../shell/language.ts';
import { useRefusals } from '../refusals/refusals.tsx';
import { AddRate, type MissingRate } from './add-rate.tsx';
import { missingIn } from './missing.ts';
import { summaryOf } from './summary.ts';
import { useTexts } from './texts.ts';

type Group_ = components['schemas']['HeldGroup'];

type Stake = components['schemas']['SuspenseGroup'];

/** Of the answer: more kinds of trouble are too many to mend one by one. */
const MOST_GROUPS = 1_000;

export function SuspensePage() {
  const t = useTexts();
  const { remedy: remedyOf } = useRefusals();
  const language = useLanguage();
  const may = useMay();
  const mayManage = may('usage:manage');
  const mayPrice = may('rates:manage');
  const confirm = useConfirm();
  const queries = useQueryClient();
  const [job, setJob] = useState<Job>();
  const [writingOff, setWritingOff] = useState<Group_>();
  const [adding, setAdding] = useState<MissingRate>();
  const groups = useQuery({
    queryKey: ['suspense', 'groups'],
    queryFn: () => client.GET('/v1/usage/suspense/groups', { params: { query: { limit: MOST_GROUPS } } }).then(answered),
    select: ({ items }) => items,
  });
  const stakes = useQuery({
    queryKey: ['suspense', 'stakes'],
    queryFn: () => client.GET('/v1/usage/suspense', { params: { query: { by: 'group', limit: MOST_GROUPS } } }).then(answered),
    select: ({ items }) => items,
  });
  const ofGroup = useMemo(() => new Map(stakes.data?.map((stake): [string, Stake] => [stake.group, stake])), [stakes.data]);
  const retry = useChange({
    send: (body: { readonly group?: string }, { key }) =>
      client.POST('/v1/usage/retries', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    onDone: setJob,
  });
  const { mutate } = retry;
  const columns = useMemo((): readonly Column<Group_>[] => {
    const count = (value: number): string => formatFigure(String(value), { language });
    const lacks = ({ missing }: Group_): string => missingIn(missing, t);
    const ask = async (of: Group_): Promise<void> => {
      const { group, records } = of;
      const what = t('retryWhat', { count: count(records), missing: lacks(of) });
      if (await confirm({ title: t('retry'), what, action: t('retry') })) mutate({ group });
    };
    const money = (side: 'receivable' | 'payable') => ({
      ...{ id: side, header: t(side === 'receivable' ? 'soldAbout' : 'boughtAbout'), width: 115, leads: true },
      value: ({ group }: Group_) =>
        ofGroup
          .get(group)
          ?.[side].map(({ amount, currency }) => `${amount} ${currency}`)
          .join(', '),
      cell: ({ group }: Group_) => <Amounts of={ofGroup.get(group)?.[side]} />,
    });
    return [
      { id: 'missing', header: t('missing'), value: lacks, wraps: true, width: 220 },
      { id: 'records', header: t('records'), kind: 'figure', value: ({ records }) => records, total: true, width: 90 },
      money('receivable'),
      money('payable'),
      {
        ...{ id: 'do', header: t('actions'), value: () => undefined, width: 90 + (mayManage ? 220 : 0) + (mayPrice ? 120 : 0) },
        cell: (of) => (
          <Group gap="xs" wrap="nowrap">
            <Anchor renderRoot={(props) => <Link {...props} to="/usage" search={() => ({ state: 'held', group: of.group })} />}>
              {t('show')}
            </Anchor>
            {mayPrice && of.rate !== undefined && (
              <Button size="compact-xs" onClick={() => setAdding(of.rate)}>
                {t('addRate')}
              </Button>
            )}
            {mayManage && (
              <>
                <Button size="compact-xs" variant="light" onClick={() => void ask(of)}>
                  {t('retry')}
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => setWritingOff(of)}>
                  {t('writeOff')}
                </Button>
              </>
            )}
          </Group>
        ),
      },
      { id: 'reason', header: t('reason'), value: ({ reason }) => reason, filter: true, width: 150, isHidden: true },
      { id: 'seconds', header: t('seconds'), kind: 'figure', value: ({ seconds }) => seconds, total: true, width: 100, isHidden: true },
      {
        id: 'remedy',
        header: t('remedy'),
        value: ({ reason, remedy }) => remedyOf(reason, remedy),
        wraps: true,
        width: 180,
      },
    ];
  }, [t, remedyOf, language, mayManage, mayPrice, mutate, confirm, ofGroup]);
  const refetch = (): void => {
    for (const queryKey of [['suspense'], ['usage'], ['usage-record']]) void queries.invalidateQueries({ queryKey });
  };
  const all = (groups.data ?? []).reduce((sum, { records }) => sum + records, 0);
  const askAll = async (): Promise<void> => {
    const what = t('retryAllWhat', { count: formatFigure(String(all), { language }) });
    if (await confirm({ title: t('retryAll'), what, action: t('retryAll') })) mutate({});
  };
  return (
    <Page
      title={t('title')}
      actions={mayManage && all > 0 ? <Button onClick={() => void askAll()}>{t('retryAll')}</Button> : undefined}
      detail={<Stakes items={stakes.data ?? []} />}
    >
      {retry.error !== null && <Fault error={retry.error} />}
      {job !== undefined && (
        <JobWatch key={job.job} job={job.job} summary={(result) => <Text>{summaryOf(result, t, language)}</Text>} onEnd={refetch} />
      )}
      <DataTable
        {...{ name: 'suspense', label: t('title'), list: wholeList(groups), columns }}
        rowKey={({ group }) => group}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
      {adding !== undefined && <AddRate missing={adding} onClose={() => setAdding(undefined)} />}
      {writingOff !== undefined && (
        <WriteOff of={writingOff} stake={ofGroup.get(writingOff.group)} onClose={() => setWritingOff(undefined)} onBegun={setJob} />
      )}
    </Page>
  );
}

/** Without any like it in the books nobody knows. */
function Amounts({ of }: { readonly of: Stake['receivable'] | undefined }) {
  const t = useTexts();
  if (of === undefined || of.length === 0) return <span className="quiet">{t('unknownStake')}</span>;
  return of.map(({ amount, currency }, at) => (
    <span key={currency}>
      {at > 0 ? ', ' : ''}
      <Amount value={amount} currency={currency} />
    </span>
  ));
}

/** What may be at stake in all, by side and currency. */
function Stakes({ items }: { readonly items: readonly Stake[] }) {
  const t = useTexts();
  const sides = [
    [t('sold'), items.flatMap(({ receivable }) => receivable)],
    [t('bought'), items.flatMap(({ payable }) => payable)],
  ] as const;
  if (sides.every(([, amounts]) => amounts.length === 0)) return null;
  return (
    <Group gap="md" component="p" m={0}>
      <span>{t('stake')}:</span>
      {sides.flatMap(([side, amounts]) =>
        [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, of]) => (
          <span key={`${side}${currency}`}>
            {side} ≈ <Amount value={sumFigures(of.map(({ amount }) => amount))} currency={currency} />
          </span>
        )),
      )}
    </Group>
  );
}

interface WriteOffProps {
  readonly of: Group_;
  readonly stake: Stake | undefined;
  readonly onClose: () => void;
  readonly onBegun: (job: Job) => void;
}

function WriteOff({ of: { group, missing, reason, records }, stake, onClose, onBegun }: WriteOffProps) {
  const t = useTexts();
  const language = useLanguage();
  const [why, setWhy] = useState('');
  const change = useChange({
    send: (words: string, { key }) =>
      client.POST('/v1/usage/write-offs', { params: { header: { 'Idempotency-Key': key } }, body: { group, why: words } }).then(answered),
    onDone: (job) => {
      onBegun(job);
      onClose();
    },
  });
  const count = formatFigure(String(records), { language });
  return (
    <FormDialog
      {...{ title: t('writeOff'), action: t('writeOffCount', { count }), opened: true, onClose, isDangerous: true }}
      {...{ error: change.error, isSending: change.isPending, isReady: why.trim() !== '' }}
      onSubmit={() => change.mutate(why.trim())}
    >
      <Text>{t('writeOffWhat', { count, reason })}</Text>
      <Text fw={500}>
        <bdi>{missingIn(missing, t)}</bdi>
      </Text>
      {stake !== undefined && (
        <Text>
          {t('sold')} ≈ <Amounts of={stake.receivable} /> · {t('bought')} ≈ <Amounts of={stake.payable} />
        </Text>
      )}
      <Textarea
        required
        autosize
        label={t('why')}
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
