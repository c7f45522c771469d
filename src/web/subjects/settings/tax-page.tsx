/** Tax: certificates, tables of rates that were taken in, the rules and rates that hold, and why an amount is taxed as it is. */
import { Button, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client, type components } from '../../client/client.ts';
import { useList } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { AskButton, AskDialog } from '../../parts/asked.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/table/columns.ts';
import { DataTable } from '../../parts/table/data-table.tsx';
import { useUrl } from '../../parts/url-state.ts';
import { useWord } from '../words/words.ts';
import { addAsk, certificateChanges, checkAsk, endAsk, explainAsk, importAsk } from './tax-asks.tsx';
import { useTexts } from './texts.ts';
import { Ways } from './ways.tsx';

type Schemas = components['schemas'];
type Certificate = Schemas['TaxCertificate'];

const page = (cursor: string | undefined) => ({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });

export function TaxPage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const mayManage = may('documents:manage');
  const [{ tab = 'certificates' }, change] = useUrl();
  return (
    <Page
      title={t('taxes')}
      detail={t('taxWhat')}
      actions={
        <>
          <AskButton of={explainAsk(t, word)} />
          <AskButton of={checkAsk(t)} />
          {mayManage && may('files:send') && <AskButton of={importAsk(t)} />}
          {mayManage && <AskButton of={addAsk(t)} variant="filled" />}
        </>
      }
    >
      <Ways here="/settings/tax" />
      <Tabs value={tab} onChange={(value) => change({ tab: value ?? '', sort: '', q: '' })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="certificates">{t('certificates')}</Tabs.Tab>
          <Tabs.Tab value="rates">{t('taxRates')}</Tabs.Tab>
          <Tabs.Tab value="rules">{t('taxRules')}</Tabs.Tab>
          <Tabs.Tab value="tables">{t('taxTables')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="certificates">
          <Certificates mayManage={mayManage} />
        </Tabs.Panel>
        <Tabs.Panel value="rates">
          <Rates />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <Rules />
        </Tabs.Panel>
        <Tabs.Panel value="tables">
          <TaxTables />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Certificates({ mayManage }: { readonly mayManage: boolean }) {
  const t = useTexts();
  const [ending, setEnding] = useState<Certificate>();
  const list = useList(certificateChanges[0], (cursor) =>
    client.GET('/v1/tax/certificates', { params: { query: page(cursor) } }).then(answered),
  );
  const columns = useMemo(
    (): readonly Column<Certificate>[] => [
      { id: 'party', header: t('holder'), value: ({ party }) => party, filter: true, width: 150 },
      { id: 'number', header: t('certificate'), value: ({ number }) => number, width: 160 },
      { id: 'of', header: t('freesOf'), value: ({ of }) => of, filter: true, width: 120 },
      { id: 'from', header: t('since'), value: ({ validFrom }) => validFrom, kind: 'day', width: 120 },
      { id: 'to', header: t('firstDayNot'), value: ({ validTo }) => validTo, kind: 'day', width: 150 },
      { id: 'note', header: t('paper'), value: ({ note }) => note, width: 200 },
      { id: 'by', header: t('keptBy'), value: ({ recordedBy }) => recordedBy, width: 180 },
      { id: 'ended', header: t('endedWhy'), value: ({ ended }) => ended?.why, width: 200 },
      ...(mayManage
        ? [
            {
              ...{ id: 'do', header: t('actions'), value: () => '', width: 110 },
              cell: (certificate: Certificate) => (
                <Button
                  {...{ size: 'compact-xs', variant: 'subtle', disabled: certificate.ended !== undefined }}
                  onClick={() => setEnding(certificate)}
                >
                  {t('endIt')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, mayManage],
  );
  return (
    <>
      <DataTable
        {...{ name: 'tax-certificates', label: t('certificates'), list, columns }}
        rowKey={({ party, number, of }) => `${party} ${number} ${of}`}
        empty={<Empty title={t('noCertificates')}>{t('noCertificatesWhat')}</Empty>}
      />
      {ending !== undefined && <AskDialog of={endAsk(t, ending)} onClose={() => setEnding(undefined)} />}
    </>
  );
}

function Rates() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['tax', 'rates'], (cursor) => client.GET('/v1/tax/rates', { params: { query: page(cursor) } }).then(answered));
  const columns = useMemo(
    (): readonly Column<Schemas['TaxRate']>[] => [
      { id: 'rate', header: t('rate'), value: ({ rate }) => rate, width: 200 },
      { id: 'place', header: t('place'), value: ({ jurisdiction }) => jurisdiction, filter: true, width: 110 },
      { id: 'tax', header: t('tax'), value: ({ tax }) => tax, filter: true, width: 150 },
      { id: 'percent', header: t('percent'), value: ({ percents }) => percents.at(-1)?.percent, kind: 'figure', leads: true, width: 100 },
      { id: 'from', header: t('since'), value: ({ percents }) => percents.at(-1)?.validFrom, kind: 'day', width: 120 },
      { id: 'services', header: t('services'), value: ({ services }) => services.map(word).join(', '), width: 220 },
      { id: 'own', header: t('ours'), value: ({ own }) => t(own ? 'yes' : 'no'), filter: true, width: 90 },
      { id: 'source', header: t('writtenWhere'), value: ({ source }) => source, width: 300 },
    ],
    [t, word],
  );
  return (
    <DataTable
      {...{ name: 'tax-rates', label: t('taxRates'), list, columns }}
      rowKey={({ rate, own }) => `${rate} ${own}`}
      empty={<Empty title={t('noTaxRates')} />}
    />
  );
}

function Rules() {
  const t = useTexts();
  const word = useWord();
  const list = useList(['tax', 'rules'], (cursor) => client.GET('/v1/tax/rules', { params: { query: page(cursor) } }).then(answered));
  const columns = useMemo(
    (): readonly Column<Schemas['TaxRule']>[] => [
      { id: 'rule', header: t('taxRule'), value: ({ rule }) => rule, width: 200 },
      { id: 'category', header: t('category'), value: ({ category }) => category, filter: true, width: 100 },
      { id: 'seller', header: t('seller'), value: ({ seller }) => seller.join(', '), width: 160 },
      { id: 'buyer', header: t('buyer'), value: ({ buyer }) => buyer.join(', '), width: 160 },
      { id: 'services', header: t('services'), value: ({ services }) => services.map(word).join(', '), width: 200 },
      { id: 'from', header: t('since'), value: ({ validFrom }) => validFrom, kind: 'day', width: 120 },
      { id: 'to', header: t('firstDayNot'), value: ({ validTo }) => validTo, kind: 'day', width: 150 },
      { id: 'reference', header: t('law'), value: ({ reference }) => reference, width: 240 },
      { id: 'own', header: t('ours'), value: ({ own }) => t(own ? 'yes' : 'no'), filter: true, width: 90 },
      { id: 'source', header: t('writtenWhere'), value: ({ source }) => source, width: 260 },
    ],
    [t, word],
  );
  return (
    <DataTable
      {...{ name: 'tax-rules', label: t('taxRules'), list, columns }}
      rowKey={({ rule, validFrom, own }) => `${rule} ${validFrom} ${own}`}
      empty={<Empty title={t('noTaxRules')} />}
    />
  );
}

function TaxTables() {
  const t = useTexts();
  const list = useList(['tax', 'tables'], (cursor) => client.GET('/v1/tax/tables', { params: { query: page(cursor) } }).then(answered));
  const columns = useMemo(
    (): readonly Column<Schemas['TaxTable']>[] => [
      { id: 'table', header: t('table'), value: ({ table }) => table, width: 160 },
      { id: 'file', header: t('file'), value: ({ file }) => file, width: 260 },
      { id: 'rows', header: t('rows'), value: ({ rows }) => rows, kind: 'figure', width: 110 },
      { id: 'at', header: t('kept'), value: ({ importedAt }) => importedAt, kind: 'instant', width: 190 },
      { id: 'by', header: t('keptBy'), value: ({ importedBy }) => importedBy, width: 200 },
      { id: 'hash', header: t('hash'), value: ({ sha256 }) => sha256, isHidden: true, width: 240 },
    ],
    [t],
  );
  return (
    <DataTable
      {...{ name: 'tax-tables', label: t('taxTables'), list, columns }}
      rowKey={({ table }) => table}
      empty={<Empty title={t('noTaxTables')}>{t('noTaxTablesWhat')}</Empty>}
    />
  );
}
