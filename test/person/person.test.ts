/** What is held of a person is given out whole; once erased, the whole database has nothing of it, and the books are as they were. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Call } from '#api/operation.ts';
import { ERASE_PERSON, type PersonDesk, personOperations } from '#api/persons/persons.ts';
import { undriven } from '#api/undriven.ts';
import { inviteUser } from '#app/access/users.ts';
import type { ApiHome } from '#app/api/home.ts';
import { retentionJobKinds } from '#app/api/retention.ts';
import { applyCommand, openChargingAccount } from '#app/charging/desk.ts';
import { approveErasure, askErasure, dryErasure, type ErasingHome, erasures, waitingErasure } from '#app/person/erase.ts';
import { exportPerson, writeExport } from '#app/person/export.ts';
import { askExport, makeExport, readExport } from '#app/person/kept-exports.ts';
import { numberPseudonym } from '#app/person/pseudonyms.ts';
import { tellPersonSeen } from '#app/person/told.ts';
import { holdRetention, releaseRetention } from '#app/retention/retention.ts';
import { loadSettings } from '#app/settings.ts';
import { auditBooks } from '#app/usage/audit.ts';
import { checkBooks } from '#app/usage/check.ts';
import { explainUsage } from '#app/usage/explain.ts';
import { indexUsage, searchCalls } from '#app/usage/search.ts';
import { RefusedError } from '#core/refusals.ts';
import type { JobControl } from '#operations/jobs/run-jobs.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { roamingSessionsOn } from '#storage/charging/roaming-told.ts';
import { startServer } from '../api/server-under-test.ts';
import { assertBooksAgree, fileOf, line, loadOne, operator, rollup, type TestHome, withHome, write } from '../usage/home.ts';
import { actor, endOf, exportFiles, exportOverHttp, exportsEnd, someone } from './exported.ts';

const NUMBER = '4930123456';
const MAIL = 'anna@mira.example';
const plan = `
plans:
  - {id: day, name: Day, currency: EUR, zone: Europe/Berlin, validFrom: 2026-01-01, rounding: {decimals: 4}, services: [{service: voice, tariff: flat}]}
`;

async function refusedWith(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RefusedError, String(error));
  return error.refusals.map(({ code }) => code);
}

/** Every row of every table as text, in which a word stands. */
async function rowsWith({ database }: Pick<ErasingHome, 'database'>, word: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('public', 'sign_in')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await database.pool.query<{ row: string }>(
      `select t::text as row from ${name} t where strpos(t::text, $1) > 0`,
      [word],
    );
    found.push(...hits.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

const HINDERED = {
  erase: { hinder: 'select from usage_file for update', waits: '%update usage_file set row_sum_a%' },
  export: { hinder: 'lock table usage_file in access exclusive mode', waits: '%from public.usage_file t%' },
} as const;

/** A process is killed while it is among the tables: somebody else has a row of one of the last, or all of it, and it waits for it. */
async function killInTheMiddle({ database, dataFolder }: TestHome, what: keyof typeof HINDERED, order: bigint): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(HINDERED[what].hinder);
    const child = spawn(process.execPath, [KILLED, database.url, dataFolder, what, String(order)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const ended = once(child, 'exit');
    for (;;) {
      const { rows } = await database.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
        [HINDERED[what].waits],
      );
      if (rows.length > 0) break;
      assert.equal(child.exitCode, null, 'it ended before it came to usage_file');
      await sleep(20);
    }
    child.kill('SIGKILL');
    assert.deepEqual((await ended)[1], 'SIGKILL');
  });
}

const KILLED = fileURLToPath(new URL('./killed-child.ts', import.meta.url));

