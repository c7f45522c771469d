import type { Agreement, Side } from '../agreements/agreements.ts';
import { formatNanos } from '../money/amount.ts';
import { formatFraction } from '../money/fraction.ts';
import { DESTINATION, RATE_ID, rowNumber } from '../tariffs/compiled-tariff.ts';
import { formatLocal } from '../time/zoned.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import type { Charge, CounterReader, HeldReason, LegOutcome, RatedEvent } from './charge.ts';
import type { CompiledBook, CompiledTrunk, Terms } from './compile-book.ts';
import { priceContent, priceData, priceMessage } from './exact-units.ts';
import { formulaOf, priceVoice } from './exact-voice.ts';
import { explainRate, explainTerms } from './explain-choice.ts';
import type { ExplanationStep } from './explanation.ts';
import { fastVoice, NOT_FAST } from './fast-voice.ts';
import { isInRange, type Priced } from './finish.ts';
import { codeOf, NO_CALLER, NO_RATE, NO_RATE_IN_BAND, selectRate } from './select-rate.ts';
import { explainStep, type Trace } from './trace.ts';
import { billedSeconds, rawMicros } from './voice-quantity.ts';

/** The price of one event on all its legs. A function: the same book, event and counters give the same charges. */
export function rateEvent(book: CompiledBook, event: UsageEvent, counters: CounterReader, explain = false): RatedEvent {
  if (event.trunkIn === undefined && event.trunkOut === undefined) return held(undefined, 'rating.no-trunk', 'the event names no trunk');
  const charges: Charge[] = [];
  for (const leg of LEGS) {
    const trunkName = leg === 'in' ? event.trunkIn : event.trunkOut;
    if (trunkName === undefined) continue;
    const trunk = book.trunks.get(trunkName);
    if (trunk === undefined) return held(leg, 'rating.trunk-unknown', `trunk ${trunkName} is not configured`);
    if (trunk.account === undefined) continue;
    const outcome = rateLeg(book, event, leg, trunk, counters, explain);
    if (outcome.kind === 'held') return outcome;
    charges.push(outcome.charge);
  }
  return { kind: 'rated', charges };
}

const LEGS = ['in', 'out'] as const;
type Leg = (typeof LEGS)[number];

type Held = Extract<LegOutcome, { kind: 'held' }>;

function held(leg: Leg | undefined, reason: HeldReason, detail: string): Held {
  return { kind: 'held', leg, reason, detail };
}

function rateLeg(
  book: CompiledBook,
  event: UsageEvent,
  leg: Leg,
  trunk: CompiledTrunk,
  counters: CounterReader,
  explain: boolean,
): LegOutcome {
  const side: Side = leg === 'in' ? 'receivable' : 'payable';
  const terms = chooseTerms(trunk[side].get(event.service), event.startMicros);
  if (terms === undefined)
    return held(leg, 'rating.no-agreement', `account ${trunk.account} has no agreement for ${event.service} (${side}) at the start`);
  if (terms === 'ambiguous')
    return held(leg, 'rating.agreement-ambiguous', `account ${trunk.account} has several agreements for ${event.service} (${side})`);

  const band = terms.bands === undefined ? -1 : terms.bands.at(event.startMicros);
  const row = selectRate(book, terms, event, trunk.id, band);
  const day = terms.days.date(event.startMicros);
  if (row < 0) return withoutRate(terms, event, leg, trunk, band, row, day, explain);

  const formula = formulaOf(terms, row);
  if (event.service === 'voice' && !explain && formula.fast !== undefined) {
    const raw = rawMicros(event.durationMicros, terms.agreement.seconds);
    const nanos = fastVoice(book, terms, event, trunk.id, row, formula, formula.fast, raw, band);
    if (nanos !== NOT_FAST) {
      const chargeable = raw - formula.freeSeconds * 1_000_000;
      const isFree = !event.answered || raw <= formula.graceSeconds * 1_000_000;
      const billed = isFree ? 0 : billedSeconds(chargeable, formula.firstSeconds, formula.nextSeconds);
      return { kind: 'charged', charge: chargeOf(terms, leg, day, row, band, raw, billed, BigInt(nanos), NO_MOVES, undefined) };
    }
  }
  return rateExactly(book, terms, event, leg, trunk, band, row, day, counters, explain);
}

const NO_MOVES: Charge['counterMoves'] = [];

function rateExactly(
  book: CompiledBook,
  terms: Terms,
  event: UsageEvent,
  leg: Leg,
  trunk: CompiledTrunk,
  band: number,
  row: number,
  day: string,
  counters: CounterReader,
  explain: boolean,
): LegOutcome {
  const trace: ExplanationStep[] | undefined = explain ? [] : undefined;
  if (trace !== undefined) {
    explainTerms(trace, terms, event, trunk.id);
    explainRate(trace, book, terms, event, trunk.id, band, row);
  }
  const priced = priceService(book, terms, event, trunk.id, row, day, counters, trace);
  if (!('exact' in priced)) return held(leg, priced.reason, priced.detail);
  if (!isInRange(priced.amountNanos)) return held(leg, 'rating.amount-out-of-range', `the amount would be ${formatFraction(priced.exact)}`);
  return {
    kind: 'charged',
    charge: chargeOf(
      terms,
      leg,
      day,
      row,
      band,
      priced.rawQuantity,
      priced.billedQuantity,
      priced.amountNanos,
      priced.moves,
      trace && { steps: trace, exactAmount: formatFraction(priced.exact), ...amountOf(terms, priced.amountNanos) },
    ),
  };
}

