/** What is wider than the page scrolls by itself, also by keyboard. */
import type { ReactNode } from 'react';

interface Props {
  /** What it holds, for who does not see it. */
  readonly label: string;
  readonly children: ReactNode;
}

export function Scrolling({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nothing scrolls by keyboard
    <section aria-label={label} tabIndex={0} style={{ overflowX: 'auto', position: 'relative' }}>
      {children}
    </section>
  );
}
