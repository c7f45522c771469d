/** What two people change at once, or one in two windows: nobody's work is undone unseen. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../support/project-files.ts';
import { settle } from '../browser.ts';
import { addressOf } from '../house.ts';
import type { Journey } from '../journey.ts';

/** Not the file that was taken in last, of which there is nothing to read. */
const sheet = {
  ...{ name: 'atlantic-2026-11.csv', mimeType: 'text/csv' },
  buffer: Buffer.concat([readFileSync(join(projectRoot, 'examples/demo-operator/rate-sheets/atlantic-2026-10.csv')), Buffer.from('\n')]),
};
const SAM = 'sam@halyard.example';
/** Refused, as it must be. */
const expected = / 412 /;

export const journeys: readonly Journey[] = [
  {
    name: 'of two who change the same person, webhook or rate sheet the second is told what is there now, keeps what was chosen, and takes it or sends over it',
    async walk(begin, house) {
      await house.cli('webhooks', 'add', 'crm', 'https://crm.halyard.example/1', '--secret', 'env:HOUSE_WEBHOOK', '--type', 'webhook.test');
      const { page, context, go, errors, faults, look } = await begin({ role: 'administrator' });
      // Of somebody else, from elsewhere.
      const ask = async (method: string, path: string, data?: object): Promise<{ readonly role?: string }> => {
        const headers = { origin: house.origin, 'idempotency-key': randomUUID() };
        const answer = await page.request.fetch(path, { method, headers, ...(data === undefined ? {} : { data }) });
        assert.ok(answer.ok(), await answer.text());
        return answer.json();
      };
      const role = async (): Promise<string | undefined> => (await ask('GET', `/v1/users/${SAM}`)).role;
      await ask('POST', '/v1/users', { email: SAM, name: 'Sam Two', role: 'finance' });
      const dialog = page.getByRole('dialog');
      const told = dialog.getByRole('alert');
      const open = async (): Promise<void> => {
        await page
          .getByRole('row', { name: /sam@halyard/ })
          .getByRole('button', { name: 'Change role' })
          .click();
        await dialog.getByRole('combobox', { name: 'Role' }).waitFor();
      };
      await go('/settings');
      await open();

      // The same form before somebody else, who is faster.
      const other = await begin({ role: 'administrator', language: 'ar', size: 'narrow', theme: 'dark' });
      await other.go('/settings');
      const others = other.page.getByRole('dialog');
      await other.page
        .getByRole('row', { name: /sam@halyard/ })
        .getByRole('button', { name: 'تغيير الدور' })
        .click();
      await others.getByRole('combobox').waitFor();
      await choose(page, 'Role', 'support');
      await dialog.getByRole('button', { name: 'Change role' }).click();
      await dialog.waitFor({ state: 'detached' });

      await others.getByRole('combobox').click();
      const seventh = other.page.getByRole('option').nth(6);
      const chosen = (await seventh.textContent()) ?? '';
      await seventh.click();
      const isChosen = others.getByRole('combobox').and(other.page.locator(`[value="${chosen}"]`));
      await isChosen.waitFor();
      await others.locator('button[type=submit]').click();
      await others
        .getByRole('alert')
        .getByText(addressOf('administrator'))
        .or(others.getByRole('alert').getByText('Somebody of'))
        .waitFor();
      await other.look('stale-role-ar-dark-narrow');
      assert.deepEqual(await other.faults(), []);
      await isChosen.waitFor();
      assert.equal(await role(), 'support');
      await others.getByRole('alert').getByRole('button', { name: 'الكتابة فوقها بما لدي' }).click();
      await others.waitFor({ state: 'detached' });
      assert.notEqual(await role(), 'support');

      // What is there now is taken instead.
      await page.reload();
      await open();
      await ask('PUT', `/v1/users/${SAM}/role`, { role: 'network-engineer' });
      await choose(page, 'Role', 'product manager');
      await dialog.getByRole('button', { name: 'Change role' }).click();
      await told.getByText('Somebody changed this meanwhile').waitFor();
      await told.getByRole('row', { name: /Role .*network engineer/i }).waitFor();
      await look('stale-role');
      assert.deepEqual(await faults(), []);
      await told.getByRole('button', { name: 'Take what is there now' }).click();
      await told.waitFor({ state: 'detached' });
      await dialog.getByRole('combobox', { name: 'Role' }).and(page.locator('[value="network engineer" i]')).waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();

      // A name that is taken is not written over; what has it is changed instead, and nothing moves by itself.
      await go('/settings/webhooks');
      await page.getByRole('button', { name: 'Add a webhook' }).click();
      await dialog.getByLabel('Name').fill('crm');
      await dialog.getByLabel('Address').fill('https://crm.halyard.example/mine');
      await dialog.getByLabel('Secret').fill('env:HOUSE_WEBHOOK');
      await dialog.getByRole('button', { name: 'Add a webhook' }).click();
      await told.getByText('There is one of this name already').waitFor();
      await look('stale-webhook-there');
      await told.getByRole('button', { name: 'Take what is there now' }).click();
      const address = dialog.getByRole('textbox', { name: 'Address' });
      await dialog.getByText('Change a webhook').waitFor();
      await address.and(page.locator('[value="https://crm.halyard.example/1"]')).waitFor();
      await ask('POST', '/v1/webhooks/crm/tests');
      await address.fill('https://crm.halyard.example/2');
      await dialog.getByRole('button', { name: 'Change', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('row', { name: /crm.halyard.example\/2/ }).waitFor();
      await ask('POST', '/v1/webhooks/crm/stops');

      // A draft that is read otherwise in another window meanwhile: what was chosen here stays, and is sent over it.
      await go('/rate-sheets/new');
      await page.locator('input[type=file]').setInputFiles(sheet);
      await page.getByLabel('Agreement').selectOption('atlantic-voice');
      await page.getByRole('button', { name: 'Read it' }).click();
      await page.waitForURL('**/rate-sheets/drafts/*');
      const left = page.getByLabel('Rows to leave out');
      await left.fill('17');
      const second = await context.newPage();
      await second.goto(page.url());
      await settle(second);
      await second.getByLabel('Rows to leave out').fill('3,4');
      const applied = second.waitForResponse((answer) => answer.request().method() === 'PUT');
      await second.getByRole('button', { name: 'Read again so' }).click();
      assert.equal((await applied).status(), 200);
      await second.close();
      await page.bringToFront();
      await page.getByRole('button', { name: 'Read again so' }).click();
      const above = page.getByRole('main').getByRole('alert');
      await above.getByText('Somebody changed this meanwhile').waitFor();
      await above.getByRole('row', { name: /Rows to leave out.*3,4/ }).waitFor();
      await look('stale-draft');
      assert.deepEqual(await faults(), []);
      assert.equal(await left.inputValue(), '17');
      // It goes as soon as mine is on its way: what is asked below must not be there before it.
      const sentOver = page.waitForResponse((answer) => answer.request().method() === 'PUT');
      await above.getByRole('button', { name: 'Send mine over it' }).click();
      assert.equal((await sentOver).status(), 200);
      await above.waitFor({ state: 'detached' });
      await page.locator('input[value="17"]').waitFor();
      const draft = new URL(page.url()).pathname.replace('/rate-sheets/drafts/', '/rate-sheet-drafts/');

      // Nor is put into force what was read otherwise since it was looked at: that is looked at first, and nothing is sent over it unseen.
      const activate = page.getByRole('button', { name: 'Put into force', exact: true });
      await activate.and(page.locator(':enabled')).waitFor();
      await ask('PUT', `/v1${draft}`, { skipRows: '18' });
      await activate.click();
      await dialog.getByRole('button', { name: 'Put into force', exact: true }).click();
      await above.getByRole('row', { name: /Rows to leave out.*17.*18/ }).waitFor();
      await look('stale-activation');
      assert.deepEqual(await faults(), []);
      assert.equal(await above.getByRole('button', { name: 'Send mine over it' }).count(), 0);
      await above.getByRole('button', { name: 'Take what is there now' }).click();
      await above.waitFor({ state: 'detached' });
      await page.locator('input[value="18"]').waitFor();
      await page.goto('about:blank'); // it would read again what is thrown away now
      await ask('DELETE', `/v1${draft}`);
      for (const each of [errors, other.errors])
        assert.deepEqual(
          each().filter((said) => !expected.test(said)),
          [],
        );
    },
  },
  {
    name: 'who has another role by now is told so in the form, with what was written kept; what is offered follows, and the role given back does it',
    async walk(begin, house) {
      const { page, go, errors, look } = await begin({ role: 'finance' });
      const administrator = await begin({ role: 'administrator' });
      const become = async (role: string): Promise<void> => {
        const path = `/v1/users/${addressOf('finance')}/role`;
        const answer = await administrator.page.request.put(path, { headers: { origin: house.origin }, data: { role } });
        assert.ok(answer.ok(), await answer.text());
      };
      await go('/settings/templates');
      const add = page.getByRole('main').getByRole('button', { name: 'Add a template' });
      await add.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('of-finance');
      const logo = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>';
      await dialog
        .locator('input[type=file]')
        .last()
        .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(logo) });
      const keep = dialog.getByRole('button', { name: 'Check and keep' });
      try {
        await become('auditor');
        await keep.click();
        await dialog.getByRole('alert').getByText('may not do this').waitFor();
        await look('role-changed');
        await add.waitFor({ state: 'detached' });
        assert.equal(await dialog.getByLabel('Name').inputValue(), 'of-finance');
      } finally {
        await become('finance');
      }
      await keep.click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('grid', { name: 'Templates' }).getByText('of-finance').waitFor();
      assert.deepEqual(
        errors().filter((each) => !/ 403 /.test(each)),
        [],
      );
    },
  },
];

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: new RegExp(`^${option}$`, 'i') }).click();
}
