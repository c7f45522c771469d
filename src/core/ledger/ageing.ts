/** How long documents have been open: buckets of days past due. */
export interface OpenItem {
  readonly account: string;
  readonly document: string;
  readonly ledgerAccount: 'receivable' | 'payable';
  readonly currency: string;
  /** Left out: due at once. */
  readonly dueDay?: string;
  readonly firstDay: string;
  /** Debit positive: owed to us. */
  readonly openNanos: bigint;
  /** The part that is disputed; of the sign of `openNanos`. */
  readonly disputedNanos: bigint;
}

export const defaultAgeingDays: readonly number[] = [30, 60, 90];

export interface AgeingRow {
  readonly account: string;
  readonly ledgerAccount: OpenItem['ledgerAccount'];
  readonly currency: string;
  /** Not due, then one for each of the bounds, then what is older than the last. Without what is disputed. */
  readonly bucketsNanos: readonly bigint[];
  readonly disputedNanos: bigint;
  readonly totalNanos: bigint;
}

/** Which bucket: 0 is not yet due (the due day itself is in time), 1 up to the first bound, and so on. */
export function bucketOf(dueDay: string, on: string, bounds: readonly number[]): number {
  const late = Temporal.PlainDate.from(dueDay).until(Temporal.PlainDate.from(on), { largestUnit: 'days' }).days;
  if (late <= 0) return 0;
  const index = bounds.findIndex((bound) => late <= bound);
  return index === -1 ? bounds.length + 1 : index + 1;
}

/** One row for each account, side and currency, in the order in which they come. The buckets and the disputed part add up to the total. */
export function ageItems(items: readonly OpenItem[], on: string, bounds: readonly number[] = defaultAgeingDays): readonly AgeingRow[] {
  const rows = new Map<string, { first: OpenItem; buckets: bigint[]; disputed: bigint }>();
  for (const item of items) {
    const key = JSON.stringify([item.account, item.ledgerAccount, item.currency]);
    let row = rows.get(key);
    if (row === undefined) {
      row = { first: item, buckets: Array.from({ length: bounds.length + 2 }, () => 0n), disputed: 0n };
      rows.set(key, row);
    }
    const bucket = bucketOf(item.dueDay ?? item.firstDay, on, bounds);
    row.buckets[bucket] = (row.buckets[bucket] ?? 0n) + item.openNanos - item.disputedNanos;
    row.disputed += item.disputedNanos;
  }
  return [...rows.values()].map(({ first: { account, ledgerAccount, currency }, buckets, disputed }) => ({
    account,
    ledgerAccount,
    currency,
    bucketsNanos: buckets,
    disputedNanos: disputed,
    totalNanos: buckets.reduce((sum, each) => sum + each, disputed),
  }));
}

/** Names of the buckets: `not due`, `1–30`, `31–60`, `over 60`. */
export function bucketNames(bounds: readonly number[]): readonly string[] {
  const last = bounds.at(-1);
  return [
    'not due',
    ...bounds.map((bound, index) => `${(bounds[index - 1] ?? 0) + 1}–${bound}`),
    last === undefined ? 'due' : `over ${last}`,
  ];
}
