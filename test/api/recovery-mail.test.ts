/** The link to choose a password, as it goes over SMTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { buildApi } from '#api/server.ts';
import { mailInvitation } from '#app/access/invitation-mail.ts';
import { signInOf } from '#app/access/sign-in.ts';
import { inviteUser } from '#app/access/users.ts';
import { createLog } from '#app/log.ts';
import { loadSettings } from '#app/settings.ts';
import { keyBooksOn } from '#storage/access/keys.ts';
import { auditBooksOn } from '#storage/audit-trail/audit-books.ts';
import { repetitionBooksOn } from '#storage/repetitions/answers.ts';
import { withMailServer } from '../delivery/mail-server.ts';
import { withFolder } from '../support/cli.ts';
import { withWorld } from '../support/partner-world.ts';

test('the link to choose a password, and an invitation, come by mail, from the legal entity’s sender, in three languages, and opens the door once', () =>
  withWorld({}, ({ database }) =>
    withFolder((dataFolder) =>
      withMailServer(async (server) => {
        await database.pool.query(
          `update config_version set body = body || '{"mail": {"from": "Halyard <billing@halyard.example>"}}' where kind = 'legalEntities'`,
        );
        const environment = {
          CARILLON_API_ORIGIN: 'https://billing.test',
          CARILLON_MAIL_SERVER: `smtp://127.0.0.1:${server.port}`,
          CARILLON_MAIL_TLS: 'off',
        };
        const { settings } = await loadSettings({}, { environment, folder: dataFolder });
        const log = createLog({ level: 'silent', format: 'json' });
        const signIn = await signInOf({ settings, database, dataFolder, log, rejoin: async () => undefined });
        assert.ok(signIn);
        const books = { keys: keyBooksOn(database), repetitions: repetitionBooksOn(database), audit: auditBooksOn(database) };
        const api = await buildApi({ operations: [], ...books, signIn, version: '1', log });
        try {
          await inviteUser(database, { email: 'ann@house.test', name: 'Ann Hollis', role: 'auditor', party: undefined, by: 'test' });
          const post = async (path: string, payload: object): Promise<number> => {
            const { statusCode } = await api.server.inject({
              method: 'POST',
              url: `/v1/sign-in/${path}`,
              headers: { origin: 'https://billing.test' },
              payload,
            });
            return statusCode;
          };
          assert.equal(await post('recovery', { email: 'nobody@house.test' }), await post('recovery', { email: 'ann@house.test' }));
          while (server.mails.length === 0) await sleep(10);
          const [mail] = server.mails;
          assert.deepEqual([mail?.from, mail?.to, server.mails.length], ['billing@halyard.example', ['ann@house.test'], 1]);
          const { subject, text = '', from } = await PostalMime.parse(mail?.text ?? '');
          assert.deepEqual([from?.name, subject?.startsWith('Choose a new password')], ['Halyard', true]);
          const link = /https:\/\/billing\.test\S+/.exec(text)?.[0] ?? '';
          assert.match(text, /Ann Hollis,[\s\S]*once, within an hour[\s\S]*Passwort[\s\S]*كلمة مرور/);
          const token = new URL(link).searchParams.get('token') ?? '';
          assert.equal(await post('reset-password', { token, newPassword: 'four words make one' }), 200);
          assert.equal(await post('reset-password', { token, newPassword: 'four words make two' }), 410);
          assert.equal(await post('sign-in/email', { email: 'ann@house.test', password: 'four words make one' }), 200);
          // An invitation goes the same way; without a server of mail nothing is said to be on its way.
          const words = { name: 'Ben Ode', role: 'auditor', party: undefined, by: 'test' } as const;
          const invitation = await inviteUser(database, { email: 'ben@house.test', ...words });
          assert.equal(await mailInvitation({ settings, database, log }, invitation), true);
          while (server.mails.length < 2) await sleep(10);
          const second = server.mails[1];
          assert.deepEqual([second?.from, second?.to], ['billing@halyard.example', ['ben@house.test']]);
          const invited = await PostalMime.parse(second?.text ?? '');
          assert.match(invited.text ?? '', /Ben Ode,[\s\S]*seven days[\s\S]*sieben Tage[\s\S]*سبعة أيام/);
          const given = new URL(/https:\/\/billing\.test\S+/.exec(invited.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
          assert.equal(await post('reset-password', { token: given, newPassword: 'four words make one' }), 200);
          assert.equal(await post('sign-in/email', { email: 'ben@house.test', password: 'four words make one' }), 200);
          // What opens nothing is not sent, and is answered alike.
          assert.equal(await mailInvitation({ settings, database, log }, invitation, false), true);
          assert.equal(
            await mailInvitation({ settings: { ...settings, mail: { ...settings.mail, server: '' } }, database, log }, invitation),
            false,
          );
          assert.equal(server.mails.length, 2);
        } finally {
          await api.close();
          await signIn.close();
        }
      }),
    ),
  ));
