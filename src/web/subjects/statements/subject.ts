/** What each side owes: lines, the events of a line, and why each costs what it costs. */
import { IconFileDescription } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements',
  component: lazyRouteComponent(() => import('./statements-page.tsx'), 'StatementsPage'),
});
const statementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements/$agreement/$period',
  component: lazyRouteComponent(() => import('./statement-page.tsx'), 'StatementPage'),
});
const lineRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/statements/$agreement/$period/$line',
  component: lazyRouteComponent(() => import('./line-page.tsx'), 'LinePage'),
});

export const statements = subject({
  name: 'statements',
  title: { en: 'Statements', de: 'Abrechnungen', ar: 'كشوف الحساب' },
  entry: { to: '/statements', icon: IconFileDescription, permissions: ['settlement:read'] },
  routes: [listRoute, statementRoute, lineRoute],
});
