/** What is deleted when its time is over, and what of it stays known. */
import type { Refusal } from '#core/refusals.ts';

/** Something that was deleted; days are UTC, `to` is the first behind them. */
export interface Deletion {
  readonly id: bigint;
  readonly kind: string;
  /** The setting and its value: `retention.usageDays=400`. */
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly records: number;
  /** That its tables or files took; 0: not known. */
  readonly bytes: number;
  readonly by: string;
  readonly atMicros: number;
}

export type NewDeletion = Omit<Deletion, 'id' | 'atMicros'>;

/** An order that nothing is deleted. `to` is the first day behind it. */
export interface Hold {
  readonly id: bigint;
  /** Undefined: of everybody. */
  readonly party: string | undefined;
  readonly from: string;
  readonly to: string | undefined;
  readonly why: string;
  readonly by: string;
  readonly atMicros: number;
  readonly releasedBy: string | undefined;
  readonly releasedMicros: number | undefined;
  readonly releaseWhy: string | undefined;
}

export type NewHold = Pick<Hold, 'party' | 'from' | 'to' | 'why' | 'by'>;

/** What a rule would delete now. */
export interface Due {
  readonly kind: string;
  readonly rule: string;
  /** 0: it is kept for ever. */
  readonly days: number;
  readonly records: number;
  readonly bytes: number;
  /** Of the oldest and the newest of it, UTC; undefined: there is nothing. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What would be due and stays, with the reason: `2026-10-05: …`. */
  readonly kept: readonly Refusal[];
}
