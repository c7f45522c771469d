/** A use that nothing pays for, or that a control of spending stops: what the peer is told, and what the customer may hear of. */
import { formatNanos } from '../money/amount.ts';
import { formatInstant } from '../time/zoned.ts';
import type { ChargingResult } from './answer.ts';
import type { ActiveControl } from './controls.ts';
import type { Draft } from './draft.ts';
import { answerItem, type OpenAnswerItem } from './grant.ts';
import { sourcesOf } from './spread.ts';
import type { WorkingItem } from './working-item.ts';

/**
 * Tells why, for logs and traces; and raises the event. `stopping`: the control that does; undefined: there is too little to pay from, and `detail` says
 * how much there is.
 */
export function refuseUse(
  draft: Draft,
  item: WorkingItem,
  result: ChargingResult,
  stopping: ActiveControl | undefined,
  detail?: string,
): OpenAnswerItem {
  tellRefused(draft, item, stopping, detail);
  return answerItem(item, result, stopping === undefined ? detail : whyStopped(stopping));
}

export function tellRefused(draft: Draft, { frame }: WorkingItem, stopping: ActiveControl | undefined, detail?: string): void {
  draft.trace?.push(stopping === undefined ? (detail ?? 'nothing is left that could pay for it') : whyStopped(stopping));
  const { id: session, service } = frame;
  draft.tell({ kind: 'use-refused', account: draft.own.base.id, session, service, control: stopping?.control.id });
}

const CONTROL = 'control ';

export function whyStopped({ control, counter }: ActiveControl): string {
  return `${CONTROL}${control.id} (${control.name}) stops it until ${formatInstant(counter.toMicros)}`;
}

/** Whether a detail names the control that stops a use. */
export const namesControl = (detail: string): boolean => detail.startsWith(CONTROL);

/** What could pay for a use now: money that is not set aside, with credit, and units of allowances that fit it. `0.15 EUR and 2 messages`. */
export function whatIsFree(draft: Draft, item: WorkingItem, atMicros: number): string {
  let nanos = 0n;
  let units = 0n;
  for (const { isMoney, most } of sourcesOf(draft, item, atMicros, 'reserve')) {
    if (isMoney) nanos += most;
    else units += most;
  }
  const money = `${formatNanos(nanos, 2)} ${draft.own.base.currency}`;
  return units === 0n ? money : `${money} and ${units} ${item.unitOfBuckets}`;
}
