/** Makes of plans what a decision reads. */
import type { Agreement } from '../agreements/agreements.ts';
import { FOREVER } from '../charging/account.ts';
import type { BalanceUnit } from '../charging/answer.ts';
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
import { NANO_DECIMALS } from '../money/amount.ts';
import { parseDecimal, unitsAtScale } from '../money/decimal.ts';
import { PrefixTable } from '../numbering/prefix-table.ts';
import { type CompiledBook, compileBook, type Terms } from '../rating/compile-book.ts';
import { type Refusal, type Result, refuse } from '../refusals.ts';
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
  PeriodDefinition,
  PlanDefinition,
  PlanServiceDefinition,
  ScopeDefinition,
  ThresholdDefinition,
} from './plan.ts';

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
export function compileCatalog(definition: CatalogDefinition, book: Book): Result<CompiledCatalog> {
  const used = new Set(definition.plans.flatMap(({ services }) => services.flatMap(({ tariff }) => tariff ?? [])));
  const rated = compileBook({
    ...book,
    accounts: [],
    parties: [],
    legalEntities: [],
    tariffs: book.tariffs.filter(({ id }) => used.has(id)),
    agreements: definition.plans.flatMap((plan) => plan.services.flatMap((service) => agreementOf(plan, service))),
    trunks: definition.plans.flatMap((plan) =>
      plan.services.map((service) => ({ id: termsName(plan, service), account: termsName(plan, service), names: [] })),
    ),
  });
  if (!rated.ok) return rated;
  const compiler = new Compiler(definition, book, rated.value);
  const catalog = compiler.catalog();
  return compiler.faults.length > 0 ? { ok: false, refusals: compiler.faults } : { ok: true, value: catalog };
}

