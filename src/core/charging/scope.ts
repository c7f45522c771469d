/** Whether a bucket or a control is for a use. */
import type { Service } from '../usage/usage-event.ts';
import type { CompiledScope } from './plan.ts';
import type { ServiceFacts } from './request.ts';

export interface UseContext {
  readonly service: Service;
  readonly facts: ServiceFacts;
  readonly ratingGroup: string | undefined;
}

export const EVERYTHING: CompiledScope = {
  services: undefined,
  destinations: undefined,
  bands: undefined,
  ratingGroups: undefined,
  apns: undefined,
  slices: undefined,
  roaming: undefined,
  visitedNetworks: undefined,
  serviceClasses: undefined,
  rats: undefined,
  plain: true,
};

/** Whether the scope has the use at an instant, UTC microseconds. */
export function fits(scope: CompiledScope, use: UseContext, micros: number): boolean {
  if (scope.services !== undefined && !scope.services.has(use.service)) return false;
  if (scope.plain) return true;
  const { facts } = use;
  return (
    (scope.roaming === undefined || scope.roaming === (facts.roaming ?? false)) &&
    has(scope.ratingGroups, use.ratingGroup) &&
    has(scope.apns, facts.apn) &&
    has(scope.slices, facts.slice) &&
    has(scope.visitedNetworks, facts.visitedNetwork) &&
    has(scope.serviceClasses, facts.serviceClass) &&
    has(scope.rats, facts.rat) &&
    (scope.destinations === undefined || scope.destinations.longest(facts.called ?? '') === 1) &&
    (scope.bands === undefined || scope.bands.fitting.has(scope.bands.clock.at(micros)))
  );
}

function has(set: ReadonlySet<string> | undefined, value: string | undefined): boolean {
  return set === undefined || (value !== undefined && set.has(value));
}

/** The next instant at which the scope may begin or cease to have a use, by its bands; `until` when there is none before. */
export function nextScopeChange({ bands }: CompiledScope, micros: number, until: number): number {
  if (bands === undefined) return until;
  const now = bands.fitting.has(bands.clock.at(micros));
  for (let at = bands.clock.nextBoundary(micros); at < until; at = bands.clock.nextBoundary(at)) {
    if (bands.fitting.has(bands.clock.at(at)) !== now) return at;
  }
  return until;
}
