/** What a second person is asked to approve: the whole entry, both sides, and who entered it when. */
import { Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { components } from '../../client/client.ts';
import { Amount } from '../../parts/amount.tsx';
import { DocumentLink } from '../../parts/document-link.tsx';
import { Day, writtenInstant } from '../../parts/instant.tsx';
import { isolated, Said } from '../../parts/said.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useTexts } from '../month/texts.ts';
import { Runs } from '../said/said.tsx';
import { useWord } from '../words/words.ts';
import { type OnSide, onSide } from './entry-table.ts';

export type WaitingEntryShown = components['schemas']['WaitingEntry'];
type Posting = WaitingEntryShown['postings'][number];

interface Props {
  readonly entry: WaitingEntryShown;
  /** The buttons. */
  readonly children?: ReactNode;
}

export function WaitingEntry({ entry, children }: Props) {
  const t = useTexts();
  const word = useWord();
  const { kind, reference, day, legalEntity, description, corrects, enteredBy, enteredAt, postings } = entry;
  return (
    <Stack component="article" gap="xs" aria-label={reference}>
      <Group justify="space-between" align="baseline">
        <Title order={3} size="h5">
          {word(kind)} <Said>{reference}</Said>
        </Title>
        <Text className="quiet">
          <Day day={day} /> · <Said>{legalEntity}</Said>
        </Text>
      </Group>
      <Text>
        <Said>{description}</Said>
      </Text>
      {corrects !== undefined && (
        <Text>
          {t('corrects')}: <Said>{corrects}</Said>
        </Text>
      )}
      <Scroll label={t('postings')}>
        <Table verticalSpacing={4} miw={420}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('ledgerAccount')}</Table.Th>
              <Table.Th>{t('account')}</Table.Th>
              <Table.Th ta="end">{t('debit')}</Table.Th>
              <Table.Th ta="end">{t('creditSide')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {postings.map((posting, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a posting has no name of its own, and an entry that waits never changes
              <Table.Tr key={at}>
                <Table.Td>{word(`ledger ${posting.ledgerAccount}`)}</Table.Td>
                <Table.Td>
                  <Whose posting={posting} />
                </Table.Td>
                <Worth {...{ posting, side: 'debit' }} />
                <Worth {...{ posting, side: 'credit' }} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Group justify="space-between">
        <Text className="quiet">
          <Runs of={t('enteredBy', { by: isolated(enteredBy), at: writtenInstant(enteredAt) })} />
        </Text>
        {children}
      </Group>
    </Stack>
  );
}

function Whose({ posting: { account, document, agreement, service, dueDay } }: { readonly posting: Posting }) {
  const t = useTexts();
  const word = useWord();
  const further = [
    agreement,
    service === undefined ? undefined : word(service),
    dueDay === undefined ? undefined : `${t('dueOn')} ${dueDay}`,
  ];
  const said = further.filter((each) => each !== undefined).join(' · ');
  return (
    <>
      {account !== undefined && (
        <Link to="/ledger/accounts/$account" params={{ account }}>
          {account}
        </Link>
      )}
      {account !== undefined && document !== undefined && ' · '}
      {document !== undefined && <DocumentLink document={document} />}
      {said !== '' && <Text className="quiet">{said}</Text>}
    </>
  );
}

function Worth({ posting, side }: { readonly posting: Posting; readonly side: OnSide['side'] }) {
  const t = useTexts();
  const worth = onSide(posting);
  return (
    <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
      {worth.side === side && (
        <>
          <Amount value={worth.amount} currency={posting.currency} />
          {worth.inOwnCurrency !== undefined && (
            <Text className="quiet">
              {t('inOwn')}: <Amount value={worth.inOwnCurrency} currency="" bare />
            </Text>
          )}
        </>
      )}
    </Table.Td>
  );
}
