/** Whose a payment is, and what it is the return of. */
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Asked, asked } from '../../parts/asked.tsx';
import type { useTexts } from '../month/texts.ts';

type Texts = ReturnType<typeof useTexts>;

const changes = [['payments'], ['ledger']] as const;
const named = (payment: string, key: string) => ({ path: { payment }, header: { 'Idempotency-Key': key } });

export function paymentAsks(t: Texts, payment: string): readonly Asked[] {
  const on = { label: t('day'), kind: 'day', isOptional: true } as const;
  return [
    asked({
      ...{ label: t('assignPayment'), what: t('assignPaymentWhat'), changes },
      fields: { account: { label: t('account') }, on },
      send: (body, { key }) => client.POST('/v1/payments/{payment}/assignments', { params: named(payment, key), body }).then(answered),
    }),
    asked({
      ...{ label: t('linkReturn'), what: t('linkReturnWhat'), changes },
      fields: { of: { label: t('returnOf'), placeholder: 'PAY-12' }, on },
      send: (body, { key }) => client.POST('/v1/payments/{payment}/returns', { params: named(payment, key), body }).then(answered),
    }),
  ];
}
