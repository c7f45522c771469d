/** What is open of traffic before a day: alarms, files half loaded, held records. */
import type pg from 'pg';
import type { CloseCheck } from '#core/agreements/settlement-terms.ts';
import { saidOfFinding } from '#core/settlement/finding-sayings.ts';
import type { Finding, OpenTraffic } from '#operations/periods/ports.ts';

const CHECK_OF: Readonly<Record<string, CloseCheck>> = { gap: 'sequence-gap', failing: 'failing-file' };

export async function selectOpenTraffic(client: pg.PoolClient, before: string): Promise<OpenTraffic> {
  const { rows: alarms } = await client.query<{ source: string; kind: string; subject: string }>(
    'select source, kind, subject from collecting_alarm where cleared_at is null order by alarm_id',
  );
  const { rows: loading } = await client.query<{ name: string }>(`select name from usage_file where state = 'loading' order by file_id`);
  const { rows: held } = await client.query<{ trunks: string[]; records: bigint }>(
    `select array_remove(array[trunk_in, trunk_out], null) as trunks, count(*) as records from usage_held
      where started_at < $1::date + 1 group by 1`,
    [before],
  );
  const findings: Finding[] = [
    ...alarms.map(
      ({ source, kind, subject }): Finding => ({
        check: CHECK_OF[kind] ?? 'alarm',
        ...saidOfFinding('finding.alarm', { source, kind, subject }),
      }),
    ),
    ...loading.map(({ name }): Finding => ({ check: 'loading', ...saidOfFinding('finding.loading', { file: name }) })),
  ];
  return { findings, held };
}
