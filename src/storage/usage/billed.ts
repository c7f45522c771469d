/** Where the charges of an event are: the recorded statement of their day, and the documents that bill it. */
import type pg from 'pg';
import { legRoles } from '#core/agreements/agreements.ts';

const RECEIVABLE_ROLES = Object.entries(legRoles).flatMap(([role, side]) => (side === 'receivable' ? [role] : []));

export interface Billed {
  readonly leg: 'in' | 'out';
  readonly agreement: string;
  /** Local day in the agreement's zone. */
  readonly day: string;
  readonly tariff: string;
  readonly destination: string;
  /** Undefined: its period is not closed. */
  readonly period: string | undefined;
  readonly documents: readonly { readonly number: string; readonly kind: string }[];
}

/** One for each leg, as it stands now, with the documents of its side: what we owe is never on an invoice of ours. */
export async function selectBilled(client: pg.ClientBase | pg.Pool, eventId: number): Promise<readonly Billed[]> {
  const { rows } = await client.query<
    Omit<Billed, 'period' | 'documents'> & { period: string | null; documents: Billed['documents'] | null }
  >(
    `select s.leg, l.agreement, s.local_day as day, l.tariff, l.destination, r.label as period,
        (select json_agg(json_build_object('number', i.number, 'kind', i.kind) order by i.invoice_id) from invoice i
           where i.statement = r.id and (i.kind like 'self-billing%') = (l.role <> all($2))) as documents
       from usage_standing s join rollup_line l using (line_id)
         left join lateral (select id, label from statement_recorded r where r.agreement = l.agreement and s.local_day >= r.covers_from and s.local_day < r.to_day
           order by r.to_day, r.version desc limit 1) r on true
      where s.event_id = $1 order by s.leg`,
    [eventId, RECEIVABLE_ROLES],
  );
  return rows.map(({ period, documents, ...rest }) => ({ ...rest, period: period ?? undefined, documents: documents ?? [] }));
}
