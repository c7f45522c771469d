/** Records that are parts of one call or session: which belong together, and when they are all there. Pure. */
import type { PartKind } from './format.ts';

/** Two records of one call from one or two switches. */
export const legSides = ['a', 'b'] as const;
export type LegSide = (typeof legSides)[number];

/** What a waiting record is of its call. */
export type WaitingKind = Exclude<PartKind, 'single'> | LegSide;

/** How the records of some sources are put together, as the configuration declares it. */
export interface Correlation {
  readonly id: string;
  /** `parts`: what the format says is a part. `legs`: A-leg and B-leg records. */
  readonly kind: 'parts' | 'legs';
  /** Of legs: those that write A legs. */
  readonly sources: readonly string[];
  /** Of legs: those that write B legs; left out, the same sources, and the trunk that a record has tells its side. */
  readonly bSources?: readonly string[];
  /** Legs: what the two have in common, beside their times. */
  readonly match: 'id' | 'numbers';
  /** Legs: the starts, and the durations, are not further apart. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** From the arrival of the last part. */
  readonly timeoutMinutes: number;
  readonly onTimeout: 'hold' | 'rate';
  /** Stretches: one event for all, or one for each as it comes. */
  readonly join: 'whole' | 'each';
}

/** What a source's declaration alone gives, where its format tells parts and no correlation names it. */
export const USUAL_CORRELATION = {
  kind: 'parts',
  match: 'id',
  startSeconds: 5,
  durationSeconds: 5,
  timeoutMinutes: 1440,
  onTimeout: 'hold',
  join: 'whole',
} as const satisfies Omit<Correlation, 'id' | 'sources'>;

/** The part of a correlation that reading a source's records depends on. */
export type PartsOfSource =
  | { readonly kind: 'parts'; readonly join: 'whole' | 'each' }
  | { readonly kind: 'legs'; readonly side: LegSide | 'by-trunk'; readonly match: 'id' | 'numbers' };

/** Undefined for a source that no correlation names: its parts, if it has any, are joined. */
export function partsOfSource(correlations: readonly Correlation[], source: string): PartsOfSource | undefined {
  for (const { kind, sources, bSources, match, join } of correlations) {
    const [isA, isB] = [sources.includes(source), bSources?.includes(source) === true];
    if (!isA && !isB) continue;
    if (kind === 'parts') return { kind, join };
    return { kind, side: bSources === undefined ? 'by-trunk' : isA ? 'a' : 'b', match };
  }
  return undefined;
}

/** A record that waits, as far as it must be known to find its others. */
export interface WaitingPart {
  readonly id: number;
  readonly kind: WaitingKind;
  readonly sequence: number | undefined;
  /** Of a stop: the end of the call. */
  readonly startMicros: number;
  readonly durationMicros: number;
  readonly answered: boolean;
  readonly voice: boolean;
  readonly arrivedMicros: number;
}

/** What of the group is in the books already. */
export interface RatedSpan {
  readonly eventId: number;
  readonly startMicros: number;
  readonly endMicros: number;
}

export type Verdict<P extends WaitingPart> =
  /** To be rated together. `missing` says what was not there when the time ran out. */
  | { readonly kind: 'rate'; readonly parts: readonly P[]; readonly missing: string | undefined }
  | { readonly kind: 'wait'; readonly parts: readonly P[] }
  | { readonly kind: 'missing'; readonly parts: readonly P[]; readonly missing: string }
  /** The event it belongs to is in the books without it. */
  | { readonly kind: 'late'; readonly parts: readonly P[]; readonly eventId: number };

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
/** Clocks of different parts of a switch differ, and whole seconds are cut. */
const SLACK = 2 * SECOND;

/** What becomes of the parts of one group at an instant. Their order does not matter; each is in exactly one verdict. */
export function judgeGroup<P extends WaitingPart>(
  rule: Correlation,
  parts: readonly P[],
  rated: readonly RatedSpan[],
  nowMicros: number,
): readonly Verdict<P>[] {
  const verdicts: Verdict<P>[] = [];
  const fresh: P[] = [];
  for (const part of [...parts].sort(compareParts)) {
    const event =
      part.kind === 'a' || part.kind === 'b' ? undefined : rated.find((span) => isLate(part, span, rule.timeoutMinutes * MINUTE));
    if (event === undefined) fresh.push(part);
    else verdicts.push({ kind: 'late', parts: [part], eventId: event.eventId });
  }
  const legs = fresh.filter(({ kind }) => kind === 'a' || kind === 'b');
  const calls = [...pairLegs(rule, legs), ...splitCalls(fresh.filter((part) => !legs.includes(part)))];
  for (const call of calls) verdicts.push(judgeCall(rule, call, nowMicros));
  return verdicts;
}

/** Something that begins a call after the rated one has ended is another call under the same name. */
function isLate(part: WaitingPart, { startMicros, endMicros }: RatedSpan, timeoutMicros: number): boolean {
  const begins = part.kind === 'start' || part.kind === 'first';
  return part.startMicros >= startMicros - timeoutMicros && part.startMicros <= (begins ? endMicros : endMicros + timeoutMicros);
}

