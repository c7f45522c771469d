/** What was sent, and each attempt to send it. */
import { Code, List, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fault } from '../../parts/fault.tsx';
import { Instant } from '../../parts/instant.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { useWord } from '../words/words.ts';
import { useTexts } from './texts.ts';

interface Tried {
  readonly text?: string;
  /** It is data, not words. */
  readonly isData?: boolean;
  /** How each ended, as the API names it; left out: it has not. */
  readonly attempts: readonly { readonly at: string; readonly outcome: string | undefined; readonly said: string }[];
}

interface Props {
  readonly queryKey: readonly unknown[];
  readonly read: () => Promise<Tried>;
  readonly onClose: () => void;
}

export function Attempts({ queryKey, read, onClose }: Props) {
  const t = useTexts();
  const shell = useShellTexts();
  const word = useWord();
  const { data, error } = useQuery({ queryKey, queryFn: read });
  return (
    <Modal opened onClose={onClose} title={t('attempts')} size="lg" closeButtonProps={{ 'aria-label': shell('close') }}>
      {error !== null && <Fault error={error} />}
      {data !== undefined && (
        <Stack gap="md">
          {data.text !== undefined &&
            (data.isData === true ? (
              <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {data.text}
              </Code>
            ) : (
              <Text style={{ whiteSpace: 'pre-wrap' }} dir="auto">
                {data.text}
              </Text>
            ))}
          {data.attempts.length === 0 && <Text className="quiet">{t('noAttempts')}</Text>}
          <List>
            {data.attempts.map(({ at, outcome, said }) => (
              <List.Item key={`${at} ${outcome} ${said}`}>
                <Instant at={at} /> {outcome !== undefined && word(`attempt ${outcome}`)} <bdi>{said}</bdi>
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Modal>
  );
}

/** Without what there is not. */
export const joinSaid = (...words: readonly (string | number | undefined)[]): string =>
  words.filter((each) => each !== undefined && each !== '').join(' · ');
