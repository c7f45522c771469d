/** “Why?” beside a figure: the explanation in a sentence, then as steps. */
import { ActionIcon, Drawer, Loader, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useShellTexts } from '../shell/texts.ts';
import { Fault } from './fault.tsx';
import { IconHelpCircle } from './icons.ts';

export interface Reason {
  readonly sentence: ReactNode;
  /** In their order: what was taken, and what came of it. */
  readonly steps: readonly { readonly what: string; readonly result: ReactNode }[];
  /** Where to go from here. */
  readonly more?: ReactNode;
}

interface Props {
  /** What is explained, for who cannot see what the icon stands beside. */
  readonly of: string;
  /** Of the query: all that the reason depends on. */
  readonly name: readonly unknown[];
  readonly load: () => Promise<Reason>;
}

export function Why({ of, name, load }: Props) {
  const t = useShellTexts();
  const [opened, { open, close }] = useDisclosure();
  const reason = useQuery({ queryKey: ['why', ...name], queryFn: load, enabled: opened });
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`${t('why')} ${of}`} onClick={open}>
        <IconHelpCircle size={16} aria-hidden />
      </ActionIcon>
      <Drawer opened={opened} onClose={close} position="right" title={t('whyThis')} closeButtonProps={{ 'aria-label': t('close') }}>
        {reason.isPending && opened && <Loader size="sm" />}
        {reason.error !== null && <Fault error={reason.error} onRetry={() => void reason.refetch()} />}
        {reason.data !== undefined && (
          <Stack gap="md">
            <Text size="lg">{reason.data.sentence}</Text>
            <Table verticalSpacing={6}>
              <Table.Tbody>
                {reason.data.steps.map(({ what, result }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name than their place
                  <Table.Tr key={at}>
                    <Table.Td>{what}</Table.Td>
                    <Table.Td className="figure">{result}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            {reason.data.more}
          </Stack>
        )}
      </Drawer>
    </>
  );
}
