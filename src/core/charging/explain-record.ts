/** Why a usage record costs what it costs: its price worked out again, with the trace on. */
import type { Charge } from '../rating/charge.ts';
import type { Explanation } from '../rating/explanation.ts';
import { UsePricer } from '../rating/price-use.ts';
import { plainCharge } from '../rating/rated-charge.ts';
import type { UsageRecord } from './decision.ts';
import type { CompiledCatalog } from './plan.ts';
import { coveredUnits } from './working-item.ts';

/** Undefined where the peer had the price, and where the plan's version is not in the catalog any more. */
export function explainRecord(catalog: CompiledCatalog, record: UsageRecord): Explanation | undefined {
  return chargeAgain(catalog, record)?.explanation;
}

/** The charge with its explanation; undefined likewise. */
export function chargeAgain(catalog: CompiledCatalog, record: UsageRecord): Charge | undefined {
  const { event, charge, covered, continues } = record;
  const plan = catalog.plans.get(record.plan)?.find(({ version }) => version === record.planVersion);
  const terms = plan?.services.get(event.service)?.find(({ number }) => number === record.planService)?.terms;
  if (terms === undefined || charge === undefined) return undefined;
  const pricer = new UsePricer({
    book: catalog.book,
    terms,
    trunk: terms.agreement.account,
    event,
    chosenBy: event,
    continues,
    counters: (key) => charge.counterMoves.find((move) => move.key === key)?.before ?? 0n,
  });
  const outcome = pricer.explain(event, coveredUnits(covered));
  return outcome.kind === 'charged' ? plainCharge(outcome.charge, record.account) : undefined;
}
