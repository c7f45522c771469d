/** The pages of charging that have names of their own. */
export const pages = [
  { to: '/charging', title: { en: 'Accounts', de: 'Konten', ar: 'الحسابات' } },
  { to: '/charging/all/vouchers', title: { en: 'Vouchers', de: 'Gutscheine', ar: 'القسائم' } },
  { to: '/charging/all/messages', title: { en: 'Messages to customers', de: 'Nachrichten an Kunden', ar: 'رسائل إلى العملاء' } },
] as const;
