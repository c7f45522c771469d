/**
 * What a partner and a customer can see: by SQL under their database roles, and by every operation of the API. The other party has the same
 * kinds of rows, so that what is hidden is there.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { KNOWN } from '#api/operation.ts';
import { makeApiKey } from '#app/access/keys.ts';
import { blockUser, inviteUser } from '#app/access/users.ts';
import { describedOperations } from '#app/api/operations.ts';
import { raise } from '#app/disputes.ts';
import { MOST_A_DAY } from '#operations/access/colleagues.ts';
import { permissions } from '#operations/access/permissions.ts';
import { viewedBy } from '#operations/access/ports.ts';
import { isRole, roles } from '#operations/access/roles.ts';
import { peopleBooksOn } from '#storage/access/people.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { type ServerUnderTest, startServer } from '../api/server-under-test.ts';
import { recorded, type World, withWorld } from '../support/partner-world.ts';

/** Tables with rows of parties; `customer` where customers see theirs, too. A new table is named here or below: no third way. */
const ofParties: Readonly<Record<string, 'partner' | 'customer'>> = {
  ...{ config_version: 'customer', invoice: 'customer', ledger_posting: 'customer', ledger_entry: 'customer', dispute: 'customer' },
  ...{ dispute_step: 'customer', dispute_evidence: 'customer', kept_file: 'customer', card_link: 'customer', dunning_notice: 'customer' },
  ...{ rate_import: 'partner', rate: 'partner', rollup_line: 'partner', rollup_sum: 'partner', statement_recorded: 'partner' },
  ...{ statement_charge: 'partner', statement_deal: 'partner', statement_amount: 'partner', statement_outcome: 'partner' },
  ...{ statement_approval: 'partner', netting: 'partner', netting_decision: 'partner', netting_confirmation: 'partner' },
  ...{ declaration: 'partner', declaration_line: 'partner', partner_invoice: 'partner', partner_invoice_cover: 'partner' },
  ...{ partner_invoice_step: 'partner', party_call: 'partner', rollup: 'partner', partner_invoice_accepted: 'partner' },
  ...{ usage_traffic: 'partner', dispute_message: 'customer', sent_rate_sheet: 'partner', charging_party: 'customer' },
  ...{ invoice_issued: 'customer', ledger_open_item: 'customer', disputed_amount: 'customer', knowledge: 'customer' },
};

/** Which columns say whose a row is. */
const whose: Readonly<Record<string, string>> = { party: 'borealis', account: 'borealis-usd', agreement: 'borealis-2026' };

let world: World;
let server: ServerUnderTest;
let finish: () => void = () => undefined;
let ended: Promise<void> = Promise.resolve();
before(async () => {
  await new Promise<void>((ready, failed) => {
    ended = withWorld({ domestic: true }, async (opened) => {
      world = opened;
      await world.load(['2026-10-05', '40.5']);
      await world.loadTheirs(['2026-10-06', '100']);
      await world.database.pool.query(
        `insert into webhook_endpoint (endpoint_id, url, secret, types, made_by) values ('all', 'https://hooks.example/', 'env:SECRET', '{*}', 'test'),
           ('invoices', 'https://hooks.example/', 'env:SECRET', '{invoice.*}', 'test')`,
      );
      await world.close('2026-11-01');
      const { rows } = await world.database.pool.query<{ number: string }>('select number from invoice');
      await raise(world.database, {
        ...{ document: rows[0]?.number ?? '', amount: '10', reason: 'less was carried', by: 'them', day: '2026-11-10', respondDays: 30 },
        ...{ evidence: [], recorded },
      });
      await another(world);
      server = await startServer(world.database);
      ready();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      await server.close();
    });
    ended.catch(failed);
  });
});
after(async () => {
  finish();
  await ended;
});

/** A second partner, Andina, with a copy of everything that the first one has. */
async function another({ database }: World): Promise<void> {
  const copy = (table: string, changes: Readonly<Record<string, string>>, condition = 'true'): Promise<unknown> =>
    database.pool.query(
      `insert into ${table} overriding system value
       select (jsonb_populate_record(t, ${Object.entries(changes)
         .map(([column, value]) => `jsonb_build_object('${column}', ${value})`)
         .join(' || ')})).* from ${table} t where ${condition}`,
    );
  const renamed = (column: string): string =>
    `replace(replace(replace(${column}::text, 'borealis', 'andina'), 'Borealis', 'Andina'), '"tariff": "', '"tariff": "andina-')`;
  await copy('config_version', { version_id: 'version_id + 1000', key: `'andina-' || key` }, `kind = 'tariffs'`);
  await copy('rate', { rate_id: 'rate_id + 1000', tariff: `'andina-' || tariff` });
  await copy(
    'config_version',
    { version_id: 'version_id + 1000', key: renamed('key'), body: `${renamed('body')}::jsonb` },
    `kind in ('parties', 'accounts', 'agreements')`,
  );
  // For a moment it was Borealis's, by mistake: what was replaced gives nothing.
  for (const [kind, field, value] of [
    ['accounts', 'party', 'borealis'],
    ['agreements', 'account', 'borealis-usd'],
  ])
    await database.pool.query(
      `insert into config_version (kind, key, body, known_from, known_to)
       select kind, key, jsonb_set(body, array[$2], to_jsonb($3::text)), known_from - interval '2 days', known_from - interval '1 day'
         from config_version where kind = $1 and version_id > 1000 and known_to = 'infinity'`,
      [kind, field, value],
    );
  await copy('rollup_line', { line_id: 'line_id + 1000', agreement: renamed('agreement'), version_id: 'version_id + 1000' });
  await copy('rollup_sum', { line_id: 'line_id + 1000' });
  await copy('statement_recorded', {
    statement_id: 'statement_id + 1000',
    id: renamed('id'),
    agreement: renamed('agreement'),
    account: renamed('account'),
  });
  for (const table of ['statement_amount', 'statement_outcome']) await copy(table, { statement_id: 'statement_id + 1000' });
  await copy('dispute', { dispute_id: 'dispute_id + 1000', account: renamed('account'), document: `'X-' || document` });
  await copy('dispute_step', { dispute_id: 'dispute_id + 1000' });
  await copy('invoice', {
    ...{ invoice_id: 'invoice_id + 1000', number: `'X-' || number`, sequence: 'sequence + 1000', key: `'X' || key` },
    ...{ account: renamed('account'), party: renamed('party'), statement: renamed('statement') },
  });
}

