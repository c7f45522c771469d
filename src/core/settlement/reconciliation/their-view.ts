/** Our calls as they would look if the partner counted as some causes say. With no cause: as we booked them. */
import type { Rounding } from '../../money/rounding.ts';
import { divideRounded } from '../../money/rounding.ts';
import { MICROS_PER_SECOND } from '../../time/zoned.ts';
import { type Cause, inOrder } from './causes.ts';
import { emptyFigures, type Grid, type GridFigures, timesBySlot } from './comparison.ts';
import type { Declared } from './declared.ts';
import { CallPricer, type ComparedRate, type Increments } from './price-call.ts';
import { MOST_NANOS, SLOT_MICROS, type UsageCells } from './usage-cells.ts';

export interface OurUsage {
  /** Of the period and a day on either side of it: a partner in another zone counts some of that. */
  readonly cells: UsageCells;
  /** All rates of the tariffs of the cells, also those before and after. */
  readonly rates: ReadonlyMap<number, ComparedRate>;
  readonly rounding: Rounding;
  /** Zone of the agreement. */
  readonly zone: string;
}

/** Figures on the grid, with the sum of what no destination of the grid has. */
export interface TheirView extends GridFigures {
  readonly totalNanos: bigint;
}

const SLOTS_PER_HOUR = 4;

export class Viewer {
  readonly #ours: OurUsage;
  readonly #declared: Declared;
  readonly #grid: Grid;
  readonly #firstSlot: number;
  readonly #slots: number;
  readonly #zones = new Map<string, Int32Array>();
  /** By increments and rate. */
  readonly #pricers = new Map<string, Map<number, CallPricer>>();
  readonly #previous = new Map<number, ComparedRate>();
  readonly #next = new Map<number, ComparedRate>();

  constructor(ours: OurUsage, declared: Declared, grid: Grid) {
    this.#ours = ours;
    this.#declared = declared;
    this.#grid = grid;
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const { slots, count } = ours.cells;
    for (let at = 0; at < count; at += 1) {
      const slot = slots[at] ?? 0;
      if (slot < first) first = slot;
      if (slot > last) last = slot;
    }
    this.#firstSlot = count === 0 ? 0 : first;
    this.#slots = count === 0 ? 0 : last - first + 1;
    this.#chain();
  }

