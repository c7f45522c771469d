/** Amounts of a request in the unit in which an item is counted. */
import type { Service } from '../usage/usage-event.ts';
import type { CountedUnit } from './account.ts';
import type { UsedMore } from './debit.ts';
import type { PlanService } from './plan.ts';
import type { RequestItem, Units, UsedUnits } from './request.ts';
import { countedUnit, type WorkingItem } from './working-item.ts';

/** Beyond these nothing real is counted, and rating could not compute in safe integers. */
const MOST: Readonly<Record<CountedUnit, bigint>> = { seconds: 1_000_000_000n, bytes: 1n << 50n, events: 1_000_000_000n, money: 1n << 62n };

const MICROS = 1_000_000;

/** Money when the peer speaks of money, else the unit of the service. */
export function unitOf(item: RequestItem, service: Service): CountedUnit {
  const requested = item.requested === 'any' ? undefined : item.requested;
  return requested?.money !== undefined || item.used.some(({ money }) => money !== undefined) ? 'money' : countedUnit(service);
}

/** Units asked for; undefined when they are in a unit in which the item is not counted. */
export function wantedUnits(requested: Units | 'any', unit: CountedUnit, service: PlanService, currency: string): bigint | undefined {
  if (requested === 'any') return unit === 'money' ? undefined : service.usualGrant;
  const units = amountOf(requested, unit, service, currency);
  // A request that names no amount at all leaves it to us.
  if (units === undefined) return isEmpty(requested) && unit !== 'money' ? service.usualGrant : undefined;
  return units;
}

/** Says the limit where more is asked for than is ever counted at once; undefined: that is not what is wrong. */
export function tooMany(requested: Units | 'any', unit: CountedUnit): string | undefined {
  if (requested === 'any') return undefined;
  const { seconds = 0n, bytes = 0n, bytesUp = 0n, bytesDown = 0n, events = 0n, money } = requested;
  const asked = { seconds, bytes: bytes + bytesUp + bytesDown, events, money: money?.nanos ?? 0n }[unit];
  return asked > MOST[unit] ? `at most ${MOST[unit]} ${unit === 'money' ? 'nanos of money' : unit} are counted at once` : undefined;
}

const NOTHING_USED: UsedMore = { units: 0n, up: 0n, down: 0n };

/** Sums reports of one side of a change of tariff; undefined when they are in a unit in which the item is not counted. */
export function usedSum(
  used: readonly UsedUnits[],
  change: 'before' | 'after',
  unit: CountedUnit,
  service: PlanService,
  currency: string,
): UsedMore | undefined {
  let sum: UsedMore | undefined;
  for (const each of used) {
    if ((each.change ?? 'before') !== change) continue;
    const amount = amountOf(each, unit, service, currency);
    if (amount === undefined && !isEmpty(each)) return undefined;
    const more = { units: amount ?? 0n, up: within(each.bytesUp), down: within(each.bytesDown) };
    sum = sum === undefined ? more : { units: sum.units + more.units, up: sum.up + more.up, down: sum.down + more.down };
  }
  if (sum === undefined) return NOTHING_USED;
  return sum.units > MOST[unit] || sum.up > MOST.bytes || sum.down > MOST.bytes ? undefined : sum;
}

const inAllNames = ['seconds', 'bytes', 'bytesUp', 'bytesDown', 'events'] as const;

/** What is new of what a peer has counted since its session began; undefined when a count went back. Others as they are. */
export function sinceLast(asked: RequestItem, { unit, use, inAll }: WorkingItem, at: number): RequestItem | undefined {
  if (asked.usedInAll === undefined) return asked;
  const usedInAll = asked.octetsGoRound === true ? withRounds(asked.usedInAll, inAll ?? {}) : asked.usedInAll;
  const used: { -readonly [Name in keyof UsedUnits]: UsedUnits[Name] } = {};
  for (const name of inAllNames) {
    const [now, before] = [usedInAll[name], inAll?.[name] ?? 0n];
    if (now === undefined) continue;
    if (now < before) return undefined;
    used[name] = now - before;
  }
  if (unit === 'seconds' && usedInAll.seconds === undefined && use !== undefined) {
    const elapsed = BigInt(Math.max(0, Math.floor((at - use.startMicros) / MICROS)));
    used.seconds = elapsed > use.used ? elapsed - use.used : 0n;
  }
  return { ...asked, used: [used] };
}

