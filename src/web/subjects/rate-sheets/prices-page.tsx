/** Price lists of agreements, what is in force of each and what comes. */
import { Link } from '@tanstack/react-router';
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

type Tariff = components['schemas']['PortalTariff'];

export function PricesPage() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['tariffs'], (cursor) =>
    client.GET('/v1/tariffs', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Tariff>[] => [
      { id: 'tariff', header: t('tariff'), value: ({ tariff }) => tariff, width: 220 },
      { id: 'agreement', header: t('agreement'), value: ({ agreement }) => agreement, filter: true, width: 180 },
      {
        id: 'way',
        header: t('whosePrices'),
        value: ({ way }) => t(way === 'from-you' ? 'ourPrices' : 'theirPrices'),
        filter: true,
        width: 140,
      },
      { id: 'service', header: t('service'), value: ({ service }) => word(service), filter: true, width: 110 },
      { id: 'currency', header: t('currency'), value: ({ currency }) => currency, filter: true, width: 100 },
      { id: 'inForce', header: t('pricesInForce'), value: ({ inForce }) => inForce, kind: 'figure', width: 120 },
      { id: 'next', header: t('nextChange'), value: ({ nextChange }) => nextChange, kind: 'instant', width: 190 },
      { id: 'changed', header: t('changedAt'), value: ({ changed }) => changed, kind: 'instant', width: 190 },
    ],
    [t, word],
  );
  return (
    <Page
      title={t('prices')}
      above={[
        <Link key="sheets" to="/rate-sheets">
          {t('title')}
        </Link>,
      ]}
    >
      <DataTable
        {...{ name: 'tariffs', label: t('prices'), list, columns }}
        rowKey={({ tariff }) => tariff}
        open={({ tariff }) => ({ to: '/rate-sheets/prices/$tariff', params: { tariff } })}
        empty={<Empty title={t('noPrices')}>{t('noPricesWhat')}</Empty>}
      />
    </Page>
  );
}
