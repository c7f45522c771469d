/** By what people know who a person is, where anything of it is held. */
import type pg from 'pg';
import type { PersonTerms } from './tables.ts';

export interface NamedPerson {
  /** Of customers whose accounts of charging they are, and of people who sign in. */
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  /** Addresses of mail and other names that are no numbers. */
  readonly addresses: readonly string[];
  readonly accounts: readonly string[];
}

export async function selectPersonNamed(
  client: pg.ClientBase | pg.Pool,
  { numbers, texts, accounts, users }: PersonTerms,
): Promise<NamedPerson> {
  const { rows } = await client.query<{ name: string; email: string | null }>(
    `select c.body ->> 'name' as name, c.body ->> 'email' as email
       from (select distinct on (account_id) party from charging_party where account_id = any($1::text[])
              order by account_id, charging_party_id desc) p
       join config_version c on c.kind = 'parties' and c.key = p.party and c.known_to = 'infinity'
     union select name, email from sign_in."user" where id = any($2::text[]) order by 1, 2`,
    [accounts, users],
  );
  const mails = rows.flatMap(({ email }) => (email === null ? [] : [email]));
  return {
    names: [...new Set(rows.map(({ name }) => name))],
    numbers,
    addresses: [...new Set([...texts.filter((each) => !accounts.includes(each)), ...mails])],
    accounts,
  };
}
