/** Long work: how far it is, how long it will take, and stopping it where that is safe. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { useLanguage } from '../shell/language.ts';
import { useShellTexts } from '../shell/texts.ts';
import { formatFigure } from './figures.ts';
import { type State, StateBadge } from './state-badge.tsx';

export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

interface Props {
  readonly title: string;
  readonly state: JobState;
  readonly done: number;
  /** Undefined until it is known. */
  readonly total?: number;
  readonly startedAt: string;
  readonly onCancel?: () => void;
  /** Of a job that ended: what came of it. */
  readonly summary?: string;
}

const states: Readonly<Record<JobState, State>> = {
  running: 'open',
  done: 'settled',
  failed: 'wrong',
  cancelled: 'attention',
  interrupted: 'attention',
};
const words = {
  running: 'jobRunning',
  done: 'jobDone',
  failed: 'jobFailed',
  cancelled: 'jobCancelled',
  interrupted: 'jobInterrupted',
} as const;
const LEAST_SHOWN_MS = 2_000;

export function JobProgress({ title, state, done, total, startedAt, onCancel, summary }: Props) {
  const t = useShellTexts();
  const language = useLanguage();
  const left = useRef<string>(undefined);
  left.current = state === 'running' ? timeLeft(done, total, Date.now() - Date.parse(startedAt)) : undefined;
  const figure = (value: number): string => formatFigure(String(value), { language });
  return (
    <Stack gap="xs" role="status">
      <Group justify="space-between">
        <Text fw={500}>{title}</Text>
        <StateBadge state={states[state]}>{t(words[state])}</StateBadge>
      </Group>
      <Progress
        value={total === undefined || total === 0 ? (state === 'done' ? 100 : 0) : (100 * done) / total}
        animated={state === 'running'}
        aria-label={title}
      />
      <Group justify="space-between">
        <Text size="xs" className="quiet">
          {total === undefined ? figure(done) : t('jobCount', { done: figure(done), total: figure(total) })}
          {left.current === undefined ? '' : ` · ${t('jobLeft', { time: left.current })}`}
        </Text>
        {onCancel !== undefined && state === 'running' && (
          <Button size="xs" variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
      {summary !== undefined && <Text>{summary}</Text>}
    </Stack>
  );
}

function timeLeft(done: number, total: number | undefined, tookMs: number): string | undefined {
  if (total === undefined || done === 0 || tookMs < LEAST_SHOWN_MS) return undefined;
  const seconds = Math.round(((total - done) * tookMs) / done / 1_000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
