/** Money that came and goes: bank files, allocation, orders. */

import { createRoute } from '@tanstack/react-router';
import { IconCash } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/payments',
  component: lazyPage(() => import('./payments-page.tsx'), 'PaymentsPage'),
});
const paymentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/payments/$payment',
  component: lazyPage(() => import('./payment-page.tsx'), 'PaymentPage'),
});

export const payments = subject({
  name: 'payments',
  title: { en: 'Payments', de: 'Zahlungen', ar: 'المدفوعات' },
  entry: { to: '/payments', icon: IconCash, permissions: ['payments:read'] },
  routes: [listRoute, paymentRoute],
});
