/** Answers, accounts and entries of charging as JSON: money with its decimals, instants in UTC. */
import type { Static } from 'typebox';
import { type Bucket, type ChargingAccount, type ChargingSession, FOREVER } from '#core/charging/account.ts';
import type { AnswerItem, BalanceShown, BalanceUnit, ChargingResult, ChargingAnswer as CoreAnswer } from '#core/charging/answer.ts';
import { debitReferenceText } from '#core/charging/debit-reference.ts';
import { namesControl } from '#core/charging/refused-use.ts';
import type { Units as CoreUnits } from '#core/charging/request.ts';
import type { ShownControl, ShownCounter } from '#core/charging/shown.ts';
import { formatNanos } from '#core/money/amount.ts';
import { type RefusalCode, RefusedError, refuse } from '#core/refusals.ts';
import { formatInstant } from '#core/time/zoned.ts';
import { without } from '../items.ts';
import type { Shown } from '../usage/masking.ts';
import { versionOf } from '../versions.ts';
import type { Entry } from './ports.ts';
import type * as shown from './schemas.ts';

/** What a result is refused with; undefined: it is no refusal. */
export const resultRefusals: Readonly<Record<ChargingResult, RefusalCode | undefined>> = {
  granted: undefined,
  'no-charge': undefined,
  'credit-limit-reached': 'charging.credit-exhausted',
  'service-denied': 'charging.service-denied',
  'user-unknown': 'engine.account-unknown',
  'rating-failed': 'charging.no-price',
  'unknown-session': 'charging.session-unknown',
  'out-of-order': 'charging.out-of-order',
  'units-not-fitting': 'charging.units-not-fitting',
  'too-busy': 'engine.too-busy',
  'unable-to-comply': 'engine.fault',
};

/** Throws RefusedError for an answer that is a no. */
export function accepted(answer: CoreAnswer): CoreAnswer {
  const said = answer.detail ?? answer.items.find(({ detail }) => detail !== undefined)?.detail;
  const isControl = answer.result === 'credit-limit-reached' && said !== undefined && namesControl(said);
  const code = isControl ? 'charging.limit-reached' : resultRefusals[answer.result];
  if (code === undefined) return answer;
  throw new RefusedError(
    refuse(code, said ?? `charging answers ${answer.result}`, answer.account === undefined ? {} : { value: answer.account }),
  );
}

export function amountText(amount: bigint, unit: string): string {
  return unit === 'money' ? formatNanos(amount, 2) : String(amount);
}

