/** What apply would do: the folder's objects against those in the database, object by object and rate by rate. */
import { isDeepStrictEqual } from 'node:util';
import type { Rate, Tariff } from '#core/tariffs/tariff.ts';
import { type ConfiguredObject, objectsOf, type StoredObject } from './objects.ts';
import { planRates, type RatePlan } from './rate-diff.ts';
import { type Kind, kinds, type Setup } from './setup.ts';

/** `keep`: not in the folder, left as it is. */
export type Action = 'create' | 'change' | 'supersede' | 'close' | 'keep';

export interface PlannedObject {
  readonly action: Action;
  readonly kind: Kind;
  readonly key: string;
  /** A charge was priced with it. Then a change supersedes: those charges keep the version they were priced with. */
  readonly used: boolean;
  /** Fields that differ, `zone: UTC → Europe/Berlin` where that fits a line. */
  readonly differences: readonly string[];
  /** The new body; of closed and kept objects there is none. */
  readonly body?: object;
  /** The version in the database that ends; of created objects there is none. */
  readonly versionId?: number;
}

export interface Plan {
  readonly objects: readonly PlannedObject[];
  readonly unchanged: number;
  /** One for each tariff whose rates change, or that leaves its rates alone. */
  readonly rates: readonly RatePlan[];
}

export interface PlanOptions {
  /** Close what is in the database and not in the folder. */
  readonly closeMissing: boolean;
}

/** What is in the database now. */
export interface Stored {
  readonly objects: readonly StoredObject[];
  readonly setup: Setup;
}

/** What charges were priced with. */
export interface Used {
  has(kind: Kind, key: string): boolean;
}

/** True when applying it writes nothing. */
export function isEmptyPlan(plan: Plan): boolean {
  return (
    plan.objects.every(({ action }) => action === 'keep') &&
    plan.rates.every((rates) => rates.created.length + rates.replaced.length + rates.closed.length === 0)
  );
}

export function makePlan(setup: Setup, stored: Stored, used: Used, options: PlanOptions): Plan {
  const wanted = objectsOf(setup);
  const have = new Map(stored.objects.map((object) => [nameOf(object), object]));
  const objects: PlannedObject[] = [];
  let unchanged = 0;
  for (const object of wanted) {
    const old = have.get(nameOf(object));
    have.delete(nameOf(object));
    const { kind, key, body } = object;
    const isUsed = used.has(kind, key);
    if (old === undefined) objects.push({ action: 'create', kind, key, used: false, differences: [], body });
    else if (isDeepStrictEqual(normal(body), normal(old.body))) unchanged += 1;
    else
      objects.push({
        action: isUsed ? 'supersede' : 'change',
        kind,
        key,
        used: isUsed,
        differences: differences(old.body, body),
        body,
        versionId: old.versionId,
      });
  }
  for (const { kind, key, versionId } of have.values()) {
    objects.push({ action: options.closeMissing ? 'close' : 'keep', kind, key, used: used.has(kind, key), differences: [], versionId });
  }
  const inOrder = objects.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { objects: inOrder, unchanged, rates: planAllRates(setup, stored, options) };
}

function nameOf({ kind, key }: Pick<ConfiguredObject, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}

/** As JSON would bring it back: no undefined, no difference between what was stored and what was read. */
function normal(body: object): unknown {
  return JSON.parse(JSON.stringify(body));
}

function planAllRates(setup: Setup, stored: Stored, options: PlanOptions): readonly RatePlan[] {
  const have = new Map(stored.setup.book.tariffs.map((tariff) => [tariff.id, tariff]));
  const plans = setup.book.tariffs.map((tariff) => planTariff(tariff, have.get(tariff.id)));
  const wanted = new Set(setup.book.tariffs.map(({ id }) => id));
  const gone = options.closeMissing ? stored.setup.book.tariffs.filter(({ id }) => !wanted.has(id)) : [];
  for (const { id, rates } of gone) plans.push(planRates(id, [], rates));
  return plans.filter((plan) => plan.created.length + plan.replaced.length + plan.closed.length > 0 || plan.leftAlone !== undefined);
}

/** Rates that sheets keep come from the folder once, when the tariff is created. */
function planTariff(tariff: Tariff, old: Tariff | undefined): RatePlan {
  if (old === undefined || tariff.ratesBy === 'files') return planRates(tariff.id, tariff.rates, old?.rates ?? []);
  return {
    tariff: tariff.id,
    created: [],
    replaced: [],
    closed: [],
    unchanged: old.rates.length,
    leftAlone: { inFolder: tariff.rates.length, inDatabase: old.rates.length },
  };
}

