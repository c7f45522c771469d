/** What the API does with reports. */
import type { Reports } from '#api/reports/reports.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import { sumsFor } from '#operations/reports/report.ts';
import { nextDue } from '#operations/reports/saved.ts';
import type { Database } from '#storage/database.ts';
import { deleteReport, insertReport, selectReports } from '#storage/reports/saved-reports.ts';
import { runReport } from './run-report.ts';

export function reportsOn(database: Database): Omit<Reports, 'file'> {
  const { pool } = database;
  return {
    run: (question) => runReport(database, question),
    kept: (owner) => selectReports(pool, owner),
    async keep(owner, report) {
      sumsFor(report.question);
      const dueMicros = report.mailTo.length === 0 ? undefined : nextDue(report.mailEvery, Date.now() * 1000);
      const kept = await insertReport(pool, { ...report, owner, dueMicros });
      if (kept === undefined)
        throw new RefusedError(refuse('report.name-taken', `a report is called ${JSON.stringify(report.name)}`, { field: 'body/name' }));
      return kept;
    },
    async forget(owner, id) {
      if (!(await deleteReport(pool, owner, id))) throw new RefusedError(refuse('report.unknown', `there is no report ${id}`));
    },
  };
}
