import { compareDecimals, formatDecimal } from '#core/money/decimal.ts';
import type { ExchangeRate } from '#core/money/exchange.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { RateStore } from './ports.ts';

export interface AddRates {
  readonly rates: readonly ExchangeRate[];
  readonly by: string;
  /** Replaces rates that stand with another value, for this reason. */
  readonly replaceWhy?: string;
}

export interface AddedRates {
  readonly added: number;
  readonly unchanged: number;
  readonly replaced: number;
}

/** Takes rates of one source in, all or nothing. Refused: `exchange.rate-differs`. */
export async function addRates(store: RateStore, { rates, by, replaceWhy }: AddRates): Promise<AddedRates> {
  const source = rates[0]?.source;
  if (source === undefined) return { added: 0, unchanged: 0, replaced: 0 };
  await store.lock(source);
  const key = ({ day, of, in: into }: ExchangeRate): string => `${day} ${of} ${into}`;
  const standing = new Map((await store.rates(source, [...new Set(rates.map(({ day }) => day))])).map((rate) => [key(rate), rate]));
  const fresh: ExchangeRate[] = [];
  const changed: ExchangeRate[] = [];
  for (const rate of rates) {
    const before = standing.get(key(rate));
    if (before === undefined) fresh.push(rate);
    else if (compareDecimals(before.rate, rate.rate) !== 0) changed.push(rate);
    standing.set(key(rate), rate);
  }
  const [first] = changed;
  if (first !== undefined && replaceWhy === undefined) {
    const said = `${changed.length === 1 ? `a rate of ${source} stands` : `${changed.length} rates of ${source} stand`} with another value, ${changed.length === 1 ? '' : 'the first '}for ${first.day}: one ${first.of} is now ${formatDecimal(first.rate)} ${first.in}`;
    throw new RefusedError(refuse('exchange.rate-differs', said));
  }
  await store.add(fresh, by, undefined);
  await store.add(changed, by, replaceWhy);
  return { added: fresh.length, unchanged: rates.length - fresh.length - changed.length, replaced: changed.length };
}
