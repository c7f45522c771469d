/** Money that came and goes: bank files, allocation, orders. */
import { IconCash } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/payments',
  component: lazyRouteComponent(() => import('./payments-page.tsx'), 'PaymentsPage'),
});
const paymentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/payments/$payment',
  component: lazyRouteComponent(() => import('./payment-page.tsx'), 'PaymentPage'),
});

export const payments = subject({
  name: 'payments',
  title: { en: 'Payments', de: 'Zahlungen', ar: 'المدفوعات' },
  entry: { to: '/payments', icon: IconCash, permissions: ['payments:read'] },
  routes: [listRoute, paymentRoute],
});
