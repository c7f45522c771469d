/** Price lists that partners sent. */
import type pg from 'pg';
import type { SentSheet, SheetReading } from '#operations/portal/ports.ts';
import type { Database } from '../database.ts';

export interface NewSentSheet {
  readonly party: string;
  readonly agreement: string;
  readonly fileName: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly draftId: number;
  readonly sentBy: string;
}

export async function insertSentSheet(client: pg.ClientBase, sheet: NewSentSheet): Promise<bigint> {
  const { rows } = await client.query<{ id: bigint }>(
    `insert into sent_rate_sheet (party, agreement, file_name, sha256, draft_id, sent_by) values ($1, $2, $3, decode($4, 'hex'), $5, $6)
     returning sheet_id as id`,
    [sheet.party, sheet.agreement, sheet.fileName, sheet.sha256, sheet.draftId, sheet.sentBy],
  );
  if (rows[0] === undefined) throw new Error('a sheet was not entered');
  return rows[0].id;
}

export async function keepReading({ pool }: Database, sheetId: bigint, reading: SheetReading): Promise<void> {
  await pool.query('update sent_rate_sheet set reading = $2 where sheet_id = $1', [sheetId, JSON.stringify(reading)]);
}

/** One of the same content that still waits; of the house's eyes. */
export async function waitingSheet(
  { pool }: Database,
  { party, agreement, sha256 }: Pick<NewSentSheet, 'party' | 'agreement' | 'sha256'>,
): Promise<bigint | undefined> {
  const { rows } = await pool.query<{ id: bigint }>(
    `select sheet_id as id from sent_rate_sheet s join rate_sheet_draft d using (draft_id)
      where s.party = $1 and s.agreement = $2 and s.sha256 = decode($3, 'hex') order by 1 desc limit 1`,
    [party, agreement, sha256],
  );
  return rows[0]?.id;
}

/** The latest first, with the party's eyes. */
export async function selectSentSheets({ pool }: Database): Promise<readonly SentSheet[]> {
  const { rows } = await pool.query<{
    id: bigint;
    agreement: string;
    file: string;
    state: SentSheet['state'];
    reading: SheetReading | null;
    at: number;
    by: string;
  }>(
    `select sheet_id as id, agreement, file_name as file, reading, sent_at as at, sent_by as by,
            case when carillon_waits(draft_id) then 'waiting'
                 when exists (select from rate_import i where i.agreement = s.agreement and i.sha256 = s.sha256) then 'in-force'
                 else 'put-aside' end as state
       from sent_rate_sheet s order by sheet_id desc`,
  );
  return rows.map(({ id, file, reading, at, by, ...sheet }) => ({
    ...{ ...sheet, sheetId: id, fileName: file, reading: reading ?? undefined, sentMicros: at, sentBy: by },
  }));
}
