/** What the API takes on, and what it does not. */
import { defaultStreamLimits, type StreamLimits } from './event-stream.ts';

export interface ApiLimits {
  readonly mostBodyBytes: number;
  /** The whole of a request, headers and body; of a body that is a stream, the time in which nothing comes of it. */
  readonly requestMs: number;
  /** The whole of a request whose body is a stream. */
  readonly streamedMs: number;
  /** Without a request. */
  readonly idleMs: number;
  readonly mostConnections: number;
  /** Unanswered on one connection: pipelines end there. */
  readonly mostOfConnection: number;
  /** Unanswered of one client. */
  readonly mostOfClient: number;
  /** Streams of one client. */
  readonly mostStreamsOfClient: number;
  /** Lists of application/x-ndjson under way for one party, all its people and keys together; for one client of the house. */
  readonly mostLines: number;
  /** For so long what was found of a key is believed. */
  readonly keyKnownMs: number;
  readonly streams: StreamLimits;
}

export const defaultApiLimits: ApiLimits = {
  mostBodyBytes: 1_048_576,
  requestMs: 15_000,
  streamedMs: 3_600_000,
  idleMs: 70_000,
  mostConnections: 25_000,
  mostOfConnection: 64,
  mostOfClient: 1_000,
  mostStreamsOfClient: 2_000,
  mostLines: 3,
  keyKnownMs: 5_000,
  streams: defaultStreamLimits,
};
