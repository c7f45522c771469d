/** How accounts are reached and what they want. Each change is a row; the newest counts. */
import type pg from 'pg';
import type { NoticeWay } from '#core/catalog/notice.ts';
import type { DocumentLanguage } from '#core/parties/invoicing-terms.ts';
import type { Contact } from '#operations/notifications/ports.ts';
import type { Database } from '../database.ts';

interface ContactRow {
  readonly account: string;
  readonly language: DocumentLanguage;
  readonly number: string | null;
  readonly email: string | null;
  readonly ways: readonly NoticeWay[] | null;
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly do_not_disturb: boolean;
  readonly set_by: string;
  readonly at: bigint;
}

export interface KeptContact extends Contact {
  readonly setMicros: number;
  readonly setBy: string;
}

const COLUMNS = `account_id as account, language, number, email, ways, quiet_from, quiet_to, do_not_disturb, set_by,
  (extract(epoch from set_at) * 1000000)::bigint as at`;

/** Accounts that have said nothing are not among them. */
export async function contactsOf(client: pg.ClientBase | pg.Pool, accounts: readonly string[]): Promise<ReadonlyMap<string, Contact>> {
  const { rows } = await client.query<ContactRow>(
    `select distinct on (account_id) ${COLUMNS} from charging_contact where account_id = any($1::text[]) order by account_id, contact_id desc`,
    [accounts],
  );
  return new Map(rows.map((row) => [row.account, contactFrom(row)]));
}

/** All that were ever set, newest first. */
export async function contactHistory({ pool }: Database, account: string): Promise<readonly KeptContact[]> {
  const { rows } = await pool.query<ContactRow>(`select ${COLUMNS} from charging_contact where account_id = $1 order by contact_id desc`, [
    account,
  ]);
  return rows.map(contactFrom);
}

export async function addContact({ pool }: Database, account: string, contact: Contact, by: string): Promise<void> {
  const { language, number, email, ways, quiet, doNotDisturb } = contact;
  await pool.query(
    `insert into charging_contact (account_id, language, number, email, ways, quiet_from, quiet_to, do_not_disturb, set_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [account, language, number ?? null, email ?? null, ways ?? null, quiet?.from ?? null, quiet?.to ?? null, doNotDisturb, by],
  );
}

function contactFrom({ language, number, email, ways, quiet_from, quiet_to, do_not_disturb, set_by, at }: ContactRow): KeptContact {
  return {
    language,
    number: number ?? undefined,
    email: email ?? undefined,
    ways: ways ?? undefined,
    quiet: quiet_from === null || quiet_to === null ? undefined : { from: quiet_from, to: quiet_to },
    doNotDisturb: do_not_disturb,
    setMicros: Number(at),
    setBy: set_by,
  };
}