async function tables(): Promise<readonly string[]> {
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p', 'v', 'm') and relnamespace = 'public'::regnamespace and not relispartition`,
  );
  return rows.map(({ name }) => name);
}

const viewOf = (role: 'partner' | 'customer', party = 'borealis') => ({ role, party });

test('over the API a webhook names only secrets that an endpoint or the settings have; no other variable or file of the server', async () => {
  const put = (name: string, secret: string) =>
    server.ask(`/v1/webhooks/${name}`, {
      method: 'PUT',
      key: `put-${name}`,
      body: { url: 'https://hooks.example/', secret, types: ['payment.*'] },
    });
  for (const secret of ['env:HOME', 'file:/etc/passwd', 'env:SECRET ', 'whsec_plain']) {
    const { status, body } = await put('other', secret);
    assert.ok(status === 422 || status === 400, `${secret} ${status} ${JSON.stringify(body)}`);
  }
  const { rowCount } = await world.database.pool.query(`select from webhook_endpoint where endpoint_id = 'other'`);
  assert.equal(rowCount, 0);
  const { status, body } = await put('invoices', 'env:SECRET');
  assert.equal(status, 200, JSON.stringify(body));
  await world.database.pool.query(`update webhook_endpoint set types = '{invoice.*}' where endpoint_id = 'invoices'`);
});

test('every table is of parties, with policies, or the house’s alone; nobody decides that by forgetting', async () => {
  const { pool } = world.database;
  for (const name of await tables()) {
    const decided = ofParties[name];
    for (const role of ['partner', 'customer'] as const) {
      const { rows } = await pool.query<{ may: boolean; writes: boolean; guarded: boolean }>(
        `select has_table_privilege($1, $2::regclass, 'select') as may, has_table_privilege($1, $2::regclass, 'insert, update, delete, truncate') as writes,
                (select relkind = 'v' or relrowsecurity from pg_class where oid = $2::regclass) as guarded`,
        [`carillon_${role}`, `public."${name}"`],
      );
      const mayRead = decided === 'customer' || decided === role;
      assert.deepEqual([name, role, rows[0]?.may, rows[0]?.writes], [name, role, mayRead, false]);
      if (mayRead && name !== 'knowledge') assert.equal(rows[0]?.guarded, true, `${name} can be read without a policy`);
    }
  }
  const { rows } = await pool.query<{ schema: boolean }>(`select has_schema_privilege('carillon_partner', 'sign_in', 'usage') as schema`);
  assert.equal(rows[0]?.schema, false, 'the tables of sign-in are the house’s');
  const { rows: views } = await pool.query<{ relname: string }>(
    `select relname from pg_class where relkind = 'v' and relname = any($1) and relname <> 'party_call' and coalesce(reloptions::text, '') !~ 'security_invoker=true'`,
    [Object.keys(ofParties)],
  );
  assert.deepEqual(views, [], 'a view reads with the rights of who asks');
});

test('what is no table gives a party nothing either: functions of the house, sequences, statistics, what others ask at this moment', async () => {
  const { pool } = world.database;
  await pool.query('analyze');
  const { rows: functions } = await pool.query<{ name: string; body: string }>(
    `select p.proname as name, p.prosrc as body from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname !~ '^pg_|^information_schema$' and has_function_privilege('carillon_partner', p.oid, 'execute') order by 1`,
  );
  assert.ok(functions.length > 5);
  // With the rights of the house, and so for the party that the transaction is of, by itself or by another of them.
  for (const { name, body } of functions) assert.match(body, /carillon_(party|own_\w+)\(\)/, `${name} reads with the rights of the house`);
  for (const role of ['partner', 'customer'] as const) {
    const { rows: others } = await pool.query<{ what: string }>(
      `select c.oid::regclass::text as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^pg_|^information_schema$' and case c.relkind
          when 'S' then has_sequence_privilege($1, c.oid, 'usage, select, update')
          when 'i' then false
          else n.nspname <> 'public' and has_schema_privilege($1, n.oid, 'usage') and has_table_privilege($1, c.oid, 'select') end
       union all select rolname from pg_roles where pg_has_role($1, oid, 'member') and rolname <> $1
       union all select rolname from pg_roles where rolname = $1 and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)
       union all select 'makes tables' where has_schema_privilege($1, 'public', 'create')`,
      [`carillon_${role}`],
    );
    assert.deepEqual(others, [], role);
    const { rows: seen } = await viewedBy(viewOf(role), () =>
      pool.query<{ what: string }>(
        `select query as what from pg_stat_activity where pid <> pg_backend_pid() and query not in ('', '<insufficient privilege>')
         union all select tablename || ' ' || attname from pg_stats where schemaname = 'public' and tablename <> 'knowledge'`,
      ),
    );
    assert.deepEqual(seen, [], role);
  }
});

