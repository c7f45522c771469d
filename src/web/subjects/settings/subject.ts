/** Who may what, where events go, and who did what. */

import { createRoute, redirect } from '@tanstack/react-router';
import { meQuery } from '../../client/me.ts';
import { IconSettings } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';
import { pages } from './pages.ts';

const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  // Who may not see people comes to the first page that they may see.
  beforeLoad: async ({ context }) => {
    const { permissions } = await context.queries.ensureQueryData(meQuery);
    const first = pages.find(({ permission }) => permissions.includes(permission));
    if (first !== undefined && first.to !== '/settings') throw redirect({ to: first.to });
  },
  component: lazyPage(() => import('./users-page.tsx'), 'UsersPage'),
});
const rolesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/roles',
  component: lazyPage(() => import('./roles-page.tsx'), 'RolesPage'),
});
const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/keys',
  component: lazyPage(() => import('./keys-page.tsx'), 'KeysPage'),
});
const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks',
  component: lazyPage(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
});
const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/templates',
  component: lazyPage(() => import('./templates-page.tsx'), 'TemplatesPage'),
});
const calendarsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/calendars',
  component: lazyPage(() => import('./calendars-page.tsx'), 'CalendarsPage'),
});
const currenciesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/currencies',
  component: lazyPage(() => import('./currencies-page.tsx'), 'CurrenciesPage'),
});
const companiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/companies',
  component: lazyPage(() => import('./companies-page.tsx'), 'CompaniesPage'),
});
const taxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/tax',
  component: lazyPage(() => import('./tax-page.tsx'), 'TaxPage'),
});
const retentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/retention',
  component: lazyPage(() => import('./retention-page.tsx'), 'RetentionPage'),
});
const personsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/persons',
  component: lazyPage(() => import('./persons-page.tsx'), 'PersonsPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/audit-trail',
  component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
});

export const settings = subject({
  name: 'settings',
  title: { en: 'Settings', de: 'Einstellungen', ar: 'الإعدادات' },
  entry: {
    to: '/settings',
    icon: IconSettings,
    permissions: ['access:read', 'webhooks:read', 'audit:read', 'ledger:read', 'agreements:read'],
  },
  places: pages.map(({ permission, ...page }) => ({ ...page, permissions: [permission] })),
  routes: [
    usersRoute,
    rolesRoute,
    keysRoute,
    webhooksRoute,
    templatesRoute,
    calendarsRoute,
    currenciesRoute,
    taxRoute,
    companiesRoute,
    retentionRoute,
    personsRoute,
    auditRoute,
  ],
});
