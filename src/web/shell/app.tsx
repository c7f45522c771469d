/** What surrounds every page: theme, direction of writing, questions to the API, dialogs. */
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect } from 'react';
import { directionOf, useLanguage } from './language.ts';
import { queries, router } from './router.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { theme, variables } from './theme.ts';
import { Waiting } from './waiting.tsx';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
// What Mantine uses to stop a page from scrolling behind a dialog asks for it there.
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App() {
  return (
    <DirectionProvider initialDirection={directionOf(document.documentElement.lang)} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>
          <Directed>
            <ModalsProvider>
              <Notifications position="bottom-right" />
              <SignInAgain />
              <Suspense fallback={<Waiting />}>
                <RouterProvider router={router} />
              </Suspense>
            </ModalsProvider>
          </Directed>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Directed({ children }: { readonly children: ReactNode }) {
  const { setDirection } = useDirection();
  const direction = directionOf(useLanguage());
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return children;
}
