/** People who may sign in: invited, given another role, blocked. */
import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay, useMe } from '../../client/me.ts';
import { answered, Problem } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Held, type HeldOf } from '../../parts/held.tsx';
import { Page } from '../../parts/page.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type User = components['schemas']['User'];
type Invitation = components['schemas']['Invitation'];

export function UsersPage() {
  const t = useTexts();
  const me = useMe();
  const word = useWord();
  const may = useMay();
  const mayManage = may('access:manage');
  const confirm = useConfirm();
  const [isInviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<User>();
  const [invitation, setInvitation] = useState<Invitation>();
  const list = useList(['users'], (cursor) =>
    client.GET('/v1/users', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const block = useChange({
    send: ({ email, isBlocked }: { email: string; isBlocked: boolean }) =>
      client.PUT('/v1/users/{email}/block', { params: { path: { email } }, body: { isBlocked } }).then(answered),
    changes: [['users']],
  });
  const again = useChange({
    send: ({ email }: { email: string }) => client.POST('/v1/users/{email}/invitations', { params: { path: { email } } }).then(answered),
    onDone: setInvitation,
    changes: [['users']],
  });
  const drop = useChange({
    send: ({ email }: { email: string }) =>
      client.DELETE('/v1/users/{email}/second-factor', { params: { path: { email } } }).then(answered),
    changes: [['users']],
  });
  // One button more.
  const hasFactors = list.rows.some(({ hasSecondFactor }) => hasSecondFactor);
  const columns = useMemo((): readonly Column<User>[] => {
    const state = ({ isBlocked, hasPassword }: User) => (isBlocked ? 'blocked' : hasPassword ? 'active' : 'invited');
    return [
      { id: 'email', header: t('email'), value: ({ email }) => email, width: 170 },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 120 },
      { id: 'role', header: t('role'), value: ({ role }) => word(role), filter: true, width: 110 },
      { id: 'party', header: t('party'), value: ({ party }) => party, filter: true, width: 70 },
      {
        ...{ id: 'state', header: t('state'), value: state, width: 110 },
        cell: (user) => {
          const now = state(user);
          return <StateBadge state={now === 'active' ? 'settled' : now === 'invited' ? 'open' : 'wrong'}>{t(now)}</StateBadge>;
        },
      },
      {
        ...{ id: 'factor', header: t('secondFactor'), value: ({ hasSecondFactor }: User) => t(hasSecondFactor ? 'yes' : 'no') },
        ...{ filter: true, width: 110 },
      },
      { id: 'seen', header: t('lastSeen'), value: ({ lastSeen }) => lastSeen, kind: 'instant', width: 200 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: hasFactors ? 400 : 270 },
              cell: (user: User) => (
                <Group gap={4} wrap="nowrap">
                  <Button size="compact-xs" variant="subtle" disabled={user.email === me.email} onClick={() => setChanging(user)}>
                    {t('changeRole')}
                  </Button>
                  {user.hasSecondFactor && (
                    <Button
                      {...{ size: 'compact-xs', variant: 'subtle', disabled: user.email === me.email }}
                      onClick={async () => {
                        const { email, name } = user;
                        const what = t('dropFactorWhat', { name });
                        if (await confirm({ title: t('dropFactor'), what, action: t('dropFactor'), isDangerous: true }))
                          drop.mutate({ email });
                      }}
                    >
                      {t('dropFactor')}
                    </Button>
                  )}
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={user.isBlocked}
                    onClick={async () => {
                      const question = {
                        title: t('inviteAgain'),
                        what: t('inviteAgainWhat', { name: user.name }),
                        action: t('inviteAgain'),
                      };
                      if (await confirm(question)) again.mutate({ email: user.email });
                    }}
                  >
                    {t('inviteAgain')}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    color={user.isBlocked ? 'blue' : 'red'}
                    {...(user.isBlocked || user.email === me.email ? {} : { c: 'var(--wrong)' })}
                    disabled={user.email === me.email}
                    onClick={async () => {
                      const { email, name, isBlocked } = user;
                      const what = t('blockWhat', { name });
                      if (isBlocked || (await confirm({ title: t('block'), what, action: t('block'), isDangerous: true })))
                        block.mutate({ email, isBlocked: !isBlocked });
                    }}
                  >
                    {t(user.isBlocked ? 'unblock' : 'block')}
                  </Button>
                </Group>
              ),
            },
          ]
        : []),
    ];
  }, [t, mayManage, me.email, confirm, again, block, drop, word, hasFactors]);
  return (
    <Page title={t('users')} actions={mayManage && <Button onClick={() => setInviting(true)}>{t('invite')}</Button>}>
      <Ways here="/settings" />
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
      {drop.error !== null && <Fault error={drop.error} />}
      {[block.error, again.error].map((error, at) => error !== null && <Fault key={at === 0 ? 'block' : 'again'} error={error} />)}
      <DataTable
        {...{ name: 'users', label: t('users'), list, columns }}
        rowKey={({ email }) => email}
        empty={<Empty title={t('noUsers')}>{t('noUsersWhat')}</Empty>}
      />
      {isInviting && <Words known={undefined} onClose={() => setInviting(false)} onInvited={setInvitation} />}
      {changing !== undefined && (
        <Held
          {...{ title: t('changeRole'), onClose: () => setChanging(undefined) }}
          read={() => client.GET('/v1/users/{email}', { params: { path: { email: changing.email } } }).then(seen)}
        >
          {(known) => <Words {...{ known, onClose: () => setChanging(undefined), onInvited: setInvitation }} />}
        </Held>
      )}
    </Page>
  );
}