  /** Rates of one thing follow each other where one ends as the other begins. */
  #chain(): void {
    const groups = Map.groupBy(this.#ours.rates.values(), ({ tariff, code, destination, condition }) =>
      JSON.stringify([tariff, code, destination, condition]),
    );
    for (const group of groups.values()) {
      const sorted = group.toSorted((a, b) => a.validFromMicros - b.validFromMicros);
      sorted.forEach((rate, index) => {
        const next = sorted[index + 1];
        if (next === undefined || next.validFromMicros < rate.validToMicros) return;
        this.#next.set(rate.id, next);
        this.#previous.set(next.id, rate);
      });
    }
  }

  view(unordered: readonly Cause[]): TheirView {
    const { cells, rates } = this.#ours;
    const { count, slots, rateIds, dialledRateIds, fileIds, raws, calls: callsOf, billed: billedOf, amounts: amountsOf } = cells;
    const causes = inOrder(unordered);
    const of = <K extends Cause['kind']>(...kinds: readonly K[]) =>
      causes.filter((cause): cause is Extract<Cause, { kind: K }> => kinds.some((kind) => kind === cause.kind));
    const zone = of('zone')[0]?.zone ?? this.#ours.zone;
    const times = this.#timesOf(zone);
    const factors = this.#factors(causes);
    const filesMissing = new Set(of('files-missing').flatMap(({ fileIds: ids }) => ids));
    const filesTwice = new Set(of('files-twice').flatMap(({ fileIds: ids }) => ids));
    const files = filesMissing.size > 0 || filesTwice.size > 0;
    const under = Math.max(0, ...of('short-calls').map(({ underSeconds }) => underSeconds)) * MICROS_PER_SECOND;
    const ported = of('ported').length > 0;
    const decks = new Map(of('code-deck').flatMap(({ rates: moved }) => [...moved]));
    const shift = of('start').reduce((sum, { seconds }) => sum + seconds, 0) * MICROS_PER_SECOND;
    const increments = of('increments');
    const dates = of('rate-date');
    const repriced = shift !== 0 || increments.length > 0 || dates.length > 0 || decks.size > 0 || ported;
    const width = this.#grid.times.length;
    const { calls: sumCalls, raw: sumRaw, billed: sumBilled, near: low } = emptyFigures(this.#grid.destinations.length * width);
    // Whole nanos in numbers as long as they are exact; beyond that in bigint.
    const high = new Map<number, bigint>();
    let total = 0;
    let totalNanos = 0n;
    const placeOfRate = new Map<number, number>();
    for (let at = 0; at < count; at += 1) {
      const slot = (slots[at] ?? 0) - this.#firstSlot;
      const time = times[slot] ?? -1;
      if (time < 0) continue;
      let factor = factors === undefined ? 1 : (factors[slot] ?? 1);
      if (files) factor *= filesMissing.has(fileIds[at] ?? 0) ? 0 : filesTwice.has(fileIds[at] ?? 0) ? 2 : 1;
      const ownRaw = raws[at] ?? 0;
      if (factor === 0 || ownRaw < under) continue;
      const ownRate = rateIds[at] ?? 0;
      let raw = ownRaw;
      let rateId = ownRate;
      const calls = callsOf[at] ?? 0;
      let billed = billedOf[at] ?? 0;
      let amount = amountsOf[at] ?? 0;
      if (repriced) {
        if (ported) rateId = (dialledRateIds[at] ?? 0) || rateId;
        rateId = decks.get(rateId) ?? rateId;
        for (const date of dates) rateId = this.#dated(rateId, slot, date);
        raw = Math.max(0, raw + shift);
        const rate = rates.get(rateId);
        const wanted = increments.find(({ destination }) => destination === undefined || destination === rate?.destination);
        if (rateId !== ownRate || shift !== 0 || wanted !== undefined) {
          const own = this.#price(ownRate, ownRaw, undefined);
          const other = this.#price(rateId, raw, wanted);
          if (own !== undefined && other !== undefined) {
            billed += calls * (other.billedMicros - own.billedMicros);
            amount += calls * (other.amountNanos - own.amountNanos);
          }
        }
      }
      amount *= factor;
      total += amount;
      if (total > MOST_NANOS || total < -MOST_NANOS) {
        totalNanos += BigInt(total);
        total = 0;
      }
      let place = placeOfRate.get(rateId);
      if (place === undefined) {
        place = this.#grid.destinationOf(rateId);
        placeOfRate.set(rateId, place);
      }
      if (place < 0) continue;
      const into = place * width + time;
      sumCalls[into] = (sumCalls[into] ?? 0) + calls * factor;
      sumRaw[into] = (sumRaw[into] ?? 0) + raw * calls * factor;
      sumBilled[into] = (sumBilled[into] ?? 0) + billed * factor;
      const sum = (low[into] ?? 0) + amount;
      if (sum > MOST_NANOS || sum < -MOST_NANOS) {
        high.set(into, (high.get(into) ?? 0n) + BigInt(sum));
        low[into] = 0;
      } else low[into] = sum;
    }
    const near = high.size === 0 ? low : low.map((sum, into) => sum + Number(high.get(into) ?? 0n));
    let exact: BigInt64Array | undefined;
    const view = {
      ...{ calls: sumCalls, raw: sumRaw, billed: sumBilled, near, totalNanos: totalNanos + BigInt(total) },
      // Made when it is asked for: of hundreds of views a handful is.
      get amounts(): BigInt64Array {
        exact ??= BigInt64Array.from(low, (sum, into) => BigInt(sum) + (high.get(into) ?? 0n));
        return exact;
      },
    };
    return scaled(view, causes);
  }

  /** First slot and number of slots. */
  get range(): { readonly firstSlot: number; readonly slots: number } {
    return { firstSlot: this.#firstSlot, slots: this.#slots };
  }

  #timesOf(zone: string): Int32Array {
    const known = this.#zones.get(zone);
    if (known !== undefined) return known;
    const times = timesBySlot(this.#grid, this.#declared.period, zone, this.#firstSlot, this.#slots);
    this.#zones.set(zone, times);
    return times;
  }

  #factors(causes: readonly Cause[]): Uint8Array | undefined {
    let factors: Uint8Array | undefined;
    for (const cause of causes) {
      if (cause.kind !== 'hours-missing' && cause.kind !== 'hours-twice') continue;
      factors ??= new Uint8Array(this.#slots).fill(1);
      for (const hour of cause.hours) {
        const from = hour * SLOTS_PER_HOUR - this.#firstSlot;
        for (let slot = Math.max(0, from); slot < from + SLOTS_PER_HOUR; slot += 1) factors[slot] = cause.kind === 'hours-missing' ? 0 : 2;
      }
    }
    return factors;
  }

  #dated(rateId: number, slot: number, { changeMicros, takenMicros }: Extract<Cause, { kind: 'rate-date' }>): number {
    const micros = (slot + this.#firstSlot) * SLOT_MICROS;
    const rate = this.#ours.rates.get(rateId);
    if (rate === undefined) return rateId;
    if (takenMicros > changeMicros && micros >= changeMicros && micros < takenMicros && rate.validFromMicros === changeMicros)
      return this.#previous.get(rateId)?.id ?? rateId;
    if (takenMicros < changeMicros && micros >= takenMicros && micros < changeMicros && rate.validToMicros === changeMicros)
      return this.#next.get(rateId)?.id ?? rateId;
    return rateId;
  }

  #price(rateId: number, raw: number, increments: Increments | undefined) {
    const key = increments === undefined ? '' : `${increments.firstSeconds}/${increments.nextSeconds}`;
    const pricers = this.#pricers.get(key) ?? new Map<number, CallPricer>();
    this.#pricers.set(key, pricers);
    let pricer = pricers.get(rateId);
    if (pricer === undefined) {
      const rate = this.#ours.rates.get(rateId);
      if (rate === undefined) return undefined;
      const own = increments === undefined ? undefined : { firstSeconds: increments.firstSeconds, nextSeconds: increments.nextSeconds };
      pricer = new CallPricer(rate, this.#ours.rounding, own);
      pricers.set(rateId, pricer);
    }
    return pricer.price(raw);
  }
}

function scaled(view: TheirView, causes: readonly Cause[]): TheirView {
  const ratios = causes.filter((cause) => cause.kind === 'tax' || cause.kind === 'exchange');
  if (ratios.length === 0) return view;
  let { amounts, totalNanos } = view;
  for (const cause of ratios) {
    const [up, down] = cause.kind === 'tax' ? [1000n + BigInt(cause.tenthsOfPercent), 1000n] : [BigInt(cause.millionths), 1_000_000n];
    amounts = amounts.map((amount) => divideRounded(amount * up, down, 'half-up'));
    totalNanos = divideRounded(totalNanos * up, down, 'half-up');
  }
  const { calls, raw, billed } = view;
  return { calls, raw, billed, amounts, near: Float64Array.from(amounts, Number), totalNanos };
}
