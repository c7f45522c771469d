/**
 * Every form with nothing, what is hostile, what is far too long, and the same sent twice at once. All of them with `WEB_FORMS=all`, those of
 * subjects with `WEB_FORMS=settings,portal`; one of each kind always.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../../support/project-files.ts';
import { settle } from '../browser.ts';
import { type FormRow, forms } from '../forms.ts';
import type { Journey } from '../journey.ts';

/** Script, SQL, a formula, a path, text that turns its direction. */
const HOSTILE = `=1+1'"><script>document.title='taken'</script>'; drop table party; -- ../../etc/passwd \u202egnp.exe`;
const LONG = 'x'.repeat(50_000);
const PATIENCE_MS = 60_000;
/** A dialog with files, and one of a partner. */
const ALWAYS = ['subjects/settings/templates-page.tsx', 'subjects/portal/people-page.tsx'];

const wanted = process.env.WEB_FORMS ?? '';
const isTried = (file: string): boolean =>
  wanted === '' ? ALWAYS.includes(file) : wanted === 'all' || wanted.split(',').some((each) => file.includes(`/${each}/`));

const rows = Object.entries(forms).flatMap(([file, all]) => all.flatMap((row) => ('path' in row && isTried(file) ? [{ file, row }] : [])));

export const journeys: readonly Journey[] = [
  {
    name: 'every form that there is has its row, and every journey that a row names is there',
    async walk() {
      const root = join(projectRoot, 'src/web');
      const found: Record<string, number> = {};
      for (const file of globSync('**/*.{ts,tsx}', { cwd: root })) {
        if (file.includes('.test.')) continue;
        if (file === 'subjects/month/form-dialog.tsx' || file === 'subjects/month/asked.tsx') continue;
        const count = readFileSync(join(root, file), 'utf8').match(/<(form|FormDialog)\b|\basked\(\{/g)?.length;
        if (count !== undefined) found[file] = count;
      }
      assert.deepEqual(Object.fromEntries(Object.entries(forms).map(([file, all]) => [file, all.length])), sorted(found));
      for (const row of Object.values(forms).flat())
        if ('journey' in row) assert.ok(globSync(`${row.journey}.ts`, { cwd: import.meta.dirname }).length === 1, row.journey);
    },
  },
  {
    name: `forms take nothing, what is hostile, what is too long and the same twice at once as what they are (${rows.length}; all of them with WEB_FORMS=all)`,
    async walk(begin) {
      for (const [role, mine] of Map.groupBy(rows, ({ row }) => row.role)) {
        const { page, errors } = await begin({ role });
        const failures: string[] = [];
        page.on('response', (answer) => {
          if (answer.status() >= 500) failures.push(`${answer.request().method()} ${answer.url()} ${answer.status()}`);
        });
        await page.goto(mine[0]?.row.path ?? '/');
        for (const { file, row } of mine) {
          await tried(page, row, file);
          assert.deepEqual(failures, [], file);
          assert.notEqual(await page.title(), 'taken', file);
          const wrong = errors().filter((each) => !/ 4\d\d /.test(each));
          assert.deepEqual(wrong, [], file);
        }
      }
    },
  },
];

async function tried(page: Page, row: FormRow, file: string): Promise<void> {
  const form = await opened(page, row);
  const send = row.send === '' ? undefined : form.getByRole('button', { name: row.send, exact: false }).last();
  // Nothing: it is not sent, or it is refused; it stays.
  if (send !== undefined && (await send.isEnabled())) await sent(page, form, send, row.stays === true);
  // What is too long is refused; what is hostile is text like any other, and may use up what the form is about: it comes last.
  for (const text of [LONG, HOSTILE]) {
    // Anew: what was sent may close it at any time.
    const again = await opened(page, row);
    await filled(again, text);
    const changes: { readonly url: string; readonly body: string | null; readonly method: string }[] = [];
    const note = (request: import('playwright-core').Request): void => {
      if (request.method() !== 'GET' && !/uploads/.test(request.url()))
        changes.push({ url: request.url(), body: request.postData(), method: request.method() });
    };
    page.on('request', note);
    const button = row.send === '' ? undefined : again.getByRole('button', { name: row.send, exact: false }).last();
    if (button === undefined) await again.locator('input').first().press('Enter');
    else if (await button.isEnabled()) await sent(page, again, button, row.stays === true);
    page.off('request', note);
    for (const { url, body, method } of changes) {
      const ask = (key: string) =>
        page.request.fetch(url, {
          method,
          headers: {
            'content-type': 'application/json',
            origin: new URL(url).origin,
            'idempotency-key': `${file.replaceAll(/\W/g, '.')}.${text.length}.${key}`,
          },
          ...(body === null ? {} : { data: body }),
        });
      const answers = await Promise.all([ask('a'), ask('b'), ask('a')]);
      for (const answer of answers) assert.ok(answer.status() < 500, `${file}: ${url} ${answer.status()} ${await answer.text()}`);
    }
  }
}

/** The form, open. */
async function opened(page: Page, { path, open = [], before }: FormRow): Promise<Locator> {
  if (before !== undefined) {
    const headers = { origin: new URL(page.url()).origin, 'idempotency-key': randomUUID() };
    const made = await page.request.post(before.path, { headers, data: before.body });
    assert.ok(made.ok(), await made.text());
  }
  await page.keyboard.press('Escape');
  // Without loading all of it anew for each.
  await page.evaluate(
    `for (const to of ['/account', ${JSON.stringify(path)}]) { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }`,
  );
  await page.waitForURL((url) => `${url.pathname}${url.search}`.startsWith(path));
  await settle(page);
  for (const name of open)
    await page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('menuitem', { name, exact: true }))
      .first()
      .click();
  const dialog = page.getByRole('dialog').locator('form').last();
  const form = open.length > 0 ? dialog : page.locator('main form').first();
  await form.waitFor();
  return form;
}

/** Until it says no or is gone; what the browser itself finds wrong is not sent. */
async function sent(page: Page, form: Locator, send: Locator, stays: boolean): Promise<void> {
  const isValid: boolean = await form.evaluate('(form) => form.checkValidity()');
  await send.click();
  if (stays || !isValid) return settle(page);
  for (const deadline = Date.now() + PATIENCE_MS; (await form.isVisible()) && (await form.getByRole('alert').count()) === 0; )
    assert.ok(Date.now() < deadline, 'it was neither refused nor done');
}

async function filled(form: Locator, text: string): Promise<void> {
  for (const input of await form.locator('input, textarea').all()) {
    const type = (await input.getAttribute('type')) ?? 'text';
    if (type === 'file') await input.setInputFiles({ name: '=1+1 <b>\u202e.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    else if ((await input.getAttribute('aria-haspopup')) === 'listbox') {
      if ((await input.inputValue()) !== '' || !(await input.isEnabled())) continue;
      await input.focus();
      await input.press('ArrowDown');
      await input.press('Enter');
      await input.blur();
    } else if (type === 'date') await input.fill('2026-10-15');
    else if (type === 'email' && (await input.isEditable())) await input.fill(`${text.slice(0, 9)}@x.example`);
    else if (['text', 'password', 'search', 'tel'].includes(type) && (await input.isEditable())) await input.fill(text);
  }
}

function sorted(found: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
