/**
 * The state of an account as its row keeps it. Members have names, and what there are many of is arrays in a fixed order: a third of
 * the bytes of named fields, and read by SQL all the same (view charging_balance). Amounts are texts of digits. `SHAPE` is in
 * every row, so that a later shape can tell the rows of this one.
 */
import type {
  AccountCounter,
  Bucket,
  ChargingAccount,
  ChargingSession,
  CounterReservation,
  Covered,
  OpenGrant,
  Paid,
  Reservation,
  RunningUse,
  SessionItem,
  UnitPool,
} from '#core/charging/account.ts';
import { answerFrom, answerToPlain, type PlainAnswer, type PlainUnits, unitsFrom, unitsToPlain } from './answer-json.ts';

export const SHAPE = 1;

type Digits = string;
type PlainBucket = [
  id: number,
  definition: string,
  unit: Bucket['unit'],
  value: Digits,
  reserved: Digits,
  limit: Digits,
  filled: Digits,
  holders: number,
  priority: number,
  validFrom: number,
  validTo: number,
  raised: number,
  rolled: number,
];
type PlainCounter = [key: string, value: Digits, reserved: Digits, from: number, to: number, raised: number];
type PlainPaid = [account: string, bucket: number, definition: string, nanos: Digits];
type PlainCovered = [account: string, bucket: number, definition: string, from: Digits, units: Digits];
type PlainUse = [
  start: number,
  planVersion: number,
  used: Digits,
  up: Digits,
  down: Digits,
  continues: 0 | 1,
  charged: Digits,
  unpaid: Digits,
  paid: PlainPaid[],
  covered: PlainCovered[],
  counters: [key: string, before: Digits, added: Digits][],
  planService: number,
];
type PlainGrant = [units: Digits, at: number, validTo: number, tariffChange: number | null];
type PlainItem = [
  ratingGroup: string | null,
  services: readonly string[] | null,
  unit: SessionItem['unit'],
  use: PlainUse | null,
  grant: PlainGrant | null,
  reservations: [account: string, bucket: number, amount: Digits][],
  counted: [key: string, amount: Digits][],
  /** Of peers that count from the session's beginning; others have none. */
  inAll?: PlainUnits | null,
  multiplier?: Digits,
];
type PlainPool = [
  planVersion: number,
  planService: number,
  open: 0 | 1,
  over: UnitPool['over'],
  of: Digits,
  by: Digits,
  rounding: Digits,
  left: Digits,
  reservations: [account: string, bucket: number, amount: Digits][],
  counted: [key: string, amount: Digits][],
];
type PlainSession = [
  id: string,
  service: ChargingSession['service'],
  identity: ChargingSession['identity'] | null,
  facts: ChargingSession['facts'],
  started: number,
  expires: number,
  lastNumber: number,
  closed: Digits,
  records: number,
  items: PlainItem[],
  answer: PlainAnswer,
  /** Of peers that know pools of units; others have none. */
  pooling?: [opened: number, pool: PlainPool | null],
];

interface PlainAccount {
  readonly shape: number;
  readonly version: number;
  readonly currency: string;
  readonly status: ChargingAccount['status'];
  readonly plan: string;
  readonly identities: ChargingAccount['identities'];
  readonly buckets: readonly PlainBucket[];
  readonly counters: readonly PlainCounter[];
  readonly sessions: readonly PlainSession[];
  readonly pools: readonly [pool: string, caps: readonly (readonly [definition: string, most: Digits])[]][];
  readonly controls: readonly [control: string, limit: Digits | null, agreedTo: number | null][];
  readonly addOns: ChargingAccount['addOns'];
  readonly renewals: ChargingAccount['renewals'];
  readonly debt: Digits;
  readonly nextBucket: number;
  readonly due: number;
}

export function accountToJson(account: ChargingAccount): string {
  const plain: PlainAccount = {
    shape: SHAPE,
    version: account.version,
    currency: account.currency,
    status: account.status,
    plan: account.plan,
    identities: account.identities,
    buckets: account.buckets.map(bucketToPlain),
    counters: account.counters.map((each) => [
      each.key,
      String(each.value),
      String(each.reserved),
      each.fromMicros,
      each.toMicros,
      each.raised,
    ]),
    sessions: account.sessions.map(sessionToPlain),
    pools: account.pools.map(({ pool, caps }) => [pool, caps.map(({ definition, most }) => [definition, String(most)])]),
    controls: account.controls.map(({ control, limit, agreedToMicros }) => [
      control,
      limit === undefined ? null : String(limit),
      agreedToMicros ?? null,
    ]),
    addOns: account.addOns,
    renewals: account.renewals,
    debt: String(account.debtNanos),
    nextBucket: account.nextBucket,
    due: account.dueMicros,
  };
  return JSON.stringify(plain);
}

