/** Where a party is, as rules of tax see it. */

import { holdsOn, type Relation, type TaxArea, type TaxTerritory } from './rules.ts';
import type { TaxParty } from './tax.ts';

export interface TaxPlace {
  /** The country whose tax law holds there: of Monaco France; of the Canary Islands they themselves. */
  readonly territory: string;
  /** From the most particular place to the country: `US-CA-037`, `US-CA`, `US`. Where rates are looked for. */
  readonly chain: readonly string[];
  /** All that rules may call it: chain, territory, areas, `any`. */
  readonly names: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** `US-CA-037` is within `US-CA` and `US`; a region without its country's letters is taken as one of the country. */
function chainOf({ country, region }: Pick<TaxParty, 'country' | 'region'>): string[] {
  if (region === undefined || region === country) return [country];
  const full = region.startsWith(`${country}-`) ? region : `${country}-${region}`;
  const parts = full.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}

export function placeOf(
  party: Pick<TaxParty, 'country' | 'region'>,
  day: string,
  areas: readonly TaxArea[],
  territories: readonly TaxTerritory[],
): TaxPlace {
  const own = chainOf(party);
  let territory = party.country;
  let chain = own;
  const notes: string[] = [];
  for (const [index, place] of own.entries()) {
    const known = territories.find((candidate) => candidate.place === place && holdsOn(candidate, day));
    if (known === undefined) continue;
    territory = known.territory;
    // A place that stands alone keeps what is within it, and no longer has the rates of its country.
    chain = territory === place ? own.slice(0, index + 1) : territory === party.country ? own : [territory];
    if (known.note !== undefined) notes.push(known.note);
    break;
  }
  const member = areas.filter(({ members }) => members.some((one) => one.place === territory && holdsOn(one, day)));
  return { territory, chain, names: new Set([...chain, territory, ...member.map(({ id }) => id), 'any']), notes };
}

/** `same-region` and `other-region` are said only of two parties of one territory that both have a region; else `domestic` or `foreign`. */
export function relationsOf(seller: TaxPlace, buyer: TaxPlace): readonly Relation[] {
  if (seller.territory !== buyer.territory) return ['foreign'];
  const [left, right] = [seller, buyer].map(({ chain }) => chain.at(-2));
  if (left === undefined || right === undefined) return ['domestic'];
  return ['domestic', left === right ? 'same-region' : 'other-region'];
}
