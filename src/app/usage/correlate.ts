/** Puts together what waits for other parts: after a load, in each round of the collectors, and by `carillon usage correlate`. */
import type pg from 'pg';
import { type CorrelateCounts, correlateParts } from '#pipeline/correlating/correlate-parts.ts';
import type { PartTransaction } from '#pipeline/correlating/ports.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import type { Configuration } from '#pipeline/read-record.ts';
import type { Screen } from '#pipeline/screening/screen.ts';
import { anyWaiting, CorrelationStore, sourcesOfParts } from '#storage/usage/correlation-store.ts';
import { withUsageWriter } from '#storage/usage/usage-writer.ts';
import { currentConfiguration } from './configuration.ts';
import { settleCounters } from './counters.ts';
import type { UsageHome } from './home.ts';
import { OpenFiles } from './open-files.ts';
import { openScreen } from './open-screen.ts';

const NOTHING: CorrelateCounts = { events: 0, rated: 0, waiting: 0, missing: 0, late: 0, held: 0 };

export type { CorrelateCounts } from '#pipeline/correlating/correlate-parts.ts';

export interface CorrelateRequest {
  /** Undefined: read when there is something to look at. */
  readonly configuration?: Configuration;
  /** Only what waits for records of this source. */
  readonly source?: string;
  /** Of the run that has opened one; else one is opened. */
  readonly screen?: Screen;
  readonly nowMicros: number;
  readonly groupsAtOnce?: number;
}

/** With the right to write usage, which `writer` and `client` have. */
export async function correlateWaiting(
  { database, dataFolder }: UsageHome,
  writer: UsageWriter<PartTransaction>,
  client: pg.PoolClient,
  request: CorrelateRequest,
): Promise<CorrelateCounts> {
  if (!(await anyWaiting(client))) return NOTHING;
  const store = new CorrelationStore(client, writer);
  const configuration = request.configuration ?? (await currentConfiguration(database, await sourcesOfParts(client)));
  const screen = request.configuration === undefined ? await openScreen(client, configuration, request.nowMicros) : request.screen;
  const files = new OpenFiles(database, dataFolder);
  try {
    return await correlateParts({
      ...request,
      ...(screen === undefined ? {} : { screen }),
      store,
      configuration,
      reopen: (fileId) => files.open(fileId),
    });
  } finally {
    await files.close();
  }
}

/** Looks at everything that waits, or at what waits for one source. Throws RefusedError for faults of the configuration and a lost archive. */
export async function correlateUsage(
  installation: UsageHome,
  request: Omit<CorrelateRequest, 'configuration' | 'screen'>,
): Promise<CorrelateCounts> {
  if (!(await anyWaiting(installation.database.pool))) return NOTHING;
  return withUsageWriter(
    installation.database,
    () => undefined,
    async (writer, client) => {
      const counts = await correlateWaiting(installation, writer, client, request);
      if (counts.events > 0) await settleCounters(installation, client);
      return counts;
    },
  );
}