test('a person is exported with all that is held, and erased from every table; sums, audits, searches and explanations hold', () =>
  withHome(
    async (home) => {
      const { database } = home;
      const erasing: ErasingHome = { ...home, settings: (await loadSettings({}, { environment: {}, folder: '/' })).settings };
      const calls = Array.from({ length: 12 }, (_, at) =>
        line({
          // Some switches make the key of a call of its numbers.
          id: at === 0 ? `${NUMBER}-c0` : `c${at}`,
          a: at % 3 === 0 ? `+${NUMBER}` : '+4930777777',
          start: `2026-10-05 10:00:${String(10 + at)}`,
          seconds: 60 + at,
        }),
      );
      await loadOne(home, write(home, 'calls.csv', fileOf([...calls, line({ id: 'other', a: `+${NUMBER}9` })])));
      await indexUsage(database, () => undefined);
      await openChargingAccount(database, { account: NUMBER, plan: 'day', identities: [{ kind: 'msisdn', value: NUMBER }] });
      await applyCommand(database, NUMBER, { kind: 'top-up', nanos: 5_000_000_000n, currency: 'EUR', text: `paid by ${NUMBER}` });
      await database.pool.query(
        `insert into charging_contact (account_id, language, number, email, do_not_disturb, set_by) values ($1, 'en', $1, $2, false, 'ann')`,
        [NUMBER, MAIL],
      );
      await database.pool.query(
        `insert into notification (notice_id, account_id, notice, way, target, language, body, urgent, zone, state, made_at, over_at)
         values (1, $1, 'low', 'sms', $1, 'en', 'Dear Anna', false, 'UTC', 'sent', now(), now())`,
        [NUMBER],
      );
      // As a roamer: one session runs, one is to be booked.
      const roaming = roamingSessionsOn(database);
      const container = { kind: 'flow', name: '1', sequence: '1', up: '0', down: '1000', triggers: [] } as const;
      for (const session of ['running', 'over']) {
        const facts = { subscriber: NUMBER, home: '22809', visited: '26201', since: Date.parse('2026-10-05T10:00:00Z') * 1_000 };
        await roaming.open({ ...{ session, number: 0, direction: 'inbound', basis: 'flows' }, facts, containers: [container] });
        assert.equal(await roaming.report({ session, number: 1, facts: {}, containers: [container] }, session === 'over'), 'taken');
      }
      await inviteUser(database, { email: MAIL, name: 'Anna Alm', role: 'auditor', party: undefined, by: 'ann' });
      await database.pool.query(`insert into sign_in.known_place (email, place) values ($1, '192.0.2.1')`, [MAIL]);
      const trail = auditBooksOn(database);
      await trail.append({
        ...{
          actor: { kind: 'user', id: 'u1', name: 'support@house.test' },
          operation: 'topUp',
          stage: 'done',
          asked: `{"body":{"text":"${NUMBER}"}}`,
        },
        subject: { kind: 'charging-account', id: NUMBER },
      });
      assert.equal((await trail.list({ subject: NUMBER }, undefined, 9)).length, 1, 'found by the number, which stands beside the chain');

      assert.deepEqual(await refusedWith(exportPerson(database, '123', 'ann')), ['person.identity-unclear']);
      assert.deepEqual(await refusedWith(exportPerson(database, '491709999999', 'ann')), ['person.unknown']);
      const found = await exportPerson(database, `msisdn:+${NUMBER}`, 'ann');
      await tellPersonSeen(database, 'ann', found.identity);
      const sections = Object.fromEntries(found.sections.map(({ name, rows }) => [name, rows]));
      for (const name of [
        'usage_event',
        'balances',
        'charging_journal',
        'charging_command',
        'charging_contact',
        'notification',
        'audit_content',
        'sign_in.user',
        'roaming_session',
        'roaming_report',
      ])
        assert.ok((sections[name] ?? 0) > 0, name);
      assert.equal(sections.usage_event, 4, 'the number alone, and not what begins like it');
      assert.ok((await exportPerson(database, MAIL, 'ann')).data['sign_in.user']?.length === 1);
      const out = join(home.folder, 'anna.zip');
      await writeExport(found, out);
      assert.deepEqual(await refusedWith(writeExport(found, out)), ['person.file-exists']);
      const files = unzipSync(readFileSync(out));
      assert.deepEqual(Object.keys(files).toSorted(), ['manifest.json', ...found.sections.map(({ file }) => file)].toSorted());
      assert.equal(
        Buffer.from(files['usage_event.ndjson'] ?? [])
          .toString()
          .trim()
          .split('\n').length,
        4,
      );

      await exportOverHttp(home, NUMBER);
      const killed = await askExport(home, MAIL);
      await killInTheMiddle(home, 'export', killed);
      await assert.rejects(readExport(home, killed, actor), RefusedError);
      const { bytes } = await makeExport(home, killed, 'ann', 2n, () => undefined);
      assert.equal((await readExport(home, killed, actor)).length, bytes, 'and it is made again');
      await exportsEnd(home, NUMBER);
      assert.equal(exportFiles(home).length, 2);

      const before = { rollup: await rollup(home), days: (await auditBooks(home, { from: '2026-10-05', to: '2026-10-06' }, true)).days };
      const held = await holdRetention(database, { party: undefined, from: '2026-10-01', to: undefined, why: 'court', by: 'ann' });
      assert.deepEqual(await refusedWith(dryErasure(erasing, NUMBER)), ['retention.legal-hold']);
      await releaseRetention(database, held, 'over', 'ann');
      const rows = await rowsWith(home, NUMBER);
      const dry = await dryErasure(erasing, NUMBER);
      assert.deepEqual(await rowsWith(home, NUMBER), rows, 'a dry run changes nothing');
      assert.equal(dry.tables.find(({ table }) => table === 'usage_event')?.rows, 4);

      // A legal entity wants four eyes.
      const asked = await askErasure(erasing, NUMBER, 'asked for', 'ann');
      assert.equal(asked.waits, true);
      assert.deepEqual(await refusedWith(approveErasure(erasing, asked.erasure, 'ann')), ['person.second-person']);
      // Who is to approve it sees whom, and what of it; nothing is changed.
      const looked = await waitingErasure(erasing, asked.erasure);
      assert.deepEqual([looked.identity, looked.report, looked.hindered], [NUMBER, dry, []]);
      assert.ok(looked.person.numbers.includes(NUMBER) && looked.person.addresses.includes(MAIL), JSON.stringify(looked.person));
      await killInTheMiddle(home, 'erase', asked.erasure);
      const [waiting] = await erasures(database, 1);
      assert.deepEqual([waiting?.state, waiting?.identity], ['waiting', NUMBER], 'killed in the middle, it waits still');
      assert.equal(
        (await database.pool.query('select from usage_event where calling = $1', [NUMBER])).rowCount,
        4,
        'and nothing is half done',
      );
      await broken(erasing);
      const report = await approveErasure(erasing, asked.erasure, 'ben');
      assert.deepEqual(
        report.tables.filter(({ how }) => how === 'kept'),
        [],
      );
      assert.deepEqual(
        report.tables.filter(({ table }) => table.startsWith('roaming_')),
        [
          { table: 'roaming_report', rows: 4, how: 'pseudonyms' },
          { table: 'roaming_session', rows: 2, how: 'pseudonyms' },
        ],
      );
      const { rows: roamers } = await database.pool.query(
        `select distinct r.facts ->> 'subscriber' = s.facts ->> 'subscriber' as alike, r.facts ->> 'subscriber' ~ '^49301[0-9]{5}$' as masked, r.containers #>> '{0,down}' as down
           from roaming_report r join roaming_session s using (session)`,
      );
      assert.deepEqual(
        roamers,
        [{ alike: true, masked: true, down: '1000' }],
        'what networks settle stays, under the pseudonym of the calls',
      );
      assert.deepEqual([report.rawFiles.length, report.rawFiles[0]?.until.slice(0, 8)], [1, 'for ever']);
      assert.deepEqual(await refusedWith(approveErasure(erasing, asked.erasure, 'ben')), ['person.erasure-unknown']);

      assert.deepEqual(exportFiles(home), [], 'what was given out of the person is gone at once');
      const left = await rowsWith(home, NUMBER);
      assert.deepEqual(
        left.filter((row) => !row.includes(`${NUMBER}9`)),
        [],
        'no row of any table has the number',
      );
      assert.deepEqual(left.length > 0, true, 'who has a longer number is somebody else');
      assert.deepEqual(await rowsWith(home, MAIL), []);
      assert.deepEqual(await refusedWith(exportPerson(database, NUMBER, 'ann')), ['person.unknown']);
      assert.deepEqual(await refusedWith(exportPerson(database, MAIL, 'ann')), ['person.unknown']);
      assert.deepEqual(await searchCalls(database, { number: NUMBER, exact: true }, { limit: 10, after: undefined }), []);
      const { rows: callers } = await database.pool.query<{ calling: string; n: bigint }>(
        'select calling, count(*) as n from usage_event group by 1 order by 2',
      );
      const pseudonym = callers.find(({ n }) => n === 4n)?.calling ?? '';
      assert.match(pseudonym, /^49301\d{5}$/, 'one pseudonym, with the beginning by which it is priced');
      assert.equal((await searchCalls(database, { number: pseudonym, exact: true }, { limit: 10, after: undefined })).length, 4);

      assert.deepEqual(await rollup(home), before.rollup);
      const audit = await auditBooks(home, { from: '2026-10-05', to: '2026-10-06' }, true);
      assert.deepEqual([audit.differences, audit.days], [[], before.days]);
      await assertBooksAgree(home);
      const { rows: events } = await database.pool.query<{ id: bigint }>('select event_id as id from usage_event where calling = $1', [
        pseudonym,
      ]);
      for (const { id } of events) for (const { faults } of (await explainUsage(home, String(id))).charges) assert.deepEqual(faults, []);
      const chain = await trail.verify();
      assert.deepEqual(chain.faults, []);
      assert.equal(chain.erased, 5, 'what a top-up said, the export, and three looks at kept ones');
      // Who it was stands nowhere, and still the same records do not count twice: not in another file, not by an index that is made anew.
      const again = fileOf(calls.slice(0, 3));
      assert.deepEqual((await loadOne(home, write(home, 'again.csv', again))).counts.duplicate, 3);
      assert.deepEqual((await checkBooks(database, { keys: true })).differences, []);
      await database.pool.query('update usage_key_seed set rebuild = true');
      assert.deepEqual((await loadOne(home, write(home, 'third.csv', `${again}\n`))).counts.duplicate, 3);
      assert.deepEqual((await checkBooks(database, { keys: true })).differences, []);
      await overHttp(home);
      const order = (await erasures(database, 9)).find(({ id }) => id === asked.erasure);
      assert.deepEqual([order?.state, order?.identity, order?.decidedBy, order?.reason], ['done', undefined, 'ben', 'asked for']);
    },
    {
      ...operator,
      'operator.yaml': operator['operator.yaml'].replace('address: [Street 1]}', 'address: [Street 1], ledger: {fourEyes: true}}'),
      'plan.yaml': plan,
    },
  ));

