/** The month over HTTP: closed, approved, issued, given back; long work, and the files it takes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobRunner } from '#operations/jobs/run-jobs.ts';
import { jobBooksOn } from '#storage/jobs/jobs.ts';
import { withWorld } from '../support/partner-world.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

/** Threads of this process that the system lets wait for the main one (field 19 of proc_pid_stat(5)). */
function behindMain(): number {
  const niceOf = (task: string): number => Number(readFileSync(`/proc/self/task/${task}/stat`, 'utf8').split(') ')[1]?.split(' ')[16]);
  const main = niceOf(String(process.pid));
  return readdirSync('/proc/self/task').filter((task) => niceOf(task) > main).length;
}

/** The job when it is over. */
async function ended(
  server: ServerUnderTest,
  answer: { readonly status: number; readonly headers: object; readonly body: { job: string } },
) {
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  assert.equal(Reflect.get(answer.headers, 'location'), `/v1/jobs/${answer.body.job}`);
  for (let tries = 0; tries < 2_400; tries++) {
    const { body } = await server.ask(`/v1/jobs/${answer.body.job}`);
    if (body.state !== 'running') return body;
    await sleep(25);
  }
  throw new Error(`job ${answer.body.job} does not end`);
}

test('a month is checked, closed as a job, approved by who did not yet, given back in part, and verified', () =>
  withWorld({ domestic: true, settlement: { approval: 'one' } }, async ({ database, load, loadTheirs }) => {
    await load(['2026-10-05', '40.5']);
    await loadTheirs(['2026-10-06', '100'], ['2026-10-07', '0.01']);
    const server = await startServer(database);
    const statement = '/v1/agreements/borealis-2026/statements/2026-10';
    try {
      const { body: checked } = await server.ask('/v1/periods/checks?on=2026-11-02&agreement=borealis-2026');
      assert.deepEqual(
        checked.items.map(({ state, approvals, amounts }: Record<string, unknown>) => ({ state, approvals, amounts })),
        [
          {
            ...{ state: 'ready', approvals: 1 },
            amounts: [
              { side: 'receivable', amount: '100.01', currency: 'USD' },
              { side: 'payable', amount: '40.50', currency: 'USD' },
            ],
          },
        ],
      );
      const close = { on: '2026-11-02', agreements: ['borealis-2026'] };
      const closed = await ended(server, await server.post('/v1/period-closings', close, 'close-1'));
      assert.deepEqual([closed.state, closed.result.awaiting, closed.by], ['done', 1, 'key test client (test)']);
      const again = await server.post('/v1/period-closings', close, 'close-1');
      assert.deepEqual([again.headers['idempotent-replayed'], again.body.job], ['true', closed.job]);
      const nothing = await ended(server, await server.post('/v1/period-closings', close, 'close-2'));
      assert.deepEqual([nothing.state, nothing.refusals[0].code], ['failed', 'period.nothing-due']);
      assert.equal((await server.ask('/v1/jobs?state=failed')).body.items[0].job, nothing.job);

      const approved = await server.post(`${statement}/approvals`, { on: '2026-11-03' }, 'approve-1');
      assert.deepEqual([approved.status, approved.body.given, approved.body.sides.length], [200, 1, 2], JSON.stringify(approved.body));
      assert.equal((await server.post(`${statement}/approvals`, {}, 'approve-2')).body.code, 'period.not-awaited');
      const { body: board } = await server.ask('/v1/periods?on=2026-11-02&since=2026-10-01');
      assert.deepEqual([board.recorded[0].approvedBy, board.recorded[0].party], [['key test client (test)'], 'borealis']);
      assert.deepEqual(board.recorded[0].stated[0], { side: 'receivable', currency: 'USD', amount: '100.01' });

      const { body: lines } = await server.ask(`${statement}/lines`);
      assert.deepEqual(
        lines.lines.map(({ side, amount }: Record<string, unknown>) => [side, amount]),
        [
          ['receivable', '100.01'],
          ['payable', '40.50'],
        ],
      );
      const { body: events } = await server.ask(`${statement}/lines/1/events?limit=1`);
      assert.deepEqual([events.of, events.items.length, events.line.amount], [2, 1, '100.01']);
      assert.match(events.items[0].charge, /^\d+\/in$/);
      const verified = await ended(server, await server.post(`${statement}/verifications`, undefined, 'verify-1'));
      assert.deepEqual([verified.state, verified.result], ['done', { events: 3 }]);

      const [invoice] = (await server.ask('/v1/documents?sort=-issueDay')).body.items;
      const path = `/v1/documents/${encodeURIComponent(invoice.number)}`;
      const credit = { reason: 'two calls were tests', on: '2026-11-05', lines: [{ line: 1, net: '10.00' }] };
      const note = await server.post(`${path}/credits`, credit, 'credit-1');
      assert.deepEqual([note.status, note.body.total], [201, '12.30'], JSON.stringify(note.body));
      const { body: shown } = await server.ask(path);
      assert.deepEqual([shown.corrections, shown.lines[0].left.amount, shown.lines[0].statementLine], [[note.body.number], '90.01', 1]);
      assert.equal(
        (await server.post(`${path}/credits`, { ...credit, lines: [{ line: 1, net: '90.02' }] }, 'credit-2')).body.code,
        'invoice.credit-too-much',
      );
      assert.equal(
        (await server.post(`${path}/credits`, { ...credit, lines: [{ line: 9 }] }, 'credit-3')).body.code,
        'invoice.line-unknown',
      );
      const all = await server.ask('/v1/documents?limit=1', { headers: { accept: 'application/x-ndjson' } });
      assert.equal(all.headers['content-type'], 'application/x-ndjson');
      const numbers = String(all.body)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).number);
      assert.deepEqual(new Set(numbers), new Set([invoice.number, note.body.number]));
      const refused = await server.ask('/v1/documents?cursor=W10', { headers: { accept: 'application/x-ndjson' } });
      assert.equal(refused.body.code, 'api.cursor-wrong');
      const whole = await ended(server, await server.post('/v1/documents/verifications', {}, 'verify-2'));
      assert.deepEqual([whole.result.documents, whole.result.faults], [2, 0]);
      assert.deepEqual(server.faults, []);
    } finally {
      await server.close();
    }
  }));

