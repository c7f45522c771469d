/** An invoice of a partner: what it says, what we expect, and what we do with it. */
import { Button, Checkbox, Group, Paper, Skeleton, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { rowsOf } from '../../client/lists.ts';
import { useMay } from '../../client/me.ts';
import { answered } from '../../client/problem.ts';
import { type Match, seen } from '../../client/seen.ts';
import { Amount } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Held, type HeldOf } from '../../parts/held.tsx';
import { Day } from '../../parts/instant.tsx';
import { Page } from '../../parts/page.tsx';
import { Said } from '../../parts/said.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { isNothing } from '../../parts/two-sides.tsx';
import { usePartyName } from '../month/agreements.ts';
import { useTexts } from '../month/texts.ts';
import { useWord } from '../words/words.ts';
import { Compared } from './compared.tsx';
import { labelOf } from './declarations-page.tsx';

type Checked = components['schemas']['CheckedPartnerInvoice'];

export function PartnerInvoicePage() {
  const t = useTexts();
  const word = useWord();
  const may = useMay();
  const nameOf = usePartyName();
  const { invoice: id } = useParams({ strict: false }) as { invoice: string }; // of its route
  const [dialog, setDialog] = useState<'accept' | 'refuse' | 'reverse'>();
  const checked = useQuery({
    queryKey: ['partner-invoices', id],
    queryFn: () => client.GET('/v1/partner-invoices/{invoice}/check', { params: { path: { invoice: id } } }).then(answered),
    retry: false,
  });
  const invoice = checked.data?.invoice;
  return (
    <Page
      title={invoice?.number ?? id}
      above={[
        <Link key="all" to="/reconciliation" search={{ tab: 'invoices' }}>
          {t('partnerInvoices')}
        </Link>,
      ]}
      detail={
        invoice !== undefined && (
          <Group gap="sm">
            <Text>
              {word(invoice.kind)} · <Said>{nameOf(invoice.party)}</Said>
            </Text>
            <StateBadge state={invoice.state === 'accepted' ? 'settled' : invoice.state === 'refused' ? 'wrong' : 'open'}>
              {t(`partnerInvoice_${invoice.state}`)}
            </StateBadge>
          </Group>
        )
      }
      actions={
        invoice !== undefined &&
        may('disputes:manage') &&
        (invoice.state === 'accepted' ? (
          <Button variant="default" onClick={() => setDialog('reverse')}>
            {t('takeBack')}
          </Button>
        ) : invoice.state === 'refused' ? undefined : (
          <>
            <Button variant="default" onClick={() => setDialog('refuse')}>
              {t('refuse')}
            </Button>
            <Button onClick={() => setDialog('accept')}>{t('accept')}</Button>
          </>
        ))
      }
    >
      {checked.error !== null && <Fault error={checked.error} onRetry={() => void checked.refetch()} />}
      {checked.isPending && <Skeleton height={320} />}
      {checked.data !== undefined && (
        <>
          <Facts of={checked.data} />
          {checked.data.reconciled.map((each) => (
            <Compared key={each.declaration} of={each} lines={rowsOf(each.lines)} />
          ))}
        </>
      )}
      {dialog !== undefined && (
        <Held
          {...{ title: t(dialog === 'reverse' ? 'takeBack' : dialog), onClose: () => setDialog(undefined) }}
          read={() => readInvoice(id)}
        >
          {(held) => <DecideDialog {...{ id, how: dialog, held, onLeave: () => setDialog(undefined) }} />}
        </Held>
      )}
    </Page>
  );
}

