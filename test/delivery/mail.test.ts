import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WAITS_MS } from '#operations/delivery/deliver.ts';
import { retryDelivery } from '#storage/delivery/overview.ts';
import { servicesOf, withDesk } from './desk.ts';
import { mailError, withMailServer } from './mail-server.ts';

const TWO = '[{by: email, to: [ap@north.example, cfo@north.example], attach: [pdf, ubl], language: de}]';
const ONE = '[{by: email, to: [ap@north.example]}]';

test('an issued document goes by mail once, with its letter in the account’s language and its files', () =>
  withMailServer(async (server) => {
    await withDesk(TWO, async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('INV-1');
      assert.deepEqual(
        (await desk.deliver(services)).map(({ outcome }) => outcome.outcome),
        ['sent'],
      );
      assert.deepEqual(await desk.deliver(services), []);
      assert.equal(server.mails.length, 1);
      const [mail] = server.mails;
      assert.equal(mail?.from, 'billing@own.example');
      assert.deepEqual(mail?.to, ['ap@north.example', 'cfo@north.example']);
      assert.match(mail?.text ?? '', /^Subject: Rechnung INV-1 von Own Telecom\r$/m);
      assert.match(mail?.text ?? '', /^Reply-To: desk@own\.example\r$/m);
      assert.match(mail?.text ?? '', /^Message-ID: <carillon-1-[0-9a-f]{16}@own\.example>\r$/m);
      assert.match(mail?.text ?? '', /1\.234,50.EUR|1=2E234,50|1\.234,50=C2=A0EUR/);
      assert.match(mail?.text ?? '', /filename=INV-1\.pdf/);
      assert.ok(mail?.text.includes(Buffer.from('ubl of INV-1').toString('base64')));
      const [standing] = await desk.standings();
      assert.equal(standing?.state, 'sent');
    });
  }));

test('what the server puts off is tried again at growing distances with the same Message-ID, and fails after three days', () =>
  withMailServer(async (server) => {
    server.refuses.data = () => mailError(451, '4.3.0 try later');
    await withDesk(ONE, async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('INV-1');
      for (const wait of WAITS_MS) {
        const [one] = await desk.deliver(services);
        assert.equal(one?.outcome.outcome, 'deferred');
        assert.match(one.outcome.answer, /451 4\.3\.0 try later/);
        assert.equal(one.nextMicros, desk.clock.micros + wait * 1000);
        desk.clock.micros += wait * 1000 - 1;
        assert.deepEqual(await desk.deliver(services), [], 'not before its time');
        desk.clock.micros += 1;
      }
      assert.equal((await desk.deliver(services))[0]?.nextMicros, undefined);
      assert.equal((await desk.standings())[0]?.state, 'failed');
      desk.clock.micros += 86_400_000_000;
      assert.deepEqual(await desk.deliver(services), []);

      server.refuses.data = () => undefined;
      await retryDelivery(desk.home.database, 1n, false, desk.clock.micros);
      assert.equal((await desk.deliver(services))[0]?.outcome.outcome, 'sent');
    });
  }));

test('what the server refuses for good is not tried again until somebody says so', () =>
  withMailServer(async (server) => {
    server.refuses.recipient = () => mailError(550, '5.1.1 no such user');
    await withDesk(ONE, async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('INV-1');
      const [one] = await desk.deliver(services);
      assert.equal(one?.outcome.outcome, 'refused');
      const [standing] = await desk.standings();
      assert.equal(standing?.state, 'failed');
      assert.match(standing.said, /550 5\.1\.1 no such user/);
    });
  }));

test('of several recipients those whom the server refuses are recorded; the others have the mail', () =>
  withMailServer(async (server) => {
    server.refuses.recipient = (address) => (address.startsWith('cfo') ? mailError(550, '5.1.1 no such user') : undefined);
    await withDesk(TWO, async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('INV-1');
      await desk.deliver(services);
      assert.deepEqual(server.mails[0]?.to, ['ap@north.example']);
      const [standing] = await desk.standings();
      assert.equal(standing?.state, 'bounced');
      assert.match(standing.said, /^cfo@north\.example: 5\.1\.1 550 5\.1\.1 no such user/);
    });
  }));

test('a server that is not there is asked again later', async () => {
  await withDesk(ONE, async (desk) => {
    const services = servicesOf(desk, { mailPort: 1 });
    await desk.issue('INV-1');
    const [one] = await desk.deliver(services);
    assert.equal(one?.outcome.outcome, 'deferred');
    assert.match(one.outcome.answer, /ECONNREFUSED/);
  });
});

test('who dies while sending leaves an attempt without an end; the delivery is taken over after the lease, and its late answer changes nothing', () =>
  withMailServer(async (server) => {
    await withDesk(ONE, async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('INV-1');
      await services.store.plan(desk.clock.micros);
      const dead = await services.store.take(desk.clock.micros, 600_000, 'dead');
      assert.ok(dead);
      assert.deepEqual(await desk.deliver(services), [], 'nobody else takes it before');
      desk.clock.micros += 600_000_000;
      assert.equal((await desk.deliver(services))[0]?.outcome.outcome, 'sent');
      await services.store.finish(dead, { outcome: 'refused', answer: 'late' }, desk.clock.micros, undefined);
      const [standing] = await desk.standings();
      assert.equal(standing?.state, 'sent');
      const { rows } = await desk.home.database.pool.query('select outcome from delivery_attempt order by attempt_id');
      assert.deepEqual(rows, [{ outcome: 'unknown' }, { outcome: 'sent' }]);
    });
  }));

test('several that deliver at once send each document once', () =>
  withMailServer(async (server) => {
    await withDesk(ONE, async (desk) => {
      for (let index = 1; index <= 20; index += 1) await desk.issue(`INV-${index}`);
      const desks = [1, 2, 3].map(() => servicesOf(desk, { mailPort: server.port }));
      await Promise.all(desks.map((services) => desk.deliver(services)));
      const subjects = server.mails.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1]);
      assert.equal(subjects.length, 20);
      assert.equal(new Set(subjects).size, 20);
    });
  }));

test('documents from before the way was declared stay where they are', () =>
  withMailServer(async (server) => {
    await withDesk('[{by: portal}]', async (desk) => {
      const services = servicesOf(desk, { mailPort: server.port });
      await desk.issue('OLD-1');
      await desk.deliver(services);
      await desk.configure('[{by: portal}, {by: email, to: [ap@north.example]}]');
      await desk.issue('NEW-1');
      await desk.deliver(services);
      const sent = (await desk.standings()).map(({ document, way, state }) => `${document} ${way} ${state}`);
      assert.deepEqual(sent.toSorted(), ['NEW-1 email sent', 'NEW-1 portal sent', 'OLD-1 portal sent']);
    });
  }));
