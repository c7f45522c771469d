/** Pages that are fetched when somebody goes there, also while the server is gone. */
import { lazyRouteComponent } from '@tanstack/react-router';

/** Of what stands before the server, and says that nobody is behind it. */
const NOBODY_THERE = [502, 503, 504];

/** Whether the server answers, with whatever. */
export async function isThere(): Promise<boolean> {
  try {
    return !NOBODY_THERE.includes((await fetch('/v1/sign-in/ways')).status);
  } catch {
    return false;
  }
}

/**
 * As the router's own, which loads the whole page again when a file does not come. That is right when the server has newer files; when it is
 * gone, the browser's own page of errors would stand there, and stay. Then the frame stays instead, and `Broken` waits for the server.
 */
export const lazyPage: typeof lazyRouteComponent = (importer, name) =>
  lazyRouteComponent(
    () =>
      importer().catch(async (error: unknown) => {
        // In words by which the router does not know it, and `Broken` does.
        throw (await isThere()) ? error : new TypeError('load: the server does not answer');
      }),
    name,
  );
