/** What the two sides of a dispute wrote each other, with their files; and writing more. Of the console and of the portal. */
import { Anchor, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useMe } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { Instant } from '../../parts/instant.tsx';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { sendFile } from '../../parts/send-file.ts';
import { useBrand } from '../../shell/brand.ts';
import { useTexts } from './texts.ts';

interface Props {
  readonly dispute: string;
  readonly mayWrite: boolean;
}

const MOST_FILES = 10;

export function Talk({ dispute, mayWrite }: Props) {
  const t = useTexts();
  const { party } = useMe();
  const brand = useBrand();
  const talk = useQuery({
    queryKey: ['disputes', dispute, 'messages'],
    queryFn: () => client.GET('/v1/disputes/{dispute}/messages', { params: { path: { dispute } } }).then(answered),
  });
  const isPortal = party !== undefined;
  const operator = t('operator', { name: brand?.name ?? 'Carillon' });
  return (
    <Paper component="section" withBorder p="md" aria-label={t('messages')}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('messages')}
        </Title>
        {talk.error !== null && <Fault error={talk.error} onRetry={() => void talk.refetch()} />}
        {talk.data?.items.length === 0 && <Text className="quiet">{t('nothingSaid')}</Text>}
        {talk.data?.items.map(({ message, by, who, at, words, files }) => (
          <article key={message}>
            <Group gap="sm">
              <Text fw={600}>{by === 'us' ? operator : isPortal ? t('you') : t('partner')}</Text>
              {who !== undefined && (
                <Text className="quiet">
                  <bdi>{who}</bdi>
                </Text>
              )}
              <Text className="quiet" component="div">
                <Instant at={at} />
              </Text>
            </Group>
            {words !== '' && (
              <Text dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
                {words}
              </Text>
            )}
            {files.map(({ name, sha256, bytes }) => (
              <div key={sha256}>
                <Anchor href={`/v1/disputes/${dispute}/evidence/${sha256}`} download={name} underline="always" size="sm">
                  <bdi>{name}</bdi>
                </Anchor>{' '}
                <Text span className="quiet" size="xs">
                  {t('bytes', { size: Math.max(1, Math.round(bytes / 1000)) })}
                </Text>
              </div>
            ))}
          </article>
        ))}
        {mayWrite && <Write dispute={dispute} isPortal={isPortal} />}
      </Stack>
    </Paper>
  );
}

function Write({ dispute, isPortal }: { readonly dispute: string; readonly isPortal: boolean }) {
  const t = useTexts();
  const [words, setWords] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const send = useChange({
    send: async (said: { readonly words: string; readonly files: readonly File[] }, { key }) => {
      const names: string[] = [];
      for (const file of said.files) names.push(await sendFile(file, isPortal));
      const body = {
        ...(said.words === '' ? {} : { words: said.words }),
        ...(names.length === 0 ? {} : { files: [...new Set(names)] }),
      };
      const params = { path: { dispute }, header: { 'Idempotency-Key': key } };
      return isPortal
        ? client.POST('/v1/portal/disputes/{dispute}/messages', { params, body }).then(answered)
        : client.POST('/v1/disputes/{dispute}/messages', { params, body }).then(answered);
    },
    onDone: () => {
      setWords('');
      setFiles([]);
    },
    changes: [['disputes', dispute]],
  });
  useAskBeforeLeaving(words.trim() !== '' || files.length > 0);
  const isEmpty = words.trim() === '' && files.length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) send.mutate({ words: words.trim(), files });
      }}
    >
      <Stack gap="sm">
        <Textarea
          {...{ label: t('words'), autosize: true, minRows: 2, maxLength: 2000, value: words, dir: 'auto' }}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <FileInput
          {...{ label: t('files'), description: t('filesWhat'), placeholder: t('choose'), multiple: true, clearable: true, value: files }}
          clearButtonProps={{ 'aria-label': t('removeFiles') }}
          onChange={(chosen) => setFiles(chosen.slice(0, MOST_FILES))}
        />
        {send.error !== null && <Fault error={send.error} />}
        <Group>
          <Button type="submit" disabled={isEmpty} loading={send.isPending}>
            {t('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
