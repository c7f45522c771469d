/** The pages of the settings, in their order, and who may see each. */
export const pages = [
  { to: '/settings', text: 'users', permission: 'access:read' },
  { to: '/settings/roles', text: 'roles', permission: 'access:read' },
  { to: '/settings/keys', text: 'keys', permission: 'access:read' },
  { to: '/settings/webhooks', text: 'webhooks', permission: 'webhooks:read' },
  { to: '/settings/templates', text: 'templates', permission: 'documents:read' },
  { to: '/settings/calendars', text: 'calendars', permission: 'agreements:read' },
  { to: '/settings/currencies', text: 'currencies', permission: 'ledger:read' },
  { to: '/settings/retention', text: 'retention', permission: 'retention:read' },
  { to: '/settings/persons', text: 'persons', permission: 'retention:read' },
  { to: '/settings/audit-trail', text: 'audit', permission: 'audit:read' },
] as const;
