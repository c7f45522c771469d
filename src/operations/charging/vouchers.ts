/** Vouchers: codes of digits, shown once, kept as hashes, used once. */
import { createHash, randomInt } from 'node:crypto';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { VoucherBatch, VoucherBooks } from './ports.ts';

export const LEAST_DIGITS = 16;
export const MOST_DIGITS = 32;
/** 10²⁰ codes: trying them out against the hashes would take longer than any voucher lives. */
export const USUAL_DIGITS = 20;
export const MOST_VOUCHERS = 1_000_000;

export interface MadeVouchers {
  readonly batch: number;
  /** In the order of their serials. They are nowhere else. */
  readonly codes: readonly string[];
}

/** Makes a batch of vouchers. Refused: `charging.amount-wrong` for a count or number of digits out of range, or a batch that brings nothing. */
export async function makeVouchers(books: VoucherBooks, batch: VoucherBatch, count: number, digits: number): Promise<Result<MadeVouchers>> {
  const wrong = (message: string, field: string): { readonly ok: false; readonly refusals: readonly Refusal[] } => ({
    ok: false,
    refusals: [refuse('charging.amount-wrong', message, { field })],
  });
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_VOUCHERS))
    return wrong(`a batch has 1 to ${MOST_VOUCHERS} vouchers`, 'count');
  if (!(Number.isInteger(digits) && digits >= LEAST_DIGITS && digits <= MOST_DIGITS))
    return wrong(`codes have ${LEAST_DIGITS} to ${MOST_DIGITS} digits`, 'digits');
  if (batch.nanos < 0n || (batch.nanos === 0n && batch.allowances.length === 0))
    return wrong('a voucher brings money or allowances', 'amount');
  const codes = new Set<string>();
  while (codes.size < count) codes.add(randomCode(digits));
  const list = [...codes];
  return { ok: true, value: { batch: await books.insertBatch(batch, list.map(hashOf)), codes: list } };
}

/**
 * Takes a voucher for an account: its content is a command under the key that is given back. Refused: `charging.voucher-unknown`,
 * `charging.voucher-used`, `charging.voucher-over`.
 */
export async function redeemVoucher(
  books: VoucherBooks,
  code: string,
  account: string,
  nowMicros: number,
  text: string,
): Promise<Result<string>> {
  const digits = code.replace(/[\s-]/g, '');
  const taken = /^\d{1,64}$/.test(digits) ? await books.take(hashOf(digits), account, nowMicros, text) : { kind: 'unknown' as const };
  switch (taken.kind) {
    case 'taken':
      return { ok: true, value: taken.key };
    case 'unknown':
      return { ok: false, refusals: [refuse('charging.voucher-unknown', 'no voucher has this code')] };
    case 'used':
      return { ok: false, refusals: [refuse('charging.voucher-used', 'this voucher was used')] };
    case 'over':
      return { ok: false, refusals: [refuse('charging.voucher-over', 'this voucher is no longer valid')] };
  }
}

function randomCode(digits: number): string {
  let code = '';
  while (code.length < digits) code += String(randomInt(100_000_000)).padStart(8, '0');
  return code.slice(0, digits);
}

function hashOf(code: string): Uint8Array {
  return createHash('sha256').update(code).digest();
}
