import { formatNanos } from '../money/amount.ts';

export interface CreditTransfer {
  readonly name: string;
  readonly iban: string;
  readonly bic?: string;
  readonly amountNanos: bigint;
  /** Free text that the payee recognises the payment by. */
  readonly remittance: string;
}

const MOST_NAME = 70;
const MOST_REMITTANCE = 140;
const MOST_BYTES = 331;
const LEAST = 10_000_000n;
const MOST = 999_999_999_990_000_000n;

/**
 * The text of a QR code for a SEPA credit transfer: EPC069-12 version 002 (with version 002 the BIC may be left out), character set 1 (UTF-8),
 * unstructured remittance. Undefined where the guideline has no room for it: amounts outside 0.01 to 999,999,999.99 euros, more than
 * 331 bytes.
 */
export function epcQrText(transfer: CreditTransfer): string | undefined {
  const { name, bic, amountNanos } = transfer;
  if (amountNanos < LEAST || amountNanos > MOST || amountNanos % LEAST !== 0n) return undefined;
  const iban = transfer.iban.replace(/\s/g, '').toUpperCase();
  const clean = (text: string, most: number): string => [...text.replace(/\s+/g, ' ').trim()].slice(0, most).join('');
  const text = [
    ...['BCD', '002', '1', 'SCT', (bic ?? '').replace(/\s/g, '').toUpperCase(), clean(name, MOST_NAME), iban],
    // Purpose and structured reference stay empty; trailing empty elements are left out.
    ...[`EUR${formatNanos(amountNanos, 2)}`, '', '', clean(transfer.remittance, MOST_REMITTANCE)],
  ].join('\n');
  return utf8Length(text) > MOST_BYTES ? undefined : text;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
