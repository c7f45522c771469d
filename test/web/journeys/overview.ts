/** The overview, for those who run the house and those who have nothing of it. */
import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'the overview shows the newest day of traffic and money, what waits, and is live',
    async walk(begin) {
      const { page, go, look, errors, faults } = await begin({ role: 'administrator' });
      await go('/');
      await page.getByText('Live', { exact: true }).waitFor();
      await page
        .getByRole('region', { name: /^Usage sold/ })
        .filter({ hasText: /\d/ })
        .first()
        .waitFor();
      await page.getByRole('region', { name: 'Records that wait' }).getByText('No rate of the tariff').waitFor();
      await look('overview');
      assert.deepEqual(await faults(), []);
      await go('/?on=2020-01-01');
      await page.getByText('No traffic in two weeks').waitFor();
      await look('overview-empty');
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'figures that should move and cannot say since when they stand, until they move again',
    async walk(begin) {
      const { page, go, look, faults } = await begin({ role: 'administrator' });
      await page.clock.install();
      await page.route('**/v1/live', (route) => route.abort());
      await go('/');
      const stands = page.getByText(/^The server does not answer: the figures stand as they were at 20\d\d-/);
      await page.clock.fastForward(4_000);
      await stands.waitFor();
      await look('overview-stands-still');
      assert.deepEqual(await faults(), []);
      await page.unroute('**/v1/live');
      await page.clock.fastForward(6_000);
      await stands.waitFor({ state: 'detached' });
      await page.getByText('Live', { exact: true }).waitFor();
    },
  },
  {
    name: 'the overview fits a phone, in the dark, in German',
    async walk(begin) {
      const { go, look, errors, faults } = await begin({ role: 'auditor', size: 'narrow', theme: 'dark', language: 'de' });
      await go('/');
      await look('overview-narrow-dark-de');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(errors(), []);
    },
  },
];
