/** A grant out of a session's pool of units: the multiplier of a rating group, and the most that can be set aside for it. */
import { NANO_DECIMALS } from '../money/amount.ts';
import type { Rounding } from '../money/rounding.ts';
import type { Reservation } from './account.ts';
import { type ActiveControl, leftOfControls } from './controls.ts';
import type { Draft } from './draft.ts';
import { isHeldByOthers } from './held.ts';
import { wantedUnits } from './intake.ts';
import { greatest, least } from './least.ts';
import type { PlanService } from './plan.ts';
import type { RequestItem } from './request.ts';
import { release } from './reserve.ts';
import { largest, type Source, type SourceKind, sourcesOf } from './spread.ts';
import { mostOfBuckets, neededFor, OpenPool, type PoolMember, type PoolTerms, type SessionPools } from './unit-pools.ts';
import type { WorkingItem } from './working-item.ts';

export interface PoolGrant {
  /** Granted to the item now. */
  readonly units: bigint;
  /** With what the same request granted it before. */
  readonly inAll: bigint;
  readonly limitedByOthers: boolean;
  /** Other groups of the same request get the rest: whether it is the last is told with theirs. */
  readonly isShared: boolean;
  readonly over: PoolTerms['over'];
}

/** Undefined: the item gets a quota without a pool, for no pool holds for it, or nothing more can be set aside for one. */
export function grantFromPool(
  draft: Draft,
  pools: SessionPools,
  item: WorkingItem,
  service: PlanService,
  controls: readonly ActiveControl[],
  wanted: bigint,
  at: number,
  later: readonly RequestItem[],
): PoolGrant | undefined {
  if (service.pool === undefined || item.ratingGroup === undefined || !service.pool.groups.has(item.ratingGroup)) return undefined;
  const known = pools.pool;
  const before = known?.reservations ?? [];
  // What is set aside for the pool is looked at as a whole: free, and then set aside again with what is granted besides.
  if (known !== undefined) release(draft, known);
  const search = openSearch(draft, pools, item, service, controls, at, before);
  const found = search?.best(wanted, later);
  if (search === undefined || found === undefined) {
    if (known !== undefined) pools.hold(draft, item, known, before, sourcesOf(draft, item, at, 'reserve'), at);
    return item.multiplier === undefined
      ? undefined
      : { units: 0n, inAll: item.grant?.units ?? 0n, limitedByOthers: false, isShared: false, over: known?.terms.over ?? 'money' };
  }
  const { pool, multiplier } = search;
  if (pools.pool === undefined) {
    pools.pool = pool;
    pools.opened += 1;
  }
  item.multiplier = multiplier;
  pool.left = search.leftWith(found.units);
  pools.hold(draft, item, pool, before, sourcesFor(draft, item, service, at, found.kind), at);
  const inAll = search.granted + found.units;
  draft.trace?.push(
    `pool ${pools.opened} has ${pool.left} units, group ${item.ratingGroup} takes ${multiplier} for each of its own: ${neededFor(pool.terms, pool.left, pools.members)} ${pool.terms.over === 'money' ? 'nanos' : item.unit} are set aside`,
  );
  return { units: found.units, inAll, limitedByOthers: found.limitedByOthers, isShared: found.isShared, over: pool.terms.over };
}

/** Undefined: the item cannot draw from a pool now, or not from the one that there is. The pool has nothing set aside meanwhile. */
function openSearch(
  draft: Draft,
  pools: SessionPools,
  item: WorkingItem,
  service: PlanService,
  controls: readonly ActiveControl[],
  at: number,
  before: readonly Reservation[],
): PoolSearch | undefined {
  const [first] = sourcesOf(draft, item, at, 'reserve');
  if (first === undefined || !isForAll(first, service)) return undefined;
  const priced = termsOf(draft, item, service, first.isMoney ? 'money' : 'units');
  if (priced === undefined) return undefined;
  if (first.isMoney && controls.some(({ control, limit }) => control.measure !== 'money' && limit !== undefined)) return undefined;
  const pool = pools.pool ?? new OpenPool(priced.terms, { open: true, left: 0n, reservations: [], counted: [] });
  if (!pool.open || !isSame(pool.terms, priced.terms)) return undefined;
  // Granted before in the same request, at another price: that cannot be, for it is the same use.
  if (item.multiplier !== undefined && item.multiplier !== priced.multiplier) return undefined;
  return new PoolSearch(draft, pools, pool, item, service, priced.multiplier, controls, at, before);
}

function sourcesFor(draft: Draft, item: WorkingItem, service: PlanService, at: number, kind: SourceKind): readonly Source[] {
  return sourcesOf(draft, item, at, kind).filter((source) => isForAll(source, service));
}

/** A bucket that is for some of the groups pays for them without a pool as long as it is their first. */
function isForAll({ bucket: { scope } }: Source, { pool }: PlanService): boolean {
  const groups = scope?.ratingGroups;
  return groups === undefined || pool?.groups.isSubsetOf(groups) === true;
}