/** The setup that the database holds when the plan has been carried out; with `sheets` rates as they are there. */
export function setupAfter(setup: Setup, stored: Stored, plan: Plan): Setup {
  const kept = new Set(plan.objects.filter(({ action }) => action === 'keep').map(nameOf));
  const keep = <T extends object>(kind: Kind, objects: readonly T[], key: (object: T) => string): T[] =>
    objects.filter((object) => kept.has(nameOf({ kind, key: key(object) })));
  const id = (object: { readonly id: string }): string => object.id;
  const [book, old] = [setup.book, stored.setup.book];
  const oldRates = new Map<string, readonly Rate[]>(old.tariffs.map((tariff) => [tariff.id, tariff.rates]));
  const alone = new Set(plan.rates.filter(({ leftAlone }) => leftAlone !== undefined).map(({ tariff }) => tariff));
  return {
    book: {
      legalEntities: [...book.legalEntities, ...keep('legalEntities', old.legalEntities, id)],
      parties: [...book.parties, ...keep('parties', old.parties, id)],
      accounts: [...book.accounts, ...keep('accounts', old.accounts, id)],
      trunks: [...book.trunks, ...keep('trunks', old.trunks, id)],
      agreements: [...book.agreements, ...keep('agreements', old.agreements, ({ id, validFrom }) => `${id}@${validFrom}`)],
      calendars: [...book.calendars, ...keep('calendars', old.calendars, id)],
      timeBands: [...book.timeBands, ...keep('timeBands', old.timeBands, id)],
      originSets: [...book.originSets, ...keep('originSets', old.originSets, id)],
      codeDecks: [...book.codeDecks, ...keep('codeDecks', old.codeDecks, id)],
      tariffs: [
        ...book.tariffs.map((tariff) => (alone.has(tariff.id) ? { ...tariff, rates: oldRates.get(tariff.id) ?? [] } : tariff)),
        ...keep('tariffs', old.tariffs, id),
      ],
    },
    formats: [...setup.formats, ...keep('formats', stored.setup.formats, id)],
    sources: [...setup.sources, ...keep('sources', stored.setup.sources, id)],
    rateTemplates: [...setup.rateTemplates, ...keep('rateTemplates', stored.setup.rateTemplates, id)],
    numberTables: [...setup.numberTables, ...keep('numberTables', stored.setup.numberTables, id)],
    bins: [...setup.bins, ...keep('bins', stored.setup.bins, id)],
    enrichments: [...setup.enrichments, ...keep('enrichments', stored.setup.enrichments, id)],
    correlations: [...setup.correlations, ...keep('correlations', stored.setup.correlations, id)],
    screening: [...setup.screening, ...keep('screening', stored.setup.screening, id)],
    taxRules: [...setup.taxRules, ...keep('taxRules', stored.setup.taxRules, id)],
    taxRates: [...setup.taxRates, ...keep('taxRates', stored.setup.taxRates, id)],
    withholdingRules: [...setup.withholdingRules, ...keep('withholdingRules', stored.setup.withholdingRules, id)],
    allowances: [...setup.allowances, ...keep('allowances', stored.setup.allowances, id)],
    addOns: [...setup.addOns, ...keep('addOns', stored.setup.addOns, id)],
    plans: [...setup.plans, ...keep('plans', stored.setup.plans, ({ id, validFrom }) => `${id}@${validFrom}`)],
    notices: [...setup.notices, ...keep('notices', stored.setup.notices, id)],
    origins: setup.origins,
  };
}

const LONGEST_SIDE = 60;

/** The top-level fields in which two bodies differ. */
function differences(before: object, after: object): readonly string[] {
  const [old, now] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(normal(after) as object))]; // an object's JSON is an object
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    if (isDeepStrictEqual(old.get(field), now.get(field))) return [];
    const [was, is] = [side(old.get(field)), side(now.get(field))];
    return [was === undefined || is === undefined ? field : `${field}: ${was} → ${is}`];
  });
}

/** Undefined when the value is too long for a line. */
function side(value: unknown): string | undefined {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value, sortedKeys);
  return text.length <= LONGEST_SIDE ? text : undefined;
}

/** So that the same object reads the same on both sides. */
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
