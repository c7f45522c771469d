/** Reports that are due go out by mail, while `carillon serve` runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RefusedError } from '#core/refusals.ts';
import type { Mailer } from '#operations/delivery/ports.ts';
import { daysOf, nextDue, type SavedReport } from '#operations/reports/saved.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { noteMailed, takeDueReport } from '#storage/reports/saved-reports.ts';
import { lazyMailer } from '../delivery/services.ts';
import type { Installation } from '../installation.ts';
import { type ReportFormat, reportFile } from './report-files.ts';
import { maySeeReports } from './report-owner.ts';
import { runReport } from './run-report.ts';

const LOOK_MS = 30_000;
const RETRY_MICROS = 3_600_000_000;
const MOST_TRIES = 5;

/** Until it is told to stop. A failure is logged, and it goes on. */
export async function keepMailingReports(home: Pick<Installation, 'database' | 'log' | 'settings'>, stop: AbortSignal): Promise<void> {
  const mailer = lazyMailer(home.settings.mail);
  const failed = (error: unknown, report: number) =>
    home.log.error({ err: error, report }, 'a report could not be mailed; it is tried again');
  try {
    while (!stop.aborted) {
      try {
        while (!stop.aborted && (await mailDueReport(home.database, mailer, Date.now() * 1000, failed)));
      } catch (error) {
        home.log.error({ err: error }, 'reports could not be mailed; they wait');
      }
      await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined); // aborted: the loop ends
    }
  } finally {
    mailer.close();
  }
}

/** Of a fault of ours: what it is stands in the log and not before its owner. */
const OF_OURS = 'a fault of ours; the log has it';

/**
 * Mails the next report that is due. False: none is. One that a process mailed just before it died goes twice, with the same Message-ID.
 * One that cannot be made or sent waits as one that is refused does: those behind it go out. `failed` is told of faults.
 */
export function mailDueReport(
  database: Database,
  mailer: Mailer,
  nowMicros: number,
  failed: (error: unknown, report: number) => void,
): Promise<boolean> {
  return database.transaction(async (client) => {
    const saved = await takeDueReport(client, nowMicros);
    if (saved === undefined) return false;
    const failure = await mail(database, mailer, saved, nowMicros).catch((error: unknown) => {
      if (error instanceof RefusedError) return error.message;
      failed(error, saved.id);
      return OF_OURS;
    });
    const again = failure !== undefined && saved.tries + 1 < MOST_TRIES;
    await noteMailed(client, saved.id, {
      ...{ sentMicros: failure === undefined ? nowMicros : undefined, failure, tries: again ? saved.tries + 1 : 0 },
      dueMicros: again ? nowMicros + RETRY_MICROS : nextDue(saved.mailEvery, nowMicros),
    });
    return true;
  });
}

/** What went wrong; undefined: it is sent. */
async function mail(database: Database, mailer: Mailer, saved: SavedReport, nowMicros: number): Promise<string | undefined> {
  if (!(await maySeeReports(database, saved.owner, nowMicros))) return 'who keeps it may not see reports any more';
  const { book } = await loadSetupWithoutRates(database);
  const from = book.legalEntities.find((entity) => entity.mail !== undefined)?.mail?.from;
  if (from === undefined) return 'no legal entity declares mail: {from: …}';
  const question = { ...saved.question, ...daysOf(saved.period, saved.question, new Date(nowMicros / 1000).toISOString().slice(0, 10)) };
  const { name, type, content } = await reportFile(saved.mailFormat as ReportFormat, question, await runReport(database, question)); // checked when it was kept
  const { outcome, answer } = await mailer.send(
    { by: 'email', to: saved.mailTo, attach: [], language: 'en' },
    {
      ...{ from, replyTo: undefined, copyTo: [], subject: `${saved.name}: ${question.from} to ${question.to}` },
      text: `The report "${saved.name}" of ${question.from} to ${question.to} is attached.\n`,
      messageId: `<report-${saved.id}-${saved.dueMicros ?? 0}@${from.replace(/^.*@/, '').replace(/>.*$/, '')}>`,
    },
    [{ name, mediaType: type, content }],
  );
  return outcome === 'sent' ? undefined : answer;
}
