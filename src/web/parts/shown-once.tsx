/** A secret that nobody sees again: to be copied now. */
import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';

interface Props {
  readonly title: string;
  readonly what: string;
  readonly secret: string;
  readonly copy: string;
  readonly copied: string;
  readonly done: string;
  readonly onDone: () => void;
}

export function ShownOnce({ title, what, secret, copy, copied, done, onDone }: Props) {
  return (
    <Alert title={title} variant="light" styles={{ message: { color: 'var(--mantine-color-text)' } }}>
      <Stack gap="sm">
        <Text>{what}</Text>
        <Code block data-secret>
          {secret}
        </Code>
        <Group gap="sm">
          <CopyButton value={secret}>
            {({ copied: isCopied, copy: take }) => (
              <Button size="xs" onClick={take}>
                {isCopied ? copied : copy}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={onDone}>
            {done}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
