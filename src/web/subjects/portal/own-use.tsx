/** Why a use took what it took: in words, then by its steps. */
import { Stack, Text } from '@mantine/core';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { Amount } from '../../parts/amount.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Why } from '../../parts/why.tsx';
import { type Said as PieceOf, Pieces } from '../said/said.tsx';
import { serviceText } from './said.ts';
import { useTexts } from './texts.ts';

type Part = components['schemas']['OwnUse']['parts'][number];

const kinds = ['agreement', 'tariff', 'rate', 'band', 'quantity', 'allowance', 'price', 'fees', 'limits', 'tier', 'rounding'] as const;

/** `of`: a use as the history names it. */
export function OwnUse({ account, of }: { readonly account: string; readonly of: string }) {
  const t = useTexts();
  const stepText = (step: string): string => {
    const known = kinds.find((each) => each === step);
    return known === undefined ? step : t(`pricing_${known}`);
  };
  const load = async () => {
    const params = { path: { account, use: of } };
    const { isOver, parts } = await client.GET('/v1/portal/charging-accounts/{account}/uses/{use}', { params }).then(answered);
    const steps = parts.flatMap(({ steps: each }) =>
      each.map(({ step, said }) => ({ what: stepText(step), result: <Step said={said} /> })),
    );
    return {
      sentence: (
        <Stack gap="xs">
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
            <Said key={at} part={part} />
          ))}
          {!isOver && <Text>{t('stillRunning')}</Text>}
          {isOver && parts.length === 0 && <Text>{t('noPriceOfUse')}</Text>}
        </Stack>
      ),
      steps,
    };
  };
  return <Why of={t('ofUse')} name={['portal', 'use', account, of]} load={load} />;
}

function Step({ said }: { readonly said: PieceOf }) {
  return (
    <Text span style={{ display: 'block', whiteSpace: 'normal', textAlign: 'start' }}>
      <Pieces said={said} />
    </Text>
  );
}

function Said({ part: { service, start, with: other, charged } }: { readonly part: Part }) {
  const t = useTexts();
  return (
    <Text component="div">
      {t(serviceText(service))} {other !== undefined && <bdi>{other}</bdi>} · <Instant at={start} /> ·{' '}
      <b>
        <Amount value={charged.amount} currency={charged.currency} />
      </b>
    </Text>
  );
}
