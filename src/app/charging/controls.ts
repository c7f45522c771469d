/** Controls of spending of an account: what the plan says, what the customer set, and where they stand. */
import type { BalanceUnit } from '#core/charging/answer.ts';
import { activeControl } from '#core/charging/controls.ts';
import { Draft } from '#core/charging/draft.ts';
import { RefusedError, refuse } from '#core/refusals.ts';
import type { Database } from '#storage/database.ts';
import { loadCatalog } from './catalog.ts';
import { accountNamed, nowMicros } from './desk.ts';

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

/** All of the account's plan, or the one that is named. Throws RefusedError (`engine.account-unknown`, `charging.control-unknown`). */
export async function controlsShown(database: Database, name: string, only?: string): Promise<readonly ShownControl[]> {
  const account = await accountNamed(database, name);
  const { catalog } = await loadCatalog(database);
  const draft = new Draft(catalog, account, [], nowMicros(), undefined);
  const controls = (draft.own.plan?.controls ?? []).filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && controls.length === 0)
    throw new RefusedError(
      refuse('charging.control-unknown', `plan ${account.plan} has no control ${only}`, { field: 'control', value: only }),
    );
  return controls.map((control) => {
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
