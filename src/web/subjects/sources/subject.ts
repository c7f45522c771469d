/** Where usage comes from. */

import { createRoute } from '@tanstack/react-router';
import { IconDownload } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sources',
  component: lazyPage(() => import('./sources-page.tsx'), 'SourcesPage'),
});

export const sources = subject({
  name: 'sources',
  title: { en: 'Sources', de: 'Quellen', ar: 'المصادر' },
  entry: { to: '/sources', icon: IconDownload, permissions: ['usage:read'] },
  routes: [sourcesRoute],
});
