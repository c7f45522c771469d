/** Traffic and money added up. */

import { createRoute } from '@tanstack/react-router';
import { IconChartBar } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  component: lazyPage(() => import('./reports-page.tsx'), 'ReportsPage'),
});

export const reports = subject({
  name: 'reports',
  title: { en: 'Reports', de: 'Berichte', ar: 'التقارير' },
  entry: { to: '/reports', icon: IconChartBar, permissions: ['reports:read'] },
  routes: [reportsRoute],
});
