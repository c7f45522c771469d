/**
 * A second, plain, slow implementation of docs/concepts/pricing.md, written from that page without
 * reading the engine. It decides what the engine's answers must be.
 */
import { type Agreement, legRoles } from '#core/agreements/agreements.ts';
import type { HeldReason } from '#core/rating/charge.ts';
import type { Book } from '#core/tariffs/book.ts';
import type { Rate, Tariff } from '#core/tariffs/tariff.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import { type Candidate, type Choice, choose, jurisdictionOf, type StateOf } from './choose.ts';
import { bandsAt, localDate, periodStart } from './clock.ts';
import {
  ceilingOf,
  compare,
  type Exact,
  exact,
  minus,
  nanosOf,
  ofDecimal,
  ofNanos,
  over,
  plus,
  roundTo,
  times,
  whole,
  ZERO,
} from './exact.ts';
import { findLeg, type Leg } from './legs.ts';
import { type Portion, priceOfSlices, type Slice, sliceByTier } from './tiers.ts';
import { cutByBand, rawSeconds, stepParts, stepPrice } from './voice.ts';

export interface OracleMove {
  readonly key: string;
  readonly before: bigint;
  readonly added: bigint;
}

export interface OracleCharge {
  readonly leg: 'in' | 'out';
  readonly role: string;
  readonly side: string;
  readonly account: string;
  readonly agreement: string;
  readonly agreementValidFrom: string;
  readonly day: string;
  readonly tariff: string;
  readonly currency: string;
  readonly rateId: number | undefined;
  readonly code: string | undefined;
  readonly destination: string | undefined;
  readonly band: string | undefined;
  readonly rawQuantity: Exact;
  readonly billed: Exact;
  /** Before the one rounding. Undefined for data by the day, whose amount is a difference of two rounded ones. */
  readonly exactAmount: Exact | undefined;
  readonly amountNanos: bigint;
  /** Only moves that add something. */
  readonly moves: readonly OracleMove[];
  /** What was used, each stretch with its own price; nothing for attempts, shares and data by the day. */
  readonly slices: readonly Slice[];
}

export type OracleOutcome =
  | { readonly kind: 'rated'; readonly charges: readonly OracleCharge[] }
  | { readonly kind: 'held'; readonly reason: HeldReason; readonly leg: 'in' | 'out' | undefined };

/** A fault of the tariff that compiling it should have refused: two equally good rates, moments with no band or two. */
export class CompiledFault extends Error {}

class Held extends Error {
  readonly reason: HeldReason;
  constructor(reason: HeldReason) {
    super(reason);
    this.reason = reason;
  }
}

const LARGEST_NANOS = 2n ** 63n - 1n;
const noStates: StateOf = () => undefined;

export function rateByOracle(
  book: Book,
  event: UsageEvent,
  counters: ReadonlyMap<string, bigint>,
  stateOf: StateOf = noStates,
): OracleOutcome {
  if (event.trunkIn === undefined && event.trunkOut === undefined) return { kind: 'held', reason: 'rating.no-trunk', leg: undefined };
  const charges: OracleCharge[] = [];
  for (const end of ['in', 'out'] as const) {
    const found = findLeg(book, event, end);
    if (found.kind === 'held') return { kind: 'held', reason: found.reason, leg: end };
    if (found.kind === 'no-leg') continue;
    try {
      charges.push(chargeLeg(book, event, found.leg, counters, stateOf));
    } catch (error) {
      if (error instanceof Held) return { kind: 'held', reason: error.reason, leg: end };
      throw error;
    }
  }
  return { kind: 'rated', charges };
}

/** What pricing one leg found, before it is rounded. */
interface Priced {
  readonly rawQuantity: Exact;
  readonly billed: Exact;
  /** Price of what was used, without fees and limits. */
  readonly usage: Exact;
  readonly fees: Exact;
  readonly moves: readonly OracleMove[];
  readonly slices?: readonly Slice[];
  /** Attempts and calls within the grace: what is due is `fees` alone, without limits. */
  readonly limits: boolean;
  /** Data by the day. */
  readonly amount?: Exact;
}

interface Context {
  readonly book: Book;
  readonly event: UsageEvent;
  readonly leg: Leg;
  readonly agreement: Agreement;
  readonly tariff: Tariff;
  readonly per: Exact;
  readonly counters: ReadonlyMap<string, bigint>;
  readonly bandAt: (micros: number) => string | undefined;
  readonly chooseIn: (band: string | undefined) => Candidate;
}

