/** What waits, and how it is mended. */

import { createRoute } from '@tanstack/react-router';
import { IconHourglass } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const suspenseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/suspense',
  component: lazyPage(() => import('./suspense-page.tsx'), 'SuspensePage'),
});

export const suspense = subject({
  name: 'suspense',
  title: { en: 'Suspense', de: 'Klärung', ar: 'المعلّقات' },
  entry: { to: '/suspense', icon: IconHourglass, permissions: ['usage:read'] },
  routes: [suspenseRoute],
});
