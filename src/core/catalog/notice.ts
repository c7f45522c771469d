/** What customers are told: texts in their language for events of charging, as configuration says them. */
import type { NoticedEvent } from '../charging/notices.ts';
import type { DocumentLanguage } from '../parties/invoicing-terms.ts';

export const noticeWays = ['sms', 'email'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/** `threshold`: one whose `notify` is the notice's id. The others are told by every notice of the occasion. */
export const noticeOccasions = [
  'threshold',
  'topped-up',
  'use-refused',
  'roaming-entered',
  'ending',
  'expired',
  'add-on-bought',
  'renewal-failed',
  'beyond-grant',
] as const;
export type NoticeOccasion = (typeof noticeOccasions)[number];

export interface NoticeDefinition {
  readonly id: string;
  readonly on: NoticeOccasion;
  /** Only for these: allowances, controls, add-ons, `main`; of roaming the beginnings of MCC and MNC. */
  readonly of?: readonly string[];
  readonly by: readonly NoticeWay[];
  /** Also at night, to those who want to hear nothing, and beyond what an account is told in a day. */
  readonly urgent: boolean;
  readonly texts: Readonly<Partial<Record<DocumentLanguage, string>>>;
  /** Of mails. */
  readonly subjects?: Readonly<Partial<Record<DocumentLanguage, string>>>;
}

const always = ['account', 'plan', 'number', 'date', 'time'] as const;

/** What may stand in braces in the texts of an occasion, besides what every text may say. */
export const placeholdersOf: Readonly<Record<NoticeOccasion, readonly string[]>> = {
  threshold: [...always, 'name', 'left', 'used', 'whole', 'percent', 'until'],
  'topped-up': [...always, 'amount', 'left'],
  'use-refused': [...always, 'name', 'until'],
  'roaming-entered': [...always, 'network', 'country'],
  ending: [...always, 'name', 'left', 'until'],
  expired: [...always, 'name', 'lost'],
  'add-on-bought': [...always, 'name', 'price'],
  'renewal-failed': [...always, 'name'],
  'beyond-grant': [...always, 'amount'],
};

/** The occasion of an event; undefined: customers are not told of it, only systems. */
export function occasionOf(event: NoticedEvent): NoticeOccasion | undefined {
  switch (event.kind) {
    case 'threshold-crossed':
      return 'threshold';
    case 'bucket-ending':
      return 'ending';
    case 'bucket-expired':
      return 'expired';
    case 'used-beyond-grant':
      return 'beyond-grant';
    case 'counter-status':
      return undefined;
    default:
      return event.kind;
  }
}

/** What an event is about, in the words of `of`. */
export function subjectOf(event: NoticedEvent): string {
  switch (event.kind) {
    case 'threshold-crossed':
    case 'renewal-failed':
      return event.of;
    case 'bucket-ending':
    case 'bucket-expired':
      return event.definition;
    case 'add-on-bought':
      return event.addOn;
    case 'use-refused':
      return event.control ?? 'main';
    case 'roaming-entered':
      return event.network;
    case 'counter-status':
      return event.counter;
    default:
      return 'main';
  }
}

/** The one notice of an event: those with `of` before those without, of these the first by name. */
export function noticeFor(notices: readonly NoticeDefinition[], event: NoticedEvent): NoticeDefinition | undefined {
  const occasion = occasionOf(event);
  if (occasion === undefined || (event.kind === 'threshold-crossed' && event.notify === undefined)) return undefined;
  const about = subjectOf(event);
  const fitting = notices.filter(({ id, on, of }) => {
    if (on !== occasion || (event.kind === 'threshold-crossed' && event.notify !== id)) return false;
    return of === undefined || of.some((each) => (occasion === 'roaming-entered' ? about.startsWith(each) : about === each));
  });
  // The longest beginning of a network, so that 208 goes before 2.
  const weight = ({ of }: NoticeDefinition): number =>
    Math.max(0, ...(of ?? []).filter((each) => about.startsWith(each)).map(({ length }) => length));
  return fitting.sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))[0];
}

/** The text in a language, else in English, else in the first that there is. */
export function textIn(
  texts: NoticeDefinition['texts'],
  language: DocumentLanguage,
): { readonly language: DocumentLanguage; readonly text: string } | undefined {
  const known = Object.keys(texts) as DocumentLanguage[]; // keys of texts
  const found = [language, 'en' as const, ...known].find((each) => texts[each] !== undefined);
  return found === undefined ? undefined : { language: found, text: texts[found] ?? '' };
}

/** Names in braces; `{{` and `}}` are braces. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.replaceAll(/\{\{|\}\}/g, '').matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

/** Fills a text. What is not known is left empty: texts were checked when they were applied. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{|\}\}|\{([^{}]*)\}/g, (found, name: string | undefined) => {
    if (name === undefined) return found[0] ?? '';
    return values[name] ?? '';
  });
}

/** What is wrong with a notice: placeholders that there are not, braces that are not closed, mails without a subject. */
export function noticeFaults({
  on,
  by,
  texts,
  subjects,
}: NoticeDefinition): readonly { readonly field: string; readonly message: string; readonly value: string }[] {
  const faults: { readonly field: string; readonly message: string; readonly value: string }[] = [];
  const allowed = placeholdersOf[on];
  for (const [field, said] of Object.entries({ texts, subjects: subjects ?? {} }))
    for (const [language, text = ''] of Object.entries(said)) {
      for (const name of placeholdersIn(text))
        if (!allowed.includes(name))
          faults.push({
            field,
            message: `the ${field} in ${language} has {${name}}; a notice on ${on} has ${allowed.join(', ')}`,
            value: name,
          });
      if (/[{}]/.test(text.replaceAll(/\{\{|\}\}/g, '').replaceAll(/\{[^{}]*\}/g, '')))
        faults.push({ field, message: `the ${field} in ${language} has a brace that stands alone; write it twice`, value: text });
    }
  if (Object.keys(texts).length === 0) faults.push({ field: 'texts', message: 'it has no text', value: '' });
  if (by.includes('email'))
    for (const language of Object.keys(texts))
      if (subjects?.[language as DocumentLanguage] === undefined)
        faults.push({ field: 'subjects', message: `mails have a subject, and there is none in ${language}`, value: language });
  return faults;
}
