/** What a command changes, in the words of the operations of the API that do the same: one subject in the audit trail, whoever asks. */

/** By the beginning of the command; the longest that fits holds. `test/api/commands.test.ts` compares them with the operations. */
const KINDS: Readonly<Record<string, string>> = {
  card: 'document',
  'card seen': 'card-event',
  charge: 'charging-account',
  'charge voucher': 'voucher-batch',
  'charge voucher redeem': 'charging-account',
  'collect alarms': 'source-alarm',
  delivery: 'document',
  exchange: 'exchange-rate',
  'exchange revalue': 'revaluation',
  invoice: 'document',
  keys: 'api-key',
  notifications: 'notification',
  numbers: 'number-table',
  'payment approve': 'payment-order',
  'payment order': 'payment-order',
  'payment reject': 'payment-order',
  'person approve': 'person-erasure',
  'person export': 'person-export',
  'person refuse': 'person-erasure',
  rates: 'rate-sheet',
  'retention hold': 'legal-hold',
  'retention release': 'legal-hold',
  'tax certificate': 'tax-certificate',
  'tax import': 'tax-table',
  users: 'person',
  webhooks: 'webhook',
  'webhooks retry': 'webhook-message',
};

/** `command` without the program's name, such as `users role`; `given`: its first argument. */
export function subjectOf(command: string, given: string): { readonly kind: string; readonly id: string } {
  const words = command.split(' ');
  const beginnings = words.map((_, at) => words.slice(0, words.length - at).join(' '));
  const kind = beginnings.map((each) => KINDS[each]).find((each) => each !== undefined) ?? words[0] ?? command;
  // Addresses of people are kept in small letters.
  return { kind, id: words[0] === 'users' ? given.toLowerCase() : given };
}
