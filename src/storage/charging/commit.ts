/** What a batch comes to, as the steps of one commit: only those that it has something for, each with an array for each column. */
import type { BalanceChange } from '#core/charging/decision.ts';
import type { BatchWrites, RowWrites } from '#engine/ports.ts';
import { int2Column, int4Column, int8Column, itself, jsonColumn, textArray, textColumn } from './binary-arrays.ts';
import { toExactJson } from './exact-json.ts';
import { jsonOfKept } from './packed-account/kept-account.ts';
import { packStates } from './packed-states.ts';
import { type Statement, type Step, statement } from './pipeline.ts';

const LOG = statement(
  'charging_commit_log',
  'insert into charging_log (engine_id, sequence, accounts, versions, last_entries, states) values ($1, $2, $3, $4, $5, $6)',
);
const JOURNAL = statement(
  'charging_commit_journal',
  `insert into charging_journal (entry_id, previous_id, at_micros, before, after, number, bucket, account_id, definition, unit, cause, cause_of, note)
     select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[])`,
);
/** Of those that were opened nothing is told yet. */
const SESSIONS = statement(
  'charging_commit_sessions',
  `insert into charging_session as s (session_id, account_id, closed_micros, number, answer)
     select u.session_id, u.account_id, nullif(u.closed_micros, 0), case when u.closed_micros <> 0 then u.number end, u.answer
       from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::json[]) as u(session_id, account_id, closed_micros, number, answer)
     on conflict (session_id) do update set account_id = excluded.account_id, closed_micros = excluded.closed_micros,
       number = excluded.number, answer = excluded.answer`,
);
const USAGE = statement(
  'charging_commit_usage',
  'insert into charging_usage (record_id, account_id, record) select * from unnest($1::text[], $2::text[], $3::json[])',
);
const COMMANDS = statement('charging_commit_commands', 'select charging_write_commands($1, $2, $3, $4, $5)');
const UNNAMED = statement(
  'charging_commit_unnamed',
  'delete from charging_identity i using unnest($1::text[]) as u(identity) where i.identity = u.identity',
);
const NAMED = statement(
  'charging_commit_named',
  'insert into charging_identity (identity, account_id) select * from unnest($1::text[], $2::text[])',
);
const TELL = statement('charging_commit_tell', 'select charging_tell($1, $2, $3, $4, $5)');
const ROWS = statement('charging_write_rows', 'select charging_write_rows($1, $2, $3, $4, $5, $6, $7, $8)');
const ADOPTED = statement(
  'charging_written_adopted',
  'delete from charging_adopted p using unnest($1::text[]) as u(account_id) where p.account_id = u.account_id',
);
/**
 * Last of all, so that nobody is kept waiting for longer than the commit itself takes. Behind it only what who ends this engine writes, too: before it each would wait for the
 * other. Until the commit who deposes this engine waits (`charging_depose`), and who is asked for it later is seen to be deposed by the statement that follows: a statement sees
 * what was committed before it began.
 */
const lockOf = (of: string): Statement => statement(`${of}_lock`, 'select pg_advisory_xact_lock_shared(732110945, $1)');
/** Epochs only grow, so that their sum says of all shards at once whether one is another engine's by now. */
const heldOf = (of: string): Statement =>
  statement(
    `${of}_held`,
    `select charging_not_held($1) where not exists (select from charging_engine e where e.engine_id = $1 and e.deposed_at is null)
       or (select count(*) <> cardinality($2::smallint[]) or coalesce(sum(s.epoch), 0) <> $3
             from charging_shard s where s.engine_id = $1 and s.shard = any($2))`,
  );
const HOLD_COMMIT = { lock: lockOf('charging_commit'), held: heldOf('charging_commit') };
const HOLD_ROWS = { lock: lockOf('charging_write_rows'), held: heldOf('charging_write_rows') };

/** Of rows beside commits. */
export function rowSteps({ engineId, shards, rows }: RowWrites): Step[] {
  return [...stepsOfRows(rows), ...hold(HOLD_ROWS, engineId, shards), ...stepsOfAdopted(rows)];
}

function stepsOfAdopted(rows: RowWrites['rows']): Step[] {
  const adopted = rows.filter(({ isAdopted }) => isAdopted).map(({ id }) => id);
  return adopted.length === 0 ? [] : [{ statement: ADOPTED, values: [textArray(adopted)] }];
}

function stepsOfRows(rows: RowWrites['rows']): Step[] {
  if (rows.length === 0) return [];
  return [
    {
      statement: ROWS,
      values: [
        textColumn(rows, ({ id }) => id),
        int2Column(rows, ({ shard }) => shard),
        int8Column(rows, ({ epoch }) => epoch),
        int8Column(rows, ({ before }) => before),
        int8Column(rows, ({ version }) => version),
        int8Column(rows, ({ lastEntry }) => lastEntry),
        int8Column(rows, ({ dueMicros }) => dueMicros),
        jsonColumn(rows, ({ id, text }) => jsonOfKept(id, text)),
      ],
    },
  ];
}

