/** Their figures beside ours. */

import { createRoute } from '@tanstack/react-router';
import { IconArrowsDiff } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reconciliation',
  component: lazyPage(() => import('./declarations-page.tsx'), 'DeclarationsPage'),
});
const oneRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reconciliation/$agreement/$period',
  component: lazyPage(() => import('./reconciliation-page.tsx'), 'ReconciliationPage'),
});
const invoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/partner-invoices/$invoice',
  component: lazyPage(() => import('./partner-invoice-page.tsx'), 'PartnerInvoicePage'),
});

export const reconciliation = subject({
  name: 'reconciliation',
  title: { en: 'Reconciliation', de: 'Abgleich', ar: 'المطابقة' },
  entry: { to: '/reconciliation', icon: IconArrowsDiff, permissions: ['disputes:read'] },
  routes: [listRoute, oneRoute, invoiceRoute],
});
