/** Our figures against theirs: line by line, and why they differ. */

import type { Said, Saying } from '../../said.ts';
import type { Service } from '../../usage/usage-event.ts';
import { ofCause } from './cause-sayings.ts';
import { type Cause, causeSaid } from './causes.ts';
import { type Grid, type GridFigures, layOut } from './comparison.ts';
import type { Declared } from './declared.ts';
import { findCauses } from './find-causes.ts';
import { misfitOf, weight } from './misfit.ts';
import { type OurUsage, type TheirView, Viewer } from './their-view.ts';

/** Differences up to either of them are matched. */
export interface Tolerance {
  /** Nanos of the currency, for each line. */
  readonly amountNanos: bigint;
  /** Hundredths of a percent of ours, for each line. */
  readonly basisPoints: number;
}

export const lineStates = ['matched', 'within-tolerance', 'quantity', 'rate', 'missing-theirs', 'missing-ours'] as const;
export type LineState = (typeof lineStates)[number];

export interface SideFigures {
  readonly calls: bigint;
  readonly raw: bigint;
  readonly billed: bigint;
  readonly amountNanos: bigint;
}

export interface ReconciledLine {
  readonly number: number;
  readonly destination: string;
  /** Day or hour; empty for the whole period. */
  readonly time: string;
  readonly state: LineState;
  readonly ours: SideFigures;
  readonly theirs: SideFigures;
  /** Theirs less ours. */
  readonly differenceNanos: bigint;
}

export interface FoundCause {
  readonly cause: Cause;
  readonly said: Said;
  /** How much of the difference it makes: theirs less ours. */
  readonly amountNanos: bigint;
  readonly calls: bigint;
  /** Share of what did not fit that is left with it and those before it. */
  readonly evidence: Saying;
}

export interface Reconciliation {
  readonly side: Declared['side'];
  readonly service: Service;
  readonly currency: string;
  readonly grain: Grid['grain'];
  readonly given: Grid['given'];
  readonly lines: readonly ReconciledLine[];
  readonly ours: SideFigures;
  readonly theirs: SideFigures;
  readonly differenceNanos: bigint;
  readonly causes: readonly FoundCause[];
  /** Difference less what the causes make of it: to the last digit. */
  readonly unexplainedNanos: bigint;
}

export interface ReconcileRequest {
  readonly ours: OurUsage;
  readonly declared: Declared;
  readonly tolerance: Tolerance;
  readonly fileName: (id: number) => string;
}

export function reconcile({ ours, declared, tolerance, fileName }: ReconcileRequest): Reconciliation {
  const grid = layOut(declared, ours.rates, new Set(ours.cells.rateIds.subarray(0, ours.cells.count)));
  const viewer = new Viewer(ours, declared, grid);
  const booked = viewer.view([]);
  const causes = findCauses(ours, declared, grid, viewer);
  const found: FoundCause[] = [];
  let before: TheirView = booked;
  const applied: Cause[] = [];
  for (const cause of causes) {
    applied.push(cause);
    const after = viewer.view(applied);
    const [was, is] = [before, after].map((view) => weight(misfitOf(grid, view, declared.step)));
    found.push({
      cause,
      said: causeSaid(cause, { file: fileName }),
      amountNanos: after.totalNanos - before.totalNanos,
      calls: BigInt(sum(after.calls) - sum(before.calls)),
      evidence: ofCause('cause.evidence', { before: percent(was ?? 0), after: percent(is ?? 0) }),
    });
    before = after;
  }
  // Without amounts of theirs, what the causes make of ours is all that can be said in money.
  const within = grid.given.amount ? declared.lines.reduce((total, { amountNanos }) => total + (amountNanos ?? 0n), 0n) : before.totalNanos;
  const lines = linesOf(grid, booked, tolerance, declared);
  const [oursTotal, theirsTotal] = [
    { ...totalOf(booked), amountNanos: booked.totalNanos },
    { ...totalOf(grid.theirs), amountNanos: within },
  ];
  const differenceNanos = theirsTotal.amountNanos - oursTotal.amountNanos;
  const { side, service, currency } = declared;
  return {
    ...{ side, service, currency, grain: grid.grain, given: grid.given, lines },
    ours: oursTotal,
    theirs: theirsTotal,
    differenceNanos,
    causes: found,
    unexplainedNanos: found.reduce((rest, { amountNanos }) => rest - amountNanos, differenceNanos),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.001 ? 4 : 1)} %`;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function totalOf({ calls, raw, billed, amounts }: GridFigures): SideFigures {
  return {
    calls: BigInt(sum(calls)),
    raw: BigInt(sum(raw)),
    billed: BigInt(sum(billed)),
    amountNanos: amounts.reduce((total, value) => total + value, 0n),
  };
}

function linesOf(grid: Grid, ours: TheirView, tolerance: Tolerance, { step }: Declared): ReconciledLine[] {
  const lines: ReconciledLine[] = [];
  const at = (figures: GridFigures, place: number): SideFigures => ({
    calls: BigInt(figures.calls[place] ?? 0),
    raw: BigInt(figures.raw[place] ?? 0),
    billed: BigInt(figures.billed[place] ?? 0),
    amountNanos: figures.amounts[place] ?? 0n,
  });
  grid.destinations.forEach((destination, index) => {
    grid.times.forEach((time, offset) => {
      const place = index * grid.times.length + offset;
      const [own, other] = [at(ours, place), at(grid.theirs, place)];
      const rows = BigInt(grid.rows[place] ?? 0);
      if (rows === 0n && own.calls === 0n && own.amountNanos === 0n) return;
      lines.push({
        number: lines.length + 1,
        destination,
        time,
        state: stateOf(own, other, rows, grid, tolerance, step),
        ours: own,
        theirs: other,
        differenceNanos: other.amountNanos - own.amountNanos,
      });
    });
  });
  return lines;
}

function stateOf(
  ours: SideFigures,
  theirs: SideFigures,
  rows: bigint,
  { given }: Grid,
  tolerance: Tolerance,
  step: Declared['step'],
): LineState {
  if (rows === 0n) return 'missing-theirs';
  if (ours.calls === 0n && ours.amountNanos === 0n)
    return theirs.calls === 0n && theirs.amountNanos === 0n && theirs.billed === 0n ? 'matched' : 'missing-ours';
  const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
  const off = (measure: 'calls' | 'raw' | 'billed', slack: bigint): boolean =>
    given[measure] && magnitude(theirs[measure] - ours[measure]) * 2n > slack * rows;
  const quantity = off('calls', 0n) || off('raw', step.quantity) || off('billed', step.quantity);
  const difference = magnitude(theirs.amountNanos - ours.amountNanos);
  const amount = given.amount && difference * 2n > step.amountNanos * rows;
  if (!quantity && !amount) return 'matched';
  const share = magnitude(ours.amountNanos) * BigInt(tolerance.basisPoints);
  const isWithin =
    (given.amount && (difference <= tolerance.amountNanos || difference * 10_000n <= share)) ||
    (!given.amount && quantityWithin(ours, theirs, given, tolerance));
  if (isWithin) return 'within-tolerance';
  return quantity ? 'quantity' : 'rate';
}

function quantityWithin(ours: SideFigures, theirs: SideFigures, given: Grid['given'], { basisPoints }: Tolerance): boolean {
  return (['calls', 'raw', 'billed'] as const).every((measure) => {
    const off = theirs[measure] - ours[measure];
    return !given[measure] || (off < 0n ? -off : off) * 10_000n <= ours[measure] * BigInt(basisPoints);
  });
}