test('a job is seen, stopped and begun again by those who may ask for it, and told as interrupted when its process is gone', () =>
  withWorld({}, async ({ database }) => {
    const server = await startServer(database);
    const weak = await startServer(database, { name: 'reader', permissions: ['jobs:read', 'jobs:manage', 'ledger:read'] });
    try {
      const books = jobBooksOn(database);
      const by = { id: 'client:gone', name: 'key gone' };
      const { id } = await books.insert({ kind: 'accrue', title: 'Accrue', input: { on: '2026-11-02' }, by });
      assert.equal((await server.ask(`/v1/jobs/${id}`)).body.state, 'running');
      assert.equal((await server.post(`/v1/jobs/${id}/restarts`, undefined, 'r1')).body.code, 'job.not-restartable');
      const stopping = await server.post(`/v1/jobs/${id}/cancellations`, undefined, 'c1');
      assert.deepEqual([stopping.status, stopping.body.isStopping], [202, true]);
      assert.deepEqual(await books.beat(id, 3, 12), { cancelAsked: true });
      const { body: onTheWay } = await server.ask(`/v1/jobs/${id}`);
      assert.deepEqual([onTheWay.done, onTheWay.total, typeof onTheWay.secondsLeft], [3, 12, 'number']);
      await database.pool.query(`update job set beat_at = beat_at - interval '1 minute' where job_id = $1`, [id]);
      assert.equal((await server.ask(`/v1/jobs/${id}`)).body.state, 'interrupted');
      assert.equal((await server.post(`/v1/jobs/${id}/cancellations`, undefined, 'c2')).body.code, 'job.ended');
      const restarted = await server.post(`/v1/jobs/${id}/restarts`, undefined, 'r2');
      assert.equal(restarted.body.beganAgain, String(id));
      assert.deepEqual((await ended(server, restarted)).result, { month: '2026-10', agreements: 0, booked: 0 });

      const twice = await server.post(`/v1/jobs/${id}/restarts`, undefined, 'r4');
      assert.deepEqual([twice.status, twice.body.detail], [409, `job ${id} was begun again as job ${restarted.body.job}, which is done`]);
      const { id: left } = await books.insert({ kind: 'accrue', title: 'Accrue', input: { on: '2026-11-03' }, by });
      await books.end(left, 0, undefined, { state: 'interrupted' });
      const other = { id: 'client:other', name: 'key other' };
      const going = await books.insert({ kind: 'accrue', title: 'Accrue', input: { on: '2026-11-03' }, by: other, restartOf: left });
      assert.equal((await server.post(`/v1/jobs/${left}/restarts`, undefined, 'r5')).body.job, String(going.id), 'whoever began it again');

      // Whoever may not ask for it does not learn that it is there.
      assert.equal((await weak.ask(`/v1/jobs/${id}`)).body.code, 'job.unknown');
      assert.deepEqual((await weak.ask('/v1/jobs')).body.items, []);
      assert.equal((await weak.post(`/v1/jobs/${id}/restarts`, undefined, 'r3')).body.code, 'job.unknown');

      // What only people ask for, no key stops or begins again, whatever it may.
      const erasing = await books.insert({ kind: 'erase-person', title: 'Erase', input: { erasure: '99' }, by });
      const owned = async (what: string) => (await server.post(`/v1/jobs/${erasing.id}/${what}`, undefined, what)).body.code;
      assert.equal(await owned('cancellations'), 'access.person-only');
      await books.end(erasing.id, 0, undefined, { state: 'interrupted' });
      assert.equal(await owned('restarts'), 'access.person-only');
      const ann = { id: 'ann', name: 'Ann', email: 'ann@own.example', role: 'administrator', party: undefined } as const;
      const again = await server.ask(`/v1/jobs/${erasing.id}/restarts`, { method: 'POST', key: 'again', person: ann });
      assert.deepEqual([again.status, again.body.beganAgain], [202, String(erasing.id)]);

      // What it needed is put away once it is written that it is done: whoever is killed before begins again with all of it.
      const order: string[] = [];
      const runner = new JobRunner(
        { ...books, end: (...words) => books.end(...words).then(() => void order.push(words[3].state)) },
        ['done', 'failed'].map((kind) => ({
          ...{ kind, permission: 'ledger:manage' as const, title: () => kind },
          run: async () => (kind === 'done' ? order.push('worked') : assert.fail('it fails')),
          putAway: async () => void order.push('put away'),
        })),
        () => undefined,
      );
      for (const kind of ['done', 'failed']) {
        await runner.start(kind, {}, by);
        while (!order.includes(kind)) await new Promise(setImmediate);
      }
      await runner.close();
      assert.deepEqual(order, ['worked', 'done', 'put away', 'failed']);

      // The same again while it runs is the same; and one person does not fill the house.
      const mine = (await books.find(BigInt(restarted.body.job)))?.by ?? by;
      const running = await books.insert({ kind: 'verify-ledger', title: 'Verify', input: {}, by: mine });
      const same = await server.post('/v1/ledger/verifications', {}, 'v1');
      assert.deepEqual([same.status, same.body.job], [202, String(running.id)]);
      for (let at = 0; at < 7; at++) await books.insert({ kind: 'accrue', title: 'Accrue', input: { on: `2026-11-0${at + 1}` }, by: mine });
      const refused = await server.post('/v1/accruals', { on: '2026-11-09' }, 'a9');
      assert.deepEqual([refused.status, refused.body.code], [429, 'job.too-many']);
    } finally {
      await weak.close();
      await server.close();
    }
  }));

