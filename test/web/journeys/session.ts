/** A session that ends in the middle of work: somebody signs in again in place, and what was being done goes on. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-files.ts';
import { addressOf, PASSWORD } from '../house.ts';
import type { Journey } from '../journey.ts';

const sheet = join(projectRoot, 'examples/demo-operator/rate-sheets/atlantic-2026-10.csv');

export const journeys: readonly Journey[] = [
  {
    name: 'a session that ends in a wizard and in dialogs is begun again in place, with what was chosen and written, and the work goes on',
    async walk(begin) {
      const { page, context, go, errors, faults, look } = await begin({ role: 'interconnect-manager' });
      const again = page.getByRole('dialog', { name: 'Your session is over' });
      const signIn = async (): Promise<void> => {
        await again
          .getByLabel('Email')
          .and(page.locator(`[value="${addressOf('interconnect-manager')}"]`))
          .waitFor();
        await again.locator('input[name=password]').fill(PASSWORD);
        await again.getByRole('button', { name: 'Sign in', exact: true }).click();
        await again.waitFor({ state: 'detached' });
      };

      await go('/rate-sheets/new');
      await page.locator('input[type=file]').setInputFiles(sheet);
      await page.getByLabel('Agreement').selectOption('atlantic-voice');
      await context.clearCookies();
      await page.getByRole('button', { name: 'Read it' }).click();
      await again.waitFor();
      await look('session-over-wizard');
      assert.deepEqual(await faults(), []);
      // A password that is wrong is told, and nothing is lost by it.
      await again.locator('input[name=password]').fill('not the password at all');
      await again.getByRole('button', { name: 'Sign in', exact: true }).click();
      await again.getByRole('alert').waitFor();
      await signIn();
      await page.waitForURL('**/rate-sheets/drafts/*');
      await page.getByRole('heading', { level: 1 }).waitFor();

      await go('/reconciliation');
      await page.getByRole('button', { name: 'Take in their figures' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take in their figures' });
      const lines = 'destination,seconds,amount\nHaiti,60,1.00\n';
      await dialog.locator('input[type=file]').setInputFiles({ name: 'figures.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
      await dialog.getByLabel('Agreement').fill('atlantic-voice');
      await page.getByRole('option', { name: 'atlantic-voice' }).click();
      await dialog.getByLabel('Period').fill('2026-10');
      await context.clearCookies();
      await dialog.getByRole('button', { name: 'Read it' }).click();
      await again.waitFor();
      // Not the dialog below it: what is in that stays.
      await page.keyboard.press('Escape');
      await look('session-over-dialog');
      await signIn();
      await dialog.getByRole('button', { name: 'Take it in' }).waitFor();
      assert.equal(await dialog.getByLabel('Period').inputValue(), '2026-10');
      assert.deepEqual(
        errors().filter((each) => !/ 401 /.test(each)),
        [],
      );
    },
  },
];