interface WordsProps {
  /** Whose role is changed; left out: somebody new. */
  readonly known: HeldOf<User> | undefined;
  readonly onClose: () => void;
  readonly onInvited: (invitation: Invitation) => void;
}

function Words({ known: held, onClose, onInvited }: WordsProps) {
  const known = held?.seen.data;
  const t = useTexts();
  const word = useWord();
  const roles = useQuery({ queryKey: ['roles'], queryFn: () => client.GET('/v1/roles').then(answered) });
  const [email, setEmail] = useState(known?.email ?? '');
  const [name, setName] = useState(known?.name ?? '');
  const [role, setRole] = useState<string | null>(known?.role ?? null);
  const [party, setParty] = useState(known?.party ?? '');
  const isOfParty = roles.data?.roles.find((each) => each.role === role)?.ofParty === true;
  const ofParty = isOfParty ? { party: party.trim() } : {};
  const change = useChange({
    of:
      held === undefined
        ? undefined
        : {
            ...{ ...held, subject: { kind: 'person', id: held.seen.data.email } },
            shows: (user) => [
              [t('role'), word(user.role)],
              [t('party'), user.party ?? ''],
              [t('state'), t(user.isBlocked ? 'blocked' : 'active')],
            ],
          },
    send: async (words: { email: string; name: string; role: string; party?: string }, { match }) => {
      if (known === undefined) return client.POST('/v1/users', { body: words }).then(answered);
      const body = { role: words.role, ...(words.party === undefined ? {} : { party: words.party }) };
      await client.PUT('/v1/users/{email}/role', { params: { path: { email: known.email }, header: match }, body }).then(answered);
      return undefined;
    },
    onDone: (done) => {
      if (done !== undefined) onInvited(done);
      onClose();
    },
    changes: [['users']],
  });
  const wrong = (field: string): { error: string } | object => {
    const said = change.error instanceof Problem ? change.error.of(field) : undefined;
    return said === undefined ? {} : { error: said };
  };
  return (
    <FormDialog
      {...{ title: t(known === undefined ? 'invite' : 'changeRole'), action: t(known === undefined ? 'invite' : 'changeRole') }}
      {...{ opened: true, onClose, error: change.error, isSending: change.isPending, isReady: role !== null }}
      onSubmit={() => role !== null && change.mutate({ email: email.trim(), name: name.trim(), role, ...ofParty })}
    >
      <TextInput
        {...{ label: t('email'), type: 'email', required: true, maxLength: 254, disabled: known !== undefined, value: email }}
        onChange={(event) => setEmail(event.currentTarget.value)}
        {...wrong('email')}
      />
      {known === undefined && (
        <TextInput
          {...{ label: t('name'), required: true, maxLength: 200, value: name }}
          onChange={(event) => setName(event.currentTarget.value)}
          {...wrong('name')}
        />
      )}
      <Select
        {...{ label: t('role'), required: true, value: role, onChange: setRole }}
        data={(roles.data?.roles ?? []).map((each) => ({ value: each.role, label: word(each.role) }))}
        {...(role === null ? {} : { description: word(`role ${role}`) })}
        {...wrong('role')}
      />
      {isOfParty && (
        <TextInput
          {...{ label: t('party'), required: true, maxLength: 255, description: t('partyWhat'), value: party }}
          onChange={(event) => setParty(event.currentTarget.value)}
          {...wrong('party')}
        />
      )}
    </FormDialog>
  );
}
