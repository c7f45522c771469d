/** Accounts of online charging: balances, sessions, history, top-up, trace. */
import { IconBolt } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';
import { pages } from './pages.ts';

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging',
  component: lazyRouteComponent(() => import('./accounts-page.tsx'), 'AccountsPage'),
});

const vouchersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/all/vouchers',
  component: lazyRouteComponent(() => import('./vouchers-page.tsx'), 'VouchersPage'),
});

const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/all/messages',
  component: lazyRouteComponent(() => import('./messages.tsx'), 'MessagesPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/$account',
  component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
});

const traceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging/sessions/$session',
  component: lazyRouteComponent(() => import('./trace-page.tsx'), 'TracePage'),
});

export const charging = subject({
  name: 'charging',
  title: { en: 'Charging', de: 'Abrechnung in Echtzeit', ar: 'الشحن' },
  entry: { to: '/charging', icon: IconBolt, permissions: ['charging:read'] },
  places: pages.filter(({ to }) => to !== '/charging').map((page) => ({ ...page, permissions: ['charging:read'] })),
  routes: [accountsRoute, vouchersRoute, messagesRoute, accountRoute, traceRoute],
});
