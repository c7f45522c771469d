/** The last answer of a session, as the account's row keeps it: for repetitions. Session and number are said by the session. */
import type { AnswerItem, BalanceShown, ChargeAdvice, ChargingAnswer, Cost, FinalUnit } from '#core/charging/answer.ts';
import type { Units } from '#core/charging/request.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';

type Digits = string;
export type PlainUnits = [
  seconds: Digits | null,
  bytes: Digits | null,
  up: Digits | null,
  down: Digits | null,
  events: Digits | null,
  money: [nanos: Digits, currency: string] | null,
];
type PlainItem = [
  ratingGroup: string | null,
  services: readonly string[] | null,
  result: AnswerItem['result'],
  granted: PlainUnits | null,
  validity: number | null,
  holding: number | null,
  threshold: PlainUnits | null,
  tariffChange: number | null,
  finalUnit: FinalUnit | null,
  slowTo: string | null,
  detail: string | null,
  grantedInAll?: PlainUnits | null,
  consumption?: number | null,
  unitPool?: [number: number, multiplier: Digits],
];
type PlainBalance = [
  account: string,
  bucket: string,
  definition: string,
  unit: BalanceShown['unit'],
  value: Digits,
  reserved: Digits,
  limit: Digits,
  validTo: number,
];
export type PlainAnswer = [
  result: ChargingAnswer['result'],
  items: PlainItem[],
  account: string | null,
  cost: [nanos: Digits, currency: string] | null,
  balances: PlainBalance[] | null,
  detail: string | null,
  fingerprint?: string | null,
  /** As exact-json.ts writes it: few sessions have one. */
  advice?: string,
];

export function answerToPlain({ result, items, account, cost, balances, detail, fingerprint, advice }: ChargingAnswer): PlainAnswer {
  const plain: PlainAnswer = [
    result,
    items.map(itemToPlain),
    account ?? null,
    cost === undefined ? null : [String(cost.nanos), cost.currency],
    balances?.map(balanceToPlain) ?? null,
    detail ?? null,
  ];
  if (fingerprint !== undefined || advice !== undefined) plain.push(fingerprint ?? null);
  if (advice !== undefined) plain.push(toExactJson(advice));
  return plain;
}

export function answerFrom(session: string, number: number, plain: PlainAnswer): ChargingAnswer {
  const [result, items, account, cost, balances, detail, fingerprint, advice] = plain;
  return {
    session,
    number,
    result,
    items: items.map(itemFrom),
    ...(account === null ? {} : { account }),
    ...(cost === null ? {} : { cost: costFrom(cost) }),
    ...(balances === null ? {} : { balances: balances.map(balanceFrom) }),
    ...(detail === null ? {} : { detail }),
    ...(fingerprint === undefined || fingerprint === null ? {} : { fingerprint }),
    ...(advice === undefined ? {} : { advice: fromExactJson<ChargeAdvice>(advice) }),
  };
}

function costFrom([nanos, currency]: [Digits, string]): Cost {
  return { nanos: BigInt(nanos), currency };
}

function itemToPlain(item: AnswerItem): PlainItem {
  const plain: PlainItem = [
    item.ratingGroup ?? null,
    item.services ?? null,
    item.result,
    item.granted === undefined ? null : unitsToPlain(item.granted),
    item.validitySeconds ?? null,
    item.holdingSeconds ?? null,
    item.threshold === undefined ? null : unitsToPlain(item.threshold),
    item.tariffChangeMicros ?? null,
    item.finalUnit ?? null,
    item.slowTo ?? null,
    item.detail ?? null,
  ];
  const { grantedInAll, consumptionSeconds, unitPool } = item;
  if (grantedInAll !== undefined || consumptionSeconds !== undefined || unitPool !== undefined)
    plain.push(grantedInAll === undefined ? null : unitsToPlain(grantedInAll));
  if (consumptionSeconds !== undefined || unitPool !== undefined) plain.push(consumptionSeconds ?? null);
  if (unitPool !== undefined) plain.push([unitPool.number, String(unitPool.multiplier)]);
  return plain;
}

function itemFrom(plain: PlainItem): AnswerItem {
  const [
    ratingGroup,
    services,
    result,
    granted,
    validity,
    holding,
    threshold,
    tariffChange,
    finalUnit,
    slowTo,
    detail,
    grantedInAll,
    consumption,
    unitPool,
  ] = plain;
  return {
    ...(ratingGroup === null ? {} : { ratingGroup }),
    ...(services === null ? {} : { services }),
    result,
    ...(granted === null ? {} : { granted: unitsFrom(granted) }),
    ...(validity === null ? {} : { validitySeconds: validity }),
    ...(holding === null ? {} : { holdingSeconds: holding }),
    ...(threshold === null ? {} : { threshold: unitsFrom(threshold) }),
    ...(tariffChange === null ? {} : { tariffChangeMicros: tariffChange }),
    ...(finalUnit === null ? {} : { finalUnit }),
    ...(slowTo === null ? {} : { slowTo }),
    ...(detail === null ? {} : { detail }),
    ...(grantedInAll === undefined || grantedInAll === null ? {} : { grantedInAll: unitsFrom(grantedInAll) }),
    ...(consumption === undefined || consumption === null ? {} : { consumptionSeconds: consumption }),
    ...(unitPool === undefined ? {} : { unitPool: { number: unitPool[0], multiplier: BigInt(unitPool[1]) } }),
  };
}

export function unitsToPlain({ seconds, bytes, bytesUp, bytesDown, events, money }: Units): PlainUnits {
  return [
    digits(seconds),
    digits(bytes),
    digits(bytesUp),
    digits(bytesDown),
    digits(events),
    money === undefined ? null : [String(money.nanos), money.currency],
  ];
}

function digits(value: bigint | undefined): Digits | null {
  return value === undefined ? null : String(value);
}

export function unitsFrom([seconds, bytes, up, down, events, money]: PlainUnits): Units {
  return {
    ...(seconds === null ? {} : { seconds: BigInt(seconds) }),
    ...(bytes === null ? {} : { bytes: BigInt(bytes) }),
    ...(up === null ? {} : { bytesUp: BigInt(up) }),
    ...(down === null ? {} : { bytesDown: BigInt(down) }),
    ...(events === null ? {} : { events: BigInt(events) }),
    ...(money === null ? {} : { money: costFrom(money) }),
  };
}

function balanceToPlain({ account, bucket, definition, unit, value, reserved, limit, validToMicros }: BalanceShown): PlainBalance {
  return [account, bucket, definition, unit, String(value), String(reserved), String(limit), validToMicros];
}

function balanceFrom([account, bucket, definition, unit, value, reserved, limit, validToMicros]: PlainBalance): BalanceShown {
  return {
    account,
    bucket,
    definition,
    unit,
    value: BigInt(value),
    reserved: BigInt(reserved),
    limit: BigInt(limit),
    validToMicros,
  };
}
