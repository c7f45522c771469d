/** Makes of plans what a decision reads. */
import type { Agreement } from '../agreements/agreements.ts';
import { FOREVER } from '../charging/account.ts';
import type { BalanceUnit } from '../charging/answer.ts';
import { greatest } from '../charging/least.ts';
import type {
  CompiledAddOn,
  CompiledAllowance,
  CompiledCatalog,
  CompiledControl,
  CompiledPlan,
  CompiledScope,
  PlanService,
  RecurringPeriod,
  Threshold,
} from '../charging/plan.ts';
import { EVERYTHING } from '../charging/scope.ts';
import { bucketUnit, countedUnit } from '../charging/working-item.ts';
import { parseDecimal } from '../money/decimal.ts';
import { PrefixTable } from '../numbering/prefix-table.ts';
import { type CompiledBook, compileBook, type Jurisdictions, type Terms } from '../rating/compile-book.ts';
import { planTermsName } from '../rating/plan-terms.ts';
import { type Result, refuse } from '../refusals.ts';
import type { Book } from '../tariffs/book.ts';
import { BandClock } from '../time/band-clock.ts';
import { DayClock } from '../time/day-clock.ts';
import { startOfLocalDay } from '../time/zoned.ts';
import type { Service } from '../usage/usage-event.ts';
import type {
  AddOnDefinition,
  AllowanceDefinition,
  CatalogDefinition,
  ControlDefinition,
  PlanDefinition,
  PlanServiceDefinition,
  ScopeDefinition,
  ThresholdDefinition,
} from './plan.ts';
import { type Level, parseLevel, parsePeriod, parseQuantity, parseTimeBefore, type Quantity } from './quantity.ts';
import { compiledPool, poolFaults } from './unit-pools.ts';

/** Grants where a plan says nothing: five minutes, 10 MB, one message. */
const USUAL_GRANT: Readonly<Record<Service, number>> = { voice: 300, data: 10_000_000, sms: 1, mms: 1, content: 1, event: 1 };
const MOST_GRANT: Readonly<Record<Service, number>> = {
  voice: 3600,
  data: 1_000_000_000,
  sms: 100,
  mms: 100,
  content: 1000,
  event: 1_000_000,
};
const LEAST_GRANT: Readonly<Record<Service, number>> = { voice: 10, data: 100_000, sms: 1, mms: 1, content: 1, event: 1 };

const MAIN_PRIORITY = 1000;

/** Compiles all plans, with the tariffs that they name out of the book. Refused with every fault. */
export function compileCatalog(
  definition: CatalogDefinition,
  book: Book,
  options: { readonly jurisdictions?: Jurisdictions } = {},
): Result<CompiledCatalog> {
  const used = new Set(definition.plans.flatMap(({ services }) => services.flatMap(({ tariff }) => tariff ?? [])));
  const rated = compileBook(
    {
      ...book,
      accounts: [],
      parties: [],
      legalEntities: [],
      tariffs: book.tariffs.filter(({ id }) => used.has(id)),
      agreements: definition.plans.flatMap((plan) => plan.services.flatMap((service) => agreementOf(plan, service))),
      trunks: definition.plans.flatMap((plan) =>
        plan.services.map((service) => ({ id: termsName(plan, service), account: termsName(plan, service), names: [] })),
      ),
    },
    options,
  );
  if (!rated.ok) return rated;
  const compiler = new Compiler(definition, book, rated.value);
  const catalog = compiler.catalog(rated.value);
  if (compiler.faults.length === 0) return { ok: true, value: catalog };
  return {
    ok: false,
    refusals: compiler.faults.map(({ message, field, value }) =>
      refuse('configuration.plan-wrong', message, { field, ...(value === undefined ? {} : { value }) }),
    ),
  };
}

/** What is wrong with a plan, an allowance or an add-on. */
export interface CatalogFault {
  readonly object: object;
  readonly message: string;
  readonly field: string;
  readonly value: string | undefined;
  /** Where the value is the name of one that is not there: of what kind. */
  readonly names: NamedKind | undefined;
}

type NamedKind = 'tariffs' | 'allowances' | 'addOns' | 'timeBands';

