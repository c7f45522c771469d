/** What screening keeps in the books. */
import type { ScreeningKind } from '#core/usage/screening.ts';

/** A record whose event hit a rule. */
export interface EventFlag {
  readonly recordId: number;
  readonly rule: string;
  readonly kind: ScreeningKind;
  readonly action: 'flag' | 'hold';
  /** Of whom: a caller, a trunk. */
  readonly key: string;
  /** Calls, microseconds of talk or of silence; undefined: there was nothing before. */
  readonly measured: number | undefined;
  readonly detail: string;
  readonly startMicros: number;
}

/** A flag as the books have it. */
export interface StoredFlag {
  readonly rule: string;
  readonly action: 'flag' | 'hold';
  readonly measured: number | undefined;
  readonly detail: string;
  /** Somebody said that it may be charged. */
  readonly released: boolean;
}

/** In the transaction of the events. */
export interface ScreeningWrites {
  writeFlags(flags: readonly EventFlag[]): Promise<void>;
  /** Adds to what is remembered, or replaces it. */
  writeScreeningState(state: Uint8Array, replaces: boolean): Promise<void>;
  /** Flags of these records. */
  flagsOf(recordIds: readonly number[]): Promise<ReadonlyMap<number, readonly StoredFlag[]>>;
}
