/** Operations of the road of usage: rate sheets taken in, what waits, sources; with what is behind them, and their long work. */
import type { JobDesk } from '#api/jobs/jobs.ts';
import type { Operation } from '#api/operation.ts';
import { type RateReader, tariffOperations } from '#api/portal/rates.ts';
import { type RateDesk, rateOperations } from '#api/rates/add-rate.ts';
import { type DraftDesk, draftOperations } from '#api/rates/drafts.ts';
import { type Sources, sourceOperations } from '#api/sources/sources.ts';
import { undriven } from '#api/undriven.ts';
import { loadOperations, type ReadFlags } from '#api/usage/loads.ts';
import {
  RETRY_USAGE,
  type RetryInput,
  type SuspenseDesk,
  suspenseOperations,
  WRITE_OFF_USAGE,
  type WriteOffInput,
} from '#api/usage/suspense.ts';
import type { JobKind } from '#operations/jobs/run-jobs.ts';
import type { StreamDesk } from '#operations/uploads/ports.ts';
import { selectThroughput } from '#storage/collecting/throughput.ts';
import { loadSources } from '#storage/configuration/load-book.ts';
import { addRateByHand } from '../add-rate.ts';
import { clearCollectingAlarms, collectingAlarms, collectingStatus } from '../collecting/overview.ts';
import { correctUsage } from '../usage/correct.ts';
import { discardUsage } from '../usage/discard.ts';
import { listFiles, listWaiting } from '../usage/look-up.ts';
import { retryUsage } from '../usage/retry.ts';
import { listFlags } from '../usage/screening.ts';
import { traceStored } from '../usage/trace-stored.ts';
import type { ApiHome } from './home.ts';
import { portalRatesOf } from './portal-rates.ts';
import { draftDeskOf } from './rate-sheets.ts';
import { sentUsageDesk } from './sent-usage.ts';
import { loadJobKinds } from './usage-loads.ts';

export interface TrafficBehind {
  readonly drafts: DraftDesk;
  readonly rates: RateDesk;
  readonly suspense: SuspenseDesk;
  readonly sources: Sources;
  readonly flags: ReadFlags;
  readonly bodies: StreamDesk;
  readonly tariffs: RateReader;
}

export const nothingBehindTraffic: TrafficBehind = {
  drafts: undriven(),
  rates: undriven(),
  suspense: undriven(),
  sources: undriven(),
  flags: undriven(),
  bodies: undriven(),
  tariffs: undriven(),
};

export function trafficOperations(
  { drafts, rates, suspense, sources, flags, bodies, tariffs }: TrafficBehind,
  jobs: JobDesk,
): readonly Operation[] {
  return [
    ...tariffOperations(tariffs),
    ...draftOperations(drafts),
    ...rateOperations(rates),
    ...suspenseOperations(suspense, jobs),
    ...loadOperations(flags, jobs, bodies),
    ...sourceOperations(sources),
  ];
}

export function trafficBehind(home: ApiHome): TrafficBehind {
  const { database } = home;
  return {
    drafts: draftDeskOf(home),
    bodies: sentUsageDesk(home.dataFolder, home.settings.api.maximumUsageMegabytes),
    rates: { add: (said, dryRun) => addRateByHand(database, said, dryRun) },
    suspense: {
      trace: (record) => traceStored(home, record),
      groups: (filter) => listWaiting(database, filter),
      files: (file, limit) => listFiles(database, file, limit),
      async correct(record, fields, why, dryRun, by) {
        const set = Object.entries(fields).map(([field, value]) => `${field}=${value}`);
        return { isRated: (await correctUsage(home, { record, set, why, by, dryRun })).replaced !== undefined };
      },
    },
    tariffs: portalRatesOf(home),
    flags: (rule, limit) => listFlags(database, rule, limit),
    sources: {
      list: () => listSources(home),
      alarms: (filter) => collectingAlarms(database, filter),
      clear: (ids) => clearCollectingAlarms(database, ids),
    },
  };
}

const LATE_DAYS = 7;

/** Those that are configured, and those that something was loaded from. */
async function listSources({ database }: ApiHome): ReturnType<Sources['list']> {
  const sources = await loadSources(database);
  const standings = new Map((await collectingStatus(database)).map((standing) => [standing.source, standing]));
  const days = Map.groupBy(await selectThroughput(database.pool, LATE_DAYS), ({ source }) => source);
  const known = new Map(sources.map(({ id, format }) => [id, typeof format === 'string' ? format : '']));
  return [...new Set([...known.keys(), ...days.keys()])].map((source) => {
    const standing = standings.get(source);
    const { loaded = 0, refused = 0, waiting = 0, openAlarms = 0, lastName, lastSeenMicros, lastNumber, place } = standing ?? {};
    return {
      ...{ source, format: known.get(source) ?? '', place, loaded, refused, waiting, openAlarms, lastName, lastSeenMicros, lastNumber },
      days: (days.get(source) ?? []).map(({ source: _, ...day }) => day),
    };
  });
}

export function trafficJobKinds(home: ApiHome): readonly JobKind[] {
  return [
    ...loadJobKinds(home),
    {
      ...{ kind: RETRY_USAGE, permission: 'usage:manage', title: (input) => `Take up ${what(input as RetryInput)}` }, // its own input
      run: (input, _, { progress }) =>
        retryUsage(home, { ...(input as RetryInput), onProgress: ({ taken }) => progress(taken, undefined) }), // likewise
    },
    {
      ...{ kind: WRITE_OFF_USAGE, permission: 'usage:manage', title: (input) => `Write off ${what(input as WriteOffInput)}` }, // likewise
      run: async (input, by) => {
        const { records = [], ...filter } = input as WriteOffInput; // likewise
        return { writtenOff: await discardUsage(home, { ...filter, records, by }) };
      },
    },
  ];
}

function what({
  reason,
  file,
  records,
}: {
  readonly reason?: string;
  readonly file?: string;
  readonly records?: readonly string[];
}): string {
  if (records !== undefined && records.length > 0) return `${records.length} records`;
  return [reason ?? 'what is held', ...(file === undefined ? [] : [`of ${file}`])].join(' ');
}
