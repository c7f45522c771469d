/** The four states, each with its colour, its icon and a word. */
import { Badge } from '@mantine/core';
import { useShellTexts } from '../shell/texts.ts';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from './icons.ts';

const icons = { settled: IconCircleCheck, open: IconCircleDashed, attention: IconAlertTriangle, wrong: IconCircleX } as const;
export type State = keyof typeof icons;

/** `children`: the subject's own word for it; the state's when left out. */
export function StateBadge({ state, children }: { readonly state: State; readonly children?: string }) {
  const t = useShellTexts();
  const Icon = icons[state];
  return (
    <Badge
      variant="light"
      radius="sm"
      leftSection={<Icon size={14} aria-hidden />}
      style={{ color: `var(--${state})`, background: `var(--${state}-ground)`, textTransform: 'none', fontWeight: 500 }}
    >
      {children ?? t(state)}
    </Badge>
  );
}
