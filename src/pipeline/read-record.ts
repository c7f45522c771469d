/** One record on its way to its charges, up to where the books are needed. */
import { hash } from 'node:crypto';
import { type Skipped, shown, type UsageDraft } from '#codecs/cdr/draft.ts';
import type { RecordDecoder } from '#codecs/cdr/record-decoder.ts';
import type { CounterKey, CounterReader, HeldReason, RatedEvent } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import { rateEvent } from '#core/rating/rate-event.ts';
import type { HoldReason, RejectionReason } from '#core/refusals/usage.ts';
import type { Correlation, PartsOfSource, WaitingKind } from '#core/usage/correlation.ts';
import type { ScreeningRule } from '#core/usage/screening.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { type CorrectedFields, correctDraft } from './correct-draft.ts';
import type { Normaliser } from './normalise.ts';

/** The configuration that a run uses from its beginning to its end. */
export interface Configuration {
  readonly compiled: CompiledBook;
  /** The knowledge it has: stored with every charge. */
  readonly knownAtMicros: number;
  readonly correlations: readonly Correlation[];
  readonly screening: readonly ScreeningRule[];
}

/** What a record that waits for others is of its call. */
export interface PartPlace {
  /** The same in all parts of the call. */
  readonly group: string;
  readonly kind: WaitingKind;
  readonly sequence?: number;
}

export type ReadRecord =
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly detail: string }
  | {
      readonly kind: 'held';
      readonly event: UsageEvent;
      readonly reason: HeldReason | HoldReason;
      readonly detail: string;
      readonly leg: 'in' | 'out' | undefined;
      /** Of `usage.awaiting-parts`. */
      readonly part?: PartPlace;
    }
  | {
      readonly kind: 'rated';
      readonly event: UsageEvent;
      readonly rated: Extract<RatedEvent, { kind: 'rated' }>;
      /** Counters that the price depends on: it must be rated again when they are known and its turn has come. */
      readonly counters: readonly CounterKey[];
    };

/** A longer key is kept as its digest: an index has its limits. */
export const MOST_KEY_CHARACTERS = 400;

/** Decodes, normalises and rates a record. Counters read as 0 here; which they are is noted. A skipped record is none. */
export function readRecord(
  text: string,
  ended: boolean,
  decoder: RecordDecoder,
  normaliser: Normaliser,
  book: CompiledBook,
  parts?: PartsOfSource,
  corrected?: CorrectedFields,
): ReadRecord | Skipped {
  const read = decoder.decode(text, ended);
  if (read.kind !== 'draft') return read;
  const decoded = corrected === undefined ? read : correctDraft(read.draft, read.hold, corrected);
  const { draft } = decoded;
  const { event, hold } = normaliser.normalise(draft.key.length <= MOST_KEY_CHARACTERS ? draft : { ...draft, key: shortKey(draft.key) });
  const part = partPlace(draft, event, parts);
  const own = decoded.hold?.reason === 'usage.awaiting-parts' ? undefined : decoded.hold;
  if (own === undefined && part !== undefined) return { kind: 'held', event, ...awaiting(part), leg: undefined, part };
  const held = own ?? hold;
  if (held !== undefined)
    return { kind: 'held', event, reason: held.reason, detail: held.detail, leg: 'leg' in held ? held.leg : undefined };
  return rateFirst(book, event);
}

/** The draft of a record that was read before; a text says why it cannot be read now. */
export function draftOf(text: string, decoder: RecordDecoder, corrected: CorrectedFields = {}): UsageDraft | string {
  const decoded = decoder.decode(text, true);
  if (decoded.kind === 'draft') return correctDraft(decoded.draft, undefined, corrected).draft;
  return decoded.kind === 'skipped' ? 'its type is passed over' : `${decoded.reason}, ${decoded.detail}`;
}

/** Undefined for a record that is an event by itself. */
function partPlace({ part }: UsageDraft, event: UsageEvent, rule: PartsOfSource | undefined): PartPlace | undefined {
  if (rule?.kind !== 'legs' || (part !== undefined && part.kind !== 'single')) {
    if (part === undefined || part.kind === 'single' || (rule?.kind === 'parts' && rule.join === 'each')) return undefined;
    const { group, kind, sequence } = part;
    return { group: shortKey(group), kind, ...(sequence === undefined ? {} : { sequence }) };
  }
  const kind = rule.side !== 'by-trunk' ? rule.side : event.trunkOut === undefined ? 'a' : event.trunkIn === undefined ? 'b' : undefined;
  const group = rule.match === 'id' ? (part?.group ?? '') : `${event.calling ?? ''}>${event.called}`;
  // One that does not say whose leg it is has no other.
  return kind === undefined || group === '' ? undefined : { kind, group: shortKey(group) };
}

function awaiting({ kind, group }: PartPlace): { readonly reason: HoldReason; readonly detail: string } {
  const what = kind === 'a' || kind === 'b' ? `the ${kind.toUpperCase()} leg` : `the part ${kind}`;
  return { reason: 'usage.awaiting-parts', detail: `it is ${what} of the call ${shown(group)}` };
}

export function shortKey(key: string): string {
  return key.length <= MOST_KEY_CHARACTERS ? key : `sha256:${hash('sha256', key)}`;
}

export function rateFirst(book: CompiledBook, event: UsageEvent): Exclude<ReadRecord, { readonly kind: 'rejected' }> {
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
