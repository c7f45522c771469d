import { type Decimal, formatDecimal, unitsAtScale } from '../money/decimal.ts';
import { type Place, type Refusal, type RefusalCode, refuse } from '../refusals.ts';
import type { CompiledTiers, FastFormula, Formula } from './compiled-tariff.ts';
import { placeOfRate, type Rate, type RateTerms, type Tariff, type Tiers } from './tariff.ts';

export const MAX_PRICE_DECIMALS = 12;
const MAX_PRICE_UNITS = 10n ** 27n;
const MAX_SECONDS = 10_000_000;

/** The most decimals of any price or fee of the tariff, so that all are whole numbers at one scale. */
export function scaleOf(tariff: Tariff): number {
  return tariff.rates.reduce((scale, { terms }) => moneyOf(terms).reduce((most, { value }) => Math.max(most, value.scale), scale), 0);
}

interface NamedMoney {
  readonly field: string;
  readonly value: Decimal;
}

function moneyOf(terms: RateTerms): readonly NamedMoney[] {
  const money: NamedMoney[] = [{ field: 'price', value: terms.price }];
  const fees = ['setupFee', 'attemptFee', 'disconnectFee', 'surcharge', 'minimumCharge', 'maximumCharge'] as const;
  for (const field of fees) {
    const value = terms[field];
    if (value !== undefined) money.push({ field, value });
  }
  for (const { price } of terms.steps ?? []) money.push({ field: 'steps', value: price });
  for (const { price } of terms.tiers?.tiers ?? []) money.push({ field: 'tiers', value: price });
  for (const { price } of terms.sizeBands ?? []) money.push({ field: 'sizeBands', value: price });
  return money;
}

/** Faults of one rate's terms, each with its field. */
export function checkTerms(tariff: Tariff, rate: Rate): readonly Refusal[] {
  const { terms } = rate;
  const faults: Refusal[] = [];
  const fault = (code: RefusalCode, field: string, message: string): void => {
    faults.push(
      refuse(code, `tariff ${tariff.id}, rate for ${rate.match.destination} ${rate.match.code ?? ''}: ${message}`, at(rate, field)),
    );
  };
  const range = (field: string, message: string): void => fault('tariff.value-out-of-range', field, message);
  for (const { field, value } of moneyOf(terms)) {
    if (value.units < 0n) range(field, `${formatDecimal(value)} is negative`);
    if (value.scale > MAX_PRICE_DECIMALS) range(field, `${formatDecimal(value)} has more than ${MAX_PRICE_DECIMALS} decimals`);
    if (value.units >= MAX_PRICE_UNITS) range(field, `${formatDecimal(value)} is too large`);
  }
  const seconds = (field: string, value: number | undefined, least: number): void => {
    if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= MAX_SECONDS)) {
      range(field, `${value} is not a whole number of seconds from ${least} to ${MAX_SECONDS}`);
    }
  };
  seconds('firstSeconds', terms.firstSeconds, 1);
  seconds('nextSeconds', terms.nextSeconds, 1);
  seconds('graceSeconds', terms.graceSeconds, 0);
  seconds('freeSeconds', terms.freeSeconds, 0);
  const voiceOnly = ['firstSeconds', 'nextSeconds', 'graceSeconds', 'freeSeconds', 'steps'] as const;
  for (const field of voiceOnly) {
    if (tariff.service !== 'voice' && terms[field] !== undefined)
      fault('tariff.service-mismatch', field, `${tariff.service} has no ${field}`);
  }
  if (tariff.service !== 'voice' && terms.disconnectFee !== undefined) {
    fault('tariff.service-mismatch', 'disconnectFee', `${tariff.service} has no disconnect fee`);
  }
  if (terms.attemptFee !== undefined && (tariff.service === 'data' || tariff.service === 'content' || tariff.service === 'event')) {
    fault('tariff.service-mismatch', 'attemptFee', `${tariff.service} has no attempt fee`);
  }
  if (terms.sizeBands !== undefined && tariff.service !== 'sms' && tariff.service !== 'mms') {
    fault('tariff.service-mismatch', 'sizeBands', `${tariff.service} has no size bands`);
  }
  if (terms.sizeBands?.at(-1)?.upToBytes !== undefined && terms.sizeBands.at(-1)?.upToBytes !== Number.POSITIVE_INFINITY) {
    fault('tariff.value-out-of-range', 'sizeBands', 'the last size band must be open');
  }
  if (terms.share !== undefined && tariff.service !== 'content' && tariff.service !== 'event') {
    fault('tariff.service-mismatch', 'share', `${tariff.service} has no share of a price`);
  }
  if (terms.share !== undefined && (terms.share.percent.units < 0n || terms.share.after.units < 0n)) range('share', 'a share is negative');
  checkSteps(terms, seconds, fault);
  if (terms.tiers !== undefined) checkTiers(tariff, terms, terms.tiers, fault);
  if (tariff.service === 'data' && tariff.volume.per === 'day' && hasFeesOrTiers(terms)) {
    fault('tariff.service-mismatch', 'volume', 'fees, limits and tiers cannot be used with volume rounded per day');
  }
  return faults;
}

function hasFeesOrTiers(terms: RateTerms): boolean {
  return moneyOf(terms).length > 1;
}

type Fault = (code: RefusalCode, field: string, message: string) => void;

