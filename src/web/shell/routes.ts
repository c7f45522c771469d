/** The root of all addresses, and the frame around those of the console. Subjects hang their routes below `shellRoute`. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { meQuery } from '../client/me.ts';
import { isSignedOut } from '../client/problem.ts';
import { lazyPage } from './lazy-page.ts';
import { Lost } from './lost.tsx';

export interface RouteContext {
  readonly queries: QueryClient;
}

/** Everything in the address bar behind the question mark is text. */
export type Search = Readonly<Record<string, string>>;

export const rootRoute = createRootRouteWithContext<RouteContext>()({
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)])),
  notFoundComponent: Lost,
});

/** Who is not signed in is sent to sign in, and comes back. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'console',
  beforeLoad: async ({ context, location }) => {
    try {
      const { role } = await context.queries.ensureQueryData(meQuery);
      // Who is of a partner has the portal, in the same frame.
      if (role === 'partner' && location.pathname === '/') throw redirect({ to: '/portal/month' });
      if (role === 'customer' && location.pathname === '/') throw redirect({ to: '/portal/account' });
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ href: `/sign-in?next=${encodeURIComponent(location.href)}` });
      throw error;
    }
  },
  component: lazyPage(() => import('./shell.tsx'), 'Shell'),
});