test('a statement without a WHERE gives a partner its own rows, all of them and no others; without a party it gives none', async () => {
  const { pool } = world.database;
  const withRows: string[] = [];
  for (const [name, most] of Object.entries(ofParties)) {
    for (const role of ['partner', 'customer'] as const) {
      if (role === 'customer' && most === 'partner') continue;
      const seen = await viewedBy(viewOf(role), () => pool.query<Record<string, unknown>>(`select * from ${name}`));
      for (const row of seen.rows)
        for (const [column, own] of Object.entries(whose))
          if (typeof row[column] === 'string') assert.equal(row[column], own, `${name}.${column} as ${role}`);
      const others = await viewedBy(viewOf(role, 'andina'), () => pool.query(`select * from ${name}`));
      const nobody = await viewedBy(viewOf(role, 'nobody'), () => pool.query(`select * from ${name}`));
      const unsaid = await viewedBy(viewOf(role, ''), () => pool.query(`select * from ${name}`));
      if (name === 'knowledge') continue;
      assert.deepEqual([name, nobody.rowCount, unsaid.rowCount], [name, 0, 0]);
      if ((seen.rowCount ?? 0) === 0) continue;
      withRows.push(name);
      if (name === 'party_call') continue; // the house, which is no party, sees calls elsewhere
      const whole = await pool.query(`select * from ${name}`);
      assert.ok((whole.rowCount ?? 0) >= (seen.rowCount ?? 0), name);
      if ((others.rowCount ?? 0) > 0) assert.ok((whole.rowCount ?? 0) > (seen.rowCount ?? 0), `${name}: the other's rows are hidden`);
    }
  }
  for (const name of [
    'config_version',
    'invoice',
    'invoice_issued',
    'rollup',
    'statement_recorded',
    'statement_outcome',
    'dispute',
    'dispute_step',
    'rate',
    'party_call',
    'ledger_posting',
    'ledger_open_item',
  ])
    assert.ok(withRows.includes(name), `${name} shows nothing to its own party`);
});

test('under the eyes of a party nothing is changed, no table of the house is read, and no other way to a connection is open', async () => {
  const { pool, transaction } = world.database;
  const seen = <T>(work: () => Promise<T>): Promise<T> => viewedBy(viewOf('partner'), work);
  for (const table of ['usage_event', 'payment', 'api_key', 'audit_entry', 'charging_account', 'sign_in."user"'])
    await assert.rejects(
      seen(() => pool.query(`select * from ${table}`)),
      /permission denied/,
      table,
    );
  for (const change of [`update dispute set reason = ''`, 'delete from invoice', `insert into knowledge values (now())`])
    await assert.rejects(
      seen(() => pool.query(change)),
      /permission denied|read-only/,
      change,
    );
  await assert.rejects(
    seen(async () => pool.connect()),
    /past the rows/,
  );
  const injected = viewOf('partner', `x'; set local role postgres; --`);
  assert.equal((await viewedBy(injected, () => transaction((client) => client.query('select * from invoice')))).rowCount, 0);
  // What it was set to ends with the transaction: the connection is the house's again.
  assert.equal(
    (await pool.query(`select current_setting('carillon.party', true) as party, current_user = session_user as self`)).rows[0]?.self,
    true,
  );
});

/** Addresses of what there is: of Borealis, and of Andina. */
async function addresses(of: 'borealis' | 'andina'): Promise<Readonly<Record<string, string>>> {
  const one = async (sql: string): Promise<string> => String((await world.database.pool.query<{ id: unknown }>(sql)).rows[0]?.id ?? 'none');
  return {
    ...{ party: of, account: `${of}-usd`, agreement: `${of}-2026`, period: '2026-10', session: 'none' },
    tariff: of === 'andina' ? 'andina-buy' : 'buy',
    number: encodeURIComponent(await one(`select number as id from invoice where party = '${of}'`)),
    dispute: await one(`select dispute_id as id from dispute where account = '${of}-usd'`),
    ...{ payment: 'PAY-1', record: '1', charge: '1%2Fin', declaration: '999' },
  };
}

/** What operations ask to be told. */
function neededOf(properties: object): string {
  const has = (...names: readonly string[]): boolean => names.every((name) => name in properties);
  if (has('format') && !has('from')) return '?format=csv';
  if (has('on', 'since')) return '?on=2026-11-02&since=2026-10-01';
  return has('from', 'to') && !has('trunk')
    ? `?from=2026-10-01&to=2026-10-31${has('rows') ? '&rows=day' : ''}${has('format') ? '&format=csv' : ''}`
    : '';
}

