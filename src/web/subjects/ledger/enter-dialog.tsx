/** An entry by hand: postings that add up to nothing; booked at once, or waiting for a second person. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fields } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { IconTrash } from '../../parts/icons.ts';
import { sendFile } from '../../parts/send-file.ts';
import { useCompany } from '../month/company.tsx';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';
import { type Posting, postingFields, tableOf } from './entry-table.ts';

const empty: Posting = { ledgerAccount: '', account: '', currency: '', debit: '', credit: '' };

interface Words {
  readonly entry: string;
  readonly day: string;
  readonly description: string;
  readonly postings: readonly Posting[];
}

export function EnterDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const [words, setWords] = useState<Words>({ entry: '', day: today(), description: '', postings: [empty, empty] });
  const company = useCompany();
  const set = (changed: Partial<Words>): void => setWords({ ...words, ...changed });
  const enter = useChange({
    send: async ({ postings, legalEntity, ...head }: Words & { readonly legalEntity?: string }, { key }) => {
      const upload = await sendFile(new File([tableOf(head, postings)], 'entry-by-hand.csv', { type: 'text/csv' }));
      return client
        .POST('/v1/ledger/entries', {
          params: { header: { 'Idempotency-Key': key } },
          body: { upload, ...(legalEntity === undefined ? {} : { legalEntity }) },
        })
        .then(answered);
    },
    changes: [['ledger'], ['periods']],
    onDone: onLeave,
  });
  const setPosting = (at: number, changed: Partial<Posting>): void =>
    set({ postings: words.postings.map((each, place) => (place === at ? { ...each, ...changed } : each)) });
  const isReady = words.entry.trim() !== '' && words.description.trim() !== '' && words.day !== '' && words.postings.length > 1;
  return (
    <FormDialog
      {...{ title: t('enterEntry'), action: t('enterEntry'), opened: true, onClose: onLeave, isWide: true, isReady }}
      {...{ error: enter.error, isSending: enter.isPending }}
      onSubmit={() => enter.mutate({ ...words, ...company.of })}
    >
      <Text>{t('enterEntryWhat')}</Text>
      {company.field}
      <Fields>
        <TextInput
          required
          label={t('reference')}
          maxLength={120}
          value={words.entry}
          onChange={(event) => set({ entry: event.currentTarget.value })}
        />
        <TextInput required type="date" label={t('day')} value={words.day} onChange={(event) => set({ day: event.currentTarget.value })} />
      </Fields>
      <TextInput
        required
        label={t('description')}
        maxLength={500}
        value={words.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Stack gap="xs">
        {words.postings.map((posting, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: postings have no other name than their place
          <Group key={at} gap="xs" align="flex-end" wrap="wrap">
            {postingFields.map((name) => (
              <TextInput
                key={name}
                label={t(name === 'credit' ? 'creditSide' : name)}
                aria-label={`${t(name === 'credit' ? 'creditSide' : name)} ${at + 1}`}
                w={name === 'currency' ? 80 : name === 'debit' || name === 'credit' ? 120 : 160}
                maxLength={120}
                {...(name === 'debit' || name === 'credit' ? { inputMode: 'decimal' as const } : {})}
                value={posting[name]}
                onChange={(event) => setPosting(at, { [name]: event.currentTarget.value })}
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('removePosting', { number: at + 1 })}
              disabled={words.postings.length <= 2}
              onClick={() => set({ postings: words.postings.filter((_, place) => place !== at) })}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Group>
        <Button size="xs" variant="default" onClick={() => set({ postings: [...words.postings, empty] })}>
          {t('addPosting')}
        </Button>
      </Group>
    </FormDialog>
  );
}
