import { NANO_DECIMALS } from '#core/money/amount.ts';
import { convert } from '#core/money/exchange.ts';
import type { Account } from '#core/parties/parties.ts';
import { type ExposureParts, exposureOf } from '#core/payments/credit.ts';
import { valueOrThrow } from '#core/refusals.ts';
import type { ExchangeRates } from '../exchange/ports.ts';
import type { AccountExposure, CreditAlarm, CreditBooks, ExposureRow } from './ports.ts';

const FIELDS = {
  unbilled: 'unbilledNanos',
  billed: 'billedNanos',
  disputed: 'disputedNanos',
  unallocated: 'unallocatedNanos',
  deposit: 'depositNanos',
  payable: 'payableNanos',
  contested: 'contestedNanos',
  'unbilled-payable': 'payableNanos',
} as const satisfies Record<ExposureRow['part'], keyof ExposureParts>;

/**
 * What each account owes, in its currency: other currencies at the day's rate. Refused by RefusedError: `exchange.rate-missing`.
 * Accounts on which nothing stands and that have no limit are left out.
 */
export async function measureExposure(
  books: CreditBooks,
  rates: ExchangeRates,
  { account, day }: { readonly account?: string; readonly day: string },
): Promise<readonly AccountExposure[]> {
  const rows = Map.groupBy(await books.rows(account), (row) => row.account);
  const found: AccountExposure[] = [];
  for (const each of await books.accounts(account)) {
    const own = rows.get(each.id) ?? [];
    if (own.length === 0 && each.credit === undefined && account === undefined) continue;
    found.push({ account: each, exposure: exposureOf(await partsOf(each, own, rates, day), each.credit) });
  }
  return found;
}

async function partsOf(account: Account, rows: readonly ExposureRow[], rates: ExchangeRates, day: string): Promise<ExposureParts> {
  const parts = {
    ...{ unbilledNanos: 0n, billedNanos: 0n, disputedNanos: 0n, unallocatedNanos: 0n, depositNanos: 0n },
    ...{ payableNanos: 0n, contestedNanos: 0n },
  };
  for (const { part, currency, nanos } of rows) parts[FIELDS[part]] += await inCurrencyOf(account, currency, nanos, rates, day);
  return parts;
}

async function inCurrencyOf(account: Account, currency: string, nanos: bigint, rates: ExchangeRates, day: string): Promise<bigint> {
  if (currency === account.currency) return nanos;
  const policy = await rates.policyOf(account.legalEntity);
  return convert(nanos, valueOrThrow(await rates.rateOn(currency, account.currency, day, policy)), NANO_DECIMALS);
}

/** Raises alarms for thresholds that are reached and clears those that no longer are. Tells which are new. */
export async function checkCredit(
  books: CreditBooks,
  measured: readonly AccountExposure[],
  nowMicros: number,
): Promise<readonly CreditAlarm[]> {
  const holding = measured.flatMap(({ account, exposure }): CreditAlarm[] => {
    const { exposureNanos, limitNanos, reached } = exposure;
    if (limitNanos === undefined || reached === undefined) return [];
    const passed = account.credit?.alarmsAt.filter((percent) => percent <= reached) ?? [];
    return passed.map((percent) => ({ account: account.id, percent, exposureNanos, limitNanos, currency: account.currency }));
  });
  const accounts = measured.map(({ account }) => account.id);
  return books.settleAlarms(accounts, holding, nowMicros);
}
