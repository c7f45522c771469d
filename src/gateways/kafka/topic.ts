/**
 * A topic of a Kafka broker, read without joining a group: which partition is whose, and where to begin in it, is decided
 * in the database (docs/decisions/0006-collecting.md).
 */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Admin, Consumer } from '@platformatic/kafka';
import { RefusedError, refuse } from '#core/refusals.ts';
import { PATIENCE, type Patience, type Topic, type TopicMessages } from '#operations/collecting/ports.ts';
import { reasonOf } from './reasons.ts';
import { messagesOf } from './records.ts';

export interface TopicAccount {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly tls: boolean;
  /** PEM; undefined: the authorities that Node knows. */
  readonly authority: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  /** The name under which the broker is told how far we are. */
  readonly group: string;
}

/** What a broker may send at once of a partition. A longer message comes whole all the same. */
const FETCH_BYTES = 8 * 1024 * 1024;
/** What a stretch may hold at most, in memory. */
const STRETCH_BYTES = 64 * 1024 * 1024;
const FETCH_WAIT_MS = 500;
const READ_COMMITTED = 1;
const EARLIEST = -2n;
const LATEST = -1n;

/** Throws RefusedError (`collect.key-unreadable`) when the authority is no certificate. */
export function kafkaTopic(account: TopicAccount, patience: Patience = PATIENCE): Topic {
  if (account.authority !== undefined && !isCertificate(account.authority))
    throw new RefusedError(refuse('collect.key-unreadable', 'authority holds no certificates in the form of PEM'));
  return new KafkaTopic(account, patience);
}

class KafkaTopic implements Topic {
  readonly #account: TopicAccount;
  readonly #patience: Patience;
  readonly #consumer: Consumer;
  readonly #onlookers: Admin;

  constructor(account: TopicAccount, patience: Patience) {
    this.#account = account;
    this.#patience = patience;
    const { brokers, user, password, mechanism, tls, authority, group, topic } = account;
    const connection = {
      clientId: 'carillon',
      bootstrapBrokers: [...brokers],
      connectTimeout: patience.connectMs,
      requestTimeout: patience.answerMs,
      timeout: patience.answerMs,
      retries: 2,
      ...(tls ? { tls: authority === undefined ? {} : { ca: authority }, tlsServerName: brokers.every(isName) } : {}),
      ...(user === undefined || password === undefined ? {} : { sasl: { mechanism, username: user, password } }),
    };
    this.#consumer = new Consumer({ ...connection, groupId: group, autocommit: false, isolationLevel: READ_COMMITTED });
    this.#consumer.topics.trackAll(topic);
    this.#onlookers = new Admin(connection);
  }

  async partitions(): Promise<readonly number[]> {
    const { topic } = this.#account;
    return this.#named('its partitions', async () => {
      const { topics } = await this.#consumer.metadata({ topics: [topic], forceUpdate: true, autocreateTopics: false });
      const known = topics.get(topic);
      if (known === undefined) throw new Error('there is no such topic');
      return Array.from({ length: known.partitionsCount }, (_, partition) => partition);
    });
  }

  async bounds(partition: number): Promise<{ readonly first: bigint; readonly end: bigint }> {
    const [first, end] = await Promise.all([this.#offset(partition, EARLIEST), this.#offset(partition, LATEST)]);
    return { first, end };
  }

  async read(partition: number, from: bigint, limits: { readonly messages: number; readonly before?: bigint }): Promise<TopicMessages> {
    const values: Buffer[] = [];
    let next = from;
    let bytes = 0;
    while (values.length < limits.messages && bytes < STRETCH_BYTES && (limits.before === undefined || next < limits.before)) {
      const got = await this.#fetch(partition, next, { ...limits, messages: limits.messages - values.length });
      if (got.next === next) break;
      for (const value of got.values) {
        values.push(value);
        bytes += value.length;
      }
      next = got.next;
    }
    return { values, next };
  }

  async #fetch(partition: number, from: bigint, limits: { readonly messages: number; readonly before?: bigint }) {
    const { topic } = this.#account;
    return this.#named(`partition ${partition} from offset ${from}`, async () => {
      const metadata = await this.#consumer.metadata({ topics: [topic] });
      const known = metadata.topics.get(topic);
      const place = known?.partitions[partition];
      if (known === undefined || place === undefined) throw new Error('there is no such partition');
      const wanted = {
        partition,
        currentLeaderEpoch: place.leaderEpoch,
        fetchOffset: from,
        lastFetchedEpoch: -1,
        partitionMaxBytes: FETCH_BYTES,
      };
      const answer = await this.#consumer.fetch({
        node: place.leader,
        maxWaitTime: FETCH_WAIT_MS,
        minBytes: 1,
        maxBytes: FETCH_BYTES,
        isolationLevel: READ_COMMITTED,
        topics: [{ topicId: known.id, partitions: [wanted] }],
      });
      const fetched = answer.responses.flatMap(({ partitions }) => partitions).find(({ partitionIndex }) => partitionIndex === partition);
      return messagesOf(fetched?.records ?? [], fetched?.abortedTransactions ?? [], from, limits);
    });
  }

  async tell(partition: number, next: bigint): Promise<void> {
    const { group, topic } = this.#account;
    const topics = [{ name: topic, partitionOffsets: [{ partition, offset: next }] }];
    await this.#named(`partition ${partition}`, () => this.#onlookers.alterConsumerGroupOffsets({ groupId: group, topics }));
  }

  async close(): Promise<void> {
    // The broker is away: it notices by itself that we are.
    await Promise.allSettled([this.#consumer.close(true), this.#onlookers.close()]);
  }

  async #offset(partition: number, timestamp: bigint): Promise<bigint> {
    const { topic } = this.#account;
    return this.#named(`partition ${partition}`, async () => {
      const partitions = { [topic]: [partition] };
      const offsets = await this.#consumer.listOffsets({ topics: [topic], partitions, timestamp, isolationLevel: READ_COMMITTED });
      const offset = offsets.get(topic)?.[partition];
      if (offset === undefined) throw new Error('the broker says no offset');
      return offset;
    });
  }

  /** Every call ends in time, and says where it failed. */
  async #named<T>(what: string, work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const limit = this.#patience.connectMs + this.#patience.answerMs;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limit / 1000} s`)), limit);
    });
    try {
      return await Promise.race([work(), over]);
    } catch (error) {
      const { topic, brokers } = this.#account;
      throw new RefusedError(refuse('collect.place-unreachable', `${topic} at ${brokers.join(', ')}, ${what}: ${reasonOf(error)}`));
    } finally {
      clearTimeout(timer);
    }
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}

/** A server may have several certificates, and is told the name that is wanted; an address must not be told (RFC 6066 §3). */
function isName(broker: string): boolean {
  return isIP(broker.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')) === 0;
}
