/** Reports that are kept. */
import type pg from 'pg';
import type { ReportQuestion } from '#operations/reports/report.ts';
import type { ReportPeriod, ReportSchedule, SavedReport } from '#operations/reports/saved.ts';
import { formatTimestamptz } from '../column-types.ts';

interface SavedRow {
  readonly report_id: bigint;
  readonly name: string;
  readonly owner: string;
  readonly question: ReportQuestion;
  readonly period: ReportPeriod;
  readonly mail_to: readonly string[];
  readonly mail_format: string;
  readonly mail_every: ReportSchedule;
  readonly due_at: number | null;
  readonly tries: number;
  readonly last_sent_at: number | null;
  readonly last_failure: string | null;
}

export type NewReport = Omit<SavedReport, 'id' | 'tries' | 'lastSentMicros' | 'lastFailure'>;

/** Undefined: its owner has one of this name. */
export async function insertReport(client: pg.ClientBase | pg.Pool, report: NewReport): Promise<SavedReport | undefined> {
  const { rows } = await client.query<SavedRow>(
    `insert into report_saved (name, owner, question, period, mail_to, mail_format, mail_every, due_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (owner, name) do nothing returning *`,
    [
      ...[report.name, report.owner, JSON.stringify(report.question), report.period, report.mailTo, report.mailFormat, report.mailEvery],
      report.dueMicros === undefined ? null : formatTimestamptz(report.dueMicros),
    ],
  );
  return rows[0] === undefined ? undefined : savedOf(rows[0]);
}

/** Of one owner, by name. */
export async function selectReports(client: pg.ClientBase | pg.Pool, owner: string): Promise<readonly SavedReport[]> {
  const { rows } = await client.query<SavedRow>('select * from report_saved where owner = $1 order by name, report_id', [owner]);
  return rows.map(savedOf);
}

/** Whether there was one. */
export async function deleteReport(client: pg.ClientBase | pg.Pool, owner: string, id: number): Promise<boolean> {
  const { rowCount } = await client.query('delete from report_saved where owner = $1 and report_id = $2', [owner, id]);
  return rowCount === 1;
}

/** The next that is due, for this transaction only. */
export async function takeDueReport(client: pg.ClientBase, nowMicros: number): Promise<SavedReport | undefined> {
  const { rows } = await client.query<SavedRow>(
    'select * from report_saved where due_at <= $1 order by due_at limit 1 for update skip locked',
    [formatTimestamptz(nowMicros)],
  );
  return rows[0] === undefined ? undefined : savedOf(rows[0]);
}

export async function noteMailed(
  client: pg.ClientBase,
  id: number,
  {
    sentMicros,
    failure,
    tries,
    dueMicros,
  }: { sentMicros: number | undefined; failure: string | undefined; tries: number; dueMicros: number | undefined },
): Promise<void> {
  await client.query(
    'update report_saved set last_sent_at = coalesce($2, last_sent_at), last_failure = $3, tries = $4, due_at = $5 where report_id = $1',
    [
      ...[id, sentMicros === undefined ? null : formatTimestamptz(sentMicros), failure ?? null, tries],
      dueMicros === undefined ? null : formatTimestamptz(dueMicros),
    ],
  );
}

function savedOf(row: SavedRow): SavedReport {
  return {
    ...{ id: Number(row.report_id), name: row.name, owner: row.owner, question: row.question, period: row.period },
    ...{ mailTo: row.mail_to, mailFormat: row.mail_format, mailEvery: row.mail_every, tries: row.tries },
    ...{ dueMicros: row.due_at ?? undefined, lastSentMicros: row.last_sent_at ?? undefined, lastFailure: row.last_failure ?? undefined },
  };
}