function judgeCall<P extends WaitingPart>(rule: Correlation, parts: readonly P[], nowMicros: number): Verdict<P> {
  const missing = missingOf(parts);
  if (missing === undefined) return { kind: 'rate', parts, missing: undefined };
  const last = parts.reduce((latest, { arrivedMicros }) => Math.max(latest, arrivedMicros), 0);
  if (nowMicros < last + rule.timeoutMinutes * MINUTE) return { kind: 'wait', parts };
  // A signal without its other one has no duration: there is nothing to rate.
  const signal = parts.some(({ kind }) => kind === 'start' || kind === 'stop');
  return rule.onTimeout === 'rate' && !signal ? { kind: 'rate', parts, missing } : { kind: 'missing', parts, missing };
}

const RANK: Readonly<Record<WaitingKind, number>> = { start: 0, first: 0, a: 0, intermediate: 1, b: 1, last: 2, stop: 2 };

/** In the order of the call. */
export function compareParts(a: WaitingPart, b: WaitingPart): number {
  if (a.startMicros !== b.startMicros) return a.startMicros - b.startMicros;
  if (a.sequence !== b.sequence) return (a.sequence ?? 0) - (b.sequence ?? 0);
  return RANK[a.kind] - RANK[b.kind] || a.id - b.id;
}

/** The parts of a group as calls: what begins a call begins another one. `parts` in order. */
function splitCalls<P extends WaitingPart>(parts: readonly P[]): readonly (readonly P[])[] {
  const calls: P[][] = [];
  for (const part of parts) {
    const open = calls.at(-1);
    const begins = part.kind === 'start' || part.kind === 'first';
    const ended = open?.some(({ kind }) => kind === 'stop' || kind === 'last') === true;
    // A stop may be cut to a whole second before its start.
    const early =
      part.kind === 'start' && open?.length === 1 && open[0]?.kind === 'stop' && part.startMicros - open[0].startMicros <= SLACK;
    if (open === undefined || (begins && !early) || (ended && !early)) calls.push([part]);
    else open.push(part);
  }
  return calls;
}

/** Legs whose times fit, each with the nearest of the other side; the others alone. `parts` in order. */
function pairLegs<P extends WaitingPart>(rule: Correlation, parts: readonly P[]): readonly (readonly P[])[] {
  const left = new Set(parts.filter(({ kind }) => kind === 'b'));
  const pairs = parts
    .filter(({ kind }) => kind === 'a')
    .map((a): P[] => {
      let best: P | undefined;
      for (const b of left) {
        if (!fits(rule, a, b)) continue;
        if (best === undefined || distance(a, b) < distance(a, best)) best = b;
      }
      if (best === undefined) return [a];
      left.delete(best);
      return [a, best];
    });
  return [...pairs, ...[...left].map((b) => [b])];
}

function distance(a: WaitingPart, b: WaitingPart): number {
  return Math.abs(a.startMicros - b.startMicros);
}

function fits({ startSeconds, durationSeconds }: Correlation, a: WaitingPart, b: WaitingPart): boolean {
  return (
    a.answered === b.answered &&
    distance(a, b) <= startSeconds * SECOND &&
    Math.abs(a.durationMicros - b.durationMicros) <= durationSeconds * SECOND
  );
}

/** What a call lacks, in words; undefined when it is whole. `parts` in order. */
export function missingOf(parts: readonly WaitingPart[]): string | undefined {
  const has = (kind: WaitingKind): boolean => parts.some((part) => part.kind === kind);
  if (has('a') || has('b')) return has('a') && has('b') ? undefined : has('a') ? 'the B leg' : 'the A leg';
  if (has('start') || has('stop')) return has('start') && has('stop') ? undefined : has('start') ? 'the stop' : 'the start';
  const missing: string[] = [];
  if (!has('first')) missing.push('the first part');
  const gaps = gapsOf(parts);
  missing.push(...gaps);
  if (!has('last')) missing.push('the last part');
  return missing.length === 0 ? undefined : missing.join(', ');
}

const MOST_GAPS = 5;

/** By the numbers of the parts where all have one, else by their times. */
function gapsOf(parts: readonly WaitingPart[]): readonly string[] {
  const numbers = parts.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
  const gaps: string[] = [];
  if (numbers.length === parts.length) {
    numbers.sort((a, b) => a - b);
    for (const [index, number] of numbers.entries()) {
      const next = numbers[index + 1];
      if (next === undefined || next <= number + 1) continue;
      gaps.push(next === number + 2 ? `part ${number + 1}` : `parts ${number + 1} to ${next - 1}`);
    }
  } else {
    for (const [index, part] of parts.entries()) {
      const next = parts[index + 1];
      if (next === undefined || !part.voice) continue;
      const silent = next.startMicros - part.startMicros - part.durationMicros;
      if (silent > SLACK) gaps.push(`${Math.floor(silent / SECOND)} s before the part that starts at ${next.startMicros / SECOND}`);
    }
  }
  return gaps.length <= MOST_GAPS ? gaps : [...gaps.slice(0, MOST_GAPS), `and ${gaps.length - MOST_GAPS} more gaps`];
}