function checkSteps(terms: RateTerms, seconds: (field: string, value: number, least: number) => void, fault: Fault): void {
  let before = { fromSeconds: 0, firstSeconds: terms.firstSeconds ?? 1, nextSeconds: terms.nextSeconds ?? 1 };
  for (const step of terms.steps ?? []) {
    seconds('steps', step.fromSeconds, 1);
    seconds('steps', step.firstSeconds, 1);
    seconds('steps', step.nextSeconds, 1);
    const beyondFirst = step.fromSeconds - before.fromSeconds - before.firstSeconds;
    if (beyondFirst < 0 || beyondFirst % before.nextSeconds !== 0) {
      const increments = `${before.firstSeconds}/${before.nextSeconds}`;
      fault(
        'tariff.step-off-increment',
        'steps',
        `a step at ${step.fromSeconds} s does not end an increment ${increments} from ${before.fromSeconds} s`,
      );
    }
    before = step;
  }
}

const tierServices: Readonly<Record<Tiers['measure'], readonly string[]>> = {
  minutes: ['voice'],
  messages: ['sms', 'mms'],
  volume: ['data'],
  events: ['content', 'event'],
  money: ['voice', 'sms', 'mms', 'data', 'content', 'event'],
};

function checkTiers(tariff: Tariff, terms: RateTerms, tiers: Tiers, fault: Fault): void {
  if (!tierServices[tiers.measure].includes(tariff.service)) {
    fault('tariff.service-mismatch', 'tiers', `${tariff.service} cannot be measured in ${tiers.measure}`);
  }
  if (terms.steps !== undefined || terms.sizeBands !== undefined || terms.share !== undefined) {
    fault('tariff.service-mismatch', 'tiers', 'tiers cannot be used together with steps, size bands or a share');
  }
  let before = 0n;
  for (const { from } of tiers.tiers) {
    const begins = counterUnits(tiers, tariff.per, from);
    if (begins === undefined) {
      fault('tariff.value-out-of-range', 'tiers', `a tier from ${formatDecimal(from)} does not begin at a whole unit of its counter`);
      return;
    }
    if (begins <= before) fault('tariff.value-out-of-range', 'tiers', `tiers must ascend: ${formatDecimal(from)}`);
    before = begins;
  }
}

/** Where a tier begins in units of its counter; undefined when it is not whole. */
function counterUnits(tiers: Tiers, per: number, from: Decimal): bigint | undefined {
  const factor =
    tiers.measure === 'minutes' ? 60n : tiers.measure === 'volume' ? BigInt(per) : tiers.measure === 'money' ? 1_000_000_000n : 1n;
  const scaled = from.units * factor;
  const divisor = 10n ** BigInt(from.scale);
  return scaled % divisor === 0n ? scaled / divisor : undefined;
}

/** The formula of terms that passed checkTerms. */
export function compileFormula(terms: RateTerms, scale: number, per: number): Formula {
  const units = (value: Decimal | undefined): bigint => (value === undefined ? 0n : unitsAtScale(value, scale));
  const optional = (value: Decimal | undefined): bigint | undefined => (value === undefined ? undefined : unitsAtScale(value, scale));
  const formula = {
    price: units(terms.price),
    firstSeconds: terms.firstSeconds ?? 1,
    nextSeconds: terms.nextSeconds ?? 1,
    graceSeconds: terms.graceSeconds ?? -1,
    freeSeconds: terms.freeSeconds ?? 0,
    setupFee: units(terms.setupFee),
    disconnectFee: units(terms.disconnectFee),
    surcharge: units(terms.surcharge),
    attemptFee: units(terms.attemptFee),
    minimumCharge: optional(terms.minimumCharge),
    maximumCharge: optional(terms.maximumCharge),
    steps: (terms.steps ?? []).map((step) => ({ ...step, price: units(step.price) })),
    tiers: terms.tiers === undefined ? undefined : compileTiers(terms.tiers, units(terms.price), scale, per),
    sizeBands: (terms.sizeBands ?? []).map(({ upToBytes, price }) => ({ upToBytes, price: units(price) })),
    share: terms.share,
  };
  return { ...formula, structure: structureOf(formula), fast: fastFormula(formula) };
}

/** The formula of terms that differ in nothing but the price from those of `like`, which has no tiers. */
export function pricedAs(like: Formula, { price }: RateTerms, scale: number): Formula {
  return { ...like, price: unitsAtScale(price, scale) };
}

function compileTiers(tiers: Tiers, firstPrice: bigint, scale: number, per: number): CompiledTiers {
  return {
    counter: tiers.counter,
    kind: tiers.kind,
    measure: tiers.measure,
    period: tiers.period,
    from: [0n, ...tiers.tiers.map(({ from }) => counterUnits(tiers, per, from) ?? 0n)],
    prices: [firstPrice, ...tiers.tiers.map(({ price }) => unitsAtScale(price, scale))],
  };
}

type FormulaParts = Omit<Formula, 'structure' | 'fast'>;

/** All that must be the same in the rates of one call's bands: everything but the prices. */
function structureOf(formula: FormulaParts): string {
  const { price: _price, steps, tiers, sizeBands, ...rest } = formula;
  const shape = {
    ...rest,
    steps: steps.map(({ price: _, ...step }) => step),
    tiers: tiers && { ...tiers, prices: tiers.prices.length },
    sizeBands: sizeBands.map(({ upToBytes }) => String(upToBytes)),
  };
  return JSON.stringify(shape, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function fastFormula(formula: FormulaParts): FastFormula | undefined {
  if (formula.steps.length > 0 || formula.tiers !== undefined || formula.sizeBands.length > 0 || formula.share !== undefined)
    return undefined;
  const fast = {
    fees: Number(formula.setupFee + formula.disconnectFee + formula.surcharge),
    attemptFee: Number(formula.attemptFee),
    minimum: formula.minimumCharge === undefined ? -1 : Number(formula.minimumCharge),
    maximum: formula.maximumCharge === undefined ? -1 : Number(formula.maximumCharge),
  };
  return Object.values(fast).every(Number.isSafeInteger) ? fast : undefined;
}

function at(rate: Rate, field: string): Place {
  return { ...placeOfRate(rate), field };
}