test('every operation answers the roles that have its permission, parties with what is theirs, and for another’s as if it did not exist', async () => {
  const own = await addresses('borealis');
  const foreign = await addresses('andina');
  const keyOf = async (role: string): Promise<string> => {
    const isOfParty = role === 'partner';
    const words = { name: role, expiresMicros: undefined, createdBy: 'test', party: isOfParty ? 'borealis' : undefined };
    assert.ok(isRole(role));
    return (await makeApiKey(world.database, { ...words, permissions: roles[role].permissions })).key;
  };
  const shown: string[] = [];
  for (const [role, { permissions: allowed }] of Object.entries(roles)) {
    if (role === 'customer') continue; // keys are the house's or a partner's; the same frame serves both, and SQL above tells them apart
    const authorization = `Bearer ${await keyOf(role)}`;
    for (const { id, method, path, permission, forParties = [], kind, query } of describedOperations()) {
      assert.ok(permission === KNOWN || permission in permissions);
      const isAllowed =
        permission === KNOWN || (allowed.some((each) => each === permission) && (role !== 'partner' || forParties.includes('partner')));
      const ask = (names: Readonly<Record<string, string>>) =>
        server.ask(
          path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => names[name] ?? (name === 'sha256' ? '0'.repeat(64) : 'none')) +
            neededOf(query?.properties ?? {}),
          {
            method,
            headers: { authorization },
            ...(method === 'GET' ? {} : { body: {}, key: `m-${id}-${role}` }),
          },
        );
      if (kind === 'events' && isAllowed) continue; // it would not end
      const { status, body } = await ask(own);
      assert.notEqual(body.code, 'api.fault', `${id} as ${role}: ${status} ${server.faults.join('\n')}`);
      assert.equal(
        status === 403 && body.code === 'api.permission-missing',
        !isAllowed,
        `${id} as ${role}: ${status} ${JSON.stringify(body)}`,
      );
      if (role !== 'partner' || !isAllowed || method !== 'GET') continue;
      if (status === 200) shown.push(id);
      assert.doesNotMatch(JSON.stringify(body), /andina/i, `${id} shows another's`);
      if (!path.includes('{')) continue;
      const other = await ask(foreign);
      const none = await ask({ dispute: '99999', declaration: '998' });
      assert.ok(other.status === 404 || other.status === 409, `${id} of another: ${other.status} ${JSON.stringify(other.body)}`);
      assert.equal(other.body.code, none.body.code, `${id}: another's answers otherwise than what does not exist`);
    }
  }
  for (const id of [
    'listParties',
    'getParty',
    'listAgreements',
    'getAgreement',
    'listRateSheets',
    'getStatement',
    'listDocuments',
    'getDocument',
    'listDisputes',
    'getDispute',
    'getAccountMoves',
    'listOpenItems',
    'listPortalPaymentDetails',
    'listPortalDeclarations',
    'listPortalInvoices',
    'getPortalTraffic',
    'listPortalCauses',
    'listPortalTariffs',
    'listPortalRateSheets',
    'listDisputeMessages',
    'getBrand',
  ])
    assert.ok(shown.includes(id), `${id} shows a partner nothing of its own`);
});

