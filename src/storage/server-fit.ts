/**
 * What a server must have before the first table is made in one of its databases. The embedded server has it; one of an operator's own may lack it, and is
 * told all of that at once, with the statements of its administrator.
 */
import pg from 'pg';
import { type Refusal, RefusedError, refuse } from '#core/refusals.ts';

/** Those that migration 311 needs: partners and customers read as them. */
const READERS = ['carillon_partner', 'carillon_customer'];

/** As server_version_num says it. From 16 a role can be granted with the right to become it. */
const OLDEST_VERSION = 160_000;

/** Throws RefusedError with all that is missing; asks nothing of a database that has tables. */
export async function demandFit(client: pg.ClientBase, readers: readonly string[] = READERS): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string; database: string; bytewise: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding, current_database() as database,
            (select array_agg(x order by x) = array_agg(x order by x collate "C") from unnest(array['a', 'B', 'a b', 'a-c', 'ab', 'é', 'z']) x) as bytewise`,
  );
  const [server] = rows;
  if (server === undefined) return;
  if (server.number < OLDEST_VERSION)
    throw new RefusedError(refuse('database.too-old', `the server is PostgreSQL ${server.version}; version 16 or later is needed`));
  const found: Refusal[] = [];
  if (server.encoding !== 'UTF8')
    found.push(refuse('database.not-utf8', `the database ${server.database} has the encoding ${server.encoding}; UTF8 is needed`));
  // Lists and pages are in the order of their texts; the embedded server has that of their bytes, the same on every machine and in every version of a library.
  if (!server.bytewise)
    found.push(refuse('database.other-order', `the database ${server.database} sorts texts by the rules of a language; C.UTF-8 is needed`));
  const statements = await statementsForReaders(client, readers);
  if (statements.length > 0)
    found.push(
      refuse(
        'database.roles-missing',
        `partners and customers read as roles that this user may not make or become; an administrator of the server runs: ${statements.join(' ')}`,
      ),
    );
  if (found.length > 0) throw new RefusedError(...found);
}

/** What somebody else has to run, because this user may not; empty when it can make these roles, or become them. */
async function statementsForReaders(client: pg.ClientBase, readers: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; exists: boolean; usable: boolean; user: string }>(
    `select wanted.name, r.oid is not null as exists, current_user::text as user,
            me.rolsuper or case when r.oid is null then me.rolcreaterole
              else pg_has_role(current_user, r.oid, 'set') or pg_has_role(current_user, r.oid, 'member with admin option') end as usable
       from unnest($1::text[]) with ordinality as wanted(name, place)
       left join pg_roles r on r.rolname = wanted.name
       join pg_roles me on me.rolname = current_user
      order by wanted.place`,
    [readers],
  );
  const lacking = rows.filter(({ usable }) => !usable);
  const quoted = (name: string): string => pg.escapeIdentifier(name);
  const made = lacking.filter(({ exists }) => !exists).map(({ name }) => `create role ${quoted(name)} nologin;`);
  const [first] = lacking;
  return first === undefined ? [] : [...made, `grant ${lacking.map(({ name }) => quoted(name)).join(', ')} to ${quoted(first.user)};`];
}
