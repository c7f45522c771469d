/** The JSON form of a usage event, field by field: what the reader checks and the JSON schema is made from. */
import { services } from './usage-event.ts';

/** How a field is written in JSON. */
export type UsageFieldForm = 'text' | 'digits' | 'instant' | 'boolean' | 'count' | 'seconds' | 'money' | 'currency' | 'service' | 'bins';

export interface UsageField {
  readonly form: UsageFieldForm;
  readonly required: boolean;
  readonly description: string;
}

export const usageEventFields = {
  id: { form: 'text', required: true, description: 'Unique within the source.' },
  source: { form: 'text', required: false, description: 'Name of the source; `json` when absent.' },
  service: { form: 'service', required: true, description: `One of ${services.join(', ')}.` },
  start: { form: 'instant', required: true, description: 'ISO 8601 with an offset or Z, to the microsecond: `2026-10-25T02:30:00+02:00`.' },
  calling: {
    form: 'digits',
    required: false,
    description: 'E.164 digits, a leading plus allowed; absent when withheld. Data: the subscriber.',
  },
  called: { form: 'digits', required: false, description: 'E.164 digits, a leading plus allowed; required for voice, SMS and MMS.' },
  trunkIn: { form: 'text', required: false, description: 'Trunk the event came in on. At least one trunk is needed for it to be priced.' },
  trunkOut: { form: 'text', required: false, description: 'Trunk it left on.' },
  answered: { form: 'boolean', required: false, description: 'Voice: answered; messages: delivered. True when absent.' },
  duration: {
    form: 'seconds',
    required: false,
    description: 'Voice: seconds from answer to end, up to 6 decimals, as number or string; required for answered calls.',
  },
  quantity: { form: 'count', required: false, description: 'Messages: parts; content and events: units. 1 when absent.' },
  bytesUp: { form: 'count', required: false, description: 'Data: bytes from the subscriber.' },
  bytesDown: { form: 'count', required: false, description: 'Data: bytes to the subscriber. Messages: size.' },
  price: { form: 'money', required: false, description: 'Content: price to the customer, up to 9 decimals, as string.' },
  priceCurrency: { form: 'currency', required: false, description: 'ISO 4217 code of `price`.' },
  serviceClass: { form: 'text', required: false, description: 'Service class that rates may match.' },
  ratingGroup: { form: 'text', required: false, description: 'Rating group that rates may match.' },
  apn: { form: 'text', required: false, description: 'APN or DNN that rates may match.' },
  cause: { form: 'text', required: false, description: 'Release cause as the source gave it.' },
  pdd: {
    form: 'seconds',
    required: false,
    description:
      'Voice: post-dial delay, seconds from the first signal until the called side rang or was heard, kept to the millisecond; at most an hour.',
  },
  routing: {
    form: 'digits',
    required: false,
    description: 'What stands for the called number where a tariff follows portability: its LRN, or the prefix of its owner.',
  },
  bins: {
    form: 'bins',
    required: false,
    description: 'Bins the event is in, each with its set before it: `["circles/delhi"]`; one of each set.',
  },
} as const satisfies Record<string, UsageField>;

/** A set of bins and a bin. */
export const BIN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

const forms: Record<UsageFieldForm, object> = {
  text: { type: 'string', minLength: 1, maxLength: 256 },
  digits: { type: 'string', pattern: '^\\+?[0-9]{0,32}$' },
  instant: { type: 'string', format: 'date-time' },
  boolean: { type: 'boolean' },
  count: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  seconds: { type: ['number', 'string'], minimum: 0, pattern: '^[0-9]+(\\.[0-9]{1,6})?$' },
  money: { type: 'string', pattern: '^[0-9]+(\\.[0-9]{1,9})?$' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  service: { enum: services },
  bins: { type: 'array', items: { type: 'string', pattern: BIN.source } },
};

/** The JSON schema (2020-12) of one event. */
export function usageEventSchema(): object {
  const fields: [string, UsageField][] = Object.entries(usageEventFields);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Carillon usage event',
    type: 'object',
    additionalProperties: false,
    required: fields.filter(([, { required }]) => required).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, { form, description }]) => [name, { ...forms[form], description }])),
  };
}
