/** Looks at events before they are charged, in the order in which they are read. */
import { PrefixTable } from '#core/numbering/prefix-table.ts';
import type { HoldReason } from '#core/refusals/usage.ts';
import type { CodeDeck } from '#core/tariffs/tariff.ts';
import { limitOf, type ScreeningKind, type ScreeningRule, stillHits } from '#core/usage/screening.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { EventFlag, StoredFlag } from './ports.ts';
import { RuleState } from './rule-state.ts';
import { readState, writeState } from './state-bytes.ts';

/** What of an event is looked at. */
export type ScreenedEvent = Pick<
  UsageEvent,
  'source' | 'service' | 'startMicros' | 'durationMicros' | 'answered' | 'called' | 'calling' | 'trunkIn' | 'trunkOut'
>;

export interface Hit {
  readonly rule: ScreeningRule;
  readonly key: string;
  /** Calls, microseconds of talk, calls at once, or microseconds of silence; undefined: there was nothing before. */
  readonly measured: number | undefined;
  readonly detail: string;
}

export interface ScreeningHold {
  readonly reason: HoldReason;
  readonly detail: string;
}

interface Watch {
  readonly state: RuleState;
  readonly destinations: { readonly table: PrefixTable; readonly names: readonly string[] } | undefined;
}

/** After so many bytes of changes all is written anew, when they are more than that would be. */
const LEAST_CHANGES = 1 << 20;

export class Screen {
  readonly #watches: readonly Watch[];
  #flags: EventFlag[] = [];
  #changedBytes = 0;
  #wholeBytes = 0;

  /** `stored`: what was written down, in its order. */
  constructor(rules: readonly ScreeningRule[], decks: readonly CodeDeck[], nowMicros: number, stored: readonly Uint8Array[] = []) {
    this.#watches = rules.map((rule) => ({ state: new RuleState(rule, nowMicros), destinations: destinationsOf(rule, decks) }));
    const states = this.#watches.map(({ state }) => state);
    for (const bytes of stored) readState(bytes, states);
    this.#changedBytes = stored.reduce((sum, { length }) => sum + length, 0);
    this.#wholeBytes = stored[0]?.length ?? 0;
  }

  /** For each rule, what it remembers. */
  get sizes(): readonly { readonly rule: string; readonly keys: number; readonly entries: number }[] {
    return this.#watches.map(({ state }) => ({ rule: state.rule.id, ...state.size }));
  }

  /** The rules that the event hits. Each event is to be looked at once. */
  look(event: ScreenedEvent): readonly Hit[] {
    let hits: Hit[] | undefined;
    for (const watch of this.#watches) {
      const { state } = watch;
      const { rule } = state;
      if (!fits(rule, event)) continue;
      const key = keyOf(watch, event);
      if (key === undefined) continue;
      const measured = state.look(key, event.startMicros, event.durationMicros);
      if (measured === undefined) continue;
      const before = measured === Number.POSITIVE_INFINITY ? undefined : measured;
      if (!stillHits(rule, before)) continue;
      hits ??= [];
      hits.push({ rule, key, measured: before, detail: `${rule.per} ${key}: ${detailOf(rule, before)}` });
    }
    return hits ?? NO_HITS;
  }

