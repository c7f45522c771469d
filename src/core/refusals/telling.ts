import type { RefusalMeaning } from '../refusals.ts';

/** What customers and systems of others are told. */
export const tellingRefusals = {
  'notify.contact-wrong': {
    meaning: 'A number, an address or quiet hours are not written as they should be.',
    http: 422,
    remedy: 'Write numbers as 491701234567, addresses as anna@example.net, quiet hours as 22:00-07:00.',
  },
  'notify.secret-missing': {
    meaning: 'The secret that a setting or a webhook names cannot be read.',
    http: 503,
    remedy: 'Set the environment variable, or write the file, that it names.',
  },
  'notify.unknown': {
    meaning: 'No message to a customer has this number.',
    http: 404,
    remedy: '`carillon notifications list` shows them.',
  },
  'webhook.unknown': {
    meaning: 'No endpoint has this name, or no message this number.',
    http: 404,
    remedy: '`carillon webhooks list` and `carillon webhooks messages` show them.',
  },
  'webhook.stopped': {
    meaning: 'Nothing goes to this endpoint any more: it was stopped.',
    http: 409,
    remedy: '`carillon webhooks add` with its name lets it go on; then send again or replay.',
  },
  'webhook.wrong': {
    meaning:
      'An address, a secret or a type of event is not written as it should be, webhooks may not go to the address, or no event has the type.',
    http: 422,
    remedy:
      'Write addresses as https://…, secrets as env:NAME or file:path, types as charging.topped-up or charging.*; webhooks.allow names networks that are not public, webhooks.secrets the secrets that may be named over the API.',
  },
} as const satisfies Record<string, RefusalMeaning>;
