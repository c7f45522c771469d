/** What stands in the books beside calls, as much as a large house has of it: long work, the audit trail, the ledger, documents, messages; and people who sign in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inviteUser } from '#app/access/users.ts';
import { applyConfiguration } from '#app/configuration.ts';
import type { Database } from '#storage/database.ts';
import { writeConfiguration } from './load-traffic.ts';

/** Of the carriers of `writeTraffic`, and the partners whose calls are seeded. */
export async function configurePartners(database: Database, folder: string, partners: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeConfiguration(folder);
  const all = Array.from({ length: partners }, (_, at) => `partner-${at}`);
  const lines = [
    'parties:',
    ...all.map((id) => `  - {id: ${id}, name: ${id}, kind: carrier}`),
    'accounts:',
    ...all.map((id) => `  - {id: ${id}, party: ${id}, legalEntity: own, currency: USD}`),
    'agreements:',
    ...all.map(
      (id) =>
        `  - {id: ${id}, name: ${id}, account: ${id}, zone: UTC, currency: USD, validFrom: 2026-01-01, rounding: {decimals: 6, mode: half-up}, seconds: as-given, services: [{service: voice, role: incoming, tariff: alpha}, {service: voice, role: outgoing, tariff: alpha}]}`,
    ),
  ];
  writeFileSync(join(folder, 'partners.yaml'), `${lines.join('\n')}\n`);
  await applyConfiguration(database, { folder, dryRun: false, closeMissing: false });
}

/** As many of each as `many`, once. Without chains and their checks: lists do not look at them. */
export function writeBooks(database: Database, many: number, partners: number): Promise<boolean> {
  return database.transaction(async (client) => {
    const { rows } = await client.query('select from job limit 1');
    if (rows.length > 0) return false;
    await client.query('set local session_replication_role = replica; set local jit = off');
    await client.query(
      `insert into job (kind, title, input, by_id, by_name, state, ended_at)
         select 'verify-ledger', 'Verify ' || n, '{}', 'user:1', 'clerk', case when n = 1000 then 'failed' else 'done' end, clock_timestamp() from generate_series(1, $1::int) n`,
      [many],
    );
    await client.query(
      `insert into audit_entry (sequence, at, stage, actor_kind, actor, operation, subject_kind, subject, content_hash, hash)
         select n, timestamptz '2026-10-01' + n * interval '1 second', case when n = 1000 then 'refused' else 'changed' end, 'user', 'user-' || n % 100,
                case when n = 2000 then 'closePeriod' else 'stepInDispute' end, 'dispute', 'dispute-' || n % 5000, sha256(n::text::bytea), sha256(n::text::bytea)
           from generate_series(1, $1::int) n`,
      [many],
    );
    await client.query(
      `insert into audit_content (sequence, salt, name, asked)
         select n, '\\x00', case when n = 3000 then 'rarely@house.example' else 'clerk-' || n % 100 end, '{"note":"seeded"}' from generate_series(1, $1::int) n`,
      [many],
    );
    await client.query('update audit_head set sequence = $1', [many]);
    await client.query(
      `insert into ledger_entry (entry_id, legal_entity, sequence, day, cause_kind, cause_id, description, booked_by, booked_at, postings, hash)
         select n, 'own', n, date '2025-01-01' + (n * 600 / $1::int)::int, case when n = 4000 then 'write-off' else 'document' end, 'D-' || n, 'Document D-' || n, 'bench', now(), 2, sha256(n::text::bytea)
           from generate_series(1, $1::bigint) n`,
      [many],
    );
    await client.query(
      `insert into ledger_posting (entry_id, line, ledger_account, account, document, currency, amount_nanos, entity_amount_nanos)
         select n, line, case when line = 1 then 'receivable' when n = 4000 then 'write-off' else 'revenue' end, case when line = 1 then 'partner-' || n % $2::int end,
                case when line = 1 then 'D-' || n end, 'USD', case line when 1 then 1000000000 else -1000000000 end, case line when 1 then 1000000000 else -1000000000 end
           from generate_series(1, $1::bigint) n, generate_series(1, 2) line`,
      [many, partners],
    );
    await client.query(
      `insert into invoice (legal_entity, number, series, scope, sequence, key, kind, account, party, currency, issue_day, due_day, tax_day, net_nanos, tax_nanos, total_nanos, prepaid_nanos, content, sha256, issued_by)
         select 'own', 'D-' || n, 'D', '', n, 'key ' || n, case when n = 5000 then 'debit-note' else 'invoice' end, 'partner-' || n % $2::int, 'partner-' || n % $2::int, 'USD', date '2025-01-01' + (n * 600 / $1::int)::int,
                date '2025-02-01', date '2025-01-01', 1000000000, 0, 1000000000, 0, '{}', encode(sha256(n::text::bytea), 'hex'), 'bench' from generate_series(1, $1::bigint) n`,
      [many, partners],
    );
    await client.query(
      `insert into webhook_endpoint (endpoint_id, url, secret, types, made_by) values ('bench', 'https://hooks.example', 'env:NONE', '{charging.*}', 'bench')`,
    );
    await client.query(
      `insert into webhook_event (source_key, type, subject, happened_at, body) select 'bench ' || n, 'charging.topped-up', 'account-' || n % 1000, now(), '{}' from generate_series(1, $1::int) n`,
      [many],
    );
    await client.query(
      `insert into webhook_message (endpoint_id, event_id, subject, state, attempts, over_at)
         select 'bench', event_id, subject, case when event_id = 6000 then 'failed' else 'sent' end, 1, now() from webhook_event`,
    );
    await client.query(
      `insert into usage_file (source_id, name, sha256, size_bytes, archive_path, state, read, rated)
         select source_id, 'empty-' || n || '.csv', sha256(('empty' || n)::bytea), 0, 'seeded', 'loaded', 0, 0 from usage_source, generate_series(1, $1::int / 10) as n where usage_source.name = 'seeded'`,
      [many],
    );
    return true;
  });
}

const PASSWORD = 'nobody guesses the words of a bench';

/** A cookie of somebody with each of the roles, invited and signed in as people are. */
export async function signInAll(database: Database, origin: string, roles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const post = async (path: string, body: object): Promise<Response> => {
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/v1/sign-in/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const cookies = new Map<string, string>();
  for (const role of roles) {
    const email = `${role}@house.example`;
    const { rows } = await database.pool.query('select from sign_in."user" where email = $1', [email]);
    if (rows.length === 0) {
      const { token } = await inviteUser(database, { email, name: role, role, party: undefined, by: 'bench' });
      await post('reset-password', { token, newPassword: PASSWORD });
    }
    const answer = await post('sign-in/email', { email, password: PASSWORD });
    cookies.set(
      role,
      answer.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; '),
    );
  }
  return cookies;
}