/** Everything that is wrong with plans besides their tariffs, which are compiled elsewhere. */
export function catalogFaults(definition: CatalogDefinition, book: Book): readonly CatalogFault[] {
  const compiler = new Compiler(definition, book, undefined);
  compiler.compile();
  return compiler.faults;
}

function termsName(plan: PlanDefinition, service: PlanServiceDefinition): string {
  return planTermsName({ plan: plan.id, validFrom: plan.validFrom, number: plan.services.indexOf(service) + 1 });
}

/** What rating knows as an agreement: the plan's terms for one of its services. */
function agreementOf(plan: PlanDefinition, service: PlanServiceDefinition): readonly Agreement[] {
  if (service.tariff === undefined) return [];
  const { id, versionId, name, zone, currency, validFrom, rounding, seconds, bands } = plan;
  return [
    {
      id,
      versionId,
      name,
      account: termsName(plan, service),
      zone,
      currency,
      validFrom,
      rounding,
      seconds,
      bands,
      settlementPeriod: 'month',
      services: [{ service: service.service, role: 'retail', tariff: service.tariff }],
    },
  ];
}

class Compiler {
  readonly faults: CatalogFault[] = [];
  /** What is being compiled. */
  #object: object = {};
  readonly #definition: CatalogDefinition;
  readonly #book: Book;
  readonly #rated: CompiledBook | undefined;
  readonly #allowances: ReadonlyMap<string, CompiledAllowance>;

  constructor(definition: CatalogDefinition, book: Book, rated: CompiledBook | undefined) {
    this.#definition = definition;
    this.#book = book;
    this.#rated = rated;
    // An allowance's bands and periods are in the zone of the plan that gives it; on its own it is in the first plan's.
    const zone = definition.plans[0]?.zone ?? 'UTC';
    this.#allowances = new Map(definition.allowances.map((allowance) => [allowance.id, this.#allowance(allowance, zone)]));
  }

