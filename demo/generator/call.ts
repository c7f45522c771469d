import type { Carrier } from '../rate-sheets/offers.ts';

/** Whose trunk it is: a carrier's, the operator's own network, or one that nobody has configured. */
export type TrunkOwner = Carrier | 'own' | 'nobody';
export type SwitchName = 'new-york' | 'frankfurt';

export interface TrunkEnd {
  readonly owner: TrunkOwner;
  /** As the switch calls it. */
  readonly name: string;
}

/** What really happened: from this each switch writes its record. Times in microseconds since 1970, UTC. */
export interface Call {
  readonly switch: SwitchName;
  readonly trunkIn: TrunkEnd;
  readonly trunkOut: TrunkEnd;
  /** E.164 digits; undefined when the caller withheld it. */
  readonly calling: string | undefined;
  /** E.164 digits. */
  readonly called: string;
  readonly startMicros: number;
  /** When the called side rang, or its network was heard; undefined where the call failed before. */
  readonly alertMicros: number | undefined;
  /** Its network was heard (early media) instead of a signal that it rings. */
  readonly heard: boolean;
  /** Undefined when nobody answered. */
  readonly answerMicros: number | undefined;
  readonly endMicros: number;
  /** Q.850. */
  readonly cause: number;
  /** Why billing must hold it; undefined when it must be rated. */
  readonly heldFor: HeldFor | undefined;
}

export type HeldFor = 'rating.trunk-unknown' | 'rating.no-rate';
