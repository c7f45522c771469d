import type pg from 'pg';
import type { CounterKey } from '#core/rating/charge.ts';
import type { ChangedHold, CorrelatedEvent, PartTransaction } from '#pipeline/correlating/ports.ts';
import type { NewRun } from '#pipeline/keys/ports.ts';
import type {
  CounterUpdate,
  Counts,
  DuplicateRecord,
  FileAdvance,
  HeldRecord,
  LineNames,
  ReasonCounts,
  RejectedRecord,
  StoredCounter,
  TopicMove,
} from '#pipeline/ports.ts';
import { COPY_END, COPY_HEAD, EVENT_COLUMNS, RowSums } from '#pipeline/ports.ts';
import type { RollupSums } from '#pipeline/rollup-sums.ts';
import type { EventFlag, StoredFlag } from '#pipeline/screening/ports.ts';
import { moveTopicPosition } from '../collecting/topic-positions.ts';
import { formatTimestamptz } from '../column-types.ts';
import { copyAtOnce } from '../copy-at-once.ts';
import { copyRows } from '../database.ts';
import { amendFile, mergedNumbers } from './amend-file.ts';
import { dateOf, partitionOf, utcTimestamp } from './days.ts';
import { type LineNumbers, runId, trunkIds } from './dictionaries.ts';
import type { KeyRunStore } from './key-runs.ts';
import { addRollup } from './rollup-rows.ts';
import { copyField } from './row-text.ts';
import { selectFlagsOf, writeFlags, writeScreeningState } from './screening-store.ts';
import { WrittenStretches } from './search/written-stretches.ts';
import { changeHolds, markParts, writeCorrelated, writeWaitingParts } from './waiting-parts.ts';

/** Text given to the socket at once. Small enough that the server works while the next is written. */
const CHUNK_CHARACTERS = 64 * 1024;

/** What a transaction uses of its writer. */
export interface OpenBooks {
  readonly keys: KeyRunStore;
  readonly lines: LineNumbers;
  /** Makes the partition of a UTC day where it is not there. */
  makeRoom(day: string): Promise<void>;
}

