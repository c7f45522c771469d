/** A use that nothing pays for, or that a control of spending stops: what the peer is told, and what the customer may hear of. */
import { formatInstant } from '../time/zoned.ts';
import type { ChargingResult } from './answer.ts';
import type { ActiveControl } from './controls.ts';
import type { Draft } from './draft.ts';
import { answerItem, type OpenAnswerItem } from './grant.ts';
import type { WorkingItem } from './working-item.ts';

/** Tells why, for logs and traces; and raises the event. `stopping`: the control that does; undefined: there is nothing left to pay from. */
export function refuseUse(draft: Draft, item: WorkingItem, result: ChargingResult, stopping: ActiveControl | undefined): OpenAnswerItem {
  tellRefused(draft, item, stopping);
  return answerItem(item, result, stopping === undefined ? undefined : whyStopped(stopping));
}

export function tellRefused(draft: Draft, { frame }: WorkingItem, stopping: ActiveControl | undefined): void {
  draft.trace?.push(stopping === undefined ? 'nothing is left that could pay for it' : whyStopped(stopping));
  const { id: session, service } = frame;
  draft.events.push({ kind: 'use-refused', account: draft.own.base.id, session, service, control: stopping?.control.id });
}

export function whyStopped({ control, counter }: ActiveControl): string {
  return `control ${control.id} (${control.name}) stops it until ${formatInstant(counter.toMicros)}`;
}
