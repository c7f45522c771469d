/** Documents: drafts, what was issued, giving back, delivery. */

import { createRoute } from '@tanstack/react-router';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { IconFileInvoice } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices',
  component: lazyPage(() => import('./invoices-page.tsx'), 'InvoicesPage'),
});
const invoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$number',
  component: lazyPage(() => import('./invoice-page.tsx'), 'InvoicePage'),
});

export const invoices = subject({
  name: 'invoices',
  title: { en: 'Invoices', de: 'Rechnungen', ar: 'الفواتير' },
  entry: { to: '/invoices', icon: IconFileInvoice, permissions: ['documents:read'] },
  routes: [listRoute, invoiceRoute],
  // By what stands anywhere in a number, the latest first.
  find: async (text) => {
    const query = { number: text.trim(), sort: '-issueDay', limit: 6 } as const;
    const { items } = await client.GET('/v1/documents', { params: { query } }).then(answered);
    return items.map(({ number, party, total, currency }) => ({
      label: number,
      detail: `${party} · ${total} ${currency}`,
      href: `/invoices/${encodeURIComponent(number)}`,
    }));
  },
});
