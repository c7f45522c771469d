import type pg from 'pg';
import { bookTheSame } from '#core/ledger/canonical.ts';
import { entryName } from '#core/ledger/check-entry.ts';
import type { LedgerEntry } from '#core/ledger/entry.ts';
import { type EntryJson, entryJson, readEntryJson } from '#core/ledger/entry-json.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { WaitingEntries, WaitingEntry } from '#operations/ledger/ports.ts';

interface Row {
  readonly waiting_id: bigint;
  readonly entry: EntryJson;
  readonly entered_by: string;
  readonly entered_at: number;
}

/** Manual entries that wait for a second person, on the connection of a transaction. */
export function waitingEntriesOn(client: pg.ClientBase): WaitingEntries {
  const select = async (where: string, values: readonly unknown[]): Promise<readonly WaitingEntry[]> => {
    const { rows } = await client.query<Row>(
      `select waiting_id, entry, entered_by, entered_at from ledger_waiting w
        where not exists (select from ledger_decision d where d.waiting_id = w.waiting_id) and ${where} order by waiting_id`,
      [...values],
    );
    return rows.map(waitingOf);
  };
  return {
    add: async (entries) => {
      const added: WaitingEntry[] = [];
      for (const entry of entries) {
        const key = [entry.legalEntity, entry.cause.kind, entry.cause.id];
        // Two who enter the same at once come one behind the other.
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`ledger waiting ${key.join('\n')}`]);
        const own = '(legal_entity, cause_kind, cause_id) = ($1, $2, $3)';
        const [before] = await select(own, key);
        if (before !== undefined && !sameContent(before.entry, entry))
          throw new RefusedError(refuse('ledger.cause-differs', `${entryName(entry)} waits already with other postings`));
        if (before === undefined) {
          await client.query(
            'insert into ledger_waiting (legal_entity, cause_kind, cause_id, entry, entered_by) values ($1, $2, $3, $4, $5)',
            [...key, JSON.stringify(entryJson(entry)), entry.by],
          );
        }
        added.push(...(before === undefined ? await select(own, key) : [before]));
      }
      return added;
    },
    take: async (id) => {
      const { rows } = await client.query<Row>(
        'select waiting_id, entry, entered_by, entered_at from ledger_waiting where waiting_id = $1 for update',
        [id.toString()],
      );
      const row = rows[0];
      if (row === undefined) return undefined;
      // A statement of its own: it sees what was decided while the row was waited for.
      const decided = await client.query('select from ledger_decision where waiting_id = $1', [id.toString()]);
      return decided.rowCount === 0 ? waitingOf(row) : 'decided';
    },
    decide: async (id, decision, by, why) => {
      await client.query('insert into ledger_decision (waiting_id, decision, why, decided_by) values ($1, $2, $3, $4)', [
        id.toString(),
        decision,
        why ?? null,
        by,
      ]);
    },
    list: (legalEntity) => (legalEntity === undefined ? select('true', []) : select('legal_entity = $1', [legalEntity])),
  };
}

/** Amounts in the legal entity's currency are compared where both have them. */
function sameContent(before: LedgerEntry, entry: LedgerEntry): boolean {
  const completed = before.postings.map((posting) => ({ ...posting, entityAmountNanos: posting.entityAmountNanos ?? posting.amountNanos }));
  return before.day === entry.day && bookTheSame(entry.postings, completed);
}

function waitingOf({ waiting_id, entry, entered_by, entered_at }: Row): WaitingEntry {
  return { id: waiting_id, entry: readEntryJson(entry), by: entered_by, enteredAtMicros: entered_at };
}
