/** What is set off against each other. */

import { createRoute } from '@tanstack/react-router';
import { IconScale } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/netting',
  component: lazyPage(() => import('./nettings-page.tsx'), 'NettingsPage'),
});
const oneRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/netting/$netting',
  component: lazyPage(() => import('./netting-page.tsx'), 'NettingPage'),
});

export const netting = subject({
  name: 'netting',
  title: { en: 'Netting', de: 'Verrechnung', ar: 'المقاصة' },
  entry: { to: '/netting', icon: IconScale, permissions: ['payments:read'] },
  routes: [listRoute, oneRoute],
});
