/** Fields beside each other where there is room, below each other where there is not: a date or an amount is never cut. */
import { SimpleGrid } from '@mantine/core';
import { Children, type ReactNode } from 'react';

export function Fields({ children }: { readonly children: ReactNode }) {
  const count = Children.toArray(children).length;
  return (
    <SimpleGrid cols={{ base: 1, xs: Math.min(count, 2), sm: count }} spacing="md" verticalSpacing="sm">
      {children}
    </SimpleGrid>
  );
}
