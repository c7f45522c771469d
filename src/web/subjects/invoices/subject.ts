/** Documents: drafts, what was issued, giving back, delivery. */
import { IconFileInvoice } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices',
  component: lazyRouteComponent(() => import('./invoices-page.tsx'), 'InvoicesPage'),
});
const invoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$number',
  component: lazyRouteComponent(() => import('./invoice-page.tsx'), 'InvoicePage'),
});

export const invoices = subject({
  name: 'invoices',
  title: { en: 'Invoices', de: 'Rechnungen', ar: 'الفواتير' },
  entry: { to: '/invoices', icon: IconFileInvoice, permissions: ['documents:read'] },
  routes: [listRoute, invoiceRoute],
  // A number that is typed whole is found at once.
  find: async (text) => {
    const number = text.trim();
    const found = await client
      .GET('/v1/documents/{number}', { params: { path: { number } } })
      .then(answered)
      .catch(() => undefined);
    if (found === undefined) return [];
    return [
      {
        label: found.number,
        detail: `${found.party} · ${found.total} ${found.currency}`,
        href: `/invoices/${encodeURIComponent(found.number)}`,
      },
    ];
  },
});
