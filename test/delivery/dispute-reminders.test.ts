/** Who has not answered a dispute in time is reminded by a letter, once for each step, over the ways of the account. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentFiles } from '#app/delivery/document-files.ts';
import { remind, reminderOf } from '#app/dispute-reminders.ts';
import { raise, step } from '#app/disputes.ts';
import { documentLanguages } from '#core/parties/invoicing-terms.ts';
import { renderReminder, writeReminderMail } from '#documents/disputes/render-reminder.ts';
import { servicesOf, withDesk } from './desk.ts';
import { withMailServer } from './mail-server.ts';

test('an answer that is overdue is asked for once for each step that waits, by mail with a letter', () =>
  withMailServer((server) =>
    withDesk('[{by: email, to: [ap@north.example]}]', async (desk) => {
      const { database } = desk.home;
      const services = { ...servicesOf(desk, { mailPort: server.port }), files: documentFiles(database) };
      await desk.issue('INV-7');
      await database.pool.query(`update delivery set state = 'stopped'`);
      const recorded = { atMicros: 0, by: 'ann' };
      const raised = { document: 'INV-7', amount: '250.00', reason: '60/60 was agreed', respondDays: 30, evidence: [], recorded };
      await raise(database, { ...raised, by: 'us', day: '2026-11-10' });
      // They contest this one: the answer is ours, and nobody else is reminded of it.
      await raise(database, { ...raised, by: 'them', day: '2026-11-10' });
      const run = async (day: string, daysBefore = 0) =>
        (await remind(database, { day, daysBefore, by: 'ann' })).map(({ number }) => number);
      assert.deepEqual(await run('2026-12-09'), []);
      assert.deepEqual(await run('2026-12-07', 3), ['DSP-000001']);
      assert.deepEqual(await Promise.all([run('2026-12-20'), run('2026-12-20')]), [[], []]);
      const sent = (await desk.deliver(services)).filter(({ delivery }) => delivery.kind === 'dispute-reminder');
      assert.deepEqual(
        sent.map(({ outcome }) => [outcome.outcome, ...Object.keys(outcome.sha256 ?? {})]),
        [['sent', 'DSP-000001.pdf']],
      );
      const mail = server.mails.find(({ text }) => text.includes('Dispute 1'))?.text ?? '';
      assert.match(mail, /Subject: Dispute 1: your answer \(DSP-000001, Own Telecom\)/);
      assert.match(mail, /we contest .*250\.00.* of INV-7/);
      // A counter-offer of theirs is for us to answer; ours waits for them again.
      const made = { id: '1', day: '2026-12-21', note: '', recorded } as const;
      await step(database, { ...made, kind: 'offered', amount: '100.00', by: 'them' });
      assert.deepEqual(await run('2026-12-22'), []);
      await step(database, { ...made, kind: 'offered', amount: '200.00', by: 'us', day: '2026-12-22' });
      assert.deepEqual(await run('2026-12-23'), ['DSP-000002']);
      assert.equal((await reminderOf(database, 'DSP-000001')).offeredNanos, undefined);
      const letter = await reminderOf(database, 'DSP-000002');
      for (const language of documentLanguages) {
        assert.match(writeReminderMail(letter, language).text, /INV-7[\s\S]*60\/60 was agreed/);
        assert.ok(renderReminder(letter, language).subarray(0, 5).equals(Buffer.from('%PDF-')), language);
      }
    }),
  ));
