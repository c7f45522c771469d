/** The month in front of the screen: closed, argued, paid, and every page of it at both widths, light and dark. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { settle, sizes, type Visit } from '../browser.ts';
import { partnerInvoice } from '../forms-before.ts';
import type { Journey } from '../journey.ts';

const pages = [
  'periods',
  'statements',
  'invoices',
  'reconciliation',
  'disputes',
  'payments',
  'netting',
  'ledger',
  'ledger/ageing',
  'ledger/entries',
];

/** Somebody else goes on with what is on the screen, at this size. */
async function goesOn({ page, become }: Visit, role: string, size: keyof typeof sizes): Promise<void> {
  await become(role);
  await page.setViewportSize(sizes[size]);
  await page.reload();
  await settle(page);
}

export const journeys: readonly Journey[] = [
  {
    name: 'every page of the month is read at both widths, light and dark, without a fault',
    async walk(begin) {
      for (const [size, theme] of [
        ['wide', 'light'],
        ['narrow', 'dark'],
      ] as const) {
        const { go, faults, errors, look } = await begin({ role: 'finance', size, theme });
        for (const path of pages) {
          await go(`/${path}`);
          await look(`month-${path.replace('/', '-')}-${size}`);
          assert.deepEqual(await faults(), [], `${path} ${size}`);
          assert.deepEqual(errors(), [], `${path} ${size}`);
        }
      }
    },
  },
  {
    name: 'what is due is closed from the board, and its statement leads to the events of a line and why they cost what they cost',
    async walk(begin) {
      const { page, go, faults, errors, look } = await begin({ role: 'finance' });
      // The demonstration has settled October; November is due when it is over.
      const half = Promise.withResolvers<void>();
      await page.route('**/v1/periods/checks?*', async (route) => {
        await half.promise;
        await route.continue();
      });
      await go('/periods?on=2026-12-20');
      const due = page.getByRole('region', { name: 'Due', exact: true });
      const card = due.getByRole('article').first();
      await card.waitFor();
      // Letters that come faster than the address follows are all kept, and the field stays when what was not said before is said beside it.
      const all = await due.getByRole('article').count();
      const find = page.getByLabel('Find a partner');
      await find.pressSequentially('rhein');
      half.resolve();
      await due.getByText('Something is missing').first().waitFor();
      await page.keyboard.type('land');
      await page.waitForURL(/q=rheinland$/);
      await find.fill('');
      await due
        .getByRole('article')
        .nth(all - 1)
        .waitFor();
      // By agreement and period: the partner's name comes after its card, and is part of what the card is called.
      const agreement = (await card.getByRole('link').first().textContent()) ?? '';
      const [period = ''] = /\d{4}-\d{2}/.exec((await card.textContent()) ?? '') ?? [];
      const closed = page.getByRole('article').filter({ hasText: period, has: page.getByRole('link', { name: agreement, exact: true }) });
      await card.getByRole('button', { name: /^Close/ }).click();
      const dialog = page.getByRole('dialog');
      const reason = dialog.getByLabel('Why it is closed all the same');
      // Both come at once, or this alone.
      await dialog.getByLabel('Day of the documents').waitFor();
      if (await reason.isVisible()) await reason.fill('the switch team has confirmed the gap');
      await look('month-close-dialog');
      assert.deepEqual(await faults(), []);
      await dialog.locator('form').getByRole('button', { name: 'Close', exact: true }).click();
      await dialog.getByText(/^Closed: [01], waiting/).waitFor();
      await look('month-closed');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await closed.first().waitFor();
      await go('/periods');
      await page.getByRole('link', { name: 'atlantic-voice' }).first().click();
      await page.getByRole('grid', { name: 'Lines' }).waitFor();
      await look('month-statement');
      assert.deepEqual(await faults(), []);
      await page.getByRole('grid', { name: 'Lines' }).locator('tbody tr').first().getByRole('link').first().click();
      await page.getByRole('grid', { name: 'Events' }).waitFor();
      await page
        .getByRole('button', { name: /^Why\? / })
        .first()
        .click();
      await page.getByRole('dialog').getByText('Computed again, it is what was booked.').waitFor();
      await look('month-line-why');
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a partner’s figures are compared beside the page, and a link to what was found opens it again',
    async walk(begin) {
      const visit = await begin({ role: 'finance' });
      const { page, go, faults, errors, look } = visit;
      await go('/reconciliation/atlantic-voice/2026-10');
      const lines = page.getByRole('grid', { name: 'Lines' });
      await lines.locator('tbody tr[data-row]').first().waitFor();
      await page.getByRole('heading', { name: 'Why they differ' }).waitFor();
      await page.waitForURL(/run=/);
      await look('month-reconciled');
      assert.deepEqual(await faults(), []);
      await goesOn(visit, 'interconnect-manager', 'narrow');
      await lines.locator('tbody tr[data-row]').first().waitFor();
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'an invoice of a partner that differs can be disputed as it stands; accepted whole, its page says what was, and that nothing is open',
    async walk(begin, house) {
      const visit = await begin({ role: 'finance', size: 'narrow' });
      const { page, go, faults, errors, look } = visit;
      const dialog = page.getByRole('dialog');
      await go(await partnerInvoice({ house, page }));
      // Of one destination among many there is no cause to be found: what is not explained can be disputed all the same.
      const compared = page.getByRole('region', { name: /^Declaration|A-/ }).first();
      await compared.getByText('Not explained').waitFor();
      await compared.getByRole('button', { name: 'Dispute this' }).last().click();
      await dialog.getByLabel('Contested, without tax').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('We expect').first().waitFor();
      await page.getByRole('button', { name: 'Accept' }).click();
      await dialog.getByLabel('All of it, whatever we expect').check();
      await dialog.getByRole('button', { name: 'Accept' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Nothing: no difference is open').waitFor();
      await page.getByText('Was expected').waitFor();
      await page.getByText('We expect').first().waitFor({ state: 'detached' });
      await look('month-partner-invoice-accepted');
      assert.deepEqual(await faults(), []);
      await page.getByRole('button', { name: 'Take back' }).click();
      await dialog.getByLabel(/^Reason/).fill('read twice');
      await dialog.getByRole('button', { name: 'Take back' }).click();
      await page.getByText('We expect').first().waitFor();
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a document is given back in part, and a difference is argued to its end',
    async walk(begin) {
      const visit = await begin({ role: 'finance' });
      const { page, go, faults, errors, look } = visit;
      await go('/invoices');
      const grid = page.getByRole('grid', { name: 'Invoices' });
      await grid.getByText('invoice', { exact: true }).first().waitFor();
      await grid
        .locator('tbody tr', { hasText: 'rheinland' })
        .or(grid.locator('tbody tr', { hasText: 'Rheinland' }))
        .first()
        .getByRole('link')
        .first()
        .click();
      await page.getByRole('button', { name: 'Give back' }).waitFor();
      await look('month-invoice');
      assert.deepEqual(await faults(), []);
      const number = (await page.locator('h1').textContent()) ?? '';

      await page.getByRole('button', { name: 'Give back' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Some lines').click();
      await dialog.getByRole('checkbox').first().check();
      await dialog.getByLabel('Amount of line 1', { exact: true }).fill('=1+1');
      await dialog.getByText('Not an amount such as 12.50').waitFor();
      await dialog.getByLabel('Amount of line 1', { exact: true }).fill('1.00');
      await dialog.getByLabel(/^Reason/).fill('<script>alert(1)</script> \u202e tests');
      await look('month-credit');
      assert.deepEqual(await faults(), []);
      await dialog.getByRole('button', { name: 'Issue the credit note' }).click();
      await page.getByText('<script>alert(1)</script>').first().waitFor();

      await go(`/invoices/${encodeURIComponent(number)}`);
      await page.getByRole('button', { name: 'Dispute this' }).click();
      await dialog.getByLabel('Contested, without tax').fill('99999999999');
      await dialog.getByLabel(/^Reason/).fill('calls of the fifth');
      await dialog.getByRole('button', { name: 'Raise a dispute' }).click();
      await dialog.getByRole('alert').waitFor();
      await look('month-dispute-refused');
      assert.equal(errors().filter((each) => !/ 4\d\d /.test(each)).length, 0);
      await dialog.getByLabel('Contested, without tax').fill('1.00');
      await dialog.getByRole('button', { name: 'Raise a dispute' }).click();
      await page.getByRole('heading', { name: /^Dispute \d+/ }).waitFor();
      await page.getByLabel(/^Offer, of/).fill('0.50');
      await page.getByRole('button', { name: 'Offer', exact: true }).click();
      await page.getByText('We: offered').waitFor();
      await page.getByLabel('Whose step').first().click();
      await page.getByRole('option', { name: 'They' }).click();
      await page.getByRole('button', { name: 'Accept' }).click();
      await page.getByRole('button', { name: 'Settle' }).waitFor();
      await look('month-dispute');
      assert.deepEqual(await faults(), []);
      await goesOn(visit, 'interconnect-manager', 'narrow');
      await page.getByRole('button', { name: 'Settle' }).click();
      await page.getByText('We: settled').waitFor();
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a draft is issued, a payment is entered, settles it and is taken back; the books lead from the balance to the document',
    async walk(begin, house) {
      const visit = await begin({ role: 'finance', size: 'narrow' });
      const { page, go, faults, errors, look } = visit;
      const account = 'rheinland-eur';
      const fee = {
        key: 'port fee',
        kind: 'invoice',
        account,
        period: '2026-10',
        lines: [{ description: 'Port fee', price: 2, quantity: 1 }],
      };
      const written = await page.request.post('/v1/drafts', {
        headers: { origin: house.origin, 'idempotency-key': 'journey' },
        data: { name: 'fee.yaml', text: JSON.stringify(fee), on: '2026-11-20' },
      });
      assert.equal(written.status(), 201, await written.text());
      await go('/invoices');
      const drafts = page.getByRole('region', { name: 'Drafts' });
      await drafts.getByRole('button', { name: 'Issue' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Issue' }).click();
      await drafts.waitFor({ state: 'detached' });
      const row = page.getByRole('grid', { name: 'Invoices' }).locator('tbody tr', { hasText: '2026-11-20' }).first();
      const number = (await row.getByRole('link').first().textContent()) ?? '';

      await go('/payments');
      await page.getByRole('button', { name: 'Enter a payment' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Reference/).fill('by hand 1');
      await dialog.getByLabel(/^Amount/).fill('1.50');
      await dialog.getByLabel(/^Currency/).fill('EUR');
      await dialog.getByRole('button', { name: 'Enter a payment' }).click();
      await page.getByRole('heading', { name: /^PAY-/ }).waitFor();
      await settle(page);
      const whose = page.getByLabel('Account');
      await whose.fill(account);
      await whose.press('Enter');
      await page.getByRole('checkbox', { name: number }).check();
      await look('month-payment');
      assert.deepEqual(await faults(), []);
      await page.keyboard.press('Tab');
      // What is open comes after the payment that is settled: what was done stays on the page.
      const open = '**/v1/ledger/open-items*';
      await page.route(open, async (route) => {
        await setTimeout(300);
        await route.continue();
      });
      await page.getByRole('button', { name: 'Settle the chosen' }).press('Enter');
      await page.getByText(/settles/).waitFor();
      // One may still be held back here: it goes on before the road is free.
      await page.unrouteAll({ behavior: 'wait' });
      const used = page.getByRole('region', { name: 'What it settled' });
      await used.getByRole('link', { name: number }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(/was taken back/).waitFor();
      await used.getByText('(taken back)').waitFor();
      await look('month-payment-undone');
      // Settled again and left: who comes back later takes it back with a reason.
      await page.getByRole('checkbox', { name: number }).check();
      await page.getByRole('button', { name: 'Settle the chosen' }).click();
      const back = used.getByRole('button', { name: /^Take back PAY-/ });
      // Of the document: until it is settled again, whose the payment is can be taken back.
      await used
        .getByRole('row', { name: number })
        .getByRole('button', { name: /^Take back PAY-/ })
        .waitFor();
      await page.reload();
      await settle(page);
      // One: whose it is stands as long as it settles something.
      await back.click();
      await dialog.getByLabel(/^Reason/).fill('of another <b>invoice</b>');
      await look('month-payment-take-back');
      assert.deepEqual(await faults(), []);
      await dialog.getByRole('button', { name: 'Take back' }).click();
      await dialog.waitFor({ state: 'detached' });
      await used.getByText('(taken back)').nth(1).waitFor();
      await used
        .getByRole('row', { name: /Assigned to its account/ })
        .getByRole('button', { name: /^Take back/ })
        .waitFor();
      // The same for somebody else, who reads on in the books.
      await goesOn(visit, 'administrator', 'wide');
      await used.getByText('(taken back)').first().waitFor();

      await go('/ledger');
      const balance = page.getByRole('grid').first();
      await balance.getByRole('link', { name: 'receivable' }).first().click();
      await page.getByRole('grid', { name: 'Entries' }).waitFor();
      await settle(page);
      await page.getByRole('link', { name: number }).first().click();
      await page.getByRole('heading', { name: number }).waitFor();
      await look('month-invoice-administrator');
      assert.deepEqual(errors(), []);
    },
  },
];
