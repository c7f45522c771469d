/** What traffic a deal counts. */
import type { Side } from '../../agreements/agreements.ts';
import { type DealMeasure, type DealScope, isInDestinations } from '../../agreements/deals.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';

/** Charges of one local day. For scopes with bins: only those of events in them, named by `bin`. */
export interface DealUsage {
  readonly side: Side;
  readonly service: Service;
  readonly destination: string;
  /** `set/bin`; undefined for all events together. */
  readonly bin?: string;
  readonly day: string;
  /** Voice: seconds. Data: bytes. Others: messages or units. Billed. */
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

export interface DealSums {
  /** In the units of DealUsage. */
  readonly quantity: bigint;
  readonly amountNanos: bigint;
}

export const NOTHING: DealSums = { quantity: 0n, amountNanos: 0n };

/** How much of a quantity's units one unit of the measure is: 60 seconds are a minute. */
export function unitsOf(measure: DealMeasure): bigint {
  switch (measure) {
    case 'minutes':
      return 60n;
    case 'messages':
    case 'events':
      return 1n;
    case 'MB':
      return 1_000_000n;
    case 'GB':
    case 'money':
      return 1_000_000_000n;
  }
}

/** The services that a measure can count; all for money. */
export function countsService(measure: DealMeasure, service: Service): boolean {
  switch (measure) {
    case 'minutes':
      return service === 'voice';
    case 'messages':
      return service === 'sms' || service === 'mms';
    case 'MB':
    case 'GB':
      return service === 'data';
    case 'events':
      return service === 'content' || service === 'event';
    case 'money':
      return true;
  }
}

/** The usage of a scope on one side, in a window. */
export function inScope(scope: DealScope, measure: DealMeasure, side: Side, window: Period, usage: readonly DealUsage[]): DealUsage[] {
  const bins = scope.bins;
  return usage.filter(
    (each) =>
      each.side === side &&
      each.day >= window.from &&
      each.day < window.to &&
      (scope.service === undefined ? countsService(measure, each.service) : each.service === scope.service) &&
      isInDestinations(scope, each.destination) &&
      (bins === undefined ? each.bin === undefined : each.bin !== undefined && bins.includes(each.bin)),
  );
}

export function sumOf(usage: readonly DealUsage[]): DealSums {
  return usage.reduce<DealSums>(
    (sum, { billed, amountNanos }) => ({ quantity: sum.quantity + billed, amountNanos: sum.amountNanos + amountNanos }),
    NOTHING,
  );
}
