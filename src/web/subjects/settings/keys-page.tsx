/** Keys of programs: made, shown once, revoked. */
import { Button, MultiSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Key = components['schemas']['ApiKey'];

export function KeysPage() {
  const t = useTexts();
  const mayManage = useMay()('access:manage');
  const confirm = useConfirm();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const list = useList(['api-keys'], (cursor) =>
    client.GET('/v1/api-keys', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const revoke = useChange({
    send: ({ key }: { key: string }) => client.DELETE('/v1/api-keys/{key}', { params: { path: { key } } }).then(answered),
    changes: [['api-keys']],
  });
  const columns = useMemo((): readonly Column<Key>[] => {
    const state = ({ revoked, expires }: Key) =>
      revoked !== undefined ? 'revoked' : expires !== undefined && new Date(expires).getTime() < Date.now() ? 'expired' : 'active';
    return [
      { id: 'key', header: t('key'), value: ({ key }) => key, width: 130 },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 140 },
      {
        ...{ id: 'state', header: t('state'), value: state, width: 110 },
        cell: (key) => <StateBadge state={state(key) === 'active' ? 'settled' : 'wrong'}>{t(state(key))}</StateBadge>,
      },
      {
        ...{ id: 'permissions', header: t('permissions'), value: ({ permissions }: Key) => permissions.join(' '), width: 150 },
        cell: ({ permissions, withheld }) => (
          <>
            {permissions.join(' ')}{' '}
            {withheld !== undefined && (
              <Text span className="quiet">
                {t('keyWithheld', { permissions: withheld.join(' ') })}
              </Text>
            )}
          </>
        ),
      },
      { id: 'party', header: t('party'), value: ({ party }) => party, filter: true, width: 90 },
      { id: 'used', header: t('lastUsed'), value: ({ lastUsed }) => lastUsed, kind: 'instant', width: 200 },
      { id: 'expires', header: t('expires'), value: ({ expires }) => expires, kind: 'instant', width: 200 },
      { id: 'madeBy', header: t('madeBy'), value: ({ madeBy }) => madeBy, isHidden: true },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 100 },
              cell: ({ key, name, revoked }: Key) => (
                <Button
                  {...{ size: 'compact-xs', variant: 'subtle', color: 'red', disabled: revoked !== undefined }}
                  {...(revoked === undefined ? { c: 'var(--wrong)' } : {})}
                  onClick={async () => {
                    const what = t('revokeWhat', { name });
                    if (await confirm({ title: t('revoke'), what, action: t('revoke'), isDangerous: true })) revoke.mutate({ key });
                  }}
                >
                  {t('revoke')}
                </Button>
              ),
            },
          ]
        : []),
    ];
  }, [t, mayManage, confirm, revoke]);
  return (
    <Page title={t('keys')} actions={mayManage && <Button onClick={() => setMaking(true)}>{t('makeKey')}</Button>}>
      <Ways here="/settings/keys" />
      {secret !== undefined && (
        <ShownOnce
          {...{ title: t('keyMade'), what: t('keyOnce'), secret, copy: t('copy'), copied: t('copied'), done: t('done') }}
          onDone={() => setSecret(undefined)}
        />
      )}
      {revoke.error !== null && <Fault error={revoke.error} />}
      <DataTable
        {...{ name: 'api-keys', label: t('keys'), list, columns }}
        rowKey={({ key }) => key}
        empty={<Empty title={t('noKeys')}>{t('noKeysWhat')}</Empty>}
      />
      {isMaking && <Words onClose={() => setMaking(false)} onMade={setSecret} />}
    </Page>
  );
}

function Words({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (secret: string) => void }) {
  const t = useTexts();
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => client.GET('/v1/roles').then(answered) });
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<string[]>([]);
  const [until, setUntil] = useState('');
  const make = useChange({
    send: (body: { name: string; permissions: string[]; expires?: string }) => client.POST('/v1/api-keys', { body }).then(answered),
    onDone: ({ secret }) => {
      onMade(secret);
      onClose();
    },
    changes: [['api-keys']],
  });
  return (
    <FormDialog
      {...{ title: t('makeKey'), action: t('makeKey'), opened: true, onClose }}
      {...{ error: make.error, isSending: make.isPending, isReady: permissions.length > 0 }}
      onSubmit={() => make.mutate({ name: name.trim(), permissions, ...(until === '' ? {} : { expires: endOf(until) }) })}
    >
      <TextInput
        {...{ label: t('name'), description: t('keyNameWhat'), required: true, maxLength: 100, value: name }}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        {...{ label: t('permissions'), required: true, searchable: true, value: permissions, onChange: setPermissions }}
        data={(roles.data?.permissions ?? []).map(({ permission }) => permission)}
      />
      <TextInput
        {...{ label: t('expires'), description: t('keyUntilWhat'), type: 'date', max: '9999-12-30', value: until }}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

const DAY_MS = 86_400_000;

/** The instant at which a day is over, in UTC. */
function endOf(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString();
}
