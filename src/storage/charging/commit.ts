/** What a batch comes to, as the parameters of charging_commit (migrations/272_charging_packed.sql): an array for each part. */
import type { BalanceChange } from '#core/charging/decision.ts';
import type { BatchWrites, RowWrites } from '#engine/ports.ts';
import { int2Array, int4Array, int8Array, jsonArray, textArray } from './binary-arrays.ts';
import { toExactJson } from './exact-json.ts';
import { jsonOfKept } from './packed-account/kept-account.ts';
import { packStates } from './packed-states.ts';

const PARAMETERS = 48;

const NOTHING = Buffer.alloc(0);

/** Prepared under its name: parsed once a connection. */
export const COMMIT = {
  name: 'charging_commit',
  text: `select charging_commit(${Array.from({ length: PARAMETERS }, (_, index) => `$${index + 1}`).join(', ')})`,
};

/** The same where there is something to tell: in one statement, so in one commit. */
export const COMMIT_AND_TELL = {
  name: 'charging_commit_and_tell',
  text: `${COMMIT.text}, charging_tell(${Array.from({ length: 5 }, (_, index) => `$${PARAMETERS + index + 1}`).join(', ')})`,
};

/** Rows beside commits: migrations/271_charging_rows.sql. */
export const WRITE_ROWS = {
  name: 'charging_write_rows',
  text: 'select charging_write_rows($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
};

/** In the order of its parameters. */
export function rowParameters({ engineId, shards, rows }: RowWrites): (Buffer | number)[] {
  return [engineId, int2Array([...shards.keys()]), int8Array([...shards.values()]), ...rowArrays(rows)];
}

function rowArrays(rows: RowWrites['rows']): Buffer[] {
  return [
    textArray(rows.map(({ id }) => id)),
    int2Array(rows.map(({ shard }) => shard)),
    int8Array(rows.map(({ epoch }) => epoch)),
    int8Array(rows.map(({ before }) => before)),
    int8Array(rows.map(({ version }) => version)),
    int8Array(rows.map(({ lastEntry }) => lastEntry)),
    int8Array(rows.map(({ dueMicros }) => dueMicros)),
    jsonArray(rows.map(({ id, text }) => jsonOfKept(id, text))),
    textArray(rows.filter(({ isAdopted }) => isAdopted).map(({ id }) => id)),
  ];
}

/** What COMMIT_AND_TELL has besides. */
export function tellParameters(notices: BatchWrites['notices']): Buffer[] {
  return [
    textArray(notices.map(({ event }) => event.account)),
    int8Array(notices.map(({ atMicros }) => atMicros)),
    textArray(notices.map(({ event }) => event.kind)),
    textArray(notices.map(({ onceKey }) => onceKey ?? null)),
    jsonArray(notices.map(({ event }) => toExactJson(event))),
  ];
}

/** In the order of the function's parameters. Throws a RangeError for an amount that 64 bits do not hold. */
export function commitParameters(writes: BatchWrites): (Buffer | number)[] {
  const { shards, logged, rows, entries, opened, closed, usage, commands, identitiesRemoved, identitiesAdded } = writes;
  const changes = entries.map(({ change }) => change);
  const causes = changes.map(causeOf);
  return [
    writes.engineId,
    int2Array([...shards.keys()]),
    int8Array([...shards.values()]),
    writes.sequence,
    textArray(logged.map(({ id }) => id)),
    int8Array(logged.map(({ version }) => version)),
    int8Array(logged.map(({ lastEntry }) => lastEntry)),
    logged.length === 0 ? NOTHING : packStates(logged.map(({ text }) => text)),
    ...rowArrays(rows),
    int8Array(entries.map(({ entryId }) => entryId)),
    int8Array(entries.map(({ previousId }) => previousId)),
    int8Array(changes.map(({ atMicros }) => atMicros)),
    int8Array(changes.map(({ before }) => before)),
    int8Array(changes.map(({ after }) => after)),
    int8Array(causes.map(({ number }) => number)),
    int4Array(changes.map(({ bucket }) => bucket)),
    textArray(changes.map(({ account }) => account)),
    textArray(changes.map(({ definition }) => definition)),
    textArray(changes.map(({ unit }) => unit)),
    textArray(causes.map(({ kind }) => kind)),
    textArray(causes.map(({ of }) => of)),
    textArray(causes.map(({ note }) => note)),
    textArray(opened.map(({ session }) => session)),
    textArray(opened.map(({ account }) => account)),
    textArray(closed.map(({ session }) => session)),
    textArray(closed.map(({ account }) => account)),
    int8Array(closed.map(({ closedMicros }) => closedMicros)),
    int8Array(closed.map(({ number }) => number)),
    jsonArray(closed.map(({ answer }) => toExactJson(answer))),
    textArray(usage.map(({ id }) => id)),
    textArray(usage.map(({ account }) => account)),
    jsonArray(usage.map(toExactJson)),
    textArray(commands.map(({ command }) => command.key)),
    textArray(commands.map(({ account }) => account)),
    jsonArray(commands.map(({ command }) => toExactJson(command))),
    textArray(commands.map(({ result }) => result.kind)),
    jsonArray(commands.map(({ result }) => toExactJson(result))),
    textArray(identitiesRemoved),
    textArray(identitiesAdded.map(({ identity }) => identity)),
    textArray(identitiesAdded.map(({ account }) => account)),
  ];
}

interface PlainCause {
  readonly kind: string;
  readonly of: string;
  readonly number: number;
  readonly note: string | null;
}

/** A command's cause is its kind; sessions have the number of the request beside them. */
function causeOf({ cause }: BalanceChange): PlainCause {
  switch (cause.kind) {
    case 'use':
    case 'refund':
      return { kind: cause.kind, of: cause.session, number: cause.number, note: cause.note ?? null };
    case 'command':
      return { kind: cause.command, of: cause.key, number: 0, note: cause.text ?? null };
    default:
      return { kind: cause.kind, of: cause.of, number: 0, note: null };
  }
}
