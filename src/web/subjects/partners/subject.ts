/** Whom we deal with, and what was agreed. */
import { IconBuilding } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const partnersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/partners',
  component: lazyRouteComponent(() => import('./partners-page.tsx'), 'PartnersPage'),
});

export const partners = subject({
  name: 'partners',
  title: { en: 'Partners', de: 'Partner', ar: 'الشركاء' },
  entry: { to: '/partners', icon: IconBuilding, permissions: ['parties:read'] },
  routes: [partnersRoute],
});
