/** What a second person is asked to approve: whom it would erase, as far as the role may see that, what of it, and why it cannot be done now. */
import { Alert, Button, Group, Modal, Skeleton, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { Said } from '../../parts/said.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { Report } from './erasure-report.tsx';
import { useTexts } from './texts.ts';

interface Props {
  readonly erasure: string;
  /** Of deciding. */
  readonly error: unknown;
  readonly isSending: boolean;
  readonly onDecide: (decision: 'approve' | 'refuse') => void;
  readonly onLeave: () => void;
}

export function WaitingErasure({ erasure, error, isSending, onDecide, onLeave }: Props) {
  const t = useTexts();
  const shell = useShellTexts();
  const found = useQuery({
    // Not one of 'erasures': what was decided waits no more, and is not looked for again while the dialog goes.
    queryKey: ['erasure-waiting', erasure],
    queryFn: () => client.GET('/v1/persons/erasures/{erasure}', { params: { path: { erasure } } }).then(answered),
    retry: false,
    // Each look is told in the audit trail: only who opens it looks.
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  const { data } = found;
  const rows: readonly (readonly [name: string, words: readonly string[]])[] =
    data === undefined
      ? []
      : [
          [t('erasureAsked'), data.identity === undefined ? [t('erasureHidden')] : [data.identity]],
          [t('erasureNames'), data.names],
          [t('erasureNumbers'), data.numbers],
          [t('erasureAddresses'), data.addresses],
          [t('erasureAccounts'), data.accounts],
        ];
  return (
    <Modal opened onClose={onLeave} title={t('eraseWaits', { erasure })} size="lg" closeButtonProps={{ 'aria-label': shell('close') }}>
      <Stack gap="md">
        {found.error !== null && <Fault error={found.error} />}
        {found.isPending && <Skeleton height={240} />}
        {data !== undefined && (
          <>
            <Table variant="vertical" verticalSpacing={6} withRowBorders={false}>
              <Table.Tbody>
                {rows
                  .filter(([, words]) => words.length > 0)
                  .map(([name, words]) => (
                    <Table.Tr key={name}>
                      <Table.Th w={120}>{name}</Table.Th>
                      <Table.Td style={{ overflowWrap: 'anywhere' }}>
                        {words.map((word) => (
                          <div key={word}>
                            <Said>{word}</Said>
                          </div>
                        ))}
                      </Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
            {data.hindered.length > 0 && (
              <Alert {...{ variant: 'light', color: 'gray', title: t('erasureHindered') }}>
                {data.hindered.map((why) => (
                  <div key={why}>{why}</div>
                ))}
              </Alert>
            )}
            {data.report !== undefined && <Report {...data.report} />}
          </>
        )}
        {error !== null && <Fault error={error} />}
        <Group justify="flex-end">
          <Button variant="default" loading={isSending} onClick={() => onDecide('refuse')}>
            {t('refuse')}
          </Button>
          <Button {...{ color: 'red.8', loading: isSending, disabled: data === undefined }} onClick={() => onDecide('approve')}>
            {t('approve')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
