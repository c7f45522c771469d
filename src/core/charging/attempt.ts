/** The fee for a call that was never answered: what the tariff's `attemptFee` says, charged when its session ends with nothing used. */

import { UsePricer } from '../rating/price-use.ts';
import { plainCharge } from '../rating/rated-charge.ts';
import { controlsOf, countUse } from './controls.ts';
import { take } from './debit.ts';
import type { ChangeCause } from './decision.ts';
import type { CompiledPlan } from './plan.ts';
import type { ChargingRequest } from './request.ts';
import { sourcesOf, spread } from './spread.ts';
import { beginUse, serviceFor, trunkOf, type WorkingItem } from './working-item.ts';
import type { WorkingSession } from './working-session.ts';

/** Before the session ends. A peer that says when the call was answered, or that anything was used, is charged for that and not for the attempt. */
export function chargeAttempt(session: WorkingSession, plan: CompiledPlan, request: ChargingRequest): void {
  const { known, items } = session;
  const [item] = items;
  if (session.frame.service !== 'voice' || known === undefined || item === undefined || item.unit !== 'seconds') return;
  const isUsed = items.some(({ use }) => use !== undefined && use.used > 0n) || session.closedNanos > 0n || known.records > 0;
  if (isUsed || session.frame.facts.answered === true) return;
  session.release();
  pay(session, plan, item, { kind: 'use', session: request.session, number: request.number });
}

function pay(session: WorkingSession, plan: CompiledPlan, item: WorkingItem, cause: ChangeCause): void {
  const { draft, known } = session;
  const start = known?.startedMicros ?? draft.now;
  const service = serviceFor(plan, item, start);
  const terms = service?.terms;
  if (service === undefined || terms === undefined) return;
  const event = { ...item.bareEvent(start), answered: false };
  const pricer = new UsePricer({
    ...{ book: draft.catalog.book, terms, trunk: trunkOf(terms), continues: false, event, chosenBy: event },
    counters: (key) => draft.tierCounter(key).value,
  });
  const outcome = pricer.charge({ used: 0, up: 0, down: 0 }, [], draft.trace !== undefined);
  if (outcome.kind !== 'charged' || outcome.charge.amountNanos === 0n) return;
  const fee = outcome.charge.amountNanos;
  const use = beginUse(start, plan, service, false);
  const laid = spread(undefined, use, fee, sourcesOf(draft, item, start, 'debit'), undefined);
  if ('reason' in laid) return;
  item.use = use;
  take(draft, item, undefined, laid, { units: 0n, up: 0n, down: 0n }, cause);
  const paid = item.use;
  countUse(draft, controlsOf(draft, item, start), use, paid, session.frame.id);
  item.use = undefined;
  session.closedNanos += fee;
  const { id, currency } = draft.own.base;
  const record = `${session.frame.id}|attempt`;
  draft.record({
    ...{ id: record, account: id, session: session.frame.id, event: { ...event, id: record } },
    charge: plainCharge(outcome.charge, id),
    ...{ chargedNanos: fee, currency, plan: draft.own.base.plan, planVersion: use.planVersion, planService: use.planService },
    ...{ covered: [], paid: paid.paid, unpaidNanos: paid.unpaidNanos, continues: false },
  });
  draft.trace?.push(`the call was not answered: its attempt costs ${fee} nanos`);
}
