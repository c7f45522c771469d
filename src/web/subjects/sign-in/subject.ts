/** How people come in. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../shell/routes.ts';
import { subject } from '../../shell/subject.ts';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./invitation-page.tsx'), 'InvitationPage'),
});

const recoveryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recovery',
  component: lazyRouteComponent(() => import('./recovery-page.tsx'), 'RecoveryPage'),
});

export const signIn = subject({
  name: 'sign-in',
  title: { en: 'Sign in', de: 'Anmelden', ar: 'تسجيل الدخول' },
  routes: [signInRoute, invitationRoute, recoveryRoute],
});
