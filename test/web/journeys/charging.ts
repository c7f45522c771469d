/** Charging: money into an account, and its history as it changes. */
import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journeys: readonly Journey[] = [
  {
    name: 'support tops an account up once, is told of a wrong amount, and sees what others add without a reload, and what a session asked',
    async walk(begin, house) {
      await house.cli('apply', 'examples/prepaid-mobile');
      await house.cli('charge', 'open', 'anna', '--plan', 'mira', '--identity', 'msisdn:491701234567');
      const { page, go, look, errors, faults } = await begin({ role: 'support' });
      await go('/charging');
      await page.getByRole('link', { name: 'anna' }).click();
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Top up' }).click();
      await page.getByLabel('Amount, EUR').fill('12,50');
      await page.getByRole('dialog').getByRole('button', { name: 'Top up' }).click();
      await page.getByText('such as 12.50').waitFor();
      await look('charging-top-up-wrong');
      await page.getByLabel('Amount, EUR').fill('12.50');
      // A click too many is not sent: no refusal for it, and the money is there once.
      await page.getByRole('dialog').getByRole('button', { name: 'Top up' }).dblclick();
      await page.getByRole('grid', { name: 'History' }).getByText('12.50').first().waitFor();
      // Somebody else adds money, from a phone: nothing is loaded again by hand.
      const other = await begin({ role: 'administrator', size: 'narrow' });
      await other.go('/charging/anna');
      await other.page.getByRole('button', { name: 'Top up' }).click();
      await other.page.getByLabel('Amount, EUR').fill('7.50');
      await other.page.getByRole('dialog').getByRole('button', { name: 'Top up' }).click();
      await other.page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.deepEqual(other.errors(), []);
      await page.getByRole('grid', { name: 'History' }).getByText('7.50').first().waitFor();
      await look('charging-account');
      // A gateway asks and goes.
      await house.cli(
        'diameter',
        'send',
        house.diameter,
        '--subscriber',
        '491701234567',
        '--event',
        'balance',
        '--origin-host',
        'pgw1.mno.example',
      );
      await go('/charging');
      const peers = page.getByRole('grid', { name: 'Gateways and peers' });
      await peers.getByRole('row', { name: /pgw1\.mno\.example.*gone/ }).waitFor();
      await look('charging');
      assert.deepEqual(await faults(), []);
      await go('/charging/dana');
      await page.getByRole('grid', { name: 'Running sessions' }).getByRole('link').first().click();
      await page.getByRole('heading', { name: 'What it changed' }).waitFor();
      assert.deepEqual(
        errors().filter((each) => !/400/.test(each)),
        [],
      );
    },
  },
];
