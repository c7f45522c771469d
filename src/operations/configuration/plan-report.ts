/** A plan in words and as data, for those who run apply. */
import type { Applied } from './apply.ts';
import type { Action, Plan, PlannedObject } from './plan.ts';

/** What `apply --json` prints. */
export interface ApplyReport {
  readonly dryRun: boolean;
  /** Whether the database was changed (or would be, in a dry run). */
  readonly changes: boolean;
  readonly objects: readonly {
    readonly action: Action;
    readonly kind: string;
    readonly key: string;
    readonly used: boolean;
    readonly differences: readonly string[];
  }[];
  readonly unchanged: number;
  readonly rates: readonly RateReport[];
  readonly warnings: readonly string[];
}

export interface RateReport {
  readonly tariff: string;
  readonly created: number;
  /** Changed rates, and how many of the rates that end (changed or closed) priced a charge. */
  readonly changed: number;
  readonly closed: number;
  readonly used: number;
  readonly unchanged: number;
  /** The rates of the folder were not looked at: imported sheets keep them. */
  readonly leftAlone: boolean;
}

export function reportPlan({ plan, usedRates, warnings }: Applied, dryRun: boolean): ApplyReport {
  const rates = plan.rates.map(({ tariff, created, replaced, closed, unchanged, leftAlone }) => ({
    tariff,
    created: created.length,
    changed: replaced.length,
    closed: closed.length,
    used: usedRates.get(tariff) ?? 0,
    unchanged,
    leftAlone: leftAlone !== undefined,
  }));
  return {
    dryRun,
    changes: plan.objects.some(({ action }) => action !== 'keep') || rates.some((one) => one.created + one.changed + one.closed > 0),
    objects: plan.objects.map(({ action, kind, key, used, differences }) => ({ action, kind, key, used, differences })),
    unchanged: plan.unchanged,
    rates,
    warnings,
  };
}

const MOST_LINES = 200;
const done: Readonly<Record<Action, string>> = {
  create: 'created',
  change: 'changed',
  supersede: 'superseded',
  close: 'closed',
  keep: 'kept',
};
const signs: Readonly<Record<Action, string>> = { create: '+', change: '~', supersede: '»', close: '-', keep: '=' };

/** The plan as lines of text. Long plans are cut, with a count; what is kept is one line unless `verbose`. */
export function formatPlan(applied: Applied, dryRun: boolean, verbose = false): string {
  const report = reportPlan(applied, dryRun);
  const lines = [...objectLines(applied.plan, verbose), ...rateLines(report)];
  const cut =
    lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more (--json has them all)`] : lines;
  const warnings = report.warnings.map((text) => `warning: ${text}`);
  return `${[...cut, ...(cut.length === 0 ? [] : ['']), ...warnings, summary(report)].join('\n')}\n`;
}

function objectLines({ objects }: Plan, verbose: boolean): readonly string[] {
  const changing = objects.filter(({ action }) => action !== 'keep').map(objectLine);
  const kept = objects.filter(({ action }) => action === 'keep');
  if (kept.length === 0) return changing;
  if (verbose)
    return [...changing, ...kept.map(({ kind, key }) => `= keep       ${kind} ${key}: not in the folder (--close-missing closes it)`)];
  const what =
    kept.length === 1 ? `${kept[0]?.kind} ${kept[0]?.key}: not in the folder` : `${count(kept.length)} objects that are not in the folder`;
  return [...changing, `= keep       ${what} (--close-missing closes ${kept.length === 1 ? 'it' : 'them, --verbose names them'})`];
}

function objectLine({ action, kind, key, used, differences }: PlannedObject): string {
  const what = differences.length === 0 ? '' : `: ${differences.join('; ')}`;
  const note =
    action === 'supersede'
      ? ' (charges already made keep the old one)'
      : action === 'close' && used
        ? ' (charges already made keep it)'
        : '';
  return `${signs[action]} ${action.padEnd(10)} ${kind} ${key}${what}${note}`;
}

function rateLines({ rates }: ApplyReport): readonly string[] {
  return rates.map(({ tariff, created, changed, closed, used, unchanged, leftAlone }) => {
    if (leftAlone) return `  rates      ${tariff}: left alone, imported sheets keep them (${count(unchanged)} in force or announced)`;
    const parts = [
      created > 0 ? `${count(created)} new` : '',
      changed > 0 ? `${count(changed)} changed` : '',
      closed > 0 ? `${count(closed)} closed` : '',
      `${count(unchanged)} unchanged`,
    ].filter((part) => part !== '');
    return `  rates      ${tariff}: ${parts.join(', ')}${used > 0 ? ` (${count(used)} of those that end priced charges; these keep them)` : ''}`;
  });
}

function summary({ dryRun, changes, objects, rates, unchanged }: ApplyReport): string {
  if (!changes) return `nothing to change (${count(unchanged)} object${unchanged === 1 ? '' : 's'})`;
  const of = (action: Action): number => objects.filter((one) => one.action === action).length;
  const rateCount = rates.reduce((sum, one) => sum + one.created + one.changed + one.closed, 0);
  const counts = (['create', 'change', 'supersede', 'close'] as const).map(
    (action) => `${count(of(action))} ${dryRun ? `to ${action}` : done[action]}`,
  );
  return `${dryRun ? 'Plan' : 'Applied'}: ${counts.join(', ')}, ${count(unchanged)} unchanged; ${count(rateCount)} rate${rateCount === 1 ? '' : 's'} ${dryRun ? 'to change' : 'changed'}${dryRun ? '. Nothing was written.' : ''}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
