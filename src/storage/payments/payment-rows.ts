import type { Payment } from '#operations/payments/ports.ts';

export interface PaymentRow {
  readonly payment_id: bigint;
  readonly legal_entity: string;
  readonly entry_key: string;
  readonly part: number;
  readonly direction: 'in' | 'out';
  readonly day: string;
  readonly currency: string;
  readonly amount_nanos: string;
  readonly name: string | null;
  readonly iban: string | null;
  readonly end_to_end: string | null;
  readonly said: readonly string[];
  readonly bank_account: string | null;
  readonly is_reversal: boolean;
  readonly entered_by: string;
}

export const allPayments = 'select p.* from payment p';

export function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.payment_id,
    legalEntity: row.legal_entity,
    entryKey: row.entry_key,
    part: row.part,
    direction: row.direction,
    day: row.day,
    currency: row.currency,
    amountNanos: BigInt(row.amount_nanos),
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.iban === null ? {} : { iban: row.iban }),
    ...(row.end_to_end === null ? {} : { endToEndId: row.end_to_end }),
    said: row.said,
    ...(row.bank_account === null ? {} : { bankAccount: row.bank_account }),
    isReversal: row.is_reversal,
    by: row.entered_by,
  };
}
