/** The journal, narrowed by the address: posting by posting, each with its document and account. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskDialog } from '../../parts/asked.tsx';
import { DocumentLink } from '../../parts/document-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from '../month/texts.ts';
import { useBooked } from '../words/booked.ts';
import { useWord } from '../words/words.ts';
import { reverseAsk } from './asks.tsx';

type Entry = components['schemas']['LedgerEntry'];
interface Row {
  readonly entry: Entry;
  readonly posting: Entry['postings'][number];
  readonly at: number;
}
const narrowing = ['legalEntity', 'ledgerAccount', 'account', 'document', 'reference', 'from', 'to'] as const;

export function EntriesPage() {
  const t = useTexts();
  const word = useWord();
  const booked = useBooked();
  const mayReverse = useMay()('ledger:manage');
  const [reversing, setReversing] = useState<Entry>();
  const [url] = useUrl();
  const query: Partial<Record<(typeof narrowing)[number], string>> = {};
  for (const name of narrowing) if (url[name] !== undefined) query[name] = url[name];
  const entries = useList(['ledger', 'entries', query], (cursor) =>
    client
      .GET('/v1/ledger/entries', { params: { query: { limit: 200, ...query, ...(cursor === undefined ? {} : { cursor }) } } })
      .then(answered),
  );
  const rows = useMemo(
    () => entries.rows.flatMap((entry): Row[] => entry.postings.map((posting, at) => ({ entry, posting, at }))),
    [entries.rows],
  );
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      { id: 'sequence', header: t('entry'), kind: 'figure', value: ({ entry }) => entry.sequence, width: 80 },
      { id: 'day', header: t('day'), kind: 'day', value: ({ entry }) => entry.day, width: 120 },
      { id: 'kind', header: t('kind'), value: ({ entry }) => word(entry.kind), filter: true, width: 140 },
      { id: 'reference', header: t('reference'), value: ({ entry }) => entry.reference, filter: true, width: 180 },
      {
        id: 'ledgerAccount',
        header: t('ledgerAccount'),
        value: ({ posting }) => word(`ledger ${posting.ledgerAccount}`),
        filter: true,
        width: 130,
      },
      {
        id: 'account',
        header: t('account'),
        value: ({ posting }) => posting.account,
        cell: ({ posting: { account } }) =>
          account === undefined ? null : (
            <Link to="/ledger/accounts/$account" params={{ account }}>
              {account}
            </Link>
          ),
        width: 150,
      },
      {
        id: 'document',
        header: t('document'),
        value: ({ posting }) => posting.document,
        cell: ({ posting: { document } }) => (document === undefined ? null : <DocumentLink document={document} />),
        width: 160,
      },
      {
        id: 'amount',
        header: t('amount'),
        kind: 'amount',
        value: ({ posting }) => posting.amount,
        currency: ({ posting }) => posting.currency,
        total: true,
      },
      {
        id: 'description',
        header: t('description'),
        value: ({ entry }) => booked({ ...entry, documents: documentsOf(entry) }),
        width: 280,
      },
      { id: 'by', header: t('by'), value: ({ entry }) => entry.by, filter: true },
      { id: 'hash', header: t('hash'), value: ({ entry }) => entry.hash, isHidden: true, width: 200 },
      ...(mayReverse
        ? [
            {
              ...{ id: 'do', header: t('nextStep'), value: () => '', width: 130 },
              // Once for an entry, at its first posting.
              cell: ({ entry, at }: Row) =>
                at > 0 ? null : (
                  <Button size="compact-xs" variant="subtle" onClick={() => setReversing(entry)}>
                    {t('reverseEntry')}
                  </Button>
                ),
            },
          ]
        : []),
    ],
    [t, word, booked, mayReverse],
  );
  return (
    <Page
      title={t('entries')}
      above={[
        <Link key="ledger" to="/ledger">
          {t('trialBalance')}
        </Link>,
      ]}
      detail={Object.values(query).join(' · ')}
    >
      <DataTable
        name="entries"
        label={t('entries')}
        list={{ ...entries, rows }}
        columns={columns}
        rowKey={({ entry, at }) => `${entry.legalEntity} ${entry.sequence} ${at}`}
        open={({ entry }) => ({ to: '/ledger/entries', search: { legalEntity: entry.legalEntity, reference: entry.reference } })}
        empty={<Empty title={t('booksEmpty')}>{t('booksEmptyWhat')}</Empty>}
      />
      {reversing !== undefined && <AskDialog of={reverseAsk(t, reversing)} onClose={() => setReversing(undefined)} />}
    </Page>
  );
}

const documentsOf = ({ postings }: Entry): readonly string[] => [...new Set(postings.flatMap(({ document }) => document ?? []))];
