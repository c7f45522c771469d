/** What surrounds every page: theme, direction of writing, questions to the API, dialogs. */
import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { setBrandTitle, useBrand } from './brand.ts';
import { paletteOf } from './brand-colours.ts';
import { directionOf, useLanguage } from './language.ts';
import { queries, router } from './router.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { branded } from './theme.ts';
import { Waiting } from './waiting.tsx';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
// What Mantine uses to stop a page from scrolling behind a dialog asks for it there.
Object.assign(globalThis, { __webpack_nonce__: nonce });

export function App() {
  return (
    <DirectionProvider initialDirection={directionOf(document.documentElement.lang)} detectDirection={false}>
      <QueryClientProvider client={queries}>
        <Themed>
          <Directed>
            <ModalsProvider>
              <Notifications position="bottom-right" />
              <SignInAgain />
              <Suspense fallback={<Waiting />}>
                <RouterProvider router={router} />
              </Suspense>
            </ModalsProvider>
          </Directed>
        </Themed>
      </QueryClientProvider>
    </DirectionProvider>
  );
}

/** In the operator's colours. */
function Themed({ children }: { readonly children: ReactNode }) {
  const brand = useBrand();
  const accent = brand?.accent;
  const name = brand?.name ?? 'Carillon';
  useEffect(() => setBrandTitle(name), [name]);
  const own = useMemo(() => branded(accent === undefined ? undefined : paletteOf(accent)), [accent]);
  return (
    <MantineProvider theme={own.theme} cssVariablesResolver={own.variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  );
}

function Directed({ children }: { readonly children: ReactNode }) {
  const { setDirection } = useDirection();
  const direction = directionOf(useLanguage());
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return children;
}
