/** The functions of charging over one catalog: what `src/engine` calls. */
import { change, sweep } from './change.ts';
import { type DecisionLimits, decide, usualDecisionLimits } from './decide.ts';
import type { ChargingRules, Outcome } from './decision.ts';
import type { CompiledCatalog } from './plan.ts';
import { MAIN } from './working-account.ts';

export function chargingRules(catalog: CompiledCatalog, limits: DecisionLimits = usualDecisionLimits): ChargingRules {
  return {
    decide: (state, request, now) => decide(catalog, state, request, now, limits),
    sweep: (state, now) => sweep(catalog, state, now),
    change: (state, command, now) => {
      const changed = change(catalog, state, command, now);
      return changed.ok ? { ok: true, value: afterWhatWasDue(changed.value) } : changed;
    },
    explain: (state, request, now) => {
      const steps: string[] = [];
      const { answer } = decide(catalog, state, request, now, limits, steps);
      return [...steps, `answered: ${answer.result}`];
    },
  };
}

/** A top-up is told with the money that is left when fees that waited for it are paid: the money without an end and all that ends. */
function afterWhatWasDue(outcome: Outcome): Outcome {
  const events = outcome.events.map((event) => {
    if (event.kind !== 'topped-up') return event;
    const account = outcome.accounts.find(({ id }) => id === event.account);
    if (account === undefined) return event;
    return { ...event, left: account.buckets.reduce((sum, { definition, value }) => (definition === MAIN ? sum + value : sum), 0n) };
  });
  return { ...outcome, events };
}
