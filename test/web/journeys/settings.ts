/** Who may what: somebody is invited and blocked, a key is made and revoked, and the audit trail tells it. */
import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'an administrator invites and blocks somebody, makes and revokes a key; the audit trail tells it, and its chain holds',
    async walk(begin) {
      const { page, go, errors, faults, look } = await begin({ role: 'administrator' });
      await go('/settings');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Email').fill('lin@halyard.example');
      await dialog.getByLabel('Name').fill('Lin Okafor');
      await dialog.getByRole('combobox', { name: 'Role' }).click();
      await page.getByRole('option', { name: 'finance' }).click();
      await dialog.getByRole('button', { name: 'Invite' }).click();
      await page.getByText('Invitation for Lin Okafor').waitFor();
      assert.match((await page.locator('[data-secret]').textContent()) ?? '', /\/invitation\?token=[\w-]{20,}$/);
      await page.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
      const row = page.getByRole('row', { name: /lin@halyard/ });
      await row.getByRole('button', { name: 'Block' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
      await row.getByText('blocked').waitFor();
      await look('settings-users');
      assert.deepEqual(await faults(), []);

      await go('/settings/roles');
      await page.getByRole('columnheader', { name: 'auditor' }).waitFor();
      await look('settings-roles');
      assert.deepEqual(await faults(), []);

      await go('/settings/keys');
      await page.getByRole('button', { name: 'Make a key' }).first().click();
      await page.getByRole('dialog').getByLabel('Name').fill('Reporting');
      await page.getByRole('dialog').getByRole('combobox', { name: 'Permissions' }).click();
      await page.getByRole('option', { name: 'usage:read' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
      await page.getByText('The new key').waitFor();
      assert.match((await page.locator('[data-secret]').textContent()) ?? '', /^carillon_/);
      await look('settings-key');
      assert.deepEqual(await faults(), []);

      await go('/settings/webhooks');
      await page.getByText('Events go nowhere yet').waitFor();
      await look('settings-webhooks');

      await go('/settings/retention');
      await page.getByRole('grid', { name: 'Rules' }).getByText('retention.usageDays=0').waitFor();
      await page.getByRole('button', { name: 'Hold', exact: true }).click();
      await page.getByRole('dialog').getByLabel('From').fill('2026-01-01');
      await page.getByRole('dialog').getByLabel('Reason').fill('court order 7 O 12/26');
      await page.getByRole('dialog').getByRole('button', { name: 'Hold', exact: true }).click();
      const held = page.getByRole('grid', { name: 'Legal holds' }).getByRole('row', { name: /court order/ });
      await held.waitFor();
      await dialog.waitFor({ state: 'detached' });
      await look('settings-retention');
      assert.deepEqual(await faults(), []);

      await held.getByRole('button', { name: 'Release' }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('lifted');
      await page.getByRole('dialog').getByRole('button', { name: 'Release', exact: true }).click();
      await page.getByText('Nothing is held').waitFor();
      await go('/settings/persons');
      await page.getByLabel('Number, address of mail or account').fill('lin@halyard.example');
      await page.getByRole('button', { name: 'What would be erased' }).click();
      await page.getByText('What would become of what').waitFor();
      await page.getByRole('button', { name: 'Export', exact: true }).first().click();
      await page.getByRole('link', { name: 'Save the file' }).waitFor();
      await look('settings-persons');
      assert.deepEqual(await faults(), []);

      await go('/settings/audit-trail?operation=blockUser');
      await page.getByRole('grid', { name: 'Audit trail' }).getByText('administrator@halyard.example').first().waitFor();
      await page.getByRole('button', { name: 'Verify the chain' }).click();
      await page.getByText('The chain holds').waitFor();
      await page.getByRole('grid', { name: 'Audit trail' }).getByRole('link').first().click();
      const entry = page.getByRole('dialog');
      const cells = entry.getByRole('row', { name: /^isBlocked/ }).getByRole('cell');
      await cells.last().waitFor();
      assert.deepEqual(await cells.allTextContents(), ['false', 'true']);
      await entry.getByRole('button', { name: 'As it is kept' }).click();
      await entry.getByText('{"parameters":').waitFor();
      await look('settings-audit');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(errors(), []);
      const narrow = await begin({ role: 'auditor', size: 'narrow', theme: 'dark', language: 'ar' });
      await narrow.go('/settings/audit-trail');
      await narrow.page.getByRole('grid').waitFor();
      await narrow.look('settings-audit-narrow');
      assert.deepEqual(await narrow.faults(), []);
    },
  },
  {
    name: 'finance looks at templates with made-up figures, keeps its own once it is right, and gives a rate of exchange',
    async walk(begin) {
      const { page, go, errors, faults, look } = await begin({ role: 'finance' });
      // Who may not see people comes to the first page that they may see.
      await go('/settings');
      await page.waitForURL('**/settings/companies*');
      await go('/settings/templates');
      await page.getByLabel('Language of the document').selectOption('ar');
      await page.waitForURL(/documentLanguage=ar/);
      // The address changes before what stands on the page does.
      const open = page.getByRole('link', { name: 'Open the PDF' }).and(page.locator('[href*="language=ar"]'));
      const sample = await page.request.get((await open.getAttribute('href')) ?? '');
      assert.equal((await sample.body()).subarray(0, 5).toString(), '%PDF-');
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Add a template' }).click();
      await dialog.getByLabel('Name').fill('ours');
      const source = dialog.locator('input[type=file]').first();
      await source.setInputFiles(typst('#import "parts.typ": *\n= Hello\n#nothing-there\n'));
      await dialog.getByRole('button', { name: 'Check and keep' }).click();
      await dialog.getByRole('alert').getByText('Row 3').waitFor();
      await look('settings-template-refused');
      assert.deepEqual(await faults(), []);
      await source.setInputFiles(typst('#import "parts.typ": *\n= Hello #data.number\n'));
      await dialog.getByRole('button', { name: 'Check and keep' }).click();
      await page.getByRole('grid', { name: 'Templates' }).getByText('own source').waitFor();
      assert.equal(errors().filter((each) => !/ 422 /.test(each)).length, 0);

      await go('/settings/calendars');
      await page.getByRole('region', { name: 'Holidays of a year' }).getByText('-12-25').waitFor();
      assert.deepEqual(await faults(), []);

      await go('/settings/currencies?from=2031-01-01');
      await page.getByText('No rate fits').waitFor();
      await page.getByRole('button', { name: 'Give a rate' }).click();
      await dialog.getByLabel('Day').fill('2031-01-02');
      const rate = dialog.getByRole('textbox', { name: 'Rate' });
      const send = dialog.getByRole('button', { name: 'Give a rate' });
      await rate.fill('=1+1');
      await send.click();
      await dialog.getByText('exchange.rate-wrong').waitFor();
      await rate.fill('1.0850');
      await send.click();
      const rates = page.getByRole('grid', { name: 'Rates of exchange' });
      await rates.getByText('1.085').waitFor();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Give a rate' }).click();
      await dialog.getByLabel('Day').fill('2031-01-02');
      await rate.fill('1.09');
      await send.click();
      await dialog.getByLabel('Why it replaces the one that stands').fill('a slip of the pen');
      await send.click();
      await rates.getByText('a slip of the pen').waitFor();
      await look('settings-currencies');
      assert.deepEqual(await faults(), []);
      assert.equal(errors().filter((each) => !/ 4\d\d /.test(each)).length, 0);
    },
  },
];

function typst(text: string) {
  return { name: 'ours.typ', mimeType: 'text/plain', buffer: Buffer.from(text) };
}
