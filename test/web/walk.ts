/** Walks through every page that a role comes to: by the navigation, the settings, and one address of each kind that a page links to. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SCREENSHOTS, settle, type Visit } from './browser.ts';

/** Addresses with a name or a number in them: one of each is looked at. */
const KINDS = [
  '/charging/sessions/$',
  '/charging/$',
  '/disputes/$',
  '/invoices/$',
  '/ledger/entries',
  '/ledger/ageing',
  '/ledger/accounts/$',
  '/netting/$',
  '/partners/$',
  '/agreements/$',
  '/payments/$',
  '/rate-sheets/new',
  '/rate-sheets/drafts/$',
  '/reconciliation/$/$',
  '/partner-invoices/$',
  '/statements/$/$/$',
  '/statements/$/$',
  '/usage/$',
  '/portal/disputes/$',
  '/portal/documents/$',
  '/portal/tariffs/$',
] as const;

export interface Seen {
  readonly page: string;
  readonly kind: string;
  /** Errors of the console, answers that are a no, what axe finds, what is too wide, instants and figures that are cut, texts that look like keys. */
  readonly wrong: readonly string[];
  /** What reads like English where another language was chosen. */
  readonly english: readonly string[];
}

/** Sees all; the screenshots are in `.build/screenshots/walk/<name>/`. */
export async function walkAll({ page, faults, errors }: Visit, name: string, language: string): Promise<readonly Seen[]> {
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.request().method()} ${new URL(answer.url()).pathname} ${answer.status()}`);
  });
  const folder = join(SCREENSHOTS, 'walk', name);
  mkdirSync(folder, { recursive: true });
  await page.goto('/');
  await settle(page);
  const waiting = new Map<string, string>([['/', '/']]);
  const seen = new Map<string, Seen>();
  for (const href of await linksOf(page, 'nav a[href]')) waiting.set(kindOf(href), href);
  waiting.set('/account', '/account');
  // Its pages are beside each other as tabs, and are no links.
  if (waiting.has('/settings')) {
    await goWithin(page, '/settings');
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await page.waitForTimeout(150);
      const { pathname } = new URL(page.url());
      waiting.set(pathname, pathname);
    }
  }
  for (const [kind, href] of waiting) {
    await goWithin(page, href);
    const wrong: string[] = await pageFaults(page);
    wrong.push(...(await faults()), ...errors(), ...refused.splice(0));
    seen.set(kind, { page: href, kind, wrong, english: language === 'en' ? [] : await englishOf(page) });
    await page.screenshot({
      path: join(folder, `${fileOf(kind)}.png`),
      fullPage: true,
    });
    for (const link of await linksOf(page, 'main a[href]')) {
      const found = kindOf(link);
      // Of the settings and of what is in the table above; the rest is a view of a page that was seen.
      if (!waiting.has(found) && !/\.(csv|pdf|xml|xlsx)$|^\/v1/.test(found)) waiting.set(found, link);
    }
  }
  return [...seen.values()];
}

const fileOf = (kind: string): string => kind.replaceAll('$', 'one').replaceAll('/', '-').slice(1) || 'overview';

const linksOf = (page: Page, selector: string): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((link) => link.getAttribute('href')).filter((href) => href.startsWith('/'))`,
  );

function kindOf(href: string): string {
  const [path = ''] = href.split(/[?#]/);
  const shape = KINDS.find((kind) => new RegExp(`^${kind.replaceAll('$', '[^/]+')}$`).test(path));
  return shape ?? path;
}

/** Without loading all of it anew. */
async function goWithin(page: Page, href: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', ${JSON.stringify(href)}); dispatchEvent(new PopStateEvent('popstate'))`);
  await page.waitForTimeout(150);
  await settle(page);
  // Tables that come after the page's frame.
  await page.waitForTimeout(250);
  await settle(page);
  // Nor is a page seen while it only says that something is on its way.
  await page.locator('.mantine-Skeleton-root, [data-animated]').first().waitFor({ state: 'detached' });
}

function pageFaults(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) wrong.push('too wide: ' + root.scrollWidth + ' of ' + root.clientWidth);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      if (/^[a-z]+[A-Z][A-Za-z]+$|^[a-z]+_[a-z-]+$|\\{\\{|undefined|\\[object|NaN/.test(text) && !walker.currentNode.parentElement.closest('code, pre, style, script')) wrong.push('a key: ' + text.slice(0, 60));
    }
    for (const cell of document.querySelectorAll('main td:has(time), main td[data-figure]')) if (cell.scrollWidth > cell.clientWidth + 1) wrong.push('cut: ' + cell.innerText);
    if (document.querySelector('main') && document.querySelector('main').innerText.trim().length < 20) wrong.push('empty');
    if (document.querySelector('main [role=alert]')) wrong.push('alert: ' + document.querySelector('main [role=alert]').innerText.slice(0, 120));
    return wrong;
  })()`);
}

/** Texts of three words or more with one that English alone has. */
function englishOf(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      if (/\\b(the|of|is|are|by|with|for|from|they|not|and|we|to|no|has|before|after)\\b/i.test(text) && /[a-z]+ [a-z]+/i.test(text) && !walker.currentNode.parentElement.closest('pre, style, script, noscript')) found.add(text.slice(0, 140));
    }
    return [...found];
  })()`);
}
