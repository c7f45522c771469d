/** That figures which should move do not: the server is gone, and what stands there is of then. */
import { Alert } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useBrokenSince } from '../client/live.ts';
import { IconAlertTriangle } from '../parts/icons.ts';
import { writtenInstant } from '../parts/instant.tsx';
import { Runs } from '../subjects/said/said.tsx';
import { useShellTexts } from './texts.ts';

/** A line that comes back at once is nobody's trouble. */
const PATIENCE_MS = 3_000;

export function StandStill() {
  const t = useShellTexts();
  const since = useBrokenSince();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (since === undefined) return undefined;
    const late = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(late);
      setLong(false);
    };
  }, [since]);
  if (since === undefined || !isLong) return null;
  return (
    <Alert
      {...{ role: 'status', variant: 'light', color: 'yellow', icon: <IconAlertTriangle aria-hidden />, m: 'md' }}
      styles={{ root: { background: 'var(--attention-ground)' }, message: { color: 'var(--mantine-color-text)' } }}
    >
      <Runs of={t('standStill', { at: writtenInstant(new Date(since).toISOString()) })} />
    </Alert>
  );
}
