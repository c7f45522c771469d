/** What putting parts together needs of the books. */
import type { HeldReason } from '#core/rating/charge.ts';
import type { HoldReason } from '#core/refusals/usage.ts';
import type { RatedSpan, WaitingKind, WaitingPart } from '#core/usage/correlation.ts';
import type { CorrectedFields } from '../correct-draft.ts';
import type { RecordPlace, RetryTransaction } from '../ports.ts';

/** The sources whose parts may belong together, by their numbers in the books. */
export interface Scope {
  /** Id of the correlation, or `source/<id>` where none names the source. */
  readonly name: string;
  readonly sourceIds: readonly number[];
  /** Parts that arrived before have waited long enough. */
  readonly arrivedBeforeMicros: number;
}

export interface GroupName {
  readonly scope: string;
  readonly group: string;
}

/** A waiting part with where its record is. */
export interface StoredPart extends WaitingPart, RecordPlace, GroupName {
  readonly fileId: number;
  readonly sourceId: number;
  readonly source: string;
  readonly key: string;
  readonly reason: string;
  readonly detail: string;
  /** What a person says that it means. */
  readonly corrected?: CorrectedFields;
}

/** What of a group is in the books already. */
export interface RatedGroup extends RatedSpan {
  readonly group: string;
  readonly sourceIds: readonly number[];
}

/** A record that an event is made of. `single`: a record that is an event by itself, and was corrected after it was rated. */
export interface EventPart extends RecordPlace {
  readonly fileId: number;
  readonly sourceId: number;
  readonly key: string;
  readonly kind: WaitingKind | 'single';
  readonly sequence: number | undefined;
  readonly startMicros: number;
  /** What a person says that it means. */
  readonly corrected?: CorrectedFields;
}

/** An event that was made of parts. */
export interface CorrelatedEvent {
  readonly eventId: number;
  readonly scope: Pick<Scope, 'name' | 'sourceIds'>;
  readonly group: string;
  readonly startMicros: number;
  readonly endMicros: number;
  readonly missing: string | undefined;
  readonly parts: readonly EventPart[];
}

/** Another reason for which a part is held. */
export interface ChangedHold {
  readonly part: StoredPart;
  readonly reason: HoldReason | HeldReason;
  readonly detail: string;
}

/** All calls on the connection of the one writer of usage. */
export interface PartStore {
  /** Sources that are in the books: number and id. */
  sources(): Promise<ReadonlyMap<number, string>>;
  /** Groups with parts that nobody has looked at yet. */
  newGroups(scopes: readonly Scope[], limit: number): Promise<readonly GroupName[]>;
  /** Groups with parts that have waited long enough, behind one, in order. */
  overdueGroups(scopes: readonly Scope[], after: GroupName | undefined, limit: number): Promise<readonly GroupName[]>;
  /** Groups with parts that are held because their call was rated without them; of these files only, where they are named. */
  lateGroups(scopes: readonly Scope[], fileIds: readonly number[] | undefined): Promise<readonly GroupName[]>;
  /** All waiting parts of these groups, in the order of their numbers. */
  parts(scopes: readonly Scope[], groups: readonly GroupName[]): Promise<readonly StoredPart[]>;
  rated(groups: readonly GroupName[]): Promise<readonly RatedGroup[]>;
  /** Runs the work: all of it is in the books, or nothing. */
  transaction<T>(work: (transaction: PartTransaction) => Promise<T>): Promise<T>;
}

export interface PartTransaction extends RetryTransaction {
  writeCorrelated(events: readonly CorrelatedEvent[], nowMicros: number): Promise<void>;
  changeHolds(changes: readonly ChangedHold[]): Promise<void>;
  markParts(ids: readonly number[], state: 'waiting' | 'done'): Promise<void>;
}
