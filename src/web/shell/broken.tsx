/** Where a page cannot be shown, whatever failed: within the frame, so that every other page stays one click away. */
import { Anchor, Stack, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '../client/problem.ts';
import { Fault } from '../parts/fault.tsx';
import { useShellTexts } from './texts.ts';

export function Broken({ error }: ErrorComponentProps) {
  const t = useShellTexts();
  return (
    <Stack className="page" align="stretch">
      <Title order={1}>{t('broken')}</Title>
      <Fault error={told(error)} onRetry={() => location.reload()} />
      {/* Loaded anew: what failed may be left over in the page. */}
      <Anchor href="/">{t('lostGo')}</Anchor>
    </Stack>
  );
}

/** Scripts and answers that did not come are the network's; any other error of a page is a fault of ours. */
function told(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const text = error instanceof Error ? error.message : String(error);
  return /fetch|import|load/i.test(text) && error instanceof TypeError ? error : new Error(text);
}
