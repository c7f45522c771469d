/** One price list: what holds, what comes, what was; each price with the one before. */
import { Button, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { IconDownload } from '../../parts/icons.ts';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useTexts } from './texts.ts';

type Rate = components['schemas']['PortalRate'];

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
  const columns = useMemo(
    (): readonly Column<Rate>[] => [
      { id: 'code', header: t('code'), value: ({ code }) => code, width: 110 },
      { id: 'destination', header: t('destination'), value: ({ destination }) => destination, filter: true, width: 230 },
      { id: 'band', header: t('band'), value: ({ band }) => band, filter: true, width: 100 },
      { id: 'price', header: t('price'), value: ({ price }) => price, kind: 'figure', width: 110 },
      { id: 'before', header: t('before'), value: ({ before }) => before, kind: 'figure', width: 110 },
      { id: 'change', header: t('change'), value: (rate) => t(`change_${rate.change}`), filter: true, width: 110 },
      { id: 'increments', header: t('increments'), value: ({ increments }) => increments, width: 110 },
      { id: 'from', header: t('effectiveFrom'), value: ({ from }) => from, kind: 'instant', width: 190 },
      { id: 'to', header: t('effectiveTo'), value: ({ to }) => to, kind: 'instant', width: 190, isHidden: true },
    ],
    [t],
  );
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
