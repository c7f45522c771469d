/** Whether plans tell roaming from home: then somebody has to say which networks are home. */
import type { CompiledCatalog } from '#core/charging/plan.ts';

/** Of plans, their controls and allowances. */
export function asksForRoaming({ plans, allowances }: Pick<CompiledCatalog, 'plans' | 'allowances'>): boolean {
  const scopes = [
    ...[...plans.values()].flat().flatMap(({ services, controls }) => [...[...services.values()].flat(), ...controls]),
    ...allowances.values(),
  ];
  return scopes.some(({ scope }) => scope.roaming !== undefined);
}
