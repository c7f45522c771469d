/** Fields beside each other where there is room, below each other where there is not: a date or an amount is never cut. */
import { SimpleGrid } from '@mantine/core';
import { Children, type ReactNode } from 'react';

interface FieldsProps {
  readonly children: ReactNode;
  /** Descriptions of several lengths are above them: what is filled is at one height. */
  readonly isLevel?: boolean;
}

export function Fields({ children, isLevel = false }: FieldsProps) {
  const count = Children.toArray(children).length;
  return (
    <SimpleGrid
      {...{ cols: { base: 1, xs: Math.min(count, 2), sm: count }, spacing: 'md', verticalSpacing: 'sm' }}
      {...(isLevel ? { style: { alignItems: 'end' } } : {})}
    >
      {children}
    </SimpleGrid>
  );
}
