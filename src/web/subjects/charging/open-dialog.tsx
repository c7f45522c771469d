/** An account is opened under a plan, known by its numbers. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useTexts } from './texts.ts';

/** `plans`: of the accounts that are there; another is written. */
export function OpenDialog({ plans, onLeave }: { readonly plans: readonly string[]; readonly onLeave: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [words, setWords] = useState({ account: '', plan: plans[0] ?? '', identities: '', creditLimit: '' });
  const [isOther, setOther] = useState(plans.length === 0);
  const set = (changed: Partial<typeof words>): void => setWords({ ...words, ...changed });
  const open = useChange({
    send: ({ account, plan, identities, creditLimit }: typeof words, { key }) => {
      const known = identities.split(/[\s,;]+/).filter((each) => each !== '');
      const body = {
        ...{ account: account.trim(), plan: plan.trim() },
        // A bare number is one of a telephone.
        ...(known.length === 0
          ? {}
          : { identities: known.map((each) => (/^\+?\d+$/.test(each) ? `msisdn:${each.replace('+', '')}` : each)) }),
        ...(creditLimit.trim() === '' ? {} : { creditLimit: creditLimit.trim() }),
      };
      return client.POST('/v1/charging/accounts', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered);
    },
    changes: [['charging-accounts'], ['charging']],
    onDone: (_, { account }) => {
      onLeave();
      void navigate({ to: '/charging/$account', params: { account: account.trim() } });
    },
  });
  return (
    <FormDialog
      {...{ title: t('openAccount'), action: t('openAccount'), opened: true, onClose: onLeave }}
      {...{ error: open.error, isSending: open.isPending, isReady: words.account.trim() !== '' && words.plan.trim() !== '' }}
      onSubmit={() => open.mutate(words)}
    >
      <TextInput
        required
        label={t('account')}
        maxLength={128}
        value={words.account}
        onChange={(event) => set({ account: event.currentTarget.value })}
        data-autofocus
      />
      {isOther ? (
        <TextInput
          required
          label={t('plan')}
          description={t('planWhat')}
          maxLength={255}
          value={words.plan}
          onChange={(event) => set({ plan: event.currentTarget.value })}
        />
      ) : (
        <NativeSelect
          required
          label={t('plan')}
          value={words.plan}
          data={[...plans.map((value) => ({ value, label: value })), { value: '', label: t('otherPlan') }]}
          onChange={({ currentTarget: { value } }) => {
            set({ plan: value });
            setOther(value === '');
          }}
        />
      )}
      <Textarea
        autosize
        label={t('identities')}
        description={t('identitiesWhat')}
        maxLength={2000}
        value={words.identities}
        onChange={(event) => set({ identities: event.currentTarget.value })}
      />
      <TextInput
        label={t('creditLimit')}
        description={t('creditLimitWhat')}
        inputMode="decimal"
        maxLength={40}
        value={words.creditLimit}
        onChange={(event) => set({ creditLimit: event.currentTarget.value })}
      />
    </FormDialog>
  );
}
