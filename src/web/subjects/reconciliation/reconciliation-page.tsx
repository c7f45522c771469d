/** What differs and why: causes with their money and evidence, then line by line; each can be disputed from here. */
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { client } from '../../client/client.ts';
import { answered, Problem } from '../../client/problem.ts';
import { Empty } from '../../parts/empty.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../month/texts.ts';
import { Compared } from './compared.tsx';

export function ReconciliationPage() {
  const t = useTexts();
  const path = useParams({ strict: false }) as { agreement: string; period: string }; // of its route
  const { agreement, period } = path;
  const found = useQuery({
    queryKey: ['reconciliation', agreement, period],
    queryFn: () => client.GET('/v1/agreements/{agreement}/reconciliations/{period}', { params: { path } }).then(answered),
    retry: false,
  });
  const hasNone = found.error instanceof Problem && found.error.details.code === 'reconcile.no-declaration';
  return (
    <Page
      title={`${agreement} ${period}`}
      above={[
        <Link key="all" to="/reconciliation">
          {t('reconciliation')}
        </Link>,
      ]}
      actions={
        <Link to="/statements/$agreement/$period" params={path}>
          {t('statement')}
        </Link>
      }
    >
      {found.isPending && <Skeleton height={320} />}
      {hasNone && <Empty title={t('noDeclaration')}>{t('declarationsEmptyWhat')}</Empty>}
      {found.error !== null && !hasNone && <Fault error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.map((each) => (
        <Compared key={each.declaration} of={each} />
      ))}
    </Page>
  );
}
