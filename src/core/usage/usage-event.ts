import type { Enrichment } from './enrichment.ts';

/**
 * The one normalised usage event that every source produces. Immutable.
 *
 * Times are whole microseconds: since 1970-01-01T00:00Z for instants, plain for durations. Both
 * stay below 2^53, which a source checks before it makes an event.
 */
export const services = ['voice', 'sms', 'mms', 'data', 'content', 'event'] as const;
export type Service = (typeof services)[number];

/** A longer post-dial delay is none: an hour, where networks give up after minutes. */
export const MOST_PDD_MILLIS = 3_600_000;

export interface UsageEvent {
  /** Unique within the source: what deduplication compares. */
  readonly id: string;
  readonly source: string;
  readonly service: Service;
  readonly startMicros: number;
  /** E.164 digits without a plus; undefined when withheld or unknown. For data: the subscriber (MSISDN or IMSI). */
  readonly calling?: string;
  /** E.164 digits without a plus; for data, content and events: the number or code that rates match (may be empty). */
  readonly called: string;
  /** Name of the configured trunk (never the switch's own name, unless none is configured for that). */
  readonly trunkIn?: string;
  readonly trunkOut?: string;
  /** Voice: whether the call was answered. Messages: whether delivered. Others: true. */
  readonly answered: boolean;
  /** Voice: from answer to end. 0 for others. */
  readonly durationMicros: number;
  /** Messages: parts (at least 1). Content and events: units. 0 for voice and data. */
  readonly quantity: number;
  /** Data: bytes from the subscriber (up) and to it (down). Messages: size in bytesDown. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Content: the price to the customer, in nanos, and its currency. */
  readonly priceNanos?: bigint;
  readonly priceCurrency?: string;
  readonly serviceClass?: string;
  readonly ratingGroup?: string;
  /** APN or DNN. */
  readonly apn?: string;
  /** Release cause as the source gave it (Q.850 number, SIP status or name). */
  readonly cause?: string;
  /**
   * Voice: post-dial delay, milliseconds from the first signal until the called side rang or was heard (early media); undefined where the
   * source does not say it.
   */
  readonly pddMillis?: number;
  /** What normalising and enriching found out beside it. */
  readonly enriched?: Enrichment;
}
