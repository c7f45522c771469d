/**
 * One look at a topic: what came becomes files of the books, one stretch of a partition after the other. The offset in
 * the books moves in the transaction that books a stretch's last record, so nothing is lost or taken twice wherever a
 * process dies; a stretch that was begun is finished, with the very same bounds, before anything behind it is read.
 */
import { formatRefusal, RefusedError, refuse } from '#core/refusals.ts';
import type { Collecting, CollectingPlace } from '#core/usage/collecting.ts';
import type { CollectingResult } from './collect-source.ts';
import {
  type Alarm,
  alarmsOf,
  type CollectingStore,
  type LoadedIntoBooks,
  type PartitionTurns,
  type Stretch,
  type StretchFiles,
  type Topic,
  type TopicStore,
} from './ports.ts';

export interface TopicSource {
  readonly id: string;
  readonly collecting: Collecting;
  readonly place: Extract<CollectingPlace, { readonly kind: 'kafka' }>;
}

export interface TopicPorts {
  readonly topic: Topic;
  readonly store: CollectingStore;
  readonly positions: TopicStore;
  readonly turns: PartitionTurns;
  readonly files: StretchFiles;
  /** Puts the file into the books and moves the position, both or neither. Throws RefusedError (`collect.position-moved`). */
  load(path: string, name: string, partition: number, stretch: Stretch): Promise<LoadedIntoBooks>;
  now(): number;
  stopping(): boolean;
}

/** Never throws for what the broker or a message does: that is an alarm, and tried again later. */
export async function collectTopic(source: TopicSource, ports: TopicPorts): Promise<CollectingResult> {
  return new TopicRound(source, ports).run();
}

class TopicRound {
  readonly #source: TopicSource;
  readonly #ports: TopicPorts;
  readonly #alarms: Alarm[] = [];
  #loaded = 0;
  #refused = 0;
  #reached = true;

  constructor(source: TopicSource, ports: TopicPorts) {
    this.#source = source;
    this.#ports = ports;
  }

