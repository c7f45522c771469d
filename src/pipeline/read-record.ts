/** One record on its way to its charges, up to where the books are needed. */
import { hash } from 'node:crypto';
import type { Skipped } from '#codecs/cdr/draft.ts';
import type { RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import type { CounterKey, CounterReader, HeldReason, RatedEvent } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { Normaliser } from './normalise.ts';

/** The configuration that a run uses from its beginning to its end. */
export interface Configuration {
  readonly compiled: CompiledBook;
  /** The knowledge it has: stored with every charge. */
  readonly knownAtMicros: number;
}

export type ReadRecord =
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  | {
      readonly kind: 'held';
      readonly event: UsageEvent;
      readonly reason: HeldReason | HoldReason;
      readonly detail: string;
      readonly leg: 'in' | 'out' | undefined;
    }
  | {
      readonly kind: 'rated';
      readonly event: UsageEvent;
      readonly rated: Extract<RatedEvent, { kind: 'rated' }>;
      /** Counters that the price depends on: it must be rated again when they are known and its turn has come. */
      readonly counters: readonly CounterKey[];
    };

/** A longer key is kept as its digest: an index has its limits. */
const MOST_KEY_CHARACTERS = 400;

/** Decodes, normalises and rates a record. Counters read as 0 here; which they are is noted. A skipped record is none. */
export function readRecord(
  text: string,
  ended: boolean,
  decoder: RecordDecoder,
  normaliser: Normaliser,
  book: CompiledBook,
): ReadRecord | Skipped {
  const decoded = decoder.decode(text, ended);
  if (decoded.kind !== 'draft') return decoded;
  const { draft } = decoded;
  const { event, hold } = normaliser.normalise(
    draft.key.length <= MOST_KEY_CHARACTERS ? draft : { ...draft, key: `sha256:${hash('sha256', draft.key)}` },
  );
  const held = decoded.hold ?? hold;
  if (held !== undefined)
    return { kind: 'held', event, reason: held.reason, detail: held.detail, leg: 'leg' in held ? held.leg : undefined };
  return rateFirst(book, event);
}

export function rateFirst(book: CompiledBook, event: UsageEvent): ReadRecord {
  let counters: CounterKey[] | undefined;
  const note: CounterReader = (key) => {
    if (counters === undefined) counters = [key];
    else if (!counters.includes(key)) counters.push(key);
    return 0n;
  };
  const rated = rateEvent(book, event, note);
  if (rated.kind === 'held') return { kind: 'held', event, reason: rated.reason, detail: rated.detail, leg: rated.leg };
  return { kind: 'rated', event, rated, counters: counters ?? NONE };
}

const NONE: readonly CounterKey[] = [];
