/** One price list: what holds, what comes, what was; each price with the one before. */
import { Anchor, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { priceColumns } from '../../parts/price-columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

const parts = ['in-force', 'coming', 'all'] as const;

export function TariffPage() {
  const t = useTexts();
  const word = useWord();
  const { tariff } = useParams({ strict: false }) as { tariff: string }; // of its route
  const [url, change] = useUrl();
  const part = parts.find((each) => each === url.part) ?? 'in-force';
  const list = useList(['tariffs', tariff, part], (cursor) => {
    const query = { part, limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    return client.GET('/v1/tariffs/{tariff}/rates', { params: { path: { tariff }, query } }).then(answered);
  });
  const columns = useMemo(() => {
    const [code, destination, band, price] = [t('code'), t('destination'), t('band'), t('price')];
    const [before, change, increments] = [t('before'), t('change'), t('increments')];
    const words = { code, destination, band, price, before, change, increments, from: t('from'), to: t('untilWhen') };
    return priceColumns(words, word);
  }, [t, word]);
  const file = (format: 'csv' | 'xlsx'): string => `/v1/tariffs/${encodeURIComponent(tariff)}/file?part=${part}&format=${format}`;
  return (
    <Page
      title={tariff}
      above={[
        <Link key="prices" to="/rate-sheets/prices">
          {t('prices')}
        </Link>,
      ]}
      actions={
        <>
          <Anchor href={file('csv')}>CSV</Anchor>
          <Anchor href={file('xlsx')}>Excel</Anchor>
        </>
      }
    >
      <div>
        <SegmentedControl
          {...{ size: 'xs', value: part, 'aria-label': t('whichPart') }}
          data={parts.map((value) => ({ value, label: t(`part_${value}`) }))}
          onChange={(value) => change({ part: value })}
        />
      </div>
      <DataTable
        {...{ name: 'prices', label: t('prices'), list, columns }}
        rowKey={({ rate }) => rate}
        empty={<Empty title={t('noPricesNow')} />}
      />
    </Page>
  );
}
