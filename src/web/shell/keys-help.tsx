/** The keys that the console knows. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useShellTexts } from './texts.ts';

export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useShellTexts();
  const keys = [
    ['Ctrl K', t('keyPalette')],
    ['?', t('keyHelp')],
    ['/', t('keyFind')],
    ['j', t('keyDown')],
    ['k', t('keyUp')],
    ['Enter', t('keyOpen')],
    ['Esc', t('keyClose')],
  ] as const;
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Table>
        <Table.Tbody>
          {keys.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={96}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
