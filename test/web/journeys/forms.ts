/**
 * Every form with nothing, what is hostile, what is far too long, and the same sent twice at once. All of them with `WEB_FORMS=all`, those of
 * subjects with `WEB_FORMS=settings,portal`, those for which something is made before with `WEB_FORMS=before`; one of each kind always.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../../support/project-files.ts';
import { settle } from '../browser.ts';
import { type FormRow, forms } from '../forms.ts';
import type { House } from '../house.ts';
import type { Journey } from '../journey.ts';

/** Script, SQL, a formula, a path, text that turns its direction. */
const HOSTILE = `=1+1'"><script>document.title='taken'</script>'; drop table party; -- ../../etc/passwd \u202egnp.exe`;
const LONG = 'x'.repeat(50_000);
const PATIENCE_MS = 60_000;
/** A dialog with files, and one of a partner. */
const ALWAYS = ['subjects/settings/templates-page.tsx', 'subjects/portal/people-page.tsx'];

const wanted = process.env.WEB_FORMS ?? '';
const isTried = (file: string, row: FormRow): boolean => {
  if (wanted === '') return ALWAYS.includes(file);
  return (
    wanted === 'all' || wanted.split(',').some((each) => file.includes(`/${each}/`) || (each === 'before' && row.before !== undefined))
  );
};

const rows = Object.entries(forms).flatMap(([file, all]) =>
  all.flatMap((row) => ('path' in row && isTried(file, row) ? [{ file, row }] : [])),
);

