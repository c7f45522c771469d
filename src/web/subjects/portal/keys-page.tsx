/** Own keys of a partner's programs. */
import { Button, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';

type Key = components['schemas']['ApiKey'];

export function PortalKeysPage() {
  const t = useTexts();
  const confirm = useConfirm();
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const list = useList(['portal', 'api-keys'], (cursor) =>
    client.GET('/v1/portal/api-keys', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const revoke = useChange({
    send: ({ key }: { key: string }) => client.DELETE('/v1/portal/api-keys/{key}', { params: { path: { key } } }).then(answered),
    changes: [['portal', 'api-keys']],
  });
  const columns = useMemo((): readonly Column<Key>[] => {
    const state = ({ revoked, expires }: Key) =>
      revoked !== undefined ? 'revoked' : expires !== undefined && new Date(expires).getTime() < Date.now() ? 'expired' : 'active';
    return [
      { id: 'key', header: t('key'), value: ({ key }) => key, width: 170 },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 200 },
      {
        ...{ id: 'state', header: t('state'), value: (key: Key) => t(state(key)) },
        cell: (key) => <StateBadge state={state(key) === 'active' ? 'settled' : 'wrong'}>{t(state(key))}</StateBadge>,
      },
      { id: 'permissions', header: t('permissions'), value: ({ permissions }) => permissions.join(' '), width: 260 },
      { id: 'used', header: t('lastUsed'), value: ({ lastUsed }) => lastUsed, kind: 'instant', width: 190 },
      {
        ...{ id: 'do', header: t('actions'), value: () => '', width: 100 },
        cell: ({ key, name, revoked }) => (
          <Button
            {...{ size: 'compact-xs', variant: 'subtle', disabled: revoked !== undefined }}
            onClick={async () => {
              const question = { title: t('revoke'), what: t('revokeWhat', { name }), action: t('revoke'), isDangerous: true };
              if (await confirm(question)) revoke.mutate({ key });
            }}
          >
            {t('revoke')}
          </Button>
        ),
      },
    ];
  }, [t, confirm, revoke]);
  return (
    <Page title={t('keys')} detail={t('keysWhat')} actions={<Button onClick={() => setMaking(true)}>{t('makeKey')}</Button>}>
      {secret !== undefined && (
        <ShownOnce
          {...{ title: t('keyMade'), what: t('keyOnce'), secret, copy: t('copy'), copied: t('copied'), done: t('done') }}
          onDone={() => setSecret(undefined)}
        />
      )}
      {revoke.error !== null && <Fault error={revoke.error} />}
      <DataTable
        {...{ name: 'portal-keys', label: t('keys'), list, columns }}
        rowKey={({ key }) => key}
        empty={<Empty title={t('noKeys')} />}
      />
      {isMaking && <Words onClose={() => setMaking(false)} onMade={setSecret} />}
    </Page>
  );
}

function Words({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (secret: string) => void }) {
  const t = useTexts();
  const { permissions: mine } = useMe();
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<string[]>([]);
  const make = useChange({
    send: (body: { name: string; permissions: string[] }) => client.POST('/v1/portal/api-keys', { body }).then(answered),
    onDone: ({ secret }) => {
      onMade(secret);
      onClose();
    },
    changes: [['portal', 'api-keys']],
  });
  return (
    <Modal opened onClose={onClose} title={t('makeKey')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ name: name.trim(), permissions });
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{ label: t('name'), required: true, maxLength: 100, value: name }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <MultiSelect {...{ label: t('permissions'), required: true, value: permissions, onChange: setPermissions, data: [...mine] }} />
          {make.error !== null && <Fault error={make.error} />}
          <Button type="submit" loading={make.isPending} disabled={permissions.length === 0}>
            {t('makeKey')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
