import type { Side } from '../agreements/agreements.ts';
import { formatNanos } from '../money/amount.ts';
import { formatFraction } from '../money/fraction.ts';
import { formulaOf } from '../tariffs/compiled-tariff.ts';
import { formatLocal } from '../time/zoned.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { Charge, CounterReader, HeldReason, LegOutcome, RatedEvent } from './charge.ts';
import { chooseTerms } from './choose-terms.ts';
import type { CompiledBook, CompiledTrunk, Terms } from './compile-book.ts';
import { priceContent, priceData, priceMessage } from './exact-units.ts';
import { priceVoice } from './exact-voice.ts';
import { explainRate, explainTerms } from './explain-choice.ts';
import type { Explanation, ExplanationStep } from './explanation.ts';
import { fastLeg, NOT_FAST } from './fast-voice.ts';
import { isInRange, type NotPriced, type Priced } from './finish.ts';
import type { Leg } from './leg.ts';
import { pricing } from './pricing-sayings.ts';
import { RatedCharge } from './rated-charge.ts';
import { NO_CALLER, NO_RATE_IN_BAND, selectRate } from './select-rate.ts';
import { explainStep, type Trace } from './trace.ts';
import type { UsePart } from './use-part.ts';
import { rawMicros } from './voice-quantity.ts';

/**
 * The price of one event on all its legs. A function: the same book, event and counters give the same charges.
 * The law is docs/concepts/pricing.md.
 */
export function rateEvent(book: CompiledBook, event: UsageEvent, counters: CounterReader, explain = false): RatedEvent {
  if (event.trunkIn === undefined && event.trunkOut === undefined) return held(undefined, 'rating.no-trunk', 'the event names no trunk');
  const charges: Charge[] = [];
  for (const end of ENDS) {
    const trunkName = end === 'in' ? event.trunkIn : event.trunkOut;
    if (trunkName === undefined) continue;
    const trunk = book.trunks.get(trunkName);
    if (trunk === undefined) return held(end, 'rating.trunk-unknown', `trunk ${trunkName} is not configured`);
    if (trunk.account === undefined) continue;
    const outcome = rateEnd(book, event, end, trunk, counters, explain);
    if (outcome.kind === 'held') return outcome;
    charges.push(outcome.charge);
  }
  return { kind: 'rated', charges };
}

const ENDS = ['in', 'out'] as const;

type Held = Extract<LegOutcome, { kind: 'held' }>;

function held(leg: Held['leg'], reason: HeldReason, detail: string): Held {
  return { kind: 'held', leg, reason, detail };
}

function rateEnd(
  book: CompiledBook,
  called: UsageEvent,
  end: Leg['end'],
  trunk: CompiledTrunk,
  counters: CounterReader,
  explain: boolean,
): LegOutcome {
  const side: Side = end === 'in' ? 'receivable' : 'payable';
  const terms = chooseTerms(trunk[side].get(called.service), called.startMicros);
  if (terms === undefined) {
    return held(end, 'rating.no-agreement', `account ${trunk.account} has no agreement for ${called.service} (${side}) at the start`);
  }
  if (terms === 'ambiguous') {
    return held(end, 'rating.agreement-ambiguous', `account ${trunk.account} has several agreements for ${called.service} (${side})`);
  }
  return rateUnder({ book, terms, trunk: trunk.id, end, counters, explain }, called);
}

/** What an event is priced under. */
export interface RatingFrame {
  readonly book: CompiledBook;
  readonly terms: Terms;
  readonly trunk: string;
  readonly end: Leg['end'];
  readonly counters: CounterReader;
  readonly explain: boolean;
}

/** The price of one leg whose terms are known: what charging uses, for all of the event or a part. */
export function rateUnder({ book, terms, trunk, end, counters, explain }: RatingFrame, called: UsageEvent, part?: UsePart): LegOutcome {
  const routing = terms.tariff.tariff.portability === 'follow' ? called.enriched?.routing : undefined;
  const event = routing === undefined ? called : { ...called, called: routing };
  const dialled = routing === undefined ? undefined : called.called;
  const band = terms.bands === undefined ? -1 : terms.bands.at(event.startMicros);
  const row = selectRate(book, terms, event, trunk, band);
  const leg: Leg = { book, event, dialled, end, trunk, terms, day: terms.days.date(event.startMicros), band, row };
  if (row < 0) return withoutRate(leg, explain);
  if (part !== undefined) return rateExactly({ ...leg, part }, counters, explain);
  return (explain ? undefined : rateFast(leg)) ?? rateExactly(leg, counters, explain);
}

