import type pg from 'pg';
import type { RollupMove } from '#pipeline/ports.ts';

/** Adds to the lines of the rollup, making those that are not there. Each line at most once in `moves`. */
export async function addRollup(client: pg.ClientBase, moves: Iterable<RollupMove>): Promise<void> {
  const list = [...moves];
  if (list.length === 0) return;
  await client.query(
    `insert into rollup (agreement, version_id, role, day, tariff, rate_id, destination, band, currency, events, answered,
       raw_quantity, billed_quantity, amount_nanos)
     select * from unnest($1::text[], $2::int[], $3::text[], $4::date[], $5::text[], $6::int[], $7::text[], $8::text[], $9::text[],
       $10::bigint[], $11::bigint[], $12::numeric[], $13::numeric[], $14::numeric[])
     on conflict (rate_id, day, version_id, role, band, tariff, destination) do update set
       events = rollup.events + excluded.events, answered = rollup.answered + excluded.answered,
       raw_quantity = rollup.raw_quantity + excluded.raw_quantity, billed_quantity = rollup.billed_quantity + excluded.billed_quantity,
       amount_nanos = rollup.amount_nanos + excluded.amount_nanos`,
    [
      list.map(({ agreement }) => agreement),
      list.map(({ versionId }) => versionId),
      list.map(({ role }) => role),
      list.map(({ day }) => day),
      list.map(({ tariff }) => tariff),
      list.map(({ rateId }) => rateId ?? null),
      list.map(({ destination }) => destination),
      list.map(({ band }) => band),
      list.map(({ currency }) => currency),
      list.map(({ events }) => events),
      list.map(({ answered }) => answered),
      list.map(({ rawQuantity }) => String(rawQuantity)),
      list.map(({ billedQuantity }) => String(billedQuantity)),
      list.map(({ amountNanos }) => String(amountNanos)),
    ],
  );
}
