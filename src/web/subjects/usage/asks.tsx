/** What is done to usage as a whole, each as a form: a file taken in or out, charges priced again, late parts joined, what screening holds let pass. */
import { client, type components } from '../../client/client.ts';
import { answered } from '../../client/problem.ts';
import { type Asked, asked, Work } from '../../parts/asked.tsx';
import type { useWord } from '../words/words.ts';
import { Counts, Differences, Joined, TakenOut } from './came.tsx';
import type { useTexts } from './texts.ts';

type Texts = ReturnType<typeof useTexts>;
type Word = ReturnType<typeof useWord>;
type Result = Readonly<Record<string, unknown>>;
type Service = components['schemas']['Service'];

const named = (key: string) => ({ params: { header: { 'Idempotency-Key': key } } });
/** What any of it changes. */
const changes = [['usage'], ['usage-files'], ['usage-record'], ['usage-trace'], ['suspense'], ['sources'], ['screening']] as const;
const services: readonly Service[] = ['voice', 'sms', 'mms', 'data', 'content', 'event'];

export function loadAsk(t: Texts, sources: readonly string[]): Asked {
  return asked({
    ...{ label: t('load'), what: t('loadWhat') },
    fields: {
      upload: { label: t('file'), kind: 'file' },
      source: { label: t('source'), choices: sources.map((value) => ({ value, label: value })) },
      whole: { label: t('allOrNothing'), description: t('allOrNothingWhat'), kind: 'check', isOptional: true },
    },
    send: ({ whole, ...body }, { key }) =>
      client.POST('/v1/usage/loads', { ...named(key), body: { ...body, allOrNothing: whole !== undefined } }).then(answered),
    said: ({ job }) => <Work {...{ job, changes }} summary={(result: Result) => <Counts result={result} />} />,
  });
}

export function rollBackAsk(t: Texts, file: string): Asked {
  return asked({
    ...{ label: t('rollBack'), what: t('rollBackWhat', { file }), isDangerous: true },
    fields: {
      why: { label: t('why'), kind: 'long', most: 500 },
      dry: { label: t('onlyLook'), kind: 'check', isOptional: true, start: 'yes' },
    },
    send: ({ why, dry }, { key }) =>
      client.POST('/v1/usage/roll-backs', { ...named(key), body: { file, why, dryRun: dry !== undefined } }).then(answered),
    said: ({ job }) => <Work {...{ job, changes }} summary={(result: Result) => <TakenOut result={result} />} />,
  });
}

/** Of a record, or of all of a file. */
export function joinAsk(t: Texts, of: { readonly file: string } | { readonly records: string[] }): Asked {
  return asked({
    ...{ label: t('joinLate'), what: t('joinLateWhat') },
    fields: {
      why: { label: t('why'), kind: 'long', most: 500 },
      dry: { label: t('onlyLook'), kind: 'check', isOptional: true, start: 'yes' },
    },
    send: ({ why, dry }, { key }) =>
      client.POST('/v1/usage/joins', { ...named(key), body: { ...of, why, dryRun: dry !== undefined } }).then(answered),
    said: ({ job }) => <Work {...{ job, changes }} summary={(result: Result) => <Joined result={result} />} />,
  });
}

export function releaseAsk(t: Texts, of: { readonly rule: string } | { readonly records: string[] }): Asked {
  return asked({
    ...{ label: t('release'), what: t('releaseWhat') },
    fields: { why: { label: t('why'), kind: 'long', most: 500 } },
    send: ({ why }, { key }) => client.POST('/v1/usage/releases', { ...named(key), body: { ...of, why } }).then(answered),
    said: ({ job }) => <Work {...{ job, changes }} summary={(result: Result) => <Counts result={result} />} />,
  });
}

export function rerateAsk(t: Texts, word: Word): Asked {
  return asked({
    ...{ label: t('rerate'), what: t('rerateWhat') },
    fields: {
      agreement: { label: t('agreement'), isOptional: true },
      tariff: { label: t('tariff'), isOptional: true },
      destination: { label: t('destination'), isOptional: true },
      file: { label: t('file'), isOptional: true },
      service: { label: t('service'), isOptional: true, choices: services.map((value) => ({ value, label: word(value) })) },
      from: { label: t('since'), kind: 'day', isOptional: true },
      to: { label: t('upTo'), kind: 'day', isOptional: true },
      unratable: {
        label: t('unratable'),
        choices: [
          { value: 'keep', label: t('unratableKeep') },
          { value: 'block', label: t('unratableBlock') },
        ],
      },
      why: { label: t('why'), description: t('rerateWhyWhat'), kind: 'long', isOptional: true, most: 500 },
    },
    send: (body, { key }) => client.POST('/v1/usage/rerates', { ...named(key), body }).then(answered),
    said: ({ job }) => <Work {...{ job, changes }} summary={(result: Result) => <Differences result={result} />} />,
  });
}

/** `fields`: those that its record has; others are written. */
export function correctAsk(t: Texts, record: string, fields: readonly string[]): Asked {
  return asked({
    ...{ label: t('correct'), what: t('correctWhat'), changes: [...changes, ['usage-explanation']] as const },
    fields: {
      field: { label: t('field'), ...(fields.length === 0 ? {} : { choices: fields.map((value) => ({ value, label: value })) }), most: 40 },
      value: { label: t('isReally'), most: 200 },
      why: { label: t('why'), kind: 'long', most: 500 },
    },
    send: ({ field, value, why }, { key }) => {
      const params = { path: { record }, header: { 'Idempotency-Key': key } };
      return client.POST('/v1/usage/records/{record}/corrections', { params, body: { fields: { [field]: value }, why } }).then(answered);
    },
    said: ({ isRated }) => <>{t(isRated ? 'correctedAnew' : 'correctedHeld')}</>,
  });
}
