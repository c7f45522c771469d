/** Closing: what it will do, a reason where something blocks, its progress and what came of it. */
import { Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { JobWatch } from '../../parts/job-watch.tsx';
import { useShellTexts } from '../../shell/texts.ts';
import { useTexts } from '../month/texts.ts';
import { Refused } from '../refusals/refusals.tsx';
import type { Checked } from './board.ts';
import { Finding, type Open } from './finding.tsx';

interface Props {
  readonly of: readonly string[] | 'due';
  readonly on: string;
  readonly checked: ReadonlyMap<string, Checked>;
  readonly onLeave: () => void;
}

export function CloseDialog({ of, on, checked, onLeave }: Props) {
  const t = useTexts();
  const shell = useShellTexts();
  const queries = useQueryClient();
  const [day, setDay] = useState(on);
  const [reason, setReason] = useState('');
  const isBlocked = of !== 'due' && of.some((agreement) => checked.get(agreement)?.state === 'blocked');
  const close = useChange({
    send: (body: { on: string; agreements?: string[]; override?: string }, { key }) =>
      client.POST('/v1/period-closings', { params: { header: { 'Idempotency-Key': key } }, body }).then(answered),
  });
  const title = of === 'due' ? t('closeDue') : t('closeOf', { agreement: of.join(', ') });
  if (close.data !== undefined)
    return (
      <Modal opened onClose={onLeave} title={title} closeButtonProps={{ 'aria-label': shell('close') }}>
        <JobWatch
          job={close.data.job}
          onEnd={() => void queries.invalidateQueries({ queryKey: ['periods'] })}
          summary={(result) => <ClosedSummary result={result} />}
        />
      </Modal>
    );
  return (
    <FormDialog
      {...{ title, opened: true, onClose: onLeave, action: t('closePeriod'), error: close.error, isSending: close.isPending }}
      isReady={!isBlocked || reason.trim() !== ''}
      onSubmit={() =>
        close.mutate({
          on: day,
          ...(of === 'due' ? {} : { agreements: [...of] }),
          ...(reason.trim() === '' ? {} : { override: reason.trim() }),
        })
      }
    >
      <Text>{t('closeWhat')}</Text>
      <TextInput type="date" required label={t('documentDay')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      {isBlocked && (
        <Textarea
          required
          autosize
          maxLength={2000}
          label={t('overrideReason')}
          description={t('overrideWhat')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

interface Left {
  readonly agreement: string;
  readonly period: string;
  readonly findings: readonly Open[];
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
}

function ClosedSummary({ result }: { readonly result: Readonly<Record<string, unknown>> }) {
  const t = useTexts();
  const count = (name: string): number => Number(result[name] ?? 0);
  const left = (result.left ?? []) as readonly Left[]; // as closePeriods says of its job
  return (
    <Stack gap="xs">
      <Text>{t('closedSummary', { closed: count('closed'), awaiting: count('awaiting'), documents: count('documents') })}</Text>
      {left.map(({ agreement, period, findings, refusals }) => (
        <Text key={`${agreement} ${period}`}>
          <b>
            {agreement} {period}:
          </b>{' '}
          {findings.map(({ check, detail, said }, at) => (
            <Fragment key={detail}>
              {at > 0 && '; '}
              <Finding {...{ check, detail, ...(said === undefined ? {} : { said }) }} />
            </Fragment>
          ))}
          {refusals.map(({ code, message }, at) => (
            <Fragment key={message}>
              {at + findings.length > 0 && '; '}
              <Refused code={code} message={message} />
            </Fragment>
          ))}
        </Text>
      ))}
    </Stack>
  );
}
