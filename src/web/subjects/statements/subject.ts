/** What each side owes: lines, the events of a line, and why each costs what it costs. */

import { createRoute } from '@tanstack/react-router';
import { IconFileDescription } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements',
  component: lazyPage(() => import('./statements-page.tsx'), 'StatementsPage'),
});
const statementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements/$agreement/$period',
  component: lazyPage(() => import('./statement-page.tsx'), 'StatementPage'),
});
const lineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements/$agreement/$period/$line',
  component: lazyPage(() => import('./line-page.tsx'), 'LinePage'),
});

export const statements = subject({
  name: 'statements',
  title: { en: 'Statements', de: 'Abrechnungen', ar: 'كشوف الحساب' },
  entry: { to: '/statements', icon: IconFileDescription, permissions: ['settlement:read'] },
  routes: [listRoute, statementRoute, lineRoute],
});
