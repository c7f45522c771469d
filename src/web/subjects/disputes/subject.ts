/** What is contested, by whom, and how far it is argued. */

import { createRoute } from '@tanstack/react-router';
import { IconMessages } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/disputes',
  component: lazyPage(() => import('./disputes-page.tsx'), 'DisputesPage'),
});
const disputeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/disputes/$dispute',
  component: lazyPage(() => import('./dispute-page.tsx'), 'DisputePage'),
});

export const disputes = subject({
  name: 'disputes',
  title: { en: 'Disputes', de: 'Streitfälle', ar: 'النزاعات' },
  entry: { to: '/disputes', icon: IconMessages, permissions: ['disputes:read'] },
  routes: [listRoute, disputeRoute],
});
