/**
 * Finds the few causes that together turn our figures into theirs. Calls are looked at first, then raw seconds, billed seconds and
 * amounts: other increments change no number of calls, and another price no seconds, so that several causes are told apart.
 */

import { candidates, type Situation } from './candidates.ts';
import { type Cause, inOrder } from './causes.ts';
import type { Grid } from './comparison.ts';
import type { Declared } from './declared.ts';
import { type Measure, measures, misfitOf, placesOff, weight } from './misfit.ts';
import type { OurUsage, Viewer } from './their-view.ts';

/** A cause counts when it takes away at least this share of what did not fit. */
const LEAST_GAIN = 0.2;
/** States followed side by side. */
const BEAM = 4;
const MOST_CAUSES = 8;
const LEAST_PLACES = 0.02;
const MUCH = 0.6;
/** What does not fit by less than this share is no reason to look for a cause. */
const FITS = 1e-12;

interface State {
  readonly causes: readonly Cause[];
  readonly situation: Situation;
  readonly misfit: ReturnType<typeof misfitOf>;
}

export function findCauses(ours: OurUsage, declared: Declared, grid: Grid, viewer: Viewer): readonly Cause[] {
  const stateOf = (causes: readonly Cause[]): State => {
    const view = viewer.view(causes);
    return { causes, situation: { ours, declared, grid, viewer, causes, view }, misfit: misfitOf(grid, view, declared.step) };
  };
  let states = [stateOf([])];
  for (const measure of measures) {
    if (grid.given[measure]) states = explainMeasure(states, measure, stateOf);
  }
  const best = states.toSorted((a, b) => rank(a) - rank(b))[0];
  return inOrder(best === undefined ? [] : withoutNeedless(best, stateOf));
}

function explainMeasure(states: readonly State[], measure: Measure, stateOf: (causes: readonly Cause[]) => State): State[] {
  let followed = [...states];
  const finished: State[] = [];
  while (followed.length > 0) {
    const children = new Map<string, State>();
    // Where a state fits, only fewer causes than it has can be better: no state is worth another one that would come to as many.
    const enough = Math.min(
      MOST_CAUSES,
      ...[...followed, ...finished].flatMap((each) => (each.misfit[measure] <= FITS ? [each.causes.length - 1] : [])),
    );
    for (const state of followed) {
      const off = state.misfit[measure];
      const better =
        off <= FITS
          ? []
          : candidates(state.situation, measure)
              .map((cause) => extended(state.causes, cause))
              .filter((causes) => causes.length <= enough)
              .map(stateOf)
              .filter((child) => child.misfit[measure] <= off * (1 - LEAST_GAIN));
      if (better.length === 0) finished.push(state);
      for (const child of better) {
        const key = JSON.stringify(inOrder(child.causes), (_, value) => (value instanceof Map ? [...value] : value));
        if (!children.has(key)) children.set(key, child);
      }
    }
    followed = [...children.values()].toSorted((a, b) => a.misfit[measure] - b.misfit[measure] || rank(a) - rank(b)).slice(0, BEAM);
    if (finished.some(({ misfit }) => misfit[measure] <= FITS)) break;
  }
  const all = [...finished, ...followed];
  return all.toSorted((a, b) => a.misfit[measure] - b.misfit[measure] || rank(a) - rank(b)).slice(0, BEAM);
}

/** Hours and files that join those found before take their place. */
function extended(causes: readonly Cause[], cause: Cause): readonly Cause[] {
  const grows = ['hours-missing', 'hours-twice', 'files-missing', 'files-twice'].includes(cause.kind);
  return [...(grows ? causes.filter(({ kind }) => kind !== cause.kind) : causes), cause];
}

/** Fewer causes are better where both fit: each must earn its place. */
function rank({ misfit, causes }: State): number {
  const hours = causes.reduce((sum, cause) => sum + ('hours' in cause ? cause.hours.length : 0), 0);
  return weight(misfit) + causes.length * 1e-4 + hours * 1e-6;
}

/**
 * A cause stays when without it more places do not fit: one in fifty of those that did not at first; or when the figures are much
 * further off. What only comes a little closer, as anything does by chance, explains nothing.
 */
function withoutNeedless(state: State, stateOf: (causes: readonly Cause[]) => State): readonly Cause[] {
  const off = ({ situation: { grid, view, declared } }: State): number => placesOff(grid, view, declared.step);
  const atFirst = off(stateOf([]));
  let best = state;
  for (const cause of state.causes) {
    const without = stateOf(best.causes.filter((other) => other !== cause));
    const fits = off(without) - off(best) >= Math.max(1, atFirst * LEAST_PLACES);
    const nears = weight(best.misfit) <= weight(without.misfit) * (1 - MUCH);
    if (!(fits || nears) || rank(without) <= rank(best)) best = without;
  }
  return best.causes;
}