test('a file is sent once, named by its content, and is there for its sender only', () =>
  withWorld({}, async ({ database }) => {
    const server = await startServer(database);
    const other = await startServer(database, { name: 'other' });
    const send = (name: string, body: string, type = 'application/octet-stream') =>
      server.ask(`/v1/uploads?name=${encodeURIComponent(name)}`, { method: 'POST', body, headers: { 'content-type': type } });
    try {
      const sent = await send('figures.csv', 'a;b\n1;2\n');
      const sha256 = createHash('sha256').update('a;b\n1;2\n').digest('hex');
      assert.deepEqual([sent.status, sent.body], [201, { upload: sha256, name: 'figures.csv', bytes: 8 }]);
      assert.equal((await send('figures.csv', 'a;b\n1;2\n')).body.upload, sha256);
      for (const name of ['../x.csv', 'a/b', 'a\\b', '.hidden', 'a\u0000b', ''])
        assert.equal((await send(name, 'x')).body.code, 'api.field-wrong', name);
      assert.equal((await send('figures.csv', '{}', 'application/json')).body.code, 'api.body-type');
      const wrong = await server.ask('/v1/jobs/1/restarts', {
        method: 'POST',
        body: 'x',
        key: 'k',
        headers: { 'content-type': 'application/octet-stream' },
      });
      assert.equal(wrong.body.code, 'api.body-type');
      const remove = (from: ServerUnderTest) => from.ask(`/v1/uploads/${sha256}`, { method: 'DELETE' });
      assert.deepEqual((await remove(other)).body, { removed: false });
      assert.deepEqual((await remove(server)).body, { removed: true });
    } finally {
      await other.close();
      await server.close();
    }
  }));

