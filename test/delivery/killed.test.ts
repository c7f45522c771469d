import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { documentFiles } from '#app/delivery/document-files.ts';
import { issuingBooks } from '#app/invoicing/books.ts';
import { issueInvoice } from '#operations/invoicing/issue-invoice.ts';
import { sampleContent } from '../support/invoice-samples.ts';
import { servicesOf, withDesk } from './desk.ts';
import { withMailServer } from './mail-server.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test('killed with -9 after issuing and in the middle of a mail: nothing is lost, and only the mail whose answer was lost goes again, as the same', () =>
  withMailServer((server) =>
    withDesk('[{by: email, to: [ap@north.example], attach: [pdf]}]', async (desk) => {
      const { database, folder } = desk.home;
      const content = sampleContent(1, { legalEntity: 'own', account: 'north', party: 'north' });
      for (const key of ['one', 'two', 'three'])
        await database.transaction((client) => issueInvoice(issuingBooks(client), { key, content }, 'test'));
      assert.deepEqual(await desk.standings(), [], 'issuing queues nothing that could be lost');

      let running: ChildProcess | undefined;
      const run = async (): Promise<string | number | null> => {
        const environment = {
          DATABASE_URL: desk.url,
          CARILLON_MAIL_SERVER: `smtp://127.0.0.1:${server.port}`,
          CARILLON_MAIL_TLS: 'off',
          CARILLON_DATA: `${folder}/data`,
        };
        running = spawn(process.execPath, [MAIN, 'delivery', 'run'], {
          cwd: folder,
          env: { ...process.env, ...environment },
          stdio: 'ignore',
        });
        const [code, signal] = (await once(running, 'exit')) as [number | null, string | null]; // as Node documents
        return signal ?? code;
      };
      // The second mail is taken, and who sent it does not live to hear it.
      server.refuses.data = () => {
        if (server.mails.length === 1) running?.kill('SIGKILL');
        return undefined;
      };
      assert.equal(await run(), 'SIGKILL');
      server.refuses.data = () => undefined;
      assert.deepEqual((await desk.standings()).map(({ state }) => state).sort(), ['sending', 'sent', 'waiting']);

      assert.equal(await run(), 0);
      assert.equal(server.mails.length, 3, 'the third went; the second belongs to the dead until its lease is over');
      desk.clock.micros = (Date.now() + 601_000) * 1000;
      const services = { ...servicesOf(desk, { mailPort: server.port }), files: documentFiles(database) };
      assert.deepEqual(
        (await desk.deliver(services)).map(({ outcome }) => outcome.outcome),
        ['sent'],
      );
      assert.deepEqual(
        (await desk.standings()).map(({ state }) => state),
        ['sent', 'sent', 'sent'],
      );
      const identities = server.mails.map(({ text }) => /^Message-ID: (.*)\r$/im.exec(text)?.[1]);
      assert.equal(identities.length, 4);
      assert.equal(new Set(identities).size, 3);
      assert.equal(identities[3], identities[1]);
      assert.deepEqual(await desk.deliver(services), []);
    }),
  ));
