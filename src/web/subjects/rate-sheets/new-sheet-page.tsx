/** A partner's file is chosen, and whose it is; then it is read as a draft. */
import { Anchor, Button, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { IconUpload } from '../../parts/icons.ts';
import { useAskBeforeLeaving } from '../../parts/leaving.ts';
import { Page } from '../../parts/page.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { useTexts } from './texts.ts';

interface Words {
  readonly file: File;
  readonly agreement: string;
  readonly role: string;
  readonly mode: string;
}

export function NewSheetPage() {
  const t = useTexts();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [role, setRole] = useState('');
  const [mode, setMode] = useState('');
  const [chosen, setChosen] = useState('');
  useAskBeforeLeaving(file !== null);
  const agreements = useQuery({
    queryKey: ['agreements', 'names'],
    queryFn: () => client.GET('/v1/agreements', { params: { query: { limit: 200 } } }).then(answered),
  });
  const names = [...new Set((agreements.data?.items ?? []).map(({ agreement }) => agreement))];
  const agreement = chosen === '' ? (names[0] ?? '') : chosen;
  const begin = useChange({
    send: async ({ file: content, agreement: of, role: side, mode: how }: Words, { key }) => {
      const upload = await sendFile(content);
      const options = { ...(side === '' ? {} : { role: side }), ...(how === '' ? {} : { mode: how }) };
      return client
        .POST('/v1/rate-sheet-drafts', { params: { header: { 'Idempotency-Key': key } }, body: { upload, agreement: of, options } })
        .then(answered);
    },
    changes: [['rate-sheet-drafts']],
    onDone: ({ draft }) => void navigate({ to: '/rate-sheets/drafts/$draft', params: { draft }, ignoreBlocker: true }),
  });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setFile(event.dataTransfer.files[0] ?? null);
  };
  const above = [
    <Anchor key="sheets" component={Link} to="/rate-sheets">
      {t('title')}
    </Anchor>,
  ];
  return (
    <Page title={t('newSheet')} above={above}>
      {agreements.error !== null && <Fault error={agreements.error} onRetry={() => void agreements.refetch()} />}
      <Stack gap="md" maw={480} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <FileInput
          {...{ label: t('choose'), placeholder: t('drop'), value: file, onChange: setFile, clearable: true, size: 'lg' }}
          clearButtonProps={{ 'aria-label': t('throwAway') }}
          accept=".csv,.txt,.xlsx,.xlsm"
          leftSection={<IconUpload size={18} aria-hidden />}
        />
        <NativeSelect label={t('agreement')} value={agreement} onChange={(event) => setChosen(event.currentTarget.value)} data={names} />
        <NativeSelect
          label={t('role')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
          data={[{ value: '', label: t('usual') }, ...(['incoming', 'outgoing'] as const).map((value) => ({ value, label: t(value) }))]}
        />
        <NativeSelect
          label={t('mode')}
          value={mode}
          onChange={(event) => setMode(event.currentTarget.value)}
          data={[{ value: '', label: t('usual') }, ...(['full', 'amendment'] as const).map((value) => ({ value, label: t(value) }))]}
        />
        {begin.error !== null && <Fault error={begin.error} />}
        <Button
          disabled={file === null || agreement === ''}
          loading={begin.isPending}
          onClick={() => file !== null && begin.mutate({ file, agreement, role, mode })}
        >
          {t('begin')}
        </Button>
      </Stack>
    </Page>
  );
}
