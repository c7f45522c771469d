/** What is normal, and what needs me today. */

import { createRoute } from '@tanstack/react-router';
import { IconLayoutDashboard } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyPage(() => import('./overview-page.tsx'), 'OverviewPage'),
});

export const overview = subject({
  name: 'overview',
  title: { en: 'Overview', de: 'Übersicht', ar: 'نظرة عامة' },
  entry: { to: '/', icon: IconLayoutDashboard, permissions: [] },
  routes: [overviewRoute],
});
