/** On which page what a refusal names is mended: by the longest beginning of its code. */
import type { Place } from '../../shell/subject.ts';
import { placesOfAll } from '../places.ts';

const PAGES: Readonly<Record<string, string>> = {
  'access.': '/settings',
  'access.key-': '/settings/keys',
  'access.person-only': '',
  'access.session-': '',
  'access.sign-in-': '',
  'access.single-sign-on-': '',
  'charging.': '/charging',
  'charging.voucher-': '/charging/all/vouchers',
  'credit.': '/partners',
  'declaration.': '/reconciliation',
  'delivery.': '/invoices',
  'dispute.': '/disputes',
  'dunning.': '/dunning',
  'engine.': '/charging',
  'exchange.': '/settings/currencies',
  'invoice.': '/invoices',
  'job.': '/jobs',
  'ledger.': '/ledger',
  'ledger.rate-missing': '/settings/currencies',
  'netting.': '/netting',
  'partner-invoice.': '/reconciliation',
  'payment.': '/payments',
  'period.': '/periods',
  'person.': '/settings/persons',
  'rate-sheet.': '/rate-sheets',
  'rating.': '/suspense',
  'reconcile.': '/reconciliation',
  'report.': '/reports',
  'retention.': '/settings/retention',
  'retention.period-open': '/periods',
  'retention.dispute-open': '/disputes',
  'retention.invoice-undecided': '/reconciliation',
  'retention.records-held': '/suspense',
  'statement.': '/statements',
  'template.': '/settings/templates',
  'tax.': '/settings/tax',
  'screening.': '/sources',
  'usage.': '/usage',
  'usage.source-unknown': '/sources',
  'usage.file-unknown': '/sources',
  'usage.detail-deleted': '/settings/retention',
  'webhook.': '/settings/webhooks',
};

export function placeOf(code: string): Place | undefined {
  const [, to] = Object.entries(PAGES)
    .filter(([beginning]) => code.startsWith(beginning))
    .reduce((longest, each) => (each[0].length > longest[0].length ? each : longest), ['', '']);
  return placesOfAll().find((place) => place.to === to);
}

/** Every address that a refusal may name. */
export const namedPages: readonly string[] = [...new Set(Object.values(PAGES))].filter((to) => to !== '');
