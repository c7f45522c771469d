/** Proves that issued documents are as they were issued, and that no number is missing. */
import { parseInvoice } from '#core/invoicing/invoice-json.ts';
import { totalFaults } from '#core/invoicing/invoice-totals.ts';
import { sha256 } from './issue-invoice.ts';

export interface VerifiableInvoice {
  readonly legalEntity: string;
  readonly number: string;
  readonly series: string;
  readonly scope: string;
  readonly sequence: bigint;
  readonly content: string;
  readonly sha256: string;
  readonly columns: string;
}

export interface VerifiableSeries {
  readonly legalEntity: string;
  readonly series: string;
  readonly scope: string;
  readonly firstNumber: bigint;
  readonly lastNumber: bigint;
}

export interface InvoiceFinding {
  readonly legalEntity: string;
  /** Of a document, or of a row of numbers. */
  readonly what: string;
  readonly message: string;
}

export interface VerifiedInvoices {
  readonly documents: number;
  readonly series: number;
  readonly findings: readonly InvoiceFinding[];
}

/** `documents` in the order of their rows of numbers. */
export async function verifyInvoices(
  documents: AsyncIterable<readonly VerifiableInvoice[]>,
  rows: readonly VerifiableSeries[],
): Promise<VerifiedInvoices> {
  const findings: InvoiceFinding[] = [];
  const rowOf = new Map(rows.map((row) => [rowKey(row), row]));
  const reached = new Map<string, bigint>();
  let count = 0;
  for await (const piece of documents) {
    for (const document of piece) {
      count += 1;
      const found = (message: string): void => {
        findings.push({ legalEntity: document.legalEntity, what: document.number, message });
      };
      for (const message of contentFaults(document)) found(message);
      const key = rowKey(document);
      const expected = (reached.get(key) ?? (rowOf.get(key)?.firstNumber ?? 1n) - 1n) + 1n;
      if (document.sequence !== expected) found(`number ${expected} of ${document.scope} is missing before it`);
      reached.set(key, document.sequence);
    }
  }
  for (const row of rows) {
    const last = reached.get(rowKey(row)) ?? row.firstNumber - 1n;
    if (last === row.lastNumber) continue;
    findings.push({
      legalEntity: row.legalEntity,
      what: row.scope,
      message: `the counter stands at ${row.lastNumber}, and the last document is ${last}`,
    });
  }
  return { documents: count, series: rows.length, findings };
}

function rowKey({ legalEntity, series, scope }: Pick<VerifiableSeries, 'legalEntity' | 'series' | 'scope'>): string {
  return `${legalEntity}|${series}|${scope}`;
}

function contentFaults({ content, sha256: kept, columns, number }: VerifiableInvoice): string[] {
  if (sha256(content) !== kept) return ['its text is not the one that was issued: the hash differs'];
  const invoice = parseInvoice(content, kept);
  const { kind, account, party, currency, issueDay, dueDay, netNanos, taxNanos, totalNanos } = invoice;
  const said = [kind, account, party, currency, issueDay, dueDay, netNanos, taxNanos, totalNanos].join('|');
  return [
    ...(said === columns && invoice.number === number ? [] : ['the list says something else than its text']),
    ...totalFaults(invoice, number).map(({ message }) => message),
  ];
}
