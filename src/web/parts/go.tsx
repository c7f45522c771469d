/** A link to an address that another subject owns: it is an address, not a route. */
import { Anchor, type AnchorProps } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface Props extends AnchorProps {
  /** Inside the console, beginning with `/`. */
  readonly href: string;
  readonly children: ReactNode;
}

export function Go({ href, children, ...others }: Props) {
  const router = useRouter();
  const go = (event: MouseEvent): void => {
    // With a key held it opens where the browser wants it.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void router.navigate({ href });
  };
  return (
    <Anchor href={href} onClick={go} {...others}>
      {typeof children === 'string' ? <bdi>{children}</bdi> : children}
    </Anchor>
  );
}
