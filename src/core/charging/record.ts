/** A use that is over becomes a usage event with its charge. */
import { formatExplanation } from '../rating/explanation.ts';
import { plainCharge } from '../rating/rated-charge.ts';
import type { RunningUse } from './account.ts';
import { coveredOfUse, usedQuantity } from './debit.ts';
import type { UsageRecord } from './decision.ts';
import type { Draft } from './draft.ts';
import { serviceOfUse, type WorkingItem } from './working-item.ts';

/** Closes the running use of an item, if anything was used. `id` is unique among all records. */
export function closeUse(draft: Draft, item: WorkingItem, id: () => string): void {
  const { use } = item;
  item.use = undefined;
  if (use === undefined || use.used === 0n) return;
  draft.record(recordOf(draft, item, use, id()));
}

function recordOf(draft: Draft, item: WorkingItem, use: RunningUse, id: string): UsageRecord {
  const { own } = draft;
  const { terms } = serviceOfUse(draft, use, item.frame.service) ?? {};
  const pricer = terms === undefined ? undefined : item.newPricer(draft, use, terms);
  const priced = pricer?.eventOf(usedQuantity(use));
  const outcome = priced && pricer?.chargeOf(priced, coveredOfUse(use), draft.trace !== undefined);
  const charge = outcome?.kind === 'charged' ? plainCharge(outcome.charge, own.base.id) : undefined;
  if (charge?.explanation !== undefined) draft.trace?.push(...formatExplanation(charge.explanation).split('\n'));
  const { currency } = own.base;
  const event = priced ?? {
    ...item.bareEvent(use.startMicros),
    ...(item.unit === 'money' ? { priceNanos: use.used, priceCurrency: currency } : {}),
  };
  return {
    id,
    account: own.base.id,
    session: item.frame.id,
    event: { ...event, id },
    charge,
    chargedNanos: use.chargedNanos,
    currency,
    plan: own.base.plan,
    planVersion: use.planVersion,
    planService: use.planService,
    covered: use.covered,
    paid: use.paid,
    unpaidNanos: use.unpaidNanos,
    continues: use.continues,
  };
}
