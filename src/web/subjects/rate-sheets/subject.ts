/** Rate sheets: taken in, and being taken in. */

import { createRoute } from '@tanstack/react-router';
import { IconTable } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const rateSheetsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rate-sheets',
  component: lazyPage(() => import('./rate-sheets-page.tsx'), 'RateSheetsPage'),
});
const newSheetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rate-sheets/new',
  component: lazyPage(() => import('./new-sheet-page.tsx'), 'NewSheetPage'),
});
const pricesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rate-sheets/prices',
  component: lazyPage(() => import('./prices-page.tsx'), 'PricesPage'),
});
const tariffRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rate-sheets/prices/$tariff',
  component: lazyPage(() => import('./tariff-page.tsx'), 'TariffPage'),
});
const draftRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rate-sheets/drafts/$draft',
  component: lazyPage(() => import('./draft-page.tsx'), 'DraftPage'),
});

export const rateSheets = subject({
  name: 'rate-sheets',
  title: { en: 'Rate sheets', de: 'Preislisten', ar: 'قوائم الأسعار' },
  entry: { to: '/rate-sheets', icon: IconTable, permissions: ['rates:read'] },
  places: [
    {
      to: '/rate-sheets/new',
      title: { en: 'Take in a rate sheet', de: 'Preisliste einlesen', ar: 'استيراد قائمة أسعار' },
      permissions: ['rates:manage'],
    },
    { to: '/rate-sheets/prices', title: { en: 'Prices', de: 'Preise', ar: 'الأسعار' }, permissions: ['rates:read'] },
  ],
  routes: [rateSheetsRoute, newSheetRoute, pricesRoute, tariffRoute, draftRoute],
});
