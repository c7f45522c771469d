/** Controls and counters of an account in the words of those who look at it: what the plan says, what the customer set, where they stand. */
import type { ChargingAccount } from './account.ts';
import type { BalanceUnit } from './answer.ts';
import { activeControl } from './controls.ts';
import { Draft } from './draft.ts';
import type { CompiledCatalog } from './plan.ts';

export interface ShownControl {
  readonly id: string;
  readonly name: string;
  readonly unit: BalanceUnit;
  readonly used: bigint;
  readonly reserved: bigint;
  /** In force now; undefined: it stops nothing. */
  readonly limit: bigint | undefined;
  readonly planLimit: bigint | undefined;
  readonly ownLimit: bigint | undefined;
  /** Between which the customer may set its own. */
  readonly leastLimit: bigint;
  readonly mostLimit: bigint | undefined;
  readonly mayAgree: boolean;
  readonly agreedToMicros: number | undefined;
  /** Its period ends. */
  readonly untilMicros: number;
}

/** Of the account's plan, in its order. */
export function controlsShown(catalog: CompiledCatalog, account: ChargingAccount, nowMicros: number): readonly ShownControl[] {
  const draft = new Draft(catalog, account, [], nowMicros, undefined);
  return (draft.own.plan?.controls ?? []).map((control) => {
    const { counter, limit, agreed } = activeControl(draft, control);
    const setting = account.controls.find((each) => each.control === control.id);
    return {
      id: control.id,
      name: control.name,
      unit: control.measure,
      used: counter.value,
      reserved: counter.reserved,
      limit,
      planLimit: control.limit,
      ownLimit: setting?.limit,
      leastLimit: control.leastLimit,
      mostLimit: control.mostLimit,
      mayAgree: control.mayAgree,
      agreedToMicros: agreed ? setting?.agreedToMicros : undefined,
      untilMicros: counter.toMicros,
    };
  });
}

export interface ShownCounter {
  readonly key: string;
  /** Undefined: it counts what the tiers of a tariff count. */
  readonly unit: BalanceUnit | undefined;
  readonly value: bigint;
  readonly reserved: bigint;
  /** FOREVER: it goes on. */
  readonly toMicros: number;
}

/** Counters with what they count; without those that only remember a network or a refund. */
export function countersShown(catalog: CompiledCatalog, { counters, plan }: ChargingAccount): readonly ShownCounter[] {
  return counters
    .filter(({ key }) => !/^(seen|refund):/.test(key))
    .map(({ key, value, reserved, toMicros }) => ({ ...{ key, value, reserved, toMicros }, unit: unitOf(catalog, plan, key) }));
}

function unitOf(catalog: CompiledCatalog, plan: string, key: string): BalanceUnit | undefined {
  const [kind = '', ...rest] = key.split(':');
  if (kind === 'pool') return catalog.allowances.get(rest.at(-1) ?? '')?.unit;
  if (kind !== 'control') return undefined;
  const controls = (catalog.plans.get(plan) ?? []).flatMap((version) => version.controls);
  return controls.find(({ id }) => id === rest.join(':'))?.measure;
}