/** Broken off when the account is closed, which nobody finds by who it was any more, the rest is still found when it is approved again. */
async function broken(erasing: ErasingHome): Promise<void> {
  const { database } = erasing;
  const [identity, mail] = ['imsi:262011234500001', 'berta@mira.example'];
  await openChargingAccount(database, { account: 'kiosk-7', plan: 'day', identities: [{ kind: 'imsi', value: identity.slice(5) }] });
  await database.pool.query(
    `insert into charging_contact (account_id, language, email, do_not_disturb, set_by) values ('kiosk-7', 'en', $1, false, 'ann')`,
    [mail],
  );
  const { erasure } = await askErasure(erasing, identity, 'asked for', 'ann');
  await assert.rejects(
    approveErasure(erasing, erasure, 'ben', () => {
      throw new Error('ends here');
    }),
    /ends here/,
  );
  const { accountsClosed } = await approveErasure(erasing, erasure, 'ben');
  assert.equal(accountsClosed, 1);
  for (const word of [mail, identity.slice(5)]) assert.deepEqual(await rowsWith(erasing, word), [], word);
  // The process that did it may have ended before its job was told so: begun again, it says what was done.
  const kind = retentionJobKinds(erasing as ApiHome).find((each) => each.kind === ERASE_PERSON);
  const again = await kind?.run({ erasure: String(erasure) }, 'ben', {} as JobControl); // nothing is left to do
  assert.equal((again as { readonly accountsClosed: number }).accountsClosed, 1);
}

