/** Over HTTP: a rate sheet from its file to rates in force; what is held, with how it is mended, taken up again; sources with their files. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApiKey } from '#app/access/keys.ts';
import { permissions } from '#operations/access/permissions.ts';
import { configure, fileOf, line, loadOne, operator, withHome, write } from '../usage/home.ts';
import { startServer } from './server-under-test.ts';

const sheet = ['code;destination;price;effective', '44;United Kingdom;0.10;2027-01-01', '4477;UK Mobile;free;2027-01-01'].join('\n');
const byFiles = {
  ...operator,
  'lines.yaml': `formats:
  - id: lines
    name: A record a line
    family: json
    key: call
    fields: {start: {column: start, time: iso}, duration: seconds, answered: {column: result, values: [ANSWERED]}, calling: from, called: to, trunkIn: in, trunkOut: out}
sources:
  - {id: partner, format: lines, zone: UTC}
`,
  'tariffs.yaml': operator['tariffs.yaml'].replaceAll(
    'zone: Europe/Berlin\n    defaults',
    'zone: Europe/Berlin\n    ratesBy: sheets\n    defaults',
  ),
};

test('a rate sheet is read, mended, looked at with what it comes to, and put into force; what is held is taken up', () =>
  withHome(async (home) => {
    const { database } = home;
    await loadOne(home, write(home, 'first.csv', fileOf([{ id: '1' }, { id: '2', in: 'lost' }, { id: '3', in: 'lost' }].map(line))));
    await database.pool.query(
      `insert into webhook_endpoint (endpoint_id, url, secret, types, made_by) values ('all', 'https://hooks.example/', 'env:SECRET', '{*}', 'test')`,
    );
    const server = await startServer(database, {}, home.dataFolder);
    let keys = 0;
    const send = async (method: string, path: string, body?: unknown) => {
      keys += 1;
      const answer = await server.ask(path, { method, key: `k${keys}`, ...(body === undefined ? {} : { body }) });
      assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)} ${server.faults.join('\n')}`);
      return answer.body;
    };
    const get = async (path: string) => {
      const { status, body } = await server.ask(path);
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)} ${server.faults.join('\n')}`);
      return body;
    };
    try {
      const sent = await server.api.server.inject({
        ...{ method: 'POST', url: '/v1/uploads?name=north.csv', payload: sheet },
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/octet-stream' },
      });
      assert.equal(sent.statusCode, 201, sent.payload);
      const { upload } = JSON.parse(sent.payload);
      const begun = await send('POST', '/v1/rate-sheet-drafts', {
        upload,
        agreement: 'north',
        options: { role: 'incoming', mode: 'amendment' },
      });
      const address = `/v1/rate-sheet-drafts/${begun.draft}`;
      const first = await get(`${address}/preview`);
      assert.deepEqual(first.rows[0].cells, ['code', 'destination', 'price', 'effective']);
      assert.equal(first.report.outcome, 'faults', JSON.stringify(first));
      const [fault] = first.report.faults;
      assert.deepEqual([fault.row, fault.value], [3, 'free']);
      assert.equal((await send('POST', `${address}/activation`)).outcome, 'faults', 'nothing is in force');

      await send('PUT', address, { role: 'incoming', mode: 'amendment', skipRows: '3' });
      const second = await get(`${address}/preview`);
      const open = second.report.warnings.map(({ code }: { code: string }) => code);
      const options = { role: 'incoming', mode: 'amendment', skipRows: '3', accept: open };
      await send('PUT', address, options);
      const third = await get(`${address}/preview`);
      assert.equal(third.report.outcome, 'dry-run', JSON.stringify(third.report));
      // One call of 61 seconds, two minutes at 0.05, which will cost 0.10.
      assert.deepEqual([third.effect.charged, third.effect.difference, third.effect.currency], ['0.10', '0.10', 'EUR']);
      assert.equal((await get('/v1/rate-sheet-drafts')).items.length, 1);
      const stale = await server.ask(address, { method: 'PUT', key: 'stale', body: options, headers: { 'if-match': '"1"' } });
      assert.equal(stale.body.code, 'api.precondition-failed');
      const done = await send('POST', `${address}/activation`);
      assert.equal(done.outcome, 'activated');
      assert.equal((await get('/v1/rate-sheets')).items[0].rateSheet, done.rateSheet);
      assert.equal((await server.ask(address)).body.code, 'rate-sheet.draft-unknown');

      const { items: groups } = await get('/v1/usage/suspense/groups');
      assert.deepEqual([groups[0].reason, groups[0].records], ['rating.trunk-unknown', 2]);
      assert.match(`${groups[0].missing} ${groups[0].remedy}`, /lost.*trunk/s);
      const known = operator['operator.yaml'].replace(
        '{id: home, names: [home]}',
        '{id: home, names: [home]}\n  - {id: lost, account: north, names: [lost], numbering: {internationalPrefix: "00", countryCode: "49", nationalPrefix: "0"}}',
      );
      await configure(home, { ...byFiles, 'operator.yaml': known });
      const finished = async (job: { readonly job: string }) => {
        for (let at = await get(`/v1/jobs/${job.job}`); ; at = await get(`/v1/jobs/${job.job}`)) {
          if (at.state !== 'running') return at;
          await sleep(20);
        }
      };
      const retried = await finished(await send('POST', '/v1/usage/retries', { reason: 'rating.trunk-unknown' }));
      assert.deepEqual([retried.state, retried.result.rated], ['done', 2], JSON.stringify(retried));
      await loadOne(home, write(home, 'second.csv', fileOf([line({ id: '4', in: 'gone' }), line({ id: '5', in: 'elsewhere' })])));
      // One of two groups that have the same reason: what is done by it is done to no other.
      const [one, other] = (await get('/v1/usage/suspense/groups')).items;
      assert.equal(one.reason, other.reason);
      const [waiting] = (await get(`/v1/usage/records?status=held&group=${one.group}`)).items;
      assert.equal(waiting.record, one.firstRecord);
      const stakes = (await get('/v1/usage/suspense?by=group')).items.map(({ group }: { group: string }) => group);
      assert.deepEqual(stakes.sort(), [one.group, other.group].sort());
      const again = await finished(await send('POST', '/v1/usage/retries', { group: other.group }));
      assert.equal(again.result.held, 1);
      const gone = await finished(await send('POST', '/v1/usage/write-offs', { group: other.group, why: 'nobody' }));
      assert.deepEqual(gone.result, { writtenOff: 1 }, JSON.stringify(gone));
      assert.deepEqual(
        (await get('/v1/usage/suspense/groups')).items.map(({ group }: { group: string }) => group),
        [one.group],
      );
      await send('POST', `/v1/usage/records/${waiting.record}/corrections`, { fields: { called: '442079460001' }, why: 'misdialled' });
      const wrong = await server.ask(`/v1/usage/records/${waiting.record}/corrections`, {
        method: 'POST',
        key: 'w',
        body: { fields: { colour: 'x' }, why: 'y' },
      });
      assert.equal(wrong.body.code, 'usage.correction-invalid');
      const off = await finished(await send('POST', '/v1/usage/write-offs', { records: [waiting.record], why: 'a test call' }));
      assert.deepEqual([off.state, off.result], ['done', { writtenOff: 1 }], JSON.stringify(off));
      assert.equal((await get('/v1/usage/suspense/groups')).items.length, 0);

      const [rated] = (await get('/v1/usage/records?status=rated&callId=1')).items;
      const trace = await get(`/v1/usage/records/${rated.record}/trace`);
      const called = trace.fields.find(({ field }: { field: string }) => field === 'called');
      assert.deepEqual([called.columns, called.value], [[{ name: 'b', text: '00442079460000' }], '00442079460000']);
      assert.ok(trace.normalised.some(({ what, to }: { what: string; to: string }) => what === 'called' && to === '442079460000'));
      assert.deepEqual(
        trace.billed.map(({ leg, agreement, day, period }: Record<string, string>) => [leg, agreement, day, period]),
        [
          ['in', 'north', '2026-10-05', undefined],
          ['out', 'south', '2026-10-05', undefined],
        ],
      );

      const unseeing = Object.keys(permissions).filter((each) => each !== 'personal:read');
      const { key } = await makeApiKey(database, { name: 'masked', permissions: unseeing, expiresMicros: undefined, createdBy: 'test' });
      const masked = { headers: { authorization: `Bearer ${key}` } };
      const { body: half } = await server.ask(`/v1/usage/records/${rated.record}/trace`, masked);
      assert.ok(!JSON.stringify(half).includes('442079460000'), JSON.stringify(half));
      const { body: events } = await server.ask('/v1/agreements/north/statements/2026-10/lines/1/events', masked);
      assert.deepEqual([events.items[0].called, events.items[0].record], ['44207946****', rated.record]);
      await get('/v1/agreements/north/statements/2026-10/lines/1/events');
      const sights = (await get('/v1/audit-trail?limit=100')).items.filter(({ stage }: { stage: string }) => stage === 'seen');
      const seen = sights.filter(({ operation }: { operation: string }) => /^(getStatementEvents|traceUsageRecord)$/.test(operation));
      assert.equal(seen.length, 2, 'what was shown whole, and no more');

      // Prices out as one entry a line, as they are now, with what each was before.
      const { items: tariffs } = await get('/v1/tariffs');
      const { tariff } = tariffs.find(({ agreement, way }: Record<string, string>) => agreement === 'north' && way === 'from-you');
      const prices = await server.ask(`/v1/tariffs/${tariff}/rates?part=coming`, { headers: { accept: 'application/x-ndjson' } });
      const [line44] = prices.body
        .trim()
        .split('\n')
        .map((each: string) => JSON.parse(each));
      assert.deepEqual([line44.code, line44.price, line44.before, line44.change], ['44', '0.10', '0.05', 'increase']);

      // A list goes on as it was begun: a rate that is added meanwhile, before what is still to be read, is not in it.
      const everyRate = `/v1/tariffs/${tariff}/rates?part=all`;
      const whole = (await get(everyRate)).items;
      const pages = [await get(`${everyRate}&limit=1`)];
      const early = { code: '43', destination: 'Austria', price: '0.01', from: '2027-02-01' };
      const addedRate = await send('POST', `/v1/tariffs/${tariff}/rates`, early);
      assert.equal(addedRate.isWritten, true, JSON.stringify(addedRate));
      while (pages.at(-1).next !== null && pages.length < 20) pages.push(await get(`${everyRate}&limit=1&cursor=${pages.at(-1).next}`));
      assert.deepEqual(
        pages.flatMap(({ items }) => items),
        whole,
      );
      assert.equal((await get(everyRate)).items.length, whole.length + 1);
      assert.equal((await server.ask(`${everyRate}&cursor=W10`)).body.code, 'api.cursor-wrong');

      // A file that was sent is loaded, once; one that cannot be read is refused; what was loaded is taken out again.
      const upload2 = async (name: string, content: string) => {
        const body = { method: 'POST', body: content, headers: { 'content-type': 'application/octet-stream' } };
        return (await server.ask(`/v1/uploads?name=${name}`, body)).body.upload;
      };
      const sentThird = await upload2('third.csv', fileOf([line({ id: '7' }), line({ id: '8' })]));
      const load = async (named: string) => finished(await send('POST', '/v1/usage/loads', { upload: named, source: 'switch' }));
      const loaded = await load(sentThird);
      assert.deepEqual([loaded.state, loaded.result.state, loaded.result.name, loaded.result.rated], ['done', 'loaded', 'third.csv', 2]);
      assert.equal((await load(sentThird)).result.state, 'already-loaded');
      assert.equal((await load(await upload2('broken.csv', 'nothing;of;a;call\n'))).result.state, 'refused');
      const shown = await finished(await send('POST', '/v1/usage/rerates', { agreement: 'north' }));
      assert.deepEqual([shown.state, shown.result.isBooked, shown.result.looked], ['done', false, 5], JSON.stringify(shown));
      const back = await finished(await send('POST', '/v1/usage/roll-backs', { file: loaded.result.file, why: 'loaded twice' }));
      assert.deepEqual([back.state, back.result.isBooked, back.result.rated], ['done', true, 2], JSON.stringify(back));

      // Records sent as lines are booked by a job; each line that is refused is told, without its number's last digits.
      const call = (id: string, more: object = {}) =>
        JSON.stringify({
          ...{ call: id, start: '2026-10-06T10:00:00Z', seconds: 61, result: 'ANSWERED', from: '4930123456', to: '442079460000' },
          ...{ in: 'home', out: 'south', ...more },
        });
      const lines = [call('l1'), '', call('l2', { start: 'tomorrow' }), call('l3'), '{"call": "l4", "to": 4420794600001', call('l5'), ''];
      const sendLines = (text: string, named: string) =>
        server.ask('/v1/usage/records?source=partner&name=partner.ndjson', {
          ...{ method: 'POST', key: named, body: text, headers: { 'content-type': 'application/x-ndjson' } },
        });
      for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
        const { status, body } = await server.ask('/v1/usage/records?source=partner', {
          ...{ method: 'POST', key: type.replace('/', '-'), body: '{}', headers: { 'content-type': type } },
        });
        assert.deepEqual([status, body.code, body.detail], [415, 'api.body-type', 'the body must be application/x-ndjson'], type);
      }
      const accepted = await sendLines(lines.join('\n'), 'lines');
      assert.equal(accepted.status, 202, JSON.stringify(accepted.body) + server.faults.join());
      const took = await finished(accepted.body);
      assert.deepEqual(
        [took.state, took.result?.name, took.result?.read, took.result?.rated, took.result?.rejected],
        ['done', 'partner.ndjson', 5, 3, 2],
        JSON.stringify(took),
      );
      assert.deepEqual(
        took.result.refused.map(({ line: at, code }: Record<string, unknown>) => [at, code]),
        [
          [3, 'usage.time-unreadable'],
          [5, 'usage.json-damaged'],
        ],
        JSON.stringify(took.result.refused),
      );
      assert.match(took.result.refused[0].detail, /^start "tomorrow"/);
      assert.ok(!JSON.stringify(took).includes('4420794600001'));
      assert.equal((await sendLines(lines.join('\n'), 'lines')).headers['idempotent-replayed'], 'true');
      assert.equal((await finished((await sendLines(lines.join('\n'), 'lines-2')).body)).result.state, 'already-loaded');
      // It goes once it is written that the job is done.
      const left = (): readonly string[] => readdirSync(join(home.dataFolder, 'spool', 'sent'));
      for (let tries = 0; left().length > 0 && tries < 500; tries += 1) await sleep(10);
      assert.deepEqual(left(), [], 'nothing is left of it');
      const rolledBack = await finished(await send('POST', '/v1/usage/roll-backs', { file: took.result.file, why: 'only tried' }));
      assert.equal(rolledBack.result.rated, 3);

      assert.deepEqual((await get('/v1/usage/flags')).items, []);
      const nothing = await finished(await send('POST', '/v1/usage/releases', { why: 'looked at' }));
      assert.equal(nothing.refusals[0]?.code, 'screening.release-unclear');

      await send('POST', '/v1/payments', {
        direction: 'in',
        day: '2026-11-20',
        from: 'North',
        reference: 'n-1',
        money: { amount: '10.00', currency: 'EUR' },
      });
      const { rows: told } = await database.pool.query<{ type: string; subject: string; data: Record<string, unknown> }>(
        `select type, subject, body::jsonb->'data' as data from webhook_event order by event_id`,
      );
      const event = (type: string) => told.find((each) => each.type === type);
      assert.deepEqual([event('rate-sheet.in-force')?.subject, event('rate-sheet.in-force')?.data.file], ['agreement north', 'north.csv']);
      assert.deepEqual(
        [event('file.failed')?.data.source, event('file.failed')?.data.file],
        ['switch', 'broken.csv'],
        JSON.stringify(told),
      );
      assert.deepEqual(event('payment.received')?.data.received, { amount: '10.00', currency: 'EUR' });

      const { items: sources } = await get('/v1/sources');
      const ofSwitch = sources.find(({ source }: { source: string }) => source === 'switch');
      assert.deepEqual([ofSwitch.days[0].files, ofSwitch.days[0].read], [3, 5]);
      assert.deepEqual((await get('/v1/sources/alarms')).items, []);
      assert.deepEqual(await send('POST', '/v1/sources/alarms/clearings', { alarms: [77] }), { cleared: [] });
      assert.deepEqual(
        (await get('/v1/usage/files')).items.slice(-2).map(({ read, rated, rejected }: Record<string, number>) => [read, rated, rejected]),
        [
          [2, 0, 2],
          [3, 3, 0],
        ],
      );
    } finally {
      await server.close();
    }
  }, byFiles));
