/** The pages of the settings, in their order, and who may see each. */
export const pages = [
  {
    to: '/settings',
    title: { en: 'Users', de: 'Benutzer', ar: 'المستخدمون' },
    permission: 'access:read',
  },
  {
    to: '/settings/roles',
    title: { en: 'Roles', de: 'Rollen', ar: 'الأدوار' },
    permission: 'access:read',
  },
  {
    to: '/settings/keys',
    title: { en: 'API keys', de: 'API-Schlüssel', ar: 'مفاتيح الواجهة' },
    permission: 'access:read',
  },
  {
    to: '/settings/companies',
    title: { en: 'Own companies', de: 'Eigene Gesellschaften', ar: 'شركاتنا' },
    permission: 'parties:read',
  },
  {
    to: '/settings/webhooks',
    title: { en: 'Webhooks', de: 'Webhooks', ar: 'إشعارات الويب' },
    permission: 'webhooks:read',
  },
  {
    to: '/settings/templates',
    title: { en: 'Templates', de: 'Vorlagen', ar: 'القوالب' },
    permission: 'documents:read',
  },
  {
    to: '/settings/calendars',
    title: { en: 'Calendars', de: 'Kalender', ar: 'التقاويم' },
    permission: 'agreements:read',
  },
  {
    to: '/settings/currencies',
    title: { en: 'Currencies', de: 'Währungen', ar: 'العملات' },
    permission: 'ledger:read',
  },
  {
    to: '/settings/tax',
    title: { en: 'Tax', de: 'Steuer', ar: 'الضريبة' },
    permission: 'documents:read',
  },
  {
    to: '/settings/retention',
    title: { en: 'Retention', de: 'Aufbewahrung', ar: 'الاحتفاظ' },
    permission: 'retention:read',
  },
  {
    to: '/settings/persons',
    title: { en: 'Persons', de: 'Personen', ar: 'الأشخاص' },
    permission: 'retention:read',
  },
  {
    to: '/settings/audit-trail',
    title: { en: 'Audit trail', de: 'Protokoll', ar: 'سجل التدقيق' },
    permission: 'audit:read',
  },
] as const;