/** Over HTTP an erasure is a job; who it was stands in the order only, and the same person cannot approve it. */
async function overHttp({ database }: TestHome): Promise<void> {
  const server = await startServer(database);
  const [ann, ben] = [someone('ann'), someone('ben')];
  const send = (path: string, person: ReturnType<typeof someone>, body: object, key: string) =>
    server.ask(path, { method: 'POST', body, key, person });
  try {
    const identity = '4930777777';
    const asked = await send('/v1/persons/erasures', ann, { identity, reason: 'asked for' }, 'ask');
    assert.deepEqual([asked.status, asked.body.state], [200, 'waiting'], JSON.stringify(asked.body));
    const { erasure } = asked.body;
    const own = await send('/v1/persons/erasure-decisions', ann, { erasure, decision: 'approve' }, 'own');
    assert.deepEqual([own.status, own.body.code], [403, 'person.second-person']);
    const looked = await server.ask(`/v1/persons/erasures/${erasure}`, { person: ben });
    assert.deepEqual([looked.status, looked.body.identity, looked.body.hindered], [200, identity, []], JSON.stringify(looked.body));
    assert.equal(looked.body.report.tables.find(({ table }: { table: string }) => table === 'usage_event').rows, 8);
    const { rowCount: sights } = await database.pool.query(`select from audit_entry where operation = 'getErasure' and stage = 'seen'`);
    assert.equal(sights, 1, 'each look is told');
    const approved = await send('/v1/persons/erasure-decisions', ben, { erasure, decision: 'approve' }, 'other');
    assert.deepEqual([approved.status, approved.body.state], [202, 'under-way'], JSON.stringify(approved.body));
    const job = await endOf(server, approved.body.job, ben);
    assert.equal(job.state, 'done', JSON.stringify(job));
    assert.ok(job.total > 100 && job.done > 100, 'it told how far it was');
    assert.equal(job.result.tables.find(({ table }: { table: string }) => table === 'usage_event').rows, 8);
    assert.ok(!JSON.stringify(job).includes(identity), 'and not whom it is about');
    assert.equal((await server.ask(`/v1/persons/erasures/${erasure}`, { person: ben })).body.code, 'person.erasure-unknown');
  } finally {
    await server.close();
  }
}

