/** From a draft as the switch wrote it to the event that is rated: trunks by their configured names, numbers in E.164. */
import { shown, type UsageDraft } from '#codecs/cdr/draft.ts';
import { type Enricher, openEnricher } from '#core/enrichment/enricher.ts';
import type { ShortCode } from '#core/enrichment/profile.ts';
import { readNature } from '#core/numbering/natures.ts';
import { type NumberFault, type NumberReading, type NumberWriting, normaliseNumber } from '#core/numbering/normalise.ts';
import { Hosts } from '#core/parties/hosts.ts';
import type { Trunk } from '#core/parties/parties.ts';
import type { HeldReason } from '#core/rating/charge.ts';
import type { CompiledBook } from '#core/rating/compile-book.ts';
import type { HoldReason } from '#core/refusals/usage.ts';
import type { Source } from '#core/usage/source.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';

export interface Normalised {
  readonly event: UsageEvent;
  readonly hold: { readonly reason: HoldReason | HeldReason; readonly detail: string; readonly leg?: 'in' | 'out' } | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** With the book's trunks, and the enrichment that the source names. */
export function openNormaliser(source: Source, { shared }: CompiledBook): Normaliser {
  return new Normaliser(source, shared.book.trunks, openEnricher(shared.enrichment, source.enrichment));
}

export class Normaliser {
  readonly #source: Source;
  /** Configured trunks by the names that this source uses. */
  readonly #trunks = new Map<string, Trunk>();
  readonly #rulesByTrunk = new Map<string, NumberWriting>();
  /** Undefined where no trunk has hosts. */
  readonly #hosts: Hosts | undefined;
  readonly #enricher: Enricher | undefined;

  /** `enricher`: of the profile that the source names. */
  constructor(source: Source, trunks: readonly Trunk[], enricher?: Enricher) {
    this.#source = source;
    this.#enricher = enricher;
    const hosts = new Hosts(trunks);
    this.#hosts = hosts.isEmpty ? undefined : hosts;
    // Later entries win: a trunk's id, then its name for every source, then its name for this one.
    for (const trunk of trunks) this.#trunks.set(trunk.id, trunk);
    for (const trunk of trunks) for (const name of trunk.names) this.#trunks.set(name, trunk);
    const own = `${source.id}/`;
    for (const trunk of trunks) for (const name of trunk.names) if (name.startsWith(own)) this.#trunks.set(name.slice(own.length), trunk);
  }