const camt = (amount: string, said: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T06:00:00Z</CreDtTm></GrpHdr>
<Ntfctn><Id>N1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct><Ntry><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls><Amt Ccy="USD">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>Somebody</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>${said}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;

test('a difference is argued with evidence, a payment is taken, allocated and taken back, sides are set off, and the books show all of it', () =>
  withWorld({ domestic: true, fourEyes: true }, async ({ database, load, loadTheirs, close }) => {
    await load(['2026-10-05', '40.5']);
    await loadTheirs(['2026-10-06', '100']);
    await close('2026-11-01');
    // Long work and what costs much are done beside, as `carillon serve` does.
    const server = await startServer(database, {}, '', 1);
    const second = await startServer(database, { name: 'second person', createdBy: 'somebody else' });
    let keys = 0;
    const post = async (path: string, body: unknown, from = server) => from.post(path, body, `key-${++keys}`);
    const done = async (path: string, body: unknown, from = server) => {
      const answer = await post(path, body, from);
      assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)} ${from.faults.join('\n')}`);
      return answer.body;
    };
    const get = async (path: string) => {
      const { status, body } = await server.ask(path);
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)} ${server.faults.join('\n')}`);
      return body;
    };
    const send = async (name: string, body: string): Promise<string> =>
      (await server.ask(`/v1/uploads?name=${name}`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } })).body
        .upload;
    try {
      const [invoice] = (await get('/v1/documents')).items;

      // What they say of our invoice, taken from their table, beside our own figures.
      const figures = { agreement: 'borealis-2026', period: '2026-10', side: 'receivable', service: 'voice' };
      const upload = await send('theirs.csv', 'Destination,Calls,Minutes,Amount\nGermany,1,1,90.00\n');
      const dry = await done('/v1/declarations', { ...figures, upload, dryRun: true });
      assert.deepEqual([dry.declaration, dry.count, dry.lines[0].amount], [undefined, 1, '90.00']);
      await done('/v1/declarations', { ...figures, upload });
      assert.equal((await get('/v1/declarations')).items[0].amount, '90.00');
      const [compared] = (await get('/v1/agreements/borealis-2026/reconciliations/2026-10')).items;
      assert.deepEqual([compared.difference, compared.ours.amount, compared.ours.billed], ['-10.00', '100.00', '60']);
      const begun = await post('/v1/agreements/borealis-2026/reconciliations/2026-10', { tolerance: '0.5%' });
      const kept = await ended(server, begun);
      assert.deepEqual([kept.state, kept.done, kept.total], ['done', 1, 1], JSON.stringify(kept.refusals));
      const { items: sums } = await get(`/v1/reconciliations/${kept.job}`);
      const { lines, ...rest } = compared;
      assert.deepEqual(sums, [{ ...rest, lineCount: lines.length }]);
      const linesOf = `/v1/reconciliations/${kept.job}/lines?declaration=${compared.declaration}`;
      assert.deepEqual((await get(linesOf)).items, lines);
      assert.deepEqual((await get(`${linesOf}&state=matched`)).items, []);
      assert.equal((await server.ask('/v1/reconciliations/999')).body.code, 'reconcile.unknown');
      const none = await ended(server, await post('/v1/agreements/nobody/reconciliations/2026-10', {}));
      assert.deepEqual([none.state, none.refusals[0].code], ['failed', 'statement.agreement-unknown']);
      assert.equal((await server.ask('/v1/agreements/nobody/reconciliations/2026-10')).body.code, 'statement.agreement-unknown');
      const pdf = await server.ask('/v1/agreements/borealis-2026/statements/2026-10/pdf');
      assert.match(pdf.body, /^%PDF/);
      if (process.platform === 'linux') assert.ok(behindMain() > 0, 'what is made beside stands behind what answers');
      const wrong = await post('/v1/declarations', { ...figures, upload: await send('bad.csv', 'Destination,Calls\nGermany,one\n') });
      assert.equal(wrong.status, 422);
      assert.doesNotMatch(JSON.stringify(wrong.body), /carillon-upload-/);

      const evidence = await send('cdrs.txt', 'two of these were tests');
      const { dispute } = await done('/v1/disputes', {
        ...{ document: invoice.number, amount: '10.00', reason: 'tests', by: 'them', on: '2026-11-05', evidence: [evidence] },
      });
      assert.equal((await server.ask(`/v1/disputes/${dispute}/evidence/${evidence}`)).body, 'two of these were tests');
      const step = { on: '2026-11-06', note: 'half' };
      await done(`/v1/disputes/${dispute}/steps`, { ...step, kind: 'offered', by: 'us', amount: '5.00' });
      assert.equal(
        (await post(`/v1/disputes/${dispute}/steps`, { ...step, kind: 'accepted', by: 'us' })).body.code,
        'dispute.step-impossible',
      );
      await done(`/v1/disputes/${dispute}/steps`, { ...step, kind: 'accepted', by: 'them' });
      const settlement = await ended(
        server,
        await post(`/v1/disputes/${dispute}/settlements`, { outcome: 'credit-note', on: '2026-11-07' }),
      );
      assert.deepEqual([settlement.state, settlement.result.isNew], ['done', true], JSON.stringify(settlement));
      assert.equal((await get(`/v1/documents/${encodeURIComponent(settlement.result.result)}`)).net, '5.00');

      const file = await send('camt.xml', camt('60.00', 'for October'));
      const taken = await done('/v1/bank-files', { upload: file });
      const [payment] = taken.payments;
      assert.deepEqual([taken.isNew, payment.left, payment.account], [true, '60.00', undefined]);
      assert.equal((await done('/v1/bank-files', { upload: file })).isNew, false);
      const give = { from: payment.payment, account: invoice.account, documents: [invoice.number], on: '2026-11-20' };
      const allocated = await done('/v1/allocations', give);
      assert.deepEqual([allocated.left, allocated.parts[0].amount], ['0.00', '60.00']);
      const undo = `/v1/allocations/${encodeURIComponent(allocated.allocation)}/undoings`;
      await done(undo, { why: 'for another', on: '2026-11-20' });
      assert.equal((await post(undo, { why: 'for another' })).body.code, 'payment.not-allocated');

      const waiting = await done('/v1/write-offs', {
        document: invoice.number,
        money: { amount: '1.00', currency: 'USD' },
        why: 'small',
        on: '2026-11-20',
      });
      assert.equal(waiting.state, 'waiting');
      const approval = `/v1/ledger/waiting/${waiting.entries[0].entry}/approvals`;
      assert.equal((await post(approval, undefined)).body.code, 'ledger.second-person');
      const another = (words: object, secret?: string) =>
        server.ask('/v1/api-keys', {
          ...{ method: 'POST', body: { name: 'another', ...words } },
          ...(secret === undefined ? {} : { headers: { authorization: `Bearer ${secret}` } }),
        });
      const permissions = ['ledger:approve', 'access:manage'];
      const { secret } = (await another({ permissions, expires: '2099-01-01T00:00:00Z' })).body;
      const further = (await another({ permissions, expires: '2098-01-01T00:00:00Z' }, secret)).body;
      for (const each of [secret, further.secret]) {
        const headers = { authorization: `Bearer ${each}` };
        const own = await server.ask(approval, { method: 'POST', key: each.slice(0, 25), headers });
        assert.equal(own.body.code, 'ledger.second-person', 'a key of one’s own is no second person, nor one made by it');
      }
      const beyond = await another({ permissions: ['payments:approve'], expires: '2098-01-01T00:00:00Z' }, secret);
      assert.deepEqual([beyond.status, beyond.body.code], [403, 'api.permission-missing']);
      assert.equal((await another({ permissions }, secret)).body.code, 'access.expiry-over', 'not longer than the key that makes it');
      assert.equal((await done(approval, undefined, second)).kind, 'write-off');

      const netting = await done('/v1/nettings', { party: 'borealis', on: '2026-11-21' }).catch(() => undefined);
      assert.equal(netting, undefined, 'their side is only expected: nothing of it is open');
      assert.equal((await post('/v1/nettings', { party: 'borealis', on: '2026-11-21' })).body.code, 'netting.nothing');
      assert.equal((await post('/v1/payment-orders', { dueBy: '2026-12-31' })).body.code, 'payment.nothing-to-pay');

      const { items: entries } = await get(`/v1/ledger/entries?document=${encodeURIComponent(invoice.number)}`);
      assert.deepEqual(
        entries.map(({ kind }: { readonly kind: string }) => kind),
        ['invoice', 'credit-note', 'allocation', 'allocation', 'write-off'],
      );
      const { items: banked } = await get('/v1/ledger/entries?ledgerAccount=bank&limit=1');
      assert.equal(banked[0].postings.length, 2);
      const [ageing] = (await get('/v1/ledger/ageing?on=2027-01-31')).items;
      assert.deepEqual([ageing.rows[0].ledgerAccount, ageing.buckets.length], ['receivable', ageing.rows[0].amounts.length]);
      const verified = await ended(server, await post('/v1/ledger/verifications', {}));
      assert.equal(verified.result.holds, true, JSON.stringify(verified));
      assert.match((await server.ask('/v1/ledger/journal.csv')).body, /^sequence,/);
      assert.equal((await post('/v1/ledger/closings', { firstOpen: '2026-11-01', why: 'October', on: '2026-11-25' })).status, 201);
      assert.equal((await get('/v1/ledger/closings')).items[0].by, 'key test client (test)');
      assert.deepEqual([...server.faults, ...second.faults], []);
    } finally {
      await second.close();
      await server.close();
    }
  }));
