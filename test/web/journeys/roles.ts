/**
 * Everything as everybody: each role at each address of the table, on a wide screen and on a phone, one light and the other dark: what it reads, does,
 * what is closed to it, and what axe finds there; and the ways that roles of their own go, from a figure to its records. One browser for all of them: loading it anew for each costs more than
 * all its pages.
 */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { settle, sizes, type Visit } from '../browser.ts';
import type { Journey } from '../journey.ts';
import { rememberingAxe } from '../role-axe.ts';
import { type Letter, letters, rows } from '../role-table.ts';
import { visitAll } from '../role-visit.ts';

const isLetter = (text: string): text is Letter => text in letters;

/** What is done by others alone: wherever a role comes to, none of it is offered. */
async function offersNothing(page: Page, letter: Letter): Promise<void> {
  const all = rows.flatMap(({ acts = {} }) => Object.entries(acts));
  const own = new Set(all.filter(([, { who }]) => who.includes(letter)).map(([name]) => name));
  await settle(page);
  const offered = await page.locator('main button:visible').allTextContents();
  assert.deepEqual(
    offered.filter((each) => each === 'Reverse' || (!own.has(each) && all.some(([name]) => name === each))),
    [],
    page.url(),
  );
}

async function onPhone({ page }: Visit): Promise<void> {
  await page.setViewportSize(sizes.narrow);
  await page.emulateMedia({ colorScheme: 'dark' });
}

export const journeys: readonly Journey[] = [
  {
    name: 'each role reads what it should at every address, does what is its own, and finds all else closed, at both widths',
    async walk(begin) {
      const visit = await begin({});
      const axe = rememberingAxe();
      const wrong: string[] = [];
      for (const letter of Object.keys(letters).filter(isLetter)) wrong.push(...(await visitAll(visit, letter, axe)));
      assert.deepEqual(wrong, []);
      // A third of what stands there is new to it: forgetting none of it would be no memory, and all of it no look.
      const { stood, looked } = axe.told;
      assert.ok(looked > stood / 20 && looked < stood / 2, `axe looked at ${looked} elements of ${stood}`);
    },
  },
  {
    name: 'an auditor comes from a sum of the books to the call in it, support and finance from a call to its invoice, an engineer from an account to a trace',
    async walk(begin) {
      const visit = await begin({ role: 'auditor' });
      const { page, go, become, errors, look } = visit;
      await go('/ledger');
      await page.getByRole('grid').first().getByRole('link', { name: 'receivable' }).first().click();
      await page.getByRole('grid', { name: 'Entries' }).getByRole('link', { name: 'HT-2026-00001' }).first().click();
      await page.getByRole('link', { name: 'atlantic-voice 2026-10' }).waitFor();
      await offersNothing(page, 'U');
      await page.getByRole('link', { name: 'atlantic-voice 2026-10' }).click();
      const line = page.getByRole('grid', { name: 'Lines' }).locator('tbody tr').first().getByRole('link').first();
      await line.waitFor();
      await offersNothing(page, 'U');
      await onPhone(visit);
      await line.click();
      await page
        .getByRole('button', { name: /^Why\? / })
        .first()
        .click();
      await page.getByRole('dialog').getByText('Computed again, it is what was booked.').waitFor();
      await look('roles-auditor-why');

      for (const [role, letter, isMasked] of [
        ['support', 'S', false],
        ['finance', 'F', true],
      ] as const) {
        await become(role);
        await go('/usage?state=rated&to=2026-10-31');
        const first = page.getByRole('grid', { name: 'Usage' }).locator('tbody tr').first();
        assert.equal((await first.locator('td[data-column=called]').textContent())?.includes('*'), isMasked, role);
        await first.locator('a').first().click();
        const where = page.getByRole('region', { name: 'Where the money is' });
        const document = where.getByRole('link', { name: /^(HT|SB)-/ }).first();
        const number = (await document.textContent()) ?? '';
        await offersNothing(page, letter);
        await look(`roles-${role}-record`);
        await document.click();
        await page.getByRole('heading', { name: number, level: 1 }).waitFor();
        await page.getByText(/^\w+-voice 2026-10$/).waitFor();
        // Its statement is the way on for who has the books, and words for who has not.
        assert.equal(await page.getByRole('link', { name: /-voice 2026-10$/ }).count(), role === 'finance' ? 1 : 0, role);
        await offersNothing(page, letter);
        await look(`roles-${role}-invoice`);
      }

      await become('network-engineer');
      await go('/charging/dana');
      await page.getByRole('grid', { name: 'Running sessions' }).getByRole('link').first().click();
      await page.waitForURL('**/charging/sessions/*');
      await page.getByRole('heading', { name: 'What it changed' }).waitFor();
      await offersNothing(page, 'N');
      await look('roles-network-engineer-trace');
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a partner does its month on a phone: its statement, its invoice and the calls of it, traffic, and what was argued',
    async walk(begin) {
      const { page, go, errors, look } = await begin({ role: 'partner', size: 'narrow' });
      const to = async (name: string): Promise<void> => {
        await page.locator('header').getByRole('button', { name: 'Navigation' }).click();
        await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
        await page.getByRole('navigation').getByRole('link').first().waitFor({ state: 'hidden' });
        await settle(page);
      };
      const fetched = async (grid: string, name: string, kind: string): Promise<void> => {
        const link = page.getByRole('grid', { name: grid }).getByRole('link', { name, exact: true }).first();
        const answer = await page.request.get((await link.getAttribute('href')) ?? '');
        assert.equal(`${answer.status()} ${answer.headers()['content-type']}`.split(';')[0], `200 ${kind}`, `${grid} ${name}`);
      };
      await go('/');
      await fetched('Statements', 'PDF', 'application/pdf');
      await to('Invoices');
      await fetched('Invoices and credit notes', 'PDF', 'application/pdf');
      await fetched('Invoices and credit notes', 'Calls', 'text/csv');
      await to('Calls');
      await page.getByLabel('From', { exact: true }).fill('2026-10-02');
      await page.getByLabel('To', { exact: true }).fill('2026-10-02');
      await page.getByRole('grid', { name: 'Calls' }).locator('tbody tr').first().waitFor();
      await look('roles-partner-calls-phone');
      await to('Disputes');
      await page.getByRole('grid', { name: 'Disputes' }).getByRole('link', { name: '1', exact: true }).click();
      await page.getByText('30/6 was agreed by letter').first().waitFor();
      await look('roles-partner-dispute-phone');
      assert.deepEqual(errors(), []);
    },
  },
];
