/** Money into an account. */
import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered, Problem } from '../../client/problem.ts';
import { Fault } from '../../parts/fault.tsx';
import { IconPlus } from '../../parts/icons.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from './texts.ts';

interface Props {
  readonly account: string;
  readonly currency: string;
}

export function TopUp({ account, currency }: Props) {
  const t = useTexts();
  const shell = useShellTexts();
  const [isOpen, dialog] = useDisclosure();
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const add = useChange({
    send: (words: { readonly amount: string; readonly note: string }, { key }) =>
      client
        .POST('/v1/charging/accounts/{account}/top-ups', {
          params: { path: { account }, header: { 'Idempotency-Key': key } },
          body: { money: { amount: words.amount, currency }, ...(words.note === '' ? {} : { note: words.note }) },
        })
        .then(answered),
    changes: [['charging']],
    onDone: () => {
      dialog.close();
      setAmount('');
      setNote('');
      notifications.show({ message: t('toppedUp'), withCloseButton: false });
    },
  });
  const wrong = add.error instanceof Problem && add.error.of('body/money/amount') !== undefined ? t('amountWrong') : undefined;
  return (
    <>
      <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={dialog.open}>
        {t('topUp')}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t('topUpOf', { account })} closeButtonProps={{ 'aria-label': shell('close') }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ amount: amount.trim(), note: note.trim() });
          }}
        >
          <Stack gap="md">
            <TextInput
              label={`${t('amount')}, ${currency}`}
              inputMode="decimal"
              required
              maxLength={30}
              value={amount}
              error={wrong}
              onChange={(event) => setAmount(event.currentTarget.value)}
              data-autofocus
            />
            <TextInput label={t('note')} maxLength={500} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            {add.error !== null && wrong === undefined && <Fault error={add.error} />}
            <Button type="submit" loading={add.isPending}>
              {t('topUp')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
