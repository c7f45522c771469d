/** Who changed what, and who saw personal data; and whether the chain holds. */
import { Alert, Button, Code, Group, List, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useWord } from '../words/words.ts';
import { AuditEntry } from './audit-entry.tsx';
import { toldLine, toldOf } from './audit-told.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Entry = components['schemas']['AuditEntry'];

const stages = ['begun', 'changed', 'done', 'refused', 'failed', 'seen'] as const;
const stateOf = { begun: 'open', changed: 'settled', done: 'settled', refused: 'attention', failed: 'wrong', seen: 'open' } as const;

export function AuditPage() {
  const t = useTexts();
  const word = useWord();
  const [url, change] = useUrl();
  const { who, operation, subject, day, shown } = url;
  const stage = stages.find((each) => each === url.stage);
  const list = useList(['audit-trail', who, operation, subject, stage, day], (cursor) =>
    client
      .GET('/v1/audit-trail', {
        params: {
          query: {
            limit: 200,
            ...(cursor === undefined ? {} : { cursor }),
            ...(who === undefined ? {} : { who }),
            ...(operation === undefined ? {} : { operation }),
            ...(subject === undefined ? {} : { subject }),
            ...(stage === undefined ? {} : { stage }),
            ...(day === undefined ? {} : { from: `${day}T00:00:00Z` }),
          },
        },
      })
      .then(answered),
  );
  const check = useMutation({ mutationFn: () => client.GET('/v1/audit-trail/verification').then(answered) });
  const said = useCallback((did: string): string => (word(`did ${did}`).startsWith('did ') ? did : word(`did ${did}`)), [word]);
  const columns = useMemo(
    (): readonly Column<Entry>[] => [
      { id: 'entry', header: t('entry'), value: ({ entry: number }) => Number(number), kind: 'figure', width: 80 },
      { id: 'at', header: t('at'), value: ({ at }) => at, kind: 'instant', width: 200 },
      { id: 'who', header: t('who'), value: ({ who: { name, id } }) => (name === '' ? id : name), filter: true, width: 170 },
      {
        id: 'operation',
        header: t('operation'),
        value: ({ operation: what }) => what,
        filter: true,
        width: 200,
        cell: ({ operation: what }) => <span title={what}>{said(what)}</span>,
      },
      { id: 'subject', header: t('subject'), value: ({ subject: { kind, id } }) => `${kind} ${id}`.trim(), width: 150 },
      { id: 'told', header: t('told'), value: (entry) => toldLine(toldOf(entry)), width: 220 },
      {
        ...{ id: 'stage', header: t('stage'), value: ({ stage: now, code }) => code ?? now, filter: true, width: 160 },
        cell: ({ stage: now, code }) => <StateBadge state={stateOf[now]}>{code ?? t(now)}</StateBadge>,
      },
      { id: 'from', header: t('from'), value: ({ who: { address, kind } }) => address ?? kind, filter: true, width: 110 },
      { id: 'asked', header: t('asked'), value: ({ asked }) => asked, isHidden: true, width: 320 },
      { id: 'before', header: t('before'), value: ({ before }) => before, isHidden: true, width: 280 },
      { id: 'after', header: t('after'), value: ({ after }) => after, isHidden: true, width: 280 },
      { id: 'hash', header: t('hash'), value: ({ hash }) => hash, isHidden: true, width: 320 },
    ],
    [t, said],
  );
  const entry = list.rows.find((each) => each.entry === shown);
  return (
    <Page
      title={t('audit')}
      detail={t('auditWhat')}
      actions={
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t('verify')}
        </Button>
      }
    >
      <Ways here="/settings/audit-trail" />
      {check.error !== null && <Fault error={check.error} />}
      {check.data !== undefined && <Checked {...check.data} />}
      <Group gap="sm" align="end">
        <Filter key={`who ${who}`} label={t('who')} value={who} onChange={(value) => change({ who: value })} />
        <Filter
          key={`operation ${operation}`}
          label={t('operation')}
          value={operation}
          onChange={(value) => change({ operation: value })}
        />
        <Filter key={`subject ${subject}`} label={t('subject')} value={subject} onChange={(value) => change({ subject: value })} />
        <Select
          {...{ label: t('stage'), clearable: true, value: stage ?? null, size: 'xs' }}
          data={stages.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => change({ stage: value ?? undefined })}
        />
        <TextInput
          {...{ label: t('since'), type: 'date', size: 'xs', value: day ?? '' }}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
      </Group>
      <DataTable
        {...{ name: 'audit-trail', label: t('audit'), list, columns }}
        rowKey={({ entry: number }) => number}
        open={({ entry: number }) => ({ to: '/settings/audit-trail', search: () => ({ ...url, shown: number }) })}
        empty={<Empty title={t('noEntries')}>{t('noEntriesWhat')}</Empty>}
      />
      {entry !== undefined && (
        <AuditEntry {...{ entry, what: said(entry.operation), others: list.rows }} onLeave={() => change({ shown: undefined })} />
      )}
    </Page>
  );
}

interface FilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

/** Asked when it was written, not for each letter. */
function Filter({ label, value, onChange }: FilterProps) {
  const [text, setText] = useState(value ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <TextInput
        {...{ label, size: 'xs', maxLength: 255, value: text }}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== (value ?? '') && onChange(text.trim())}
      />
    </form>
  );
}

function Checked({ entries, erased, head, faults }: components['schemas']['AuditCheck']) {
  const t = useTexts();
  const isSound = faults.length === 0;
  return (
    <Alert
      {...{ role: 'status', variant: 'light', color: isSound ? 'green' : 'red', title: t(isSound ? 'chainHolds' : 'chainBroken') }}
      styles={{ title: { color: `var(--${isSound ? 'settled' : 'wrong'})` }, message: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs">
        <Text>{t('chainSays', { entries, erased })}</Text>
        <Code style={{ overflowWrap: 'anywhere' }}>{head}</Code>
        {!isSound && (
          <List>
            {faults.map(({ entry, said }) => (
              <List.Item key={`${entry} ${said}`}>
                {entry}: {said}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Alert>
  );
}
