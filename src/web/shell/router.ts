/** Addresses of all subjects, put together. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { meQuery } from '../client/me.ts';
import { Problem } from '../client/problem.ts';
import { account } from '../subjects/account/subject.ts';
import { charging } from '../subjects/charging/subject.ts';
import { disputes } from '../subjects/disputes/subject.ts';
import { dunning } from '../subjects/dunning/subject.ts';
import { invoices } from '../subjects/invoices/subject.ts';
import { jobs } from '../subjects/jobs/subject.ts';
import { ledger } from '../subjects/ledger/subject.ts';
import { netting } from '../subjects/netting/subject.ts';
import { overview } from '../subjects/overview/subject.ts';
import { partners } from '../subjects/partners/subject.ts';
import { payments } from '../subjects/payments/subject.ts';
import { periods } from '../subjects/periods/subject.ts';
import { portal } from '../subjects/portal/subject.ts';
import { rateSheets } from '../subjects/rate-sheets/subject.ts';
import { reconciliation } from '../subjects/reconciliation/subject.ts';
import { reports } from '../subjects/reports/subject.ts';
import { settings } from '../subjects/settings/subject.ts';
import { signIn } from '../subjects/sign-in/subject.ts';
import { sources } from '../subjects/sources/subject.ts';
import { statements } from '../subjects/statements/subject.ts';
import { suspense } from '../subjects/suspense/subject.ts';
import { usage } from '../subjects/usage/subject.ts';
import { Broken } from './broken.tsx';
import { rootRoute, shellRoute } from './routes.ts';
import { readSearch, writeSearch } from './search.ts';
import { Waiting } from './waiting.tsx';

const MOST_TRIES = 2;

/** Somebody has another role by now: what is offered follows, and what was written stays where it is. */
function onRefused(error: unknown): void {
  if (error instanceof Problem && error.details.code === 'api.permission-missing')
    void queries.invalidateQueries({ queryKey: meQuery.queryKey });
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: onRefused }),
  mutationCache: new MutationCache({ onError: onRefused }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A no stays one; what was not answered may be answered the next time.
      retry: (tries, error) => tries < MOST_TRIES && !(error instanceof Problem && error.details.status < 500),
    },
  },
});

/** Below the shell: pages for who is signed in. */
const inside = shellRoute.addChildren([
  ...overview.routes,
  ...partners.routes,
  ...periods.routes,
  ...statements.routes,
  ...invoices.routes,
  ...reconciliation.routes,
  ...disputes.routes,
  ...payments.routes,
  ...dunning.routes,
  ...netting.routes,
  ...ledger.routes,
  ...charging.routes,
  ...settings.routes,
  ...account.routes,
  ...portal.routes,
  ...usage.routes,
  ...suspense.routes,
  ...rateSheets.routes,
  ...sources.routes,
  ...jobs.routes,
  ...reports.routes,
]);

export const router = createRouter({
  routeTree: rootRoute.addChildren([inside, ...signIn.routes]),
  context: { queries },
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultErrorComponent: Broken,
  defaultPendingMs: 200,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
