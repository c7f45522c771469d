/** Sessions of roamers that are billed between networks: what the gateway of Nchf tells, and what keeps it. */
import type { RoamingContainer, RoamingDirection, RoamingFacts } from '#core/charging/roaming-session.ts';

export interface RoamingReport {
  readonly session: string;
  /** Within the session: the same again says nothing new. */
  readonly number: number;
  readonly facts: RoamingFacts;
  /** Use since the report before, by flows and by rating groups: what the session is counted by is kept. */
  readonly containers: readonly RoamingContainer[];
}

export interface RoamingOpening extends RoamingReport {
  readonly direction: RoamingDirection;
  readonly basis: 'flows' | 'groups';
}

/** `taken`: also one that comes again. `unknown`: there is no such session, or it is over. */
export type RoamingTaken = 'taken' | 'unknown' | 'out-of-order';

/** What is told is durable when it returns. A rejection is a fault of the store: the consumer is to tell it again. */
export interface RoamingSessions {
  /** The same session again changes nothing. */
  open(opening: RoamingOpening): Promise<void>;
  report(report: RoamingReport, ends: boolean): Promise<RoamingTaken>;
}
