import { kafkaTopic } from '#gateways/kafka/topic.ts';
import { collectSource } from '#operations/collecting/collect-source.ts';
import { collectTopic, type TopicSource } from '#operations/collecting/collect-topic.ts';
import type { LoadedIntoBooks, Place, Topic } from '#operations/collecting/ports.ts';
import type { UsageTransaction } from '#pipeline/ports.ts';
import { collectingStore } from '#storage/collecting/collecting-store.ts';
import { partitionTurns } from '#storage/collecting/partition-turns.ts';
import { openStretchFiles } from '#storage/collecting/stretch-files.ts';
import { topicStore } from '#storage/collecting/topic-positions.ts';
import type { Collector, SourceReader } from './collector.ts';
import { loadCollected } from './load-collected.ts';
import { closedPlace, closedTopic, openPlace } from './places.ts';
import { readOptionalSecret } from './secrets.ts';
import type { CollectedSource } from './sources.ts';

export function readerOf(source: CollectedSource, collector: Collector): SourceReader {
  const { place } = source.collecting;
  return place.kind === 'kafka' ? topicReader({ ...source, place }, collector) : placeReader(source, collector);
}

const now = (): number => Date.now() * 1000;

function placeReader(source: CollectedSource, { home, spool, loading, events }: Collector): SourceReader {
  const { id } = source;
  let place: Place | undefined;
  let looked = false;
  return {
    async round(stopping) {
      let failed: unknown;
      const first = !looked;
      place ??= await openPlace(source, home.dataFolder, spool).catch((error: unknown) => {
        failed = error;
        return undefined;
      });
      const result = await collectSource(source, {
        first: () => first,
        place: place ?? closedPlace(failed),
        store: collectingStore(home.database.pool),
        load: (files) => loading.take(() => loadCollected(home, id, files, (report) => events.onFile(id, report))),
        now,
        stopping,
      });
      looked ||= result.reached;
      return result;
    },
    async close() {
      const open = place;
      place = undefined;
      await open?.close();
    },
  };
}

function topicReader(source: TopicSource, { home, loading, events }: Collector): SourceReader {
  const { id, place } = source;
  const turns = partitionTurns(home.database.pool, id);
  let topic: Topic | undefined;
  const open = async (): Promise<Topic> => {
    const password = await readOptionalSecret(place.password);
    const authority = await readOptionalSecret(place.authority);
    return kafkaTopic({ ...place, authority, user: place.user, password, group: place.group ?? `carillon-${id}` });
  };
  return {
    async round(stopping) {
      let failed: unknown;
      topic ??= await open().catch((error: unknown) => {
        failed = error;
        return undefined;
      });
      return collectTopic(source, {
        topic: topic ?? closedTopic(failed),
        store: collectingStore(home.database.pool),
        positions: topicStore(home.database.pool),
        turns,
        files: await openStretchFiles(home.dataFolder, id),
        load: async (path, name, partition, { first, next }) => {
          const move = { source: id, topic: place.topic, partition, from: first, to: next };
          const file = { path, name, unchanged: async () => undefined, atEnd: (books: BooksOfFile) => books.moveTopicPosition(move) };
          const [loaded] = await loading.take(() => loadCollected(home, id, [file], (report) => events.onFile(id, report)));
          return loaded as LoadedIntoBooks; // of the one file
        },
        now,
        stopping,
      });
    },
    async close() {
      const before = topic;
      topic = undefined;
      await Promise.all([before?.close(), turns.close()]);
    },
  };
}

/** What a file's last transaction lets others do. */
type BooksOfFile = Pick<UsageTransaction, 'moveTopicPosition'>;
