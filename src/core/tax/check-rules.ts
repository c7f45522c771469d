/** Finds gaps and overlaps in the data of tax before a document meets them. */
import { type Refusal, refuse } from '../refusals.ts';
import { determineTax } from './determine-tax.ts';
import { findRates } from './find-rates.ts';
import { isAmong } from './find-rule.ts';
import { placeOf, relationsOf, type TaxPlace } from './places.ts';
import { holdsOn, type TaxRule, type TaxRules } from './rules.ts';
import type { TaxQuestion } from './tax.ts';

export interface TaxFinding {
  readonly refusal: Refusal;
  /** The first day in question on which it shows. */
  readonly from: string;
  /** Which supply or rule. */
  readonly about: string;
}

/** A country that no rule names. */
const ELSEWHERE = 'ZZ';

/** The days of a stretch on which something begins or ends, its first day among them; `to` is not in it. */
export function turningDays(rules: TaxRules, from: string, to: string): readonly string[] {
  const dated = [
    ...rules.rules,
    ...rules.territories,
    ...rules.selfAssessment,
    ...rules.areas.flatMap(({ members }) => members),
    ...rules.rates.flatMap(({ percents }) => percents),
    ...rules.withholding.flatMap(({ percents }) => percents),
  ];
  const turns = dated.flatMap(({ validFrom, validTo }) => (validTo === undefined ? [validFrom] : [validFrom, validTo]));
  return [...new Set([from, ...turns.filter((day) => from < day && day < to)])].sort();
}

/**
 * Rules that both speak of one supply, and taxes that rules name without exactly one percentage in a place they speak of, on
 * the days from `from` until before `to`. Countries taxed by loaded tables alone are left to `checkSupplies`.
 */
export function checkTaxData(rules: TaxRules, from: string, to: string): readonly TaxFinding[] {
  const days = turningDays(rules, from, to);
  const placesOn = (day: string): readonly TaxPlace[] =>
    placesIn(rules).map((place) => {
      const [country = ''] = place.split('-');
      return placeOf({ country, ...(place === country ? {} : { region: place }) }, day, rules.areas, rules.territories);
    });
  const findings = days.flatMap((day) => {
    const places = placesOn(day);
    return [...overlapsOn(rules, places, day), ...gapsOn(rules, places, day)];
  });
  return firstOfEach(findings);
}

function placesIn({ rules, areas, territories, rates }: TaxRules): readonly string[] {
  const named = rules.flatMap(({ seller, sellerNot, buyer, buyerNot }) => [...seller, ...sellerNot, ...buyer, ...buyerNot]);
  const all = [
    ...named,
    ...areas.flatMap(({ members }) => members.map(({ place }) => place)),
    ...territories.map(({ place }) => place),
    ...rates.filter(({ jurisdiction }) => jurisdiction.split('-').length <= 2).map(({ jurisdiction }) => jurisdiction),
    ELSEWHERE,
  ];
  const areaIds = new Set(areas.map(({ id }) => id));
  return [...new Set(all)].filter((place) => place !== 'any' && !areaIds.has(place)).sort();
}

function overlapsOn({ rules }: TaxRules, places: readonly TaxPlace[], day: string): readonly TaxFinding[] {
  const held = rules.filter((rule) => holdsOn(rule, day));
  return held.flatMap((one, index) =>
    held.slice(index + 1).flatMap((other): TaxFinding[] => {
      if (one.own !== other.own) return [];
      const service = one.services.find((each) => other.services.includes(each));
      const status = one.buyerStatus.find((each) => other.buyerStatus.includes(each));
      if (service === undefined || status === undefined) return [];
      const pair = pairOf(one, other, places);
      if (pair === undefined) return [];
      const ids = `${one.id}, ${other.id}`;
      const what = `${service} from ${pair[0].chain[0]} to ${pair[1].chain[0]} (${status})`;
      const refusal = refuse('tax.rules-overlap', `${one.id} and ${other.id} both speak of ${what}, from ${day} on`, {
        field: 'rule',
        value: ids,
      });
      return [{ refusal, from: day, about: ids }];
    }),
  );
}

/** Two places between which both rules speak; undefined when there are none. */
function pairOf(one: TaxRule, other: TaxRule, places: readonly TaxPlace[]): readonly [TaxPlace, TaxPlace] | undefined {
  const sellers = places.filter((place) => isAmong(place, one.seller, one.sellerNot) && isAmong(place, other.seller, other.sellerNot));
  const buyers = places.filter((place) => isAmong(place, one.buyer, one.buyerNot) && isAmong(place, other.buyer, other.buyerNot));
  for (const seller of sellers)
    for (const buyer of buyers) {
      const relations = relationsOf(seller, buyer);
      if ([one, other].every(({ relation }) => relation === undefined || relations.includes(relation))) return [seller, buyer];
    }
  return undefined;
}

/** Taxes that a rule names and that have no percentage, or two, in a place that the rule speaks of. */
function gapsOn({ rules, rates }: TaxRules, places: readonly TaxPlace[], day: string): readonly TaxFinding[] {
  return rules
    .filter((rule) => holdsOn(rule, day) && rule.taxedAt !== undefined && rule.taxes !== undefined)
    .flatMap((rule) => {
      const [among, not] = rule.taxedAt === 'seller' ? [rule.seller, rule.sellerNot] : [rule.buyer, rule.buyerNot];
      return places
        .filter((place) => among.some((name) => name !== 'any' && place.names.has(name)) && isAmong(place, among, not))
        .flatMap((place) =>
          rule.services.flatMap((service) =>
            findRates(rates, place, service, day, rule.taxes).flatMap((found): TaxFinding[] =>
              'code' in found ? [{ refusal: found, from: day, about: `${rule.id} in ${place.chain[0]}` }] : [],
            ),
          ),
        );
    });
}

export interface CheckedSupply {
  /** For whoever reads the finding: the account and the direction. */
  readonly about: string;
  readonly question: Omit<TaxQuestion, 'taxDay'>;
}

/** Asks for the tax on supplies that will be billed, on each day on which something changes. */
export function checkSupplies(rules: TaxRules, supplies: readonly CheckedSupply[], from: string, to: string): readonly TaxFinding[] {
  const days = turningDays(rules, from, to);
  return firstOfEach(
    supplies.flatMap(({ about, question }) =>
      days.flatMap((taxDay) => {
        const answer = determineTax(rules, { ...question, taxDay });
        return answer.ok ? [] : answer.refusals.map((refusal): TaxFinding => ({ refusal, from: taxDay, about }));
      }),
    ),
  );
}

/** A finding shows on many days, and of many services; the first is enough. */
function firstOfEach(findings: readonly TaxFinding[]): readonly TaxFinding[] {
  const first = new Map<string, TaxFinding>();
  for (const finding of findings) {
    const key = `${finding.refusal.code} ${finding.about}`;
    const known = first.get(key);
    if (known === undefined || finding.from < known.from) first.set(key, finding);
  }
  return [...first.values()].sort((a, b) => (a.about < b.about ? -1 : a.about > b.about ? 1 : a.from < b.from ? -1 : 1));
}
