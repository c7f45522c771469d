/** What is seldom done, out of menus and in the settings: an account adjusted and blocked, vouchers, certificates of tax, prices, files, numbers. */
import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'support makes vouchers, redeems one, adjusts a balance with its reason, blocks the account and lets it in again',
    async walk(begin, house) {
      await house.cli('apply', 'examples/prepaid-mobile');
      await house.cli('charge', 'open', 'olga', '--plan', 'mira', '--identity', 'msisdn:491701111111');
      const { page, go, errors, faults, look } = await begin({ role: 'support' });
      const dialog = page.getByRole('dialog');
      const more = async (name: string): Promise<void> => {
        await page.getByRole('button', { name: 'More', exact: true }).click();
        await page.getByRole('menuitem', { name, exact: true }).click();
      };

      await go('/charging/all/vouchers');
      await page.getByRole('button', { name: 'Make vouchers' }).click();
      await dialog.getByRole('textbox', { name: 'How many', exact: true }).fill('2');
      await dialog.getByRole('textbox', { name: 'Amount', exact: true }).fill('10.00');
      await dialog.getByRole('textbox', { name: 'Currency', exact: true }).fill('eur');
      await dialog.getByRole('button', { name: 'Make vouchers' }).click();
      await dialog.getByText('has 2 codes').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Save the codes (CSV)' }).click(),
      ]);
      const saved = await download.createReadStream();
      const [, code = ''] = (await saved.toArray()).join('').split('\r\n');
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await look('vouchers');

      await go('/charging/olga');
      await more('Redeem a voucher');
      await dialog.getByLabel('Code of the voucher').fill('0000000000000000');
      await dialog.getByRole('button', { name: 'Redeem a voucher' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel('Code of the voucher').fill(code);
      await dialog.getByRole('button', { name: 'Redeem a voucher' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('grid', { name: 'History' }).getByText('10.00').first().waitFor();

      await more('Adjust a balance');
      await dialog.getByLabel('By how much').fill('-1.50');
      await dialog.getByLabel('Reason').fill('<b>a call</b> that broke off \u202eagain');
      assert.deepEqual(await faults(), []);
      await look('charging-adjust');
      await dialog.getByRole('button', { name: 'Adjust a balance' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('grid', { name: 'History' }).getByText('−1.50').first().waitFor();

      const become = async (status: 'active' | 'blocked'): Promise<void> => {
        await more('Activate, block or close');
        await dialog.getByLabel('Status').selectOption(status);
        await dialog.getByRole('button', { name: 'Activate, block or close' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(status, { exact: true }).first().waitFor();
      };
      await become('blocked');
      // What the form is of is read anew beside what the page shows, and says nothing when it has come.
      await go('/charging/olga');
      await become('active');
      await look('charging-account-more');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(
        errors().filter((each) => !/ 4\d\d /.test(each)),
        [],
      );
    },
  },
  {
    name: 'finance asks why an amount is taxed, records a certificate and ends it, asks for a card’s page, and reads prices in force',
    async walk(begin) {
      const { page, go, errors, faults, look } = await begin({ role: 'finance' });
      const dialog = page.getByRole('dialog');
      await go('/settings/tax');
      await page.getByRole('button', { name: 'Explain a tax' }).click();
      await dialog.getByRole('textbox', { name: 'Seller', exact: true }).fill('IE');
      await dialog.getByRole('textbox', { name: 'Buyer', exact: true }).fill('DE');
      await dialog.getByRole('textbox', { name: 'Net', exact: true }).fill('100.00');
      await dialog.getByRole('textbox', { name: 'Currency', exact: true }).fill('eur');
      await dialog.getByRole('button', { name: 'Explain a tax' }).click();
      await dialog.getByText('To pay').waitFor();
      await look('tax-explained');
      await dialog.getByRole('button', { name: 'Close' }).last().click();

      await page.getByRole('button', { name: 'Record a certificate' }).click();
      await dialog.getByRole('textbox', { name: 'Holder', exact: true }).fill('nobody');
      await dialog.getByRole('textbox', { name: 'Certificate', exact: true }).fill('EX-1');
      await dialog.getByRole('textbox', { name: 'Frees of', exact: true }).fill('US-CA');
      await dialog.getByLabel('Since').fill('2026-01-01');
      await dialog.getByRole('button', { name: 'Record a certificate' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('textbox', { name: 'Holder', exact: true }).fill('andina');
      await dialog.getByRole('button', { name: 'Record a certificate' }).click();
      await dialog.waitFor({ state: 'detached' });
      const row = page.getByRole('row', { name: /EX-1/ });
      await row.getByRole('button', { name: 'End it' }).click();
      await dialog.getByLabel('First day not').fill('2026-06-01');
      await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('revoked by the office');
      await dialog.getByRole('button', { name: 'End it' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('revoked by the office').waitFor();
      await look('tax-certificates');
      assert.deepEqual(await faults(), []);
      for (const tab of ['Tax rates', 'Tax rules', 'Tables taken in']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('tabpanel').waitFor();
      }

      await go('/invoices');
      // What we owe and what was given back is nothing that one adds to invoices.
      assert.equal(await page.locator('main tfoot').count(), 0);
      // Other journeys give invoices back: a credit note is paid by nobody.
      const invoices = page.getByRole('row').filter({ has: page.getByText('invoice', { exact: true }) });
      await invoices.first().getByRole('link').first().click();
      await page.getByRole('button', { name: 'Link for a card' }).click();
      await dialog.getByRole('button', { name: 'Link for a card' }).click();
      // Without a provider it is refused by name, in the dialog.
      await dialog.getByRole('alert').or(dialog.getByRole('link')).first().waitFor();
      await page.keyboard.press('Escape');

      await go('/rate-sheets/prices');
      await page.getByRole('row', { name: /halyard-to-atlantic.* ours/ }).waitFor();
      await page.getByRole('row', { name: /atlantic-to-halyard.* theirs/ }).waitFor();
      await page.getByRole('grid').getByRole('link').first().click();
      await page.getByRole('grid', { name: 'Prices' }).waitFor();
      await look('prices');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(
        errors().filter((each) => !/ [45]\d\d /.test(each)),
        [],
      );
    },
  },
];
