/** Events near the edges of a world: starts around clock changes, band and validity edges, with fractions of a second. */
import type { Enrichment } from '#core/usage/enrichment.ts';
import type { UsageEvent } from '#core/usage/usage-event.ts';
import type { Random } from './random.ts';
import type { World } from './random-book.ts';
import { messageSizes } from './random-terms.ts';

export function randomEvents(random: Random, world: World, count: number): UsageEvent[] {
  const callers = Array.from({ length: 4 }, () => randomCaller(random, world));
  return Array.from({ length: count }, (_, index) => randomEvent(random, world, callers, index));
}

function randomEvent(random: Random, world: World, callers: readonly (string | undefined)[], index: number): UsageEvent {
  const { service } = world;
  const durationMicros = service === 'voice' ? randomDuration(random, world.endless) : 0;
  const message = service === 'sms' || service === 'mms';
  const unanswered = (service === 'voice' || message) && random.chance(8);
  const calling = random.chance(70) ? random.pick(callers) : randomCaller(random, world);
  return {
    id: `e${index}`,
    source: 'random',
    service,
    startMicros: Math.max(0, randomStart(random, world, durationMicros)),
    ...(calling !== undefined && { calling }),
    called: randomCalled(random, world),
    ...randomTrunks(random),
    answered: !unanswered,
    durationMicros: unanswered && random.chance(80) ? 0 : durationMicros,
    quantity: message ? random.between(1, 5) : service === 'content' || service === 'event' ? random.pick([1, 1, 1, 2, 7, 0]) : 0,
    bytesUp: service === 'data' ? randomBytes(random) : 0,
    bytesDown: service === 'data' ? randomBytes(random) : message ? random.pick([...messageSizes, random.below(400_000)]) : 0,
    ...(service === 'content' &&
      random.chance(90) && { priceNanos: BigInt(random.between(0, 5_000_000)) * 1000n, priceCurrency: random.chance(95) ? 'EUR' : 'USD' }),
    ...(random.chance(40) && { serviceClass: random.pick(['gold', 'basic']) }),
    ...(random.chance(40) && { ratingGroup: random.pick(['10', '20']) }),
    ...(random.chance(40) && { apn: random.pick(['internet', 'ims']) }),
    ...(random.chance(30) && { enriched: randomEnrichment(random, world) }),
  };
}

/** At most one bin of each set, and a number that may be ported to where there are rates or not. */
function randomEnrichment(random: Random, world: World): Enrichment {
  const bins = [random.pick(['b/1', 'b/2', undefined]), random.pick(['c/1', undefined])].filter((bin) => bin !== undefined);
  return {
    ...(bins.length > 0 && { bins }),
    ...(random.chance(50) && { routing: randomCalled(random, world), numberTable: 'table' }),
  };
}

function randomStart(random: Random, { edges }: World, durationMicros: number): number {
  const edge = random.pick(edges);
  const reach = random.pick([0, 1, 1_000_000, 60_000_000, 3_600_000_000, 7_200_000_000, 86_400_000_000]);
  const start = edge + random.between(-reach, reach) - (random.chance(60) ? random.below(Math.min(durationMicros, 7_200_000_000) + 1) : 0);
  return random.chance(40) ? Math.floor(start / 1_000_000) * 1_000_000 : start;
}

function randomDuration(random: Random, endless: boolean): number {
  if (endless && random.chance(15)) return Number.MAX_SAFE_INTEGER - random.below(random.pick([2, 1_000_000, 2 ** 52]));
  const seconds = random.pick([
    () => random.below(20),
    () => random.below(200),
    () => random.below(900),
    () => random.below(900),
    () => random.below(4000),
    () => random.pick([0, 1, 5, 6, 30, 59, 60, 61, 90, 120, 600]),
    () => (random.chance(90) ? random.below(9000) : random.below(random.pick([20_000, 200_000]))),
  ])();
  const fraction = random.pick([0, 0, 1, 499_999, 500_000, 999_999, random.below(1_000_000)]);
  return seconds * 1_000_000 + fraction;
}

function randomBytes(random: Random): number {
  return random.chance(15) ? 0 : random.below(random.pick([10, 3000, 2_000_000, 100_000_000, 2 ** 40]));
}

function randomCaller(random: Random, { callers }: World): string | undefined {
  if (random.chance(20)) return undefined;
  const prefix = random.pick([...callers, '1518', '1415', '1415777', '']);
  return random.chance(10) && prefix !== '' ? prefix : prefix + random.digits(Math.max(1, 11 - prefix.length));
}

function randomCalled(random: Random, { codes }: World): string {
  const prefix = random.chance(85) ? random.pick([...codes, '1212', '1415777']) : random.digits(random.below(4));
  return random.chance(10) ? prefix : prefix + random.digits(Math.max(0, 11 - prefix.length));
}

function randomTrunks(random: Random): { readonly trunkIn?: string; readonly trunkOut?: string } {
  if (random.chance(85)) return { trunkIn: 'in', trunkOut: 'out' };
  const trunkIn = random.pick(['in', 'own', 'both', 'named', 'out', 'unknown', undefined]);
  const trunkOut = random.pick(['out', 'own', 'named', 'both', 'in', undefined]);
  return { ...(trunkIn !== undefined && { trunkIn }), ...(trunkOut !== undefined && { trunkOut }) };
}
