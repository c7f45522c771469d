/** Roles of people, and what each may do. */
import { type Permission, permissions } from './permissions.ts';

/** The portal is for partners: the house has no rows of its own in it. */
const all = Object.keys(permissions).filter((each): each is Permission => each in permissions && each !== 'portal:use');
const reading = all.filter((each) => each.endsWith(':read'));

export interface RoleMeaning {
  readonly meaning: string;
  readonly permissions: readonly Permission[];
  /** Sees the figures of one party only. */
  readonly ofParty?: true;
}

/**
 * The closed list. A permission that is in none of the lists is the administrator's alone. Partners and customers ask only operations that
 * are declared for them (`forParties`), and PostgreSQL gives them the rows of their party only.
 */
export const roles = {
  administrator: { meaning: 'Everything, and who else may what.', permissions: all },
  'interconnect-manager': {
    meaning: 'Partners, agreements, rates, usage, periods, disputes.',
    permissions: [
      ...pick(
        'overview:read',
        'parties:read',
        'agreements:read',
        'rates:read',
        'usage:read',
        'settlement:read',
        'documents:read',
        'payments:read',
      ),
      ...pick('disputes:read', 'ledger:read', 'settlement:manage', 'disputes:manage', 'files:send', 'jobs:read', 'jobs:manage'),
      ...pick('rates:manage', 'usage:manage', 'reports:read', 'reports:manage'),
    ],
  },
  finance: {
    meaning: 'Statements, documents, payments, the ledger.',
    permissions: [
      ...pick('parties:read', 'agreements:read', 'settlement:read', 'documents:read', 'payments:read', 'disputes:read', 'ledger:read'),
      ...pick(
        'overview:read',
        'usage:read',
        'rates:read',
        'settlement:manage',
        'settlement:approve',
        'documents:manage',
        'payments:manage',
      ),
      ...pick('payments:approve', 'disputes:manage', 'ledger:manage', 'ledger:approve', 'files:send', 'jobs:read', 'jobs:manage'),
      ...pick('reports:read', 'reports:manage'),
    ],
  },
  'network-engineer': {
    meaning: 'Charging as the network sees it, usage, nothing of the books.',
    permissions: [
      ...pick('overview:read', 'charging:use', 'charging:read', 'usage:read', 'parties:read', 'personal:read'),
      ...pick('usage:manage', 'reports:read', 'jobs:read', 'jobs:manage'),
    ],
  },
  'product-manager': {
    meaning: 'Plans, tariffs, and what they earn.',
    permissions: [
      ...pick('overview:read', 'charging:read', 'rates:read', 'usage:read', 'agreements:read', 'parties:read', 'settlement:read'),
      ...pick('reports:read', 'reports:manage'),
    ],
  },
  support: {
    meaning: 'Helps customers: their balances, their use, top-ups.',
    permissions: pick('overview:read', 'charging:read', 'charging:manage', 'usage:read', 'parties:read', 'documents:read', 'personal:read'),
  },
  auditor: { meaning: 'Sees everything, changes nothing.', permissions: reading },
  partner: {
    meaning: 'Sees what concerns its own party: the month, its documents, rates, traffic, disputes.',
    permissions: [
      ...pick('parties:read', 'agreements:read', 'rates:read', 'usage:read', 'settlement:read', 'documents:read'),
      ...pick('disputes:read', 'ledger:read', 'portal:use'),
    ],
    ofParty: true,
  },
  customer: {
    meaning: 'Sees what concerns itself: its accounts, documents, what is open; tops up, sets limits.',
    permissions: pick('parties:read', 'documents:read', 'disputes:read', 'ledger:read', 'portal:use'),
    ofParty: true,
  },
} as const satisfies Record<string, RoleMeaning>;

export type Role = keyof typeof roles;

export function isRole(text: string): text is Role {
  return Object.hasOwn(roles, text);
}

function pick(...names: readonly Permission[]): readonly Permission[] {
  return names;
}
