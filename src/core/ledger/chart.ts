/** The user's own chart of accounts. */
import type { ChartRule } from '../parties/ledger-terms.ts';
import type { Posting } from './entry.ts';

export interface ChartAccount {
  readonly code: string;
  readonly name: string;
}

/** The account of the chart on which a posting stands: the first rule that fits. Undefined when none does; without a chart, the ledger account. */
export function chartAccount(
  chart: readonly ChartRule[] | undefined,
  posting: Pick<Posting, 'ledgerAccount' | 'service' | 'currency' | 'account'>,
): ChartAccount | undefined {
  if (chart === undefined) return { code: posting.ledgerAccount, name: '' };
  const rule = chart.find(
    ({ ledgerAccount, service, currency, account }) =>
      ledgerAccount === posting.ledgerAccount &&
      (service ?? posting.service) === posting.service &&
      (currency ?? posting.currency) === posting.currency &&
      (account ?? posting.account) === posting.account,
  );
  return rule === undefined ? undefined : { code: rule.code, name: rule.name ?? '' };
}