/** Throws for a row of another shape. */
export function accountFromJson(id: string, text: string): ChargingAccount {
  const plain = JSON.parse(text) as PlainAccount; // our own row; its shape is checked next
  if (plain.shape !== SHAPE) throw new Error(`account ${id} is kept in shape ${plain.shape}, which this release does not know`);
  return {
    id,
    version: plain.version,
    currency: plain.currency,
    status: plain.status,
    plan: plain.plan,
    identities: plain.identities,
    buckets: plain.buckets.map(bucketFrom),
    counters: plain.counters.map(counterFrom),
    sessions: plain.sessions.map(sessionFrom),
    pools: plain.pools.map(([pool, caps]) => ({
      pool,
      caps: caps.map(([definition, most]) => ({ definition, most: BigInt(most) })),
    })),
    controls: plain.controls.map(([control, limit, agreedTo]) => ({
      control,
      ...(limit === null ? {} : { limit: BigInt(limit) }),
      ...(agreedTo === null ? {} : { agreedToMicros: agreedTo }),
    })),
    addOns: plain.addOns,
    renewals: plain.renewals,
    debtNanos: BigInt(plain.debt),
    nextBucket: plain.nextBucket,
    dueMicros: plain.due,
  };
}

function bucketToPlain(bucket: Bucket): PlainBucket {
  return [
    bucket.id,
    bucket.definition,
    bucket.unit,
    String(bucket.value),
    String(bucket.reserved),
    String(bucket.limit),
    String(bucket.filled),
    bucket.holders,
    bucket.priority,
    bucket.validFromMicros,
    bucket.validToMicros,
    bucket.raised,
    bucket.rolled,
  ];
}

function bucketFrom(plain: PlainBucket): Bucket {
  const [id, definition, unit, value, reserved, limit, filled, holders, priority, validFromMicros, validToMicros, raised, rolled] = plain;
  return {
    id,
    definition,
    unit,
    value: BigInt(value),
    filled: BigInt(filled),
    reserved: BigInt(reserved),
    holders,
    limit: BigInt(limit),
    priority,
    validFromMicros,
    validToMicros,
    raised,
    rolled,
  };
}

function counterFrom([key, value, reserved, fromMicros, toMicros, raised]: PlainCounter): AccountCounter {
  return { key, value: BigInt(value), reserved: BigInt(reserved), fromMicros, toMicros, raised };
}

function sessionToPlain(session: ChargingSession): PlainSession {
  const plain: PlainSession = [
    session.id,
    session.service,
    session.identity ?? null,
    session.facts,
    session.startedMicros,
    session.expiresMicros,
    session.lastNumber,
    String(session.closedNanos),
    session.records,
    session.items.map(itemToPlain),
    answerToPlain(session.lastAnswer),
  ];
  const { pooling } = session;
  if (pooling !== undefined) plain.push([pooling.opened, pooling.pool === undefined ? null : poolToPlain(pooling.pool)]);
  return plain;
}

function sessionFrom(plain: PlainSession): ChargingSession {
  const [id, service, identity, facts, startedMicros, expiresMicros, lastNumber, closed, records, items, answer, pooling] = plain;
  return {
    id,
    service,
    identity: identity ?? undefined,
    facts,
    startedMicros,
    expiresMicros,
    lastNumber,
    lastAnswer: answerFrom(id, lastNumber, answer),
    items: items.map(itemFrom),
    closedNanos: BigInt(closed),
    records,
    ...(pooling === undefined ? {} : { pooling: { opened: pooling[0], pool: pooling[1] === null ? undefined : poolFrom(pooling[1]) } }),
  };
}

