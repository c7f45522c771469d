/** Records of usage, found and looked through. */

import { createRoute } from '@tanstack/react-router';
import { IconPhone } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const usageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/usage',
  component: lazyPage(() => import('./usage-page.tsx'), 'UsagePage'),
});
const recordRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/usage/$record',
  component: lazyPage(() => import('./record-page.tsx'), 'RecordPage'),
});

export const usage = subject({
  name: 'usage',
  title: { en: 'Usage', de: 'Verkehr', ar: 'الاستخدام' },
  entry: { to: '/usage', icon: IconPhone, permissions: ['usage:read'] },
  routes: [usageRoute, recordRoute],
  find: async (text) => (await import('./find.ts')).findRecords(text),
});
