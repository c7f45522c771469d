/** The long work of usage taken in and taken back. */
import {
  type JoinInput,
  type LoadInput,
  type ReleaseInput,
  type RerateInput,
  type RollBackInput,
  type SendInput,
  usageJobs,
} from '#api/usage/loads.ts';
import { formatNanos } from '#core/money/amount.ts';
import type { JobControl, JobKind } from '#operations/jobs/run-jobs.ts';
import type { StandingEvent } from '#operations/usage/standing-charge.ts';
import { joinLateParts } from '../usage/join.ts';
import { type FileReport, loadUsage } from '../usage/load.ts';
import { rerateUsage } from '../usage/rerate.ts';
import { rollbackFile } from '../usage/rollback.ts';
import { releaseUsage } from '../usage/screening.ts';
import { nowMicros } from './clock.ts';
import type { ApiHome } from './home.ts';
import { dropSentUsage, refusedLines, withSentUsage } from './sent-usage.ts';
import { kind } from './settlement.ts';
import { withUploads } from './uploaded.ts';

/** Differences and refusals that a result keeps. */
const MOST_KEPT = 500;
const NOTHING = (): void => undefined;

/** What is begun again goes on, or finds that it was done. */
export function loadJobKinds(home: ApiHome): readonly JobKind[] {
  return [
    kind<LoadInput>({
      ...{ kind: usageJobs.load, permission: 'usage:manage', title: ({ source }) => `Load a file of ${source}` },
      run: ({ upload, source, allOrNothing, owner }, _, { progress }) =>
        withUploads(home.uploads, owner, [upload], async ([path = '']) => {
          const name = path.slice(path.lastIndexOf('/') + 1);
          return loadedShown(await load(home, { path, name, source, allOrNothing: allOrNothing === true }, progress));
        }),
    }),
    kind<SendInput>({
      ...{ kind: usageJobs.send, permission: 'usage:manage', title: ({ source }) => `Load records of ${source} that were sent` },
      run: ({ kept, source, name, allOrNothing }, _, { progress }) =>
        withSentUsage(home, kept, async (path) => {
          const report = await load(home, { path, name, source, allOrNothing }, progress);
          const refused = report.fileId === undefined ? [] : await refusedLines(home.database, report.fileId, path, MOST_KEPT);
          return { ...loadedShown(report), refused };
        }),
      putAway: ({ kept }) => dropSentUsage(home, kept),
    }),
    kind<RollBackInput>({
      ...{ kind: usageJobs.rollBack, permission: 'usage:manage', title: ({ file }) => `Take file ${file} out of the books` },
      async run({ file, why, dryRun }, by) {
        const { run, fileId, name, counts, charges, amounts, sharedCalls } = await rollbackFile(home, {
          file,
          why,
          by,
          dryRun: dryRun === true,
        });
        return {
          ...{ isBooked: run !== undefined, file: String(fileId), name, ...counts, charges, sharedCalls },
          amounts: amounts.map(({ role, currency, nanos }) => ({ role, currency, amount: formatNanos(nanos, 2) })),
        };
      },
    }),
    kind<RerateInput>({
      ...{
        kind: usageJobs.rerate,
        permission: 'usage:manage',
        title: ({ agreement, tariff }) => `Price ${agreement ?? tariff ?? 'charges'} again`,
      },
      async run({ why, unratable = 'keep', from, to, ...filter }, by, { progress }) {
        const period = from === undefined || to === undefined ? {} : { period: { from, to: dayAfter(to) } };
        const request = { ...filter, ...period, unratable, nowMicros: nowMicros(), ...(why === undefined ? {} : { book: { why, by } }) };
        const report = await rerateUsage(home, request, { onWait: NOTHING, onProgress: (looked) => progress(looked, undefined) });
        const { booked, looked, differences, unratableEvents } = report;
        return {
          ...{ isBooked: booked, looked, unratable: unratableEvents },
          differences: differences.slice(0, MOST_KEPT).map(({ agreement, role, destination, currency, beforeNanos, afterNanos }) => ({
            ...{ agreement, role, destination, currency },
            ...{ before: formatNanos(beforeNanos, 2), after: formatNanos(afterNanos, 2) },
          })),
        };
      },
    }),
    kind<JoinInput>({
      ...{ kind: usageJobs.join, permission: 'usage:manage', title: () => 'Join late parts to their calls' },
      async run({ records = [], dryRun, ...rest }, by) {
        const { joined, left } = await joinLateParts(home, { ...rest, records, by, dryRun: dryRun === true });
        return {
          ...{ isBooked: dryRun !== true, calls: joined.length, records: joined.reduce((sum, each) => sum + each.records.length, 0) },
          joined: joined.slice(0, MOST_KEPT).map(({ records: own, before, after }) => ({
            ...{ records: own.map(String), before: standingShown(before), after: standingShown(after, dryRun === true) },
          })),
          ...{ callsLeft: left.length },
          left: left
            .slice(0, MOST_KEPT)
            .map(({ eventId, records: own, why }) => ({ event: String(eventId), records: own.map(String), why })),
        };
      },
    }),
    kind<ReleaseInput>({
      ...{
        kind: usageJobs.release,
        permission: 'usage:manage',
        title: ({ rule }) => `Release what screening holds${rule === undefined ? '' : ` by ${rule}`}`,
      },
      run: ({ records = [], rule, why }, by) => releaseUsage(home, { records, why, by, ...(rule === undefined ? {} : { rule }) }),
    }),
  ];
}

interface Loading {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly allOrNothing: boolean;
}

async function load(home: ApiHome, { path, name, source, allOrNothing }: Loading, progress: JobControl['progress']): Promise<FileReport> {
  const file = { path, name, unchanged: async () => undefined };
  const events = { onWait: NOTHING, onFile: NOTHING, onAdjusted: NOTHING, onProgress: progressOf(progress) };
  const [report] = await loadUsage(home, { files: [file], source, allOrNothing, threads: 0 }, events);
  if (report === undefined) throw new Error('a file was given, and nothing is said of it');
  return report;
}

function loadedShown({ file: name, fileId, state, counts, earlier, reasons, refusals }: FileReport): object {
  return {
    ...(fileId === undefined ? {} : { file: String(fileId) }),
    ...{ name, state, ...(earlier?.counts ?? counts), reasons: { ...reasons } },
    refusals: refusals
      .slice(0, MOST_KEPT)
      .map(({ code, message, at }) => ({ code, message, ...(at === undefined ? {} : { at: { ...at, file: name } }) })),
  };
}

/** Of a dry run the new event has no number. */
function standingShown({ eventId, event, charges }: StandingEvent, isDry = false): object {
  return {
    ...(isDry ? {} : { event: String(eventId) }),
    ...{ durationMilliseconds: Math.round(event.durationMicros / 1000) },
    charges: charges.map(({ leg, line: { agreement, role, destination, currency }, amountNanos }) => ({
      ...{ leg, agreement, role, destination, amount: formatNanos(amountNanos, 2), currency },
    })),
  };
}

/** Bytes: what it comes to in records is known at its end. */
function progressOf(progress: (done: number, total: number | undefined) => void) {
  return (_file: string, phase: 'archiving' | 'loading', bytes: number, total: number): void => {
    if (phase === 'loading') progress(bytes, total);
  };
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
