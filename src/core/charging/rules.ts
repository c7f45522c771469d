/** The functions of charging over one catalog: what `src/engine` calls. */
import { change, sweep } from './change.ts';
import { decide } from './decide.ts';
import type { ChargingRules } from './decision.ts';
import type { CompiledCatalog } from './plan.ts';

export function chargingRules(catalog: CompiledCatalog): ChargingRules {
  return {
    decide: (state, request, now) => decide(catalog, state, request, now),
    sweep: (state, now) => sweep(catalog, state, now),
    change: (state, command, now) => change(catalog, state, command, now),
    explain: (state, request, now) => {
      const steps: string[] = [];
      const { answer } = decide(catalog, state, request, now, steps);
      return [...steps, `answered: ${answer.result}`];
    },
  };
}
