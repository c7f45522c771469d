/** Up to where the partitions of a topic are in the books. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { TopicStore } from '#operations/collecting/ports.ts';
import type { TopicMove } from '#pipeline/ports.ts';

/**
 * Moves a position on and forgets the stretch that ends there; in the transaction that books the stretch's last records.
 * Throws RefusedError (`collect.position-moved`) when the position is elsewhere: another collector has booked it.
 */
export async function moveTopicPosition(client: pg.ClientBase, { source, topic, partition, from, to }: TopicMove): Promise<void> {
  const { rowCount } = await client.query(
    'update kafka_position set next_offset = $5 where source = $1 and topic = $2 and partition = $3 and next_offset = $4',
    [source, topic, partition, from, to],
  );
  if (rowCount !== 1)
    throw new RefusedError(refuse('collect.position-moved', `partition ${partition} of ${topic} is no longer at offset ${from}`));
  await client.query('delete from kafka_stretch where source = $1 and topic = $2 and partition = $3 and next_offset <= $4', [
    source,
    topic,
    partition,
    to,
  ]);
}

/** The tables `kafka_position` and `kafka_stretch`. Each call is a transaction of its own. */
export function topicStore(pool: pg.Pool): TopicStore {
  return {
    async position(source, topic, partition, first) {
      await pool.query(
        'insert into kafka_position (source, topic, partition, next_offset) values ($1, $2, $3, $4) on conflict do nothing',
        [source, topic, partition, first],
      );
      const { rows } = await pool.query<{ next_offset: bigint }>(
        'select next_offset from kafka_position where source = $1 and topic = $2 and partition = $3',
        [source, topic, partition],
      );
      return rows[0]?.next_offset ?? first;
    },
    async begun(source, topic, partition) {
      const { rows } = await pool.query<{ first_offset: bigint; next_offset: bigint }>(
        'select first_offset, next_offset from kafka_stretch where source = $1 and topic = $2 and partition = $3',
        [source, topic, partition],
      );
      return rows[0] === undefined ? undefined : { first: rows[0].first_offset, next: rows[0].next_offset };
    },
    async begin(source, topic, partition, { first, next }) {
      const { rowCount } = await pool.query(
        `insert into kafka_stretch (source, topic, partition, first_offset, next_offset)
         select source, topic, partition, next_offset, $5 from kafka_position
          where source = $1 and topic = $2 and partition = $3 and next_offset = $4
         on conflict do nothing`,
        [source, topic, partition, first, next],
      );
      return rowCount === 1;
    },
    async skip(source, topic, partition, { first, next }) {
      const { rowCount } = await pool.query(
        `update kafka_position p set next_offset = $5 where source = $1 and topic = $2 and partition = $3 and next_offset = $4
           and not exists (select from kafka_stretch s where (s.source, s.topic, s.partition) = (p.source, p.topic, p.partition))`,
        [source, topic, partition, first, next],
      );
      return rowCount === 1;
    },
  };
}
