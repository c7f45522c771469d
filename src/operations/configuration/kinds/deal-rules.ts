/** Turns what a file says of a deal into one of the kinds of deals, or says what is missing or has no place. */
import type { Deal } from '#core/agreements/deals.ts';
import { compareDecimals, decimal } from '#core/money/decimal.ts';
import type { Reading } from '../reading.ts';
import type { SourceTree } from '../source-tree.ts';

type Key =
  | 'side'
  | 'service'
  | 'measure'
  | 'quantity'
  | 'price'
  | 'excessPrice'
  | 'tiers'
  | 'applies'
  | 'amount'
  | 'of'
  | 'ofSide'
  | 'percent'
  | 'cycleStart'
  | 'due';

/** What each kind needs, and what it may have besides a scope. */
const KEYS: Readonly<Record<Deal['kind'], { readonly needs: readonly Key[]; readonly may?: readonly Key[] }>> = {
  commitment: { needs: ['side', 'measure', 'quantity', 'price'] },
  'send-or-pay': { needs: ['side', 'measure', 'quantity', 'price', 'excessPrice'] },
  swap: { needs: ['service', 'measure', 'price', 'excessPrice'] },
  graduated: { needs: ['side', 'measure', 'tiers'] },
  retroactive: { needs: ['side', 'measure', 'tiers'] },
  discount: { needs: ['side', 'measure', 'tiers', 'applies'] },
  'minimum-revenue': { needs: ['side', 'amount'] },
  share: { needs: ['side', 'of', 'ofSide'], may: ['percent', 'price', 'measure'] },
  fee: { needs: ['side', 'price'], may: ['quantity', 'cycleStart', 'due'] },
};

const ALL: readonly Key[] = [
  'side',
  'measure',
  'quantity',
  'price',
  'excessPrice',
  'tiers',
  'applies',
  'amount',
  'of',
  'ofSide',
  'percent',
  'cycleStart',
  'due',
];

type Said = Pick<Deal, 'id' | 'kind' | 'from' | 'to' | 'every'> & { readonly [K in Key | 'destinations' | 'bins']?: unknown };
type SaidTiers = readonly { readonly from: string; readonly price?: string; readonly percent?: string }[];

/** Undefined when something is wrong, which is in the reading then. */
export function readDeal(said: Said, tree: SourceTree, field: string, reading: Reading): Deal | undefined {
  const { kind } = said;
  const { needs, may = [] } = KEYS[kind];
  const fault = (message: string, key: string): undefined =>
    reading.fault('configuration.deal-incomplete', `deal ${said.id}: ${message}`, tree, `${field}.${key}`);
  for (const key of needs) if (said[key] === undefined) return fault(`a ${kind} needs "${key}"`, key);
  const foreign = ALL.find((key) => said[key] !== undefined && !needs.includes(key) && !may.includes(key));
  if (foreign !== undefined) return fault(`a ${kind} has no "${foreign}"`, foreign);
  if (said.measure === 'money' && kind !== 'discount') return fault(`a ${kind} counts a quantity, not money`, 'measure');
  if (kind === 'share' && (said.percent === undefined) === (said.price === undefined || said.measure === undefined))
    return fault('a share is either a "percent", or a "price" with its "measure"', 'percent');
  if (said.to !== undefined && said.to <= said.from) return fault('it ends before or on the day it begins', 'to');
  if (kind === 'fee') return readFee(said, fault);
  if (said.every === 'period') return fault('only a fee is due each settlement period', 'every');
  if (said.every === 'once' && said.to === undefined) return fault('settled once, at its end, it needs "to"', 'to');
  const tiers = said.tiers as SaidTiers | undefined; // the shape of the file reads it so
  if (tiers !== undefined) {
    const wanted = kind === 'discount' ? 'percent' : 'price';
    const other = kind === 'discount' ? 'price' : 'percent';
    if (tiers.length === 0) return fault('it needs at least one tier', 'tiers');
    if (tiers.some((tier) => tier[wanted] === undefined || tier[other] !== undefined))
      return fault(`each tier of a ${kind} has "from" and "${wanted}"`, 'tiers');
    if (tiers.some((tier, at) => at > 0 && compareDecimals(decimal(tiers[at - 1]?.from ?? '0'), decimal(tier.from)) >= 0))
      return fault('its tiers do not go from small to large', 'tiers');
  }
  return said as unknown as Deal; // all that its kind needs is there, and nothing else
}

/** How many is whole: what is billed has as many pieces. */
function readFee(said: Said, fault: (message: string, key: string) => undefined): Deal | undefined {
  const { every, quantity, to, cycleStart } = said;
  for (const key of ['service', 'destinations', 'bins'] as const)
    if (said[key] !== undefined) return fault(`a fee counts no traffic and has no "${key}"`, key);
  if (typeof quantity === 'string' && !/^[1-9]\d{0,8}$/.test(quantity))
    return fault('the quantity of a fee is a whole number from 1', 'quantity');
  if (every === 'once' && to !== undefined) return fault('due once, on its first day, it has no "to"', 'to');
  if (cycleStart !== undefined && (every === 'once' || every === 'period'))
    return fault(`due ${every === 'once' ? 'once' : 'each settlement period'}, it has no "cycleStart"`, 'cycleStart');
  return { ...said, due: said.due ?? 'arrears' } as unknown as Deal; // a fee has all that it needs, and nothing else
}
