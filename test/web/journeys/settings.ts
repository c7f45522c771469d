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

      await go('/settings/audit-trail?operation=blockUser');
      await page.getByRole('grid', { name: 'Audit trail' }).getByText('administrator@halyard.example').first().waitFor();
      await page.getByRole('button', { name: 'Verify the chain' }).click();
      await page.getByText('The chain holds').waitFor();
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
];
