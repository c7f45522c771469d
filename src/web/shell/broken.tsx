/** Where a page cannot be shown, whatever failed: within the frame, so that every other page stays one click away. */
import { Anchor, Stack, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Problem } from '../client/problem.ts';
import { Fault } from '../parts/fault.tsx';
import { isThere } from './lazy-page.ts';
import { useShellTexts } from './texts.ts';

const AGAIN_MS = 5_000;

export function Broken({ error }: ErrorComponentProps) {
  const t = useShellTexts();
  const isGone = isOfTheNetwork(error);
  useEffect(() => {
    if (!isGone) return undefined;
    const again = setInterval(() => void loadAgain(), AGAIN_MS);
    return () => clearInterval(again);
  }, [isGone]);
  return (
    <Stack className="page" align="stretch">
      <Title order={1}>{t('broken')}</Title>
      <Fault error={isGone || error instanceof Problem ? error : new Error(String(error))} onRetry={() => void loadAgain()} />
      {/* Loaded anew: what failed may be left over in the page. */}
      <Anchor href="/">{t('lostGo')}</Anchor>
    </Stack>
  );
}

/** Not while nobody answers: the browser's own page of errors never comes back by itself. */
async function loadAgain(): Promise<void> {
  if (await isThere()) location.reload();
}

/** Scripts and answers that did not come; any other error of a page is a fault of ours. */
function isOfTheNetwork(error: unknown): boolean {
  return error instanceof TypeError && /fetch|import|load/i.test(error.message);
}
