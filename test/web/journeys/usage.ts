/** Usage from the search to a call's charges; what waits, taken up; a rate sheet put into force; sources, jobs, reports. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { settle, sizes } from '../browser.ts';
import type { Journey } from '../journey.ts';

async function chooseSheet(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByLabel('Agreement').selectOption('atlantic-voice');
  await page.getByLabel('Side').selectOption('outgoing');
  await page.getByLabel('Mode').selectOption('amendment');
}

export const journeys: readonly Journey[] = [
  {
    name: 'a call is found by its number and followed to its charges, on a wide screen and a narrow one',
    async walk(begin) {
      for (const [size, role] of [
        ['wide', 'interconnect-manager'],
        ['narrow', 'product-manager'],
      ] as const) {
        const { page, go, errors, faults, look } = await begin({ role, size });
        // Calls of carriers: the newest are of online charging, which no file delivered.
        await go('/usage?to=2026-10-31');
        await page.getByRole('grid', { name: 'Usage' }).waitFor();
        await look(`usage-${size}`);
        // Its last digits are withheld from these roles; its beginning finds it, too.
        const called = page.locator('tbody tr').first().locator('td[data-column=called]').filter({ hasText: /\d/ });
        const number = (await called.textContent())?.trim().replace(/\*+$/, '') ?? '';
        await page.getByLabel('Caller or called number').fill(number);
        await page.getByRole('button', { name: 'Search', exact: true }).click();
        await page.waitForURL(/number=/);
        await page.getByRole('grid', { name: 'Usage' }).waitFor();
        assert.deepEqual(await faults(), []);
        await page.locator('tbody tr').first().locator('a').first().click();
        await page.getByRole('heading', { name: 'Charges' }).waitFor();
        await page.getByRole('heading', { name: 'Fields' }).waitFor();
        await look(`usage-record-${size}`);
        assert.deepEqual(await faults(), []);
        // Every figure is a door: to what was agreed, to the statement, and back from its line.
        const where = page.getByRole('region', { name: 'Where the money is' });
        await where
          .getByRole('link', { name: /-voice$/ })
          .first()
          .waitFor();
        await where.getByRole('link', { name: '2026-10' }).first().click();
        await page.getByRole('grid', { name: 'Lines' }).waitFor();
        await page.goBack();
        await go('/usage?number=00000000000');
        await page.getByText('No record fits').waitFor();
        await look(`usage-empty-${size}`);
        assert.deepEqual(errors(), []);
      }
    },
  },
  {
    name: 'a price is explained, and a no is told with the page that mends it, in the language of the reader',
    async walk(begin) {
      for (const [language, rounding, nothing, usage, reconciled] of [
        ['de', 'Rundung', 'mit dieser Nummer gibt es nicht', 'Verkehr', 'ihnen fehlen die Stunden'],
        ['ar', 'التقريب', 'لا سجل أو حدث أو رسم بهذا الرقم', 'الاستخدام', 'تنقصهم الساعات'],
      ] as const) {
        const { page, go, errors, faults, look } = await begin({ role: 'interconnect-manager', language });
        await go('/usage?to=2026-10-31');
        await page.locator('tbody tr').first().locator('a').first().click();
        await page.getByRole('rowheader', { name: rounding, exact: true }).first().waitFor();
        // Beside Arabic letters a day would be read from its end, were it not kept apart.
        if (language === 'ar') await page.locator('main', { hasText: /\u20682026-10-01\u2069/ }).waitFor();
        await look(`price-explained-${language}`);
        assert.deepEqual(await faults(), []);
        await go('/reconciliation/atlantic-voice/2026-10');
        await page.getByText(reconciled).first().waitFor();
        await look(`reconciliation-${language}`);
        assert.deepEqual(await faults(), []);
        assert.deepEqual(errors(), []);
        await go('/usage/999999999');
        const alert = page.getByRole('alert').filter({ hasText: nothing }).first();
        await alert.getByRole('link', { name: usage, exact: true }).waitFor();
        assert.doesNotMatch((await alert.textContent()) ?? '', /carillon /);
        await look(`refused-${language}`);
        assert.deepEqual(await faults(), []);
        errors();
      }
    },
  },
  {
    name: 'what waits says how it is mended, is taken up with its progress, and is gone when its rate is added',
    async walk(begin) {
      // First by an engineer on a phone, who has no prices to add: it waits still.
      const engineer = await begin({ role: 'network-engineer', size: 'narrow' });
      await engineer.go('/suspense');
      await engineer.page.getByRole('button', { name: 'Take all up again' }).click();
      await engineer.page.getByRole('dialog').getByRole('button', { name: 'Take all up again' }).click();
      await engineer.page.getByText(/rated, .* held again/).waitFor();
      assert.deepEqual(engineer.errors(), []);
      const { page, go, become, errors, faults, look } = await begin({ role: 'interconnect-manager' });
      await go('/suspense');
      const grid = page.getByRole('grid', { name: 'Suspense' });
      await grid.waitFor();
      await look('suspense');
      assert.deepEqual(await faults(), []);
      await page.getByRole('button', { name: 'Take all up again' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Take all up again' }).click();
      await page.getByText(/rated, .* held again/).waitFor();
      await look('suspense-retried');

      // What one row says is what its buttons are about.
      const row = grid.locator('tbody tr', { hasText: 'halyard-to-' }).first();
      const missing = (await row.locator('td').first().textContent()) ?? '';
      // Read anew when all was taken up: not another row that has come to its place.
      await grid.locator('tbody tr', { hasText: missing }).first().getByRole('link', { name: 'Records' }).click();
      await page.getByText('Only records that wait for the same.').waitFor();
      await page.getByRole('grid', { name: 'Usage' }).locator('tbody tr').first().getByRole('link').click();
      // From the record that waits: the rate is added, and it is rated by it.
      await page.getByRole('button', { name: 'Add a rate' }).click();
      await dialog.getByLabel('Price').fill('free');
      await dialog.getByRole('button', { name: 'Show what it changes' }).click();
      await dialog.getByText('Nothing was written.').waitFor();
      assert.equal(errors().filter((each) => !/ 422 /.test(each)).length, 0);
      await dialog.getByLabel('Price').fill('0.1234');
      await dialog.getByRole('button', { name: 'Show what it changes' }).click();
      await dialog.getByText('Records that wait for it').waitFor();
      await look('suspense-add-rate');
      assert.deepEqual(await faults(), []);
      await dialog.getByRole('button', { name: /^Put into force/ }).click();
      await dialog.getByText(/^0 rated, [1-9]\d* held again/).waitFor();
      await look('suspense-rate-added');
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
      // What we buy it for is missing, too: that tariff's rates come from sheets. An administrator adds it, on a phone.
      await become('administrator');
      await page.setViewportSize(sizes.narrow);
      await page.reload();
      await settle(page);
      await page.getByText(/tariff rheinland-to-halyard has no rate/).waitFor();
      await page.getByRole('button', { name: 'Add a rate' }).click();
      await dialog.getByLabel('Price').fill('0.1');
      await dialog.getByLabel('Destination').fill('<b>Algiers</b>');
      await dialog.getByRole('button', { name: 'Show what it changes' }).click();
      await dialog.getByText('Records that wait for it').waitFor();
      await dialog.getByRole('button', { name: /^Put into force/ }).click();
      await dialog.getByText(/^[1-9]\d* rated, 0 held again/).waitFor();
      await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
      await page.getByText('rated', { exact: true }).first().waitFor();
      await go('/suspense');
      await page.getByRole('grid', { name: 'Suspense' }).or(page.getByText('Nothing waits')).first().waitFor();
      assert.equal(await grid.getByText(missing).count(), 0);
      await go('/jobs');
      await page.getByRole('grid', { name: 'Jobs' }).waitFor();
      await look('jobs');
      assert.deepEqual(await faults(), []);
      assert.deepEqual(errors(), []);
    },
  },
  {
    name: 'a rate sheet is dropped, its faults are left out, and its draft waits until it is in force; another puts the same into force on a phone',
    async walk(begin) {
      const folder = mkdtempSync(join(tmpdir(), 'carillon-journey-'));
      try {
        const file = join(folder, 'prices.csv');
        writeFileSync(file, 'code;destination;price;effective\n44;United Kingdom;0.0123;2027-03-01\n4477;<b>Mobile</b>;free;2027-03-01\n');
        const { page, go, become, errors, faults, look } = await begin({ role: 'interconnect-manager' });
        await go('/rate-sheets');
        await look('rate-sheets');
        await page.getByRole('link', { name: 'Take in a rate sheet' }).click();
        await chooseSheet(page, file);
        await look('rate-sheets-new');
        assert.deepEqual(await faults(), []);
        await page.getByRole('button', { name: 'Read it' }).click();
        await page.getByRole('heading', { name: 'Faults' }).waitFor();
        await look('rate-sheets-faults');
        assert.deepEqual(await faults(), []);
        await page.getByRole('button', { name: 'Leave these rows out' }).click();
        await page.getByRole('heading', { name: 'What changes' }).waitFor();
        await look('rate-sheets-changes');
        await go('/rate-sheets');
        await page.getByRole('link', { name: 'prices.csv', exact: true }).waitFor();
        await look('rate-sheets-draft');
        // What was begun is its beginner's alone: another reads the file for themselves, and to its end.
        await become('administrator');
        await page.setViewportSize(sizes.narrow);
        await go('/rate-sheets/new');
        await chooseSheet(page, file);
        await page.getByRole('button', { name: 'Read it' }).click();
        await page.getByRole('button', { name: 'Leave these rows out' }).click();
        await page.getByRole('heading', { name: 'What changes' }).waitFor();
        await page.getByRole('button', { name: 'Put into force' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Put into force' }).click();
        await page.getByText(/^In force\. Number/).waitFor();
        await look('rate-sheets-in-force');
        assert.deepEqual(errors(), []);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'sources, jobs and reports are seen, light and dark, on a wide screen and a narrow one',
    async walk(begin) {
      for (const size of ['wide', 'narrow'] as const) {
        const { page, go, errors, faults, look } = await begin({
          role: size === 'wide' ? 'interconnect-manager' : 'network-engineer',
          size,
          theme: size === 'wide' ? 'light' : 'dark',
        });
        await go('/sources');
        await page.getByRole('grid').waitFor();
        await look(`sources-${size}`);
        assert.deepEqual(await faults(), []);
        await go('/jobs');
        await page.getByRole('grid', { name: 'Jobs' }).waitFor();
        await go('/reports?rows=day&columns2=partner&from=2026-10-01&to=2026-10-31');
        await page.getByRole('img', { name: /^Revenue/ }).waitFor();
        await look(`reports-${size}`);
        assert.deepEqual(await faults(), []);
        assert.deepEqual(errors(), []);
      }
    },
  },
];
