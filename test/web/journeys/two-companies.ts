/** An operator of two legal entities says of which each time, where the address does not say it. */
import assert from 'node:assert/strict';
import { settle } from '../browser.ts';
import { secondCompany, waitingEntry } from '../forms-before.ts';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'with two legal entities a form asks of which: an entry is in the books of the chosen one, and waits there for a second person, who says no',
    async walk(begin, house) {
      await secondCompany(house);
      const { page, go, errors, faults, look } = await begin({ role: 'finance' });
      const dialog = page.getByRole('dialog');
      await go('/ledger');
      await page.getByRole('button', { name: 'Enter an entry' }).click();
      await dialog.getByRole('textbox', { name: 'Reference' }).fill('of two');
      await dialog.getByRole('textbox', { name: 'Description' }).fill('cash found');
      for (const [row, ledgerAccount, side] of [
        [1, 'bank', 'Debit'],
        [2, 'revenue', 'Credit'],
      ] as const) {
        await dialog.getByLabel(`Ledger account ${row}`).fill(ledgerAccount);
        await dialog.getByLabel(`Currency ${row}`).fill('USD');
        await dialog.getByLabel(`${side} ${row}`).fill('1.00');
      }
      const company = dialog.getByRole('combobox', { name: 'Legal entity' });
      const send = dialog.getByRole('button', { name: 'Enter an entry' });
      await send.click();
      // The browser says so, and nothing was sent.
      assert.equal(
        await company.evaluate((field: { readonly validity: { readonly valueMissing: boolean } }) => field.validity.valueMissing),
        true,
      );
      await company.selectOption('Two Persons Ltd');
      await look('two-companies');
      assert.deepEqual(await faults(), []);
      await send.click();
      await dialog.waitFor({ state: 'detached' });
      const waiting = page.getByRole('region', { name: 'Waits for a second person' });
      const entry = waiting.getByRole('article', { name: 'of two' });
      await entry.getByRole('cell').nth(7).waitFor();
      // Who approves sees what: both sides with their money, whose books, and who entered it.
      assert.deepEqual(await entry.getByRole('columnheader').allTextContents(), ['Ledger account', 'Account', 'Debit', 'Credit']);
      const cells = (await entry.getByRole('cell').allTextContents()).map((cell) => cell.replaceAll('\u00a0', ' '));
      assert.deepEqual(cells, ['bank', '', '1.00 USD', '', 'revenue', '', '', '1.00 USD']);
      await entry.filter({ hasText: /cash found.*Entered by .*finance.*, .*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/ }).waitFor();
      await look('waiting-entry');
      // More than a page of them: the rest comes when it is asked for.
      await waitingEntry({ house, page });
      const asked: string[] = [];
      await page.route('**/v1/ledger/waiting?*', (route) => {
        asked.push(route.request().url());
        return route.continue({ url: route.request().url().replace('limit=200', 'limit=1') });
      });
      await page.reload();
      await settle(page);
      const more = waiting.getByRole('button', { name: 'Show more that wait' });
      await more.waitFor();
      const rest = (): number => asked.filter((each) => each.includes('cursor=')).length;
      assert.equal(rest(), 0);
      await more.click();
      await waiting.getByRole('article').nth(1).waitFor();
      assert.ok(rest() > 0);
      await page.unrouteAll({ behavior: 'wait' });
      await entry.getByRole('button', { name: 'Reject' }).click();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('counted twice');
      await dialog.getByRole('button', { name: 'Reject' }).click();
      await entry.waitFor({ state: 'detached' });
      await go('/netting');
      await page.getByRole('button', { name: 'Propose', exact: true }).first().click();
      await dialog.getByRole('combobox', { name: 'Legal entity' }).waitFor();
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'an erasure that waits for a second person shows whom it is about and what would become of what, and is refused',
    async walk(begin, house) {
      await secondCompany(house);
      const { page, go, errors, faults, look } = await begin({ role: 'administrator', size: 'narrow' });
      await go('/settings/persons');
      await page.getByLabel('Number, address of mail or account').fill('administrator@halyard.example');
      await page.getByLabel('Reason').fill('asked by letter');
      await page.getByRole('button', { name: 'Erase', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
      await page.getByText(/^Order \d+ waits for a second person/).waitFor();
      await page.getByRole('button', { name: 'Look and decide' }).first().click();
      await dialog.getByRole('row', { name: /^Asked for .*administrator@halyard\.example/ }).waitFor();
      await dialog.getByText('sign_in.user').waitFor();
      await look('erasure-waiting');
      assert.deepEqual(await faults(), []);
      await dialog.getByRole('button', { name: 'Refuse' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.deepEqual(errors(), []);
    },
  },
];
