/** Our own companies, as the configuration's files declare them. */
import { useMemo } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { answered } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Company = components['schemas']['LegalEntity'];

export function CompaniesPage() {
  const t = useTexts();
  const list = useList(['legal-entities'], (cursor) =>
    client.GET('/v1/legal-entities', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Company>[] => [
      { id: 'legalEntity', header: t('legalEntity'), value: ({ legalEntity }) => legalEntity, width: 160 },
      { id: 'name', header: t('name'), value: ({ name }) => name, width: 220 },
      { id: 'country', header: t('country'), value: ({ country }) => country, filter: true, width: 100 },
      { id: 'currency', header: t('currency'), value: ({ currency }) => currency, filter: true, width: 110 },
      { id: 'zone', header: t('zone'), value: ({ zone }) => zone, width: 180 },
      { id: 'tax', header: t('taxNumber'), value: ({ taxId }) => taxId, width: 160 },
      { id: 'address', header: t('postalAddress'), value: ({ address }) => address.join(', '), width: 320, wraps: true },
    ],
    [t],
  );
  return (
    <Page title={t('companies')} detail={t('companiesWhat')}>
      <Ways here="/settings/companies" />
      <DataTable
        {...{ name: 'companies', label: t('companies'), list, columns }}
        rowKey={({ legalEntity }) => legalEntity}
        empty={<Empty title={t('noCompanies')}>{t('companiesWhat')}</Empty>}
      />
    </Page>
  );
}
