/** Pages that no other journey sees on a phone, as the roles whose work they are: wide and light, then narrow and dark. All pages of all roles are walked with WEB_WALK. */
import assert from 'node:assert/strict';
import { sizes } from '../browser.ts';
import type { Journey } from '../journey.ts';

const pages = {
  'product-manager': ['/rate-sheets', '/statements', '/reports'],
  'network-engineer': ['/sources', '/suspense', '/jobs'],
  support: ['/charging', '/charging/dana', '/usage'],
} as const;

const WIDER = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

export const journeys: readonly Journey[] = Object.entries(pages).map(([role, paths]) => ({
  name: `what the role ${role} works with is whole on a wide screen and on a phone in the dark`,
  async walk(begin) {
    const { page, go, faults, errors, look } = await begin({ role });
    for (const path of paths) {
      await go(path);
      const wrong = [...(await faults())];
      await page.setViewportSize(sizes.narrow);
      await page.emulateMedia({ colorScheme: 'dark' });
      wrong.push(...(await faults()), ...errors());
      assert.deepEqual(wrong, [], path);
      assert.ok(Number(await page.evaluate(WIDER)) <= 1, `${path} is wider than a phone`);
      await look(`sizes-${role}${path.replaceAll('/', '-')}`);
      await page.setViewportSize(sizes.wide);
      await page.emulateMedia({ colorScheme: 'light' });
    }
  },
}));