function chargeLeg(book: Book, event: UsageEvent, leg: Leg, counters: ReadonlyMap<string, bigint>, stateOf: StateOf): OracleCharge {
  const { agreement, service } = leg;
  const tariff = book.tariffs.find(({ id }) => id === service.tariff);
  if (tariff === undefined) throw new Error(`no tariff ${service.tariff}`);
  const bandAt = (micros: number): string | undefined => bandOf(book, tariff, agreement.zone, micros);
  const band = bandAt(event.startMicros);
  const jurisdiction = jurisdictionOf(tariff, event, stateOf);
  const ask = (inBand: string | undefined): Choice => choose({ book, tariff, event, trunk: leg.trunk, band: inBand, jurisdiction });
  const chooseIn = (inBand: string | undefined): Candidate => certain(ask(inBand));
  const context: Context = { book, event, leg, agreement, tariff, per: whole(tariff.per), counters, bandAt, chooseIn };

  const choice = ask(band);
  const nothingCanBeDue =
    choice.kind === 'none' && isAttempt(event, tariff) && !tariff.rates.some(({ terms }) => isCharged(terms.attemptFee));
  const candidate = nothingCanBeDue ? undefined : certain(choice);
  const priced = candidate === undefined ? attempt(context, undefined) : price(context, candidate);

  const { decimals, mode } = agreement.rounding;
  const exactAmount = priced.amount ?? withLimits(candidate?.rate, priced);
  const amountNanos = nanosOf(roundTo(exactAmount, decimals, mode));
  if (amountNanos > LARGEST_NANOS || amountNanos < -LARGEST_NANOS) throw new Held('rating.amount-out-of-range');
  return {
    leg: leg.end,
    role: service.role,
    side: legRoles[service.role],
    account: leg.account,
    agreement: agreement.id,
    agreementValidFrom: agreement.validFrom,
    day: localDate(agreement.zone, event.startMicros),
    tariff: tariff.id,
    currency: tariff.currency,
    rateId: candidate?.rate.id,
    code: candidate?.code,
    destination: candidate?.destination,
    band,
    rawQuantity: priced.rawQuantity,
    billed: priced.billed,
    exactAmount: priced.amount === undefined ? exactAmount : undefined,
    amountNanos,
    moves: priced.moves.filter(({ added }) => added !== 0n),
    slices: priced.slices ?? [],
  };
}

function bandOf(book: Book, tariff: Tariff, zone: string, micros: number): string | undefined {
  if (tariff.timeBands === undefined) return undefined;
  const set = book.timeBands.find(({ id }) => id === tariff.timeBands);
  if (set === undefined) throw new Error(`no time bands ${tariff.timeBands}`);
  const bands = bandsAt(set, book.calendars, zone, micros);
  if (bands.length !== 1) throw new CompiledFault(`${bands.length} bands of ${set.id} at ${micros} in ${zone}: ${bands.join(', ')}`);
  return bands[0];
}

function certain(choice: Choice): Candidate {
  if (choice.kind === 'none') throw new Held(choice.reason);
  if (choice.kind === 'no-caller') throw new Held('rating.no-caller');
  if (choice.equallyGood.length > 1) {
    throw new CompiledFault(`rates ${choice.equallyGood.map(({ rate }) => rate.id).join(' and ')} are equally good`);
  }
  return choice.candidate;
}

/** An unanswered call, or an undelivered message where only delivered ones are charged. */
function isAttempt(event: UsageEvent, tariff: Tariff): boolean {
  if (event.answered) return false;
  if (event.service === 'voice') return true;
  return (event.service === 'sms' || event.service === 'mms') && tariff.charged === 'delivered';
}

function isCharged(fee: Rate['terms']['attemptFee']): boolean {
  return fee !== undefined && fee.units !== 0n;
}

function attempt(context: Context, rate: Rate | undefined): Priced {
  const { event, agreement } = context;
  const rawQuantity = event.service === 'voice' ? micros(rawSeconds(event.durationMicros, agreement.seconds)) : whole(event.quantity);
  return { rawQuantity, billed: ZERO, usage: ZERO, fees: money(rate?.terms.attemptFee), moves: [], limits: false };
}

