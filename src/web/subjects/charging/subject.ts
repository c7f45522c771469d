/** Accounts of online charging: balances, sessions, history, top-up, trace. */

import { createRoute } from '@tanstack/react-router';
import { IconBolt } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';
import { pages } from './pages.ts';

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging',
  component: lazyPage(() => import('./accounts-page.tsx'), 'AccountsPage'),
});

const vouchersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/all/vouchers',
  component: lazyPage(() => import('./vouchers-page.tsx'), 'VouchersPage'),
});

const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/all/messages',
  component: lazyPage(() => import('./messages.tsx'), 'MessagesPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/$account',
  component: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
});

const traceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/sessions/$session',
  component: lazyPage(() => import('./trace-page.tsx'), 'TracePage'),
});

export const charging = subject({
  name: 'charging',
  title: { en: 'Charging', de: 'Abrechnung in Echtzeit', ar: 'الشحن' },
  entry: { to: '/charging', icon: IconBolt, permissions: ['charging:read'] },
  places: pages.filter(({ to }) => to !== '/charging').map((page) => ({ ...page, permissions: ['charging:read'] })),
  routes: [accountsRoute, vouchersRoute, messagesRoute, accountRoute, traceRoute],
});