function amountOf(terms: Terms, amountNanos: bigint): { readonly amount: string; readonly currency: string } {
  return { amount: formatNanos(amountNanos, terms.agreement.rounding.decimals), currency: terms.tariff.tariff.currency };
}

interface NotPriced {
  readonly reason: HeldReason;
  readonly detail: string;
}

function priceService(
  book: CompiledBook,
  terms: Terms,
  event: UsageEvent,
  trunk: string,
  row: number,
  day: string,
  counters: CounterReader,
  trace: Trace,
): Priced | NotPriced {
  const formula = formulaOf(terms, row);
  switch (event.service) {
    case 'voice':
      return (
        priceVoice(book, terms, event, trunk, row, day, counters, trace) ?? {
          reason: 'rating.no-rate-in-band',
          detail: `tariff ${terms.tariff.tariff.id}: a later time band of the call has no rate that may price it`,
        }
      );
    case 'sms':
    case 'mms':
      return priceMessage(terms, event, formula, day, counters, trace);
    case 'data':
      return priceData(terms, event, formula, codeOf(terms, row), day, counters, trace);
    case 'content':
    case 'event': {
      if (formula.share !== undefined) {
        const { currency } = terms.tariff.tariff;
        if (event.priceNanos === undefined) return { reason: 'rating.price-missing', detail: 'the event carries no price to the customer' };
        if (event.priceCurrency !== currency)
          return { reason: 'rating.currency-differs', detail: `the event's price is in ${event.priceCurrency}, the tariff in ${currency}` };
      }
      return priceContent(terms, event, formula, day, counters, trace);
    }
  }
}

/** The version in force at an instant; 'ambiguous' when two agreements have one. */
function chooseTerms(candidates: readonly Terms[] | undefined, startMicros: number): Terms | 'ambiguous' | undefined {
  let chosen: Terms | undefined;
  for (const terms of candidates ?? NO_TERMS) {
    const day = terms.days.date(startMicros);
    if (!isValidOn(terms.agreement, day) || terms.laterVersions.some((later) => isValidOn(later, day))) continue;
    if (chosen !== undefined) return 'ambiguous';
    chosen = terms;
  }
  return chosen;
}

function isValidOn({ validFrom, validTo }: Agreement, day: string): boolean {
  return day >= validFrom && (validTo === undefined || day < validTo);
}

const NO_TERMS: readonly Terms[] = [];

/** Held, unless nothing could be due: a call that was not answered under a tariff without attempt fees. */
function withoutRate(
  terms: Terms,
  event: UsageEvent,
  leg: Leg,
  trunk: CompiledTrunk,
  band: number,
  why: number,
  day: string,
  explain: boolean,
): LegOutcome {
  const { tariff, hasAttemptFee } = terms.tariff;
  const attemptOnly = event.service === 'voice' || ((event.service === 'sms' || event.service === 'mms') && tariff.charged === 'delivered');
  if (attemptOnly && !event.answered && !hasAttemptFee && why !== NO_CALLER) {
    const raw = event.service === 'voice' ? rawMicros(event.durationMicros, terms.agreement.seconds) : event.quantity;
    const trace: ExplanationStep[] = [];
    if (explain) {
      explainTerms(trace, terms, event, trunk.id);
      explainStep(trace, 'rate', `not answered, no rate for ${event.called}, and the tariff has no attempt fee: nothing is due`);
    }
    const explanation = explain ? { steps: trace, exactAmount: '0', ...amountOf(terms, 0n) } : undefined;
    return { kind: 'charged', charge: chargeOf(terms, leg, day, NO_RATE, band, raw, 0, 0n, NO_MOVES, explanation) };
  }
  if (why === NO_CALLER) return held(leg, 'rating.no-caller', `tariff ${tariff.id} chooses by the caller's number, which is missing`);
  if (why === NO_RATE_IN_BAND) {
    const name = terms.tariff.timeBands?.bands[band]?.name ?? '';
    return held(
      leg,
      'rating.no-rate-in-band',
      `tariff ${tariff.id} has no rate for ${event.called} in band ${name}, at ${formatLocal(terms.agreement.zone, event.startMicros)}`,
    );
  }
  return held(leg, 'rating.no-rate', `tariff ${tariff.id} has no rate for ${event.called === '' ? 'the event' : event.called}`);
}

function chargeOf(
  terms: Terms,
  leg: Leg,
  day: string,
  row: number,
  band: number,
  rawQuantity: number,
  billedQuantity: number,
  amountNanos: bigint,
  counterMoves: Charge['counterMoves'],
  explanation: Charge['explanation'],
): Charge {
  const { agreement, tariff } = terms;
  const charge: Charge = {
    leg,
    role: terms.service.role,
    side: terms.side,
    account: agreement.account,
    agreement: agreement.id,
    agreementValidFrom: agreement.validFrom,
    agreementVersionId: agreement.versionId,
    day,
    tariff: tariff.tariff.id,
    rateId: row < 0 ? undefined : rowNumber(tariff, row, RATE_ID),
    code: row < 0 ? '' : codeOf(terms, row),
    destination: row < 0 ? '' : (tariff.destinations[rowNumber(tariff, row, DESTINATION)] ?? ''),
    band: band < 0 ? undefined : tariff.timeBands?.bands[band]?.name,
    rawQuantity,
    billedQuantity,
    amountNanos,
    currency: tariff.tariff.currency,
    counterMoves,
  };
  return explanation === undefined ? charge : { ...charge, explanation };
}
