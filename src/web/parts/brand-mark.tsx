/** The operator's mark and name; our bell where it has none. */
import { Box, Group, Text } from '@mantine/core';
import type { Brand } from '../shell/brand.ts';
import { IconBell } from './icons.ts';

interface Props {
  readonly brand: Brand | undefined;
  /** Pixels high. */
  readonly size: number;
  /** The name is left out on a phone, where the mark says it. */
  readonly isShort?: boolean;
}

export function BrandMark({ brand, size, isShort = false }: Props) {
  const name = brand?.name ?? 'Carillon';
  return (
    <Group gap={8} wrap="nowrap">
      {brand?.logo === undefined ? (
        <IconBell size={size} color="var(--mantine-primary-color-filled)" aria-hidden />
      ) : (
        // A ground of its own: most marks are drawn for paper.
        <Box
          component="img"
          src={brand.logo}
          alt=""
          h={size + 8}
          maw={160}
          bg="white"
          p={4}
          style={{ borderRadius: 4, objectFit: 'contain' }}
        />
      )}
      <Text fw={600} truncate {...(isShort ? { visibleFrom: 'xs' } : {})}>
        <bdi>{name}</bdi>
      </Text>
    </Group>
  );
}
