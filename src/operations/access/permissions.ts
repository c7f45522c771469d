/** What a key or a person may do: the closed list that operations of the API declare. */
export const permissions = {
  'charging:use': 'Authorise, reserve, debit and refund use, as a network element does.',
  'charging:read': 'See accounts of online charging: balances, history, sessions, their stream.',
  'charging:manage': 'Open accounts, top up, redeem vouchers, change plans and limits.',
  'parties:read': 'See legal entities, parties and accounts.',
  'agreements:read': 'See agreements and their versions.',
  'rates:read': 'See tariffs and rate sheets.',
  'usage:read': 'Search usage, see records, charges and their explanation.',
  'settlement:read': 'See periods and statements.',
  'documents:read': 'See and download invoices and other documents.',
  'payments:read': 'See payments.',
  'disputes:read': 'See disputes and their messages.',
  'ledger:read': 'See ledger accounts and entries.',
} as const;

export type Permission = keyof typeof permissions;

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text);
}