test('a partner contests, answers, and administers its own people and keys; what is another’s cannot be touched; each is told', async () => {
  const [own, foreign] = [await addresses('borealis'), await addresses('andina')];
  const words = { expiresMicros: undefined, createdBy: 'test', permissions: roles.partner.permissions };
  const secretOf = async (party: string) => (await makeApiKey(world.database, { ...words, name: `of ${party}`, party })).key;
  const [authorization, others] = [`Bearer ${await secretOf('borealis')}`, `Bearer ${await secretOf('andina')}`];
  let key = 0;
  const ask = async (method: string, path: string, body?: object, as = authorization, more = {}) => {
    key += 1;
    const answer = await server.ask(path, {
      method,
      headers: { authorization: as, ...more },
      ...(body === undefined ? {} : { body }),
      key: `portal-${key}`,
    });
    return answer;
  };
  const document = decodeURIComponent(own.number ?? '');
  const raised = await ask('POST', '/v1/portal/disputes', { document, amount: '5.00', reason: 'ten calls too many' });
  assert.equal(raised.status, 201, JSON.stringify(raised.body));
  const mine = `/v1/portal/disputes/${raised.body.dispute}/steps`;
  assert.equal((await ask('POST', mine, { kind: 'withdrawn', note: 'found them' }, others)).body.code, 'dispute.unknown');
  const seen = await ask('GET', `/v1/disputes/${raised.body.dispute}`);
  const withdraw = (etag: unknown) =>
    ask('POST', mine, { kind: 'withdrawn', note: 'found them' }, authorization, { 'if-match': String(etag) });
  assert.equal((await withdraw('"another"')).body.code, 'api.precondition-failed');
  assert.equal((await withdraw(seen.headers.etag)).status, 201);
  assert.equal((await withdraw(seen.headers.etag)).body.code, 'api.precondition-failed');
  // While somebody changes it, another party is not told so, and its attempts hold nobody up.
  const guard = createHash('sha256').update(`getDispute {"dispute":"${raised.body.dispute}"}`).digest('base64url');
  const repetitions = repetitionBooksOn(world.database);
  assert.equal((await repetitions.claim('if-match', guard, guard)).kind, 'ours');
  const meanwhile = (as: string) => ask('POST', mine, { kind: 'withdrawn', note: 'x' }, as, { 'if-match': '"x"' });
  assert.deepEqual(
    [(await meanwhile(authorization)).body.detail, (await meanwhile(others)).body.code],
    ['somebody else changes it at this moment', 'dispute.unknown'],
  );
  await repetitions.release('if-match', guard);
  const { rows: steps } = await world.database.pool.query<{ by: string }>(
    'select recorded_by as by from dispute_step where dispute_id = $1 order by 1 limit 1',
    [raised.body.dispute],
  );
  assert.equal(steps[0]?.by, 'key of borealis of borealis');
  // Words and files go both ways; what is not theirs is not there, neither the dispute nor its evidence.
  const send = async (name: string, content: string, as = authorization) => {
    const headers = { authorization: as, 'content-type': 'application/octet-stream' };
    return (await server.ask(`/v1/portal/uploads?name=${name}`, { method: 'POST', headers, body: content, key: `up-${name}` })).body.upload;
  };
  const talk = `/v1/portal/disputes/${raised.body.dispute}/messages`;
  const proof = await send('proof.csv', 'call;seconds\n1;60\n');
  assert.equal((await ask('POST', talk, { words: 'see for yourselves', files: [proof] })).status, 201);
  const wrong = await ask('POST', talk, { files: [await send('proof.pdf', 'MZ, a program')] });
  for (const words of ['turned \u202earound', 'bell \u0007'])
    for (const [path, body] of [
      [talk, { words }],
      [mine, { kind: 'offered', amount: '1.00', note: words }],
      ['/v1/portal/disputes', { document, reason: words }],
    ] as const)
      assert.deepEqual([(await ask('POST', path, body)).status, path], [400, path]);
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'dispute.message-refused']);
  assert.equal((await ask('POST', talk, { words: 'x' }, others)).body.code, 'dispute.unknown');
  assert.equal((await ask('POST', talk, { files: [proof] }, others)).body.code, 'dispute.unknown');
  const byHouse = { method: 'POST', body: { words: 'we look' }, key: 'by-house' };
  assert.equal((await server.ask(`/v1/disputes/${raised.body.dispute}/messages`, byHouse)).status, 201);
  const said = (await ask('GET', `/v1/disputes/${raised.body.dispute}/messages`)).body.items;
  assert.deepEqual(
    said.map(({ by, words, who, files }: { by: string; words: string; who?: string; files: readonly { name: string }[] }) => [
      ...[by, words, who, files.map(({ name }) => name).join()],
    ]),
    [
      ['them', 'see for yourselves', 'key of borealis of borealis', 'proof.csv'],
      ['us', 'we look', undefined, ''],
    ],
  );
  assert.equal((await ask('GET', `/v1/disputes/${raised.body.dispute}/messages`, undefined, others)).body.code, 'dispute.unknown');
  const evidence = `/v1/disputes/${raised.body.dispute}/evidence/${proof}`;
  for (const [as, status] of [
    [authorization, 200],
    [others, 404],
  ] as const)
    assert.equal((await server.api.server.inject({ url: evidence, headers: { authorization: as } })).statusCode, status);

  const stolen = await ask('POST', '/v1/portal/disputes', { document: decodeURIComponent(foreign.number ?? ''), reason: 'x' });
  assert.deepEqual([stolen.status, stolen.body.code], [404, 'invoice.unknown']);

  // What a statement and a document bill, as files; another's are not there.
  const fileAs = (url: string, as: string) => server.api.server.inject({ url, headers: { authorization: as } });
  const detail = `/v1/portal/documents/${own.number}/detail`;
  assert.match((await fileAs(detail, authorization)).body, /^line,direction,.*\r\n1,/);
  assert.equal((await fileAs('/v1/portal/statements/borealis-2026/2026-10/csv', authorization)).statusCode, 200);
  assert.match((await fileAs('/v1/portal/statements/borealis-2026/2026-10/pdf', authorization)).body, /^%PDF/);
  for (const url of [detail, '/v1/portal/statements/borealis-2026/2026-10/pdf'])
    assert.equal((await fileAs(url, others)).statusCode, 404, url);
  const finance = { ...words, permissions: ['documents:read'], name: 'finance', party: undefined };
  const masked = await fileAs(`/v1/documents/${own.number}/detail`, `Bearer ${(await makeApiKey(world.database, finance)).key}`);
  assert.match(masked.body.split('\r\n')[1] ?? '', /,\d+\*{4},/, 'who may not see numbers sees none');
  assert.doesNotMatch((await fileAs(detail, authorization)).body, /\*/);

  const [statement] = (await ask('GET', '/v1/portal/statements')).body.items;
  assert.deepEqual([statement.agreement, statement.period], ['borealis-2026', '2026-10']);
  const calls = await ask('GET', '/v1/portal/calls?from=2026-10-01&to=2026-10-31&limit=1');
  assert.deepEqual([calls.body.items[0].amount, calls.body.items[0].seconds], ['40.50', '60']);
  const rest = await ask('GET', `/v1/portal/calls?from=2026-10-01&to=2026-10-31&cursor=${calls.body.next}`);
  assert.deepEqual([rest.body.items[0].amount, rest.body.next, rest.body.deleted], ['100.00', null, undefined]);
  await world.database.pool.query(
    `insert into retention_deletion (kind, rule, from_day, to_day, records, bytes, deleted_by) values ('usage', 'test', '2025-01-01', '2025-02-01', 1, 1, 'test')`,
  );
  const gone = await ask('GET', '/v1/portal/calls?from=2025-01-10&to=2025-03-31');
  assert.deepEqual([gone.body.items, gone.body.deleted?.days], [[], [{ from: '2025-01-01', to: '2025-01-31' }]], JSON.stringify(gone.body));
  for (const [path, keys] of [
    ['/v1/portal/calls?from=2026-10-01&to=2026-10-31&', '[1e300,"1","x"]'],
    ['/v1/portal/calls?from=2026-10-01&to=2026-10-31&', '[-1e17,"1","x"]'],
    ['/v1/portal/calls?from=2026-10-01&to=2026-10-31&', '[1.5,"1","x"]'],
    ['/v1/portal/calls?from=2026-10-01&to=2026-10-31&', '[1,"1","x\\u0000"]'],
    ['/v1/documents?', '["2026-10-01",1e300]'],
  ] as const) {
    const forged = await ask('GET', `${path}cursor=${Buffer.from(keys).toString('base64url')}`);
    assert.deepEqual([forged.status, forged.body.code], [400, 'api.cursor-wrong'], keys);
  }
  for (const micros of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    const cursor = Buffer.from(`[${micros},"1","x"]`).toString('base64url');
    assert.equal((await ask('GET', `/v1/portal/calls?from=2026-10-01&to=2026-10-31&cursor=${cursor}`)).status, 200);
  }

  const [details, ...more] = (await ask('GET', '/v1/portal/payment-details')).body.items;
  assert.deepEqual([details.account, details.bankAccounts[0].iban, more.length], ['borealis-usd', 'DE02120300000000202051', 0]);
  const theirDetails = await ask('GET', '/v1/portal/payment-details', undefined, others);
  assert.deepEqual(
    theirDetails.body.items.map(({ account }: { account: string }) => account),
    ['andina-usd'],
  );

  // People are the business of people: a key may not, whatever it has.
  const byKey = await ask('POST', '/v1/portal/users', { email: 'lin@borealis.test', name: 'Lin' });
  assert.deepEqual([byKey.status, byKey.body.code], [403, 'access.person-only']);
  const house = await server.ask('/v1/users', {
    ...{ method: 'POST', body: { email: 'x@house.test', name: 'X', role: 'administrator' }, key: 'house-user' },
  });
  assert.deepEqual([house.status, house.body.code], [403, 'access.person-only']);
  const asPerson = (party: string) => ({ id: party, name: 'Pat', email: `pat@${party}.test`, role: 'partner', party }) as const;
  const asks = (method: string, path: string, body?: object, party = 'borealis') =>
    server.ask(path, { method, ...(body === undefined ? {} : { body }), person: asPerson(party) });
  const invited = await asks('POST', '/v1/portal/users', { email: 'Lin@borealis.test', name: 'Lin' });
  assert.deepEqual([invited.status, invited.body.user.role, invited.body.user.party], [201, 'partner', 'borealis']);
  assert.equal((await asks('GET', '/v1/portal/users', undefined, 'andina')).body.items.length, 0);
  // Another party is told nothing about the address: it looks as invited as any other, and its owner is as before.
  const elsewhere = await asks('POST', '/v1/portal/users', { email: 'lin@borealis.test', name: 'Lin B' }, 'andina');
  const unknown = await asks('POST', '/v1/portal/users', { email: 'new@andina.test', name: 'Lin B' }, 'andina');
  const shapeOf = ({ status, body }: typeof unknown) => [
    status,
    Object.keys(body.user),
    String(body.invitation).length,
    body.user.hasPassword,
  ];
  assert.deepEqual(shapeOf(elsewhere), shapeOf(unknown));
  for (const email of ['lin@borealis.test', 'new@andina.test']) {
    assert.equal((await asks('POST', '/v1/portal/users', { email, name: 'x' }, 'andina')).body.code, 'access.person-known', email);
    assert.equal((await asks('PUT', `/v1/portal/users/${email}/block`, { isBlocked: true }, 'andina')).status, 200, email);
  }
  const theirs = (await asks('GET', '/v1/portal/users', undefined, 'andina')).body.items;
  assert.deepEqual(
    theirs.map((each: { email: string; isBlocked: boolean }) => [each.email, each.isBlocked]),
    [
      ['lin@borealis.test', true],
      ['new@andina.test', true],
    ],
  );
  const people = peopleBooksOn(world.database);
  assert.equal((await people.find('lin@borealis.test'))?.isBlocked, false);
  assert.equal(await people.ofInvitation(elsewhere.body.invitation), undefined);
  // A customer of the party is the house's: neither shown nor blocked by its partner users.
  await inviteUser(world.database, { email: 'cu@borealis.test', name: 'Cu', role: 'customer', party: 'borealis', by: 'root' });
  assert.equal((await asks('PUT', '/v1/portal/users/cu@borealis.test/block', { isBlocked: true })).body.code, 'access.person-unknown');
  const shownPeople = (await asks('GET', '/v1/portal/users')).body.items;
  assert.deepEqual(
    shownPeople.map((each: { email: string; invitedBy: string }) => [each.email, each.invitedBy]),
    [['lin@borealis.test', 'the house']],
  );
  for (const name of ['a\u202eb', 'a\u0007'])
    assert.equal((await asks('POST', '/v1/portal/users', { email: 'y@borealis.test', name })).status, 400);
  for (let i = 1; i < MOST_A_DAY; i += 1)
    assert.equal((await asks('POST', '/v1/portal/users', { email: `n${i}@borealis.test`, name: 'N' })).status, 201);
  const flood = await asks('POST', '/v1/portal/users', { email: 'last@borealis.test', name: 'N' });
  assert.deepEqual([flood.status, flood.body.code], [429, 'access.invitations-too-many']);

  const setBlocked = (isBlocked: boolean) => asks('PUT', '/v1/portal/users/lin@borealis.test/block', { isBlocked });
  assert.equal((await setBlocked(true)).status, 200);
  assert.equal((await setBlocked(false)).status, 200);
  // What the house blocked stays so, whatever the partner does; and the keys that the person made are blocked, too.
  await blockUser(world.database, 'lin@borealis.test', true);
  const ofLin = `Bearer ${(await makeApiKey(world.database, { ...words, createdBy: 'lin@borealis.test', name: 'Lin’s', party: 'borealis' })).key}`;
  assert.equal((await ask('GET', '/v1/documents', undefined, ofLin)).body.code, 'api.key-wrong');
  assert.equal((await setBlocked(true)).status, 200);
  const lifted = await setBlocked(false);
  assert.deepEqual([lifted.status, lifted.body.code], [409, 'access.block-of-house']);
  await blockUser(world.database, 'lin@borealis.test', false);
  assert.equal((await ask('GET', '/v1/documents', undefined, ofLin)).status, 200);

  assert.equal(
    (await ask('POST', '/v1/portal/api-keys', { name: 'x', permissions: ['ledger:manage'] })).body.code,
    'api.permission-missing',
  );
  const made = await ask('POST', '/v1/portal/api-keys', { name: 'Their billing', permissions: ['documents:read'] });
  assert.equal(made.status, 201);
  assert.equal((await ask('DELETE', `/v1/portal/api-keys/${made.body.key}`, undefined, others)).body.code, 'access.key-unknown');
  const shown = await ask('GET', '/v1/documents', undefined, `Bearer ${made.body.secret}`);
  assert.equal(shown.body.items.length, 1, 'its own document, and no other');
  assert.equal((await ask('DELETE', `/v1/portal/api-keys/${made.body.key}`)).status, 200);

  const { items: told } = (await server.ask('/v1/audit-trail?who=of%20borealis&limit=50')).body;
  const stages = (what: string): readonly string[] =>
    told
      .filter((each: { operation: string }) => each.operation === what)
      .map(({ stage, code }: { stage: string; code?: string }) => code ?? stage);
  assert.deepEqual(stages('raisePortalDispute'), ['invoice.unknown', 'done', 'changed']);
  assert.deepEqual(stages('makePortalKey'), ['done', 'changed', 'api.permission-missing']);
  assert.ok(!JSON.stringify(told).includes(made.body.secret), 'what is secret is not kept');
  const { rows } = await world.database.pool.query<{ kept: boolean }>(
    'select exists (select from api_repetition where body like $1) as kept',
    [`%${made.body.secret}%`],
  );
  assert.equal(rows[0]?.kept, false);
});

