import type { RefusalMeaning } from '../refusals.ts';

/** Documents on their way to those whom they are for. */
export const deliveryRefusals = {
  'delivery.unknown': {
    meaning: 'No delivery has this number, and no document with deliveries has this name.',
    http: 404,
    remedy: '`carillon delivery list` shows the deliveries.',
  },
  'delivery.document-unknown': {
    meaning: 'No issued document has this number.',
    http: 404,
    remedy: 'Correct the number; drafts are not delivered.',
  },
  'delivery.no-route': {
    meaning: 'The account of the document declares no way in which its documents are delivered.',
    http: 409,
    remedy: 'Declare `delivery` at the account and apply the configuration.',
  },
  'delivery.not-possible': {
    meaning: 'The delivery is in a state in which this cannot be done: it is under way, or done.',
    http: 409,
    remedy: 'Look at it with `carillon delivery show`.',
  },
  'delivery.sender-missing': {
    meaning: 'A document is to go by mail and the legal entity declares no sender.',
    http: 409,
    remedy: 'Declare `mail` at the legal entity, apply the configuration, and try the delivery again.',
  },
  'delivery.server-missing': {
    meaning: 'Documents are to go by mail and no mail server is set.',
    http: 409,
    remedy: 'Set mail.server (and mail.password) and run the deliveries again.',
  },
  'delivery.secret-missing': {
    meaning: 'A password or key that the configuration or the settings name is not there.',
    http: 409,
    remedy: 'Set the environment variable, or write the file that is named.',
  },
  'delivery.name-taken': {
    meaning: 'In the folder is another file of the same name. It was not overwritten.',
    http: 409,
    remedy: 'Have the other file removed or renamed, and try the delivery again.',
  },
  'delivery.message-unreadable': {
    meaning: 'The file is no mail message, or is larger than a report of a failed delivery can be.',
    http: 422,
    remedy: 'Save the message as it arrived (.eml), and give that file.',
  },
  'delivery.batch-empty': {
    meaning: 'No document waits for the printer.',
    http: 404,
    remedy: 'Declare `delivery: [{by: print}]` at accounts whose documents are printed; `carillon delivery list --way print` shows them.',
  },
} as const satisfies Record<string, RefusalMeaning>;
