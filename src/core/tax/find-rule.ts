/** Which rule says whose tax is due on a line. */
import { type Refusal, refuse } from '../refusals.ts';
import { placeOf, relationsOf, type TaxPlace } from './places.ts';
import { type BuyerStatus, holdsOn, type Relation, type Requirement, type TaxRule, type TaxRules } from './rules.ts';
import type { TaxedService, TaxParty, TaxQuestion } from './tax.ts';

/** What rules look at, found once for a question. */
export interface Supply {
  readonly seller: TaxPlace;
  readonly buyer: TaxPlace;
  readonly relations: readonly Relation[];
  readonly buyerStatus: BuyerStatus;
  readonly day: string;
}

export function supplyOf({ areas, territories }: TaxRules, { seller, buyer, taxDay }: TaxQuestion): Supply {
  const [from, to] = [placeOf(seller, taxDay, areas, territories), placeOf(buyer, taxDay, areas, territories)];
  return { seller: from, buyer: to, relations: relationsOf(from, to), buyerStatus: statusOf(buyer), day: taxDay };
}

function statusOf({ isBusiness, isReseller }: TaxParty): BuyerStatus {
  return !isBusiness ? 'consumer' : isReseller === true ? 'reseller' : 'business';
}

/** Whether one of the places is named and none is left out. */
export function isAmong(place: TaxPlace, among: readonly string[], not: readonly string[]): boolean {
  return among.some((name) => place.names.has(name)) && !not.some((name) => place.names.has(name));
}

export function ruleMatches(rule: TaxRule, supply: Supply, service: TaxedService): boolean {
  return (
    holdsOn(rule, supply.day) &&
    rule.services.includes(service) &&
    rule.buyerStatus.includes(supply.buyerStatus) &&
    (rule.relation === undefined || supply.relations.includes(rule.relation)) &&
    isAmong(supply.seller, rule.seller, rule.sellerNot) &&
    isAmong(supply.buyer, rule.buyer, rule.buyerNot)
  );
}

/**
 * The one rule of a supply: of the user's own the one that matches, else of the shipped ones. Refused by name: no rule
 * (`tax.rule-missing`, `tax.region-missing` when one is there for parts of the country), several (`tax.rules-overlap`).
 */
export function findRule(rules: TaxRules, supply: Supply, service: TaxedService): TaxRule | Refusal {
  const matching = rules.rules.filter((rule) => ruleMatches(rule, supply, service));
  const own = matching.filter((rule) => rule.own);
  const counted = own.length > 0 ? own : matching;
  const [found, second] = counted;
  const what = `${service} from ${said(supply.seller)} to ${said(supply.buyer)} (${supply.buyerStatus}) on ${supply.day}`;
  if (found !== undefined && second === undefined) return found;
  if (found !== undefined)
    return refuse('tax.rules-overlap', `${counted.map(({ id }) => id).join(' and ')} both say what the tax on ${what} is`, {
      field: 'rule',
      value: counted.map(({ id }) => id).join(', '),
    });
  const side = sideWithoutRegion(rules, supply);
  if (side !== undefined)
    return refuse('tax.region-missing', `the tax on ${what} depends on the ${side}'s state or province, which is not declared`, {
      field: `${side}.region`,
    });
  return refuse('tax.rule-missing', `no rule says what the tax on ${what} is`, { field: 'rule' });
}

function said({ chain, territory }: TaxPlace): string {
  return chain[0] ?? territory;
}

/** The side of a supply whose country's rules name regions, while it has declared none. */
function sideWithoutRegion({ rules }: TaxRules, { seller, buyer, relations, day }: Supply): 'seller' | 'buyer' | undefined {
  if (!relations.includes('domestic')) return undefined;
  const at = rules.filter((rule) => holdsOn(rule, day) && rule.seller.includes(seller.territory));
  const byRegion = at.some(
    ({ buyer: places, relation }) =>
      relation === 'same-region' || relation === 'other-region' || places.some((place) => place.startsWith(`${buyer.territory}-`)),
  );
  if (!byRegion) return undefined;
  return buyer.chain.length < 2 ? 'buyer' : seller.chain.length < 2 ? 'seller' : undefined;
}

/** Registrations that the rule needs and a side does not have. */
export function missingRegistrations(rule: TaxRule, supply: Supply, { seller, buyer }: TaxQuestion): readonly Refusal[] {
  return rule.requires.flatMap((requirement) => {
    const [side, party, places] = askedOf(requirement, supply, seller, buyer);
    if (places.some((place) => (party.registrations[place] ?? '') !== '')) return [];
    const where = places.join(' or ');
    return [
      refuse('tax.registration-missing', `rule ${rule.id} (${rule.says}) needs a tax registration of the ${side} in ${where}`, {
        field: `${side}.registrations`,
        value: where,
      }),
    ];
  });
}

function askedOf(
  requirement: Requirement,
  supply: Supply,
  seller: TaxParty,
  buyer: TaxParty,
): readonly ['seller' | 'buyer', TaxParty, readonly string[]] {
  switch (requirement) {
    case 'seller-at-home':
      return ['seller', seller, [...new Set([supply.seller.territory, seller.country])]];
    case 'seller-at-buyer':
      // The One Stop Shop of the EU stands as `EU`.
      return ['seller', seller, [...new Set([supply.buyer.territory, buyer.country]), ...(supply.buyer.names.has('EU') ? ['EU'] : [])]];
    case 'buyer-at-home':
      return ['buyer', buyer, [...new Set([supply.buyer.territory, buyer.country])]];
  }
}