function price(context: Context, candidate: Candidate): Priced {
  const { event, tariff } = context;
  if (isAttempt(event, tariff)) return attempt(context, candidate.rate);
  switch (event.service) {
    case 'voice':
      return priceVoice(context, candidate.rate);
    case 'sms':
    case 'mms':
      return priceMessage(context, candidate.rate);
    case 'data':
      return tariff.volume.per === 'day' ? priceDataDay(context, candidate) : priceDataSession(context, candidate.rate);
    case 'content':
    case 'event':
      return priceUnits(context, candidate.rate);
  }
}

function priceVoice(context: Context, rate: Rate): Priced {
  const { event, agreement, bandAt, chooseIn } = context;
  const { terms } = rate;
  const raw = rawSeconds(event.durationMicros, agreement.seconds);
  if (terms.graceSeconds !== undefined && compare(raw, whole(terms.graceSeconds)) <= 0) {
    return { rawQuantity: micros(raw), billed: ZERO, usage: ZERO, fees: ZERO, moves: [], limits: false };
  }
  const free = terms.freeSeconds ?? 0;
  const parts = stepParts(rate, minus(raw, whole(free)));
  const portions: Portion[] = [];
  let billed = ZERO;
  const rateIn = new Map<string, Rate>();
  for (const { step, billed: seconds } of parts) {
    if (agreement.bands === 'start' || context.tariff.timeBands === undefined) {
      portions.push({ quantity: seconds, rate, step, price: stepPrice(rate, step) });
    } else {
      const from = event.startMicros + free * 1_000_000 + Number(billed.n) * 1_000_000;
      for (const piece of cutByBand(from, seconds, (at) => bandAt(at) ?? '')) {
        const bandRate = rateIn.get(piece.band) ?? chooseIn(piece.band).rate;
        rateIn.set(piece.band, bandRate);
        if (structure(rate) !== structure(bandRate)) throw new Held('rating.no-rate-in-band');
        portions.push({ quantity: piece.seconds, rate: bandRate, step, price: stepPrice(bandRate, step) });
      }
    }
    billed = plus(billed, seconds);
  }
  const fees = plus(plus(money(terms.setupFee), money(terms.disconnectFee)), money(terms.surcharge));
  return { rawQuantity: micros(raw), billed, fees, limits: true, ...used(context, rate, portions, billed) };
}

/** All of a rate's terms but its prices: with split bands they must be the same. */
function structure({ terms }: Rate): string {
  const fee = (value: Rate['terms']['setupFee']): string => (value === undefined ? '0/1' : `${ofDecimal(value).n}/${ofDecimal(value).d}`);
  const limit = (value: Rate['terms']['setupFee']): string => (value === undefined ? 'none' : fee(value));
  return JSON.stringify([
    [terms.firstSeconds ?? 1, terms.nextSeconds ?? 1, terms.graceSeconds ?? 'none', terms.freeSeconds ?? 0],
    [terms.setupFee, terms.attemptFee, terms.disconnectFee, terms.surcharge, terms.minimumCharge].map(fee),
    limit(terms.maximumCharge),
    (terms.steps ?? []).map(({ fromSeconds, firstSeconds, nextSeconds }) => [fromSeconds, firstSeconds, nextSeconds]),
    terms.tiers && [
      terms.tiers.counter,
      terms.tiers.kind,
      terms.tiers.measure,
      terms.tiers.period,
      terms.tiers.tiers.map(({ from }) => fee(from)),
    ],
  ]);
}

function priceMessage(context: Context, rate: Rate): Priced {
  const { event, tariff } = context;
  const billed = whole(tariff.messageUnit === 'part' ? event.quantity : 1);
  const band = rate.terms.sizeBands?.find(({ upToBytes }) => event.bytesDown <= upToBytes);
  const unitPrice = ofDecimal(band?.price ?? rate.terms.price);
  const result = used(context, rate, [{ quantity: billed, rate, step: 0, price: unitPrice }], billed);
  return { rawQuantity: whole(event.quantity), billed, fees: onceFees(rate), limits: true, ...result };
}

function countedBytes({ event, tariff }: Context): bigint {
  const up = tariff.volume.count === 'down' ? 0n : BigInt(event.bytesUp);
  return up + (tariff.volume.count === 'up' ? 0n : BigInt(event.bytesDown));
}

function roundedUp(bytes: bigint, tariff: Tariff): Exact {
  const unit = whole(tariff.volume.roundUpToBytes);
  return times(exact(ceilingOf(over(exact(bytes), unit))), unit);
}