export const journeys: readonly Journey[] = [
  {
    name: 'every form that there is has its row, and every journey that a row names is there',
    async walk() {
      const root = join(projectRoot, 'src/web');
      const found: Record<string, number> = {};
      for (const file of globSync('**/*.{ts,tsx}', { cwd: root })) {
        if (file.includes('.test.')) continue;
        if (file === 'parts/form-dialog.tsx' || file === 'parts/asked.tsx') continue;
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
    async walk(begin, house) {
      // All are tried, whatever one did: a run of all of them takes minutes.
      const wrong: string[] = [];
      for (const [role, mine] of Map.groupBy(rows, ({ row }) => row.role)) {
        const { page, errors } = await begin({ role });
        const failures: string[] = [];
        page.on('response', (answer) => {
          if (answer.status() >= 500) failures.push(`${answer.request().method()} ${answer.url()} ${answer.status()}`);
        });
        await page.goto(mine[0]?.row.path ?? '/');
        for (const { file, row } of mine) {
          await tried(house, page, row, file).catch((error: unknown) => wrong.push(`${file}, ${row.send}: ${error}`));
          if ((await page.title()) === 'taken') wrong.push(`${file}, ${row.send}: its script was run`);
          const said = errors().filter((each) => !/ 4\d\d /.test(each));
          wrong.push(...[...failures.splice(0), ...said].map((each) => `${file}, ${row.send}: ${each}`));
        }
      }
      assert.deepEqual(wrong, []);
    },
  },
];

async function tried(house: House, page: Page, row: FormRow, file: string): Promise<void> {
  const form = await opened(house, page, row);
  const send = row.send === '' ? undefined : form.getByRole('button', { name: row.send, exact: false }).last();
  // Nothing: it is not sent, or it is refused; it stays.
  if (send !== undefined && (await send.isEnabled())) await sent(page, form, send, row.stays === true);
  let asked = 0;
  let said = '';
  // What is too long is refused; what is hostile is text like any other, and may use up what the form is about: it comes last.
  for (const text of [LONG, HOSTILE]) {
    // Anew: what was sent may close it at any time.
    const again = await opened(house, page, row);
    const button = row.send === '' ? undefined : again.getByRole('button', { name: row.send, exact: false }).last();
    await filled(again, text);
    // Where figures that are none keep it from being sent, or one below zero does, the server has the rest.
    for (const figure of ['-1', '7']) if (button !== undefined && !(await button.isEnabled())) await filled(again, text, figure);
    const changes: { readonly url: string; readonly body: string | null; readonly method: string }[] = [];
    const note = (request: import('playwright-core').Request): void => {
      if (!/uploads/.test(request.url()) && /\/v1\//.test(request.url())) asked += 1;
      if (request.method() !== 'GET') changes.push({ url: request.url(), body: request.postData(), method: request.method() });
    };
    const quiet = quietOf(page);
    page.on('request', note);
    if (button === undefined) await again.locator('input').first().press('Enter');
    else if (await button.isEnabled()) await sent(page, again, text === LONG ? button : 'twice', row.stays === true);
    await quiet();
    page.off('request', note);
    said += (await again.getByRole('alert').allTextContents()).join(' ');
    const all = changes.map(({ method, url, body }) => `${method} ${url} ${body}`);
    assert.deepEqual(all, [...new Set(all)], `${file}, ${row.send}: sent twice`);
    for (const { url, body, method } of changes.filter((each) => !/uploads/.test(each.url))) {
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
  assert.ok(asked > 0 || row.sends === 'nothing', `${file}, ${row.send}: nothing of what was filled in came to the server: ${said}`);
}

const QUIET_MS = 200;

/** Waits until changes that were asked for are answered, and those that come of them: a file is sent before what is asked about it. */
function quietOf(page: Page): () => Promise<void> {
  let open = 0;
  let lastMs = performance.now();
  const count = (by: number) => (request: import('playwright-core').Request) => {
    if (request.method() === 'GET') return;
    open += by;
    lastMs = performance.now();
  };
  const [begun, over] = [count(1), count(-1)];
  page.on('request', begun).on('requestfinished', over).on('requestfailed', over);
  return async () => {
    for (const deadline = Date.now() + PATIENCE_MS; open > 0 || performance.now() - lastMs < QUIET_MS; await page.waitForTimeout(20))
      assert.ok(Date.now() < deadline, 'a change is not answered');
    page.off('request', begun).off('requestfinished', over).off('requestfailed', over);
  };
}

/** The form, open. */
async function opened(house: House, page: Page, { path, open = [], before }: FormRow): Promise<Locator> {
  const made = await before?.({ house, page });
  const at = made ?? path;
  await page.keyboard.press('Escape');
  // What was made before is not among what the page has kept; and a page that has been filled in asks before it is left.
  if (before !== undefined || open.length === 0) await page.goto(at);
  // Without loading all of it anew for each.
  else
    await page.evaluate(
      `for (const to of ['/account', ${JSON.stringify(at)}]) { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }`,
    );
  await page.waitForURL((url) => `${url.pathname}${url.search}`.startsWith(at));
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

/** Of the browser's, what is asked of it here. */
interface HtmlForm {
  checkValidity(): boolean;
  requestSubmit(): void;
}

/** Until it says no or is gone; what the browser itself finds wrong is not sent. Twice: before the page can show that it was sent. */
async function sent(page: Page, form: Locator, send: Locator | 'twice', stays: boolean): Promise<void> {
  const isValid = await form.evaluate((it: HtmlForm) => it.checkValidity());
  if (send === 'twice')
    await form.evaluate((it: HtmlForm) => {
      it.requestSubmit();
      it.requestSubmit();
    });
  else await send.click();
  if (stays || !isValid) return settle(page);
  for (const deadline = Date.now() + PATIENCE_MS; (await form.isVisible()) && (await form.getByRole('alert').count()) === 0; )
    assert.ok(Date.now() < deadline, 'it was neither refused nor done');
}

/** With `figure` where figures are asked for. */
async function filled(form: Locator, text: string, figure = text): Promise<void> {
  for (const [at, input] of (await form.locator('input, textarea').all()).entries()) {
    const type = (await input.getAttribute('type')) ?? 'text';
    // A name that no file may have, then one like any other: what is in it is read.
    const name = text === LONG ? `=1+1 <b>\u202e${at}.csv` : `sheet-${at}.csv`;
    if (type === 'file') await input.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    else if ((await input.getAttribute('aria-haspopup')) === 'listbox') {
      if ((await input.inputValue()) !== '' || !(await input.isEnabled())) continue;
      await input.focus();
      await input.press('ArrowDown');
      await input.press('Enter');
      await input.blur();
    } else if (type === 'date') await input.fill('2026-10-15');
    else if (type === 'email' && (await input.isEditable())) await input.fill(`${text.slice(0, 9)}@x.example`);
    else if (['text', 'password', 'search', 'tel'].includes(type) && (await input.isEditable()))
      await input.fill(/numeric|decimal/.test((await input.getAttribute('inputmode')) ?? '') ? figure : text);
  }
}

function sorted(found: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
