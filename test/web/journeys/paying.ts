/** What is open is paid: by a code that the app of a bank reads from the screen, and by card. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Journey } from '../journey.ts';

/** What a code on a picture of the screen says, as a library reads it that knows nothing of us. */
async function readCode(png: Uint8Array): Promise<string | undefined> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  const [code] = await readBarcodes(png, { formats: ['QRCode'] });
  return code?.text;
}

export const journeys: readonly Journey[] = [
  {
    name: 'a partner pays what is open in euro by a code, light and dark, and by card',
    async walk(begin, { stripe }) {
      // Another journey may have paid a part of it, or asked for pages for other documents.
      let open = '';
      const pages = new Set<string>();
      const visits = [{}, { size: 'narrow', theme: 'dark', language: 'ar' }] as const;
      for (const [at, visiting] of visits.entries()) {
        const { page, go, look, faults, errors } = await begin({ role: 'partner:rheinland', ...visiting });
        await go('/portal/payments');
        const grid = page.getByRole('grid', { name: /HT|rheinland-eur/ }).first();
        await grid.getByText('HT-2026-00004').first().waitFor(); // a credit note of another journey names it, too
        const { items } = await (await page.request.get('/v1/ledger/open-items?limit=200')).json();
        open = items.find(({ document }: { document: string }) => document === 'HT-2026-00004').open;
        assert.match(open, /^[1-9]\d*\.\d\d$/);
        const said = `BCD\n002\n1\nSCT\nKREDBEBB\nHalyard Transit, Inc.\nBE68539007547034\nEUR${open}\n\n\nHT-2026-00004`;
        const [code, card] = [at === 0 ? 'Code for your bank' : 'رمز لمصرفكم', at === 0 ? 'By card' : 'بالبطاقة'];
        await grid.getByRole('button', { name: code }).first().click();
        const picture = page.getByRole('dialog').locator('img');
        await picture.evaluate((image: { decode(): Promise<void> }) => image.decode());
        assert.equal(await readCode(await picture.screenshot()), said);
        await look(`portal-payment-code-${at}`);
        assert.deepEqual(await faults(), []);
        await page.keyboard.press('Escape');
        await page.route('https://checkout.stripe.com/**', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<h1>Pay here</h1>' }),
        );
        await grid.getByRole('button', { name: card }).first().click();
        await page.getByRole('heading', { name: 'Pay here' }).waitFor();
        assert.match(page.url(), /^https:\/\/checkout\.stripe\.com\/c\/pay\/cs_test_\d+$/);
        pages.add(page.url());
        assert.deepEqual(errors(), []);
      }
      assert.equal(pages.size, 1, 'the same page for the same amount');
      const figures = ['metadata[carillon_document]', 'line_items[0][price_data][unit_amount]', 'line_items[0][price_data][currency]'];
      const asked = [...stripe.sessions.values()].map((each) => figures.map((name) => each.get(name)).join(' '));
      const own = `HT-2026-00004 ${open.replace('.', '')} eur`;
      assert.equal(asked.filter((each) => each === own).length, 1);
    },
  },
];
