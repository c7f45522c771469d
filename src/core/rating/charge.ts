/** What rating returns. The functions are in `rate-event.ts`; compiled input comes from `compile-book.ts`. */
import type { LegRole, Side } from '../agreements/agreements.ts';
import type { ratingRefusals } from '../refusals/rating.ts';
import type { Explanation } from './explanation.ts';

export type HeldReason = keyof typeof ratingRefusals;

/** The price of one leg of one event. */
export interface Charge {
  /** Which end of the event: the trunk it came in on, or the one it left on. */
  readonly leg: 'in' | 'out';
  readonly role: LegRole;
  readonly side: Side;
  readonly account: string;
  readonly agreement: string;
  readonly agreementValidFrom: string;
  readonly agreementVersionId: number;
  /** Local date of the event's start in the agreement's zone. */
  readonly day: string;
  readonly tariff: string;
  /** Undefined when nothing was answered and no rate matched: nothing is due then. */
  readonly rateId: number | undefined;
  readonly code: string;
  readonly destination: string;
  /** Band at the start; undefined when the tariff has none. */
  readonly band: string | undefined;
  /** Voice: seconds × 10⁶ after the agreement's seconds rule. Others: the raw quantity (parts, bytes, units). */
  readonly rawQuantity: number;
  /** Voice: billed seconds. Messages, events: billed units. Data: billed bytes. */
  readonly billedQuantity: number;
  readonly amountNanos: bigint;
  readonly currency: string;
  /** What the event adds to counters. The caller books it when it books the charge. */
  readonly counterMoves: readonly CounterMove[];
  /** Present when it was asked for. */
  readonly explanation?: Explanation;
}

/** A counter is one of a tier, or a day's volume. Its key holds all that separates it from others. */
export interface CounterMove {
  readonly key: CounterKey;
  /** Seconds, messages, bytes, events or nanos before this event, and what it adds. */
  readonly before: bigint;
  readonly added: bigint;
}

/** `agreement|role|counter|month:2026-10-01`, with the kind of period and its first local day at the end; a string so that it can be a map's key. */
export type CounterKey = string;

/** Where the counters stand: 0n for one never moved. */
export type CounterReader = (key: CounterKey) => bigint;

export type LegOutcome =
  | { readonly kind: 'charged'; readonly charge: Charge }
  | { readonly kind: 'held'; readonly leg: 'in' | 'out' | undefined; readonly reason: HeldReason; readonly detail: string };

/** All legs of an event. If one leg is held, the whole event is: `held` names the first reason and no charge is booked. */
export type RatedEvent =
  | { readonly kind: 'rated'; readonly charges: readonly Charge[] }
  | { readonly kind: 'held'; readonly reason: HeldReason; readonly detail: string; readonly leg: 'in' | 'out' | undefined };
