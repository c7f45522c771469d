/** What statements have booked for fees, as far as the next one may change it: so that a close costs the same after years as in its first month. */
import type pg from 'pg';
import { knownVersionsOf } from '#core/agreements/agreements.ts';
import { openFeeWindows } from '#core/settlement/deals/fee-windows.ts';
import type { SettledDeal } from '#core/settlement/deals/settle-deals.ts';
import type { Period } from '#core/time/period.ts';
import type { AgreementTerms, FeesBefore } from '#operations/settlement/books.ts';
import { arrayText } from '../array-text.ts';
import { selectSettledDeals } from './deal-queries.ts';

/** Nothing was stated or booked before. */
export const NO_FEES: FeesBefore = { settled: [], closed: undefined };

/** By agreement; see SettlementBooks. Agreements without anything booked or stated before are left out. */
export async function selectFeesBefore(
  client: pg.ClientBase,
  all: readonly AgreementTerms[],
  period: Period,
): Promise<ReadonlyMap<string, FeesBefore>> {
  const byId = new Map(all.map((terms) => [idOf(terms), terms]));
  const { rows } = await client.query<{ versions: Readonly<Record<string, string>> | null }>(
    `select json_object_agg(agreement, known_versions) as versions from statement_recorded
      where agreement = any($1) and to_day = $2 and version = 1 and known_versions is not null`,
    [arrayText([...byId.keys()]), period.from],
  );
  const open: OpenFee[] = [];
  for (const [id, versions] of Object.entries(rows[0]?.versions ?? {})) {
    const terms = byId.get(id);
    if (terms === undefined || versions !== knownVersionsOf(terms.known)) continue;
    const windows = openFeeWindows(terms.known, period);
    if (windows === undefined) continue;
    byId.delete(id);
    for (const [fee, from] of windows) open.push({ id, fee, from });
  }
  const changed = [...byId.keys()];
  const stated = await selectStatedDays(client, changed, period.from);
  const booked = stated.size === 0 ? new Map() : await selectSettledDeals(client, changed, period.from);
  return new Map([
    ...(await selectOpenFees(client, open, period.from)),
    ...[...stated].map(([id, closed]): [string, FeesBefore] => [id, { closed, settled: booked.get(id) ?? [] }]),
  ]);
}

interface OpenFee {
  readonly id: string;
  readonly fee: string;
  readonly from: string;
}

type Booked = readonly [agreement: string, deal: string, window: string, side: SettledDeal['side'], amount: string];

/** What was booked for fees from their first open windows on. One value: `pg` takes longer for hundreds of rows than the server for finding them. */
async function selectOpenFees(client: pg.ClientBase, open: readonly OpenFee[], before: string): Promise<ReadonlyMap<string, FeesBefore>> {
  if (open.length === 0) return new Map();
  const { rows } = await client.query<{ booked: readonly Booked[] | null }>(
    `select json_agg(json_build_array(agreement, deal, window_from, side, amount) order by window_from, deal, side) as booked
       from (select o.agreement, o.deal, d.window_from, d.side, trim_scale(sum(d.amount_nanos))::text as amount
               from unnest($1::text[], $2::text[], $3::date[]) as o(agreement, deal, open_from)
                 cross join lateral (
                   select * from statement_deal d where d.agreement = o.agreement and d.window_from >= o.open_from and d.deal = o.deal offset 0) d
                 cross join lateral (
                   select from statement_recorded r where r.statement_id = d.statement_id and r.from_day < $4 offset 0) r
              group by 1, 2, 3, 4) open_fee`,
    [arrayText(open.map(({ id }) => id)), arrayText(open.map(({ fee }) => fee)), arrayText(open.map(({ from }) => from)), before],
  );
  const byAgreement = Map.groupBy(rows[0]?.booked ?? [], ([agreement]) => agreement);
  return new Map(
    [...byAgreement].map(([agreement, own]): [string, FeesBefore] => [
      agreement,
      { closed: undefined, settled: own.map(([, deal, window, side, amount]) => ({ deal, window, side, amountNanos: BigInt(amount) })) },
    ]),
  );
}

/** From the first to the last day of statements of periods that begin before a day, by agreement. */
async function selectStatedDays(
  client: pg.ClientBase,
  agreements: readonly string[],
  before: string,
): Promise<ReadonlyMap<string, Period>> {
  if (agreements.length === 0) return new Map();
  const { rows } = await client.query<{ agreement: string; from: string; to: string }>(
    `select agreement, min(from_day) as "from", max(to_day) as "to" from statement_recorded
      where agreement = any($1) and from_day < $2 group by 1`,
    [agreements, before],
  );
  return new Map(rows.map(({ agreement, from, to }) => [agreement, { from, to }]));
}

function idOf({ versions }: AgreementTerms): string {
  return versions[0]?.id ?? '';
}