test('a partner sends its figures and its invoice for its own agreement only; faults say the row; the house sees who sent them', async () => {
  const words = { expiresMicros: undefined, createdBy: 'test', permissions: roles.partner.permissions };
  const secretOf = async (party: string) => (await makeApiKey(world.database, { ...words, name: `files of ${party}`, party })).key;
  const [own, other] = [`Bearer ${await secretOf('borealis')}`, `Bearer ${await secretOf('andina')}`];
  let key = 0;
  const post = (path: string, body: unknown, authorization = own, type = 'application/json') => {
    key += 1;
    return server.ask(path, { method: 'POST', headers: { authorization, 'content-type': type }, body, key: `file-${key}` });
  };
  const send = async (name: string, text: string): Promise<string> =>
    (await post(`/v1/portal/uploads?name=${encodeURIComponent(name)}`, text, own, 'application/octet-stream')).body.upload;
  const october = { agreement: 'borealis-2026', period: '2026-10' };
  const figures = { ...october, side: 'payable', service: 'voice' };
  const upload = await send('october.csv', 'Destination;Calls;Seconds;Amount\nFrance;1;60;40.50\n');

  const dry = await post('/v1/portal/declarations', { upload, ...figures, dryRun: true });
  assert.deepEqual([dry.status, dry.body.count, dry.body.declaration], [200, 1, undefined], JSON.stringify(dry.body));
  assert.equal((await server.ask('/v1/portal/declarations', { headers: { authorization: own } })).body.items.length, 0);
  const sent = await post('/v1/portal/declarations', { upload, ...figures });
  assert.equal(sent.body.isNew, true);
  assert.equal((await post('/v1/portal/declarations', { upload, ...figures })).body.isNew, false);
  // Compared at once, and said to them; what is another's is not there. What the causes make of it and the rest add up to the difference.
  const less = await send('less.csv', 'Destination;Calls;Seconds;Amount\nFrance;1;60;90.00\n');
  const lower = await post('/v1/portal/declarations', { upload: less, ...figures, side: 'receivable' });
  const beside = `/v1/portal/declarations/${lower.body.declaration}/reconciliation`;
  const compared = (await server.ask(beside, { headers: { authorization: own } })).body;
  assert.deepEqual(
    [compared.theirs.amount, compared.difference, compared.unexplained],
    ['90.00', '-10.00', '-10.00'],
    JSON.stringify(compared),
  );
  assert.deepEqual([compared.lines.length, compared.differing, compared.lineCount > 0], [compared.differing, compared.differing, true]);
  const lines = await server.api.server.inject({ url: `${beside}/file`, headers: { authorization: own } });
  assert.match(lines.body, /^\ufeffdeclaration,side,service,number,destination/);
  for (const path of [beside, `${beside}/file`])
    assert.equal((await server.ask(path, { headers: { authorization: other } })).body.code, 'declaration.unknown');

  const faulty = await send('faulty.csv', 'Destination;Calls;Seconds;Amount\nFrance;1;60;40.50\nSpain;x;60;1.00\n');
  const refused = await post('/v1/portal/declarations', { upload: faulty, ...figures });
  assert.equal(refused.body.code, 'declaration.figure-unreadable');
  assert.match(JSON.stringify(refused.body), /faulty\.csv.*3/);

  const invoice = { ...october, service: 'voice', number: 'BOR-7', dated: '2026-11-03', tax: '0' };
  const taken = await post('/v1/portal/partner-invoices', { upload, ...invoice });
  assert.deepEqual([taken.status, taken.body.party, taken.body.total], [200, 'borealis', '40.50'], JSON.stringify(taken.body));

  // Another's agreement is none, named in the request or in a row of the file; and another's file was not sent.
  const inRow = await send('rows.csv', 'Agreement;Destination;Calls;Seconds;Amount\nandina-2026;France;1;60;40.50\n');
  for (const [path, body] of [
    ['declarations', { upload, ...figures, agreement: 'andina-2026' }],
    ['partner-invoices', { upload, ...invoice, number: 'BOR-8', agreement: 'andina-2026' }],
    ['partner-invoices', { ...invoice, upload: inRow, number: 'BOR-9', columns: [{ header: 'Agreement', field: 'agreement' }] }],
  ] as const) {
    const no = await post(`/v1/portal/${path}`, body);
    assert.deepEqual([no.status, no.body.code], [404, 'statement.agreement-unknown'], JSON.stringify(no.body));
  }
  assert.equal(
    (await post('/v1/portal/declarations', { upload, ...figures, agreement: 'andina-2026' }, other)).body.code,
    'upload.unknown',
  );
  assert.equal((await post('/v1/portal/uploads?name=..%2Fx.csv', 'x', own, 'application/octet-stream')).status, 400);
  assert.equal(
    (await post('/v1/portal/uploads?name=big.csv', 'x'.repeat(16 * 1024 ** 2 + 1), own, 'application/octet-stream')).body.code,
    'api.body-too-large',
  );

  // A price list of its own waits for the house, which sees whose it is; another sees nothing of it.
  const prices = await send('prices.csv', 'Code,Destination,Rate,Effective\n33,France,0.0060,2026-12-20\n34,Spain,x,2026-12-20\n');
  const sheet = await post('/v1/portal/rate-sheets', { upload: prices, agreement: 'borealis-2026' });
  assert.deepEqual([sheet.status, sheet.body.state, sheet.body.faultCount > 0], [201, 'waiting', true], JSON.stringify(sheet.body));
  assert.equal((await post('/v1/portal/rate-sheets', { upload: prices, agreement: 'borealis-2026' })).body.sheet, sheet.body.sheet);
  assert.equal(
    (await post('/v1/portal/rate-sheets', { upload: prices, agreement: 'andina-2026' })).body.code,
    'statement.agreement-unknown',
  );
  const [draft] = (await server.ask('/v1/rate-sheet-drafts')).body.items;
  assert.deepEqual([draft.sentBy, draft.file], ['borealis', 'prices.csv']);
  assert.equal((await server.ask(`/v1/rate-sheet-drafts/${draft.draft}`, { method: 'DELETE', key: 'put-aside' })).status, 200);
  const [aside] = (await server.ask('/v1/portal/rate-sheets', { headers: { authorization: own } })).body.items;
  // The tariff of this world is kept in files: the fault says so.
  assert.deepEqual([aside.state, aside.faults[0].code], ['put-aside', 'rate-sheet.tariff-by-files']);
  assert.deepEqual((await server.ask('/v1/portal/rate-sheets', { headers: { authorization: other } })).body.items, []);
  const rates = await server.ask('/v1/portal/tariffs/buy/rates', { headers: { authorization: own } });
  assert.deepEqual([rates.body.items[0].destination, rates.body.items[0].price], ['France', '0.005']);

  for (const list of ['declarations', 'partner-invoices']) {
    const shown = await server.ask(`/v1/portal/${list}`, { headers: { authorization: own } });
    assert.ok(shown.body.items.length > 0, list);
    const hidden = await server.ask(`/v1/portal/${list}`, { headers: { authorization: other } });
    assert.deepEqual(hidden.body.items, [], list);
  }
  const { items: ours } = (await server.ask('/v1/declarations')).body;
  assert.equal(ours.at(-1).by, 'key files of borealis of borealis');
  const { items: theirs } = (await server.ask('/v1/partner-invoices')).body;
  assert.equal(theirs[0].steps[0].by, 'key files of borealis of borealis');
  const { items: told } = (await server.ask('/v1/audit-trail?who=files%20of%20borealis&limit=100')).body;
  for (const operation of ['sendPortalFile', 'sendPortalDeclaration', 'sendPortalInvoice'])
    assert.ok(
      told.some((each: { operation: string }) => each.operation === operation),
      `${operation} is told`,
    );
});

