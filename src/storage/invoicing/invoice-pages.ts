/** Issued documents page by page, in the order of their days, or the latest first. */
import type pg from 'pg';
import { viewNow } from '#operations/access/ports.ts';
import type { InvoiceFilter, ListedInvoice } from './read-invoices.ts';

export interface PagedInvoice extends ListedInvoice {
  readonly id: number;
}

/** At most so many behind the document of a day and id. */
export async function selectInvoicePage(
  client: pg.ClientBase | pg.Pool,
  { legalEntity, account, kind, from, to, number }: InvoiceFilter & { readonly number?: string },
  after: { readonly day: string; readonly id: number } | undefined,
  most: number,
  newestFirst = false,
): Promise<readonly PagedInvoice[]> {
  // By the index of parts of numbers, which a party's rows have a way of their own to (migration 450).
  const named = viewNow() === undefined ? 'lower(number) like lower($9)' : 'invoice_id in (select carillon_documents_like(lower($9)))';
  const way = newestFirst ? 'desc' : 'asc';
  const { rows } = await client.query<{
    invoice_id: bigint;
    number: string;
    legal_entity: string;
    kind: string;
    account: string;
    party: string;
    currency: string;
    issue_day: string;
    due_day: string;
    net_nanos: string;
    tax_nanos: string;
    total_nanos: string;
    corrects: string | null;
  }>(
    `select invoice_id, number, legal_entity, kind, account, party, currency, issue_day, due_day, net_nanos, tax_nanos, total_nanos, corrects
       from invoice_issued
      where ($1::text is null or legal_entity = $1) and ($2::text is null or account = $2) and ($3::text is null or kind = $3)
        and ($4::date is null or issue_day >= $4) and ($5::date is null or issue_day <= $5)
        and ${number === undefined ? '$9::text is null' : named}
        and ($6::date is null or (issue_day, invoice_id) ${newestFirst ? '<' : '>'} ($6, $7::bigint))
      order by issue_day ${way}, invoice_id ${way} limit $8`,
    [
      legalEntity ?? null,
      account ?? null,
      kind ?? null,
      from ?? null,
      to ?? null,
      after?.day ?? null,
      after?.id ?? null,
      most,
      number === undefined ? null : `%${number.replaceAll(/[\\%_]/g, '\\$&')}%`,
    ],
  );
  return rows.map((row) => ({
    id: Number(row.invoice_id),
    ...{
      number: row.number,
      legalEntity: row.legal_entity,
      kind: row.kind,
      account: row.account,
      party: row.party,
      currency: row.currency,
    },
    ...{ issueDay: row.issue_day, dueDay: row.due_day },
    ...{ netNanos: BigInt(row.net_nanos), taxNanos: BigInt(row.tax_nanos), totalNanos: BigInt(row.total_nanos) },
    ...(row.corrects === null ? {} : { corrects: row.corrects }),
  }));
}
