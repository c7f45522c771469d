/** Long work. */

import { createRoute } from '@tanstack/react-router';
import { IconProgress } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  component: lazyPage(() => import('./jobs-page.tsx'), 'JobsPage'),
});

export const jobs = subject({
  name: 'jobs',
  title: { en: 'Jobs', de: 'Aufträge', ar: 'المهام' },
  entry: { to: '/jobs', icon: IconProgress, permissions: ['jobs:read'] },
  routes: [jobsRoute],
});
