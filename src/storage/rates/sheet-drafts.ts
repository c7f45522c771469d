/** Rate sheets that are being taken in. */
import type pg from 'pg';
import type { SheetDraft, SheetOptions } from '#operations/rates/sheet-drafts.ts';

interface DraftRow {
  readonly draft_id: bigint;
  readonly owner: string;
  readonly agreement: string;
  readonly file_name: string;
  readonly options: SheetOptions;
  readonly version: number;
  readonly changed_at: number;
}

type Client = pg.ClientBase | pg.Pool;
/** Its own; for who is of the house those that partners sent, too. */
const OWN = `(owner = $1 or (starts_with(owner, 'party:') and not starts_with($1, 'party:')))`;
const COLUMNS = 'draft_id, owner, agreement, file_name, options, version, changed_at';

export async function insertDraft(
  client: Client,
  owner: string,
  { agreement, fileName, content, options }: { agreement: string; fileName: string; content: Uint8Array; options: SheetOptions },
): Promise<SheetDraft> {
  const { rows } = await client.query<DraftRow>(
    `insert into rate_sheet_draft (owner, agreement, file_name, content, options) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [owner, agreement, fileName, Buffer.from(content), JSON.stringify(options)],
  );
  if (rows[0] === undefined) throw new Error('the draft was not entered');
  return draftOf(rows[0]);
}

/** The latest first. */
export async function selectDrafts(client: Client, owner: string): Promise<readonly SheetDraft[]> {
  const { rows } = await client.query<DraftRow>(`select ${COLUMNS} from rate_sheet_draft where ${OWN} order by draft_id desc`, [owner]);
  return rows.map(draftOf);
}

export async function selectDraft(
  client: Client,
  owner: string,
  id: number,
): Promise<(SheetDraft & { readonly content: Uint8Array }) | undefined> {
  const { rows } = await client.query<DraftRow & { content: Buffer }>(
    `select ${COLUMNS}, content from rate_sheet_draft where ${OWN} and draft_id = $2`,
    [owner, id],
  );
  return rows[0] === undefined ? undefined : { ...draftOf(rows[0]), content: rows[0].content };
}

/** Undefined: it is not there. */
export async function updateDraft(client: Client, owner: string, id: number, options: SheetOptions): Promise<SheetDraft | undefined> {
  const { rows } = await client.query<DraftRow>(
    `update rate_sheet_draft set options = $3, version = version + 1, changed_at = now() where ${OWN} and draft_id = $2 returning ${COLUMNS}`,
    [owner, id, JSON.stringify(options)],
  );
  return rows[0] === undefined ? undefined : draftOf(rows[0]);
}

export async function deleteDraft(client: Client, owner: string, id: number): Promise<boolean> {
  const { rowCount } = await client.query(`delete from rate_sheet_draft where ${OWN} and draft_id = $2`, [owner, id]);
  return rowCount === 1;
}

function draftOf(row: DraftRow): SheetDraft {
  return {
    ...{ id: Number(row.draft_id), agreement: row.agreement, fileName: row.file_name, options: row.options, owner: row.owner },
    ...{ version: row.version, changedMicros: row.changed_at },
  };
}

/** What was charged lately by a rate's code (empty: its destination) and band. */
export interface ChargedLately {
  readonly code: string;
  readonly destination: string;
  readonly band: string;
  readonly billed: bigint;
  readonly nanos: bigint;
}

/** Of the last days that have charges of the tariff. */
export async function selectChargedLately(client: Client, tariff: string, role: string, days: number): Promise<readonly ChargedLately[]> {
  const { rows } = await client.query<{ code: string | null; destination: string; band: string; billed: string; nanos: string }>(
    `with lines as (select line_id, rate_id, destination, band from rollup_line where tariff = $1 and role = $2 and rate_id <> 0),
       lately as (select max(day) - $3::int as day from rollup_sum where line_id in (select line_id from lines))
     select r.code, l.destination, l.band, trim_scale(sum(s.billed_quantity))::text as billed, trim_scale(sum(s.amount_nanos))::text as nanos
       from lines l join rollup_sum s using (line_id) join rate r on r.rate_id = l.rate_id where s.day > (select day from lately) group by 1, 2, 3`,
    [tariff, role, days],
  );
  return rows.map(({ code, billed, nanos, ...rest }) => ({ ...rest, code: code ?? '', billed: BigInt(billed), nanos: BigInt(nanos) }));
}
