/** Whom we deal with, and what was agreed. */

import { createRoute } from '@tanstack/react-router';
import { IconBuilding } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const partnersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/partners',
  component: lazyPage(() => import('./partners-page.tsx'), 'PartnersPage'),
});

const partnerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/partners/$party',
  component: lazyPage(() => import('./partner-page.tsx'), 'PartnerPage'),
});

const agreementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agreements/$agreement',
  component: lazyPage(() => import('./agreement-page.tsx'), 'AgreementPage'),
});

export const partners = subject({
  name: 'partners',
  title: { en: 'Partners', de: 'Partner', ar: 'الشركاء' },
  entry: { to: '/partners', icon: IconBuilding, permissions: ['parties:read'] },
  routes: [partnersRoute, partnerRoute, agreementRoute],
  find: async (text) => (await import('./find.ts')).findPartners(text),
});
