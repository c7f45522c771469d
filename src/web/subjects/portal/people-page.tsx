/** Own people of a partner. */
import { Button, Modal, Stack, TextInput } from '@mantine/core';
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

type User = components['schemas']['User'];
type Invitation = components['schemas']['Invitation'];

export function PeoplePage() {
  const t = useTexts();
  const me = useMe();
  const confirm = useConfirm();
  const [isInviting, setInviting] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const list = useList(['portal', 'users'], (cursor) =>
    client.GET('/v1/portal/users', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const block = useChange({
    send: ({ email, isBlocked }: { email: string; isBlocked: boolean }) =>
      client.PUT('/v1/portal/users/{email}/block', { params: { path: { email } }, body: { isBlocked } }).then(answered),
    changes: [['portal', 'users']],
  });
  const columns = useMemo((): readonly Column<User>[] => {
    const state = ({ isBlocked, hasPassword }: User) => (isBlocked ? 'blocked' : hasPassword ? 'active' : 'invited');
    return [
      { id: 'email', header: t('email'), value: ({ email }) => email, width: 260 },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 200 },
      {
        ...{ id: 'state', header: t('state'), value: (user: User) => t(state(user)) },
        cell: (user) => {
          const now = state(user);
          return <StateBadge state={now === 'active' ? 'settled' : now === 'invited' ? 'open' : 'wrong'}>{t(now)}</StateBadge>;
        },
      },
      { id: 'seen', header: t('lastSeen'), value: ({ lastSeen }) => lastSeen, kind: 'instant', width: 190 },
      {
        ...{ id: 'do', header: t('actions'), value: () => '', width: 130 },
        cell: ({ email, name, isBlocked }) => (
          <Button
            {...{ size: 'compact-xs', variant: 'subtle', disabled: email === me.email }}
            onClick={async () => {
              const question = { title: t('block'), what: t('blockWhat', { name }), action: t('block'), isDangerous: true };
              if (isBlocked || (await confirm(question))) block.mutate({ email, isBlocked: !isBlocked });
            }}
          >
            {t(isBlocked ? 'unblock' : 'block')}
          </Button>
        ),
      },
    ];
  }, [t, me.email, confirm, block]);
  return (
    <Page title={t('people')} actions={<Button onClick={() => setInviting(true)}>{t('invite')}</Button>}>
      {invitation !== undefined && (
        <ShownOnce
          {...{
            title: t('invitationFor', { name: invitation.user.name }),
            what: t(invitation.byMail ? 'invitationMailed' : 'invitationWhat'),
            copy: t('copy'),
            copied: t('copied'),
          }}
          secret={`${location.origin}/invitation?token=${invitation.invitation}`}
          done={t('done')}
          onDone={() => setInvitation(undefined)}
        />
      )}
      {block.error !== null && <Fault error={block.error} />}
      <DataTable
        {...{ name: 'portal-users', label: t('people'), list, columns }}
        rowKey={({ email }) => email}
        empty={<Empty title={t('noPeople')} />}
      />
      {isInviting && <Words onClose={() => setInviting(false)} onInvited={setInvitation} />}
    </Page>
  );
}

function Words({ onClose, onInvited }: { readonly onClose: () => void; readonly onInvited: (invitation: Invitation) => void }) {
  const t = useTexts();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const invite = useChange({
    send: (body: { email: string; name: string }) => client.POST('/v1/portal/users', { body }).then(answered),
    onDone: (done) => {
      onInvited(done);
      onClose();
    },
    changes: [['portal', 'users']],
  });
  return (
    <Modal opened onClose={onClose} title={t('invite')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ email: email.trim(), name: name.trim() });
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{ label: t('email'), type: 'email', required: true, maxLength: 254, value: email }}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <TextInput
            {...{ label: t('name'), required: true, maxLength: 200, value: name }}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {invite.error !== null && <Fault error={invite.error} />}
          <Button type="submit" loading={invite.isPending}>
            {t('invite')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
