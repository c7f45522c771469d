import type pg from 'pg';
import type { CardBooks, CardLink } from '#operations/cards/ports.ts';
import { formatTimestamptz } from '../column-types.ts';

/** A page is used again while it is open for so long at least. */
const LEAST_OPEN_MICROS = 600_000_000;

interface LinkRow {
  readonly link_id: bigint;
  readonly legal_entity: string;
  readonly document: string;
  readonly account: string;
  readonly currency: string;
  readonly amount: string;
  readonly provider_id: string | null;
  readonly url: string | null;
  readonly expires_at: number | null;
}

const COLUMNS = 'link_id, legal_entity, document, account, currency, amount_nanos::text as amount, provider_id, url, expires_at';

export function cardBooksOn(client: pg.ClientBase): CardBooks {
  return {
    async linkFor({ legalEntity, document, account, currency, amountNanos }, by, nowMicros) {
      await client.query("select pg_advisory_xact_lock(hashtextextended('carillon card ' || $1 || ' ' || $2, 0))", [legalEntity, document]);
      const { rows } = await client.query<LinkRow>(
        `select ${COLUMNS} from card_link where legal_entity = $1 and document = $2 and currency = $3 and amount_nanos = $4
            and (expires_at is null or expires_at > $5) order by link_id desc limit 1`,
        [legalEntity, document, currency, amountNanos, formatTimestamptz(nowMicros + LEAST_OPEN_MICROS)],
      );
      if (rows[0] !== undefined) return linkOf(rows[0]);
      const made = await client.query<LinkRow>(
        `insert into card_link (legal_entity, document, account, currency, amount_nanos, made_by) values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
        [legalEntity, document, account, currency, amountNanos, by],
      );
      const [row] = made.rows;
      if (row === undefined) throw new Error('the link was not entered');
      return linkOf(row);
    },
    async setPage(linkId, { providerId, url, expiresMicros }) {
      await client.query('update card_link set provider_id = $2, url = $3, expires_at = $4 where link_id = $1', [
        ...[linkId, providerId, url],
        formatTimestamptz(expiresMicros),
      ]);
    },
    async linkOf(providerId) {
      const { rows } = await client.query<LinkRow>(`select ${COLUMNS} from card_link where provider_id = $1`, [providerId]);
      return rows[0] === undefined ? undefined : linkOf(rows[0]);
    },
    async begin(eventId) {
      await client.query("select pg_advisory_xact_lock(hashtextextended('carillon card event ' || $1, 0))", [eventId]);
      const { rowCount } = await client.query('select from card_event where event_id = $1', [eventId]);
      return rowCount === 0;
    },
    async attempt(work) {
      await client.query('savepoint card_event');
      try {
        const value = await work();
        await client.query('release savepoint card_event');
        return value;
      } catch (error) {
        await client.query('rollback to savepoint card_event');
        throw error;
      }
    },
    async save({ eventId, type, createdMicros, content }, outcome, said) {
      await client.query('insert into card_event (event_id, type, created_at, outcome, said, content) values ($1, $2, $3, $4, $5, $6)', [
        ...[eventId, type, formatTimestamptz(createdMicros)],
        ...[outcome, said, JSON.stringify(content)],
      ]);
    },
    async lastEvent() {
      const { rows } = await client.query<{ last: number | null }>('select max(created_at) as last from card_event');
      return rows[0]?.last ?? undefined;
    },
  };
}

function linkOf(row: LinkRow): CardLink {
  return {
    linkId: row.link_id,
    legalEntity: row.legal_entity,
    document: row.document,
    account: row.account,
    currency: row.currency,
    amountNanos: BigInt(row.amount),
    providerId: row.provider_id ?? undefined,
    url: row.url ?? undefined,
    expiresMicros: row.expires_at ?? undefined,
  };
}

export interface StoredEvent {
  readonly eventId: string;
  readonly type: string;
  readonly receivedMicros: number;
  readonly outcome: 'booked' | 'noted' | 'held';
  readonly said: string;
  readonly seenBy: string | undefined;
}

/** Newest first; of a page, those older than one. */
export async function listCardEvents(
  pool: pg.Pool,
  held: boolean,
  limit: number,
  before?: Pick<StoredEvent, 'receivedMicros' | 'eventId'>,
): Promise<readonly StoredEvent[]> {
  const { rows } = await pool.query<{
    event_id: string;
    type: string;
    received_at: number;
    outcome: StoredEvent['outcome'];
    said: string;
    seen_by: string | null;
  }>(
    `select event_id, type, received_at, outcome, said, seen_by from card_event
      where (not $1 or (outcome = 'held' and seen_by is null)) and ($3::timestamptz is null or (received_at, event_id) < ($3, $4))
      order by received_at desc, event_id desc limit $2`,
    [held, limit, before === undefined ? null : formatTimestamptz(before.receivedMicros), before?.eventId ?? null],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    receivedMicros: row.received_at,
    outcome: row.outcome,
    said: row.said,
    seenBy: row.seen_by ?? undefined,
  }));
}

/** False when no such event waits. */
export async function markSeen(pool: pg.Pool, eventId: string, by: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "update card_event set seen_by = $2, seen_at = clock_timestamp() where event_id = $1 and outcome = 'held' and seen_by is null",
    [eventId, by],
  );
  return rowCount === 1;
}