  /** Looks at the event of a record and notes its flags; the hold where a rule says so. */
  judge(recordId: number, event: ScreenedEvent): ScreeningHold | undefined {
    let hold: ScreeningHold | undefined;
    for (const { rule, key, measured, detail } of this.look(event)) {
      this.#flags.push({
        recordId,
        rule: rule.id,
        kind: rule.kind,
        action: rule.action,
        key,
        measured,
        detail,
        startMicros: event.startMicros,
      });
      if (rule.action === 'hold') hold ??= { reason: reasons[rule.kind], detail: `rule ${rule.id}, ${detail}` };
    }
    return hold;
  }

  /** Whether a record that was held stays so, by the rules of now. `flags`: those that it has. */
  judgeAgain(flags: readonly StoredFlag[]): ScreeningHold | undefined {
    for (const { rule: id, action, measured, detail, released } of flags) {
      if (action !== 'hold' || released) continue;
      const rule = this.#watches.find(({ state }) => state.rule.id === id)?.state.rule;
      if (rule?.action === 'hold' && stillHits(rule, measured)) return { reason: reasons[rule.kind], detail: `rule ${id}, ${detail}` };
    }
    return undefined;
  }

  /** Removes an event that was looked at from what is remembered. */
  forget(event: ScreenedEvent): void {
    for (const watch of this.#watches) {
      const key = fits(watch.state.rule, event) ? keyOf(watch, event) : undefined;
      if (key !== undefined) watch.state.remove(key, event.startMicros, event.durationMicros);
    }
  }

  /** The same where only what a flag says is known. */
  forgetOf(rule: string, key: string, startMicros: number): void {
    this.#watches.find(({ state }) => state.rule.id === rule)?.state.remove(key, startMicros, undefined);
  }

  /** Rules and keys whose last event was forgotten: `remember` is to be told of all others that are still in the books. */
  get lost(): readonly { readonly rule: ScreeningRule; readonly keys: readonly string[] }[] {
    return this.#watches.flatMap(({ state }) => (state.lost.size === 0 ? [] : [{ rule: state.rule, keys: [...state.lost] }]));
  }

  remember(rule: string, event: ScreenedEvent): void {
    const watch = this.#watches.find(({ state }) => state.rule.id === rule);
    const key = watch !== undefined && fits(watch.state.rule, event) ? keyOf(watch, event) : undefined;
    if (key !== undefined) this.rememberOf(rule, key, event.startMicros);
  }

  rememberOf(rule: string, key: string, startMicros: number): void {
    const state = this.#watches.find((each) => each.state.rule.id === rule)?.state;
    if (state?.lost.has(key)) state.add(key, startMicros, 0);
  }

  /** All that is remembered, to be written instead of what was written before. */
  everything(): Uint8Array {
    const states = this.#watches.map(({ state }) => state);
    return writeState(states, (state) => state.everything()) ?? new Uint8Array(0);
  }

  /** What is to be written with the transaction of the events that were looked at since the last time. */
  take(): { readonly flags: readonly EventFlag[]; readonly state: Uint8Array | undefined; readonly replaces: boolean } {
    const flags = this.#flags;
    this.#flags = [];
    const states = this.#watches.map(({ state }) => state);
    const changes = writeState(states, (state) => state.takeChanges());
    if (changes === undefined) return { flags, state: undefined, replaces: false };
    this.#changedBytes += changes.length;
    if (this.#changedBytes < LEAST_CHANGES || this.#changedBytes < 2 * this.#wholeBytes) return { flags, state: changes, replaces: false };
    const whole = writeState(states, (state) => state.everything()) ?? changes;
    this.#wholeBytes = whole.length;
    this.#changedBytes = whole.length;
    return { flags, state: whole, replaces: true };
  }
}

const NO_HITS: readonly Hit[] = [];

const reasons = {
  volume: 'screening.volume',
  burst: 'screening.burst',
  simultaneous: 'screening.simultaneous',
  'first-call': 'screening.first-call',
  silence: 'screening.silence',
} as const satisfies Record<ScreeningKind, HoldReason>;

function fits(rule: ScreeningRule, event: ScreenedEvent): boolean {
  if (!event.answered && !rule.attempts) return false;
  const { durationMicros, called, calling, trunkIn, trunkOut } = event;
  if (rule.shorterThanSeconds !== undefined && durationMicros >= rule.shorterThanSeconds * 1_000_000) return false;
  if (rule.longerThanSeconds !== undefined && durationMicros <= rule.longerThanSeconds * 1_000_000) return false;
  return (
    begins(rule.called, called) &&
    begins(rule.calling, calling) &&
    isOneOf(rule.trunksIn, trunkIn) &&
    isOneOf(rule.trunksOut, trunkOut) &&
    isOneOf(rule.sources, event.source) &&
    isOneOf(rule.services, event.service)
  );
}

function begins(prefixes: readonly string[] | undefined, number: string | undefined): boolean {
  if (prefixes === undefined) return true;
  if (number === undefined) return false;
  for (const prefix of prefixes) if (number.startsWith(prefix)) return true;
  return false;
}

function isOneOf(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}

function keyOf({ state, destinations }: Watch, event: ScreenedEvent): string | undefined {
  const { per } = state.rule;
  if (per !== 'destination') return event[per];
  const place = destinations?.table.longest(event.called) ?? -1;
  return place < 0 ? undefined : destinations?.names[place];
}

function destinationsOf({ codeDeck }: ScreeningRule, decks: readonly CodeDeck[]): Watch['destinations'] {
  const deck = codeDeck === undefined ? undefined : decks.find(({ id }) => id === codeDeck);
  if (deck === undefined) return undefined;
  const table = PrefixTable.build(deck.codes.map(({ code }, index) => [code, index] as const));
  return { table, names: deck.codes.map(({ destination }) => destination) };
}

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;

function detailOf(rule: ScreeningRule, measured: number | undefined): string {
  const allowed = `${limitOf(rule)} allowed`;
  switch (rule.kind) {
    case 'volume':
      return rule.measure === 'minutes'
        ? `${Math.floor((measured ?? 0) / MINUTE)} minutes of talk in ${rule.windowMinutes} minutes, ${allowed}`
        : `${measured} calls in ${rule.windowMinutes} minutes, ${allowed}`;
    case 'burst':
      return `${measured} calls shorter than ${rule.shorterThanSeconds} s in ${rule.windowMinutes} minutes, ${allowed}`;
    case 'simultaneous':
      return `${measured} calls at one time, ${allowed}`;
    case 'first-call':
      return measured === undefined ? 'the first call seen' : `the first call for ${Math.floor(measured / (24 * HOUR))} days`;
    case 'silence':
      return `nothing for ${Math.floor((measured ?? 0) / HOUR)} hours before`;
  }
}
