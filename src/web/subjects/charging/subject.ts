/** Accounts of online charging: balances, sessions, history, top-up, trace. */
import { IconBolt } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charging',
  component: lazyRouteComponent(() => import('./accounts-page.tsx'), 'AccountsPage'),
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
  routes: [accountsRoute, accountRoute, traceRoute],
});
