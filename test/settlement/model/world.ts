/** Random quarters of 20 partners: agreements of every kind, their traffic by day, and when it came. Plain data; everything follows from the seed. */
import type { Agreement, LegRole, Side } from '#core/agreements/agreements.ts';
import { legRoles } from '#core/agreements/agreements.ts';
import { trafficDeals } from '#core/agreements/deals.ts';
import type { SettlementTerms } from '#core/agreements/settlement-terms.ts';
import { usualChecks, usualSettlement } from '#core/agreements/settlement-terms.ts';
import { decimal } from '#core/money/decimal.ts';
import type { ExchangePolicy, ExchangeRate } from '#core/money/exchange.ts';
import { roundingModes } from '#core/money/rounding.ts';
import type { Account, LegalEntity, Party } from '#core/parties/parties.ts';
import type { WithholdingDeclaration } from '#core/tax/rules.ts';
import type { Service } from '#core/usage/usage-event.ts';
import { seeded } from '../../support/seeded.ts';
import { randomFees } from './fees.ts';
import { randomDeals } from './random-deals.ts';

/** Charges of one rate on one local day. */
export interface Charge {
  readonly agreement: string;
  readonly role: LegRole;
  readonly service: Service;
  readonly tariff: string;
  readonly rate: number;
  readonly destination: string;
  readonly day: string;
  readonly events: number;
  readonly billed: bigint;
  readonly amountNanos: bigint;
  /** The close by which it is there: 1 to 3. That of its own month, or of a later one where it came late. */
  readonly stage: number;
}

export interface Rate {
  readonly id: number;
  readonly tariff: string;
  readonly destination: string;
  readonly price: string;
}

export interface UsedTariff {
  readonly id: string;
  readonly service: Service;
  readonly per: number;
  readonly currency: string;
}

export interface World {
  readonly seed: number;
  readonly entities: readonly LegalEntity[];
  readonly parties: readonly Party[];
  readonly accounts: readonly Account[];
  readonly agreements: readonly Agreement[];
  readonly tariffs: readonly UsedTariff[];
  readonly rates: readonly Rate[];
  readonly charges: readonly Charge[];
  readonly exchange: readonly ExchangeRate[];
  readonly withholding: readonly WithholdingDeclaration[];
}

/** The three months, and the days on which each is accrued, closed and approved. */
export const STAGES = [
  { month: '2026-01', before: '2026-02-01', accrueOn: '2026-02-02', closeOn: '2026-02-03', approveOn: '2026-02-05' },
  { month: '2026-02', before: '2026-03-01', accrueOn: '2026-03-02', closeOn: '2026-03-03', approveOn: '2026-03-05' },
  { month: '2026-03', before: '2026-04-01', accrueOn: '2026-04-02', closeOn: '2026-04-03', approveOn: '2026-04-05' },
] as const;

/** The day on which a charge is loaded: that of its stage's close. */
export function cameOn({ stage }: Pick<Charge, 'stage'>): string {
  const closeOn = STAGES[stage - 1]?.closeOn;
  if (closeOn === undefined) throw new Error(`there is no stage ${stage}`);
  return closeOn;
}

