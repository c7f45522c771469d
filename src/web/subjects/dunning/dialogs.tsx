/** An account is not written to for a time; it is put on hold, or released. Each with a reason. */
import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../client/change.ts';
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { seen } from '../../client/seen.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Held, type HeldOf } from '../../parts/held.tsx';
import { Day } from '../../parts/instant.tsx';
import { Said } from '../../parts/said.tsx';
import { useTexts } from './texts.ts';

const changes = [['dunning'], ['partners'], ['charging']];

export function PauseDialog({ onLeave }: { readonly onLeave: () => void }) {
  const t = useTexts();
  const [words, setWords] = useState({ account: '', document: '', until: '', why: '' });
  const set = (changed: Partial<typeof words>): void => setWords({ ...words, ...changed });
  const pause = useChange({
    send: ({ account, document, until, why }: typeof words, { key }) => {
      const body = {
        why: why.trim(),
        ...(document.trim() === '' ? {} : { document: document.trim() }),
        ...(until === '' ? {} : { until }),
      };
      const params = { path: { account: account.trim() }, header: { 'Idempotency-Key': key } };
      return client.POST('/v1/accounts/{account}/dunning-pauses', { params, body }).then(answered);
    },
    changes,
    onDone: onLeave,
  });
  return (
    <FormDialog
      {...{ title: t('pause'), action: t('pause'), opened: true, onClose: onLeave, error: pause.error, isSending: pause.isPending }}
      isReady={words.account.trim() !== '' && words.why.trim() !== ''}
      onSubmit={() => pause.mutate(words)}
    >
      <Text>{t('pauseWhat')}</Text>
      <Account value={words.account} onChange={(account) => set({ account })} />
      <TextInput
        label={t('document')}
        description={t('documentWhat')}
        maxLength={255}
        value={words.document}
        onChange={(event) => set({ document: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('until')}
        description={t('untilWhat')}
        value={words.until}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
      <Why value={words.why} onChange={(why) => set({ why })} />
    </FormDialog>
  );
}

type HoldState = components['schemas']['HoldState'];

/** The hold that is seen when this is opened, and no other that came since. */
export function ReleaseDialog({ account, onLeave }: { readonly account: string; readonly onLeave: () => void }) {
  const t = useTexts();
  const read = () => client.GET('/v1/accounts/{account}/hold', { params: { path: { account } } }).then(seen);
  return (
    <Held {...{ title: t('release'), read, onClose: onLeave }}>
      {(held) => <HoldDialog {...{ hold: false, account, held, onLeave }} />}
    </Held>
  );
}

interface HoldProps {
  readonly hold: boolean;
  /** Left out: asked for. */
  readonly account?: string;
  readonly held?: HeldOf<HoldState>;
  readonly onLeave: () => void;
}

export function HoldDialog({ hold, account: given, held, onLeave }: HoldProps) {
  const t = useTexts();
  const [account, setAccount] = useState(given ?? '');
  const [why, setWhy] = useState('');
  const now = held?.seen.data.hold;
  const change = useChange({
    of:
      held === undefined
        ? undefined
        : {
            ...{ ...held, subject: { kind: 'dunning', id: given ?? '' } },
            shows: ({ hold: of }: HoldState) => [
              [t('why'), of?.why ?? ''],
              [t('by'), of?.by ?? ''],
              [t('since'), of?.since ?? ''],
            ],
          },
    // One that is on hold already is refused.
    send: (words: { readonly account: string; readonly why: string }, { key, match }) => {
      const params = { path: { account: words.account }, header: { 'Idempotency-Key': key, ...match } };
      return client.PUT('/v1/accounts/{account}/hold', { params, body: { hold, why: words.why } }).then(answered);
    },
    changes,
    onDone: onLeave,
  });
  const title = t(hold ? 'holdAccount' : 'release');
  return (
    <FormDialog
      {...{ title, action: title, opened: true, onClose: onLeave, error: change.error, isSending: change.isPending }}
      isReady={account.trim() !== '' && why.trim() !== ''}
      onSubmit={() => change.mutate({ account: account.trim(), why: why.trim() })}
    >
      <Text>{t(hold ? 'holdWhat' : 'releaseWhat')}</Text>
      {given === undefined ? <Account value={account} onChange={setAccount} /> : <Text fw={500}>{given}</Text>}
      {now !== undefined && (
        <Text style={{ overflowWrap: 'anywhere' }}>
          <Said>{now.why}</Said> · <Said>{now.by}</Said> · <Day day={now.since} />
        </Text>
      )}
      <Why value={why} onChange={setWhy} />
    </FormDialog>
  );
}

function Account({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTexts();
  return (
    <TextInput required label={t('account')} maxLength={255} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

function Why({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTexts();
  return (
    <Textarea required autosize label={t('why')} maxLength={500} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
