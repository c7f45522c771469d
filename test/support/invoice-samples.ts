/** Documents for tests of invoicing: figures follow from their position, no randomness. */
import type { InvoiceContent, InvoiceLine } from '#core/invoicing/invoice.ts';
import type { TaxAmount } from '#core/tax/tax.ts';
import type { Database } from '#storage/database.ts';

export const CENT = 10_000_000n;

export function sampleLine(number: number, more: Partial<InvoiceLine> = {}): InvoiceLine {
  const netNanos = more.netNanos ?? BigInt(number) * 1234n * CENT;
  return {
    number,
    kind: 'usage',
    service: 'voice',
    agreement: 'borealis-2026',
    destination: `Destination ${number}`,
    description: `Destination ${number}`,
    quantity: { units: BigInt(number) * 6000n, scale: 0 },
    unit: 'SEC',
    priceQuantity: { units: 60n, scale: 0 },
    unitPrice: { units: 1234n, scale: 4 },
    netNanos,
    exactNanos: netNanos,
    ...more,
  };
}

export function sampleTax(lines: readonly InvoiceLine[], percent: bigint): TaxAmount {
  const baseNanos = lines.reduce((sum, line) => sum + line.netNanos, 0n);
  return {
    rule: `de-vat-${percent}`,
    name: 'VAT',
    category: percent === 0n ? 'Z' : 'S',
    jurisdiction: 'DE',
    percent: String(percent),
    lines: lines.map(({ number }) => number),
    baseNanos,
    taxNanos: ((baseNanos * percent) / 100n / CENT) * CENT,
    explanation: 'standard rate of Germany',
  };
}

/** An invoice of so many lines, with 19 % VAT. */
export function sampleContent(lines = 3, more: Partial<InvoiceContent> = {}): InvoiceContent {
  const all = more.lines ?? Array.from({ length: lines }, (_, index) => sampleLine(index + 1));
  const taxes = more.taxes ?? [sampleTax(all, 19n)];
  const netNanos = all.reduce((sum, line) => sum + line.netNanos, 0n);
  const taxNanos = taxes.reduce((sum, tax) => sum + tax.taxNanos, 0n);
  return {
    kind: 'invoice',
    legalEntity: 'carillon',
    account: 'borealis-eur',
    party: 'borealis',
    currency: 'EUR',
    issueDay: '2026-11-03',
    dueDay: '2026-12-03',
    taxDay: '2026-10-31',
    period: { from: '2026-10-01', to: '2026-11-01' },
    netNanos,
    taxNanos,
    totalNanos: netNanos + taxNanos,
    prepaidNanos: 0n,
    notes: [],
    ...more,
    lines: all,
    taxes,
  };
}

/** Legal entity `carillon`, which the ledger must know. */
export async function writeLegalEntity(database: Database, id = 'carillon'): Promise<void> {
  const body = { id, name: 'Carillon Telecom GmbH', country: 'DE', currency: 'EUR', zone: 'Europe/Berlin', address: [] };
  await database.pool.query(
    `insert into config_version (kind, key, body, known_from) values ('legalEntities', $1, $2, '2026-09-01T00:00:00Z')`,
    [id, JSON.stringify(body)],
  );
}
