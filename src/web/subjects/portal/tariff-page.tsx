/** One price list: what holds, what comes, what was; each price with the one before. */
import { Button, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { Page } from '../../parts/page.tsx';
import { priceColumns } from '../../parts/price-columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from './texts.ts';

const parts = ['in-force', 'coming', 'all'] as const;

export function TariffPage() {
  const t = useTexts();
  const { tariff } = useParams({ strict: false }) as { tariff: string }; // of its route
  const [url, change] = useUrl();
  const part = parts.find((each) => each === url.part) ?? 'in-force';
  const list = useList(['portal', 'rates', tariff, part], (cursor) =>
    client
      .GET('/v1/portal/tariffs/{tariff}/rates', {
        params: { path: { tariff }, query: { part, limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
      })
      .then(answered),
  );
  const columns = useMemo(() => {
    const [code, destination, band, price] = [t('code'), t('destination'), t('band'), t('price')];
    const [before, change, increments] = [t('before'), t('change'), t('increments')];
    const words = { code, destination, band, price, before, change, increments, from: t('effectiveFrom'), to: t('effectiveTo') };
    return priceColumns(words, (change) => t(`change_${change}`));
  }, [t]);
  return (
    <Page
      title={tariff}
      above={[
        <Link key="rates" to="/portal/rates">
          {t('backToRates')}
        </Link>,
      ]}
      actions={(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={`/v1/portal/tariffs/${encodeURIComponent(tariff)}/file?part=${part}&format=${format}`}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {format === 'csv' ? 'CSV' : 'Excel'}
        </Button>
      ))}
    >
      <div>
        <SegmentedControl
          {...{ size: 'xs', value: part, 'aria-label': t('whichPart') }}
          data={parts.map((value) => ({ value, label: t(value) }))}
          onChange={(value) => change({ part: value })}
        />
      </div>
      <DataTable
        {...{ name: 'portal-prices', label: t('rates'), list, columns }}
        rowKey={({ rate }) => rate}
        empty={<Empty title={t('noRates')}>{t('noRatesWhat')}</Empty>}
      />
    </Page>
  );
}
