import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBounces } from '#app/delivery/bounces.ts';
import { messageIdOf } from '#app/delivery/message-id.ts';
import { RefusedError } from '#core/refusals.ts';
import { type Desk, servicesOf, withDesk } from './desk.ts';
import { withMailServer } from './mail-server.ts';

const ROUTE = '[{by: email, to: [ap@north.example]}]';

/** After the examples of RFC 3464, appendix E.1 and E.4. */
const report = (messageId: string, action: 'failed' | 'delayed' | 'delivered' = 'failed'): string =>
  `From: Mail Delivery Subsystem <MAILER-DAEMON@cs.north.example>
To: <billing@own.example>
Subject: Returned mail: Cannot send message for 5 days
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="RAA14128.773615765/CS.NORTH"

--RAA14128.773615765/CS.NORTH

The original message was received at Sat, 2 Jul 2026 17:10:28 -0400

--RAA14128.773615765/CS.NORTH
content-type: message/delivery-status

Reporting-MTA: dns; cs.north.example

Original-Recipient: rfc822;ap@north.example
Final-Recipient: rfc822;accounts+old@north.example
Action: ${action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 user unknown

--RAA14128.773615765/CS.NORTH
content-type: message/rfc822

Message-ID: ${messageId}
From: billing@own.example
Subject: Invoice

Dear Sir
--RAA14128.773615765/CS.NORTH--
`.replaceAll('\n', '\r\n');

function withSent(work: (desk: Desk, messageId: string, save: (name: string, text: string) => string) => Promise<void>): Promise<void> {
  return withMailServer((server) =>
    withDesk(ROUTE, async (desk) => {
      await desk.issue('INV-1');
      await desk.deliver(servicesOf(desk, { mailPort: server.port }));
      const messageId = messageIdOf(1n, 'INV-1', 'billing@own.example');
      assert.ok(server.mails[0]?.text.includes(messageId));
      await work(desk, messageId, (name, text) => {
        writeFileSync(join(desk.home.folder, name), text);
        return join(desk.home.folder, name);
      });
    }),
  );
}

test('a report that comes back is found by the Message-ID of the mail, and recorded once', () =>
  withSent(async (desk, messageId, save) => {
    const file = save('1.eml', report(messageId));
    const { database } = desk.home;
    const [first] = await readBounces(database, [file], desk.clock.micros);
    assert.deepEqual(first, {
      file,
      what: 'recorded',
      document: 'INV-1',
      recipients: [{ recipient: 'ap@north.example', action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 user unknown' }],
    });
    assert.equal((await desk.standings())[0]?.state, 'bounced');
    assert.equal((await readBounces(database, [file], desk.clock.micros))[0]?.what, 'known');
    assert.match((await desk.standings())[0]?.said ?? '', /^ap@north\.example: 5\.1\.1 550/);
  }));

test('a delay is recorded and the mail still counts as sent', () =>
  withSent(async (desk, messageId, save) => {
    const [one] = await readBounces(desk.home.database, [save('1.eml', report(messageId, 'delayed'))], desk.clock.micros);
    assert.equal(one?.what, 'recorded');
    assert.equal((await desk.standings())[0]?.state, 'sent');
  }));

test('reports of success, of mails that are not ours, made-up identities and letters of people change nothing', () =>
  withSent(async (desk, messageId, save) => {
    const files = [
      save('success.eml', report(messageId, 'delivered')),
      save('foreign.eml', report('<abc@elsewhere.example>')),
      save('made-up.eml', report('<carillon-1-0123456789abcdef@own.example>')),
      save('person.eml', 'From: ap@north.example\r\nSubject: Re: Invoice\r\n\r\nThank you.\r\n'),
      save('empty.eml', ''),
      save('noise.eml', '\u0000\u0001\u0002 --boundary\r\n\r\n'.repeat(500)),
    ];
    const found = await readBounces(desk.home.database, files, desk.clock.micros);
    assert.deepEqual(
      found.map(({ what }) => what),
      ['no-report', 'not-ours', 'not-ours', 'no-report', 'no-report', 'no-report'],
    );
    assert.equal((await desk.standings())[0]?.state, 'sent');
  }));

test('a file that is not there is refused by name', () =>
  withSent(async (desk) => {
    await assert.rejects(readBounces(desk.home.database, ['/nowhere/1.eml'], 0), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.refusals[0]?.code, 'delivery.message-unreadable');
      return true;
    });
  }));
