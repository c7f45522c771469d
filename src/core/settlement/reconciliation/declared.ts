/** The other side's figures for a period, as a declaration or an invoice gives them. */
import type { Side } from '../../agreements/agreements.ts';
import type { Period } from '../../time/period.ts';
import type { Service } from '../../usage/usage-event.ts';

/** One row of theirs. What they do not give is left out. */
export interface DeclaredLine {
  /** Row of their file, from 1. */
  readonly row: number;
  readonly destination: string;
  /** Invoices: of which agreement, service and days the row is, where it says. */
  readonly agreement?: string;
  readonly service?: string;
  readonly period?: string;
  /** Dialled code, digits. */
  readonly code?: string;
  /** Local day, in the zone they count in. */
  readonly day?: string;
  /** 0 to 23 of that day. */
  readonly hour?: number;
  readonly calls?: bigint;
  /** Not rounded up: microseconds for voice; bytes, messages or units for others. */
  readonly raw?: bigint;
  /** What they bill: microseconds for voice; bytes, messages or units for others. */
  readonly billed?: bigint;
  /** Price for a minute, message, megabyte or event, in nanos. */
  readonly rateNanos?: bigint;
  readonly amountNanos?: bigint;
}

export const declarationKinds = ['declaration', 'invoice'] as const;

export interface Declared {
  readonly agreement: string;
  /** Ours: receivable is traffic that they handed to us, payable is what they took. */
  readonly side: Side;
  readonly service: Service;
  readonly kind: (typeof declarationKinds)[number];
  readonly period: Period;
  readonly currency: string;
  /** What one unit of the last digit that they write stands for: everything they give may be rounded by half of it. */
  readonly step: DeclaredStep;
  readonly lines: readonly DeclaredLine[];
}

export interface DeclaredStep {
  /** Microseconds, bytes or units. */
  readonly quantity: bigint;
  readonly amountNanos: bigint;
}
