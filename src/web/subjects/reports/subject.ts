/** Traffic and money added up. */
import { IconChartBar } from '@tabler/icons-react';
import { createRoute } from '@tanstack/react-router';
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
