/** What of a document will never be paid: all that is open of it, or a part; booked at once, or by a second person. */
import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useTexts } from '../month/texts.ts';

type Body = components['schemas']['WriteOff'];

interface Props {
  readonly legalEntity: string;
  readonly document: string;
  /** What is open of it. */
  readonly open: string;
  readonly currency: string;
  readonly onLeave: () => void;
}

export function WriteOffDialog({ legalEntity, document, open, currency, onLeave }: Props) {
  const t = useTexts();
  const [amount, setAmount] = useState('');
  const [why, setWhy] = useState('');
  const writeOff = useChange({
    send: (body: Body, { key }) => client.POST('/v1/write-offs', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['ledger'], ['periods'], ['documents']],
    onDone: onLeave,
  });
  return (
    <FormDialog
      {...{ title: t('writeOffOf', { document }), action: t('writeOff'), opened: true, onClose: onLeave, isDangerous: true }}
      {...{ error: writeOff.error, isSending: writeOff.isPending, isReady: why.trim() !== '' }}
      onSubmit={() =>
        writeOff.mutate({ legalEntity, document, why: why.trim(), ...(amount === '' ? {} : { money: { amount, currency } }) })
      }
    >
      <Text>
        {t('openAmount')}: <Amount value={open} currency={currency} />
      </Text>
      <Text>{t('writeOffWhat')}</Text>
      <TextInput
        label={t('amount')}
        description={t('writeOffAll')}
        inputMode="decimal"
        maxLength={40}
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value.trim())}
      />
      <Textarea required autosize label={t('reason')} maxLength={500} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
    </FormDialog>
  );
}
