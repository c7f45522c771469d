/** What running sessions hold of the buckets that a use could be paid from. */
import type { ChargingSession } from './account.ts';
import type { Draft } from './draft.ts';
import type { RequestItem } from './request.ts';
import { fits } from './scope.ts';
import { isOpen } from './spread.ts';
import type { SessionPools } from './unit-pools.ts';
import type { WorkingItem } from './working-item.ts';

/** What else there is of an item's session. */
export interface GrantSession {
  readonly items: readonly WorkingItem[];
  /** Undefined: its peer knows no pools of units, or its plan has none. */
  readonly pools: SessionPools | undefined;
  /** What the request asks for after this item; looked at only where there are pools. */
  readonly later: readonly RequestItem[];
}

/**
 * Nothing can be had because it is set aside elsewhere: other sessions, and groups of the same that hold quota from before, are asked to report, so that what
 * they do not use is free. Groups of the same request are not: each would make the other ask again, for ever. Says who holds it.
 */
export function askHolders(draft: Draft, { items }: GrantSession, item: WorkingItem): string {
  const { id } = item.frame;
  const account = draft.own.base.id;
  const others = draft.own.get('sessions').filter((session) => session.id !== id && holds(session));
  const siblings = items.filter(
    (each) => each !== item && !each.isAsking && (each.multiplier !== undefined || each.reservations.length > 0),
  );
  if (others.length > 0) draft.tell({ kind: 'reauthorise', account, sessions: others.map((session) => session.id) });
  if (siblings.length > 0) {
    const groups = [...new Set(siblings.flatMap(({ ratingGroup }) => ratingGroup ?? []))];
    draft.tell({ kind: 'reauthorise', account, sessions: [id], groups });
  }
  return siblings.length > 0 && others.length === 0
    ? 'other groups of the session hold what could pay for it'
    : 'other sessions hold what could pay for it';
}

const holds = ({ items, pooling }: ChargingSession): boolean =>
  pooling?.pool !== undefined || items.some(({ reservations }) => reservations.length > 0);

/** Whether others have set aside something that this item could use. */
export function isHeldByOthers(draft: Draft, item: WorkingItem, at: number): boolean {
  return draft.order.some(
    (bucket) =>
      bucket.holders > 0 &&
      !bucket.removed &&
      bucket.scope !== undefined &&
      (bucket.base.unit === 'money' || bucket.base.unit === item.unitOfBuckets) &&
      isOpen(draft, bucket) &&
      fits(bucket.scope, item, at),
  );
}
