/** Which issued documents are to be delivered, and how. */
import type pg from 'pg';
import { type DeliveryRoute, routeKey } from '#core/parties/delivery.ts';
import { formatTimestamptz } from '../column-types.ts';

interface VersionRow {
  readonly account: string;
  readonly routes: readonly DeliveryRoute[];
  readonly known_from: number;
  readonly current: boolean;
}

interface DeclaredRoute {
  readonly account: string;
  readonly route: DeliveryRoute;
  readonly sinceMicros: number;
}

/** Enters deliveries of all documents issued since their account declared the route; those that are entered stay as they are. */
export async function planDeliveries(client: pg.ClientBase, nowMicros: number): Promise<number> {
  return enter(client, await declaredRoutes(client), nowMicros, 'i.issued_at >= r.since');
}

/** The same for one document, whenever it was issued. Those that were stopped or have failed wait again. */
export async function planDocument(client: pg.ClientBase, number: string, nowMicros: number): Promise<number> {
  return enter(client, await declaredRoutes(client), nowMicros, 'i.number = $7', number);
}

/** Routes that accounts have now, with the time since when they have had them without a break. */
async function declaredRoutes(client: pg.ClientBase): Promise<readonly DeclaredRoute[]> {
  const { rows } = await client.query<VersionRow>(
    `select key as account, coalesce(body->'delivery', '[]') as routes, known_from, known_to = 'infinity' as current
       from config_version v
      where kind = 'accounts' and exists (
        select 1 from config_version c where c.kind = 'accounts' and c.key = v.key and c.known_to = 'infinity' and c.body ? 'delivery')
      order by key, known_from desc`,
  );
  const found = new Map<string, { readonly route: DeliveryRoute; sinceMicros: number; unbroken: boolean }>();
  const accounts = Map.groupBy(rows, ({ account }) => account);
  const routes: DeclaredRoute[] = [];
  for (const [account, versions] of accounts) {
    found.clear();
    for (const { routes: declared, known_from, current } of versions) {
      const keys = new Set(declared.map(routeKey));
      if (current) for (const route of declared) found.set(routeKey(route), { route, sinceMicros: known_from, unbroken: true });
      for (const [key, entry] of found) {
        if (!keys.has(key)) entry.unbroken = false;
        if (entry.unbroken) entry.sinceMicros = known_from;
      }
    }
    for (const { route, sinceMicros } of found.values()) routes.push({ account, route, sinceMicros });
  }
  return routes;
}

async function enter(
  client: pg.ClientBase,
  routes: readonly DeclaredRoute[],
  nowMicros: number,
  which: string,
  ...more: readonly string[]
): Promise<number> {
  const { rowCount } = await client.query(
    `insert into delivery (legal_entity, document, route, way, target, state, planned_at, next_at, done_at)
     select i.legal_entity, i.number, r.key, r.way, r.target, case r.way when 'portal' then 'sent' else 'waiting' end, $1,
            case when r.way in ('email', 'sftp') then $1::timestamptz end, case r.way when 'portal' then $1::timestamptz end
       from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[]) as r(account, key, way, target, since)
       join deliverable_document i on i.account = r.account and ${which}
     on conflict (legal_entity, document, route) do nothing`,
    [
      formatTimestamptz(nowMicros),
      routes.map(({ account }) => account),
      routes.map(({ route }) => routeKey(route)),
      routes.map(({ route }) => route.by),
      routes.map(({ route }) => JSON.stringify(route)),
      routes.map(({ sinceMicros }) => formatTimestamptz(sinceMicros)),
      ...more,
    ],
  );
  return rowCount ?? 0;
}
