/** The books are closed before a day, or opened again from one, with the reason; and what was closed and opened so far. */
import { List, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Day } from '../../parts/instant.tsx';
import { useTexts } from '../month/texts.ts';

const MOST_SHOWN = 6;

export function CloseBooksDialog({ legalEntity, onLeave }: { readonly legalEntity: string; readonly onLeave: () => void }) {
  const t = useTexts();
  const mayReopen = useMay()('ledger:approve');
  const [way, setWay] = useState<'close' | 'reopen'>('close');
  const [firstOpen, setFirstOpen] = useState('');
  const [why, setWhy] = useState('');
  const past = useQuery({
    queryKey: ['ledger', 'closings', legalEntity],
    queryFn: () => client.GET('/v1/ledger/closings', { params: { query: { legalEntity } } }).then(answered),
  });
  const close = useChange({
    send: async ({ how, ...body }: { how: 'close' | 'reopen'; firstOpen: string; why: string; legalEntity: string }, { key }) => {
      const header = { 'Idempotency-Key': key };
      if (how === 'close') await client.POST('/v1/ledger/closings', { params: { header }, body }).then(answered);
      else await client.POST('/v1/ledger/reopenings', { params: { header }, body }).then(answered);
    },
    changes: [['ledger']],
    onDone: onLeave,
  });
  const title = t('closeBooks', { legalEntity });
  return (
    <FormDialog
      {...{ title, opened: true, onClose: onLeave, error: close.error, isSending: close.isPending }}
      action={t(way === 'close' ? 'closeBooksDo' : 'reopenBooksDo')}
      isReady={firstOpen !== '' && why.trim() !== ''}
      onSubmit={() => close.mutate({ how: way, firstOpen, why: why.trim(), legalEntity })}
    >
      {mayReopen && (
        <SegmentedControl
          aria-label={title}
          value={way}
          onChange={(value) => setWay(value === 'reopen' ? 'reopen' : 'close')}
          data={[
            { value: 'close', label: t('closeBooksDo') },
            { value: 'reopen', label: t('reopenBooksDo') },
          ]}
        />
      )}
      <Text>{t(way === 'close' ? 'closeBooksWhat' : 'reopenBooksWhat')}</Text>
      <TextInput
        required
        type="date"
        label={t('firstOpen')}
        value={firstOpen}
        onChange={(event) => setFirstOpen(event.currentTarget.value)}
      />
      <Textarea required autosize label={t('reason')} maxLength={500} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
      {(past.data?.items ?? []).length > 0 && (
        <List size="sm" aria-label={t('closings')}>
          {past.data?.items.slice(-MOST_SHOWN).map(({ kind, firstOpen: day, why: said, by, at }) => (
            <List.Item key={at}>
              {t(kind === 'close' ? 'closedBefore' : 'openedFrom')} <Day day={day} /> · {by} · <bdi>{said}</bdi>
            </List.Item>
          ))}
        </List>
      )}
    </FormDialog>
  );
}
