/** How people come in. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../shell/lazy-page.ts';
import { rootRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyPage(() => import('./invitation-page.tsx'), 'InvitationPage'),
});

const recoveryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recovery',
  component: lazyPage(() => import('./recovery-page.tsx'), 'RecoveryPage'),
});

export const signIn = subject({
  name: 'sign-in',
  title: { en: 'Sign in', de: 'Anmelden', ar: 'تسجيل الدخول' },
  routes: [signInRoute, invitationRoute, recoveryRoute],
});