  async run(): Promise<CollectingResult> {
    const { id, place } = this.#source;
    const { topic, turns, store, now, stopping } = this.#ports;
    const failing: string[] = [];
    const others: string[] = [];
    let partitions: readonly number[] = [];
    try {
      partitions = await topic.partitions();
    } catch (error) {
      await this.#fail('', error);
      failing.push('');
    }
    for (const partition of partitions) {
      if (stopping()) break;
      try {
        const ours = await turns.alone(place.topic, partition, (still) => this.#readPartition(partition, still));
        if (!ours) others.push(this.#nameOf(partition));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        if (error.refusals.every(({ code }) => code === 'collect.position-moved')) continue; // another collector has it now
        const subject = this.#nameOf(partition);
        await this.#fail(subject, error);
        failing.push(subject);
      }
    }
    await store.clear(id, ['failing'], [...failing, ...others], now());
    await this.#lookAtSilence();
    return { loaded: this.#loaded, refused: this.#refused, waiting: 0, reached: this.#reached, alarms: this.#alarms };
  }

  async #readPartition(partition: number, still: () => boolean): Promise<void> {
    const { id, place } = this.#source;
    const { topic, positions, files, stopping } = this.#ports;
    const bounds = await topic.bounds(partition);
    while (still() && !stopping()) {
      const begun = await positions.begun(id, place.topic, partition);
      if (begun !== undefined) {
        if (!(await this.#book(partition, begun))) return;
        continue;
      }
      const from = await positions.position(id, place.topic, partition, bounds.first);
      if (from < bounds.first) {
        await this.#skipLost(partition, { first: from, next: bounds.first });
        continue;
      }
      if (from > bounds.end)
        throw this.#unreadable(partition, `the books are at offset ${from}, the topic ends at ${bounds.end}: it was made anew or cut`);
      if (from === bounds.end) return;
      const { values, next } = await topic.read(partition, from, { messages: place.batchMessages });
      if (next === from) return;
      const stretch = { first: from, next };
      if (values.length === 0) await positions.skip(id, place.topic, partition, stretch);
      else {
        await files.write(partition, stretch, values);
        // When another collector was quicker, its stretch is found in the next turn.
        await positions.begin(id, place.topic, partition, stretch);
      }
    }
  }

  /** False when the stretch was refused: the partition stands still until somebody has seen to it. */
  async #book(partition: number, stretch: Stretch): Promise<boolean> {
    const { id, place } = this.#source;
    const { topic, store, positions, files, load, now } = this.#ports;
    const name = `${this.#nameOf(partition)}/${stretch.first}-${stretch.next - 1n}`;
    const path = (await files.find(partition, stretch)) ?? (await this.#fetchAgain(partition, stretch));
    const result = await load(path, name, partition, stretch);
    const size = { name, version: `${stretch.first}-${stretch.next}`, sizeBytes: 0, modifiedMicros: now() };
    if (result.state === 'refused') {
      // Who was at it too has booked it meanwhile, and taken the file away.
      if ((await positions.begun(id, place.topic, partition))?.first !== stretch.first) return true;
      this.#refused += 1;
      this.#reached = false;
      await this.#raise({ kind: 'refused', subject: name, detail: result.refusals.map(formatRefusal).join('; ') });
      return false;
    }
    this.#loaded += 1;
    await store.settle(id, 'refused', name, now());
    await store.save(id, size, { state: 'loaded', fileId: result.fileId }, now());
    await files.remove(partition, stretch.next);
    await topic.tell(partition, stretch.next).catch(() => undefined); // for onlookers only
    for (const alarm of alarmsOf(name, result.differences)) await this.#raise(alarm);
    return true;
  }

  /** The file is not on this machine: the messages are, as long as the topic keeps them, and make the same file. */
  async #fetchAgain(partition: number, { first, next }: Stretch): Promise<string> {
    const values: Uint8Array[] = [];
    let at = first;
    while (at < next) {
      const read = await this.#ports.topic.read(partition, at, { messages: Number(next - at), before: next });
      if (read.next === at) throw this.#unreadable(partition, `messages ${at} to ${next - 1n} were begun to be booked and are gone`);
      values.push(...read.values);
      at = read.next;
    }
    return this.#ports.files.write(partition, { first, next }, values);
  }

  async #skipLost(partition: number, lost: Stretch): Promise<void> {
    const { id, place } = this.#source;
    if (!(await this.#ports.positions.skip(id, place.topic, partition, lost))) return;
    const subject = `${this.#nameOf(partition)}/${lost.first}-${lost.next - 1n}`;
    await this.#raise({ kind: 'gap', subject, detail: 'the topic no longer has these messages: they were never fetched' });
  }

  async #lookAtSilence(): Promise<void> {
    const { id, collecting } = this.#source;
    const { store, now } = this.#ports;
    if (collecting.silentMinutes === 0) return;
    const last = await store.lastSeen(id);
    if (last !== undefined && now() - last > collecting.silentMinutes * 60_000_000)
      await this.#raise({ kind: 'silent', subject: '', detail: `no new message for more than ${collecting.silentMinutes} minutes` });
    else await store.clear(id, ['silent'], [], now());
  }

  async #fail(subject: string, error: unknown): Promise<void> {
    this.#reached = false;
    if (this.#ports.stopping()) return; // who stops lets go of what hangs
    const detail =
      error instanceof RefusedError ? error.refusals.map(formatRefusal).join('; ') : error instanceof Error ? error.message : String(error);
    await this.#raise({ kind: 'failing', subject, detail });
  }

  async #raise(alarm: Alarm): Promise<void> {
    this.#alarms.push(...(await this.#ports.store.raise(this.#source.id, [alarm], this.#ports.now())));
  }

  #nameOf(partition: number): string {
    return `${this.#source.place.topic}/${partition}`;
  }

  #unreadable(partition: number, problem: string): RefusedError {
    return new RefusedError(refuse('collect.place-unreachable', `${this.#nameOf(partition)}: ${problem}`));
  }
}
