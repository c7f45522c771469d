/** What an account has besides its plan, and the plan itself. */
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Of, type Seen, seen } from '../../client/seen.ts';
import { type Asked, asked } from '../../parts/asked.tsx';
import { writtenInstant } from '../../parts/instant.tsx';
import { bucketChoices, changes, named, type Texts, type Word } from './account-asks.ts';

type Schemas = components['schemas'];
type SpendingControls = { readonly items: Schemas['SpendingControl'][] };

export function offerAsks(
  account: Schemas['ChargingAccount'],
  limits: Seen<SpendingControls> | undefined,
  t: Texts,
  word: Word,
): readonly Asked[] {
  const { account: name, plan } = account;
  const note = { label: t('note'), isOptional: true, most: 500 } as const;
  const buckets = bucketChoices(account, t, word);
  const controls = limits?.data.items ?? [];
  const path = { path: { account: name } };
  const of: Of<SpendingControls> = {
    ...{ seen: limits, read: () => client.GET('/v1/charging/accounts/{account}/controls', { params: path }).then(seen) },
    subject: { kind: 'charging-account', id: name },
    shows: ({ items }) =>
      items.flatMap(({ name: label, limit = '', agreedUntil }) => [
        [label, limit] as const,
        [`${label}, ${t('beyondUntil')}`, agreedUntil === undefined ? '' : writtenInstant(agreedUntil)] as const,
      ]),
  };
  return [
    asked({
      ...{ label: t('changePlan'), changes },
      fields: { plan: { label: t('plan'), description: t('planWhat'), start: plan }, note },
      send: (body, { key }) =>
        client.POST('/v1/charging/accounts/{account}/plan-changes', { params: named(name, key), body }).then(answered),
    }),
    asked({
      ...{ label: t('buyAddOn'), what: t('buyAddOnWhat'), changes },
      fields: { addOn: { label: t('addOn'), description: t('planWhat') }, note },
      send: (body, { key }) => client.POST('/v1/charging/accounts/{account}/add-ons', { params: named(name, key), body }).then(answered),
    }),
    asked({
      ...{ label: t('stopAddOn'), what: t('stopAddOnWhat'), changes },
      fields: { addOn: { label: t('addOn'), description: t('planWhat') } },
      send: ({ addOn }, { key }) => {
        const { path, header } = named(name, key);
        return client
          .DELETE('/v1/charging/accounts/{account}/add-ons/{addOn}', { params: { path: { ...path, addOn }, header } })
          .then(answered);
      },
    }),
    asked({
      ...{ label: t('giveAllowance'), changes },
      fields: { allowance: { label: t('allowance'), description: t('planWhat') }, note },
      send: (body, { key }) => client.POST('/v1/charging/accounts/{account}/allowances', { params: named(name, key), body }).then(answered),
    }),
    ...(buckets.length === 0
      ? []
      : [
          asked({
            ...{ label: t('convert'), what: t('convertWhat'), changes },
            fields: {
              bucket: { label: t('balance'), choices: buckets },
              amount: { label: t('quantity'), most: 40, placeholder: '1 GB' },
              to: { label: t('into'), description: t('intoWhat') },
              note,
            },
            send: ({ bucket, ...rest }, { key }) =>
              client
                .POST('/v1/charging/accounts/{account}/conversions', {
                  params: named(name, key),
                  body: { bucket: Number(bucket), ...rest },
                })
                .then(answered),
          }),
        ]),
    ...(controls.length === 0
      ? []
      : [
          asked({
            ...{ label: t('setControl'), changes, of },
            fields: {
              control: { label: t('control'), choices: controls.map(({ control, name: label }) => ({ value: control, label })) },
              limit: { label: t('limit'), description: t('limitWhat'), isOptional: true, most: 40, placeholder: '20.00' },
              agreed: {
                ...{ label: t('beyond'), isOptional: true },
                choices: [
                  { value: 'period', label: t('agreePeriod') },
                  { value: 'never', label: t('agreeNever') },
                ],
              },
              note,
            },
            send({ control, limit, agreed, note: why }, { key, match }) {
              const body = {
                ...(limit === undefined ? {} : { limit }),
                ...(agreed === undefined ? {} : { agreedUntil: agreed === 'period' ? 'period' : null }),
                ...(why === undefined ? {} : { note: why }),
              };
              const params = { path: { ...path.path, control }, header: { 'Idempotency-Key': key, ...match } };
              return client.PUT('/v1/charging/accounts/{account}/controls/{control}', { params, body }).then(answered);
            },
          }),
        ]),
  ];
}
