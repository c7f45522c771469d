/** Made-up statements of any size for tests of documents. No randomness: figures follow from the line's position. */
import type { LegRole } from '#core/agreements/agreements.ts';
import { decimal } from '#core/money/decimal.ts';
import { divideRounded } from '#core/money/rounding.ts';
import { type ChargeTotal, figuresOf, type UsedRate } from '#core/settlement/statement.ts';
import { parseStatementPeriod } from '#core/settlement/statement-period.ts';
import { volumeAdjustments } from '#core/settlement/volume-tiers.ts';
import type { Statement } from '#core/settlement/whole-statement.ts';
import { startOfLocalDay } from '#core/time/zoned.ts';

export interface SampleOptions {
  readonly lines: number;
  readonly roles?: readonly LegRole[];
  readonly currency?: string;
  readonly decimals?: number;
  readonly partyName?: string;
  readonly destinationName?: string;
  readonly volumeTiers?: boolean;
  readonly messages?: boolean;
  readonly provisional?: boolean;
}

const COUNTRIES = [
  'Germany',
  'France',
  'United Kingdom',
  'Côte d’Ivoire',
  'Bosnia and Herzegovina',
  'São Tomé and Príncipe',
  'India',
  'Nigeria',
  'Türkiye',
  'Brazil',
];
const KINDS = ['Fixed', 'Mobile', 'Mobile Vodafone', 'Special Services', 'Mobile Orange', 'Premium', 'Mobile Telenor', 'Satellite'];

export function sampleStatement(options: SampleOptions): Statement {
  const currency = options.currency ?? 'USD';
  const rounding = { decimals: options.decimals ?? 4, mode: 'half-up' as const };
  const period = parseStatementPeriod('2026-10');
  if (!period.ok) throw new Error('the sample’s period is wrong');
  const zone = 'Europe/Berlin';
  const rates = new Map<number, UsedRate>();
  const charges: ChargeTotal[] = [];
  for (const role of options.roles ?? (['incoming', 'outgoing'] as const)) {
    for (let index = 0; index < options.lines; index += 1) {
      const rate = sampleRate(rates.size + 1, index, options);
      rates.set(rate.id, rate);
      charges.push(sampleCharge(role, rate, index, currency, rounding.decimals));
    }
    if (options.messages === true && role === 'incoming') {
      const rate: UsedRate = { id: rates.size + 1, match: { code: '49', destination: 'Germany' }, terms: { price: decimal('0.0042') } };
      rates.set(rate.id, rate);
      charges.push({
        versionId: 1,
        role,
        tariff: 'sms',
        rateId: rate.id,
        currency,
        events: 48_210n,
        answered: 47_902n,
        raw: 51_377n,
        billed: 51_377n,
        amountNanos: 215_783_400_000n,
      });
    }
  }
  const tariffs = new Map([
    ['voice', { id: 'voice', service: 'voice' as const, per: 60 }],
    ['sms', { id: 'sms', service: 'sms' as const, per: 1 }],
  ]);
  const usage = charges.flatMap((charge) => (charge.rateId === undefined ? [] : [{ ...charge, rateId: charge.rateId, day: '2026-10-31' }]));
  const adjustments = volumeAdjustments('borealis-2026', period.value, {
    usage,
    rates,
    tariffs,
    rounding: new Map([[1, rounding]]),
    moneyCounters: new Map(),
  });
  return {
    ...figuresOf({ currency, charges, adjustments, rates, tariffs }),
    agreement: { id: 'borealis-2026', name: 'Bilateral interconnect 2026' },
    entity: {
      id: 'carillon',
      name: 'Carillon Telecom GmbH',
      country: 'DE',
      currency: 'EUR',
      zone,
      address: ['Glockengasse 12', '50667 Köln', 'Germany'],
      taxId: 'DE 123456789',
      email: 'settlement@carillon.example',
    },
    party: {
      id: 'borealis',
      name: options.partyName ?? 'Borealis Networks AB',
      kind: 'carrier',
      country: 'SE',
      address: ['Norrlandsgatan 7', '111 43 Stockholm', 'Sweden'],
      taxId: 'SE 556677-8899',
    },
    account: { id: 'borealis-usd', party: 'borealis', legalEntity: 'carillon', currency },
    zone,
    currency,
    terms:
      charges.length === 0
        ? []
        : [
            {
              name: 'Bilateral interconnect 2026',
              zone,
              rounding,
              seconds: 'as-given',
              bands: 'start',
              firstDay: '2026-10-01',
              lastDay: '2026-10-31',
              events: 1n,
            },
          ],
    period: period.value,
    fromMicros: startOfLocalDay(zone, period.value.from),
    toMicros: startOfLocalDay(zone, period.value.to),
    preparedOn: '2026-11-03',
    provisional: options.provisional ?? false,
  };
}

function sampleRate(id: number, index: number, options: SampleOptions): UsedRate {
  const country = COUNTRIES[index % COUNTRIES.length] ?? '';
  const kind = KINDS[Math.floor(index / COUNTRIES.length) % KINDS.length] ?? '';
  const region = index >= COUNTRIES.length * KINDS.length ? ` ${Math.floor(index / (COUNTRIES.length * KINDS.length))}` : '';
  const price = decimal(`0.${String(40 + ((index * 137) % 2900)).padStart(4, '0')}`);
  const tiers = {
    counter: 'minutes',
    kind: 'volume' as const,
    measure: 'minutes' as const,
    period: 'month' as const,
    tiers: [{ from: decimal('100'), price: { units: price.units - 10n, scale: price.scale } }],
  };
  return {
    id,
    match: {
      code: String(id),
      destination: index === 0 && options.destinationName !== undefined ? options.destinationName : `${country} ${kind}${region}`,
      ...(index % 7 === 3 ? { band: 'off-peak' } : {}),
      ...(index % 11 === 5 ? { origin: '!EEA' } : {}),
    },
    terms: {
      price,
      ...(index % 3 === 0 ? { firstSeconds: 60, nextSeconds: 60 } : {}),
      ...(index % 9 === 4 ? { setupFee: decimal('0.0100') } : {}),
      ...(options.volumeTiers === true && index === 2 ? { tiers } : {}),
    },
  };
}

function sampleCharge(role: LegRole, rate: UsedRate, index: number, currency: string, decimals: number): ChargeTotal {
  const answered = BigInt(17 + ((index * 7919) % 4000));
  const billed = answered * BigInt(60 + (index % 5) * 37);
  const scale = 10n ** BigInt(rate.terms.price.scale);
  const amount = divideRounded(billed * rate.terms.price.units * 10n ** BigInt(decimals), 60n * scale, 'half-up');
  return {
    versionId: 1,
    role,
    tariff: 'voice',
    rateId: rate.id,
    currency,
    events: (answered * 17n) / 10n,
    answered,
    raw: billed * 970_003n,
    billed,
    amountNanos: amount * 10n ** BigInt(9 - decimals),
  };
}
