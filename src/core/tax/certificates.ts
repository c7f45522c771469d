/** Exemption certificates: which tax they free of, and when. */
import { holdsOn, type TaxRate } from './rules.ts';
import type { ExemptionCertificate, TaxParty } from './tax.ts';

/**
 * The buyer's certificate that frees of a rate on a day; of several the one that holds longest. A certificate is of a rate (its
 * id), of a jurisdiction and all within it (`US`, `US-CA`), or of a tax of a country (`CA-PST`, `IN-GST`).
 */
export function freeingCertificate(buyer: TaxParty, rate: TaxRate, day: string): ExemptionCertificate | undefined {
  const [country] = rate.jurisdiction.split('-');
  const isOf = ({ of }: ExemptionCertificate): boolean =>
    of === rate.id || of === rate.jurisdiction || rate.jurisdiction.startsWith(`${of}-`) || of === `${country}-${rate.tax}`;
  return (buyer.certificates ?? [])
    .filter((certificate) => isOf(certificate) && holdsOn(certificate, day))
    .sort((a, b) => order(b.validTo ?? '9', a.validTo ?? '9') || order(a.id, b.id))[0];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
