/** Who may what, where events go, and who did what. */
import { IconSettings } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./users-page.tsx'), 'UsersPage'),
});
const rolesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/roles',
  component: lazyRouteComponent(() => import('./roles-page.tsx'), 'RolesPage'),
});
const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('./keys-page.tsx'), 'KeysPage'),
});
const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/audit-trail',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
});

export const settings = subject({
  name: 'settings',
  title: { en: 'Settings', de: 'Einstellungen', ar: 'الإعدادات' },
  entry: { to: '/settings', icon: IconSettings, permissions: ['access:read', 'webhooks:read', 'audit:read'] },
  routes: [usersRoute, rolesRoute, keysRoute, webhooksRoute, auditRoute],
});
