/** The calls of one day at a transit carrier in New York: what happened, before any switch writes it down. */
import { type Carrier, carriers, OWN_PREFIX, sells } from '../rate-sheets/offers.ts';
import type { Call, HeldFor, SwitchName, TrunkEnd, TrunkOwner } from './call.ts';
import { causeOfAnswered, causeOfUnanswered } from './causes.ts';
import { forkRandom, type Random, weightedPicker } from './random.ts';
import type { RouteCosts } from './route-costs.ts';
import { type MixEntry, type Region, trafficMix, unknownCodes } from './traffic-mix.ts';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;
/** Longest call that the switches allow. */
const LONGEST_SECONDS = 4 * 3_600;
/** Spread of the logarithm of call lengths: most calls are short, a few run for hours. */
const LENGTH_SIGMA = 1.15;
const WITHHELD = 0.025;
const UNKNOWN_CODE = 0.0015;
const UNKNOWN_TRUNK = 0.0005;
/** Shares of calls that alert late, and whose network is heard before it says that it rings. */
const LATE_ALERT = 0.12;
const HEARD = 0.6;

interface Origin {
  readonly owner: TrunkOwner;
  readonly weight: number;
  /** Hours that the callers' clocks are ahead of UTC on the day. */
  readonly clockAhead: number;
  readonly toOwnNetwork: number;
  readonly regions: Readonly<Record<Region, number>>;
  readonly callerPrefixes: readonly { readonly prefix: string; readonly digits: number }[];
  /** Share of its calls that the switch in Frankfurt takes. */
  readonly frankfurt: number;
}

const ORIGINS: readonly Origin[] = [
  {
    owner: 'atlantic',
    weight: 42,
    clockAhead: -4,
    toOwnNetwork: 0.08,
    regions: { america: 1.2, europe: 0.8, asia: 1, africa: 1, satellite: 1 },
    callerPrefixes: ['1212', '1718', '1305', '1786', '1213', '1323', '1713', '1281', '1773', '1404', '1202', '1617'].map((prefix) => ({
      prefix,
      digits: 11,
    })),
    frankfurt: 0.14,
  },
  {
    owner: 'rheinland',
    weight: 24,
    clockAhead: 2,
    toOwnNetwork: 0.22,
    regions: { america: 1.6, europe: 0.15, asia: 0.9, africa: 1.2, satellite: 1 },
    callerPrefixes: [
      { prefix: '49171', digits: 12 },
      { prefix: '4969', digits: 12 },
      { prefix: '4930', digits: 12 },
      { prefix: '49176', digits: 12 },
      { prefix: '4144', digits: 11 },
      { prefix: '431', digits: 11 },
      { prefix: '3161', digits: 11 },
    ],
    frankfurt: 0.78,
  },
  {
    owner: 'andina',
    weight: 16,
    clockAhead: -5,
    toOwnNetwork: 0.2,
    regions: { america: 0.25, europe: 1.7, asia: 1.1, africa: 0.4, satellite: 1 },
    callerPrefixes: [
      { prefix: '57310', digits: 12 },
      { prefix: '5712', digits: 10 },
      { prefix: '511', digits: 10 },
      { prefix: '59398', digits: 12 },
      { prefix: '58414', digits: 12 },
    ],
    frankfurt: 0.08,
  },
  {
    owner: 'own',
    weight: 18,
    clockAhead: -4,
    toOwnNetwork: 0,
    regions: { america: 1, europe: 1, asia: 1, africa: 1, satellite: 1 },
    callerPrefixes: [{ prefix: OWN_PREFIX, digits: 11 }],
    frankfurt: 0.12,
  },
];

/** Attempts by hour of the caller's own day, midnight first. */
const DAILY_CURVE = [12, 8, 6, 5, 5, 8, 16, 32, 54, 72, 82, 86, 84, 82, 84, 86, 88, 92, 98, 100, 94, 76, 48, 24];

const TRUNKS: Readonly<Record<SwitchName, Readonly<Record<Exclude<TrunkOwner, 'nobody'>, readonly string[]>>>> = {
  'new-york': {
    atlantic: ['atlantic-ny1', 'atlantic-ny2'],
    rheinland: ['rheinland-ny1'],
    andina: ['andina-ny1', 'andina-ny2'],
    own: ['own-core'],
  },
  frankfurt: { atlantic: ['atlantic-fra1'], rheinland: ['rheinland-fra1', 'rheinland-fra2'], andina: ['andina-fra1'], own: ['own-core'] },
};
const UNKNOWN_TRUNK_NAME = 'lab-sbc';

export interface DayOptions {
  readonly seed: string;
  readonly calls: number;
  /** First instant of the day, microseconds, UTC. */
  readonly dayStartMicros: number;
  readonly routeCosts: RouteCosts;
}

/** All calls that began on the day, in the order in which they ended: that is when a switch writes. */
export function dayOfCalls({ seed, calls, dayStartMicros, routeCosts }: DayOptions): Call[] {
  const random = forkRandom(seed, 'calls');
  const pickOrigin = weightedPicker(ORIGINS.map((origin) => ({ value: origin, weight: origin.weight })));
  const alerting = forkRandom(seed, 'alerting');
  const draws = new Map(ORIGINS.map((origin) => [origin.owner, drawsOf(origin, dayStartMicros)]));
  const result: Call[] = [];
  for (let i = 0; i < calls; i += 1) {
    const origin = pickOrigin(random);
    const draw = draws.get(origin.owner);
    if (draw !== undefined) result.push(oneCall(random, alerting, origin, draw, dayStartMicros, routeCosts));
  }
  return result.sort((a, b) => a.endMicros - b.endMicros);
}