/** `plan mobile-s 2026-01-01 data 2`: stands in explanations where the bulk road names a trunk. */
function termsName(plan: PlanDefinition, service: PlanServiceDefinition): string {
  return `plan ${plan.id} from ${plan.validFrom}, service ${plan.services.indexOf(service) + 1}`;
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
  readonly faults: Refusal[] = [];
  readonly #definition: CatalogDefinition;
  readonly #book: Book;
  readonly #rated: CompiledBook;
  readonly #allowances: ReadonlyMap<string, CompiledAllowance>;

  constructor(definition: CatalogDefinition, book: Book, rated: CompiledBook) {
    this.#definition = definition;
    this.#book = book;
    this.#rated = rated;
    // An allowance's bands and periods are in the zone of the plan that gives it; on its own it is in the first plan's.
    const zone = definition.plans[0]?.zone ?? 'UTC';
    this.#allowances = new Map(definition.allowances.map((allowance) => [allowance.id, this.#allowance(allowance, zone)]));
  }

  catalog(): CompiledCatalog {
    const { plans, addOns } = this.#definition;
    const compiled = plans.map((plan, index) => this.#plan(plan, index));
    const byId = Map.groupBy(compiled, ({ id }) => id);
    for (const versions of byId.values()) versions.sort((a, b) => b.validFromMicros - a.validFromMicros);
    return {
      plans: byId,
      allowances: this.#allowances,
      addOns: new Map(addOns.map((addOn) => [addOn.id, this.#addOn(addOn)])),
      book: this.#rated,
    };
  }

  #fault(message: string, field: string, value?: string): void {
    this.faults.push(refuse('configuration.plan-wrong', message, { field, ...(value === undefined ? {} : { value }) }));
  }

  #plan(plan: PlanDefinition, index: number): CompiledPlan {
    const { id, name, currency, zone, validFrom, validTo } = plan;
    const services = plan.services.map((service, number) => this.#service(plan, service, number));
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
      allowances: plan.allowances.flatMap((allowance) => this.#named(allowance, `plan ${id}`) ?? []),
      controls: plan.controls.map((control) => this.#control(control, plan)),
      mainPriority: MAIN_PRIORITY,
      mainThresholds: this.#thresholds(plan.thresholds, 'money', 'falling', `plan ${id}`),
      creditLimitNanos: plan.creditLimit === undefined ? 0n : this.#units(plan.creditLimit, 'money', `plan ${id}`, 'creditLimit'),
      fee: plan.fee && { nanos: this.#units(plan.fee.amount, 'money', `plan ${id}`, 'fee'), period: periodOf(plan.fee.every) },
      supervisionSeconds: plan.supervisionSeconds,
    };
  }

  #service(plan: PlanDefinition, said: PlanServiceDefinition, number: number): PlanService {
    const { service, tariff } = said;
    const terms = tariff === undefined ? undefined : this.#terms(plan, said);
    const priced = this.#book.tariffs.find(({ id }) => id === tariff);
    if (tariff !== undefined && priced === undefined)
      this.#fault(`plan ${plan.id} names ${tariff}, which is not among the tariffs`, 'tariff', tariff);
    else if (priced !== undefined && priced.service !== service)
      this.#fault(`plan ${plan.id}: tariff ${priced.id} prices ${priced.service}, not ${service}`, 'tariff', tariff);
    else if (priced !== undefined && priced.currency !== plan.currency)
      this.#fault(`plan ${plan.id}: tariff ${priced.id} is in ${priced.currency}`, 'tariff', tariff);
    const most = BigInt(said.mostGrant ?? MOST_GRANT[service]);
    const usual = BigInt(said.usualGrant ?? USUAL_GRANT[service]);
    return {
      number,
      service,
      scope: this.#scope(said.when, plan.zone, `plan ${plan.id}`),
      terms,
      freeGroups: new Set(said.freeGroups),
      usualGrant: usual,
      mostGrant: most > usual ? most : usual,
      leastGrant: BigInt(said.leastGrant ?? LEAST_GRANT[service]),
      validitySeconds: said.validitySeconds,
      holdingSeconds: said.holdingSeconds,
      thresholdPercent: said.thresholdPercent,
      finalUnit: said.finalUnit,
    };
  }

  #terms(plan: PlanDefinition, service: PlanServiceDefinition): Terms | undefined {
    return this.#rated.trunks.get(termsName(plan, service))?.receivable.get(service.service)?.[0];
  }

  #named(id: string, who: string): CompiledAllowance | undefined {
    const allowance = this.#allowances.get(id);
    if (allowance === undefined) this.#fault(`${who} names ${id}, which is not among the allowances`, 'allowances', id);
    return allowance;
  }

  #allowance(said: AllowanceDefinition, zone: string): CompiledAllowance {
    const { id, name, unit, priority } = said;
    const who = `allowance ${id}`;
    return {
      id,
      name,
      unit,
      amount: this.#units(said.amount, unit, who, 'amount'),
      scope: this.#scope(said.scope, zone, who),
      priority,
      period: said.period === undefined ? undefined : periodOf(said.period),
      rollover: said.rollover && { most: this.#units(said.rollover.most, unit, who, 'rollover'), times: said.rollover.times },
      thresholds: this.#thresholds(said.thresholds, unit, 'falling', who),
      converts: said.converts.map(({ to, from, into }) => {
        const target = this.#definition.allowances.find((each) => each.id === to);
        if (to !== 'main' && target === undefined)
          this.#fault(`${who} converts to ${to}, which is neither main nor an allowance`, 'converts', to);
        return { to, from: this.#units(from, unit, who, 'converts'), into: this.#units(into, target?.unit ?? 'money', who, 'converts') };
      }),
    };
  }

  #addOn(said: AddOnDefinition): CompiledAddOn {
    const { id, name, currency } = said;
    return {
      id,
      name,
      priceNanos: this.#units(said.price, 'money', `add-on ${id}`, 'price'),
      currency,
      allowances: said.allowances.flatMap((allowance) => this.#named(allowance, `add-on ${id}`) ?? []),
      renews: said.renews === undefined ? undefined : periodOf(said.renews),
    };
  }

  #control(said: ControlDefinition, plan: PlanDefinition): CompiledControl {
    const { id, name, measure, mayAgree, status } = said;
    const who = `control ${id} of plan ${plan.id}`;
    const limit = said.limit === undefined ? undefined : this.#units(said.limit, measure, who, 'limit');
    return {
      id,
      name,
      measure,
      scope: this.#scope(said.scope, plan.zone, who),
      period: periodOf(said.period),
      limit,
      mayAgree,
      thresholds: this.#thresholds(said.thresholds, measure, 'rising', who),
      status,
    };
  }

  /** In the order in which they are crossed. Percentages and amounts cannot be ordered among each other, so a list has one of the two. */
  #thresholds(said: readonly ThresholdDefinition[], unit: BalanceUnit, way: 'falling' | 'rising', who: string): readonly Threshold[] {
    if (said.some(({ percent }) => percent !== undefined) && said.some(({ amount }) => amount !== undefined)) {
      this.#fault(`${who}: its thresholds are either all percentages or all amounts`, 'thresholds');
    }
    const thresholds = said.map((each): Threshold => {
      const { id, percent, amount, notify, status } = each;
      if ((percent === undefined) === (amount === undefined))
        this.#fault(`${who}: threshold ${id} needs "percent" or "amount"`, 'thresholds', id);
      if (each.buy !== undefined && !this.#definition.addOns.some((addOn) => addOn.id === each.buy)) {
        this.#fault(`${who}: threshold ${id} buys ${each.buy}, which is not among the add-ons`, 'thresholds', each.buy);
      }
      const at = amount === undefined ? { percent: BigInt(percent ?? 0) } : { units: this.#units(amount, unit, who, 'thresholds') };
      return { id, at, notify, status, action: actionOf(each) };
    });
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
      this.#fault(`${who} names ${timeBands}, which is not among the timeBands`, 'timeBands', timeBands);
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

  /** Nanos of money, whole units of others. */
  #units(text: string, unit: BalanceUnit, who: string, field: string): bigint {
    const value = parseDecimal(text);
    const scale = unit === 'money' ? NANO_DECIMALS : 0;
    if (value === undefined || value.scale > scale || !isWithin(unitsAtScale(value, scale))) {
      this.#fault(
        `${who}: ${field} is not ${unit === 'money' ? 'an amount of up to 9 decimals' : `a whole number of ${unit}`}`,
        field,
        text,
      );
      return 0n;
    }
    return unitsAtScale(value, scale);
  }
}

/** Sums of them stay within PostgreSQL's bigint. */
const MOST_UNITS = 4_000_000_000_000_000_000n;

function isWithin(units: bigint): boolean {
  return units <= MOST_UNITS && units >= -MOST_UNITS;
}

function periodOf(said: PeriodDefinition): RecurringPeriod {
  return typeof said === 'number' ? { kind: 'days', days: said } : { kind: 'calendar', of: said };
}

function actionOf({ block, slowTo, redirectTo, buy }: ThresholdDefinition): Threshold['action'] {
  if (block === true) return { kind: 'block' };
  if (slowTo !== undefined) return { kind: 'slow-down', to: slowTo };
  if (redirectTo !== undefined) return { kind: 'redirect', to: redirectTo };
  return buy === undefined ? undefined : { kind: 'buy', addOn: buy };
}
