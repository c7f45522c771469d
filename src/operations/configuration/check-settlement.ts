/** What must hold in an agreement's settlement: days on which periods can begin, deals that do not stand in each other's way. */
import type { Agreement, LegRole } from '#core/agreements/agreements.ts';
import { isInDestinations, replacesCharges, sidesOf, type TrafficDeal } from '#core/agreements/deals.ts';
import type { SettlementTerms } from '#core/agreements/settlement-terms.ts';
import { LATEST_START } from '#core/settlement/settlement-periods.ts';

export interface SettlementFault {
  readonly code:
    | 'configuration.deal-overlaps'
    | 'configuration.period-start-wrong'
    | 'configuration.currency-differs'
    | 'configuration.relation-differs'
    | 'configuration.reference-unknown';
  readonly message: string;
  readonly object: object;
  readonly field: string;
  readonly value: string;
}

/** One of these roles an agreement of the relation has. Others may have any. */
const ROLES_OF: Partial<Readonly<Record<SettlementTerms['relation'], readonly LegRole[]>>> = {
  'network-access': ['network-access'],
  roaming: ['roaming-inbound', 'roaming-outbound'],
  content: ['content'],
  mvno: ['network-access', 'retail'],
};

/** Faults of one version; `agreements` are all that are known, for shares. */
export function settlementFaults(agreement: Agreement, agreements: readonly Agreement[]): readonly SettlementFault[] {
  const { settlement } = agreement;
  if (settlement === undefined) return [];
  const who = `agreement ${agreement.id} from ${agreement.validFrom}`;
  const faults: SettlementFault[] = [];
  const wanted = ROLES_OF[settlement.relation];
  if (wanted !== undefined && !agreement.services.some(({ role }) => wanted.includes(role)))
    faults.push({
      code: 'configuration.relation-differs',
      message: `${who} is a settlement of ${settlement.relation} and prices nothing as ${wanted.join(' or ')}`,
      object: settlement,
      field: 'relation',
      value: settlement.relation,
    });
  const start = settlement.periodStart;
  const latest = LATEST_START[agreement.settlementPeriod];
  if (start !== undefined && Number(start.slice(8)) > latest)
    faults.push({
      code: 'configuration.period-start-wrong',
      message: `${who}: a ${agreement.settlementPeriod} cannot begin after day ${latest} of a month`,
      object: settlement,
      field: 'periodStart',
      value: start,
    });
  for (const [at, deal] of settlement.deals.entries()) {
    const fault = (code: SettlementFault['code'], message: string, field: string, value: string): void => {
      faults.push({ code, message: `${who}, deal ${deal.id}: ${message}`, object: deal, field, value });
    };
    for (const other of settlement.deals.slice(0, at)) {
      if (other.id === deal.id) fault('configuration.deal-overlaps', 'another deal has this id', 'id', deal.id);
      else if (deal.kind !== 'fee' && other.kind !== 'fee' && replacesCharges(deal) && replacesCharges(other) && overlap(deal, other))
        fault(
          'configuration.deal-overlaps',
          `it and ${other.id} both take the place of the charges of the same traffic`,
          'kind',
          deal.kind,
        );
    }
    if (deal.kind !== 'share') continue;
    const of = agreements.filter(({ id }) => id === deal.of);
    if (of.length === 0) fault('configuration.reference-unknown', `${deal.of} is not among the agreements`, 'of', deal.of);
    const foreign = of.find(({ currency }) => currency !== agreement.currency);
    if (foreign !== undefined && deal.percent !== undefined)
      fault(
        'configuration.currency-differs',
        `${deal.of} is in ${foreign.currency}, this agreement in ${agreement.currency}`,
        'of',
        deal.of,
      );
  }
  return faults;
}

function overlap(a: TrafficDeal, b: TrafficDeal): boolean {
  if (!sidesOf(a).some((side) => sidesOf(b).includes(side))) return false;
  if (a.service !== undefined && b.service !== undefined && a.service !== b.service) return false;
  if (a.to !== undefined && a.to <= b.from) return false;
  if (b.to !== undefined && b.to <= a.from) return false;
  // Bins may share events, and an event in a bin has a destination.
  if (a.destinations === undefined || b.destinations === undefined) return true;
  return (
    a.destinations.some((each) => isInDestinations(b, each.replace(/\*$/, ''))) ||
    b.destinations.some((each) => isInDestinations(a, each.replace(/\*$/, '')))
  );
}