function Facts({ of: { invoice, expected, covers, accepted, taxFaults, agreedDueDay } }: { readonly of: Checked }) {
  const t = useTexts();
  const word = useWord();
  const { currency, net, tax, total, issueDay, dueDay, lines, steps } = invoice;
  const row = (name: string, value: React.ReactNode) => (
    <Table.Tr key={name}>
      <Table.Th w={180}>{name}</Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  );
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="md">
        <Table variant="vertical" verticalSpacing={6} withRowBorders={false}>
          <Table.Tbody>
            {row(t('issued'), <Day day={issueDay} />)}
            {row(t('dueOn'), <Day day={dueDay} />)}
            {agreedDueDay !== undefined && agreedDueDay !== dueDay && row(t('agreedDue'), <Day day={agreedDueDay} />)}
            {row(t('net'), <Amount value={net} currency={currency} />)}
            {row(t('tax'), <Amount value={tax} currency={currency} />)}
            {row(t('totalAmount'), <Amount value={total} currency={currency} />)}
            {accepted === undefined
              ? expected !== undefined && row(t('weExpect'), <Amount value={expected} currency={currency} />)
              : acceptedRows(t, accepted, covers, currency).map(([name, value]) => row(name, value))}
            {taxFaults.map((fault) => (
              <Table.Tr key={fault}>
                <Table.Th>{t('tax')}</Table.Th>
                <Table.Td>{fault}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {covers.map(({ agreement, period, net: of, expected: due, fits, isClosed }) => (
          <Group key={`${agreement} ${period.from}`} justify="space-between">
            <Link to="/reconciliation/$agreement/$period" params={{ agreement, period: labelOf(period) }}>
              {agreement} {labelOf(period)}
            </Link>
            <Group gap="sm">
              <Amount value={of} currency={currency} />
              {due !== undefined && accepted === undefined && (
                <Text component="span" className="quiet">
                  {t('weExpect')} <Amount value={due} currency={currency} />
                </Text>
              )}
              {(accepted === undefined || !isClosed) && (
                <StateBadge state={!isClosed ? 'attention' : fits ? 'settled' : 'wrong'}>
                  {t(!isClosed ? 'notClosed' : fits ? 'fits' : 'differs')}
                </StateBadge>
              )}
            </Group>
          </Group>
        ))}
        <Title order={2} size="h4">
          {t('lines')}
        </Title>
        {lines.map(({ line, description, net: of }) => (
          <Group key={line} justify="space-between">
            <Text>
              {line} · <bdi>{description}</bdi>
            </Text>
            <Amount value={of} currency={currency} />
          </Group>
        ))}
        <Title order={2} size="h4">
          {t('history')}
        </Title>
        {steps.map(({ kind, by, day, reason }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added behind each other
          <Text key={at}>
            {day} · {word(`invoice-step ${kind}`)} · {by}
            {reason === undefined ? '' : ` · ${reason}`}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}

/** What was expected is taken back with it: no difference is left to speak of, and what is, is said. */
function acceptedRows(
  t: ReturnType<typeof useTexts>,
  accepted: NonNullable<Checked['accepted']>,
  covers: Checked['covers'],
  currency: string,
) {
  const { net, contested, claimed, cleared, stillExpected } = accepted;
  // Accepted before the close, nothing was expected yet.
  const areClosed = covers.every(({ isClosed }) => isClosed);
  const one = (value: string) => <Amount value={value} currency={currency} />;
  const all = (sums: typeof cleared) => (
    <Group gap="sm">
      {sums.map((sum) => (
        <Amount key={sum.currency} value={sum.amount} currency={sum.currency} />
      ))}
    </Group>
  );
  return [
    [t('acceptedNet'), one(net)],
    ...(isNothing(contested) ? [] : [[t('contestedNet'), one(contested)] as const]),
    ...(isNothing(claimed) ? [] : [[t('claimedBesides'), one(claimed)] as const]),
    ...(cleared.length === 0 ? [] : [[t('wasExpected'), all(cleared)] as const]),
    [t('stillExpected'), stillExpected.length > 0 ? all(stillExpected) : t(areClosed ? 'nothingExpected' : 'notClosed')],
  ] as const;
}

const readInvoice = (invoice: string) => client.GET('/v1/partner-invoices/{invoice}', { params: { path: { invoice } } }).then(seen);

function DecideDialog({
  id,
  how,
  held,
  onLeave,
}: {
  readonly id: string;
  readonly held: HeldOf<components['schemas']['PartnerInvoice']>;
  readonly how: 'accept' | 'refuse' | 'reverse';
  readonly onLeave: () => void;
}) {
  const t = useTexts();
  const [reason, setReason] = useState('');
  const [undisputed, setUndisputed] = useState('');
  const [whole, setWhole] = useState(false);
  const params = (key: string, match: Match) => ({ path: { invoice: id }, header: { 'Idempotency-Key': key, ...match } });
  const decide = useChange({
    of: {
      ...{ ...held, subject: { kind: 'partner-invoice', id } },
      shows: ({ state, net, total, currency, steps }) => [
        [t('state'), t(`partnerInvoice_${state}`)],
        [t('net'), `${net} ${currency}`],
        [t('totalAmount'), `${total} ${currency}`],
        [
          t('history'),
          steps
            .slice(-1)
            .map(({ day, kind, by, reason: said }) => [day, kind, by, said].join(' · '))
            .join(''),
        ],
      ],
    },
    send: async (words: { how: string; reason: string; undisputed: string; whole: boolean }, { key, match }): Promise<unknown> => {
      if (how === 'refuse')
        return client
          .POST('/v1/partner-invoices/{invoice}/refusals', { params: params(key, match), body: { reason: words.reason } })
          .then(answered);
      if (how === 'reverse')
        return client
          .POST('/v1/partner-invoices/{invoice}/reversals', { params: params(key, match), body: { reason: words.reason } })
          .then(answered);
      const body = {
        ...(words.whole ? { whole: true } : {}),
        ...(words.undisputed === '' ? {} : { undisputed: words.undisputed }),
        ...(words.reason === '' ? {} : { reason: words.reason }),
      };
      return client.POST('/v1/partner-invoices/{invoice}/acceptances', { params: params(key, match), body }).then(answered);
    },
    changes: [['partner-invoices'], ['disputes'], ['ledger'], ['periods']],
    onDone: onLeave,
  });
  const title = t(how === 'accept' ? 'accept' : how === 'refuse' ? 'refuse' : 'takeBack');
  return (
    <FormDialog
      {...{ title, action: title, opened: true, onClose: onLeave, error: decide.error, isSending: decide.isPending }}
      isReady={how === 'accept' ? undisputed === '' || reason.trim() !== '' : reason.trim() !== ''}
      onSubmit={() => decide.mutate({ how, reason: reason.trim(), undisputed, whole })}
    >
      {how === 'accept' && (
        <>
          <Checkbox label={t('acceptWhole')} checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />
          <TextInput
            label={t('undisputed')}
            description={t('undisputedWhat')}
            inputMode="decimal"
            disabled={whole}
            value={undisputed}
            onChange={(event) => setUndisputed(event.currentTarget.value.trim())}
          />
        </>
      )}
      <Textarea
        autosize
        maxLength={2000}
        label={t('reason')}
        required={how !== 'accept' || undisputed !== ''}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
