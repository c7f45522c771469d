/** Raising a dispute: over a document, a line of it or an amount, with evidence. */
import { SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fields } from '../../parts/fields.tsx';
import { FileInput } from '../../parts/file-input.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { useTexts } from '../month/texts.ts';

interface Props {
  readonly document?: string;
  /** Without sign. */
  readonly amount?: string;
  readonly reason?: string;
  readonly by?: 'us' | 'them';
  readonly onLeave: () => void;
}

interface Words {
  readonly document: string;
  readonly amount: string;
  readonly line: string;
  readonly reason: string;
  readonly by: 'us' | 'them';
  readonly files: readonly File[];
}

export function RaiseDialog({ document = '', amount = '', reason = '', by = 'them', onLeave }: Props) {
  const t = useTexts();
  const navigate = useNavigate();
  const [words, setWords] = useState<Words>({ document, amount, reason, by, line: '', files: [] });
  const set = (changed: Partial<Words>): void => setWords({ ...words, ...changed });
  const raise = useChange({
    send: async ({ files, amount: net, line, ...rest }: Words, { key }) => {
      const evidence: string[] = [];
      for (const file of files) evidence.push(await sendFile(file));
      const body = {
        ...rest,
        ...(net.trim() === '' ? {} : { amount: net.trim() }),
        ...(line.trim() === '' ? {} : { line: Number(line) }),
        ...(evidence.length === 0 ? {} : { evidence }),
      };
      return client.POST('/v1/disputes', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    changes: [['disputes'], ['ledger']],
    onDone: ({ dispute }) => {
      onLeave();
      void navigate({ to: '/disputes/$dispute', params: { dispute } });
    },
  });
  const isLine = /^(?:[1-9]\d{0,8})?$/.test(words.line);
  const isReady = words.document.trim() !== '' && words.reason.trim() !== '' && isLine;
  return (
    <FormDialog
      {...{
        title: t('raise'),
        opened: true,
        onClose: onLeave,
        action: t('raise'),
        error: raise.error,
        isSending: raise.isPending,
        isReady,
      }}
      onSubmit={() => raise.mutate(words)}
    >
      <TextInput
        required
        label={t('document')}
        maxLength={255}
        value={words.document}
        onChange={(event) => set({ document: event.currentTarget.value })}
      />
      <div>
        <Text size="sm" fw={500} id="raised-by">
          {t('raisedBy')}
        </Text>
        <SegmentedControl
          aria-labelledby="raised-by"
          value={words.by}
          onChange={(value) => set({ by: value === 'us' ? 'us' : 'them' })}
          data={[
            { value: 'them', label: t('them') },
            { value: 'us', label: t('us') },
          ]}
        />
      </div>
      <Fields>
        <TextInput
          label={t('contestedNet')}
          description={t('contestedWhat')}
          inputMode="decimal"
          value={words.amount}
          onChange={(event) => set({ amount: event.currentTarget.value })}
        />
        <TextInput
          label={t('line')}
          description={t('lineWhat')}
          error={isLine ? undefined : t('lineWrong')}
          inputMode="numeric"
          value={words.line}
          onChange={(event) => set({ line: event.currentTarget.value.trim() })}
        />
      </Fields>
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={2000}
        label={t('reason')}
        value={words.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
      <FileInput
        multiple
        clearable
        label={t('evidence')}
        placeholder={t('chooseFiles')}
        value={[...words.files]}
        onChange={(files) => set({ files })}
      />
    </FormDialog>
  );
}
