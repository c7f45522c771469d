/** The month as a board, from open to settled. */

import { createRoute } from '@tanstack/react-router';
import { IconCalendarMonth } from '../../parts/icons.ts';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/periods',
  component: lazyPage(() => import('./board-page.tsx'), 'BoardPage'),
});

export const periods = subject({
  name: 'periods',
  title: { en: 'Periods', de: 'Perioden', ar: 'الفترات' },
  entry: { to: '/periods', icon: IconCalendarMonth, permissions: ['settlement:read'] },
  routes: [boardRoute],
});