interface Draws {
  readonly entry: (random: Random) => MixEntry;
  readonly hour: (random: Random) => number;
}

function drawsOf(origin: Origin, dayStartMicros: number): Draws {
  const firstUtcHour = Math.round(dayStartMicros / HOUR) % 24;
  return {
    entry: weightedPicker(trafficMix.map((value) => ({ value, weight: value.weight * origin.regions[value.region] }))),
    hour: weightedPicker(
      Array.from({ length: 24 }, (_, hour) => ({
        value: hour,
        weight: DAILY_CURVE[(firstUtcHour + hour + origin.clockAhead + 24) % 24] ?? 0,
      })),
    ),
  };
}

function oneCall(random: Random, alerting: Random, origin: Origin, draws: Draws, dayStartMicros: number, routeCosts: RouteCosts): Call {
  const startMicros = dayStartMicros + draws.hour(random) * HOUR + random.below(HOUR);
  const at: SwitchName = random.chance(origin.frankfurt) ? 'frankfurt' : 'new-york';
  const heldFor = drawHeldFor(random);
  const toOwn = heldFor === undefined && random.chance(origin.toOwnNetwork);
  const entry = draws.entry(random);
  const unknown = random.pick(unknownCodes);
  const called =
    heldFor === 'rating.no-rate'
      ? numberOf(random, unknown.prefix, unknown.digits)
      : toOwn
        ? numberOf(random, OWN_PREFIX, 11)
        : numberOf(random, entry.prefix, entry.digits);
  const caller = random.pick(origin.callerPrefixes);
  const out: TrunkOwner = toOwn ? 'own' : chooseCarrier(random, origin.owner, entry.prefix, routeCosts);
  // Held calls are answered: an unanswered call without a rate owes nothing and is no reason to hold it.
  const timing = drawTiming(random, alerting, startMicros, heldFor !== undefined ? 1 : toOwn ? 0.66 : entry.answered, entry.minutes);
  return {
    switch: at,
    trunkIn: heldFor === 'rating.trunk-unknown' ? { owner: 'nobody', name: UNKNOWN_TRUNK_NAME } : trunkOf(random, at, origin.owner),
    trunkOut: trunkOf(random, at, out),
    calling: random.chance(WITHHELD) ? undefined : numberOf(random, caller.prefix, caller.digits),
    called,
    startMicros,
    ...timing,
    heldFor,
  };
}

function drawHeldFor(random: Random): HeldFor | undefined {
  const draw = random.next();
  return draw < UNKNOWN_CODE ? 'rating.no-rate' : draw < UNKNOWN_CODE + UNKNOWN_TRUNK ? 'rating.trunk-unknown' : undefined;
}

/** `alerting`: draws of its own, so that all else of a day stays as it is. */
function drawTiming(
  random: Random,
  alerting: Random,
  startMicros: number,
  answered: number,
  minutes: number,
): Pick<Call, 'alertMicros' | 'heard' | 'answerMicros' | 'endMicros' | 'cause'> {
  const setupMicros = Math.round((0.8 + 2.4 * random.next()) * SECOND);
  const ringMicros = Math.round((1.5 + 7 * random.next() + 6 * random.next()) * SECOND);
  // Now and then a route is tried after another, and the caller hears nothing for as long.
  const lateMicros = alerting.chance(LATE_ALERT) ? Math.round(ringMicros * (0.3 + 0.6 * alerting.next())) : 0;
  const heard = alerting.chance(HEARD);
  if (!random.chance(answered)) {
    const { cause, rings } = causeOfUnanswered(random);
    const waitMicros = rings ? Math.round((12 + 45 * random.next()) * SECOND) : 0;
    const alertMicros = rings ? startMicros + setupMicros + Math.min(lateMicros, waitMicros / 2) : undefined;
    return { alertMicros, heard, answerMicros: undefined, endMicros: startMicros + setupMicros + waitMicros, cause };
  }
  const answerMicros = startMicros + setupMicros + ringMicros;
  const mean = Math.log(minutes * 60) - LENGTH_SIGMA ** 2 / 2;
  const seconds = Math.min(LONGEST_SECONDS, Math.max(1, Math.exp(mean + LENGTH_SIGMA * random.normal())));
  const alertMicros = startMicros + setupMicros + lateMicros;
  return { alertMicros, heard, answerMicros, endMicros: answerMicros + Math.round(seconds * SECOND), cause: causeOfAnswered(random) };
}

/** The cheapest first; now and then it is full, and the call overflows to the next. */
function chooseCarrier(random: Random, from: TrunkOwner, prefix: string, routeCosts: RouteCosts): Carrier {
  const candidates = carriers
    .filter((carrier) => carrier !== from && sells(carrier, prefix))
    .sort((a, b) => routeCosts.of(a, prefix) - routeCosts.of(b, prefix));
  const chosen = candidates[random.chance(0.8) ? 0 : Math.min(1, candidates.length - 1)];
  if (chosen === undefined) throw new Error(`nobody takes calls from ${from} to ${prefix}`);
  return chosen;
}

function trunkOf(random: Random, at: SwitchName, owner: TrunkOwner): TrunkEnd {
  if (owner === 'nobody') return { owner, name: UNKNOWN_TRUNK_NAME };
  return { owner, name: random.pick(TRUNKS[at][owner]) };
}

/** A number behind the prefix. The first digit that is drawn is no 0 or 1: subscribers' numbers seldom begin so. */
function numberOf(random: Random, prefix: string, digits: number): string {
  let number = prefix;
  if (number.length < digits) number += 2 + random.below(8);
  while (number.length < digits) number += random.below(10);
  return number;
}
