/** The books: trial balance, entries, ageing, accounts. */

import { createRoute } from '@tanstack/react-router';
import { IconBook } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const balanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger',
  component: lazyPage(() => import('./balance-page.tsx'), 'BalancePage'),
});
const entriesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger/entries',
  component: lazyPage(() => import('./entries-page.tsx'), 'EntriesPage'),
});
const ageingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger/ageing',
  component: lazyPage(() => import('./ageing-page.tsx'), 'AgeingPage'),
});
const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger/accounts/$account',
  component: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
});

export const ledger = subject({
  name: 'ledger',
  title: { en: 'Ledger', de: 'Hauptbuch', ar: 'دفتر الأستاذ' },
  entry: { to: '/ledger', icon: IconBook, permissions: ['ledger:read'] },
  places: [
    { to: '/ledger/entries', title: { en: 'Entries', de: 'Buchungen', ar: 'القيود' }, permissions: ['ledger:read'] },
    { to: '/ledger/ageing', title: { en: 'Ageing', de: 'Altersstruktur', ar: 'أعمار الديون' }, permissions: ['ledger:read'] },
  ],
  routes: [balanceRoute, entriesRoute, ageingRoute, accountRoute],
});
