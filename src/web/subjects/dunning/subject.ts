/** What is written about overdue documents, and which accounts are on hold. */

import { createRoute } from '@tanstack/react-router';
import { IconMailExclamation } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const dunningRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/dunning',
  component: lazyPage(() => import('./dunning-page.tsx'), 'DunningPage'),
});

export const dunning = subject({
  name: 'dunning',
  title: { en: 'Dunning', de: 'Mahnungen', ar: 'التذكير بالدفع' },
  entry: { to: '/dunning', icon: IconMailExclamation, permissions: ['documents:read'] },
  routes: [dunningRoute],
});