  catalog(book: CompiledBook): CompiledCatalog {
    return { ...this.compile(), allowances: this.#allowances, book };
  }

  compile(): Pick<CompiledCatalog, 'plans' | 'addOns'> {
    const { plans, addOns } = this.#definition;
    const compiled = plans.map((plan, index) => this.#plan(plan, index));
    const byId = Map.groupBy(compiled, ({ id }) => id);
    for (const versions of byId.values()) versions.sort((a, b) => b.validFromMicros - a.validFromMicros);
    return { plans: byId, addOns: new Map(addOns.map((addOn) => [addOn.id, this.#addOn(addOn)])) };
  }

  #fault(message: string, field: string, value?: string, names?: NamedKind): void {
    this.faults.push({ object: this.#object, message, field, value, names });
  }

  #plan(plan: PlanDefinition, index: number): CompiledPlan {
    this.#object = plan;
    const { id, name, currency, zone, validFrom, validTo, fee } = plan;
    const who = `plan ${id}`;
    const services = plan.services.map((service, number) => this.#service(plan, service, number));
    const feePeriod = fee && this.#period(fee.every, who);
    return {
      id,
      name,
      version: plan.versionId === 0 ? index + 1 : plan.versionId,
      validFromMicros: startOfLocalDay(zone, validFrom),
      validToMicros: validTo === undefined ? FOREVER : startOfLocalDay(zone, validTo),
      currency,
      zone,
      days: new DayClock(zone),
      services: Map.groupBy(services, ({ service }) => service),
      allowances: plan.allowances.flatMap((allowance) => this.#named(allowance, who) ?? []),
      controls: plan.controls.map((control) => this.#control(control, plan)),
      mainPriority: MAIN_PRIORITY,
      mainThresholds: this.#thresholds(plan.thresholds, 'money', 'falling', who),
      mainReminders: this.#reminders(plan.remind, who),
      creditLimitNanos: plan.creditLimit === undefined ? 0n : this.#amount(plan.creditLimit, 'money', who, 'creditLimit'),
      fee: fee && feePeriod && { nanos: this.#amount(fee.amount, 'money', who, 'fee'), period: feePeriod, prorate: fee.prorate === true },
      supervisionSeconds: plan.supervisionSeconds,
    };
  }

  #service(plan: PlanDefinition, said: PlanServiceDefinition, number: number): PlanService {
    const { service, tariff } = said;
    const who = `plan ${plan.id}`;
    const terms = tariff === undefined ? undefined : this.#terms(plan, said);
    const priced = this.#book.tariffs.find(({ id }) => id === tariff);
    if (tariff !== undefined && priced === undefined)
      this.#fault(`${who} names ${tariff}, which is not among the tariffs`, 'tariff', tariff, 'tariffs');
    else if (priced !== undefined && priced.service !== service)
      this.#fault(`${who}: tariff ${priced.id} prices ${priced.service}, not ${service}`, 'tariff', tariff);
    else if (priced !== undefined && priced.currency !== plan.currency)
      this.#fault(`${who}: tariff ${priced.id} is in ${priced.currency}`, 'tariff', tariff);
    if (said.consumptionSeconds !== undefined && countedUnit(service) !== 'seconds')
      this.#fault(
        `${who}: ${service} is counted in ${countedUnit(service)}, and consumptionSeconds is for time`,
        'consumptionSeconds',
        String(said.consumptionSeconds),
      );
    for (const { message, value } of poolFaults(plan, said, priced, this.#definition)) this.#fault(`${who}: ${message}`, 'pool', value);
    const grant = (text: string | undefined, usual: number, field: string): bigint =>
      text === undefined ? BigInt(usual) : this.#amount(text, bucketUnit(service, countedUnit(service)), who, field);
    const usualGrant = grant(said.usualGrant, USUAL_GRANT[service], 'usualGrant');
    return {
      number,
      service,
      scope: this.#scope(said.when, plan.zone, who),
      terms,
      freeGroups: new Set(said.freeGroups),
      usualGrant,
      mostGrant: greatest(usualGrant, grant(said.mostGrant, MOST_GRANT[service], 'mostGrant')),
      leastGrant: grant(said.leastGrant, LEAST_GRANT[service], 'leastGrant'),
      validitySeconds: said.validitySeconds,
      holdingSeconds: said.holdingSeconds,
      consumptionSeconds: said.consumptionSeconds,
      thresholdPercent: said.thresholdPercent,
      finalUnit: said.finalUnit,
      pool: said.pool && compiledPool(said.pool.groups, terms),
    };
  }

  #terms(plan: PlanDefinition, service: PlanServiceDefinition): Terms | undefined {
    return this.#rated?.trunks.get(termsName(plan, service))?.receivable.get(service.service)?.[0];
  }

  #named(id: string, who: string): CompiledAllowance | undefined {
    const allowance = this.#allowances.get(id);
    if (allowance === undefined) this.#fault(`${who} names ${id}, which is not among the allowances`, 'allowances', id, 'allowances');
    return allowance;
  }

  #allowance(said: AllowanceDefinition, zone: string): CompiledAllowance {
    this.#object = said;
    const { id, name, priority } = said;
    const who = `allowance ${id}`;
    const { unit, amount } = this.#quantity(said.amount, who, 'amount');
    return {
      id,
      name,
      unit,
      amount,
      scope: this.#scope(said.scope, zone, who),
      priority,
      period: said.period === undefined ? undefined : this.#period(said.period, who),
      prorate: said.prorate === true,
      rollover: said.rollover && { most: this.#amount(said.rollover.most, unit, who, 'rollover'), times: said.rollover.times },
      thresholds: this.#thresholds(said.thresholds, unit, 'falling', who),
      reminders: this.#reminders(said.remind, who),
      converts: said.converts.map(({ to, from, into }) => {
        const target = this.#definition.allowances.find((each) => each.id === to);
        if (to !== 'main' && target === undefined)
          this.#fault(`${who} converts to ${to}, which is neither main nor an allowance`, 'converts', to, 'allowances');
        const made = target === undefined ? 'money' : (parseQuantity(target.amount)?.unit ?? 'money');
        return { to, from: this.#amount(from, unit, who, 'converts'), into: this.#amount(into, made, who, 'converts') };
      }),
    };
  }

  #reminders(said: readonly string[] = [], who: string): readonly number[] {
    return said.map((text) => {
      const seconds = parseTimeBefore(text);
      if (seconds === undefined) this.#fault(`${who} reminds ${text} before, which is no time such as 3 days or 12 h`, 'remind', text);
      return seconds ?? 0;
    });
  }

  #addOn(said: AddOnDefinition): CompiledAddOn {
    this.#object = said;
    const { id, name, currency } = said;
    const who = `add-on ${id}`;
    return {
      id,
      name,
      priceNanos: this.#amount(said.price, 'money', who, 'price'),
      currency,
      allowances: said.allowances.flatMap((allowance) => this.#named(allowance, who) ?? []),
      renews: said.renews === undefined ? undefined : this.#period(said.renews, who),
    };
  }

  #control(said: ControlDefinition, plan: PlanDefinition): CompiledControl {
    const { id, name, mayAgree, status } = said;
    const who = `control ${id} of plan ${plan.id}`;
    const stated = said.limit === undefined ? undefined : this.#quantity(said.limit, who, 'limit');
    const tax = said.plusTaxPercent;
    if (tax !== undefined && (stated?.unit ?? said.measure) !== 'money') this.#fault(`${who}: only money has tax`, 'plusTaxPercent', tax);
    const limit = stated && { ...stated, amount: withTax(stated.amount, tax) };
    const measure = limit?.unit ?? said.measure;
    if (measure === undefined || (limit !== undefined && said.measure !== undefined && said.measure !== limit.unit)) {
      this.#fault(`${who}: it has either a limit, or a measure that is counted`, 'measure', said.measure);
    }
    return {
      id,
      name,
      measure: measure ?? 'money',
      scope: this.#scope(said.scope, plan.zone, who),
      period: this.#period(said.period, who),
      limit: limit?.amount,
      ...this.#bounds(said, measure ?? 'money', limit?.amount, who),
      mayAgree,
      thresholds: this.#thresholds(said.thresholds, measure ?? 'money', 'rising', who).map((each) =>
        'units' in each.at ? { ...each, at: { units: withTax(each.at.units, tax) } } : each,
      ),
      status,
    };
  }

  /** Without a most of its own the plan's limit is the highest. */
  #bounds(
    { leastLimit, mostLimit }: ControlDefinition,
    measure: BalanceUnit,
    limit: bigint | undefined,
    who: string,
  ): Pick<CompiledControl, 'leastLimit' | 'mostLimit'> {
    const least = leastLimit === undefined ? 0n : this.#amount(leastLimit, measure, who, 'leastLimit');
    const most = mostLimit === undefined ? limit : this.#amount(mostLimit, measure, who, 'mostLimit');
    if (most !== undefined && least > most) this.#fault(`${who}: its least limit is above its most`, 'leastLimit', leastLimit);
    return { leastLimit: least, mostLimit: most };
  }

  /** In the order in which they are crossed. Percentages and amounts cannot be ordered among each other, so a list has one of the two. */
  #thresholds(said: readonly ThresholdDefinition[], unit: BalanceUnit, way: 'falling' | 'rising', who: string): readonly Threshold[] {
    const thresholds = said.flatMap((each): Threshold[] => {
      const { id, notify, status, block, slowTo, redirectTo, buy } = each;
      const at = parseLevel(each.at);
      if (at === undefined || ('unit' in at && at.unit !== unit)) {
        this.#fault(`${who}: threshold ${id} is at ${each.at}, which is neither per cent nor ${unit}`, 'thresholds', each.at);
        return [];
      }
      if ([block === true ? '' : undefined, slowTo, redirectTo, buy].filter((action) => action !== undefined).length > 1) {
        this.#fault(`${who}: threshold ${id} does more than one thing`, 'thresholds', id);
      }
      if (buy !== undefined && !this.#definition.addOns.some((addOn) => addOn.id === buy)) {
        this.#fault(`${who}: threshold ${id} buys ${buy}, which is not among the add-ons`, 'thresholds', buy, 'addOns');
      }
      return [{ id, at: levelOf(at), notify, status, action: actionOf(each) }];
    });
    if (thresholds.some(({ at }) => 'percent' in at) && thresholds.some(({ at }) => 'units' in at)) {
      this.#fault(`${who}: its thresholds are either all per cent or all amounts`, 'thresholds');
    }
    const level = ({ at }: Threshold): bigint => ('units' in at ? at.units : at.percent);
    const sign = way === 'rising' ? 1 : -1;
    return thresholds.sort((a, b) => (level(a) === level(b) ? 0 : level(a) < level(b) ? -sign : sign));
  }

  #scope(said: ScopeDefinition | undefined, zone: string, who: string): CompiledScope {
    if (said === undefined) return EVERYTHING;
    const { services, destinations, except, timeBands, bands, ratingGroups, apns, slices, roaming, visitedNetworks, serviceClasses, rats } =
      said;
    const codes = [
      ...(destinations ?? (except === undefined ? [] : [''])).map((code): [string, number] => [code, 1]),
      ...(except ?? []).map((code): [string, number] => [code, 0]),
    ];
    const set = this.#book.timeBands.find(({ id }) => id === timeBands);
    if ((timeBands === undefined) !== (bands === undefined)) this.#fault(`${who}: "timeBands" and "bands" go together`, 'timeBands');
    if (timeBands !== undefined && set === undefined)
      this.#fault(`${who} names ${timeBands}, which is not among the timeBands`, 'timeBands', timeBands, 'timeBands');
    const unknown = bands?.find((band) => set !== undefined && !set.bands.some(({ name }) => name === band));
    if (unknown !== undefined) this.#fault(`${who}: time bands ${timeBands} have no band ${unknown}`, 'bands', unknown);
    const optional = <T>(values: readonly T[] | undefined): ReadonlySet<T> | undefined => values && new Set(values);
    const compiled = {
      destinations: codes.length === 0 ? undefined : PrefixTable.build(new Map(codes)),
      bands: set &&
        bands && {
          clock: new BandClock(
            set,
            this.#book.calendars.find(({ id }) => id === set.calendar),
            zone,
          ),
          fitting: new Set(bands.map((band) => set.bands.findIndex(({ name }) => name === band))),
        },
      ratingGroups: optional(ratingGroups),
      apns: optional(apns),
      slices: optional(slices),
      roaming,
      visitedNetworks: optional(visitedNetworks),
      serviceClasses: optional(serviceClasses),
      rats: optional(rats),
    };
    return { services: optional(services), ...compiled, plain: Object.values(compiled).every((value) => value === undefined) };
  }

  #quantity(text: string, who: string, field: string): Quantity {
    const quantity = parseQuantity(text);
    if (quantity !== undefined) return quantity;
    this.#fault(`${who}: ${field} is no quantity such as 10 GB, 100 min, 50 messages or 5.00`, field, text);
    return { unit: 'money', amount: 0n };
  }

  #amount(text: string, unit: BalanceUnit, who: string, field: string): bigint {
    const quantity = this.#quantity(text, who, field);
    if (quantity.unit !== unit) this.#fault(`${who}: ${field} is in ${quantity.unit}, not in ${unit}`, field, text);
    return quantity.amount;
  }

  #period(text: string, who: string): RecurringPeriod {
    const period = parsePeriod(text);
    if (period === undefined)
      this.#fault(`${who}: "${text}" is neither day, week, month, quarter or year, nor days such as 30 days`, 'period', text);
    return period ?? { kind: 'days', days: 1 };
  }
}

/** Rounded down to nanos. */
function withTax(amount: bigint, percent: string | undefined): bigint {
  const read = percent === undefined ? undefined : parseDecimal(percent);
  if (read === undefined) return amount;
  const whole = 100n * 10n ** BigInt(read.scale);
  return (amount * (whole + read.units)) / whole;
}

function levelOf(level: Level): Threshold['at'] {
  return 'percent' in level ? level : { units: level.units };
}

function actionOf({ block, slowTo, redirectTo, buy }: ThresholdDefinition): Threshold['action'] {
  if (block === true) return { kind: 'block' };
  if (slowTo !== undefined) return { kind: 'slow-down', to: slowTo };
  if (redirectTo !== undefined) return { kind: 'redirect', to: redirectTo };
  return buy === undefined ? undefined : { kind: 'buy', addOn: buy };
}
