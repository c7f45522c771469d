/** One event of the records of one call or session. */
import type { UsageDraft } from '#codecs/cdr/draft.ts';
import type { WaitingKind } from '#core/usage/correlation.ts';
import type { Source } from '#core/usage/source.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { Normalised, Normaliser } from '../normalise.ts';

/** A part, read again. */
export interface ReadPart {
  readonly kind: WaitingKind;
  readonly draft: UsageDraft;
  readonly source: Source;
  readonly normaliser: Normaliser;
}

/** `parts` in the order of the call, at least one. The event has the source and the key of the one that begins it. */
export function mergeParts(parts: readonly ReadPart[]): Normalised {
  const a = parts.find(({ kind }) => kind === 'a');
  const b = parts.find(({ kind }) => kind === 'b');
  if (a !== undefined || b !== undefined) return mergeLegs(a, b);
  const base = parts.find(({ kind }) => kind === 'start') ?? parts[0];
  if (base === undefined) throw new Error('no parts');
  const stop = parts.findLast(({ kind }) => kind === 'stop');
  const draft = base.kind === 'start' && stop !== undefined ? mergeSignals(base.draft, stop.draft) : mergeStretches(parts);
  const normalised = base.normaliser.normalise(draft);
  if (normalised.hold !== undefined || draft.durationMicros <= base.source.maximumSeconds * 1_000_000) return normalised;
  const detail = `the call lasts ${draft.durationMicros / 1_000_000} s, the source allows ${base.source.maximumSeconds} s`;
  return { event: normalised.event, hold: { reason: 'usage.duration-over-maximum', detail } };
}

/** From the one to the other. Clocks that differ a little make no negative duration. */
function mergeSignals(start: UsageDraft, stop: UsageDraft): UsageDraft {
  return {
    ...start,
    durationMicros: start.answered ? Math.max(0, stop.startMicros - start.startMicros) : 0,
    calling: start.calling || stop.calling,
    trunkIn: start.trunkIn || stop.trunkIn,
    trunkOut: start.trunkOut || stop.trunkOut,
    bytesUp: start.bytesUp + stop.bytesUp,
    bytesDown: start.bytesDown + stop.bytesDown,
    cause: stop.cause || start.cause,
    ...delayOf(start, stop),
  };
}

/** Durations, volumes and counts added up; how it ended, from the last. */
function mergeStretches(parts: readonly ReadPart[]): UsageDraft {
  const drafts = parts.map(({ draft }) => draft);
  const [base] = drafts;
  if (base === undefined) throw new Error('no parts');
  const sum = (of: (draft: UsageDraft) => number): number => drafts.reduce((total, draft) => total + of(draft), 0);
  const first = (of: (draft: UsageDraft) => string): string => drafts.map(of).find((text) => text !== '') ?? '';
  const prices = drafts.flatMap(({ priceNanos }) => (priceNanos === undefined ? [] : [priceNanos]));
  return {
    ...base,
    answered: drafts.some(({ answered }) => answered),
    durationMicros: sum(({ durationMicros }) => durationMicros),
    calling: first(({ calling }) => calling),
    called: first(({ called }) => called),
    trunkIn: first(({ trunkIn }) => trunkIn),
    trunkOut: first(({ trunkOut }) => trunkOut),
    quantity: sum(({ quantity }) => quantity),
    bytesUp: sum(({ bytesUp }) => bytesUp),
    bytesDown: sum(({ bytesDown }) => bytesDown),
    priceNanos: prices.length === 0 ? undefined : prices.reduce((total, price) => total + price, 0n),
    cause: drafts.map(({ cause }) => cause).findLast((cause) => cause !== '') ?? '',
    ...delayOf(...drafts),
  };
}

/** The post-dial delay of the first that says one. */
function delayOf(...parts: readonly { readonly pddMillis?: number }[]): { readonly pddMillis?: number } {
  const pddMillis = parts.find((part) => part.pddMillis !== undefined)?.pddMillis;
  return pddMillis === undefined ? {} : { pddMillis };
}

/** The A leg's event with the trunk on which the B leg left. */
function mergeLegs(a: ReadPart | undefined, b: ReadPart | undefined): Normalised {
  const first = a ?? b;
  if (first === undefined) throw new Error('no legs');
  if (a === undefined || b === undefined) return first.normaliser.normalise(oneSide(first));
  const { event, hold } = a.normaliser.normalise(oneSide(a));
  const out = b.normaliser.normalise(oneSide(b));
  const { trunkOut } = out.event;
  const whole: UsageEvent = { ...event, ...(trunkOut === undefined ? {} : { trunkOut }), ...delayOf(event, out.event) };
  return { event: whole, hold: hold ?? out.hold };
}

/** Between two switches, the trunk that joins them is nobody's. */
function oneSide({ kind, draft }: ReadPart): UsageDraft {
  return kind === 'a' ? { ...draft, trunkOut: '' } : { ...draft, trunkIn: '' };
}