test('what happens to the business is an event in the same transaction, in order for each subject, for the endpoints that want it', async () => {
  const { pool, transaction } = world.database;
  const { rows } = await pool.query<{ type: string; subject: string; body: string; endpoints: string }>(
    `select e.type, e.subject, e.body, string_agg(m.endpoint_id, ',' order by m.endpoint_id) as endpoints
       from webhook_event e join webhook_message m using (event_id) group by e.event_id order by e.event_id`,
  );
  const first = (type: string) => rows.find((each) => each.type === type);
  assert.deepEqual([first('statement.recorded')?.subject, first('statement.recorded')?.endpoints], ['agreement borealis-2026', 'all']);
  const invoice = first('invoice.issued');
  assert.deepEqual([invoice?.subject, invoice?.endpoints], ['party borealis', 'all,invoices']);
  const { timestamp, data }: { timestamp: string; data: { net: object; kind: string } } = JSON.parse(invoice?.body ?? '{}');
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  assert.deepEqual([data.net, data.kind], [{ amount: '100.00', currency: 'USD' }, 'invoice']);
  const taken = JSON.parse(first('partner-invoice.moved')?.body ?? '{}').data;
  assert.deepEqual(
    [taken?.step, taken?.number, taken?.total],
    ['received', 'BOR-7', { amount: '40.50', currency: 'USD' }],
    'sent in the portal',
  );
  const steps = rows.filter(({ type }) => type === 'dispute.moved').map(({ subject, body }) => `${subject}: ${JSON.parse(body).data.step}`);
  assert.ok(steps.includes('dispute 1: raised'), steps.join());
  await transaction(async (client) => {
    await client.query(
      `insert into collecting_alarm (source, kind, subject, detail, raised_at) values ('switch', 'late', '', 'an hour', now())`,
    );
    await client.query('update collecting_alarm set cleared_at = now()');
    await client.query(
      `insert into credit_alarm (account, percent, exposure_nanos, limit_nanos, currency, raised_at) values ('borealis-usd', 80, 81, 100000000, 'USD', now())`,
    );
  });
  const { rows: alarms } = await pool.query<{ type: string; body: string }>(
    `select type, body from webhook_event where starts_with(type, 'alarm.') order by event_id`,
  );
  assert.deepEqual(
    alarms.map(({ type, body }) => [type, JSON.parse(body).data.alarm]),
    [
      ['alarm.raised', 'source'],
      ['alarm.cleared', 'source'],
      ['alarm.raised', 'credit'],
    ],
  );
  assert.deepEqual(JSON.parse(alarms[2]?.body ?? '{}').data.exposure, { amount: '0.000000081', currency: 'USD' });
});