test('a pseudonym of a number is priced as the number is, and is another one', () => {
  const codes = ['4', '49', '4930', '493012', '49301234'];
  for (let tries = 0; tries < 200; tries += 1) {
    const other = numberPseudonym('493012999999', codes);
    assert.match(other, /^493012\d{6}$/);
    assert.notEqual(other, '493012999999');
    assert.ok(!other.startsWith('49301234'));
  }
  assert.equal(numberPseudonym('112112', []).length, 6);
});

test('an erasure that waits shows no name and no whole number to who may not see persons', async () => {
  const person = { names: ['Anna Mira'], numbers: [NUMBER], addresses: [MAIL], accounts: ['anna'] };
  const desk = { waiting: async () => ({ identity: MAIL, person, hindered: [] }) } as unknown as PersonDesk; // nothing else is asked
  const see = personOperations(desk, undriven()).find(({ id }) => id === 'getErasure');
  const shown = async (seesPersonal: boolean) => {
    const answer = await see?.handle({ parameters: { erasure: '7' }, seesPersonal } as unknown as Call); // all that it reads
    return (answer as { readonly body: object }).body;
  };
  assert.deepEqual(await shown(true), { erasure: '7', identity: MAIL, ...person, hindered: [] });
  const masked = { names: [], numbers: ['493012****'], addresses: [], accounts: ['anna'] };
  assert.deepEqual(await shown(false), { erasure: '7', ...masked, hindered: [] });
});
