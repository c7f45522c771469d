import { compileCatalog } from '#core/catalog/compile-catalog.ts';
import { type Refusal, type Result, refuse } from '#core/refusals.ts';
import type { Book } from '#core/tariffs/book.ts';
import { checkBook, type PlaceOf } from './check-book.ts';
import { checkEnriching } from './check-enriching.ts';
import { checkPlans } from './check-plans.ts';
import { checkWatching } from './check-watching.ts';
import { isEmptyPlan, makePlan, type Plan, type PlannedObject, type PlanOptions, type Stored, setupAfter, type Used } from './plan.ts';
import type { Kind, Setup } from './setup.ts';

/** The configuration in the database, inside one transaction. Implemented by `src/storage/configuration`. */
export interface ConfigurationStore {
  /** Keeps other commands from changing configuration until the transaction ends; false when one is at it for too long. */
  lock(): Promise<boolean>;
  /** What is known now. */
  stored(): Promise<Stored>;
  /** What charges were priced with, also through others: the account of an agreement, the calendar of a tariff's bands. */
  used(stored: Stored): Promise<Used>;
  /** Those of the trunks over which usage in the books ran. Looks at usage itself: ask only for those whose use is not known otherwise. */
  usedTrunks(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the rates that charges were priced with. */
  usedRates(ids: readonly number[]): Promise<ReadonlySet<number>>;
  /** Writes the plan: closes the versions that end and adds the new ones, all known from one instant. */
  write(plan: Plan, summary: object): Promise<void>;
}

export interface ApplyOptions extends PlanOptions {
  /** Stop after the plan. */
  readonly dryRun: boolean;
}

/** A plan, and of each tariff how many of the rates that end were used. */
export interface Applied {
  readonly plan: Plan;
  readonly usedRates: ReadonlyMap<string, number>;
  /** What the folder says that has no effect. Nothing is refused for it. */
  readonly warnings: readonly string[];
  /** False for a dry run and when there was nothing to change. */
  readonly written: boolean;
}

/**
 * Brings the database to what a folder says. The whole configuration that results is checked first,
 * objects that stay although the folder lacks them included; with any fault nothing is written.
 * `compile` finds the faults of tariffs. The caller commits when it returns and rolls back when it throws.
 */
export async function applySetup(
  setup: Setup,
  store: ConfigurationStore,
  compile: (book: Book) => readonly Refusal[],
  options: ApplyOptions,
  placeOf: PlaceOf = () => undefined,
): Promise<Result<Applied>> {
  if (!options.dryRun && !(await store.lock())) {
    return { ok: false, refusals: [refuse('configuration.busy', 'another command is changing the configuration')] };
  }
  const stored = await store.stored();
  const plan = await withUsedTrunks(makePlan(setup, stored, await store.used(stored), options), store);
  const warnings = withoutEffect(setup.book);
  if (isEmptyPlan(plan)) return { ok: true, value: { plan, usedRates: new Map(), warnings, written: false } };
  const faults = checkResult(setupAfter(setup, stored, plan), compile, placeOf);
  if (faults.length > 0) return { ok: false, refusals: faults };
  const usedRates = await countUsedRates(plan, store);
  if (!options.dryRun) await store.write(plan, summarise(plan));
  return { ok: true, value: { plan, usedRates, warnings, written: !options.dryRun } };
}

/** The operator's own trunks have no account through which their use would be known: usage names them. */
async function withUsedTrunks(plan: Plan, store: ConfigurationStore): Promise<Plan> {
  const unsure = plan.objects.filter(({ kind, action, used }) => kind === 'trunks' && !used && (action === 'change' || action === 'close'));
  if (unsure.length === 0) return plan;
  const usedTrunks = await store.usedTrunks(unsure.map(({ key }) => key));
  const objects = plan.objects.map((object): PlannedObject => {
    if (object.kind !== 'trunks' || !usedTrunks.has(object.key)) return object;
    return { ...object, used: true, action: object.action === 'change' ? 'supersede' : object.action };
  });
  return { ...plan, objects };
}

/** Calendars that no band of their set looks at. */
function withoutEffect({ timeBands }: Book): readonly string[] {
  return timeBands.flatMap(({ id, calendar, bands }) => {
    const named = bands.some(({ ranges }) => ranges.some(({ days }) => days.includes('holiday')));
    if (calendar === undefined || named) return [];
    return [`calendar ${calendar} has no effect: no band of ${id} names holiday among its days, so holidays count as their weekdays`];
  });
}

function checkResult(
  { book, origins: _, ...besides }: Setup,
  compile: (book: Book) => readonly Refusal[],
  placeOf: PlaceOf,
): readonly Refusal[] {
  const all: Readonly<Record<Kind, readonly { readonly id: string }[]>> = {
    ...book,
    ...besides,
  };
  const { numberTables, bins, enrichments, sources, correlations, screening, plans, allowances, addOns } = besides;
  const ids = new Map<Kind, ReadonlySet<string>>();
  const known = (kind: Kind): ReadonlySet<string> => {
    const set = ids.get(kind) ?? new Set(all[kind].map(({ id }) => id));
    ids.set(kind, set);
    return set;
  };
  const faults = [
    ...checkBook(book, known, placeOf),
    ...checkEnriching(book, { numberTables, bins, enrichments, sources }, known, placeOf),
    ...checkWatching({ correlations, screening }, known, placeOf),
    ...checkPlans({ plans, allowances, addOns }, book, known, placeOf),
  ];
  if (faults.length > 0) return faults;
  const faultsOfTariffs = compile(book);
  if (faultsOfTariffs.length > 0 || plans.length === 0) return faultsOfTariffs;
  // What a plan asks of its tariffs, such as bands that can be split, shows only together.
  const catalog = compileCatalog({ plans, allowances, addOns }, book);
  return catalog.ok ? [] : catalog.refusals;
}

async function countUsedRates({ rates }: Plan, store: ConfigurationStore): Promise<ReadonlyMap<string, number>> {
  const ending = rates.map(({ tariff, replaced, closed }) => ({
    tariff,
    ids: [...replaced.map((pair) => pair.old.id), ...closed.map(({ id }) => id)],
  }));
  const used = await store.usedRates(ending.flatMap(({ ids }) => ids));
  return new Map(ending.map(({ tariff, ids }) => [tariff, ids.filter((id) => used.has(id)).length]));
}

/** Counts of a plan, for the record of changes. */
export function summarise({ objects, rates }: Plan): object {
  const counts: Record<string, number> = {};
  for (const { action } of objects) counts[action] = (counts[action] ?? 0) + 1;
  const sum = (size: (one: Plan['rates'][number]) => number): number => rates.reduce((total, one) => total + size(one), 0);
  return {
    objects: counts,
    rates: {
      created: sum((one) => one.created.length),
      replaced: sum((one) => one.replaced.length),
      closed: sum((one) => one.closed.length),
    },
  };
}
