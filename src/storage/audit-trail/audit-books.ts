/** The audit trail in PostgreSQL: searched, and its chain checked. */
import type { ActorKind, AuditBooks, AuditEntry, Stage } from '#operations/audit-trail/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';
import { appendEntry } from './append.ts';

interface EntryRow {
  readonly sequence: bigint;
  readonly at: number;
  readonly stage: Stage;
  readonly actor_kind: ActorKind;
  readonly actor: string;
  readonly operation: string;
  readonly subject_kind: string;
  readonly subject: string;
  readonly party: string | null;
  readonly request_id: string | null;
  readonly follows: bigint | null;
  readonly code: string | null;
  readonly hash: Buffer;
  readonly name: string | null;
  readonly address: string | null;
  readonly session: string | null;
  readonly asked: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

const MOST_FAULTS = 20;

export function auditBooksOn({ pool }: Database): AuditBooks {
  return {
    append: (entry) => appendEntry(pool, entry),
    async list({ who, operation, subjectKind, subject, stage, fromMicros, toMicros }, before, most) {
      // Somebody's id stands in one table and the name in the other, and so do subjects that are people: each is looked for with its own index.
      const some = (whose: string): string =>
        `select e.sequence from audit_entry e left join audit_content c using (sequence)
          where ${whose} and ($2::text is null or e.operation = $2) and ($3::text is null or e.subject_kind = $3)
            and ($5::text is null or e.stage = $5)
            and ($6::timestamptz is null or e.at >= $6) and ($7::timestamptz is null or e.at < $7)`;
      const page = (whose: string, sequence: string): string =>
        `(${some(whose)} and ($8::bigint is null or ${sequence} < $8) order by ${sequence} desc limit $9)`;
      const whos =
        who === undefined
          ? [['$1::text is null', 'e.sequence']]
          : [
              ['e.actor = $1', 'e.sequence'],
              ['c.name = $1', 'c.sequence'],
            ];
      const subjects = subject === undefined ? ['$4::text is null'] : ['e.subject = $4', 'c.subject = $4'];
      const pages = whos.flatMap(([whose = '', sequence = '']) => subjects.map((about) => page(`${whose} and ${about}`, sequence)));
      const { rows } = await pool.query<EntryRow>(
        `with page as (${pages.join(' union ')})
         select e.sequence, e.at, e.stage, e.actor_kind, e.actor, e.operation, e.subject_kind, coalesce(c.subject, e.subject) as subject, e.party,
                e.request_id, e.follows, e.code, e.hash, c.name, c.address, c.session, c.asked, c.before, c.after
           from page join audit_entry e using (sequence) left join audit_content c using (sequence)
          order by e.sequence desc limit $9`,
        [
          ...[who ?? null, operation ?? null, subjectKind ?? null, subject ?? null, stage ?? null],
          ...[instant(fromMicros), instant(toMicros), before ?? null, most],
        ],
      );
      return rows.map(entryFrom);
    },
    async has(hash) {
      return (await pool.query(`select from audit_entry where hash = decode($1, 'hex')`, [hash])).rowCount === 1;
    },
    async verify() {
      // In one statement, so that the head is that of the entries.
      const { rows } = await pool.query<{
        readonly entries: number;
        readonly erased: number;
        readonly head: string;
        readonly faults: readonly (readonly [sequence: string, said: string])[];
      }>(
        `with walked as (
           select e.sequence, e.hash, coalesce(lag(e.hash) over w, decode(repeat('00', 32), 'hex')) as previous,
                  row_number() over w as place, e as entry, c as content, c.sequence is null as erased
             from audit_entry e left join audit_content c using (sequence) window w as (order by e.sequence)
         ), judged as (
           select sequence, erased, hash,
                  case when sequence <> place then 'an entry before it is missing'
                       when hash <> audit_entry_hash(previous, entry) then 'it, or one before it, is not what its hash says'
                       when not erased and (entry).content_hash <> audit_content_hash(content) then 'its content is not what its hash says'
                  end as said
             from walked
         ), ended as (
           select h.sequence, 'the chain has another end than its head says' as said
             from audit_head h left join lateral (select sequence, hash from judged order by sequence desc limit 1) j on true
            where h.sequence <> coalesce(j.sequence, 0) or (j.hash is not null and h.hash <> j.hash)
         )
         select (select count(*) from judged)::int as entries, (select count(*) from judged where erased)::int as erased,
                (select encode(hash, 'hex') from audit_head) as head,
                coalesce((select json_agg(json_build_array(sequence::text, said))
                            from (select sequence, said from judged where said is not null union all select * from ended
                                   order by 1 limit ${MOST_FAULTS}) f), '[]') as faults`,
      );
      const [row] = rows;
      if (row === undefined) throw new Error('a count has a row');
      return { ...row, faults: row.faults.map(([sequence, said]) => ({ sequence: BigInt(sequence), said })) };
    },
  };
}

function entryFrom(row: EntryRow): AuditEntry {
  return {
    ...{ sequence: row.sequence, atMicros: row.at, stage: row.stage, operation: row.operation, hash: row.hash.toString('hex') },
    actor: {
      ...{ kind: row.actor_kind, id: row.actor, name: row.name ?? '', address: row.address ?? undefined },
      ...{ session: row.session ?? undefined, party: row.party ?? undefined },
    },
    subject: { kind: row.subject_kind, id: row.subject },
    ...{ requestId: row.request_id ?? undefined, asked: row.asked ?? undefined, before: row.before ?? undefined },
    ...{ after: row.after ?? undefined, follows: row.follows ?? undefined, code: row.code ?? undefined, isErased: row.name === null },
  };
}

function instant(micros: number | undefined): string | null {
  return micros === undefined ? null : formatTimestamptz(micros);
}
