/** Drafts, which may change and be discarded. */
import type pg from 'pg';
import { canonicalJson, parseContent } from '#core/invoicing/invoice-json.ts';
import type { DraftBooks, StoredDraft } from '#operations/invoicing/ports.ts';

export function draftBooksOn(client: pg.ClientBase): DraftBooks {
  return {
    save: async ({ key, content }, by) => {
      const { legalEntity, kind, account, party, currency, issueDay, totalNanos } = content;
      const { rows } = await client.query<{ draft_id: bigint }>(
        `insert into invoice_draft (legal_entity, key, kind, account, party, currency, issue_day, total_nanos, content, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (legal_entity, key) where state = 'open'
           do update set (kind, account, party, currency, issue_day, total_nanos, content, made_by, made_at)
             = (excluded.kind, excluded.account, excluded.party, excluded.currency, excluded.issue_day, excluded.total_nanos, excluded.content,
                excluded.made_by, clock_timestamp())
         returning draft_id`,
        [legalEntity, key, kind, account, party, currency, issueDay, totalNanos, canonicalJson(content), by],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a draft was not written');
      return row.draft_id;
    },
    open: async (ids) => {
      const { rows } = await client.query<{ draft_id: bigint; key: string; content: string; made_by: string }>(
        `select draft_id, key, content, made_by from invoice_draft
          where state = 'open' and ($1::bigint[] is null or draft_id = any($1)) order by draft_id for update`,
        [ids ?? null],
      );
      return rows.map(
        ({ draft_id, key, content, made_by }): StoredDraft => ({ draftId: draft_id, key, content: parseContent(content), madeBy: made_by }),
      );
    },
    settle: async (ids, state) => {
      await client.query(
        `update invoice_draft set state = $2, settled_at = clock_timestamp() where draft_id = any($1) and state = 'open'`,
        [ids, state],
      );
    },
  };
}