export class BatchTransaction implements PartTransaction {
  readonly #client: pg.PoolClient;
  readonly #books: OpenBooks;
  /** The next number of a record; undefined before the first is asked for. */
  #next: number | undefined;
  readonly #runs = new Map<number, number>();
  readonly #rowSums = new RowSums();
  readonly #written = new WrittenStretches();
  /** What goes on while its caller does something else. */
  #rollup: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  constructor(client: pg.PoolClient, books: OpenBooks) {
    this.#client = client;
    this.#books = books;
  }

  /** The row is locked until the end, and written there: a statement less for each batch. */
  async takeNumbers(count: number): Promise<number> {
    this.#next ??= await this.#lockNumbers();
    const first = this.#next;
    this.#next += count;
    return first;
  }

  /** What failed first: all that is asked of the server afterwards fails for that reason only. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Writes what was kept back, and waits for what goes on. Nothing may be asked of it afterwards. */
  async end(): Promise<void> {
    await this.#rollup;
    const files = [...this.#rowSums.files];
    if (files.length === 0 && this.#next === undefined) return;
    const { days, firstIds, lastIds } = this.#written.columns();
    // In one statement. What was loaded before there were sums has none.
    await this.#client.query(
      `with numbered as (update usage_numbering set next_event_id = coalesce($1, next_event_id)),
         searchable as (insert into usage_search_todo (day, first_id, last_id) select * from unnest($5::date[], $6::bigint[], $7::bigint[]))
       update usage_file set row_sum_a = (row_sum_a + a) % 4294967296, row_sum_b = (row_sum_b + b) % 4294967296
         from unnest($2::int[], $3::bigint[], $4::bigint[]) as s(id, a, b) where file_id = id`,
      [this.#next ?? null, files.map(([id]) => id), files.map(([, { a }]) => a), files.map(([, { b }]) => b), days, firstIds, lastIds],
    );
  }

  writeKeyRun(sourceId: number, run: NewRun): Promise<number> {
    return this.#books.keys.writeRun(sourceId, run);
  }

  async lockCounters(keys: readonly CounterKey[]): Promise<ReadonlyMap<CounterKey, StoredCounter>> {
    if (keys.length === 0) return new Map();
    const { rows } = await this.#client.query<{ key: string; value: string; at: number; source: string; last: string }>(
      `select key, value, last_started_at as at, last_source as source, last_key as last
         from usage_counter where key = any($1::text[]) order by key for update`,
      [keys],
    );
    return new Map(
      rows.map(({ key, value, at, source, last }) => [key, { value: BigInt(value), last: { startMicros: at, source, key: last } }]),
    );
  }

  async saveCounters(updates: readonly CounterUpdate[]): Promise<void> {
    if (updates.length === 0) return;
    await this.#client.query(
      `insert into usage_counter (key, value, last_started_at, last_source, last_key, disturbed)
       select * from unnest($1::text[], $2::numeric[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[])
       on conflict (key) do update set value = excluded.value, last_started_at = excluded.last_started_at, last_source = excluded.last_source,
         last_key = excluded.last_key, disturbed = usage_counter.disturbed or excluded.disturbed`,
      [
        updates.map(({ key }) => key),
        updates.map(({ value }) => String(value)),
        updates.map(({ last }) => formatTimestamptz(last.startMicros)),
        updates.map(({ last }) => last.source),
        updates.map(({ last }) => last.key),
        updates.map(({ disturbed }) => disturbed),
      ],
    );
  }

  lineIds(lines: readonly LineNames[]): Promise<readonly number[]> {
    return this.#books.lines.of(this.#client, lines);
  }

  trunkIds(names: readonly string[]): Promise<readonly number[]> {
    return trunkIds(this.#client, names);
  }

  async runId(knownAtMicros: number): Promise<number> {
    const id = this.#runs.get(knownAtMicros) ?? (await runId(this.#client, knownAtMicros));
    this.#runs.set(knownAtMicros, id);
    return id;
  }

  /** Straight into the day's partition: finding it for every row took a tenth of the whole COPY. */
  async copyEvents(day: number, pieces: readonly Uint8Array[], sums: RowSums): Promise<void> {
    this.#rowSums.addAll(sums);
    const date = dateOf(day);
    this.#written.add(date, sums.firstId, sums.lastId);
    await this.#books.makeRoom(date);
    const sql = `copy ${partitionOf(date)} (${EVENT_COLUMNS.join(', ')}) from stdin (format binary)`;
    await this.#noting(copyAtOnce(this.#client, sql, [COPY_HEAD, ...pieces, COPY_END]));
  }

  async writeHeld(file: { fileId: number; sourceId: number }, records: readonly HeldRecord[]): Promise<void> {
    if (records.length === 0) return;
    await copyRows(
      this.#client,
      `copy usage_held (event_id, source_id, file_id, byte_from, byte_length, source_key, reason, detail, leg, service, started_at,
         calling, called, trunk_in, trunk_out, answered, duration_micros) from stdin`,
      chunksOf(records, ({ id, byteFrom, byteLength, reason, detail, leg, event }) =>
        line([
          id,
          file.sourceId,
          file.fileId,
          byteFrom,
          byteLength,
          event.id,
          reason,
          detail,
          leg,
          event.service,
          utcTimestamp(event.startMicros),
          event.calling,
          event.called,
          event.trunkIn,
          event.trunkOut,
          event.answered ? 't' : 'f',
          event.durationMicros,
        ]),
      ),
    );
    await writeWaitingParts(this.#client, file, records);
  }

  async writeDuplicates(fileId: number, records: readonly DuplicateRecord[]): Promise<void> {
    if (records.length === 0) return;
    await copyRows(
      this.#client,
      'copy usage_duplicate (event_id, file_id, byte_from, byte_length, source_key, duplicate_of) from stdin',
      chunksOf(records, ({ id, byteFrom, byteLength, key, of }) => line([id, fileId, byteFrom, byteLength, key, of])),
    );
  }

  async writeRejected(fileId: number, records: readonly RejectedRecord[]): Promise<void> {
    if (records.length === 0) return;
    await copyRows(
      this.#client,
      'copy usage_rejected (event_id, file_id, byte_from, byte_length, reason, detail) from stdin',
      chunksOf(records, ({ id, byteFrom, byteLength, reason, detail }) => line([id, fileId, byteFrom, byteLength, reason, detail])),
    );
  }

  async #lockNumbers(): Promise<number> {
    const { rows } = await this.#client.query<{ next: bigint }>('select next_event_id as next from usage_numbering for update');
    const next = rows[0]?.next;
    if (next === undefined) throw new Error('usage_numbering has no row');
    return Number(next);
  }

  /** It need not be waited for: the end does. */
  addToRollup(sums: RollupSums): Promise<void> {
    const added = this.#noting(addRollup(this.#client, sums.moves()));
    this.#rollup = Promise.all([this.#rollup, added]).then(() => undefined);
    this.#rollup.catch(() => undefined); // reported where it is awaited
    return added;
  }

  async #noting<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Error) this.#failure ??= error;
      throw error;
    }
  }

  async advanceFiles(files: readonly FileAdvance[]): Promise<void> {
    const of = (name: keyof Counts): readonly number[] => files.map(({ counts }) => counts[name]);
    const { rowCount } = await this.#client.query(
      `update usage_file set offset_bytes = b.until, read = usage_file.read + b.read, rated = usage_file.rated + b.rated, held = usage_file.held + b.held,
         duplicate = usage_file.duplicate + b.duplicate, rejected = usage_file.rejected + b.rejected,
         reasons = ${mergedNumbers('reasons', 'b.reasons')}, passed_over = ${mergedNumbers('passed_over', 'b.passed_over')},
         state = case when done then 'loaded' else 'loading' end, finished_at = case when done then clock_timestamp() end
       from unnest($1::int[], $2::bigint[], $3::bigint[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[])
         as b(id, since, until, done, read, rated, held, duplicate, rejected, reasons, passed_over)
       where file_id = id and offset_bytes = since and state = 'loading'`,
      [
        files.map(({ fileId }) => fileId),
        files.map(({ from }) => from),
        files.map(({ to }) => to),
        files.map(({ done }) => done),
        ...[of('read'), of('rated'), of('held'), of('duplicate'), of('rejected')],
        files.map(({ reasons }) => JSON.stringify(reasons)),
        files.map(({ passedOver }) => JSON.stringify(passedOver)),
      ],
    );
    if (rowCount !== files.length)
      throw new Error(
        `${files.length - (rowCount ?? 0)} of files ${files.map(({ fileId, from }) => `${fileId} at byte ${from}`).join(', ')} are elsewhere: another process wrote`,
      );
  }

  moveTopicPosition(move: TopicMove): Promise<void> {
    return moveTopicPosition(this.#client, move);
  }

  async remove(from: 'held' | 'rejected' | 'duplicate', ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const { rowCount } = await this.#client.query(`delete from usage_${from} where event_id = any($1::bigint[])`, [ids]);
    if (rowCount !== ids.length) throw new Error(`${ids.length} records were to leave ${from}, ${rowCount} did`);
  }

  writeFlags(flags: readonly EventFlag[]): Promise<void> {
    return writeFlags(this.#client, flags);
  }

  writeScreeningState(state: Uint8Array, replaces: boolean): Promise<void> {
    return writeScreeningState(this.#client, state, replaces);
  }

  flagsOf(recordIds: readonly number[]): Promise<ReadonlyMap<number, readonly StoredFlag[]>> {
    return selectFlagsOf(this.#client, recordIds);
  }

  writeCorrelated(events: readonly CorrelatedEvent[], nowMicros: number): Promise<void> {
    return writeCorrelated(this.#client, events, nowMicros);
  }

  changeHolds(changes: readonly ChangedHold[]): Promise<void> {
    return changeHolds(this.#client, changes);
  }

  markParts(ids: readonly number[], state: 'waiting' | 'done'): Promise<void> {
    return markParts(this.#client, ids, state);
  }

  amendFile(fileId: number, counts: Counts, reasons: ReasonCounts): Promise<void> {
    return amendFile(this.#client, fileId, counts, reasons);
  }
}

function line(fields: readonly (string | number | undefined)[]): string {
  return `${fields.map((field) => (typeof field === 'number' ? String(field) : copyField(field))).join('\t')}\n`;
}

function* chunksOf<T>(records: readonly T[], format: (record: T) => string): Generator<string> {
  let chunk = '';
  for (const record of records) {
    chunk += format(record);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
