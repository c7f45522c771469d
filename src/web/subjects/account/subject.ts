/** How one comes in oneself: passkeys, authenticator, password. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../shell/lazy-page.ts';
import { shellRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
});

export const account = subject({
  name: 'account',
  title: { en: 'Your account', de: 'Ihr Zugang', ar: 'حسابك' },
  places: [
    { to: '/account', title: { en: 'Your account', de: 'Ihr Zugang', ar: 'حسابك' }, permissions: [] },
    // For people of a party as well: it is everybody's.
    { to: '/account', title: { en: 'Your account', de: 'Ihr Zugang', ar: 'حسابك' }, permissions: [], forRoles: ['partner', 'customer'] },
  ],
  routes: [accountRoute],
});
