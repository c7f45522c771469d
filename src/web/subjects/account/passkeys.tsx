/** Own passkeys: made, named, removed. */
import { Badge, Button, Card, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useOneAtATime } from '../../client/one-at-a-time.ts';
import { type Account, accountQuery, askSignIn, knowsPasskeys, makePasskey } from '../../client/sign-in.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Fault } from '../../parts/fault.tsx';
import { IconFingerprint } from '../../parts/icons.ts';
import { Instant } from '../../parts/instant.tsx';
import { useTexts } from './texts.ts';

type Passkey = Account['passkeys'][number];

export function Passkeys({ account: { passkeys, isFresh } }: { readonly account: Account }) {
  const t = useTexts();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const [naming, setNaming] = useState<Passkey | 'new'>();
  const removing = useOneAtATime({
    mutationFn: (passkey: string) => askSignIn('/passkey/remove', { passkey }),
    onSuccess: () => queries.invalidateQueries(accountQuery),
  });
  return (
    <Stack component="section" gap="sm" aria-label={t('passkeys')}>
      <Group justify="space-between">
        <Text component="h2" fw={600}>
          {t('passkeys')}
        </Text>
        <Button size="xs" disabled={!isFresh || !knowsPasskeys()} onClick={() => setNaming('new')}>
          {t('addPasskey')}
        </Button>
      </Group>
      <Text className="quiet">{t(knowsPasskeys() ? 'passkeysWhat' : 'passkeysNot')}</Text>
      {passkeys.map((each) => (
        <Card key={each.passkey} withBorder padding="sm" data-passkey>
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <IconFingerprint size={20} aria-hidden style={{ flexShrink: 0 }} />
            <Stack gap={4} style={{ flexGrow: 1, minWidth: 0 }}>
              <Group gap="sm">
                <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
                  {each.name}
                </Text>
                {each.isSynced && (
                  <Badge variant="default" tt="none">
                    {t('synced')}
                  </Badge>
                )}
              </Group>
              <Text size="xs" className="quiet">
                {t('made')} <Instant at={each.made} />
                {each.lastUsed !== undefined && (
                  <>
                    {' · '}
                    {t('lastUsed')} <Instant at={each.lastUsed} />
                  </>
                )}
              </Text>
              <Group gap={4}>
                <Button size="compact-xs" variant="subtle" onClick={() => setNaming(each)}>
                  {t('rename')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="red"
                  {...(isFresh ? { c: 'var(--wrong)' } : {})}
                  disabled={!isFresh}
                  onClick={async () => {
                    const question = { title: t('remove'), what: t('removeWhat', { name: each.name }), action: t('remove') };
                    if (await confirm({ ...question, isDangerous: true })) removing.mutate(each.passkey);
                  }}
                >
                  {t('remove')}
                </Button>
              </Group>
            </Stack>
          </Group>
        </Card>
      ))}
      {removing.error !== null && <Fault error={removing.error} />}
      {naming !== undefined && <Naming passkey={naming} onClose={() => setNaming(undefined)} />}
    </Stack>
  );
}

function Naming({ passkey, onClose }: { readonly passkey: Passkey | 'new'; readonly onClose: () => void }) {
  const t = useTexts();
  const queries = useQueryClient();
  const [name, setName] = useState(passkey === 'new' ? '' : passkey.name);
  const sending = useOneAtATime({
    mutationFn: async () => {
      if (passkey === 'new') return makePasskey(name);
      await askSignIn('/passkey/rename', { passkey: passkey.passkey, name });
      return 'made' as const;
    },
    onSuccess: async (done) => {
      if (done === 'undone') return;
      await queries.invalidateQueries(accountQuery);
      onClose();
    },
  });
  const title = t(passkey === 'new' ? 'addPasskey' : 'rename');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          sending.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            {...{ label: t('passkeyName'), description: t('passkeyNameWhat'), required: true, maxLength: 100, value: name }}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {sending.data === 'undone' && <Text role="status">{t('undone')}</Text>}
          {sending.error !== null && <Fault error={sending.error} />}
          <Button type="submit" loading={sending.isPending} disabled={name.trim() === ''}>
            {title}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
