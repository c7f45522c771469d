/** What a person says that a record means, laid over what was decoded: before numbers and trunks are normalised. */
import type { Hold, UsageDraft } from '#codecs/cdr/draft.ts';
import { parseInstant } from '#core/time/zoned.ts';
import { type CorrectableField, correctableFields } from '#core/usage/correctable-fields.ts';
import { type Service, services } from '#core/usage/usage-event.ts';

/** Fields by name, as they were given. */
export type CorrectedFields = Readonly<Record<string, string>>;

type Reader = (text: string) => Partial<UsageDraft> | string;

const MOST_TEXT = 200;
const MOST_SECONDS = 100 * 366 * 86_400;

function text(field: keyof UsageDraft): Reader {
  return (value) => (value.length > MOST_TEXT ? `at most ${MOST_TEXT} characters` : { [field]: value });
}

function whole(field: keyof UsageDraft): Reader {
  return (value) => (/^\d{1,15}$/.test(value) ? { [field]: Number(value) } : 'a whole number from 0');
}

const readers: Readonly<Record<CorrectableField, Reader>> = {
  called: (value) => (value === '' || value.length > MOST_TEXT ? `1 to ${MOST_TEXT} characters` : { called: value }),
  calling: text('calling'),
  trunkIn: text('trunkIn'),
  trunkOut: text('trunkOut'),
  cause: text('cause'),
  serviceClass: text('serviceClass'),
  ratingGroup: text('ratingGroup'),
  apn: text('apn'),
  quantity: whole('quantity'),
  bytesUp: whole('bytesUp'),
  bytesDown: whole('bytesDown'),
  answered: (value) => (value === 'true' || value === 'false' ? { answered: value === 'true' } : 'true or false'),
  service: (value) => (isService(value) ? { service: value } : `one of ${services.join(', ')}`),
  start: (value) => {
    const startMicros = parseInstant(value);
    return startMicros === undefined ? 'an instant with its offset, 2026-10-05T08:00:01Z' : { startMicros };
  },
  seconds: (value) => {
    const match = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(value);
    if (match === null || Number(match[1]) > MOST_SECONDS) return 'seconds, with at most 6 decimals';
    return { durationMicros: Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0')) };
  },
};

function readerOf(field: string): Reader | undefined {
  const known = correctableFields.find((each) => each === field);
  return known === undefined ? undefined : readers[known];
}

function isService(value: string): value is Service {
  return services.some((service) => service === value);
}

/** What the field must be, when the value is not it; undefined when it is right. */
export function faultOfCorrection(field: string, value: string): string | undefined {
  const read = readerOf(field)?.(value) ?? `a field: ${correctableFields.join(', ')}`;
  return typeof read === 'string' ? read : undefined;
}

/** The fields must be faultless. A hold for a field that was corrected is lifted. */
export function correctDraft(
  draft: UsageDraft,
  hold: Hold | undefined,
  fields: CorrectedFields,
): { readonly draft: UsageDraft; readonly hold: Hold | undefined } {
  let corrected = draft;
  for (const [field, value] of Object.entries(fields)) {
    const read = readerOf(field)?.(value);
    if (typeof read === 'object') corrected = { ...corrected, ...read };
  }
  const lifted =
    (hold?.reason === 'usage.time-nonexistent' && fields.start !== undefined) ||
    (hold?.reason === 'usage.duration-over-maximum' && fields.seconds !== undefined);
  return { draft: corrected, hold: lifted ? undefined : hold };
}