export interface Dice {
  /** A whole number from 0 to before `below`. */
  whole(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
}

export function diceOf(seed: number): Dice {
  const random = seeded(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  return {
    whole,
    pick: <T>(from: readonly T[]): T => from[whole(from.length)] as T, // never empty
    chance: (percent) => random() * 100 < percent,
  };
}

const ENTITIES: readonly LegalEntity[] = [
  { id: 'ie', name: 'Ours Ireland', country: 'IE', currency: 'EUR', zone: 'Europe/Dublin', address: [], taxId: 'IE1' },
  { id: 'ca', name: 'Ours Québec', country: 'CA', region: 'CA-QC', currency: 'CAD', zone: 'America/Toronto', address: [], taxId: 'CA1' },
  { id: 'in', name: 'Ours Karnataka', country: 'IN', region: 'IN-KA', currency: 'INR', zone: 'Asia/Kolkata', address: [], taxId: 'IN1' },
];

/** Where partners of each legal entity are: country, and region where taxes depend on it. */
export const PLACES: Readonly<Record<string, readonly string[]>> = {
  ie: ['IE', 'DE', 'GB', 'US'],
  ca: ['CA-QC', 'CA-ON', 'CA-BC', 'CA-AB', 'US'],
  in: ['IN-KA', 'IN-MH', 'US'],
};

export const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY', 'KWD', 'CAD', 'INR'] as const;
const WORTH: Readonly<Record<string, number>> = { USD: 1.08, GBP: 0.86, JPY: 163, KWD: 0.33, CAD: 1.47, INR: 91 };

export function randomWorld(seed: number): World {
  const dice = diceOf(seed);
  const entities = ENTITIES.map((entity) => ({
    ...entity,
    ...(dice.chance(50) ? { taxRounding: dice.pick(['document', 'line'] as const) } : {}),
  }));
  const tariffs: UsedTariff[] = [];
  const rates: Rate[] = [];
  const parties: Party[] = [];
  const accounts: Account[] = [];
  const agreements: Agreement[] = [];
  const charges: Charge[] = [];
  for (let at = 0; at < 20; at++) {
    const entity = dice.pick(entities);
    const place = dice.pick(PLACES[entity.id] ?? []);
    const id = `p${String(at).padStart(2, '0')}`;
    const currency = dice.pick(CURRENCIES);
    parties.push({
      ...{ id, name: `Partner ${id}`, kind: 'carrier', country: place.slice(0, 2), address: [], taxId: `${place}-${id}` },
      ...(place.length > 2 ? { region: place } : {}),
    });
    accounts.push({
      id: `${id}-account`,
      party: id,
      legalEntity: entity.id,
      currency,
      ...(dice.chance(50) ? { paymentTermsDays: 14 } : {}),
    });
    const services = randomServices(dice);
    for (const { service, role, tariff } of services) {
      if (tariffs.some((known) => known.id === `${id}-${tariff}`)) continue;
      tariffs.push({ id: `${id}-${tariff}`, service, per: service === 'voice' ? 60 : service === 'data' ? 1_000_000 : 1, currency });
      for (const destination of ['Germany', 'Germany mobile', 'France'].slice(0, 1 + dice.whole(3)))
        rates.push({ id: rates.length + 1, tariff: `${id}-${tariff}`, destination, price: price(dice, role) });
    }
    const agreement: Agreement = {
      ...{ id, versionId: at + 1, name: `Agreement ${id}`, account: `${id}-account`, zone: entity.zone, currency, validFrom: '2025-01-01' },
      rounding: { decimals: dice.pick([2, 3, 3, 6, 9]), mode: dice.pick(roundingModes) },
      ...{ seconds: 'as-given', bands: 'start' },
      settlementPeriod: dice.pick(['month', 'month', 'month', 'month', 'half-month', 'week', 'quarter'] as const),
      services: services.map((each) => ({ ...each, tariff: `${id}-${each.tariff}` })),
    };
    charges.push(...randomCharges(dice, agreement, rates));
    agreements.push({ ...agreement, ...randomTerms(dice, agreement, agreements, charges) });
  }
  const withholding: readonly WithholdingDeclaration[] = dice.chance(50)
    ? [
        {
          ...{ id: 'in-abroad', tax: 'TDS', says: 'Paid abroad', payer: ['IN'], payee: ['any'], payeeNot: ['IN'], needsCertificate: false },
          services: ['voice', 'sms', 'data', 'fee'],
          percents: [{ percent: dice.pick(['10', '7.5', '20.8']), validFrom: '2020-01-01', onTopOf: [] }],
          source: 'of the test',
        },
      ]
    : [];
  return { seed, entities, parties, accounts, agreements, tariffs, rates, charges, exchange: randomExchange(dice), withholding };
}

function price(dice: Dice, role: LegRole): string {
  const cents = 1 + dice.whole(400);
  return (legRoles[role] === 'receivable' ? cents / 10_000 : cents / 20_000).toFixed(dice.pick([4, 5]));
}

function randomServices(dice: Dice): Agreement['services'] {
  const all: Agreement['services'] = [
    { service: 'voice', role: 'incoming', tariff: 'voice-in' },
    { service: 'voice', role: 'outgoing', tariff: 'voice-out' },
    { service: 'sms', role: 'incoming', tariff: 'sms-in' },
    { service: 'sms', role: 'outgoing', tariff: 'sms-out' },
    { service: 'data', role: 'roaming-inbound', tariff: 'data-in' },
  ];
  // Both directions, one of them, or all services.
  switch (dice.whole(5)) {
    case 0:
      return all.slice(0, 1);
    case 1:
      return all.slice(1, 2);
    case 2:
      return all;
    default:
      return all.slice(0, 2 + dice.whole(3));
  }
}

function randomCharges(dice: Dice, agreement: Agreement, rates: readonly Rate[]): Charge[] {
  const { rounding } = agreement;
  const step = 10n ** BigInt(9 - rounding.decimals);
  const scale = dice.pick([100, 5_000, 200_000]);
  const quiet = dice.chance(5);
  return agreement.services.flatMap(({ service, role, tariff }) =>
    rates
      .filter((rate) => rate.tariff === tariff)
      .flatMap((rate) =>
        Array.from({ length: quiet ? 1 : 3 + dice.whole(9) }, (): Charge => {
          const day = Temporal.PlainDate.from('2026-01-01').add({ days: dice.whole(90) });
          const units = BigInt(1 + dice.whole(scale)) * (service === 'data' ? 250_000n : service === 'voice' ? 7n : 1n);
          const per = service === 'voice' ? 60n : service === 'data' ? 1_000_000n : 1n;
          const { units: priceUnits, scale: priceScale } = decimal(rate.price);
          const nanos = (units * priceUnits * 10n ** 9n) / (per * 10n ** BigInt(priceScale));
          const late = dice.chance(8) ? 1 + dice.whole(2) : 0;
          return {
            ...{ agreement: agreement.id, role, service, tariff, rate: rate.id, destination: rate.destination, day: day.toString() },
            ...{ events: 1 + dice.whole(50), billed: units, stage: Math.min(day.month + late, 3) },
            // Sums of charges are whole in the step of the agreement, and seldom what quantity × price would be.
            amountNanos: (nanos / step + BigInt(dice.whole(30))) * step,
          };
        }),
      ),
  );
}

function randomTerms(
  dice: Dice,
  agreement: Agreement,
  others: readonly Agreement[],
  charges: readonly Charge[],
): Pick<Agreement, 'settlement' | 'exchange'> {
  const sides = new Set<Side>(agreement.services.map(({ role }) => legRoles[role]));
  const kinds = agreement.settlementPeriod;
  const settlement: SettlementTerms = {
    ...usualSettlement,
    graceDays: dice.pick([0, 0, 2]),
    ...(dice.chance(25) && kinds !== 'quarter'
      ? { periodStart: kinds === 'week' ? '2026-01-01' : kinds === 'half-month' ? '2025-12-09' : '2025-12-10' }
      : {}),
    dueFrom: dice.pick(['issue-day', 'period-end', 'end-of-month'] as const),
    ...(dice.chance(30) ? { paymentTermsDays: dice.whole(90) } : {}),
    ...(dice.chance(40) ? { minimum: dice.pick(['5', '100', '20000.5']) } : {}),
    receivableBy: dice.chance(85) ? 'us' : 'them',
    payableBy: dice.chance(50) ? 'us' : 'them',
    approval: dice.pick(['none', 'none', 'none', 'one', 'two'] as const),
    late: dice.chance(30) ? 'own-statement' : 'next-statement',
    // What deals come to before there is any traffic is worked out, too.
    checks: { ...usualChecks, 'deals-first': 'warn' },
    deals: [
      ...(dice.chance(70) ? randomDeals(dice, agreement, sides, others, charges) : []),
      // Of dice of their own, so that what a seed was before there were fees stays as it was.
      ...randomFees(diceOf(charges.length * 1000 + agreement.versionId), sides),
    ],
    ...(dice.chance(25) ? { currency: dice.pick(CURRENCIES) } : {}),
  };
  // Traffic that is refused is taken out of deals with the last day of its period: where windows are whole periods, that is exact.
  const whole =
    kinds === 'month' &&
    settlement.periodStart === undefined &&
    trafficDeals(settlement.deals).every(({ from, every }) => from === '2026-01-01' && every !== 'once');
  if (whole && dice.chance(40)) Object.assign(settlement, { lateDays: dice.pick([20, 30, 45]) });
  if (!dice.chance(50)) return { settlement };
  const policy: ExchangePolicy = {
    ...{ source: 'ecb', base: 'EUR', missingDay: 'previous', daysBack: 7, by: dice.pick(['day', 'month-average'] as const) },
    fixed: dice.chance(50) ? [{ of: agreement.currency, in: agreement.currency === 'EUR' ? 'USD' : 'EUR', rate: '1.2345' }] : [],
  };
  return { settlement, exchange: policy };
}

/** One euro in each currency on working days, as a central bank publishes them. */
function randomExchange(dice: Dice): ExchangeRate[] {
  const rates: ExchangeRate[] = [];
  let day = Temporal.PlainDate.from('2025-12-01');
  for (; day.toString() < '2026-04-10'; day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5) continue;
    for (const [currency, worth] of Object.entries(WORTH))
      rates.push({
        source: 'ecb',
        day: day.toString(),
        of: 'EUR',
        in: currency,
        rate: decimal((worth * (0.97 + dice.whole(600) / 10_000)).toFixed(4)),
      });
  }
  return rates;
}