function priceDataSession(context: Context, rate: Rate): Priced {
  const bytes = countedBytes(context);
  const billed = roundedUp(bytes, context.tariff);
  const result = used(context, rate, [{ quantity: billed, rate, step: 0, price: ofDecimal(rate.terms.price) }], billed);
  return { rawQuantity: exact(bytes), billed, fees: onceFees(rate), limits: true, ...result };
}

function priceDataDay(context: Context, { rate, code }: Candidate): Priced {
  const { event, agreement, leg, tariff, per, counters } = context;
  if (rate.terms.tiers !== undefined) throw new CompiledFault(`rate ${rate.id}: the law says nothing of tiers on data by the day`);
  const key = ['day', agreement.id, leg.service.role, event.calling ?? '', code, localDate(agreement.zone, event.startMicros)].join('|');
  const before = counters.get(key) ?? 0n;
  const bytes = countedBytes(context);
  const volumeBefore = roundedUp(before, tariff);
  const volumeAfter = roundedUp(before + bytes, tariff);
  const { decimals, mode } = agreement.rounding;
  const dueFor = (volume: Exact): Exact => roundTo(over(times(volume, ofDecimal(rate.terms.price)), per), decimals, mode);
  return {
    rawQuantity: exact(bytes),
    billed: minus(volumeAfter, volumeBefore),
    usage: ZERO,
    fees: ZERO,
    limits: false,
    amount: minus(dueFor(volumeAfter), dueFor(volumeBefore)),
    moves: [{ key, before, added: bytes }],
  };
}

function priceUnits(context: Context, rate: Rate): Priced {
  const { event, tariff } = context;
  const billed = whole(event.quantity);
  const { share } = rate.terms;
  const common = { rawQuantity: billed, billed, fees: onceFees(rate), limits: true };
  if (share === undefined)
    return { ...common, ...used(context, rate, [{ quantity: billed, rate, step: 0, price: ofDecimal(rate.terms.price) }], billed) };
  if (event.priceNanos === undefined) throw new Held('rating.price-missing');
  if (event.priceCurrency !== tariff.currency) throw new Held('rating.currency-differs');
  const after = minus(ofNanos(event.priceNanos), ofDecimal(share.after));
  const usage = over(times(ofDecimal(share.percent), after), exact(100n));
  return { ...common, usage: compare(usage, ZERO) < 0 ? ZERO : usage, moves: [] };
}

/** The price of the portions with the rate's tiers, and what the tiers' counter gains. */
function used(context: Context, rate: Rate, portions: readonly Portion[], billed: Exact): Pick<Priced, 'usage' | 'moves' | 'slices'> {
  const { agreement, leg, event, per, counters } = context;
  const { tiers } = rate.terms;
  if (tiers === undefined) {
    const slices = sliceByTier(portions, per, undefined, ZERO);
    return { slices, usage: priceOfSlices(slices), moves: [] };
  }
  const key = [
    'tier',
    agreement.id,
    leg.service.role,
    tiers.counter,
    tiers.period,
    periodStart(tiers.period, agreement.zone, event.startMicros),
  ].join('|');
  const before = counters.get(key) ?? 0n;
  const position = tiers.measure === 'money' ? ofNanos(before) : exact(before);
  const slices = sliceByTier(portions, per, tiers, position);
  const usage = priceOfSlices(slices);
  const { decimals, mode } = agreement.rounding;
  const added = tiers.measure === 'money' ? nanosOf(roundTo(usage, decimals, mode)) : billed.n;
  return { slices, usage, moves: [{ key, before, added }] };
}

/** What messages, data sessions, content and events pay once. */
function onceFees({ terms }: Rate): Exact {
  return plus(money(terms.setupFee), money(terms.surcharge));
}

function withLimits(rate: Rate | undefined, priced: Priced): Exact {
  let amount = plus(priced.usage, priced.fees);
  if (!priced.limits || rate === undefined) return amount;
  const { minimumCharge, maximumCharge } = rate.terms;
  if (minimumCharge !== undefined && compare(priced.billed, ZERO) > 0 && compare(amount, ofDecimal(minimumCharge)) < 0)
    amount = ofDecimal(minimumCharge);
  if (maximumCharge !== undefined && compare(amount, ofDecimal(maximumCharge)) > 0) amount = ofDecimal(maximumCharge);
  return amount;
}

function money(fee: Rate['terms']['setupFee']): Exact {
  return fee === undefined ? ZERO : ofDecimal(fee);
}

function micros(seconds: Exact): Exact {
  return times(seconds, exact(1_000_000n));
}
