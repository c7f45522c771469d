/** A partner does its month: what is open, an invoice with its file, a dispute, its calls, a colleague; nothing of another's. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-files.ts';
import { settle } from '../browser.ts';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'sign-in and portal are the operator’s: its mark, name, colour and address, which nothing in the page holds up',
    async walk(begin) {
      const visits = [{}, { size: 'narrow', theme: 'dark', language: 'ar' }] as const;
      for (const [at, visiting] of visits.entries()) {
        const { page, go, look, faults } = await begin(visiting);
        await go('/sign-in');
        await page.getByText('Halyard Transit', { exact: true }).waitFor();
        await page.getByText('85 Tenth Avenue, Suite 600').waitFor();
        const logo = await page.request.get((await page.locator('img').first().getAttribute('src')) ?? '');
        assert.deepEqual([logo.status(), logo.headers()['content-type']], [200, 'image/svg+xml']);
        assert.match(logo.headers()['content-security-policy'] ?? '', /sandbox/);
        assert.match(await page.title(), /· Halyard Transit$/);
        assert.deepEqual(await faults(), []);
        await look(`sign-in-brand-${at}`);
        assert.equal((await page.request.get('/brand/nobody/logo')).status(), 404);
      }
    },
  },
  {
    name: 'a partner sees its month, contests an invoice, looks at calls, invites a colleague, and finds nothing of others',
    async walk(begin) {
      const narrow = await begin({ role: 'partner', size: 'narrow', theme: 'dark', language: 'de' });
      await narrow.go('/portal/month');
      await narrow.page.getByRole('heading', { name: 'Abrechnungen' }).waitFor();
      await narrow.look('portal-month-narrow');
      assert.deepEqual(await narrow.faults(), []);
      await narrow.go('/portal/send');
      await narrow.look('portal-send-narrow');
      assert.deepEqual(await narrow.faults(), []);
      const { page, go, errors, faults, look } = await begin({ role: 'partner' });
      await go('/');
      await page.getByRole('heading', { name: 'Statements' }).waitFor();
      await page.waitForURL('**/portal/month');
      const ways = page.getByRole('navigation').getByRole('link');
      await ways.first().waitFor();
      assert.ok((await ways.allTextContents()).every((each) => !/Partners|Settings|Overview/.test(each)));
      await look('portal-month');
      assert.deepEqual(await faults(), []);

      await go('/portal/documents');
      const grid = page.getByRole('grid', { name: 'Invoices and credit notes' });
      await grid.waitFor();
      const pdf = await grid.getByRole('link', { name: 'PDF' }).first().getAttribute('href');
      const file = await page.request.get(pdf ?? '');
      assert.equal(file.headers()['content-type'], 'application/pdf');
      await look('portal-documents');
      assert.deepEqual(await faults(), []);
      await grid.getByRole('button', { name: 'Contest' }).first().click();
      await page.getByRole('dialog').getByLabel('Amount').fill('1.00');
      await page.getByRole('dialog').getByLabel('Reason').fill('<script>alert(1)</script> less was carried');
      await page.getByRole('dialog').getByRole('button', { name: 'Contest' }).click();
      const talk = page.getByRole('region', { name: 'Messages and evidence' });
      await talk.getByLabel('Message').fill('Here is\nwhat we counted, =1+1 <b>');
      const proof = { name: 'counted.csv', mimeType: 'text/csv', buffer: Buffer.from('call;seconds\n1;60\n') };
      await talk.locator('input[type=file]').setInputFiles(proof);
      await talk.getByRole('button', { name: 'Send' }).click();
      const download = await page.request.get((await talk.getByRole('link', { name: 'counted.csv' }).getAttribute('href')) ?? '');
      assert.equal(await download.text(), 'call;seconds\n1;60\n');
      await look('portal-dispute');
      assert.deepEqual(await faults(), []);
      const address = new URL(page.url()).pathname;
      await narrow.go(address);
      await narrow.page.getByText('what we counted').waitFor();
      await narrow.look('portal-dispute-narrow');
      assert.deepEqual(await narrow.faults(), []);
      const house = await begin({ role: 'finance', language: 'ar' });
      await house.go(address.replace('/portal', ''));
      await house.page.getByText('counted.csv').first().waitFor();
      await house.page.getByRole('region', { name: 'الرسائل والأدلة' }).getByLabel('الرسالة').fill('We look into it.');
      await house.page.getByRole('button', { name: 'إرسال' }).click();
      await house.page.getByRole('article').getByText('We look into it.').waitFor();
      await house.look('dispute-talk-ar');
      assert.deepEqual(await house.faults(), []);
      await go(address);
      await talk.getByText('We look into it.').waitFor();
      await go('/portal/disputes');
      await page.getByRole('grid', { name: 'Disputes' }).getByText('less was carried').waitFor();
      await look('portal-disputes');
      assert.deepEqual(await faults(), []);

      await go('/portal/calls?from=2026-10-01&to=2026-10-31');
      await page.getByRole('grid', { name: 'Calls' }).waitFor();
      await look('portal-calls');
      assert.deepEqual(await faults(), []);

      await go('/portal/rates');
      await page.getByRole('grid', { name: 'Our prices', exact: true }).waitFor();
      const prices = readFileSync(join(projectRoot, 'examples/demo-operator/rate-sheets/atlantic-2026-10.csv'), 'utf8');
      const broken = { name: 'new-prices.csv', mimeType: 'text/csv', buffer: Buffer.from(`${prices}not,a,rate,at,all\n`) };
      await page.locator('form input[type=file]').setInputFiles(broken);
      await page.getByRole('button', { name: 'Send the price list' }).click();
      await page.getByRole('status').getByText('It waits for us').waitFor();
      await page.getByRole('grid', { name: 'Price lists that you sent' }).getByText('new-prices.csv').waitFor();
      await look('portal-rates');
      assert.deepEqual(await faults(), []);
      const manager = await begin({ role: 'interconnect-manager' });
      await manager.go('/rate-sheets');
      await manager.page.getByText('from atlantic').waitFor();
      // What was taken in last is not read again: it must not look like a list without rows.
      await page.locator('form input[type=file]').setInputFiles({ ...broken, name: 'the-same.csv', buffer: Buffer.from(prices) });
      await page.getByRole('button', { name: 'Send the price list' }).click();
      await page.getByRole('status').getByText('it changes nothing').waitFor();
      await manager.go('/rate-sheets');
      await manager.page.getByRole('link', { name: 'the-same.csv' }).click();
      await manager.page.getByText('This is the file that was taken in last').waitFor();
      assert.equal(await manager.page.getByText('Which column is what').count(), 0);
      await page.getByRole('grid', { name: 'Our prices', exact: true }).getByRole('link').first().click();
      await page.getByRole('grid', { name: 'Prices', exact: true }).waitFor();
      await look('portal-tariff');
      assert.deepEqual(await faults(), []);
      const list = await page.request.get((await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '');
      assert.match(await list.text(), /^\ufeffCode,Destination,Time band,Price,Currency/);
      await narrow.go('/portal/rates');
      await narrow.page.getByText('new-prices.csv').waitFor();
      await narrow.look('portal-rates-narrow');
      assert.deepEqual(await narrow.faults(), []);

      await go('/portal/declarations/1');
      await page.getByText('you bill by increments 30/6').waitFor();
      await page.getByRole('grid', { name: 'Where they differ' }).waitFor();
      await look('portal-compared');
      assert.deepEqual(await faults(), []);
      await narrow.go('/portal/declarations/1');
      await narrow.page.getByText('Andere Taktung').waitFor();
      await narrow.look('portal-compared-narrow');
      assert.deepEqual(await narrow.faults(), []);

      await narrow.go('/portal/traffic?from=2026-10-01&to=2026-10-31&by=destination');
      await narrow.page.getByRole('grid', { name: 'Verkehr und Güte' }).waitFor();
      await narrow.look('portal-traffic-narrow');
      assert.deepEqual(await narrow.faults(), []);
      await go('/portal/traffic?from=2026-10-01&to=2026-10-31');
      await page.getByRole('grid', { name: 'Traffic and quality' }).getByText('From you').first().waitFor();
      await page.getByRole('grid', { name: 'Why calls ended' }).waitFor();
      await look('portal-traffic');
      assert.deepEqual(await faults(), []);
      const sheet = await page.request.get((await page.getByRole('link', { name: 'CSV' }).first().getAttribute('href')) ?? '');
      assert.match(await sheet.text(), /^\ufeffday,direction,service,currency,attempts/);

      await narrow.go('/portal/payments');
      await narrow.page
        .getByRole('grid', { name: /Bewegungen/ })
        .first()
        .waitFor();
      await narrow.look('portal-payments-narrow');
      assert.deepEqual(await narrow.faults(), []);
      await go('/portal/payments');
      await page
        .getByRole('grid', { name: /Movements of/ })
        .first()
        .waitFor();
      await look('portal-payments');
      assert.deepEqual(await faults(), []);

      await go('/portal/send');
      const form = page.locator('form');
      const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      const choose = (file: ReturnType<typeof csv>) => page.locator('input[type=file]').setInputFiles(file);
      await choose(csv('faulty.csv', 'Destination;Calls;Seconds;Amount\nFrance;x;60;40.50\n'));
      await form.getByLabel('What it is').selectOption('declaration');
      await form.getByLabel('Period').fill('2026-10');
      await form.getByRole('button', { name: 'Read it' }).click();
      await page.getByRole('alert').getByText('Row 2').waitFor();
      await look('portal-send-fault');
      assert.deepEqual(await faults(), []);
      assert.equal(errors().length, 1, 'the refusal, and nothing else');
      // A header that nobody knows is named; what is read otherwise is read again before it is sent.
      await choose(csv('october.csv', 'Destination;Llamados;Seconds;Amount\nFrance;1;60;40.50\n'));
      await form.getByRole('button', { name: 'Read it' }).click();
      await form.getByLabel('Another column').fill('Llamados');
      await form.getByRole('button', { name: 'Add' }).click();
      await form.getByLabel('Llamados').selectOption('calls');
      await form.getByRole('button', { name: 'Read it' }).click();
      await form.getByText('Nothing is sent yet').waitFor();
      await form.getByRole('button', { name: 'Send it' }).click();
      await form.getByText('Sent. Lines: 1.').waitFor();
      await page.getByRole('grid', { name: 'Your figures' }).getByText('october.csv').first().waitFor();
      await look('portal-send');
      assert.deepEqual(await faults(), []);

      await go('/portal/users');
      await page.getByRole('button', { name: 'Invite a colleague' }).click();
      await page.getByRole('dialog').getByLabel('Email').fill('colleague@atlantic.example');
      await page.getByRole('dialog').getByLabel('Name').fill('A colleague');
      await page.getByRole('dialog').getByRole('button', { name: 'Invite a colleague' }).click();
      await page.getByText('Invitation for A colleague').waitFor();
      await look('portal-users');
      assert.deepEqual(await faults(), []);

      for (const path of ['/v1/parties/halyard', '/v1/agreements/nobody-2026', '/v1/disputes/999999']) {
        const answer = await page.request.get(path);
        assert.equal(answer.status(), 404, path);
      }
      assert.equal((await page.request.get('/v1/users')).status(), 403);
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a customer sees what is left and used, tops up by a voucher, finds invoices and payments, and nothing of others',
    async walk(begin, house) {
      await house.cli('charge', 'open', 'otto', '--plan', 'halyard-go', '--identity', 'msisdn:491709999002');
      await house.cli('charge', 'party', 'otto', 'andina');
      const made = await house.cli('charge', 'voucher', 'make', '--amount', '5.00', '--currency', 'USD', '--count', '1');
      const code = made.trim().split(',').at(-1) ?? '';
      const { page, go, errors, faults, look } = await begin({ role: 'customer' });
      await go('/');
      await page.getByRole('region', { name: 'dana' }).waitFor();
      await page.waitForURL('**/portal/account');
      const ways = page.getByRole('navigation').getByRole('link');
      await ways.filter({ hasText: 'Disputes' }).waitFor();
      assert.deepEqual(await ways.allTextContents(), ['Your account', 'Invoices', 'Payments', 'Disputes']);
      await page.getByRole('button', { name: 'Top up' }).click();
      await page.getByLabel('Code of the voucher').fill(code);
      await page.getByRole('dialog').getByRole('button', { name: 'Top up' }).click();
      await page.getByRole('grid', { name: 'Used and added' }).getByText('Voucher').waitFor();
      await page.getByText('20.6442').first().waitFor();
      await page.getByText('Spending in a month').waitFor();
      // Now all has come that will: nobody else's account is among it.
      await settle(page);
      assert.equal(await page.getByText('otto').count(), 0);
      await page.getByRole('grid', { name: 'Used and added' }).getByRole('button', { name: 'Why? this use' }).first().click();
      await page.getByRole('dialog').getByText('61 s × 0.35 / 60 s = 0.3558(3)').waitFor();
      await look('customer-why');
      assert.deepEqual(await faults(), []);
      await page.keyboard.press('Escape');
      await look('customer-account');
      assert.deepEqual(await faults(), []);
      const narrow = await begin({ role: 'customer', size: 'narrow', theme: 'dark', language: 'ar' });
      await narrow.go('/portal/account');
      await narrow.page.getByRole('region', { name: 'dana' }).waitFor();
      await narrow.look('customer-account-narrow');
      assert.deepEqual(await narrow.faults(), []);
      await go('/portal/documents');
      // Where a partner has "Contest", a customer has the files alone.
      const documents = page.getByRole('grid', { name: 'Invoices and credit notes' });
      await documents.getByRole('link', { name: 'UBL' }).first().waitFor();
      assert.equal(await documents.getByRole('button', { name: 'Contest' }).count(), 0);
      await go('/portal/disputes');
      await page.getByText('If a document looks wrong, ask us').waitFor();
      await go('/portal/payments');
      await page
        .getByRole('grid', { name: /Movements of/ })
        .first()
        .waitFor();
      await look('customer-payments');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(errors(), []);
      for (const [path, status] of [
        ['/v1/portal/charging-accounts/otto/history', 404],
        ['/v1/portal/charging-accounts/otto/controls', 404],
        ['/v1/portal/charging-accounts/otto/uses/x', 404],
        ['/v1/charging/accounts/dana', 403],
        ['/v1/portal/calls?from=2026-10-01&to=2026-10-31', 403],
        ['/v1/portal/users', 403],
      ] as const)
        assert.equal((await page.request.get(path)).status(), status, path);
    },
  },
];
