/** A payment by hand. */
import { Select, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Fields } from '../../parts/fields.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useCompany } from '../month/company.tsx';
import { useTexts } from '../month/texts.ts';
import { today } from '../month/today.ts';

type Body = components['schemas']['EnterPayment'];

export function EnterDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [words, setWords] = useState({ reference: '', amount: '', currency: 'EUR', day: today(), account: '', said: '', from: '' });
  const [direction, setDirection] = useState<Body['direction']>('in');
  const company = useCompany();
  const set = (changed: Partial<typeof words>): void => setWords({ ...words, ...changed });
  const enter = useChange({
    send: (body: Body, { key }) => client.POST('/v1/payments', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
    changes: [['payments'], ['ledger']],
    onDone: ({ payment }) => {
      onLeave();
      void navigate({ to: '/payments/$payment', params: { payment } });
    },
  });
  const field = (name: keyof typeof words, label: string, more: object = {}) => (
    <TextInput
      label={label}
      maxLength={255}
      {...more}
      value={words[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const { reference, amount, currency, day, account, said, from } = words;
  return (
    <FormDialog
      {...{
        title: t('enterPayment'),
        action: t('enterPayment'),
        opened: true,
        onClose: onLeave,
        error: enter.error,
        isSending: enter.isPending,
      }}
      isReady={reference.trim() !== '' && amount.trim() !== '' && /^[A-Za-z]{3}$/.test(currency)}
      onSubmit={() =>
        enter.mutate({
          ...company.of,
          ...{ reference: reference.trim(), direction, day, money: { amount: amount.trim(), currency: currency.toUpperCase() } },
          ...(account.trim() === '' ? {} : { account: account.trim() }),
          ...(said.trim() === '' ? {} : { said: [said.trim()] }),
          ...(from.trim() === '' ? {} : { from: from.trim() }),
        })
      }
    >
      {company.field}
      {field('reference', t('reference'), { required: true, description: t('referenceWhat'), maxLength: 120 })}
      <Fields>
        {field('amount', t('amount'), { required: true, inputMode: 'decimal' })}
        {field('currency', t('currency'), { required: true, maxLength: 3 })}
      </Fields>
      <Fields>
        <Select
          label={t('direction')}
          allowDeselect={false}
          value={direction}
          onChange={(value) => setDirection(value === 'out' ? 'out' : 'in')}
          data={[
            { value: 'in', label: t('moneyIn') },
            { value: 'out', label: t('moneyOut') },
          ]}
        />
        {field('day', t('day'), { type: 'date', required: true })}
      </Fields>
      {field('from', t('from'))}
      {field('account', t('account'), { description: t('accountWhat') })}
      {field('said', t('said'), { maxLength: 2000 })}
    </FormDialog>
  );
}
