/** Balances and amounts as JSON of proposals, and back: bigints as text. */
import type { OpenBalance } from '#core/payments/settle.ts';

type Json<T> = { readonly [K in keyof T]: T[K] extends bigint ? string : T[K] };
export type BalanceJson = Json<OpenBalance>;

export function balanceJson(balance: OpenBalance): BalanceJson {
  return { ...balance, openNanos: balance.openNanos.toString(), openEntityNanos: balance.openEntityNanos.toString() };
}

export function readBalance(json: BalanceJson): OpenBalance {
  return { ...json, openNanos: BigInt(json.openNanos), openEntityNanos: BigInt(json.openEntityNanos) };
}
