/** A session that ends in the middle of work: who sits here signs in again, and what was asked goes on. */
type SignInAgain = () => Promise<void>;

let signInAgain: SignInAgain | undefined;
let running: Promise<void> | undefined;

/** The shell says how: by a dialog above the page, which stays as it is. */
export function onSessionOver(handler: SignInAgain | undefined): void {
  signInAgain = handler;
}

/** As fetch; a request that finds the session over is asked once more when somebody has signed in again. */
export async function sessionFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(request);
  if (answer.status !== 401 || signInAgain === undefined || new URL(request.url).pathname.startsWith('/v1/sign-in')) return answer;
  await signedInAgain(signInAgain);
  return fetch(again);
}

/** One dialog, however many requests wait for it. */
export function signedInAgain(ask: SignInAgain): Promise<void> {
  running ??= ask().finally(() => {
    running = undefined;
  });
  return running;
}
