/** Streams of events (text/event-stream): one heartbeat for all of them, and who does not read is cut off and comes again. */
import type { ServerResponse } from 'node:http';

export interface StreamEvent {
  /** What the client names when it comes again (Last-Event-ID); left out: it cannot be made up for. */
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
  /** `data` as JSON, by who sends the same to many. */
  readonly json?: string;
}

/** Where events come from. */
export interface EventFeed {
  /** Begins to send. What it returns ends that. `send` says false when nobody reads any more. */
  readonly start: (send: (event: StreamEvent) => boolean, end: () => void) => () => void;
}

export interface StreamLimits {
  readonly heartbeatMs: number;
  /** What may wait for a slow reader. */
  readonly mostBufferedBytes: number;
  readonly mostStreams: number;
}

export const defaultStreamLimits: StreamLimits = { heartbeatMs: 15_000, mostBufferedBytes: 262_144, mostStreams: 20_000 };

/** Heartbeats are spread over their time: of a thousand consoles not all sessions are looked up at once. */
const BEATS = 15;

interface Stream {
  /** In which of the beats it is. */
  readonly beat: number;
  readonly response: ServerResponse;
  readonly end: () => void;
  readonly isAllowed: () => Promise<boolean>;
}

export class EventStreams {
  readonly #limits: StreamLimits;
  readonly #streams = new Set<Stream>();
  readonly #timer: NodeJS.Timeout;
  #opened = 0;
  #beats = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
    this.#timer = setInterval(() => this.#beat(), limits.heartbeatMs / BEATS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#streams.size;
  }

  get isFull(): boolean {
    return this.#streams.size >= this.#limits.mostStreams;
  }

  /** Answers with a stream. `isAllowed` is asked at every heartbeat: a key that is revoked, or a role that changes, ends its streams. */
  open(response: ServerResponse, headers: Readonly<Record<string, string>>, feed: EventFeed, isAllowed: () => Promise<boolean>): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    let stop: (() => void) | undefined;
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      this.#streams.delete(stream);
      stop?.();
      response.end();
    };
    this.#opened += 1;
    const stream: Stream = { beat: this.#opened % BEATS, response, end, isAllowed };
    this.#streams.add(stream);
    response.on('close', end);
    response.on('error', end);
    response.write('retry: 2000\n\n');
    stop = feed.start((event) => !isOver && this.#send(stream, event), end);
    if (isOver) stop();
  }

  /** Ends all: the clients come again, elsewhere. */
  close(): void {
    clearInterval(this.#timer);
    for (const { end } of this.#streams) end();
  }

  #send(stream: Stream, { id, event, data, json = JSON.stringify(data) }: StreamEvent): boolean {
    stream.response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`);
    return this.#reads(stream);
  }

  #beat(): void {
    this.#beats = (this.#beats + 1) % BEATS;
    for (const stream of this.#streams) {
      if (stream.beat !== this.#beats) continue;
      stream.response.write(':\n\n');
      if (this.#reads(stream)) void this.#checkAllowed(stream);
    }
  }

  /** A fault of the look-up is no reason to end it: the next beat asks again. */
  async #checkAllowed({ isAllowed, end }: Stream): Promise<void> {
    if (!(await isAllowed().catch(() => true))) end();
  }

  /** Cut off, not waited for: it comes again with the id of what it had. */
  #reads({ response, end }: Stream): boolean {
    if (response.writableLength <= this.#limits.mostBufferedBytes) return true;
    end();
    response.destroy();
    return false;
  }
}
