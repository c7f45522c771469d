/** `carillon usage held --by …`: suspense with the money that may be at stake. */
import type { Side } from '#core/agreements/agreements.ts';
import { ratingRefusals } from '#core/refusals/rating.ts';
import { holdReasons } from '#core/refusals/usage.ts';
import { countryCodeLength, type EstimateMethod } from '#operations/usage/money-at-stake.ts';
import { loadSetupWithoutRates } from '#storage/configuration/load-book.ts';
import type { Database } from '#storage/database.ts';
import { type DigitsTold, type HeldUsage, selectHeldUsage } from '#storage/usage/suspense.ts';
import { LATE_DAYS, latePrices } from './late-prices.ts';
import { type WaitingRequest, waitingFilter } from './look-up.ts';

export { estimateMethods } from '#operations/usage/money-at-stake.ts';
export { LATE_DAYS };

export const suspenseGroupings = ['reason', 'source', 'trunk', 'destination', 'group'] as const;
export type SuspenseGrouping = (typeof suspenseGroupings)[number];

export interface SuspenseGroup {
  readonly group: string;
  readonly records: number;
  /** Of answered calls. */
  readonly micros: bigint;
  readonly firstSeenMicros: number;
  readonly lastSeenMicros: number;
  /** What partners may owe us, and we them, by currency. */
  readonly receivable: Readonly<Record<string, bigint>>;
  readonly payable: Readonly<Record<string, bigint>>;
  /** How many charges were estimated how; those of calls that were not answered are not counted. */
  readonly methods: Readonly<Partial<Record<EstimateMethod, number>>>;
  /** Grouped by reason: what to do. */
  readonly remedy: string | undefined;
}

/** Of a called number that are looked at to name a destination. */
const DESTINATION_DIGITS = 7;

interface Open {
  records: number;
  micros: bigint;
  first: number;
  last: number;
  receivable: Record<string, bigint>;
  payable: Record<string, bigint>;
  methods: Partial<Record<EstimateMethod, number>>;
}

/** The most records first. Throws RefusedError as listWaiting does. */
export async function listSuspense(
  database: Database,
  request: WaitingRequest & { readonly by: SuspenseGrouping; readonly limit: number },
): Promise<readonly SuspenseGroup[]> {
  const { filter } = await waitingFilter(database, request);
  // Without rates, of which there may be very many: what is estimated comes from what was charged.
  const { book } = await loadSetupWithoutRates(database, ['trunks', 'agreements']);
  const prices = await latePrices(database);
  const trunks = new Map(book.trunks.map((trunk) => [trunk.id, trunk]));
  const agreementsOf = new Map<string | undefined, readonly string[]>(
    [...Map.groupBy(book.agreements, ({ account }) => account)].map(([account, own]) => [account, [...new Set(own.map(({ id }) => id))]]),
  );
  const groups = new Map<string, Open>();
  const told = request.by === 'destination' ? withAtLeast(prices.digitsTold, DESTINATION_DIGITS) : prices.digitsTold;
  for (const held of await selectHeldUsage(database.pool, filter, request.by === 'group', told)) {
    const ends: readonly (readonly [Side, string | undefined])[] = [
      ['receivable', held.trunkIn],
      ['payable', held.trunkOut],
    ];
    for (const name of namesOf(held, request.by)) {
      const group = groups.get(name) ?? openGroup(held);
      groups.set(name, group);
      group.records += held.records;
      group.micros += held.micros;
      group.first = Math.min(group.first, held.firstSeenMicros);
      group.last = Math.max(group.last, held.lastSeenMicros);
      if (held.answered === 0n) continue;
      for (const [side, trunkId] of ends) {
        if (trunkId === undefined) continue;
        const trunk = trunks.get(trunkId);
        if (trunk !== undefined && trunk.account === undefined) continue; // the operator's own network
        const estimate = prices.estimate(side, agreementsOf.get(trunk?.account) ?? [], held);
        const method = estimate?.method ?? 'unknown';
        group.methods[method] = (group.methods[method] ?? 0) + Number(held.answered);
        if (estimate !== undefined) group[side][estimate.currency] = (group[side][estimate.currency] ?? 0n) + estimate.nanos;
      }
    }
  }
  return [...groups]
    .map(([group, { first, last, ...rest }]) => ({
      ...{ group, firstSeenMicros: first, lastSeenMicros: last },
      ...rest,
      remedy: request.by === 'reason' ? remedyOf(group) : undefined,
    }))
    .sort((a, b) => b.records - a.records || (a.group < b.group ? -1 : 1))
    .slice(0, request.limit);
}

function withAtLeast({ head, more }: DigitsTold, least: number): DigitsTold {
  return { head, least, more: new Map([...more].map(([start, digits]) => [start, Math.max(digits, least)])) };
}

function openGroup({ firstSeenMicros: first, lastSeenMicros: last }: HeldUsage): Open {
  return { records: 0, micros: 0n, first, last, receivable: {}, payable: {}, methods: {} };
}

/** A record with two trunks is counted at both; a destination is the country's code with four digits more. */
function namesOf(held: HeldUsage, by: SuspenseGrouping): readonly string[] {
  switch (by) {
    case 'reason':
      return [held.reason];
    case 'group':
      return [held.group];
    case 'source':
      return [held.source];
    case 'trunk':
      return [...new Set([held.trunkIn ?? 'none', held.trunkOut ?? 'none'])];
    case 'destination':
      return [held.called === '' ? 'none' : `${held.called.slice(0, countryCodeLength(held.called) + 4)}…`];
  }
}

function remedyOf(reason: string): string | undefined {
  const known: Readonly<Record<string, { readonly remedy: string }>> = { ...ratingRefusals, ...holdReasons };
  return Object.hasOwn(known, reason) ? known[reason]?.remedy : undefined;
}