const ROUND = 1n << 32n;

/** Octets of 32 bits in all: as often round as before, and once more where they went back from the upper half and time went on. */
function withRounds(now: Units, before: Units): Units {
  const secondsBefore = before.seconds ?? 0n;
  if (now.seconds === undefined || now.seconds < secondsBefore) return now;
  const mayGoRound = now.seconds > secondsBefore;
  const up = grownOctets(now.bytesUp, before.bytesUp, mayGoRound);
  const down = grownOctets(now.bytesDown, before.bytesDown, mayGoRound);
  return { ...now, ...(up === undefined ? {} : { bytesUp: up }), ...(down === undefined ? {} : { bytesDown: down }) };
}

function grownOctets(now: bigint | undefined, before = 0n, mayGoRound: boolean): bigint | undefined {
  if (now === undefined || now >= before) return now;
  const rest = before % ROUND;
  const rounds = before - rest;
  if (now >= rest) return rounds + now;
  return mayGoRound && rest >= ROUND / 2n ? rounds + ROUND + now : now;
}

/** What is counted since the session began, when this much was new. */
export function inAllNow({ usedInAll }: RequestItem, before: Units | undefined, used: readonly UsedUnits[]): Units | undefined {
  const [more] = used;
  if (usedInAll === undefined || more === undefined) return before;
  const sum: { -readonly [Name in keyof Units]: Units[Name] } = {};
  for (const name of inAllNames) {
    const [added, known] = [more[name], before?.[name]];
    if (added !== undefined || known !== undefined) sum[name] = (added ?? 0n) + (known ?? 0n);
  }
  return sum;
}

/** Up to where a peer that counts from the session's beginning may count, with this much more. */
export function grantedInAll({ seconds, bytes, events }: Units, before: Units = {}): Units {
  const bytesBefore = before.bytes ?? within(before.bytesUp) + within(before.bytesDown);
  return {
    ...(seconds === undefined ? {} : { seconds: seconds + (before.seconds ?? 0n) }),
    ...(bytes === undefined ? {} : { bytes: bytes + bytesBefore }),
    ...(events === undefined ? {} : { events: events + (before.events ?? 0n) }),
  };
}

function amountOf(units: Units, unit: CountedUnit, { terms }: PlanService, currency: string): bigint | undefined {
  const amount = amountIn(units, unit, terms?.tariff.tariff.volume.count ?? 'both', currency);
  return amount === undefined || amount < 0n || amount > MOST[unit] ? undefined : amount;
}

function amountIn(
  { seconds, bytes, bytesUp, bytesDown, events, money }: Units,
  unit: CountedUnit,
  count: 'both' | 'up' | 'down',
  currency: string,
): bigint | undefined {
  switch (unit) {
    case 'seconds':
      return seconds;
    case 'bytes': {
      if (count === 'up') return bytesUp ?? bytes;
      if (count === 'down') return bytesDown ?? bytes;
      return bytes ?? (bytesUp === undefined && bytesDown === undefined ? undefined : within(bytesUp) + within(bytesDown));
    }
    case 'events':
      return events;
    case 'money':
      return money?.currency === currency ? money.nanos : undefined;
  }
}

function within(amount: bigint | undefined): bigint {
  return amount === undefined || amount < 0n ? 0n : amount;
}

/** It names no amount at all. */
export function isEmpty({ seconds, bytes, bytesUp, bytesDown, events, money }: Units): boolean {
  return (seconds ?? bytes ?? bytesUp ?? bytesDown ?? events ?? money) === undefined;
}

/** An amount in the unit in which something is counted. */
export function unitsIn(unit: CountedUnit, amount: bigint, currency: string): Units {
  switch (unit) {
    case 'seconds':
      return { seconds: amount };
    case 'bytes':
      return { bytes: amount };
    case 'events':
      return { events: amount };
    case 'money':
      return { money: { nanos: amount, currency } };
  }
}
