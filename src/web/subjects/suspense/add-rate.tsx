/** The rate that records wait for: written, looked at with what it changes, put into force; then what waits is taken up. */
import { Button, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { useMay } from '../../client/me.ts';
import { answered, Problem } from '../../client/problem.ts';
import { Count } from '../../parts/amount.tsx';
import { Fault } from '../../parts/fault.tsx';
import { Fields } from '../../parts/fields.tsx';
import { Instant } from '../../parts/instant.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { useLanguage } from '../../shell/language.ts';
import { useShellTexts } from '../../shell/texts.ts';
import { summaryOf } from './summary.ts';
import { useTexts } from './texts.ts';

export type MissingRate = components['schemas']['MissingRate'];
type Added = components['schemas']['AddedRate'];

/** A minute: what voice is priced for unless its tariff says otherwise. */
const MINUTE = 60;

export function AddRate({ missing, onClose }: { readonly missing: MissingRate; readonly onClose: () => void }) {
  const t = useTexts();
  const shell = useShellTexts();
  const language = useLanguage();
  const may = useMay();
  const queries = useQueryClient();
  const [words, setWords] = useState({ code: missing.code, destination: '', price: '', increments: '', from: missing.from });
  const [looked, setLooked] = useState<{ readonly words: typeof words; readonly added: Added }>();
  const [written, setWritten] = useState<Added>();
  const send = useChange({
    send: ({ dryRun, ...said }: typeof words & { readonly dryRun: boolean }, { key }) => {
      const body = {
        ...{ code: said.code.trim(), price: said.price.trim(), from: said.from, dryRun },
        ...(said.destination.trim() === '' ? {} : { destination: said.destination.trim() }),
        ...(said.increments.trim() === '' ? {} : { increments: said.increments.trim() }),
      };
      const params = { path: { tariff: missing.tariff }, header: { 'Idempotency-Key': key } };
      return client.POST('/v1/tariffs/{tariff}/rates', { params, body }).then(answered);
    },
    onDone: (added, { dryRun, ...of }) => {
      if (dryRun) setLooked({ words: of, added });
      else {
        setWritten(added);
        if (may('usage:manage')) retry.mutate({ reason: 'rating.no-rate', number: of.code.trim() });
      }
    },
    changes: [['rate-sheets'], ['agreements']],
  });
  const retry = useChange({
    send: (body: { readonly reason: string; readonly number: string }, { key }) =>
      client.POST('/v1/usage/retries', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
  });
  const fresh = (): void => {
    for (const queryKey of [['suspense'], ['usage'], ['usage-record'], ['usage-trace'], ['overview']])
      void queries.invalidateQueries({ queryKey });
  };
  // What was looked at is what is written: another word, and it is looked at again.
  const seen = looked !== undefined && JSON.stringify(looked.words) === JSON.stringify(words) ? looked.added : undefined;
  const problem = send.error instanceof Problem ? send.error : undefined;
  const field = (name: keyof typeof words, more: object = {}) => (
    <TextInput
      label={t(`rate_${name}`)}
      maxLength={name === 'destination' ? 200 : 40}
      value={words[name]}
      error={problem?.of(name)}
      onChange={(event) => setWords({ ...words, [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('addRateTo', { tariff: missing.tariff })}
      closeButtonProps={{ 'aria-label': shell('close') }}
    >
      {written === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ ...words, dryRun: seen === undefined });
          }}
        >
          <Stack gap="sm">
            <Fields>
              {field('code', { required: true, inputMode: 'numeric', description: t('rate_codeWhat') })}
              {field('destination', { description: t('rate_destinationWhat') })}
            </Fields>
            <Fields>
              {field('price', { required: true, inputMode: 'decimal', 'data-autofocus': true, placeholder: '0.0123' })}
              {field('increments', { placeholder: '60/60', description: t('rate_incrementsWhat') })}
              {field('from', { required: true, type: 'date' })}
            </Fields>
            {seen !== undefined && <Difference added={seen} />}
            {send.error !== null && <Fault error={send.error} meant={t('nothingWritten')} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {shell('cancel')}
              </Button>
              <Button
                type="submit"
                loading={send.isPending}
                disabled={words.code.trim() === '' || words.price.trim() === '' || words.from === ''}
              >
                {seen === undefined ? t('lookAtRate') : t('writeRate', { count: seen.held })}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack gap="sm">
          <Text role="status">{t(written.isWritten ? 'rateWritten' : 'rateKnown', { tariff: written.tariff })}</Text>
          {written.isWritten && <Text className="quiet">{t('rateWrittenFolder')}</Text>}
          {retry.error !== null && <Fault error={retry.error} />}
          {retry.data !== undefined && (
            <JobWatch job={retry.data.job} summary={(result) => <Text>{summaryOf(result, t, language)}</Text>} onEnd={fresh} />
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{shell('close')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

/** Before and after, and who waits for it. */
function Difference({ added: { currency, per, rate, before, held, isKnown } }: { readonly added: Added }) {
  const t = useTexts();
  const row = (name: string, of: Added['rate'] | undefined) => (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td className="figure">{of?.code ?? '—'}</Table.Td>
      <Table.Td>
        <bdi>{of?.destination ?? t('noRateBefore')}</bdi>
      </Table.Td>
      <Table.Td className="figure" ta="right">
        <bdi dir="ltr">{of === undefined ? '' : `${of.price}\u00a0${currency}${per === MINUTE ? '/min' : ''}`}</bdi>
      </Table.Td>
      <Table.Td className="figure">{of?.increments ?? ''}</Table.Td>
      <Table.Td>{of === undefined ? '' : <Instant at={of.from} />}</Table.Td>
    </Table.Tr>
  );
  return (
    <Stack gap="xs" role="status">
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={6} aria-label={t('difference')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('difference')}</Table.Th>
              {(['code', 'destination', 'price', 'increments', 'from'] as const).map((name) => (
                <Table.Th key={name} scope="col">
                  {t(`rate_${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {row(t('before'), before)}
            {row(t('after'), rate)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text>
        {isKnown ? t('rateKnown') : t('rateHeld')} <Count value={held} />
      </Text>
    </Stack>
  );
}