function hold({ lock, held }: typeof HOLD_COMMIT, engineId: number, shards: RowWrites['shards']): Step[] {
  let epochs = 0n;
  for (const epoch of shards.values()) epochs += epoch;
  return [
    { statement: lock, values: [engineId] },
    { statement: held, values: [engineId, int2Column([...shards.keys()], itself), String(epochs)] },
  ];
}

/** Throws a RangeError for an amount that 64 bits do not hold. */
export function commitSteps(writes: BatchWrites): Step[] {
  const { engineId, logged, rows, entries, opened, closed, usage, commands, identitiesRemoved, identitiesAdded, notices } = writes;
  const steps: Step[] = [];
  if (logged.length > 0)
    steps.push({
      statement: LOG,
      values: [
        ...[engineId, writes.sequence],
        textColumn(logged, ({ id }) => id),
        int8Column(logged, ({ version }) => version),
        int8Column(logged, ({ lastEntry }) => lastEntry),
        packStates(logged.map(({ text }) => text)),
      ],
    });
  steps.push(...stepsOfRows(rows));
  if (entries.length > 0) steps.push({ statement: JOURNAL, values: journalArrays(entries) });
  if (opened.length > 0 || closed.length > 0) steps.push({ statement: SESSIONS, values: sessionArrays(opened, closed) });
  if (usage.length > 0)
    steps.push({
      statement: USAGE,
      values: [textColumn(usage, ({ id }) => id), textColumn(usage, ({ account }) => account), jsonColumn(usage, toExactJson)],
    });
  if (commands.length > 0)
    steps.push({
      statement: COMMANDS,
      values: [
        textColumn(commands, ({ command }) => command.key),
        textColumn(commands, ({ account }) => account),
        jsonColumn(commands, ({ command }) => toExactJson(command)),
        textColumn(commands, ({ result }) => result.kind),
        jsonColumn(commands, ({ result }) => toExactJson(result)),
      ],
    });
  if (identitiesRemoved.length > 0) steps.push({ statement: UNNAMED, values: [textArray(identitiesRemoved)] });
  if (identitiesAdded.length > 0)
    steps.push({
      statement: NAMED,
      values: [textColumn(identitiesAdded, ({ identity }) => identity), textColumn(identitiesAdded, ({ account }) => account)],
    });
  if (notices.length > 0) steps.push({ statement: TELL, values: noticeArrays(notices) });
  steps.push(...hold(HOLD_COMMIT, engineId, writes.shards), ...stepsOfAdopted(rows));
  return steps;
}

/** Begun ones have an account only. */
type Told = BatchWrites['opened'][number] & Partial<BatchWrites['closed'][number]>;

function sessionArrays(opened: BatchWrites['opened'], closed: BatchWrites['closed']): Buffer[] {
  const told: readonly Told[] = [...opened, ...closed];
  return [
    textColumn(told, ({ session }) => session),
    textColumn(told, ({ account }) => account),
    int8Column(told, ({ closedMicros }) => closedMicros ?? 0),
    int8Column(told, ({ number }) => number ?? 0),
    jsonColumn(told, ({ answer }) => (answer === undefined ? null : toExactJson(answer))),
  ];
}

function journalArrays(entries: BatchWrites['entries']): Buffer[] {
  const changes = entries.map(({ change }) => change);
  const causes = changes.map(causeOf);
  return [
    int8Column(entries, ({ entryId }) => entryId),
    int8Column(entries, ({ previousId }) => previousId),
    int8Column(changes, ({ atMicros }) => atMicros),
    int8Column(changes, ({ before }) => before),
    int8Column(changes, ({ after }) => after),
    int8Column(causes, ({ number }) => number),
    int4Column(changes, ({ bucket }) => bucket),
    textColumn(changes, ({ account }) => account),
    textColumn(changes, ({ definition }) => definition),
    textColumn(changes, ({ unit }) => unit),
    textColumn(causes, ({ kind }) => kind),
    textColumn(causes, ({ of }) => of),
    textColumn(causes, ({ note }) => note),
  ];
}

function noticeArrays(notices: BatchWrites['notices']): Buffer[] {
  return [
    textColumn(notices, ({ event }) => event.account),
    int8Column(notices, ({ atMicros }) => atMicros),
    textColumn(notices, ({ event }) => event.kind),
    textColumn(notices, ({ onceKey }) => onceKey ?? null),
    jsonColumn(notices, ({ event }) => toExactJson(event)),
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
