/** People in PostgreSQL, in the tables that better-auth reads (migration 260). */
import { randomBytes } from 'node:crypto';
import type { PeopleBooks, Person } from '#operations/access/ports.ts';
import { isRole } from '#operations/access/ports.ts';
import { formatTimestamptz } from '../column-types.ts';
import type { Database } from '../database.ts';

interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly party: string | null;
  readonly second_factor: boolean;
  readonly blocked: boolean;
  readonly has_password: boolean;
  readonly invited_by: string;
  readonly created_at: number;
  readonly seen_at: number | null;
}

/** For so long a place is known after somebody signed in there. */
const PLACE_KNOWN_DAYS = 90;

const PEOPLE = `
  select u.id, u.email, u.name, u.role, u.party, coalesce(u."twoFactorEnabled", false) as second_factor, u."blockedAt" is not null as blocked,
         exists (select from sign_in.account a where a."userId" = u.id and a.password is not null) as has_password,
         u."invitedBy" as invited_by, u."createdAt" as created_at,
         (select max(s."updatedAt") from sign_in.session s where s."userId" = u.id) as seen_at
    from sign_in."user" u`;

export function peopleBooksOn({ pool, transaction }: Database): PeopleBooks {
  return {
    async all() {
      const { rows } = await pool.query<PersonRow>(`${PEOPLE} order by u.email`);
      return rows.map(personFrom);
    },
    async find(email) {
      const { rows } = await pool.query<PersonRow>(`${PEOPLE} where u.email = $1`, [email]);
      return rows[0] === undefined ? undefined : personFrom(rows[0]);
    },
    async insert({ email, name, role, party, invitedBy }) {
      const { rowCount } = await pool.query(
        `insert into sign_in."user" (id, email, name, "emailVerified", role, party, "invitedBy")
         values ($1, $2, $3, true, $4, $5, $6) on conflict (email) do nothing`,
        [secret(), email, name, role, party ?? null, invitedBy],
      );
      return rowCount === 0 ? undefined : this.find(email);
    },
    async setRole(email, role, party) {
      const { rowCount } = await pool.query(
        `update sign_in."user" set role = $2, party = $3, "updatedAt" = clock_timestamp() where email = $1`,
        [email, role, party ?? null],
      );
      return rowCount === 1;
    },
    setBlocked: (email, isBlocked, party) =>
      transaction(async (client) => {
        const { rows: found } = await client.query<{ others: boolean }>(
          `select "blockedAt" is not null and "blockedByParty" is distinct from $2 as others from sign_in."user" where email = $1 for update`,
          [email, party ?? null],
        );
        if (found[0] === undefined) return 'unknown';
        if (party !== undefined && found[0].others) return isBlocked ? 'changed' : 'of-the-house';
        const { rows } = await client.query<{ id: string }>(
          `update sign_in."user" set "blockedAt" = case when $2 then coalesce("blockedAt", clock_timestamp()) end,
                  "blockedByParty" = case when $2 then $3 end, "updatedAt" = clock_timestamp()
            where email = $1 returning id`,
          [email, isBlocked, party ?? null],
        );
        if (rows[0] === undefined) return 'unknown';
        if (isBlocked) {
          await client.query('delete from sign_in.session where "userId" = $1', [rows[0].id]);
          await client.query('delete from sign_in.verification where value = $1', [rows[0].id]);
        } else await client.query('delete from sign_in.failure where email = $1', [email]);
        return 'changed';
      }),
    dropSecondFactor: (email) =>
      transaction(async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `update sign_in."user" set "twoFactorEnabled" = false, "updatedAt" = clock_timestamp() where email = $1 returning id`,
          [email],
        );
        if (rows[0] === undefined) return false;
        await client.query('delete from sign_in."twoFactor" where "userId" = $1', [rows[0].id]);
        await client.query('delete from sign_in.session where "userId" = $1', [rows[0].id]);
        return true;
      }),
    makeInvitation: (personId, untilMicros) =>
      transaction(async (client) => {
        const token = secret();
        // As better-auth's own resets: its `/reset-password` takes it, once.
        await client.query(`delete from sign_in.verification where value = $1 and identifier like 'reset-password:%'`, [personId]);
        await client.query('insert into sign_in.verification (id, identifier, value, "expiresAt") values ($1, $2, $3, $4)', [
          ...[secret(), `reset-password:${token}`, personId, formatTimestamptz(untilMicros)],
        ]);
        return token;
      }),
    makeRecovery: (personId, untilMicros) =>
      transaction(async (client) => {
        const token = secret();
        const until = formatTimestamptz(untilMicros);
        await client.query(
          `delete from sign_in.verification where value = $1 and identifier like 'reset-password:%' and "expiresAt" <= $2`,
          [personId, until],
        );
        await client.query('insert into sign_in.verification (id, identifier, value, "expiresAt") values ($1, $2, $3, $4)', [
          ...[secret(), `reset-password:${token}`, personId, until],
        ]);
        return token;
      }),
    async lockedUntil(email, place) {
      const { rows } = await pool.query<{ locked_until: number | null }>(
        `select max(locked_until) as locked_until from sign_in.failure f
          where email = $1 and locked_until > clock_timestamp()
            and (place = $2 or (place = '*' and not exists (select from sign_in.known_place k where k.email = $1 and k.place = $2)))`,
        [email, place],
      );
      return rows[0]?.locked_until ?? undefined;
    },
    failed: (email, place, { most, mostElsewhere, lockMs }) =>
      transaction(async (client) => {
        await client.query(`delete from sign_in.failure where first_at < clock_timestamp() - interval '1 day'`);
        await client.query(
          `insert into sign_in.failure as f (email, place, count)
           select $1, p.place, 1 from (values ($2::text, 1), ('*', 2)) p (place, turn)
            where p.place <> '*' or not exists (select from sign_in.known_place k where k.email = $1 and k.place = $2) order by turn
           on conflict (email, place) do update set
             count = case when f.first_at < clock_timestamp() - $5 * interval '1 ms' then 1 else f.count + 1 end,
             first_at = case when f.first_at < clock_timestamp() - $5 * interval '1 ms' then clock_timestamp() else f.first_at end,
             locked_until = case when f.first_at >= clock_timestamp() - $5 * interval '1 ms'
                                  and f.count + 1 >= case f.place when '*' then $4::integer else $3::integer end
                                 then clock_timestamp() + $5 * interval '1 ms' end`,
          [email, place, most, mostElsewhere, lockMs],
        );
      }),
    succeeded: (email, place) =>
      transaction(async (client) => {
        await client.query('delete from sign_in.failure where email = $1 and place = $2', [email, place]);
        await client.query(`delete from sign_in.known_place where last_at < clock_timestamp() - interval '${PLACE_KNOWN_DAYS} days'`);
        await client.query(
          `insert into sign_in.known_place (email, place) values ($1, $2) on conflict (email, place) do update set last_at = clock_timestamp()`,
          [email, place],
        );
      }),
    async ofInvitation(token) {
      const { rows } = await pool.query<PersonRow>(
        `${PEOPLE} join sign_in.verification v on v.value = u.id where v.identifier = $1 and v."expiresAt" > clock_timestamp()`,
        [`reset-password:${token}`],
      );
      return rows[0] === undefined ? undefined : personFrom(rows[0]);
    },
    async takeCode(personId, code) {
      await pool.query(`delete from sign_in.used_code where used_at < clock_timestamp() - interval '5 minutes'`);
      const { rowCount } = await pool.query('insert into sign_in.used_code (user_id, code) values ($1, $2) on conflict do nothing', [
        personId,
        code,
      ]);
      return rowCount === 1;
    },
    async takeRecovery(email, mostAnHour) {
      await pool.query(`delete from sign_in.recovery where asked_at < clock_timestamp() - interval '1 hour'`);
      const { rowCount } = await pool.query(
        'insert into sign_in.recovery (email) select $1::text where (select count(*) from sign_in.recovery where email = $1) < $2',
        [email, mostAnHour],
      );
      return rowCount === 1;
    },
    async findLinked(issuer, subject) {
      const { rows } = await pool.query<PersonRow>(
        `${PEOPLE} join sign_in.account a on a."userId" = u.id where a."providerId" = $1 and a."accountId" = $2`,
        [issuer, subject],
      );
      return rows[0] === undefined ? undefined : personFrom(rows[0]);
    },
    async link(personId, issuer, subject) {
      await pool.query(
        `insert into sign_in.account (id, "accountId", "providerId", "userId", "updatedAt") values ($1, $2, $3, $4, clock_timestamp())
         on conflict ("providerId", "accountId") do nothing`,
        [secret(), subject, issuer, personId],
      );
    },
  };
}

/** Whether the configuration of now has this party. */
export async function hasParty({ pool }: Database, party: string): Promise<boolean> {
  const { rowCount } = await pool.query(`select from config_version where kind = 'parties' and key = $1 and known_to = 'infinity'`, [
    party,
  ]);
  return rowCount === 1;
}

function personFrom(row: PersonRow): Person {
  // The list of roles is closed, and only it was written.
  if (!isRole(row.role)) throw new Error(`${row.email} has the unknown role ${row.role}`);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    party: row.party ?? undefined,
    hasSecondFactor: row.second_factor,
    isBlocked: row.blocked,
    hasPassword: row.has_password,
    invitedBy: row.invited_by,
    createdMicros: row.created_at,
    seenMicros: row.seen_at ?? undefined,
  };
}

/** 192 bits that nobody guesses. */
function secret(): string {
  return randomBytes(24).toString('base64url');
}
