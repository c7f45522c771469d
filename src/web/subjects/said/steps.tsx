/** The steps of a price: what each is about, and what it says. */
import { Table } from '@mantine/core';
import { useWord } from '../words/words.ts';
import { Pieces, type Said } from './said.tsx';

export function Steps({ steps }: { readonly steps: readonly { readonly step: string; readonly said: Said }[] }) {
  const word = useWord();
  return (
    <Table verticalSpacing={4}>
      <Table.Tbody>
        {steps.map(({ step, said }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other name than their place
          <Table.Tr key={at}>
            <Table.Th scope="row" w={112} fw={400} className="quiet" style={{ verticalAlign: 'top' }}>
              {word(`step ${step}`)}
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Pieces said={said} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
