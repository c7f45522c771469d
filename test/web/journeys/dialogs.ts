/** Dialogs of the month that no other journey opens, each filled wrongly first: write-off, holds, letters, entries by hand, closed books, a partner's invoice. */
import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

const ACCOUNT = 'andina-usd';

export const journeys: readonly Journey[] = [
  {
    name: 'what will never be paid is written off, an account is held and released, an entry is made by hand, days are closed and opened',
    async walk(begin, house) {
      const { page, go, errors, faults, look } = await begin({ role: 'finance' });
      const dialog = page.getByRole('dialog');
      const ask = async (path: string, data: object): Promise<{ readonly items: readonly { readonly draft: string }[] }> => {
        const headers = { origin: house.origin, 'idempotency-key': `dialogs${path.replaceAll('/', '.')}` };
        const answer = await page.request.post(path, { headers, data });
        assert.ok(answer.ok(), await answer.text());
        return answer.json();
      };
      const lines = [{ description: 'Co-location', price: 5, quantity: 1 }];
      const fee = { key: 'co-location', kind: 'invoice', account: ACCOUNT, period: '2026-10', lines };
      const { items } = await ask('/v1/drafts', { name: 'fee.yaml', text: JSON.stringify(fee), on: '2026-11-19' });
      await ask('/v1/drafts/issues', { drafts: items.map(({ draft }) => draft) });

      await go(`/ledger/accounts/${ACCOUNT}`);
      await page.getByRole('button', { name: 'Write off', exact: true }).first().click();
      await dialog.getByRole('textbox', { name: 'Amount' }).fill('=1+1');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('<b>never</b> \u202epaid');
      await dialog.getByRole('button', { name: 'Write off' }).click();
      await dialog.getByRole('alert').waitFor();
      await look('dialog-write-off');
      await dialog.getByRole('textbox', { name: 'Amount' }).fill('0.10');
      await dialog.getByRole('button', { name: 'Write off' }).click();
      await dialog.waitFor({ state: 'detached' });

      await go('/dunning');
      await page.getByRole('button', { name: 'Put on hold' }).click();
      await dialog.getByRole('textbox', { name: 'Account', exact: true }).fill('nobody');
      await dialog.getByRole('textbox', { name: 'Why' }).fill('late for the third time');
      await dialog.getByRole('button', { name: 'Put on hold' }).click();
      await dialog.getByRole('alert').waitFor();
      await look('dialog-hold');
      await dialog.getByRole('textbox', { name: 'Account', exact: true }).fill(ACCOUNT);
      await dialog.getByRole('button', { name: 'Put on hold' }).click();
      const held = page.getByRole('row', { name: /late for the third time/ });
      await held.waitFor();
      await dialog.waitFor({ state: 'detached' });
      await held.getByRole('button', { name: 'Release' }).click();
      await dialog.getByRole('textbox', { name: 'Why' }).fill('has paid');
      await dialog.getByRole('button', { name: 'Release' }).click();
      await held.waitFor({ state: 'detached' });
      await dialog.waitFor({ state: 'detached' });

      await go('/ledger');
      await page.getByRole('button', { name: 'Enter an entry' }).click();
      await dialog.getByRole('textbox', { name: 'Reference' }).fill('dialogs 1');
      await dialog.getByRole('textbox', { name: 'Description' }).fill('=HYPERLINK("x") cash found');
      for (const [row, ledgerAccount, side, amount] of [
        [1, 'bank', 'Debit', '1.00'],
        [2, 'revenue', 'Credit', '2.00'],
      ] as const) {
        await dialog.getByLabel(`Ledger account ${row}`).fill(ledgerAccount);
        await dialog.getByLabel(`Currency ${row}`).fill('USD');
        await dialog.getByLabel(`${side} ${row}`).fill(amount);
      }
      await dialog.getByRole('button', { name: 'Enter an entry' }).click();
      await dialog.getByRole('alert').waitFor();
      await look('dialog-entry');
      assert.deepEqual(await faults(), []);
      await dialog.getByLabel('Credit 2').fill('1.00');
      await dialog.getByRole('button', { name: 'Enter an entry' }).click();
      await dialog.waitFor({ state: 'detached' });

      const close = page.getByRole('button', { name: 'Close or reopen' }).first();
      await close.click();
      await dialog.getByLabel('First open day').fill('2026-09-01');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('audited');
      await dialog.locator('form').getByRole('button', { name: 'Close', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await close.click();
      await dialog.getByText('2026-09-01').waitFor();
      await look('dialog-close');
      await dialog.getByText('Reopen', { exact: true }).click();
      await dialog.getByLabel('First open day').fill('2026-08-01');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('a bill of August came');
      await dialog.getByRole('button', { name: 'Reopen' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(errors().filter((each) => !/ 4\d\d /.test(each)).length, 0);
    },
  },
];