/** Plain voice in plain numbers; undefined when the exact road must price the leg. */
function rateFast(leg: Leg): LegOutcome | undefined {
  const voice = { raw: 0, billed: 0 };
  const nanos = leg.event.service === 'voice' ? fastLeg(leg, voice) : NOT_FAST;
  if (nanos === NOT_FAST) return undefined;
  return charged(leg, { rawQuantity: voice.raw, billedQuantity: voice.billed, amountNanos: BigInt(nanos), moves: NO_MOVES }, undefined);
}

const NO_MOVES: Charge['counterMoves'] = [];

function rateExactly(leg: Leg, counters: CounterReader, explain: boolean): LegOutcome {
  const trace: ExplanationStep[] | undefined = explain ? [] : undefined;
  if (trace !== undefined) {
    explainTerms(trace, leg);
    explainRate(trace, leg);
  }
  const priced = priceService(leg, counters, trace);
  if ('reason' in priced) return held(leg.end, priced.reason, priced.detail);
  if (!isInRange(priced.amountNanos))
    return held(leg.end, 'rating.amount-out-of-range', `the amount would be ${formatFraction(priced.exact)}`);
  if (trace === undefined) return charged(leg, priced, undefined);
  return charged(leg, priced, { steps: trace, exactAmount: formatFraction(priced.exact), ...amountOf(leg, priced.amountNanos) });
}

function charged(
  leg: Leg,
  { rawQuantity, billedQuantity, amountNanos, moves }: Omit<Priced, 'exact'>,
  explanation: Explanation | undefined,
): LegOutcome {
  return { kind: 'charged', charge: new RatedCharge(leg, rawQuantity, billedQuantity, amountNanos, moves, explanation) };
}

function amountOf({ terms }: Leg, amountNanos: bigint): { readonly amount: string; readonly currency: string } {
  return { amount: formatNanos(amountNanos, terms.agreement.rounding.decimals), currency: terms.tariff.tariff.currency };
}

function priceService(leg: Leg, counters: CounterReader, trace: Trace): Priced | NotPriced {
  const { event, terms } = leg;
  const { currency } = terms.tariff.tariff;
  switch (event.service) {
    case 'voice':
      return priceVoice(leg, counters, trace);
    case 'sms':
    case 'mms':
      return priceMessage(leg, counters, trace);
    case 'data':
      return priceData(leg, counters, trace);
    case 'content':
    case 'event':
      if (formulaOf(terms.tariff, leg.row).share !== undefined) {
        if (event.priceNanos === undefined) return { reason: 'rating.price-missing', detail: 'the event carries no price to the customer' };
        if (event.priceCurrency !== currency) {
          return { reason: 'rating.currency-differs', detail: `the event's price is in ${event.priceCurrency}, the tariff in ${currency}` };
        }
      }
      return priceContent(leg, counters, trace);
  }
}

const WITHOUT_RATE = /^tariff (\S+) has no rate for /;

/** The tariff that an event was held for, by what was said of it: the texts of withoutRate. */
export function tariffWithoutRate(detail: string): string | undefined {
  return WITHOUT_RATE.exec(detail)?.[1];
}

/** Held, unless nothing could be due: no answer or delivery, under a tariff without attempt fees. */
function withoutRate(leg: Leg, explain: boolean): LegOutcome {
  const { event, terms, end, row } = leg;
  const { tariff, hasAttemptFee } = terms.tariff;
  if (row === NO_CALLER) return held(end, 'rating.no-caller', `tariff ${tariff.id} chooses by the caller's number, which is missing`);
  const isMessage = event.service === 'sms' || event.service === 'mms';
  const onlyAttempt = !event.answered && (event.service === 'voice' || (isMessage && tariff.charged === 'delivered'));
  if (onlyAttempt && !hasAttemptFee) return nothingDue(leg, explain);
  if (row === NO_RATE_IN_BAND) {
    const band = terms.tariff.timeBands?.bands[leg.band]?.name ?? '';
    const at = formatLocal(terms.agreement.zone, event.startMicros);
    return held(end, 'rating.no-rate-in-band', `tariff ${tariff.id} has no rate for ${event.called} in band ${band}, at ${at}`);
  }
  return held(end, 'rating.no-rate', `tariff ${tariff.id} has no rate for ${event.called === '' ? 'the event' : event.called}`);
}

function nothingDue(leg: Leg, explain: boolean): LegOutcome {
  const { event, terms } = leg;
  const rawQuantity = event.service === 'voice' ? rawMicros(event.durationMicros, terms.agreement.seconds) : event.quantity;
  const steps: ExplanationStep[] = [];
  if (explain) {
    explainTerms(steps, leg);
    explainStep(steps, 'rate', [pricing('price.rate.none', { number: event.called })]);
  }
  const explanation = explain ? { steps, exactAmount: '0', ...amountOf(leg, 0n) } : undefined;
  return charged(leg, { rawQuantity, billedQuantity: 0, amountNanos: 0n, moves: NO_MOVES }, explanation);
}
