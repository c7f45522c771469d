/** All partners. */
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

type Party = components['schemas']['Party'];

export function PartnersPage() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['parties'], (cursor) =>
    client.GET('/v1/parties', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Party>[] => [
      { id: 'party', header: t('party'), value: ({ party }) => party },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 240 },
      { id: 'kind', header: t('kind'), value: ({ kind }) => kind, cell: ({ kind }) => word(kind), filter: true },
      { id: 'country', header: t('country'), value: ({ country }) => country, filter: true },
      { id: 'email', header: t('email'), value: ({ email }) => email, width: 220 },
    ],
    [t, word],
  );
  return (
    <Page title={t('title')}>
      <DataTable
        name="partners"
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={({ party }) => party}
        open={({ party }) => ({ to: '/partners/$party', params: { party } })}
        empty={<Empty title={t('empty')}>{t('emptyWhat')}</Empty>}
      />
    </Page>
  );
}