/** What a unit of the item takes of a pool, and what that is worth; undefined where its price is not units × a number. */
function termsOf(
  draft: Draft,
  item: WorkingItem,
  service: PlanService,
  over: PoolTerms['over'],
): { readonly terms: PoolTerms; readonly multiplier: bigint } | undefined {
  const { use } = item;
  const { terms, pool } = service;
  if (use === undefined || terms === undefined || pool === undefined) return undefined;
  const price = item.pricer(draft, use, terms)?.straightPrice;
  if (price === undefined) return undefined;
  const { planVersion, planService } = use;
  if (over === 'units') return { terms: { planVersion, planService, over, worth: { of: 1n, by: 1n }, roundingNanos: 0n }, multiplier: 1n };
  if (pool.unitPrice <= 0n || price <= 0n || price % pool.unitPrice !== 0n) return undefined;
  const { tariff, scale } = terms.tariff;
  const { decimals, mode } = terms.agreement.rounding;
  const by = BigInt(tariff.per) * 10n ** BigInt(Math.max(scale - NANO_DECIMALS, 0));
  const of = pool.unitPrice * 10n ** BigInt(Math.max(NANO_DECIMALS - scale, 0));
  const roundingNanos = of % (by * 10n ** BigInt(NANO_DECIMALS - decimals)) === 0n ? 0n : mostRounding(decimals, mode);
  return { terms: { planVersion, planService, over, worth: { of, by }, roundingNanos }, multiplier: price / pool.unitPrice };
}

/** By how much a rounded charge is above the exact one at most, nanos. */
function mostRounding(decimals: number, mode: Rounding['mode']): bigint {
  const step = 10n ** BigInt(NANO_DECIMALS - decimals);
  if (mode === 'down' || mode === 'floor') return 0n;
  return mode === 'up' || mode === 'ceiling' ? step : (step + 1n) / 2n;
}

function isSame(one: PoolTerms, other: PoolTerms): boolean {
  return (
    one.planVersion === other.planVersion &&
    one.planService === other.planService &&
    one.over === other.over &&
    one.worth.of === other.worth.of &&
    one.worth.by === other.worth.by
  );
}

class PoolSearch {
  readonly pool: OpenPool;
  readonly multiplier: bigint;
  /** To the same item in the same request. */
  readonly granted: bigint;
  readonly #draft: Draft;
  readonly #item: WorkingItem;
  readonly #service: PlanService;
  readonly #controls: readonly ActiveControl[];
  readonly #at: number;
  readonly #pools: SessionPools;
  readonly #before: readonly Reservation[];
  /** S without what is granted now: by the one reading what is left of it, by the other the quotas of all. */
  readonly #base: bigint;

  constructor(
    draft: Draft,
    pools: SessionPools,
    pool: OpenPool,
    item: WorkingItem,
    service: PlanService,
    multiplier: bigint,
    controls: readonly ActiveControl[],
    at: number,
    before: readonly Reservation[],
  ) {
    this.#draft = draft;
    this.#before = before;
    this.#pools = pools;
    this.pool = pool;
    this.#item = item;
    this.#service = service;
    this.multiplier = multiplier;
    this.granted = item.multiplier === undefined ? 0n : (item.grant?.units ?? 0n);
    this.#controls = controls;
    this.#at = at;
    const quotas = pools.members.reduce((sum, member) => sum + (member.grant?.units ?? 0n) * member.multiplier, 0n);
    this.#base = greatest(pool.left, quotas);
  }

  leftWith(units: bigint): bigint {
    return this.#base + units * this.multiplier;
  }

  /** As without a pool: first within the share of what sessions share, then `leastGrant` of what is free. Undefined: nothing. */
  best(
    wanted: bigint,
    later: readonly RequestItem[],
  ): { readonly units: bigint; readonly limitedByOthers: boolean; readonly isShared: boolean; readonly kind: SourceKind } | undefined {
    let kind: SourceKind = 'share';
    const beside = this.#wantedBy(later);
    let units = this.#most(wanted, kind, beside);
    const isShared = beside.length > 0 && units > 0n && units < wanted;
    const limitedByOthers = units < wanted && isHeldByOthers(this.#draft, this.#item, this.#at);
    const useful = least(this.#service.leastGrant, wanted);
    if (limitedByOthers && units < useful) {
      kind = 'reserve';
      units = this.#most(useful, kind);
    }
    return units > 0n ? { units, limitedByOthers, isShared, kind } : undefined;
  }

  /** What other groups of the pool ask for in the same request: one that took all would leave them nothing to begin with, though all draw from the same. */
  #wantedBy(later: readonly RequestItem[]): readonly bigint[] {
    const { pool, mostGrant } = this.#service;
    const { unit, ratingGroup: own } = this.#item;
    const { currency } = this.#draft.own.base;
    return later.flatMap(({ ratingGroup, requested }) => {
      if (requested === undefined || ratingGroup === undefined || ratingGroup === own || pool?.groups.has(ratingGroup) !== true) return [];
      const units = wantedUnits(requested, unit, this.#service, currency);
      return units === undefined || units === 0n ? [] : [least(units, mostGrant)];
    });
  }

  /** `beside`: each of the others shall have as much, or what it wants. */
  #most(wanted: bigint, kind: SourceKind, beside: readonly bigint[] = []): bigint {
    const { terms } = this.pool;
    const sources = sourcesFor(this.#draft, this.#item, this.#service, this.#at, kind);
    const members: readonly PoolMember[] = [
      ...this.#pools.members.filter((member) => member !== this.#item),
      { multiplier: this.multiplier, use: this.#item.use },
    ];
    let available = 0n;
    for (const most of mostOfBuckets(this.#draft, terms, this.#before, sources).values()) available += most;
    const left = leftOfControls(this.#controls);
    const limit = terms.over === 'money' ? left.money : left.units;
    if (limit !== undefined) available = least(available, limit);
    const isThere = (each: bigint): boolean => {
      const others = beside.reduce((units, other) => units + least(other, each), 0n);
      return neededFor(terms, this.leftWith(each + others), members) <= available;
    };
    return BigInt(largest(Number(wanted), (units) => isThere(BigInt(units))));
  }
}