  /** `hold` says why the event must not be rated as it is. */
  normalise(draft: UsageDraft): Normalised {
    const trunkIn = this.#trunkOf(draft.trunkIn);
    const trunkOut = this.#trunkOf(draft.trunkOut);
    const rulesOf = draft.trunkIn === '' ? trunkOut : trunkIn;
    const rules = this.#rulesOf(rulesOf);
    const calls = draft.service === 'voice' || draft.service === 'sms' || draft.service === 'mms';
    const { marks } = draft;
    const { natures } = this.#source;
    const calledReading = calls
      ? normaliseNumber(draft.called, rules, marks === undefined ? 'unknown' : readNature(marks.calledNature, natures))
      : undefined;
    const callingReading = normaliseNumber(
      draft.calling,
      rules,
      marks === undefined ? 'unknown' : readNature(marks.callingNature, natures),
    );
    const calling = this.#calling(callingReading, draft, calls);
    const sender = isName(callingReading, draft, rules) ? draft.calling : undefined;
    const code = calledReading?.kind === 'short-code' ? this.#enricher?.shortCode(calledReading.digits) : undefined;
    const event: Writable<UsageEvent> = {
      id: draft.key,
      source: this.#source.id,
      service: draft.service,
      startMicros: draft.startMicros,
      called: code?.pricedAs ?? (calledReading !== undefined && 'digits' in calledReading ? calledReading.digits : draft.called),
      answered: draft.answered,
      durationMicros: draft.durationMicros,
      quantity: draft.quantity,
      bytesUp: draft.bytesUp,
      bytesDown: draft.bytesDown,
    };
    if (calling !== undefined) event.calling = calling;
    if (draft.trunkIn !== '') event.trunkIn = trunkIn?.id ?? draft.trunkIn;
    if (draft.trunkOut !== '') event.trunkOut = trunkOut?.id ?? draft.trunkOut;
    if (draft.priceNanos !== undefined) event.priceNanos = draft.priceNanos;
    if (draft.priceCurrency !== '') event.priceCurrency = draft.priceCurrency;
    if (draft.serviceClass !== '') event.serviceClass = draft.serviceClass;
    if (draft.ratingGroup !== '') event.ratingGroup = draft.ratingGroup;
    if (draft.apn !== '') event.apn = draft.apn;
    if (draft.cause !== '') event.cause = draft.cause;
    if (draft.pddMillis !== undefined) event.pddMillis = draft.pddMillis;
    if (this.#enricher !== undefined || marks !== undefined || sender !== undefined || isTagged(calledReading))
      this.#enrich(event, draft, calledReading, sender, code);
    const hold =
      draft.trunkIn === '' && draft.trunkOut === ''
        ? NO_TRUNK
        : (holdTrunk('in', draft.trunkIn, trunkIn) ?? holdTrunk('out', draft.trunkOut, trunkOut));
    return {
      event,
      hold:
        hold ??
        (code === undefined ? this.#holdCalled(calledReading, draft, rulesOf) : undefined) ??
        (sender === undefined ? this.#holdCalling(callingReading, draft, calls, rulesOf) : undefined),
    };
  }

  /** How the numbers of a record are read: the rules, and in whose name. For people who wonder. */
  readingOf(draft: UsageDraft): { readonly rules: NumberWriting; readonly whose: string } {
    const trunk = this.#trunkOf(draft.trunkIn === '' ? draft.trunkOut : draft.trunkIn);
    return { rules: this.#rulesOf(trunk), whose: this.#readBy(trunk).replace('; read by the ', '') };
  }

  /** Nothing is looked up beside the number and the trunk. */
  get isPlain(): boolean {
    return this.#enricher === undefined;
  }

  /** The trunk that the source calls so, and how numbers of its calls are read. */
  trunkNamed(name: string): { readonly trunk: Trunk; readonly rules: NumberWriting } | undefined {
    const trunk = this.#trunkOf(name);
    return trunk && { trunk, rules: this.#rulesOf(trunk) };
  }

  #trunkOf(name: string): Trunk | undefined {
    if (name === '') return undefined;
    const trunk = this.#trunks.get(name);
    if (trunk !== undefined || this.#hosts === undefined) return trunk;
    const found = this.#hosts.find(name);
    // Ports of a host change with every call: what is remembered is bounded.
    if (found !== undefined && this.#trunks.size < MOST_NAMES) this.#trunks.set(name, found);
    return found;
  }

  #enrich(
    event: Writable<UsageEvent>,
    { marks }: UsageDraft,
    called: NumberReading | undefined,
    sender: string | undefined,
    shortCode: ShortCode | undefined,
  ): void {
    const tag = called !== undefined && 'tag' in called ? called.tag : undefined;
    const withheld = event.calling !== undefined && marks !== undefined && RESTRICTED.has(marks.presentation.trim().toLowerCase());
    if (this.#enricher === undefined) {
      if (tag === undefined && sender === undefined && !withheld) return;
      event.enriched = {
        ...(tag === undefined ? {} : { tag }),
        ...(sender === undefined ? {} : { sender }),
        ...(withheld ? { withheld } : {}),
      };
      return;
    }
    const said = { tag, sender, withheld, cell: marks?.cell ?? '', network: marks?.network ?? '', shortCode };
    const found = this.#enricher.enrich(event, said);
    if (found !== undefined) event.enriched = found;
  }

  /** The trunk's own rules before the source's, rule by rule; those of the trunk the call came in on. */
  #rulesOf(trunk: Trunk | undefined): NumberWriting {
    if (trunk?.numbering === undefined) return this.#source.numbering;
    let rules = this.#rulesByTrunk.get(trunk.id);
    if (rules === undefined) {
      rules = { ...this.#source.numbering, ...trunk.numbering };
      this.#rulesByTrunk.set(trunk.id, rules);
    }
    return rules;
  }

  #calling(reading: NumberReading, draft: UsageDraft, calls: boolean): string | undefined {
    if (reading.kind === 'number') return reading.digits;
    // A subscriber of data may be named by anything that is unique, such as an IMSI.
    return calls || draft.calling === '' ? undefined : draft.calling;
  }

  #holdCalled(reading: NumberReading | undefined, draft: UsageDraft, trunk: Trunk | undefined): Normalised['hold'] {
    if (reading === undefined || reading.kind === 'number') return undefined;
    const number = `the called number ${shown(draft.called, 40)}`;
    if (reading.kind === 'short-code') {
      if (this.#source.shortCodes === 'pass') return undefined;
      return { reason: 'usage.called-short-code', detail: `${number} is a short code${this.#readBy(trunk)}` };
    }
    const why = reading.kind === 'invalid' ? faults[reading.fault] : 'is no number';
    return { reason: 'usage.called-unreadable', detail: `${number} ${why}${this.#readBy(trunk)}` };
  }

  #holdCalling(reading: NumberReading, draft: UsageDraft, calls: boolean, trunk: Trunk | undefined): Normalised['hold'] {
    if (!calls || reading.kind !== 'invalid' || this.#source.unreadableCaller === 'unknown') return undefined;
    const detail = `the caller's number ${shown(draft.calling, 40)} ${faults[reading.fault]}${this.#readBy(trunk)}`;
    return { reason: 'usage.caller-unreadable', detail };
  }

  /** Whose rules a number was read by, and which they are. */
  #readBy(trunk: Trunk | undefined): string {
    const rules = this.#rulesOf(trunk);
    const said = ruleNames.flatMap(([rule, name]) => {
      const value = rules[rule];
      return value === undefined || value.length === 0 ? [] : [`${name} ${typeof value === 'string' ? value : value.join(', ')}`];
    });
    const tags = rules.technicalPrefixes?.map(({ prefix, tag }) => `${prefix} (${tag})`) ?? [];
    if (tags.length > 0) said.push(`technical prefixes ${tags.join(', ')}`);
    const none = rules.nationalPrefix === '' ? ['no national prefix'] : [];
    const whose = trunk?.numbering === undefined ? `source ${this.#source.id}` : `trunk ${trunk.id} and source ${this.#source.id}`;
    return `; read by the numbering of ${whose}: ${[...said, ...none].join(', ') || 'no rules'}`;
  }
}

const ruleNames = [
  ['countryCode', 'country code'],
  ['nationalPrefix', 'national prefix'],
  ['internationalPrefix', 'international prefix'],
  ['areaCode', 'area code'],
  ['stripPrefixes', 'prefixes to strip'],
] as const satisfies readonly (readonly [keyof NumberWriting, string])[];

const MOST_NAMES = 100_000;

/** ITU-T Q.763 §3.10 (1: presentation restricted) and the words that records use. */
const RESTRICTED: ReadonlySet<string> = new Set(['1', '01', 'restricted', 'private', 'withheld', 'anonymous', 'yes', 'true', 'id', 'full']);

/** Whether the sender of a message is a name, where the rules know of such senders. */
function isName(reading: NumberReading, { service, calling }: UsageDraft, { alphanumericSenders }: NumberWriting): boolean {
  return (
    alphanumericSenders === true &&
    (service === 'sms' || service === 'mms') &&
    reading.kind === 'invalid' &&
    reading.fault === 'not-digits' &&
    calling.length <= MOST_SENDER &&
    /\p{L}/u.test(calling)
  );
}

/** 3GPP TS 23.040 §9.1.2.5 allows 11 characters of the GSM alphabet; records may pad them. */
const MOST_SENDER = 16;

function isTagged(reading: NumberReading | undefined): boolean {
  return reading !== undefined && 'tag' in reading;
}

const NO_TRUNK = { reason: 'rating.no-trunk', detail: 'the event names no trunk' } as const;

/** Before the numbers: how they are written is a matter of the trunk. */
function holdTrunk(leg: 'in' | 'out', name: string, trunk: Trunk | undefined): Normalised['hold'] {
  return name === '' || trunk !== undefined
    ? undefined
    : { reason: 'rating.trunk-unknown', detail: `trunk ${name} is not configured`, leg };
}

const faults: Readonly<Record<NumberFault, string>> = {
  'not-digits': 'has characters that are not digits',
  'too-long': 'has more than 15 digits',
  'nothing-after-prefix': 'has nothing behind its prefix',
  'leading-zero': 'begins with 0 where a country code must stand',
  'no-country-code': 'is a national number by its nature, and no country code is configured',
  'no-area-code': 'is a subscriber number, and no area code is configured',
};
