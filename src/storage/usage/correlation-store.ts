/** Waiting parts and the events made of them. */
import type pg from 'pg';
import type { WaitingKind } from '#core/usage/correlation.ts';
import type { GroupName, PartStore, PartTransaction, RatedGroup, Scope, StoredPart } from '#pipeline/correlating/ports.ts';
import type { UsageWriter } from '#pipeline/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import { correctedOf } from './record-corrections.ts';
import { notTakenBack } from './taken-back.ts';

interface PartRow {
  readonly event_id: bigint;
  readonly scope: string;
  readonly group_key: string;
  readonly kind: WaitingKind;
  readonly sequence: bigint | null;
  readonly started_at: number;
  readonly duration_micros: bigint;
  readonly answered: boolean;
  readonly voice: boolean;
  readonly arrived_at: number;
  readonly source_id: number;
  readonly source: string;
  readonly file_id: number;
  readonly byte_from: bigint;
  readonly byte_length: number;
  readonly source_key: string;
  readonly reason: string;
  readonly detail: string;
  readonly corrected: Readonly<Record<string, string>> | null;
}

/** Whether there is anything to look at. */
export async function anyWaiting(client: pg.ClientBase | pg.Pool): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(`select exists (select from usage_waiting_part where state <> 'done') as any`);
  return rows[0]?.any === true;
}

/** The sources of the parts that wait. */
export async function sourcesOfParts(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select name from usage_source s
      where exists (select from usage_waiting_part p where p.source_id = s.source_id and p.state <> 'done')`,
  );
  return rows.map(({ name }) => name);
}

/** The sources of the parts that came late, and of the calls that they belong to. */
export async function sourcesOfLateParts(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct name from usage_waiting_part p join usage_held h using (event_id)
        left join lateral (select unnest(source_ids) as id from usage_correlated c where c.group_key = p.group_key) whole on true
        join usage_source s on s.source_id in (p.source_id, whole.id)
      where h.reason = 'usage.part-late'`,
  );
  return rows.map(({ name }) => name);
}

/** On the connection of the one writer, whose transactions it uses. */
export class CorrelationStore implements PartStore {
  readonly #client: pg.ClientBase;
  readonly #writer: UsageWriter<PartTransaction>;

  constructor(client: pg.ClientBase, writer: UsageWriter<PartTransaction>) {
    this.#client = client;
    this.#writer = writer;
  }

  async sources(): Promise<ReadonlyMap<number, string>> {
    const { rows } = await this.#client.query<{ source_id: number; name: string }>('select source_id, name from usage_source order by 1');
    return new Map(rows.map(({ source_id, name }) => [source_id, name]));
  }

  async newGroups(scopes: readonly Scope[], limit: number): Promise<readonly GroupName[]> {
    const { rows } = await this.#client.query<{ scope: string; group_key: string }>(
      `select distinct scope, group_key from usage_waiting_part join ${SCOPES} using (source_id) where state = 'new' order by 2, 1 limit $4`,
      [...scopeValues(scopes), limit],
    );
    return rows.map(({ scope, group_key }) => ({ scope, group: group_key }));
  }

  async overdueGroups(scopes: readonly Scope[], after: GroupName | undefined, limit: number): Promise<readonly GroupName[]> {
    const { rows } = await this.#client.query<{ scope: string; group_key: string }>(
      `select distinct scope, group_key from usage_waiting_part join ${SCOPES} using (source_id)
        where state = 'waiting' and arrived_at <= arrived_before and ($5::text is null or (group_key, scope) > ($5 collate "C", $6)) order by 2, 1 limit $4`,
      [...scopeValues(scopes), limit, after?.group ?? null, after?.scope ?? null],
    );
    return rows.map(({ scope, group_key }) => ({ scope, group: group_key }));
  }

  async lateGroups(scopes: readonly Scope[], fileIds: readonly number[] | undefined): Promise<readonly GroupName[]> {
    const { rows } = await this.#client.query<{ scope: string; group_key: string }>(
      `select distinct scope, group_key from usage_waiting_part join ${SCOPES} using (source_id) join usage_held h using (event_id)
        where h.reason = 'usage.part-late' and ($4::int[] is null or h.file_id = any($4)) order by 2, 1`,
      [...scopeValues(scopes), fileIds ?? null],
    );
    return rows.map(({ scope, group_key }) => ({ scope, group: group_key }));
  }

  async parts(scopes: readonly Scope[], groups: readonly GroupName[]): Promise<readonly StoredPart[]> {
    const { rows } = await this.#client.query<PartRow>(
      `select p.*, scope, s.name as source, h.file_id, byte_from, byte_length, source_key, reason, detail,
           ${correctedOf('p.event_id')} as corrected
         from unnest($4::text[], $5::text[]) as g(scope, group_key)
           join ${SCOPES} using (scope)
           join usage_waiting_part p on p.group_key = g.group_key and p.source_id = scopes.source_id
           join usage_held h using (event_id) join usage_source s on s.source_id = p.source_id order by event_id`,
      [...scopeValues(scopes), groups.map(({ scope }) => scope), groups.map(({ group }) => group)],
    );
    return rows.map((row) => ({
      id: Number(row.event_id),
      scope: row.scope,
      group: row.group_key,
      kind: row.kind,
      sequence: row.sequence === null ? undefined : Number(row.sequence),
      startMicros: row.started_at,
      durationMicros: Number(row.duration_micros),
      answered: row.answered,
      voice: row.voice,
      arrivedMicros: row.arrived_at,
      sourceId: row.source_id,
      source: row.source,
      fileId: row.file_id,
      byteFrom: Number(row.byte_from),
      byteLength: row.byte_length,
      key: row.source_key,
      reason: row.reason,
      detail: row.detail,
      ...(row.corrected === null ? {} : { corrected: row.corrected }),
    }));
  }

  /** Without those that were taken back: their parts may come again. */
  async rated(groups: readonly GroupName[]): Promise<readonly RatedGroup[]> {
    const { rows } = await this.#client.query<{
      event_id: bigint;
      group_key: string;
      source_ids: number[];
      started_at: number;
      ended_at: number;
    }>(
      `select event_id, group_key, source_ids, started_at, ended_at from usage_correlated c where group_key = any($1::text[]) and ${notTakenBack('c.event_id')}
       and not exists (select from usage_part p join usage_file f using (file_id) where p.event_id = c.event_id and f.state = 'rolled-back') order by 1`,
      [[...new Set(groups.map(({ group }) => group))]],
    );
    return rows.map((row) => ({
      eventId: Number(row.event_id),
      group: row.group_key,
      sourceIds: row.source_ids,
      startMicros: row.started_at,
      endMicros: row.ended_at,
    }));
  }

  transaction<T>(work: (transaction: PartTransaction) => Promise<T>): Promise<T> {
    return this.#writer.transaction(work);
  }
}

/** Of three parameters: sources, the names of their scopes, and until when parts must have arrived. */
const SCOPES = '(select * from unnest($1::int[], $2::text[], $3::timestamptz[]) as s(source_id, scope, arrived_before)) as scopes';

function scopeValues(scopes: readonly Scope[]): readonly unknown[] {
  const flat = scopes.flatMap(({ name, sourceIds, arrivedBeforeMicros }) =>
    sourceIds.map((sourceId) => ({ sourceId, name, before: formatTimestamptz(arrivedBeforeMicros) })),
  );
  return [flat.map(({ sourceId }) => sourceId), flat.map(({ name }) => name), flat.map(({ before }) => before)];
}
