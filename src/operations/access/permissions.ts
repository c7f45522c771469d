/** What a key or a person may do: the closed list that operations of the API declare. */
export const permissions = {
  'overview:read': 'See the overview, each part of it with the permission that it needs besides.',
  'charging:use': 'Authorise, reserve, debit and refund use, as a network element does.',
  'charging:read': 'See accounts of online charging: balances, history, sessions, their stream.',
  'charging:manage': 'Open accounts, top up, redeem vouchers, change plans and limits.',
  'parties:read': 'See legal entities, parties and accounts.',
  'agreements:read': 'See agreements and their versions.',
  'rates:read': 'See tariffs and rate sheets.',
  'rates:manage': 'Take rate sheets in and put them into force.',
  'usage:read': 'Search usage, see records, charges and their explanation.',
  'usage:manage': 'Take up, correct and write off held records; see to alarms of sources.',
  'reports:read': 'See reports of traffic, revenue, cost and quality, and export them.',
  'reports:manage': 'Keep reports, and have them mailed.',
  'settlement:read': 'See periods and statements.',
  'settlement:manage': 'Close periods, book accruals.',
  'settlement:approve': 'Approve closed periods, so that their documents are issued.',
  'documents:read': 'See and download invoices and other documents.',
  'documents:manage': 'Draft, issue, credit and deliver documents; run dunning.',
  'payments:read': 'See payments.',
  'payments:manage': 'Take payments in, settle, write off, net, propose payment orders.',
  'payments:approve': 'Approve payment orders and nettings.',
  'disputes:read': 'See disputes, declarations and invoices of partners.',
  'disputes:manage': 'Take in declarations and invoices of partners, accept and contest them, lead disputes.',
  'ledger:read': 'See ledger accounts and entries.',
  'ledger:manage': 'Book and reverse by hand, close and reopen days of the ledger.',
  'ledger:approve': 'Approve what waits for a second person.',
  'files:send': 'Send files for operations that name them.',
  'jobs:read': 'See long work of the kinds that one may ask for.',
  'jobs:manage': 'Stop long work and begin it again, of the kinds that one may ask for.',
  'personal:read': 'See numbers of subscribers whole; each sight is told in the audit trail.',
  'access:read': 'See who may sign in, and which keys there are.',
  'access:manage': 'Invite people, give roles, block; make and revoke keys.',
  'webhooks:read': 'See which events are sent where, and how that went.',
  'webhooks:manage': 'Register and stop webhooks, send again.',
  'portal:use': 'For partners: declare, upload, dispute, administer their own people and keys. For customers: their accounts.',
  'retention:read': 'See what is deleted when, what is held, and what is asked to be erased.',
  'retention:manage': 'Delete what is due, hold and release, export and erase what is held of a person.',
  'audit:read': 'See and check the audit trail.',
} as const;

export type Permission = keyof typeof permissions;

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text);
}