function poolToPlain({ planVersion, planService, open, over, worth, roundingNanos, left, reservations, counted }: UnitPool): PlainPool {
  return [
    planVersion,
    planService,
    open ? 1 : 0,
    over,
    String(worth.of),
    String(worth.by),
    String(roundingNanos),
    String(left),
    reservations.map(reservationToPlain),
    counted.map(countedToPlain),
  ];
}

function poolFrom([planVersion, planService, open, over, of, by, rounding, left, reservations, counted]: PlainPool): UnitPool {
  return {
    planVersion,
    planService,
    open: open === 1,
    over,
    worth: { of: BigInt(of), by: BigInt(by) },
    roundingNanos: BigInt(rounding),
    left: BigInt(left),
    reservations: reservations.map(reservationFrom),
    counted: counted.map(countedFrom),
  };
}

const reservationToPlain = ({ account, bucket, amount }: Reservation): PlainPool[8][number] => [account, bucket, String(amount)];
const reservationFrom = ([account, bucket, amount]: PlainPool[8][number]): Reservation => ({ account, bucket, amount: BigInt(amount) });
const countedToPlain = ({ key, amount }: CounterReservation): PlainPool[9][number] => [key, String(amount)];
const countedFrom = ([key, amount]: PlainPool[9][number]): CounterReservation => ({ key, amount: BigInt(amount) });

function itemToPlain({ ratingGroup, services, unit, use, grant, reservations, counted, inAll, multiplier }: SessionItem): PlainItem {
  const plain: PlainItem = [
    ratingGroup ?? null,
    services ?? null,
    unit,
    use === undefined ? null : useToPlain(use),
    grant === undefined ? null : [String(grant.units), grant.atMicros, grant.validToMicros, grant.tariffChangeMicros ?? null],
    reservations.map(reservationToPlain),
    counted.map(countedToPlain),
  ];
  if (inAll !== undefined || multiplier !== undefined) plain.push(inAll === undefined ? null : unitsToPlain(inAll));
  if (multiplier !== undefined) plain.push(String(multiplier));
  return plain;
}

function itemFrom([ratingGroup, services, unit, use, grant, reservations, counted, inAll, multiplier]: PlainItem): SessionItem {
  return {
    ratingGroup: ratingGroup ?? undefined,
    services: services ?? undefined,
    unit,
    use: use === null ? undefined : useFrom(use),
    grant: grant === null ? undefined : grantFrom(grant),
    reservations: reservations.map(reservationFrom),
    counted: counted.map(countedFrom),
    ...(inAll === undefined || inAll === null ? {} : { inAll: unitsFrom(inAll) }),
    ...(multiplier === undefined ? {} : { multiplier: BigInt(multiplier) }),
  };
}

function grantFrom([units, atMicros, validToMicros, tariffChange]: PlainGrant): OpenGrant {
  return { units: BigInt(units), atMicros, validToMicros, tariffChangeMicros: tariffChange ?? undefined };
}

function useToPlain(use: RunningUse): PlainUse {
  return [
    use.startMicros,
    use.planVersion,
    String(use.used),
    String(use.usedUp),
    String(use.usedDown),
    use.continues ? 1 : 0,
    String(use.chargedNanos),
    String(use.unpaidNanos),
    use.paid.map(({ account, bucket, definition, nanos }) => [account, bucket, definition, String(nanos)]),
    use.covered.map(({ account, bucket, definition, from, units }) => [account, bucket, definition, String(from), String(units)]),
    use.counters.map(({ key, before, added }) => [key, String(before), String(added)]),
    use.planService,
  ];
}

function useFrom(plain: PlainUse): RunningUse {
  const [startMicros, planVersion, used, up, down, continues, charged, unpaid, paid, covered, counters, planService] = plain;
  return {
    startMicros,
    planVersion,
    planService,
    used: BigInt(used),
    usedUp: BigInt(up),
    usedDown: BigInt(down),
    continues: continues === 1,
    covered: covered.map(
      ([account, bucket, definition, from, units]): Covered => ({
        account,
        bucket,
        definition,
        from: BigInt(from),
        units: BigInt(units),
      }),
    ),
    paid: paid.map(([account, bucket, definition, nanos]): Paid => ({ account, bucket, definition, nanos: BigInt(nanos) })),
    chargedNanos: BigInt(charged),
    unpaidNanos: BigInt(unpaid),
    counters: counters.map(([key, before, added]) => ({ key, before: BigInt(before), added: BigInt(added) })),
  };
}
