/** Partners: the list by keyboard, one page of everything, a link that opens the same. */
import assert from 'node:assert/strict';
import { settle, type Visit } from '../browser.ts';
import type { Journey } from '../journey.ts';

async function clean({ errors, faults }: Visit, what: string): Promise<void> {
  assert.deepEqual(await faults(), [], what);
  assert.deepEqual(errors(), [], what);
}

export const journeys: readonly Journey[] = [
  {
    name: 'a partner is found by keyboard and has everything on one page; the address opens the same again',
    async walk(begin) {
      const visit = await begin({ role: 'interconnect-manager' });
      const { page, go, look } = visit;
      await go('/partners');
      await look('partners');
      await clean(visit, 'partners');
      await page.keyboard.press('/');
      await page.keyboard.type('rhein');
      await page.getByText('1 row', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Rheinland/ }).waitFor();
      await settle(page);
      await look('partner');
      await clean(visit, 'partner');
      await page.getByRole('region', { name: 'Agreements' }).getByRole('link').first().click();
      await page.getByText('in force').first().waitFor();
      await look('agreement');
      await clean(visit, 'agreement');
    },
  },
  {
    name: 'the pages are right on a phone, in the dark and from right to left',
    async walk(begin) {
      const visit = await begin({ role: 'finance', size: 'narrow', theme: 'dark', language: 'ar' });
      await visit.go('/partners/atlantic');
      await visit.page.getByRole('region', { name: 'الانكشاف' }).getByRole('row').nth(1).waitFor();
      await visit.look('partner-narrow-dark-ar');
      await visit.page.locator('html[dir=rtl]').waitFor();
      await clean(visit, 'narrow');
      await visit.go('/agreements/atlantic-voice');
      await visit.look('agreement-narrow-dark-ar');
      await clean(visit, 'agreement, narrow');
      await visit.go('/partners/nobody-of-this-name');
      await visit.page.getByRole('alert').waitFor();
      await visit.look('partner-unknown');
      assert.deepEqual(
        visit.errors().filter((each) => !/404/.test(each)),
        [],
      );
    },
  },
];
