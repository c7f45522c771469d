/** Tariffs between a party and us, and their rates, with the party's eyes. */
import { legRoles } from '#core/agreements/agreements.ts';
import { services } from '#core/usage/usage-event.ts';
import type { PartyRate, PartyTariff, RatePart } from '#operations/portal/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

/** By agreement. `nowMicros`: which rates are in force. */
export async function selectTariffs({ pool }: Database, nowMicros: number): Promise<readonly PartyTariff[]> {
  const { rows } = await pool.query<{
    tariff: string;
    agreement: string;
    role: string;
    service: string;
    currency: string;
    zone: string;
    count: number;
    next: number | null;
    changed: number | null;
  }>(
    `select distinct on (c.body->>'id', s->>'service', s->>'role') s->>'tariff' as tariff, c.body->>'id' as agreement, s->>'role' as role,
            s->>'service' as service, t.body->>'currency' as currency, c.body->>'zone' as zone, r.count, r.next, r.changed
       from config_version c cross join jsonb_array_elements(c.body->'services') s
       join config_version t on t.kind = 'tariffs' and t.known_to = 'infinity' and t.key = s->>'tariff'
       left join lateral (select (count(*) filter (where valid_from <= $1 and valid_to > $1))::integer as count,
              min(valid_from) filter (where valid_from > $1) as next, max(known_from) as changed from rate where tariff = t.key and known_to = 'infinity') r on true
      where c.kind = 'agreements' and c.known_to = 'infinity' and c.body->>'validFrom' <= ($1::timestamptz at time zone 'UTC')::date::text
      order by c.body->>'id', s->>'service', s->>'role', c.body->>'validFrom' desc`,
    [formatTimestamptz(nowMicros)],
  );
  return rows.map(({ role, service, count, next, changed, ...tariff }) => ({
    ...tariff,
    way: role in legRoles && legRoles[role as keyof typeof legRoles] === 'payable' ? 'to-you' : 'from-you', // one of its names
    service: services.find((each) => each === service) ?? 'event',
    inForce: count,
    nextMicros: next ?? undefined,
    changedMicros: changed ?? undefined,
  }));
}

export interface RateFilter {
  readonly tariff: string;
  readonly part: RatePart;
  readonly nowMicros: number;
}

const PARTS: Readonly<Record<RatePart, string>> = {
  'in-force': 'valid_from <= $2 and valid_to > $2',
  coming: 'valid_from > $2',
  all: '$2::timestamptz is not null',
};

/** Where a list of rates goes on: as known and in force when it was begun, behind this rate. */
export interface RatePlace {
  readonly knownMicros: number;
  readonly nowMicros: number;
  readonly rateId: bigint;
}

export interface KnownRates {
  readonly rates: readonly PartyRate[];
  /** The instant whose knowledge they are of; that of the place, where there is one. */
  readonly knownMicros: number;
}

const ORDER = "destination, coalesce(code, ''), coalesce(band, ''), valid_from, rate_id";

/** By destination, code, band and time; behind a place as they were known when the list was begun, whatever was activated since. */
export async function selectPartyRates(
  { pool }: Database,
  { tariff, part, nowMicros }: RateFilter,
  most: number,
  after?: RatePlace,
): Promise<KnownRates> {
  const { rows } = await pool.query<{
    id: number;
    code: string | null;
    destination: string;
    band: string | null;
    price: string;
    before: string | null;
    first: number | null;
    next: number | null;
    setup: string | null;
    from: number;
    to: number;
    known: number;
  }>(
    `with seen as (
       select coalesce($3::timestamptz, greatest(clock_timestamp(), (select max(known_from) from rate where tariff = $1))) as at),
     known as (
       select *, lag(price) over (partition by code, destination, calling, origin, trunk, band, service_class, jurisdiction, rating_group, apn
                                  order by valid_from, rate_id) as before
         from rate where tariff = $1 and known_from <= (select at from seen) and known_to > (select at from seen))
     select rate_id as id, code, destination, band, price::text, before::text, first_seconds as first, next_seconds as next, setup_fee::text as setup,
            valid_from as "from", valid_to as "to", (select at from seen) as known
       from known where ${PARTS[part]} and ($4::integer is null or (${ORDER}) > (select ${ORDER} from rate where rate_id = $4 and tariff = $1))
      order by ${ORDER} limit $5`,
    [
      ...[tariff, formatTimestamptz(after?.nowMicros ?? nowMicros), after === undefined ? null : formatTimestamptz(after.knownMicros)],
      ...[after === undefined ? null : Number(after.rateId), most],
    ],
  );
  const rates = rows.map(({ id, code, destination, band, price, before, first, next, setup, from, to }) => ({
    ...{ rateId: BigInt(id), code: code ?? undefined, destination, band: band ?? undefined, price, before: before ?? undefined },
    ...{ firstSeconds: first ?? undefined, nextSeconds: next ?? undefined, setupFee: setup ?? undefined, fromMicros: from, toMicros: to },
  }));
  return { rates, knownMicros: rows[0]?.known ?? after?.knownMicros ?? nowMicros };
}
