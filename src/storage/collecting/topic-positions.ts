/** Up to where the partitions of a topic are in the books. */
import type pg from 'pg';
import { RefusedError, refuse } from '#core/refusals.ts';
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