/** `reference`: of the client, where it is a session. */
export function answerShown(
  { number, result, account, items, cost, detail }: CoreAnswer,
  reference?: string,
): Static<typeof shown.ChargingAnswer> {
  return {
    ...(reference === undefined ? {} : { reference, number }),
    result,
    ...(account === undefined ? {} : { account }),
    items: items.map(itemShown),
    ...(cost === undefined ? {} : { cost: { amount: formatNanos(cost.nanos, 2), currency: cost.currency } }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Field by field: what an item gets besides is not shown before it is declared. */
function itemShown(item: AnswerItem): Static<typeof shown.ChargingAnswer>['items'][number] {
  const { ratingGroup, services, result, granted, validitySeconds, holdingSeconds, consumptionSeconds, threshold, tariffChangeMicros } =
    item;
  const { finalUnit, slowTo, reference, detail } = item;
  return {
    ...(ratingGroup === undefined ? {} : { ratingGroup }),
    ...(services === undefined ? {} : { services: [...services] }),
    result,
    ...(granted === undefined ? {} : { granted: unitsShown(granted) }),
    ...(validitySeconds === undefined ? {} : { validitySeconds }),
    ...(holdingSeconds === undefined ? {} : { holdingSeconds }),
    ...(consumptionSeconds === undefined ? {} : { consumptionSeconds }),
    ...(threshold === undefined ? {} : { threshold: unitsShown(threshold) }),
    ...(tariffChangeMicros === undefined ? {} : { tariffChange: formatInstant(tariffChangeMicros) }),
    ...(finalUnit === undefined ? {} : { finalUnit }),
    ...(slowTo === undefined ? {} : { slowTo }),
    ...(reference === undefined ? {} : { debit: debitReferenceText(reference) }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function unitsShown({ money, ...units }: CoreUnits): Static<typeof shown.Units> {
  return {
    ...Object.fromEntries(Object.entries(units).map(([unit, amount]) => [unit, Number(amount)])), // below 2^50
    ...(money === undefined ? {} : { money: { amount: formatNanos(money.nanos, 2), currency: money.currency } }),
  };
}

export function balanceShown({
  account,
  bucket,
  definition,
  unit,
  value,
  reserved,
  limit,
  validToMicros,
}: BalanceShown): Static<typeof shown.Balances>['balances'][number] {
  return {
    ...{ account, bucket, definition, unit },
    left: amountText(value, unit),
    setAside: amountText(reserved, unit),
    credit: amountText(limit, unit),
    ...(validToMicros === FOREVER ? {} : { validTo: formatInstant(validToMicros) }),
  };
}

function bucketShown(account: string, { id, ...bucket }: Bucket): Static<typeof shown.Balances>['balances'][number] {
  return balanceShown({ ...bucket, account, bucket: String(id) });
}

/** `numbers`: of subscribers, as who asks may see them. */
export function accountShown(account: ChargingAccount, counters: readonly ShownCounter[], numbers: Shown): Static<typeof shown.Account> {
  const { id, plan, currency, status, identities, pools, debtNanos, buckets, sessions } = account;
  return {
    ...{ account: id, plan, currency, status },
    identities: identities.map(({ kind, value }) => `${kind}:${numbers(value)}`),
    pools: pools.map(({ pool, caps }) => ({
      pool,
      caps: Object.fromEntries(caps.map(({ definition, most }) => [definition, String(most)])),
    })),
    owes: formatNanos(debtNanos, 2),
    balances: buckets.map((bucket) => bucketShown(id, bucket)),
    counters: counters.map(({ key, unit, value, reserved, toMicros }) => ({
      ...{
        counter: key,
        ...(unit === undefined ? {} : { unit }),
        value: amountText(value, unit ?? ''),
        setAside: amountText(reserved, unit ?? ''),
      },
      ...(toMicros === FOREVER ? {} : { until: formatInstant(toMicros) }),
    })),
    sessions: sessions.length,
  };
}

/** With their version: what is used moves with every session and is no change of a limit. */
export function controlsShown(controls: readonly ShownControl[]) {
  const items = controls.map(controlShown);
  return { body: { items }, version: versionOf({ body: items.map((each) => without(each, ['used', 'setAside'])) }) };
}

function controlShown({ id, name, unit, used, reserved, limit, planLimit, ownLimit, ...rest }: ShownControl): Static<typeof shown.Control> {
  const { leastLimit, mostLimit, mayAgree, agreedToMicros, untilMicros } = rest;
  const amount = (value: bigint | undefined, field: string) => (value === undefined ? {} : { [field]: amountText(value, unit) });
  return {
    ...{ control: id, name, unit, used: amountText(used, unit), setAside: amountText(reserved, unit) },
    ...amount(limit, 'limit'),
    ...amount(planLimit, 'planLimit'),
    ...amount(ownLimit, 'ownLimit'),
    leastLimit: amountText(leastLimit, unit),
    ...amount(mostLimit, 'mostLimit'),
    mayAgree,
    ...(agreedToMicros === undefined ? {} : { agreedUntil: formatInstant(agreedToMicros) }),
    ...(untilMicros === FOREVER ? {} : { until: formatInstant(untilMicros) }),
  };
}

export function sessionShown({
  id,
  service,
  startedMicros,
  expiresMicros,
  lastAnswer: { cost },
}: ChargingSession): Static<typeof shown.RunningSession> {
  return {
    ...{ session: id, service, since: formatInstant(startedMicros), silentUntil: formatInstant(expiresMicros) },
    ...(cost === undefined ? {} : { cost: { amount: formatNanos(cost.nanos, 2), currency: cost.currency } }),
  };
}

export function entryShown(
  { entryId, account, atMicros, bucket, definition, unit, before, after, cause, of, number, note }: Entry,
  numbers: Shown,
): Static<typeof shown.Entry> {
  return {
    ...{ entry: String(entryId), account, at: formatInstant(atMicros), bucket, definition, unit: unit as BalanceUnit }, // as the journal was written
    ...{ before: amountText(before, unit), after: amountText(after, unit), change: amountText(after - before, unit), cause, of },
    ...(cause === 'use' || cause === 'refund' ? { request: number } : {}),
    ...(note === undefined ? {} : { note: numbers(note) }),
  };
}

/** What happened, with money as `{ amount, currency }`: fields of nanos by their names without it, others by the event's unit. */
export function happened(told: Readonly<Record<string, unknown>>, currency: string): Readonly<Record<string, unknown>> {
  const money = (nanos: bigint) => ({ amount: formatNanos(nanos, 2), currency });
  const isMoney = told.unit === 'money' || 'nanos' in told;
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => {
      if (typeof value !== 'bigint') return [name, value];
      if (name === 'nanos') return ['money', money(value)];
      if (name.endsWith('Nanos')) return [name.slice(0, -'Nanos'.length), money(value)];
      return [name, isMoney ? money(value) : String(value)];
    }),
  );
}
